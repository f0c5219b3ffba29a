#include "importing/demo/demo_steps.h"

namespace keydesk {

namespace {

// Who may be given an account's roles, taken in turn, so that the load is even.
struct Rota
{
    std::vector<const Staff *> people;
    std::size_t next = 0;

    const Staff &take() { return *people[next++ % people.size()]; }
};

struct Rotas
{
    Rota managers;
    Rota tele;
    Rota agents;
    Rota supervisors;
};

Assignment &assign(DemoWorld &world, const Account &account, const Staff &person,
                   AssignmentRole role, const QDate &from, const QDate &until = {})
{
    auto assignment = world.born<Assignment>(world.at(from, 9), world.staff.front().id);
    assignment.accountId = account.id;
    assignment.areaId = account.areaId;
    assignment.staffId = person.id;
    assignment.role = role;
    assignment.validFrom = from;
    assignment.validUntil = until;
    world.assignments.push_back(std::move(assignment));
    return world.assignments.back();
}

bool wantsManager(DemoWorld &world, const Account &account)
{
    if (account.valueClass == ValueClass::A || account.valueClass == ValueClass::B)
        return world.random.chance(95);
    return account.valueClass == ValueClass::C && world.random.chance(25);
}

void assignManager(DemoWorld &world, Rotas &rotas, Account &account, const QDate &from)
{
    const Staff &manager = rotas.managers.take();
    QDate since = from;
    if (world.random.chance(15)) {
        // Somebody else had the account before.
        since = world.today.addDays(-world.random.between(20, 150));
        assign(world, account, rotas.managers.take(), AssignmentRole::MainAm, from,
               since.addDays(-1))
            .reason = QStringLiteral("客户经理调整");
    }
    assign(world, account, manager, AssignmentRole::MainAm, since);
    account.ownerStaffId = manager.id;
    account.ownerTeamId = manager.teamId;
    for (const Staff *colleague : rotas.managers.people) {
        if (colleague->teamId == manager.teamId && colleague->id != manager.id) {
            assign(world, account, *colleague, AssignmentRole::Deputy, since);
            break;
        }
    }
    if (account.mgmtTier == MgmtTier::One)
        assign(world, account, rotas.supervisors.take(), AssignmentRole::IndustryManager, from);
}

void assignPeople(DemoWorld &world, Rotas &rotas, Account &account)
{
    const QDate from = businessDate(account.createdAt);
    const bool managed = wantsManager(world, account);
    if (managed)
        assignManager(world, rotas, account, from);
    const bool tele = account.valueClass == ValueClass::C
        || (account.valueClass == ValueClass::D && world.random.chance(50));
    if (tele)
        assign(world, account, rotas.tele.take(), AssignmentRole::TeleAm, from);
    if (!managed && world.random.chance(55))
        assign(world, account, rotas.agents.take(), AssignmentRole::Agent, from);
}

} // namespace

void addAssignments(DemoWorld &world)
{
    std::map<RecordId, Rotas> rotas;
    for (Account &account : world.accounts) {
        Rotas &local = rotas[account.areaId];
        if (local.managers.people.empty()) {
            local.managers.people = world.people(account.areaId, Role::AccountManager);
            local.tele.people = world.people(account.areaId, Role::TeleManager);
            local.agents.people = world.people(account.areaId, Role::PartnerAgent);
            local.supervisors.people = world.people(account.areaId, Role::Supervisor);
        }
        assignPeople(world, local, account);
    }
}

} // namespace keydesk
