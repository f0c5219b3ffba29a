#include "support/sim/history.h"

#include "support/sim/sim_commands.h"

#include "domain/account.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/contact.h"
#include "domain/entities.h"
#include "domain/opportunity.h"
#include "domain/team.h"
#include "sync/server_tables.h"

namespace keydesk::sim {

using namespace Qt::StringLiterals;

namespace {

RecordId fixedId(int number)
{
    return RecordId::fromParts(1'690'000'000'000, 7, quint64(number));
}

CommandRegistry registryWithWorld()
{
    std::vector<CommandType> types = makeCommandRegistry().types();
    types.push_back(commandType<SimSet>());
    types.push_back(commandType<SimPair>());
    types.push_back(commandType<SimMake>());
    return CommandRegistry(std::move(types));
}

// Writes the first records of the world; ids count up, so that every run has the same.
class Furnisher
{
public:
    Furnisher(RowStore &store, Authority &authority)
        : m_store(store)
        , m_authority(authority)
    {
    }
    template <class T>
    RecordId add(T record)
    {
        record.id = fixedId(++m_count);
        const auto done = m_authority.load(m_store.catalog().entity(
                                               QString::fromLatin1(Schema<T>::table)),
                                           {toRow(record)});
        Q_ASSERT_X(done, "Furnisher::add", Schema<T>::table);
        return record.id;
    }

private:
    RowStore &m_store;
    Authority &m_authority;
    int m_count = 0;
};

Staff person(const char *code, Role role, const RecordId &area, const RecordId &team = {})
{
    Staff staff;
    staff.code = staff.name = QString::fromLatin1(code);
    staff.roles.keys = {keyOf(role)};
    staff.areaId = area;
    staff.teamId = team;
    return staff;
}

} // namespace

Stage::Stage()
    : catalog(makeCatalog())
    , registry(registryWithWorld())
{
    std::shared_ptr<Database> empty = Database::openInMemory();
    ReplicaFile replica(empty, catalog);
    [[maybe_unused]] const auto opened = replica.open();
    Q_ASSERT(opened);
    replicaImage = empty->image();
    furnish();
}

void Stage::furnish()
{
    const auto database = Database::openInMemory();
    RowStore store(*database, catalog);
    Authority authority(store, registry);
    [[maybe_unused]] auto ready = store.migrate();
    Q_ASSERT(ready);
    ready = createServerTables(*database, u"epoch-1"_s);
    Q_ASSERT(ready);
    ready = authority.beginGroup({1'690'000'000'000});
    Q_ASSERT(ready);

    Furnisher furnisher(store, authority);
    for (const char *code : {"A1", "A2"}) {
        Area area;
        area.code = area.name = QString::fromLatin1(code);
        areas.push_back(furnisher.add(area).text());
    }
    Team team;
    team.code = team.name = u"OPS"_s;
    team.areaId = RecordId(areas[0]);
    queue = furnisher.add(team).text();
    Team sales;
    sales.code = sales.name = u"SALES"_s;
    sales.areaId = RecordId(areas[0]);
    salesQueue = furnisher.add(sales).text();
    const RecordId home(areas[0]);
    const RecordId seller(salesQueue);
    users.push_back(furnisher.add(person("1001", Role::AccountManager, home, seller)).text());
    users.push_back(furnisher.add(person("1002", Role::AccountManager, home, seller)).text());
    users.push_back(furnisher.add(person("1003", Role::Dispatcher, home, RecordId(queue))).text());
    users.push_back(
        furnisher.add(person("1004", Role::HotlineAgent, home, RecordId(queue))).text());
    users.push_back(furnisher.add(person("1005", Role::Supervisor, RecordId(areas[1]))).text());

    for (int i = 0; i < 4; ++i) {
        Account account;
        account.name = u"客户%1"_s.arg(i);
        account.groupCode = u"G%1"_s.arg(i);
        account.areaId = RecordId(areas[std::size_t(i % 2)]);
        const RecordId id = furnisher.add(account);
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
        assignment.staffId = RecordId(users[std::size_t(i % 2)]);
        furnisher.add(assignment);
        Opportunity opportunity;
        opportunity.title = u"商机%1"_s.arg(i);
        opportunity.accountId = id;
        opportunity.areaId = account.areaId;
        opportunity.valueFen = {1000 + i};
        opportunity.custodyState = i < 2 ? CustodyState::Dispatched : CustodyState::Dispatching;
        opportunity.capturedBy = RecordId(users[3]);
        if (i < 2)
            opportunity.assigneeId = RecordId(users[std::size_t(i)]);
        else
            opportunity.queueId = RecordId(queue);
        opportunities.push_back(furnisher.add(opportunity).text());
    }
    ready = authority.scope().renewAll({1'690'000'000'000});
    Q_ASSERT(ready);
    [[maybe_unused]] const auto committed = authority.commitGroup();
    Q_ASSERT(committed);
    serverImage = database->image();
}

} // namespace keydesk::sim
