#include "support/sim/stage.h"

#include "dispatch/account_tallies.h"
#include "dispatch/caller_cards.h"
#include "dispatch/number_series.h"
#include "domain/account.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/contact.h"
#include "domain/opportunity.h"
#include "domain/routing_rule.h"
#include "domain/task.h"
#include "domain/team.h"
#include "sync/authority.h"
#include "sync/outbox.h"
#include "sync/replica_file.h"
#include "sync/server_tables.h"

namespace keydesk::sim {

using namespace Qt::StringLiterals;

namespace {

RecordId fixedId(int number)
{
    return RecordId::fromParts(1'690'000'000'000, 7, quint64(number));
}

Staff person(const char *code, Role role, const RecordId &area, const RecordId &team = {})
{
    Staff staff;
    staff.code = staff.name = QString::fromLatin1(code);
    staff.roles.keys = {keyOf(role)};
    staff.areaId = area;
    staff.teamId = team;
    return staff;
}

// The lines of the seats, which follow from commands; the first records were written past them.
Result<> writeDirectory(Authority &authority)
{
    return authority.perform([&](Transaction &tx, AuditEntry &) -> Result<> {
        Actor system;
        system.isSystem = true;
        CommandContext context(tx, system, fixedId(0), authority.now(),
                               CommandContext::Place::Server);
        for (const Account &account : tx.select<Account>("1=1")) {
            if (auto done = refreshCallerCardsOf(context, account.id); !done)
                return done;
            if (auto done = refreshTallyOf(context, account.id); !done)
                return done;
        }
        return {};
    });
}

} // namespace

// Writes the first records of the world; ids count up, so that every run has the same.
class Stage::Furnisher
{
public:
    Furnisher(RowStore &store, Authority &authority, const Dress &dress)
        : m_store(store)
        , m_authority(authority)
        , m_dress(dress)
    {
    }
    template <class T>
    RecordId add(T record)
    {
        record.id = fixedId(++m_count);
        load(m_store.catalog().entity(QString::fromLatin1(Schema<T>::table)), toRow(record));
        return record.id;
    }
    /// A record of every kind that has none about this customer yet.
    void addOthers(const Account &account, const RecordId &opportunity, const RecordId &holder);

private:
    void load(const EntityInfo &entity, Row row)
    {
        if (m_dress)
            m_dress(entity, row);
        [[maybe_unused]] const auto done = m_authority.load(entity, {row});
        Q_ASSERT_X(done, "Furnisher::load", qPrintable(entity.name()));
    }

    RowStore &m_store;
    Authority &m_authority;
    const Dress &m_dress;
    int m_count = 0;
};

void Stage::Furnisher::addOthers(const Account &account, const RecordId &opportunity,
                                 const RecordId &holder)
{
    if (!m_dress)
        return;
    const std::map<QString, QString> columns{{u"account_id"_s, account.id.text()},
                                             {u"area_id"_s, account.areaId.text()},
                                             {u"opportunity_id"_s, opportunity.text()},
                                             {u"staff_id"_s, holder.text()},
                                             {u"owner_id"_s, holder.text()},
                                             {u"author_id"_s, holder.text()},
                                             {u"assignee_id"_s, holder.text()}};
    const QStringList there{u"area"_s,        u"team"_s,         u"staff"_s,      u"routing_rule"_s,
                            u"account"_s,     u"contact"_s,      u"assignment"_s, u"opportunity"_s,
                            u"caller_card"_s, u"account_tally"_s};
    for (const EntityInfo &entity : m_store.catalog().entities()) {
        if (there.contains(entity.name()))
            continue;
        Row row = entity.blank();
        row[common_column::Id] = fixedId(++m_count).text();
        for (const auto &[column, id] : columns) {
            if (entity.indexOf(column) >= 0)
                row[std::size_t(entity.indexOf(column))] = id;
        }
        load(entity, row);
    }
}

Stage::Stage(const Dress &dress)
{
    std::shared_ptr<Database> empty = Database::openInMemory();
    ReplicaFile replica(empty, catalog);
    [[maybe_unused]] const auto opened = replica.open();
    Q_ASSERT(opened);
    replicaImage = empty->image();
    const auto outbox = Database::openInMemory();
    [[maybe_unused]] const auto created = Outbox(*outbox).createTables();
    Q_ASSERT(created);
    outboxImage = outbox->image();
    furnish(dress);
}

void Stage::furnish(const Dress &dress)
{
    const auto database = Database::openInMemory();
    RowStore store(*database, catalog);
    Authority authority(store, registry);
    [[maybe_unused]] auto ready = store.migrate();
    Q_ASSERT(ready);
    ready = createServerTables(*database, u"epoch-1"_s);
    Q_ASSERT(ready);
    ready = NumberSeries::createTable(*database);
    Q_ASSERT(ready);
    ready = authority.beginGroup(start);
    Q_ASSERT(ready);

    Furnisher furnisher(store, authority, dress);
    furnishPeople(furnisher);
    furnishRules(furnisher);
    for (int i = 0; i < 4; ++i)
        furnishCustomer(furnisher, i);
    ready = writeDirectory(authority);
    Q_ASSERT(ready);
    ready = authority.scope().renewAll(start);
    Q_ASSERT(ready);
    [[maybe_unused]] const auto committed = authority.commitGroup();
    Q_ASSERT(committed);
    serverImage = database->image();
}

void Stage::furnishPeople(Furnisher &furnisher)
{
    Area top;
    top.code = top.name = u"P"_s;
    const RecordId province = furnisher.add(top);
    for (const char *code : {"A1", "A2"}) {
        Area area;
        area.code = area.name = QString::fromLatin1(code);
        area.parentId = province;
        areas.push_back(furnisher.add(area).text());
    }
    Team team;
    team.code = team.name = u"OPS"_s;
    team.kind = TeamKind::OperationsCentre;
    team.areaId = province;
    team.hasQueue = true;
    queue = furnisher.add(team).text();
    Team sales;
    sales.code = sales.name = u"SALES"_s;
    sales.areaId = RecordId(areas[0]);
    sales.hasQueue = true;
    salesQueue = furnisher.add(sales).text();
    const RecordId home(areas[0]);
    const RecordId seller(salesQueue);
    users.push_back(furnisher.add(person("1001", Role::AccountManager, home, seller)).text());
    // Reminded and let in when the other lets something lie.
    Staff second = person("1002", Role::AccountManager, home, seller);
    second.deputyId = RecordId(users[0]);
    users.push_back(furnisher.add(second).text());
    users.push_back(furnisher.add(person("1003", Role::Dispatcher, home, RecordId(queue))).text());
    users.push_back(
        furnisher.add(person("1004", Role::HotlineAgent, home, RecordId(queue))).text());
    users.push_back(furnisher.add(person("1005", Role::Supervisor, RecordId(areas[1]))).text());
    Staff head = person("2001", Role::DeptManager, province);
    head.roles.keys += {keyOf(Role::Dispatcher), keyOf(Role::Administrator)};
    elsewhere = furnisher.add(head);
}

// To the customer's manager, what comes by an urgent call to the sellers' queue, the rest to the
// operations centre.
void Stage::furnishRules(Furnisher &furnisher) const
{
    RoutingRule toManager;
    toManager.code = toManager.name = u"R1"_s;
    toManager.position = 1;
    toManager.condition = u"{\"am_flag\":true,\"urgency\":[\"normal\"]}"_s;
    toManager.target = RoutingTarget::OwnerAm;
    furnisher.add(toManager);
    RoutingRule toTeam;
    toTeam.code = toTeam.name = u"R2"_s;
    toTeam.position = 2;
    toTeam.condition = u"{\"urgency\":[\"urgent\"]}"_s;
    toTeam.teamId = RecordId(salesQueue);
    furnisher.add(toTeam);
    RoutingRule last;
    last.code = last.name = u"R3"_s;
    last.position = 3;
    last.condition = u"{}"_s;
    furnisher.add(last);
}

void Stage::furnishCustomer(Furnisher &furnisher, int i)
{
    Account account;
    account.name = u"客户%1"_s.arg(i);
    account.groupCode = u"G%1"_s.arg(i);
    account.areaId = RecordId(areas[std::size_t(i % 2)]);
    account.valueClass = i == 0 ? ValueClass::A : i == 1 ? ValueClass::B : ValueClass::C;
    const RecordId manager(users[std::size_t(i % 2)]);
    const bool served = i < 3;
    if (served)
        account.ownerStaffId = manager;
    const RecordId id = account.id = furnisher.add(account);
    accounts.push_back(id.text());
    Contact contact;
    contact.name = u"联系人%1"_s.arg(i);
    contact.phone = u"1380013800%1"_s.arg(i);
    contact.accountId = id;
    contact.areaId = account.areaId;
    furnisher.add(contact);
    Assignment assignment;
    assignment.accountId = id;
    assignment.areaId = account.areaId;
    assignment.staffId = manager;
    assignment.role = served ? AssignmentRole::MainAm : AssignmentRole::Deputy;
    furnisher.add(assignment);
    Opportunity opportunity;
    opportunity.title = u"商机%1"_s.arg(i);
    opportunity.accountId = id;
    opportunity.areaId = account.areaId;
    opportunity.valueClass = account.valueClass;
    opportunity.valueFen = {1000 + i};
    opportunity.custodyState = i < 2 ? CustodyState::Dispatched : CustodyState::Dispatching;
    opportunity.custodySince = opportunity.capturedAt = start;
    opportunity.capturedBy = RecordId(users[3]);
    if (i < 2) {
        opportunity.assigneeId = manager;
        opportunity.dispatchedAt = start;
        opportunity.claimDueAt = start + 2 * hour;
    } else {
        opportunity.queueId = RecordId(queue);
        opportunity.custodyReason = CustodyReason::NoRule; // routed before, to the dispatcher
    }
    const RecordId deal = furnisher.add(opportunity);
    opportunities.push_back(deal.text());
    Task task; // one that its owner ends and begins again himself
    task.title = u"回访客户%1"_s.arg(i);
    task.accountId = id;
    task.areaId = account.areaId;
    task.assigneeId = RecordId(users[std::size_t(i)]);
    task.dueAt = start + day;
    furnisher.add(task);
    furnisher.addOthers(account, deal, manager);
}

} // namespace keydesk::sim
