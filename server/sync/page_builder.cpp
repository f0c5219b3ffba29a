#include "sync/page_builder.h"

#include "base/content_hash.h"
#include "base/fault.h"
#include "base/row_size.h"
#include "protocol/framing.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int rowsPerQuery = 500;
constexpr int smallestPage = 256;
// Half a frame: one row that is as large as a row may be, and the envelope, still fit behind it.
constexpr int largestPage = 128 * 1024;
constexpr qsizetype largestSums = framePayloadMaximum - 16 * 1024;

qsizetype sizeOf(const BucketSum &sum)
{
    return 24 + 3 * sum.bucket.size();
}

// "owner_id=?1 OR assignee_id=?1": which rows of the entity lie in a bucket of this prefix; empty
// if none does. EntityInfo::bucketsOf() in SQL, but for deleted rows.
QByteArray memberTest(const EntityInfo &entity, const QString &prefix)
{
    QByteArray member;
    for (const EntityInfo::BucketInfo &own : entity.buckets()) {
        if (own.prefix != prefix)
            continue;
        const QByteArray test = own.column < 0
            ? QByteArray("1")
            : entity.fields()[std::size_t(own.column)].name.toLatin1() + "=?1";
        member += member.isEmpty() ? test : " OR " + test;
    }
    return member;
}

} // namespace

PageBuilder::PageBuilder(RowStore &store, const Projection &projection, const QString &userId,
                         const QString &deviceId)
    : m_store(store)
    , m_database(store.database())
    , m_projection(projection)
    , m_userId(userId)
    , m_deviceId(deviceId)
{
}

Result<Page> PageBuilder::build(const Pull &request)
{
    Page page;
    Query head = m_database.query("SELECT seq, epoch, floor FROM head WHERE one=1");
    if (!head.next())
        return head.error().value_or(Error("storage.failed"_reason, {u"head"_s}));
    page.head = head.integer(0);
    page.epoch = head.text(1);
    const qint64 floor = head.integer(2);
    m_maxBytes = qBound(smallestPage, request.maxBytes, largestPage);
    m_grants = grantsOf(m_database, m_userId);

    std::map<QString, Profile> known;
    for (const KnownBucket &bucket : request.known)
        known[bucket.bucket] = Profile(bucket.profile);
    page.position = request.position;
    page.current = request.current;
    page.key = request.key;
    const bool behind = request.position < floor && !fault::planted(fault::FloorIgnored);
    const bool empty = known.empty() && request.current.bucket.isEmpty();
    const bool otherTime = request.epoch != page.epoch && !fault::planted(fault::EpochIgnored);
    if (otherTime || behind || empty) {
        known.clear();
        page.current = {};
        page.key.clear();
        m_items.reset();
        page.position = page.head;
        page.rowsTotal = countRows();
    }
    const bool forgotten = dropAndForget(known, page, page.key);
    if (auto done = loadBuckets(known, page); !done)
        return done.error();
    const bool loaded = forgotten && page.current.bucket.isEmpty()
        && known.size() == m_grants.size();
    if (loaded && !isFull()) {
        if (auto done = sendOps(known, page); !done)
            return done.error();
    }
    page.done = loaded && page.position == page.head && sumsFit(request.verify);
    page.items = m_items.finish();
    Query device = m_database.query("SELECT last_n FROM device WHERE id=?");
    device.bind(1, m_deviceId);
    page.lastN = device.next() ? device.integer(0) : 0;
    if (page.done) {
        if (auto done = addSums(known, request.verify, page); !done)
            return done.error();
    }
    return page;
}

// Sums that have no room beside the items go on a page of their own, which is then the last.
bool PageBuilder::sumsFit(const QStringList &verify) const
{
    if (m_items.size() <= smallestPage)
        return true;
    qsizetype bytes = m_items.size();
    for (const QString &bucket : m_touched)
        bytes += sizeOf(BucketSum{bucket, 0, 0});
    for (const QString &bucket : verify)
        bytes += sizeOf(BucketSum{bucket, 0, 0});
    return bytes <= largestSums;
}

// A bucket that is no longer granted, or granted under another profile, is dropped first. False
// when the page had no room for all of them: the others follow on the next.
bool PageBuilder::dropAndForget(std::map<QString, Profile> &known, Page &page, QString &key)
{
    const auto stillGranted = [&](const QString &bucket, Profile profile) {
        const auto grant = m_grants.find(bucket);
        return grant != m_grants.end() && grant->second == profile;
    };
    if (!page.current.bucket.isEmpty()
        && !stillGranted(page.current.bucket, Profile(page.current.profile))) {
        m_items.drop(page.current.bucket);
        page.current = {};
        key.clear();
    }
    for (auto bucket = known.begin(); bucket != known.end();) {
        if (stillGranted(bucket->first, bucket->second)) {
            ++bucket;
            continue;
        }
        if (isFull())
            return false;
        m_items.drop(bucket->first);
        bucket = known.erase(bucket);
    }
    return true;
}

Result<> PageBuilder::loadBuckets(std::map<QString, Profile> &known, Page &page)
{
    const auto load = [&](const QString &bucket, Profile profile) -> Result<> {
        auto finished = loadRows(bucket, profile, page.key);
        if (!finished)
            return finished.error();
        m_touched.insert(bucket);
        page.current = {bucket, int(profile)};
        if (*finished) {
            m_items.complete(bucket);
            known[bucket] = profile;
            page.current = {};
            page.key.clear();
            if (fault::planted(fault::SnapshotNoTail))
                page.position = page.head;
        }
        return {};
    };
    if (!page.current.bucket.isEmpty()) {
        if (auto done = load(page.current.bucket, Profile(page.current.profile)); !done)
            return done;
    }
    if (!page.current.bucket.isEmpty())
        return {};
    for (const auto &[bucket, profile] : m_grants) {
        if (known.contains(bucket))
            continue;
        if (isFull())
            break;
        m_items.begin(bucket, profile);
        if (auto done = load(bucket, profile); !done)
            return done;
        if (!page.current.bucket.isEmpty())
            break;
    }
    return {};
}

// Sends the rows of the bucket after `key` ("<entity>/<id>"); true when none is left.
Result<bool> PageBuilder::loadRows(const QString &bucket, Profile profile, QString &key)
{
    const QString prefix = bucket.section(u':', 0, 0);
    const QString value = bucket.section(u':', 1);
    const QString keyEntity = key.section(u'/', 0, 0);
    bool reached = key.isEmpty();
    for (int number = 0; number < m_projection.entityCount(); ++number) {
        const EntityInfo *entity = m_projection.entity(number);
        if (!entity)
            continue;
        QString after;
        if (!reached) {
            if (entity->name() != keyEntity)
                continue;
            reached = true;
            after = key.section(u'/', 1);
        }
        const QByteArray member = memberTest(*entity, prefix);
        if (member.isEmpty())
            continue;
        const QByteArray sql = "SELECT " + m_store.columnList(*entity) + " FROM "
            + entity->name().toLatin1() + " WHERE (" + member
            + ") AND deleted_at IS NULL AND id > ?2 ORDER BY id LIMIT "
            + QByteArray::number(rowsPerQuery);
        bool more = true;
        while (more) {
            Query rows = m_database.query(sql);
            if (sql.contains("?1"))
                rows.bind(1, value);
            rows.bind(2, after.isNull() ? u""_s : after);
            int count = 0;
            while (rows.next()) {
                const Row row = rows.row(0, entity->fieldCount());
                if (!hasRoomFor(row))
                    return false;
                after = row[common_column::Id].text();
                key = entity->name() + u'/' + after;
                putRow(bucket, *entity, row, profile);
                ++count;
                if (isFull())
                    return false;
            }
            if (rows.error())
                return *rows.error();
            more = count == rowsPerQuery;
        }
    }
    return true;
}

void PageBuilder::putRow(const QString &bucket, const EntityInfo &entity, const Row &row,
                         Profile profile)
{
    const int number = m_projection.numberOf(entity.name());
    m_items.put(bucket, number, m_projection.cells(number, row, profile));
    m_hasRows = true;
}

// A page without any row takes one of whatever size, so that every page is a step forward.
bool PageBuilder::hasRoomFor(const Row &row) const
{
    return !m_hasRows || m_items.size() + sizeBound(row) <= m_maxBytes;
}

// What changed since the position in buckets that are complete: the live row if it lies in the
// bucket now, else its removal.
Result<> PageBuilder::sendOps(const std::map<QString, Profile> &known, Page &page)
{
    Query ops = m_database.query(
        "SELECT seq, bucket, tbl, row_id, kind FROM oplog WHERE seq > ? ORDER BY seq");
    ops.bind(1, page.position);
    while (ops.next()) {
        const QString bucket = ops.text(1);
        const auto held = known.find(bucket);
        const QString table = ops.text(2);
        const int number = m_projection.numberOf(table);
        const EntityInfo *entity = number < 0 ? nullptr : m_projection.entity(number);
        if (held != known.end() && entity) {
            const QString id = ops.text(3);
            const auto row = m_store.find(*entity, RecordId(id));
            const bool inBucket = row
                && (entity->bucketsOf(*row).contains(bucket)
                    || fault::planted(fault::NoMemberCheck));
            if (inBucket && !hasRoomFor(*row))
                return {};
            if (inBucket)
                putRow(bucket, *entity, *row, held->second);
            else
                m_items.del(bucket, number, id);
            m_touched.insert(bucket);
        }
        page.position = ops.integer(0);
        if (isFull())
            return {};
    }
    if (ops.error())
        return *ops.error();
    page.position = page.head;
    return {};
}

Result<> PageBuilder::addSums(const std::map<QString, Profile> &known, const QStringList &verify,
                              Page &page)
{
    for (const QString &bucket : verify)
        m_touched.insert(bucket);
    qsizetype bytes = page.items.size();
    for (const QString &bucket : m_touched) {
        if (!known.contains(bucket))
            continue;
        Query sum = m_database.query("SELECT cnt, sum FROM bucket WHERE id=?");
        sum.bind(1, bucket);
        BucketSum answer{bucket, 0, 0};
        if (sum.next())
            answer = {bucket, sum.integer(0), quint64(sum.integer(1))};
        sum.reset();
        if (auto done = takeAwayUnknown(answer); !done)
            return done;
        bytes += sizeOf(answer);
        if (bytes > largestSums)
            break; // nobody asks for as many; the rest is compared another time
        page.sums.push_back(answer);
    }
    return {};
}

// The sum that is kept counts every entity of the bucket. For a desktop of an older program the
// rows it cannot hold are taken away here, from the same snapshot, so that writing costs nothing
// more.
Result<> PageBuilder::takeAwayUnknown(BucketSum &sum)
{
    for (const EntityInfo *entity : m_projection.unknownThere()) {
        const QByteArray member = memberTest(*entity, sum.bucket.section(u':', 0, 0));
        if (member.isEmpty())
            continue;
        const QByteArray sql = "SELECT id, row_ver FROM " + entity->name().toLatin1() + " WHERE ("
            + member + ") AND deleted_at IS NULL";
        Query rows = m_database.query(sql);
        if (sql.contains("?1"))
            rows.bind(1, sum.bucket.section(u':', 1));
        while (rows.next()) {
            --sum.count;
            sum.sum -= membershipHash(entity->name(), rows.text(0), rows.integer(1));
        }
        if (rows.error())
            return *rows.error();
    }
    return {};
}

// Rows the person may hold, for the progress bar of a first load.
qint64 PageBuilder::countRows()
{
    Query total = m_database.query("SELECT coalesce(sum(b.cnt), 0) FROM scope_grant g "
                                   "JOIN bucket b ON b.id = g.bucket WHERE g.user_id=?");
    total.bind(1, m_userId);
    return total.next() ? total.integer(0) : 0;
}

} // namespace keydesk
