// Who may hold which record, and how much of it: the policy of domain.md in the oracle's own words.

#include "support/sim/oracle.h"

namespace keydesk::sim {

using namespace Qt::StringLiterals;

namespace {

bool hasRole(const QString &roles, std::initializer_list<const char *> wanted)
{
    const QStringList held = roles.split(u',');
    for (const char *role : wanted) {
        if (held.contains(QLatin1StringView(role)))
            return true;
    }
    return false;
}

} // namespace

Oracle::Viewer Oracle::viewer(const Cut &cut, const QString &user) const
{
    Viewer viewer{user, find(cut, "staff", user), {}};
    if (!viewer.staff || text(u"staff"_s, *viewer.staff, "status") != u"active") {
        viewer.staff = nullptr;
        return viewer;
    }
    const QString today = businessDate(cut.at).toString(Qt::ISODate);
    const QString team = text(u"staff"_s, *viewer.staff, "team_id");
    const bool leads = hasRole(text(u"staff"_s, *viewer.staff, "roles"),
                               {"supervisor", "dept_manager", "finance_manager", "executive"});
    for (const auto &[key, row] : cut.rows) {
        if (key.first == u"assignment") {
            const QString from = text(key.first, *row, "valid_from");
            const QString until = text(key.first, *row, "valid_until");
            if ((!from.isEmpty() && from > today) || (!until.isEmpty() && until < today))
                continue;
            const QString holder = text(key.first, *row, "staff_id");
            const Row *person = find(cut, "staff", holder);
            const bool mine = holder == user;
            const bool ofMyTeam = leads && !team.isEmpty() && person
                && text(u"staff"_s, *person, "team_id") == team;
            if (mine || ofMyTeam)
                viewer.accounts[text(key.first, *row, "account_id")] = Profile::Full;
        } else if (key.first == u"opportunity") {
            addOpportunity(cut, *row, viewer, leads);
        }
    }
    for (const auto &[key, until] : cut.opened) {
        if (key.section(u'/', 0, 0) == user && until > cut.at)
            viewer.accounts.try_emplace(key.section(u'/', 1), Profile::Masked);
    }
    return viewer;
}

// Whoever has it in hand, or may have to take it, holds the customer.
void Oracle::addOpportunity(const Cut &cut, const Row &row, Viewer &viewer, bool leads) const
{
    const QString table = u"opportunity"_s;
    const QString custody = text(table, row, "custody_state");
    if (custody != u"dispatched" && custody != u"claimed")
        return;
    const QString team = text(u"staff"_s, *viewer.staff, "team_id");
    bool holds = false;
    for (const char *column : {"owner_id", "assignee_id", "follower_id"})
        holds = holds || text(table, row, column) == viewer.user;
    for (const char *column : {"owner_id", "assignee_id"}) {
        const Row *holder = find(cut, "staff", text(table, row, column));
        holds = holds
            || (holder && leads && !team.isEmpty() && text(u"staff"_s, *holder, "team_id") == team);
    }
    const Row *given = find(cut, "staff", text(table, row, "assignee_id"));
    const bool reminded = number(table, row, "claim_remind_level") >= 2;
    holds = holds
        || (custody == u"dispatched" && reminded && given
            && text(u"staff"_s, *given, "deputy_id") == viewer.user);
    if (holds)
        viewer.accounts[text(table, row, "account_id")] = Profile::Full;
}

// What is mine by name, and what I caught or wrote.
Profile Oracle::profileByName(const QString &table, const Row &row, const QString &user) const
{
    const std::map<QString, std::vector<const char *>> mine = {
        {u"assignment"_s, {"staff_id"}},
        {u"opportunity"_s, {"owner_id", "assignee_id", "follower_id"}},
        {u"opportunity_item"_s, {"owner_id"}},
        {u"transfer"_s, {"owner_id"}},
        {u"routing_decision"_s, {"owner_id"}},
        {u"note"_s, {"owner_id"}},
        {u"task"_s, {"assignee_id"}},
        {u"notification"_s, {"staff_id"}},
    };
    if (const auto columns = mine.find(table); columns != mine.end()) {
        for (const char *column : columns->second) {
            if (text(table, row, column) == user)
                return Profile::Full;
        }
    }
    const bool watched = table == u"opportunity" || table == u"opportunity_item"
        || table == u"transfer" || table == u"routing_decision" || table == u"note";
    if (watched
        && (text(table, row, "captured_by") == user
            || (table == u"note" && text(table, row, "author_id") == user)))
        return Profile::Masked;
    return Profile::None;
}

Profile Oracle::profileOf(const Viewer &viewer, const QString &table, const Row &row) const
{
    if (!viewer.staff)
        return Profile::None;
    static const QStringList shared = {u"staff"_s,
                                       u"team"_s,
                                       u"area"_s,
                                       u"industry"_s,
                                       u"channel"_s,
                                       u"channel_coverage"_s,
                                       u"product_offering"_s,
                                       u"routing_rule"_s,
                                       u"tag"_s};
    if (shared.contains(table))
        return Profile::Full;
    const Profile named = profileByName(table, row, viewer.user);
    if (table == u"notification") // nobody else's, whatever it is about
        return named;
    return std::max(named, profileByPlace(viewer, table, row));
}

// By queue, by area, by customer.
Profile Oracle::profileByPlace(const Viewer &viewer, const QString &table, const Row &row) const
{
    const QString roles = text(u"staff"_s, *viewer.staff, "roles");
    const QString team = text(u"staff"_s, *viewer.staff, "team_id");
    const QString area = text(u"staff"_s, *viewer.staff, "area_id");
    const bool seat = hasRole(roles, {"hotline_agent", "hall_clerk", "tech_seat"});
    const bool dispatcher = hasRole(roles, {"dispatcher"});
    const bool worker = hasRole(roles,
                                {"station_manager", "station_worker", "account_manager",
                                 "tele_manager", "partner_agent", "supervisor", "dept_manager"});
    const bool leads = hasRole(roles,
                               {"supervisor", "dept_manager", "finance_manager", "executive"});
    const QString rowArea = text(table, row, "area_id");
    const bool inArea = !rowArea.isEmpty() && rowArea == area;
    // The directory is the seats' and the dispatchers', and nobody's by its customer.
    if (table == u"caller_card" || table == u"account_tally")
        return inArea && (seat || dispatcher) ? Profile::Full : Profile::None;

    Profile best = Profile::None;
    const auto raise = [&](Profile profile) { best = std::max(best, profile); };
    const QString queue = text(table, row, "queue_id");
    if (!queue.isEmpty() && queue == team) {
        if (dispatcher || worker)
            raise(Profile::Full);
        else if (seat)
            raise(Profile::Masked);
    }
    if (inArea && dispatcher)
        raise(Profile::Masked);
    if (inArea && leads && team.isEmpty())
        raise(Profile::Full);
    const QString account = table == u"account" ? row[common_column::Id].text()
                                                : text(table, row, "account_id");
    if (const auto held = viewer.accounts.find(account); held != viewer.accounts.end())
        raise(held->second);
    return best;
}

void Oracle::showAll(const Cut &cut, const QString &user, const See &see) const
{
    const Viewer who = viewer(cut, user);
    for (const auto &[key, row] : cut.rows) {
        const Profile profile = profileOf(who, key.first, *row);
        if (profile != Profile::None)
            see(m_catalog.entity(key.first), *row, profile);
    }
}

} // namespace keydesk::sim
