#include "sync/housekeeping.h"

namespace keydesk {

namespace {

constexpr int piece = 500;
constexpr qint64 keepRemovals = 30 * day;
constexpr qint64 keepResults = 90 * day;

Result<bool> compactLog(Database &database, Instant now)
{
    // Removing an op is only safe for those who have seen it: the floor says who must start anew.
    std::vector<qint64> old;
    Query removals = database.query("SELECT seq FROM oplog WHERE kind=1 AND at < ? LIMIT ?");
    removals.bind(1, now.ms - keepRemovals).bind(2, piece);
    while (removals.next())
        old.push_back(removals.integer(0));
    if (removals.error())
        return *removals.error();
    qint64 floor = 0;
    for (const qint64 seq : old) {
        if (auto gone = database.query("DELETE FROM oplog WHERE seq=?").bind(1, seq).run(); !gone)
            return gone.error();
        floor = std::max(floor, seq);
    }
    auto moved =
        database.query("UPDATE head SET floor=max(floor, ?) WHERE one=1").bind(1, floor).run();
    if (!moved)
        return moved.error();
    return old.size() == piece;
}

// By device, because results lie in the order of their numbers there: the old ones come first.
Result<bool> compactResults(Database &database, Instant now)
{
    QStringList devices;
    Query all = database.query("SELECT id FROM device");
    while (all.next())
        devices.append(all.text(0));
    int gone = 0;
    for (const QString &device : std::as_const(devices)) {
        Query oldest = database.query(
            "SELECT n, at FROM cmd_result WHERE device=? ORDER BY n LIMIT ?");
        oldest.bind(1, device).bind(2, piece - gone);
        qint64 last = 0;
        while (oldest.next() && oldest.integer(1) < now.ms - keepResults) {
            last = oldest.integer(0);
            ++gone;
        }
        oldest.reset();
        if (last == 0)
            continue;
        auto done = database.query("DELETE FROM cmd_result WHERE device=? AND n<=?")
                        .bind(1, device)
                        .bind(2, last)
                        .run();
        if (!done)
            return done.error();
        if (gone >= piece)
            return true;
    }
    return false;
}

} // namespace

Result<bool> expireOpenedAccounts(Authority &authority)
{
    Database &database = authority.store().database();
    std::vector<std::pair<QString, QString>> over;
    Query opened = database.query(
        "SELECT user_id, account_id FROM opened_account WHERE until <= ? LIMIT ?");
    opened.bind(1, authority.now().ms).bind(2, piece);
    while (opened.next())
        over.emplace_back(opened.text(0), opened.text(1));
    if (opened.error())
        return *opened.error();
    for (const auto &[user, account] : over) {
        auto done = database.query("DELETE FROM opened_account WHERE user_id=? AND account_id=?")
                        .bind(1, user)
                        .bind(2, account)
                        .run();
        if (done)
            done = authority.scope().renewAccount(RecordId(user), account, authority.now());
        if (!done)
            return done.error();
    }
    return over.size() == piece;
}

Result<bool> compact(Authority &authority)
{
    Database &database = authority.store().database();
    const Instant now = authority.now();
    auto log = compactLog(database, now);
    if (!log)
        return log;
    auto results = compactResults(database, now);
    if (!results)
        return results;
    auto done = database
                    .query("DELETE FROM session WHERE expires < ?1 OR (revoked_at > 0 AND "
                           "revoked_at < ?1)")
                    .bind(1, now.ms - day)
                    .run();
    if (done)
        done =
            database.query("DELETE FROM enrolment WHERE expires < ?").bind(1, now.ms - day).run();
    if (done) // the throttle remembers nothing longer
        done = database.query("DELETE FROM login_budget WHERE at < ?").bind(1, now.ms - day).run();
    if (!done)
        return done.error();
    return *log || *results;
}

QStringList everybody(Database &database)
{
    QStringList people;
    Query query = database.query("SELECT id FROM staff ORDER BY id");
    while (query.next())
        people.append(query.text(0));
    return people;
}

} // namespace keydesk
