#include "sync/scope.h"

#include "base/fault.h"
#include "commands/rights_policy.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr Profile profileOf(Sight sight)
{
    return sight == Sight::Full  ? Profile::Full
        : sight == Sight::Masked ? Profile::Masked
                                 : Profile::None;
}

// Why somebody holds an account, as one query over the reasons; ?1 the person, ?2 the business
// date, ?3 the instant, ?4 the team whose accounts he leads (or null), ?5 as he sees them. `filter`
// narrows it to one.
QByteArray accountReasons(const QByteArray &filter)
{
    constexpr char inForce[] = " deleted_at IS NULL AND (valid_from IS NULL OR valid_from <= ?2) "
                               "AND (valid_until IS NULL OR valid_until >= ?2) ";
    return "SELECT account_id, 2 FROM assignment WHERE staff_id=?1 AND" + QByteArray(inForce)
        + filter
        + " UNION ALL SELECT account_id, 2 FROM opportunity WHERE (owner_id=?1 OR assignee_id=?1 "
          "OR follower_id=?1) AND custody_state IN ('dispatched','claimed') AND deleted_at IS NULL "
        + filter
        + " UNION ALL SELECT account_id, 1 FROM opened_account WHERE user_id=?1 AND until > ?3 "
        + filter
        + " UNION ALL SELECT account_id, ?5 FROM assignment WHERE staff_id IN "
          "(SELECT id FROM staff WHERE team_id=?4 AND deleted_at IS NULL) AND"
        + inForce + filter
        + " UNION ALL SELECT account_id, ?5 FROM opportunity WHERE (owner_id IN (SELECT id FROM "
          "staff WHERE team_id=?4 AND deleted_at IS NULL) OR assignee_id IN (SELECT id FROM staff "
          "WHERE team_id=?4 AND deleted_at IS NULL)) AND custody_state IN ('dispatched','claimed') "
          "AND deleted_at IS NULL "
        + filter
        // Whoever is reminded as the deputy, and may claim soon, has to see what it is about.
        + " UNION ALL SELECT account_id, 2 FROM opportunity WHERE assignee_id IN (SELECT id FROM "
          "staff WHERE deputy_id=?1 AND deleted_at IS NULL) AND custody_state='dispatched' AND "
          "claim_remind_level >= 2 AND deleted_at IS NULL "
        + filter;
}

using Place = RightsPolicy::Place;

Profile sightIn(Place place, const Staff &staff)
{
    return profileOf(RightsPolicy::shipped().sight(place, staff.roles));
}

void raise(Grants &grants, const QString &bucket, Profile profile)
{
    if (profile == Profile::None)
        return;
    Profile &held = grants[bucket];
    held = std::max(held, profile);
}

// A province stands for its local networks, and for what lies in it but in none of them.
QStringList areasWithin(Database &database, const QString &areaId)
{
    QStringList areas;
    Query query = database.query(
        "WITH RECURSIVE below(id) AS (SELECT ?1 UNION SELECT a.id FROM area a JOIN below b ON "
        "a.parent_id = b.id) SELECT id FROM below");
    query.bind(1, areaId);
    while (query.next())
        areas.append(query.text(0));
    return areas;
}

void grantAreas(Database &database, const Staff &staff, Grants &grants)
{
    const Profile directory = sightIn(Place::Directory, staff);
    const Profile whole = profileOf(RightsPolicy::shipped().areaSight(staff));
    if (staff.areaId.isNull() || std::max(directory, whole) == Profile::None)
        return;
    for (const QString &area : areasWithin(database, staff.areaId.text())) {
        raise(grants, u"directory:"_s + area, directory);
        raise(grants, u"area:"_s + area, whole);
    }
}

// Whoever may claim from the team's queue sees it: its sellers, and when they let it lie those who
// lead them.
void grantQueue(const Staff &staff, Grants &grants)
{
    if (!staff.teamId.isNull())
        raise(grants, u"org:"_s + staff.teamId.text(), sightIn(Place::Queue, staff));
}

Cell ledTeam(const Staff &staff)
{
    const bool leads = sightIn(Place::Team, staff) != Profile::None && !staff.teamId.isNull();
    return leads ? Cell(staff.teamId.text()) : Cell();
}

void bindReasons(Query &query, const Staff &staff, Instant now)
{
    query.bind(1, staff.id).bind(2, businessDate(now).toString(Qt::ISODate)).bind(3, now.ms);
    query.bind(4, ledTeam(staff)).bind(5, qint64(sightIn(Place::Team, staff)));
}

} // namespace

Grants scopeOf(Database &database, const Staff &staff, Instant now)
{
    Grants grants;
    if (staff.status != StaffStatus::Active || !staff.deletedAt.isNull())
        return grants;
    raise(grants, u"ref"_s, Profile::Full);
    raise(grants, u"user:"_s + staff.id.text(), Profile::Full);
    raise(grants, u"watch:"_s + staff.id.text(), Profile::Masked);
    grantQueue(staff, grants);
    grantAreas(database, staff, grants);
    Query query = database.query(accountReasons({}));
    bindReasons(query, staff, now);
    while (query.next()) {
        if (!query.isNull(0))
            raise(grants, u"acct:"_s + query.text(0), Profile(query.integer(1)));
    }
    return grants;
}

Grants grantsOf(Database &database, const QString &userId)
{
    Grants grants;
#ifdef KEYDESK_FAULTS
    static std::map<std::pair<int, QString>, Grants> remembered;
    if (fault::planted(fault::StaleGrants) && remembered.contains({fault::history, userId}))
        return remembered[{fault::history, userId}];
#endif
    Query query = database.query("SELECT bucket, profile FROM scope_grant WHERE user_id=?");
    query.bind(1, userId);
    while (query.next())
        grants[query.text(0)] = Profile(query.integer(1));
#ifdef KEYDESK_FAULTS
    if (fault::planted(fault::StaleGrants))
        remembered[{fault::history, userId}] = grants;
#endif
    return grants;
}

std::optional<Staff> ScopeKeeper::staffOf(const RecordId &id)
{
    const EntityInfo &entity = m_store.catalog().entity(QString::fromLatin1(Schema<Staff>::table));
    const auto row = m_store.find(entity, id);
    if (!row)
        return std::nullopt;
    return fromRow<Staff>(*row);
}

Result<> ScopeKeeper::write(const QString &userId, const QString &bucket, Profile wanted,
                            Profile stored)
{
    if (wanted == stored)
        return {};
    m_changedUsers.insert(userId);
    const qint64 seq = m_log.nextSeq();
    Database &database = m_store.database();
    if (wanted == Profile::None)
        return database.query("DELETE FROM scope_grant WHERE user_id=? AND bucket=?")
            .bind(1, userId)
            .bind(2, bucket)
            .run();
    return database
        .query("INSERT INTO scope_grant(user_id, bucket, profile, since_seq) VALUES(?,?,?,?) "
               "ON CONFLICT(user_id, bucket) DO UPDATE SET profile=excluded.profile, "
               "since_seq=excluded.since_seq")
        .bind(1, userId)
        .bind(2, bucket)
        .bind(3, qint64(wanted))
        .bind(4, seq)
        .run();
}

Result<> ScopeKeeper::renew(const RecordId &staff, Instant now)
{
    const auto person = staffOf(staff);
    const Grants wanted = person ? scopeOf(m_store.database(), *person, now) : Grants();
    const Grants stored = grantsOf(m_store.database(), staff.text());
    for (const auto &[bucket, profile] : stored) {
        if (!wanted.contains(bucket)) {
            if (auto done = write(staff.text(), bucket, Profile::None, profile); !done)
                return done;
        }
    }
    for (const auto &[bucket, profile] : wanted) {
        const auto held = stored.find(bucket);
        if (auto done = write(staff.text(), bucket, profile,
                              held == stored.end() ? Profile::None : held->second);
            !done)
            return done;
    }
    return {};
}

Result<> ScopeKeeper::renewAccount(const RecordId &staff, const QString &accountId, Instant now)
{
    const auto person = staffOf(staff);
    Profile wanted = Profile::None;
    if (person && person->status == StaffStatus::Active) {
        Query query = m_store.database().query(accountReasons(" AND account_id=?6"));
        bindReasons(query, *person, now);
        query.bind(6, accountId);
        while (query.next())
            wanted = std::max(wanted, Profile(query.integer(1)));
    }
    const QString bucket = u"acct:"_s + accountId;
    return write(staff.text(), bucket, wanted, storedProfile(staff.text(), bucket));
}

Profile ScopeKeeper::storedProfile(const QString &userId, const QString &bucket)
{
    Query query = m_store.database().query(
        "SELECT profile FROM scope_grant WHERE user_id=? AND bucket=?");
    query.bind(1, userId).bind(2, bucket);
    return query.next() ? Profile(query.integer(0)) : Profile::None;
}

// Whoever holds of an account what the relation gives at most gains nothing by one reason more;
// most changes are that.
Result<> ScopeKeeper::renewRelation(const RecordId &staff, const QString &accountId,
                                    const Relation &how, Instant now)
{
    Profile most = Profile::Full;
    if (!how.isOwn) {
        const auto person = staffOf(staff);
        most = person ? sightIn(Place::Team, *person) : Profile::None;
        if (most == Profile::None)
            return {};
    }
    if (!how.mayHaveLost && storedProfile(staff.text(), u"acct:"_s + accountId) >= most)
        return {};
    return renewAccount(staff, accountId, now);
}

Result<> ScopeKeeper::openAccount(const RecordId &staff, const QString &accountId, Instant until,
                                  Instant now)
{
    auto opened = m_store.database()
                      .query("INSERT INTO opened_account(user_id, account_id, until) VALUES(?,?,?) "
                             "ON CONFLICT(user_id, account_id) DO UPDATE SET "
                             "until=max(until, excluded.until)")
                      .bind(1, staff)
                      .bind(2, accountId)
                      .bind(3, until.ms)
                      .run();
    return opened ? renewAccount(staff, accountId, now) : opened;
}

void ScopeKeeper::addTeam(const QString &staffId, std::set<QString> &people)
{
    const auto person = staffOf(RecordId(staffId));
    if (!person || person->teamId.isNull())
        return;
    const EntityInfo &entity = m_store.catalog().entity(QString::fromLatin1(Schema<Staff>::table));
    for (const Row &member : m_store.findAll(entity, u"team_id"_s, person->teamId.text()))
        people.insert(member[common_column::Id].text());
}

void ScopeKeeper::addDeputy(const QString &staffId, std::set<QString> &people)
{
    const auto person = staffOf(RecordId(staffId));
    if (person && !person->deputyId.isNull())
        people.insert(person->deputyId.text());
}

Result<> ScopeKeeper::follow(std::size_t from, Instant now)
{
    std::set<QString> whole; // people to renew altogether
    std::map<std::pair<QString, QString>, Holding> rows; // by table and id
    const auto &details = m_log.details();
    for (std::size_t i = from; i < details.size(); ++i) {
        const ChangeLog::Detail &detail = details[i];
        if (detail.table == u"area")
            return renewAll(now);
        if (detail.table == u"staff") {
            whole.insert(detail.rowId);
            if (detail.field == u"team_id") // whoever leads the old or the new team
                whole.merge(teamMembers(detail.before.text(), detail.after.text()));
            else if (detail.field == u"deputy_id")
                whole.merge(std::set{detail.before.text(), detail.after.text()});
            else if (detail.field == u"deleted_at")
                addDeputy(detail.rowId, whole);
        } else if (detail.table == u"assignment" || detail.table == u"opportunity") {
            Holding &holding = rows[{detail.table, detail.rowId}];
            holding.isNew = holding.isNew || detail.field.isEmpty();
            const FieldInfo *field = m_store.catalog().entity(detail.table).field(detail.field);
            if (detail.field == u"account_id")
                holding.accounts.insert(detail.before.text());
            else if (field && field->target == u"staff")
                holding.people.insert(detail.before.text());
        }
    }
    Relations relations;
    for (auto &[row, holding] : rows) {
        addPresent(row.first, row.second, holding);
        addRelations(holding, relations);
    }
    whole.erase(QString());
    for (const QString &person : whole) {
        if (auto done = renew(RecordId(person), now); !done)
            return done;
    }
    for (const auto &[who, how] : relations) {
        const auto &[person, account] = who;
        if (whole.contains(person))
            continue;
        if (auto done = renewRelation(RecordId(person), account, how, now); !done)
            return done;
    }
    return {};
}

void ScopeKeeper::addRelations(const Holding &holding, Relations &relations)
{
    std::set<QString> own;
    std::set<QString> team; // of whom those who lead hold what the others hold
    for (const QString &person : holding.people) {
        if (person.isEmpty())
            continue;
        own.insert(person);
        if (!holding.isNew || holding.isReminded)
            addDeputy(person, own);
        addTeam(person, team);
    }
    for (const QString &account : holding.accounts) {
        if (account.isEmpty())
            continue;
        for (const std::set<QString> *people : {&own, &team}) {
            for (const QString &person : *people) {
                Relation &relation = relations[{person, account}];
                relation.isOwn = relation.isOwn || people == &own;
                relation.mayHaveLost = relation.mayHaveLost || !holding.isNew;
            }
        }
    }
}

void ScopeKeeper::addPresent(const QString &table, const QString &id, Holding &holding)
{
    const EntityInfo &entity = m_store.catalog().entity(table);
    const auto row = m_store.find(entity, RecordId(id));
    if (!row)
        return;
    holding.accounts.insert(entity.cell(*row, u"account_id"_s).text());
    if (const int level = entity.indexOf(u"claim_remind_level"_s); level >= 0)
        holding.isReminded = (*row)[std::size_t(level)].integer() > 0;
    for (const QString &column :
         {u"staff_id"_s, u"owner_id"_s, u"assignee_id"_s, u"follower_id"_s}) {
        if (entity.indexOf(column) >= 0)
            holding.people.insert(entity.cell(*row, column).text());
    }
}

std::set<QString> ScopeKeeper::teamMembers(const QString &oneTeam, const QString &otherTeam)
{
    std::set<QString> people;
    Query query = m_store.database().query("SELECT id FROM staff WHERE team_id IN (?,?)");
    query.bind(1, oneTeam).bind(2, otherTeam);
    while (query.next())
        people.insert(query.text(0));
    return people;
}

Result<> ScopeKeeper::renewAll(Instant now)
{
    QStringList everybody;
    Query query = m_store.database().query("SELECT id FROM staff");
    while (query.next())
        everybody.append(query.text(0));
    for (const QString &person : std::as_const(everybody)) {
        if (auto done = renew(RecordId(person), now); !done)
            return done;
    }
    return {};
}

} // namespace keydesk
