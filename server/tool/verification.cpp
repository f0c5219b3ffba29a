#include "tool/verification.h"

#include "base/content_hash.h"
#include "domain/staff.h"
#include "sync/audit.h"
#include "sync/scope.h"
#include "tool/audit_verification.h"
#include "tool/verification_parts.h"

#include <QSet>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

VerifiedPart checkFile(Database &database)
{
    VerifiedPart part;
    Query check = database.query("PRAGMA integrity_check(50)");
    while (check.next()) {
        part.checked();
        if (check.text(0) != u"ok")
            part.wrong(check.text(0));
    }
    if (check.error())
        part.wrong(check.error()->args.value(0));
    return part;
}

VerifiedPart checkAudit(Database &database)
{
    VerifiedPart part;
    const auto entries = AuditTrail::verify(database);
    if (entries)
        part.checked(*entries);
    else
        part.wrong(entries.error().args.value(0));
    return part;
}

struct Sum
{
    qint64 count = 0;
    quint64 sum = 0;
    bool operator==(const Sum &) const = default;
};

// Goes through all rows once: their buckets' sums, and a PUT in the log for each membership.
VerifiedPart checkLog(RowStore &store, std::map<QString, Sum> &sums)
{
    VerifiedPart part;
    Database &database = store.database();
    qint64 memberships = 0;
    for (const EntityInfo &entity : store.catalog().entities()) {
        Query rows = database.query("SELECT " + store.columnList(entity) + " FROM "
                                    + entity.name().toLatin1());
        while (rows.next()) {
            const Row row = rows.row(0, entity.fieldCount());
            const QString id = row[common_column::Id].text();
            const quint64 hash = membershipHash(entity.name(), id,
                                                row[common_column::RowVer].integer());
            for (const QString &bucket : entity.bucketsOf(row)) {
                Sum &sum = sums[bucket];
                ++sum.count;
                sum.sum += hash;
                ++memberships;
                Query op = database.query(
                    "SELECT kind FROM oplog WHERE bucket=? AND tbl=? AND row_id=?");
                op.bind(1, bucket).bind(2, entity.name()).bind(3, id);
                if (!op.next() || op.integer(0) != 0)
                    part.wrong(bucket + u": no PUT of "_s + entity.name() + u'/' + id);
            }
        }
    }
    part.checked(memberships);
    Query puts = database.query("SELECT count(*) FROM oplog WHERE kind=0");
    if (puts.next() && puts.integer(0) != memberships)
        part.wrong(u"%1 PUT for %2 rows in buckets"_s.arg(puts.integer(0)).arg(memberships));
    return part;
}

VerifiedPart checkSums(Database &database, std::map<QString, Sum> sums)
{
    VerifiedPart part;
    Query stored = database.query("SELECT id, cnt, sum FROM bucket");
    while (stored.next()) {
        part.checked();
        const QString bucket = stored.text(0);
        const auto found = sums.extract(bucket);
        const Sum real = found ? found.mapped() : Sum();
        if (real != Sum{stored.integer(1), quint64(stored.integer(2))})
            part.wrong(bucket);
    }
    for (const auto &[bucket, sum] : sums)
        part.wrong(bucket + u": no sum"_s);
    return part;
}

// Grants as they are by now, or as they were when the server last did anything: what time alone has
// brought about since is no fault.
bool areGood(Database &database, const Staff &staff, Instant now, Instant then)
{
    const Grants stored = grantsOf(database, staff.id.text());
    const Grants present = scopeOf(database, staff, now);
    if (stored == present)
        return true;
    const Grants past = scopeOf(database, staff, then);
    const auto held = [](const Grants &grants, const QString &bucket) {
        const auto grant = grants.find(bucket);
        return grant == grants.end() ? Profile::None : grant->second;
    };
    QSet<QString> buckets;
    for (const Grants *grants : {&stored, &present, &past}) {
        for (const auto &[bucket, profile] : *grants)
            buckets.insert(bucket);
    }
    return std::all_of(buckets.begin(), buckets.end(), [&](const QString &bucket) {
        const Profile is = held(stored, bucket);
        return is == held(present, bucket) || is == held(past, bucket);
    });
}

VerifiedPart checkGrants(RowStore &store, Instant now)
{
    VerifiedPart part;
    Database &database = store.database();
    const EntityInfo &entity = store.catalog().entity(QLatin1StringView(Schema<Staff>::table));
    Query last = database.query("SELECT coalesce(max(at), 0) FROM audit");
    const Instant then{last.next() ? last.integer(0) : 0};
    QSet<QString> people;
    for (const Row &row : store.select(entity, "1=1")) {
        const Staff staff = fromRow<Staff>(row);
        people.insert(staff.id.text());
        part.checked();
        if (!areGood(database, staff, now, then))
            part.wrong(staff.code);
    }
    Query holders = database.query("SELECT DISTINCT user_id FROM scope_grant");
    while (holders.next()) {
        if (!people.contains(holders.text(0)))
            part.wrong(u"grants of nobody: "_s + holders.text(0));
    }
    return part;
}

// Claimed means owned by one person, and nobody owns what waits in a queue (sync.md, G11).
VerifiedPart checkOwnership(Database &database)
{
    VerifiedPart part;
    Query query = database.query("SELECT id, custody_state, owner_id, queue_id FROM opportunity "
                                 "WHERE deleted_at IS NULL");
    while (query.next()) {
        part.checked();
        const QString state = query.text(1);
        const bool waits = state == u"dispatching" || state == u"dispatched" || state == u"expired";
        if ((state == u"claimed" && query.isNull(2)) || (waits && !query.isNull(2))
            || (state == u"claimed" && !query.isNull(3)))
            part.wrong(query.text(0));
    }
    return part;
}

} // namespace

Result<QJsonObject> verifyMaster(Database &database, const Catalog &catalog, Instant now,
                                 const std::optional<std::vector<AuditHead>> &heads)
{
    if (auto begun = database.execute("BEGIN"); !begun)
        return begun.error();
    RowStore store(database, catalog);
    std::map<QString, Sum> sums;
    std::vector<std::pair<QString, VerifiedPart>> parts{
        {u"integrity"_s, checkFile(database)},  {u"audit"_s, checkAudit(database)},
        {u"log"_s, checkLog(store, sums)},      {u"buckets"_s, checkSums(database, sums)},
        {u"grants"_s, checkGrants(store, now)}, {u"ownership"_s, checkOwnership(database)},
        {u"head"_s, checkHead(store)},          {u"history"_s, checkHistory(store)},
        {u"results"_s, checkResults(database)}, {u"search"_s, checkSearch(store)},
        {u"keys"_s, checkKeys(store)},
    };
    if (heads)
        parts.emplace_back(u"heads"_s, checkHeads(database, *heads));
    QJsonObject report;
    bool ok = true;
    for (const auto &[name, part] : parts) {
        report[name] = part.toJson();
        ok = ok && part.isFine();
    }
    report[u"ok"_s] = ok;
    if (auto ended = database.execute("COMMIT"); !ended)
        return ended.error();
    return report;
}

} // namespace keydesk
