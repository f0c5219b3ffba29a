#include "support/command_desk.h"

#include "commands/rights.h"
#include "domain/assignment.h"
#include "domain/entities.h"

namespace keydesk {

using namespace Qt::StringLiterals;

CommandDesk::CommandDesk(Place place)
    : m_place(place)
    , m_database(Database::openInMemory())
    , m_catalog(makeCatalog())
    , m_store(*m_database, m_catalog)
    , m_tx(m_store, m_silence)
    , m_registry(makeCommandRegistry())
{
    const auto migrated = m_store.migrate();
    Q_ASSERT_X(migrated, "CommandDesk", "the schema cannot be created");
}

CommandDesk::~CommandDesk() = default;

Result<> CommandDesk::execute(const Actor &actor, const CommandCall &call)
{
    // Through the bytes of the wire, so that each test also proves the argument table.
    auto arguments = Arguments::fromCbor(call.arguments.toCbor());
    if (!arguments)
        return arguments.error();
    m_lastCall = call.id;
    auto command = m_registry.make({call.id, call.type, call.version, *arguments});
    if (!command)
        return command.error();
    if (auto begun = m_database->execute("SAVEPOINT command"); !begun)
        return begun;
    CommandContext context(m_tx, actor, call.id, clock.now(), m_place);
    auto done = authorize(context, **command);
    if (done)
        done = (*command)->apply(context);
    if (done && afterCommand)
        done = afterCommand(context, call);
    if (!done)
        m_store.rolledBack();
    const auto closed = m_database->execute(done ? "RELEASE command"
                                                 : "ROLLBACK TO command; RELEASE command");
    return done ? closed : done;
}

Result<> CommandDesk::runCall(const Staff &who, const CommandCall &call)
{
    Actor actor;
    const auto row = m_store.find(m_tx.info<Staff>(), who.id);
    actor.staff = row ? fromRow<Staff>(*row) : who;
    return execute(actor, call);
}

Result<> CommandDesk::tryCall(const Staff &who, const CommandCall &call)
{
    if (auto begun = m_database->execute("SAVEPOINT trial"); !begun)
        return begun;
    const auto done = runCall(who, call);
    m_store.rolledBack();
    const auto undone = m_database->execute("ROLLBACK TO trial; RELEASE trial");
    return undone ? done : undone;
}

Result<> CommandDesk::runAsSystem(const CommandCall &call)
{
    Actor actor;
    actor.isSystem = true;
    return execute(actor, call);
}

CommandContext CommandDesk::context(const Staff &who)
{
    m_contextActor = {};
    m_contextActor.staff = who;
    return CommandContext(m_tx, m_contextActor, RecordId::fromParts(2, 0, ++m_serial), clock.now(),
                          m_place);
}

Staff CommandDesk::person(const QString &code, Role role, const RecordId &area,
                          const RecordId &team)
{
    Staff staff;
    staff.code = staff.name = code;
    staff.roles = {{keyOf(role)}};
    staff.areaId = area;
    staff.teamId = team;
    return put(staff);
}

Area CommandDesk::area(const QString &code, const RecordId &parent)
{
    Area area;
    area.code = area.name = code;
    area.parentId = parent;
    return put(area);
}

Team CommandDesk::queue(const QString &code, TeamKind kind, const RecordId &area)
{
    Team team;
    team.code = team.name = code;
    team.kind = kind;
    team.areaId = area;
    team.hasQueue = true;
    return put(team);
}

Account CommandDesk::account(const QString &name, const RecordId &area, ValueClass valueClass)
{
    Account account;
    account.name = name;
    account.areaId = area;
    account.valueClass = valueClass;
    account.status = AccountStatus::Active;
    return put(account);
}

void CommandDesk::assign(const Account &account, const Staff &staff, const QString &role)
{
    Assignment assignment;
    assignment.accountId = account.id;
    assignment.areaId = account.areaId;
    assignment.staffId = staff.id;
    assignment.role = fromKey<AssignmentRole>(role);
    assignment.validFrom = QDate(2020, 1, 1);
    put(assignment);
    if (assignment.role != AssignmentRole::MainAm)
        return;
    Account owned = get<Account>(account.id);
    owned.ownerStaffId = staff.id;
    owned.ownerTeamId = staff.teamId;
    put(owned);
}

Instant CommandDesk::at(const QString &isoDateTime)
{
    QDateTime local = QDateTime::fromString(isoDateTime, Qt::ISODate);
    local.setOffsetFromUtc(8 * 3600);
    return {local.toMSecsSinceEpoch()};
}

} // namespace keydesk
