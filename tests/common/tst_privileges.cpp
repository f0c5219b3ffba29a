#include "commands/assignment_commands.h"
#include "commands/claim_job_commands.h"
#include "commands/edit_record.h"
#include "commands/export_command.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_stage.h"
#include "commands/opportunity_transfer.h"
#include "commands/record_commands.h"
#include "commands/rights.h"
#include "commands/staff_commands.h"
#include "commands/task_commands.h"
#include "domain/assignment.h"
#include "domain/entities.h"
#include "support/command_desk.h"

#include <QFile>
#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// What the person is to the customer, deal, task or colleague that a command is about.
enum class Standpoint { Own, Team, Org, Partner, Revoked, Vacant, OtherOrg, Missing };
constexpr const char *standpoints[] = {"own",     "team",   "org",       "partner's",
                                       "revoked", "vacant", "other org", "missing"};

// A record of every kind, placed where the person stands in that relation to it.
struct Spot
{
    QMap<QString, RecordId> records;
    RecordId holder, team, asked, queued;
};

// Two cities, the person in the first, and a spot for each relation in which every record of his is
// at its most permissive: a deal that waits for its claim, is escalated and so on.
class Premises
{
public:
    Premises(Role role, bool hasTeam)
        : me(desk.person(u"me"_s, role, kunming.id, hasTeam ? team.id : RecordId()))
        , mate(desk.person(u"mate"_s, Role::AccountManager, kunming.id, team.id))
        , neighbour(desk.person(u"neighbour"_s, Role::AccountManager, kunming.id, other.id))
        , partner(desk.person(u"partner"_s, Role::PartnerAgent, kunming.id))
        , stranger(desk.person(u"stranger"_s, Role::AccountManager, suzhou.id, far.id))
    {
        spots[Standpoint::Own] = furnish(kunming, me, hasTeam ? team : other);
        spots[Standpoint::Team] = furnish(kunming, mate, team);
        spots[Standpoint::Org] = furnish(kunming, neighbour, other);
        spots[Standpoint::Partner] = furnish(kunming, partner, other);
        spots[Standpoint::Revoked] = furnish(kunming, neighbour, other);
        wasMine(spots[Standpoint::Revoked]);
        spots[Standpoint::Vacant] = furnish(kunming, neighbour, other);
        nobodyManages(spots[Standpoint::Vacant]);
        spots[Standpoint::OtherOrg] = furnish(suzhou, stranger, far);
        Spot missing;
        for (const EntityInfo &entity : desk.tx().catalog().entities())
            missing.records[entity.name()] = RecordId::create();
        missing.records[u"claimed"_s] = RecordId::create();
        missing.holder = missing.team = missing.asked = missing.queued = RecordId::create();
        spots[Standpoint::Missing] = missing;
    }

    CommandDesk desk;
    Area kunming = desk.area(u"0871"_s);
    Area suzhou = desk.area(u"0512"_s);
    Team team = desk.queue(u"T1"_s, TeamKind::Sales, kunming.id);
    Team other = desk.queue(u"T2"_s, TeamKind::Sales, kunming.id);
    Team far = desk.queue(u"T3"_s, TeamKind::Sales, suzhou.id);
    Team centre = desk.queue(u"OC"_s, TeamKind::OperationsCentre, kunming.id);
    Staff me, mate, neighbour, partner, stranger;
    QMap<Standpoint, Spot> spots;

private:
    // A record with whatever of these columns its kind has.
    RecordId place(const QString &entity, const QMap<QString, RecordId> &columns)
    {
        const EntityInfo &info = desk.tx().catalog().entity(entity);
        Row row = info.blank();
        RecordId id = RecordId::create();
        row[common_column::Id] = id.text();
        row[common_column::RowVer] = qint64(0);
        row[common_column::CreatedAt] = row[common_column::UpdatedAt] = desk.clock.now().ms;
        row[common_column::CreatedBy] = columns.value(u"holder"_s).text();
        for (auto column = columns.begin(); column != columns.end(); ++column) {
            if (info.indexOf(column.key()) >= 0)
                row[std::size_t(info.indexOf(column.key()))] = column->text();
        }
        for (const char *text : {"name", "code", "title", "body"}) {
            const int at = info.indexOf(QLatin1StringView(text));
            if (at >= 0)
                row[std::size_t(at)] = id.text().right(12);
        }
        if (auto done = desk.store().put(info, row, std::nullopt); !done)
            qFatal("%s not placed", qPrintable(entity));
        return id;
    }
    RecordId deal(const RecordId &account, const RecordId &area, CustodyState state,
                  const RecordId &holder)
    {
        Opportunity one;
        one.title = u"专线"_s;
        one.accountId = account;
        one.areaId = area;
        one.custodyState = state;
        one.transferCount = 1;
        one.claimRemindLevel = 3;
        if (state == CustodyState::Claimed)
            one.ownerId = holder;
        if (state == CustodyState::Claimed || state == CustodyState::Dispatched)
            one.assigneeId = holder;
        else
            one.queueId = centre.id;
        if (state == CustodyState::NeedsInfo)
            one.capturedBy = holder;
        return desk.put(one).id;
    }
    Spot furnish(const Area &area, const Staff &holder, const Team &ofHolder)
    {
        Spot spot;
        spot.holder = holder.id;
        spot.team = ofHolder.id;
        Account account = desk.account(holder.code + u"的客户"_s, area.id);
        account.ownerStaffId = holder.id;
        account.ownerTeamId = holder.teamId;
        desk.put(account);
        spot.records[u"account"_s] = account.id;
        spot.records[u"opportunity"_s] = deal(account.id, area.id, CustodyState::Dispatched,
                                              holder.id);
        spot.records[u"claimed"_s] = deal(account.id, area.id, CustodyState::Claimed, holder.id);
        spot.asked = deal(account.id, area.id, CustodyState::NeedsInfo, holder.id);
        spot.queued = deal(account.id, area.id, CustodyState::Returned, holder.id);
        spot.records[u"staff"_s] = holder.id;
        const QMap<QString, RecordId> columns{
            {u"holder"_s, holder.id},    {u"account_id"_s, account.id},
            {u"area_id"_s, area.id},     {u"staff_id"_s, holder.id},
            {u"owner_id"_s, holder.id},  {u"assignee_id"_s, holder.id},
            {u"author_id"_s, holder.id}, {u"opportunity_id"_s, spot.records[u"opportunity"_s]}};
        for (const EntityInfo &entity : desk.tx().catalog().entities()) {
            if (!spot.records.contains(entity.name()))
                spot.records[entity.name()] = place(entity.name(), columns);
        }
        return spot;
    }
    void wasMine(const Spot &spot)
    {
        Assignment ended;
        ended.accountId = spot.records[u"account"_s];
        ended.areaId = kunming.id;
        ended.staffId = me.id;
        ended.validUntil = QDate(2026, 2, 28);
        desk.put(ended);
    }
    void nobodyManages(const Spot &spot)
    {
        Account account = desk.get<Account>(spot.records[u"account"_s]);
        account.ownerStaffId = {};
        desk.put(account);
    }
};

template <class C>
CommandCall filled(std::function<void(C &)> fill)
{
    C command;
    fill(command);
    return callOf(command);
}

// Commands on records: "EditRecord contact" and the like.
CommandCall onRecord(const QString &command, const QString &kind, const Spot &spot)
{
    const QString entity = kind.section(u'.', 0, 0);
    const RecordId record = spot.records.value(entity);
    if (command == u"AddNote")
        return filled<AddNote>([&](AddNote &c) {
            c.entity = entity;
            c.record = record;
            c.body = u"来电"_s;
        });
    if (command == u"RemoveRecord")
        return filled<RemoveRecord>([&](RemoveRecord &c) {
            c.entity = entity;
            c.record = record;
        });
    if (command == u"EditRecord")
        return filled<EditRecord>([&](EditRecord &c) {
            c.entity = entity;
            c.record = record;
            c.patch = {{kind.endsWith(u".area_id") ? u"area_id"_s : u"remarks"_s, Cell()}};
        });
    return filled<CreateRecord>([&](CreateRecord &c) {
        c.entity = entity;
        c.values = {{u"name"_s, u"新"_s}};
        if (entity != u"account")
            c.values[u"account_id"_s] = spot.records[u"account"_s].text();
        if (entity == u"opportunity_item")
            c.values[u"opportunity_id"_s] = spot.records[u"opportunity"_s].text();
    });
}

CommandCall newTask(const QString &about, const Spot &spot)
{
    return filled<CreateTask>([&](CreateTask &c) {
        c.values = {{u"title"_s, u"回访"_s}};
        if (about == u"staff") {
            c.values[u"assignee_id"_s] = spot.holder.text();
        } else if (about == u"team") {
            c.values[u"queue_id"_s] = spot.team.text();
        } else {
            c.values[u"subject_entity"_s] = about;
            c.values[u"subject_id"_s] = spot.records[about].text();
        }
    });
}

using Calls = QMap<QString, CommandCall>;

void addDealCalls(Calls &calls, const Spot &spot)
{
    const auto about = [](const RecordId &id) { return [id](auto &c) { c.opportunity = id; }; };
    const RecordId claimed = spot.records[u"claimed"_s];
    const RecordId waiting = spot.records[u"opportunity"_s];
    calls[u"ClaimOpportunity"_s] = filled<ClaimOpportunity>(about(waiting));
    calls[u"UndoClaim"_s] = filled<UndoClaim>(about(claimed));
    calls[u"MarkFirstContact"_s] = filled<MarkFirstContact>(about(claimed));
    calls[u"MoveStage"_s] = filled<MoveStage>(about(claimed));
    calls[u"CloseOpportunity"_s] = filled<CloseOpportunity>(about(claimed));
    calls[u"CloseHandled"_s] = filled<CloseHandled>(about(spot.asked));
    calls[u"ReturnOpportunity"_s] = filled<ReturnOpportunity>([&](auto &c) {
        c.opportunity = waiting;
        c.queue = spot.team;
        c.reason = u"换人"_s;
    });
    calls[u"DispatchOpportunity"_s] = filled<DispatchOpportunity>(about(spot.queued));
    calls[u"RequestInfo"_s] = filled<RequestInfo>([&](auto &c) {
        c.opportunity = spot.queued;
        c.question = u"地址？"_s;
    });
    calls[u"AnswerInfo"_s] = filled<AnswerInfo>(about(spot.asked));
    calls[u"MarkInvalid"_s] = filled<MarkInvalid>(about(claimed));
    calls[u"RecordOpportunity"_s] = filled<RecordOpportunity>([](auto &) {});
    calls[u"RemindClaim"_s] = filled<RemindClaim>(about(waiting));
    calls[u"EscalateClaim"_s] = filled<EscalateClaim>(about(waiting));
    calls[u"ExpireClaim"_s] = filled<ExpireClaim>(about(waiting));
    calls[u"RemindInfo"_s] = filled<RemindInfo>(about(waiting));
    calls[u"ExpireInfo"_s] = filled<ExpireInfo>(about(waiting));
    calls[u"RemindQueue"_s] = filled<RemindQueue>(about(spot.queued));
}

void addOtherCalls(Calls &calls, const Spot &spot)
{
    const RecordId account = spot.records[u"account"_s];
    const auto ofTask = [id = spot.records[u"task"_s]](auto &c) { c.task = id; };
    calls[u"CompleteTask"_s] = filled<CompleteTask>(ofTask);
    calls[u"ReopenTask"_s] = filled<ReopenTask>(ofTask);
    calls[u"SnoozeTask"_s] = filled<SnoozeTask>([&](auto &c) {
        ofTask(c);
        c.until = {1};
    });
    calls[u"RemindTask"_s] = filled<RemindTask>([&](auto &c) {
        ofTask(c);
        c.at = {1};
    });
    calls[u"MarkNotificationRead"_s] = filled<MarkNotificationRead>(
        [&](auto &c) { c.notification = spot.records[u"notification"_s]; });
    calls[u"AssignAccount"_s] = filled<AssignAccount>([&](auto &c) {
        c.account = account;
        c.staff = spot.holder;
    });
    calls[u"EndAssignment"_s] = filled<EndAssignment>(
        [&](auto &c) { c.assignment = spot.records[u"assignment"_s]; });
    calls[u"ApplyAssignments"_s] = filled<ApplyAssignments>([&](auto &c) { c.account = account; });
    calls[u"OpenAccount"_s] = filled<OpenAccount>([&](auto &c) {
        c.account = account;
        c.reason = u"来电"_s;
    });
    calls[u"SaveStaff"_s] = filled<SaveStaff>([](auto &) {});
    calls[u"SaveRoutingRule"_s] = filled<SaveRoutingRule>([](auto &) {});
    calls[u"ExportRecords"_s] = filled<ExportRecords>([](auto &c) { c.entity = u"account"_s; });
}

// The call that asks for one line of the table, about the records of a spot.
CommandCall callFor(const QString &act, const Spot &spot)
{
    const QString command = act.section(u' ', 0, 0);
    const QString entity = act.section(u' ', 1);
    if (command == u"CreateTask")
        return newTask(entity, spot);
    if (!entity.isEmpty())
        return onRecord(command, entity, spot);
    Calls calls;
    addDealCalls(calls, spot);
    addOtherCalls(calls, spot);
    if (!calls.contains(act))
        qFatal("no call asks for %s", qPrintable(act));
    return calls[act];
}

// Acts whose record is only born: they are about nobody's.
bool isAboutNothing(const QString &act)
{
    if (act.startsWith(u"CreateRecord "))
        return true;
    return act == u"RecordOpportunity" || act == u"SaveStaff" || act == u"SaveRoutingRule"
        || act == u"ExportRecords";
}

// Reference data lies on every desktop: there is nothing to hide.
bool isKnownToAll(const QString &act)
{
    static const Catalog catalog = makeCatalog();
    const EntityInfo *entity = catalog.find(act.section(u' ', 1));
    return entity && entity->buckets().front().prefix == u"ref";
}

// What a record at that spot is to the person, worked out here once more and by hand.
Relations relationsAt(Standpoint where, const QString &act, bool hasTeam)
{
    if (where == Standpoint::OtherOrg)
        return Relation::Any;
    if (where == Standpoint::Missing)
        return isAboutNothing(act) ? Relations(Relation::Any) : Relations();
    Relations relations = Relation::Any | Relation::Area; // all of it lies in his city
    if (where == Standpoint::Own)
        relations |= Relation::Own;
    if (where == Standpoint::Vacant && (act == u"AssignAccount" || act == u"EndAssignment"))
        relations |= Relation::Vacant;
    if (!hasTeam || where == Standpoint::Team || (where == Standpoint::Own && hasTeam))
        relations |= Relation::Led;
    // A mate is as good as oneself to give a task to, the team's queue is everybody's in it.
    if (where == Standpoint::Team && hasTeam && act == u"CreateTask staff")
        relations |= Relation::Own;
    if (act == u"CreateTask team")
        relations.setFlag(Relation::Own,
                          hasTeam && (where == Standpoint::Own || where == Standpoint::Team));
    return relations;
}

bool isRefusalOfRights(const Result<> &result)
{
    if (!result && result.error().key() == u"command.malformed")
        qFatal("%s was not asked as it must be", qPrintable(result.error().args.join(u' ')));
    return !result && result.error().key() != u"field.read_only"
        && (result.error().code() == ErrorCode::Forbidden
            || result.error().code() == ErrorCode::NotFound);
}

QByteArray tableOfRights()
{
    (void)RightsPolicy::shipped(); // so that the resource is there
    QFile file(u":/rights/policy.txt"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no table of rights");
    return file.readAll();
}

} // namespace

class TestPrivileges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCellHolds_data();
    void everyCellHolds();
    void whatIsElsewhereAnswersLikeWhatIsMissing_data();
    void whatIsElsewhereAnswersLikeWhatIsMissing();
    void jobsDoWhatTheirColumnSays();
    void everyCommandAndEveryKindOfRecordHasALine();
    void aMissingLineIsNamed();
    void aMissingCellIsFoundInEveryLine();
    void aWrongLetterIsNamedWithItsColumn();
    void aRoleTooFewIsAFault();
    void severalRolesMayDoWhatAnyOfThemMay();

private:
    void askEveryCell(Role role, bool hasTeam, QStringList &wrong);

    const CommandRegistry m_registry = makeCommandRegistry();
    const Catalog m_catalog = makeCatalog();
    int m_cells = 0;
};

void TestPrivileges::everyCellHolds_data()
{
    QTest::addColumn<int>("role");
    QTest::addColumn<bool>("hasTeam");
    for (int role = 0; role < int(std::size(EnumTable<Role>::keys)); ++role) {
        const QByteArray key = EnumTable<Role>::keys[role].key;
        QTest::newRow(key + " in a team") << role << true;
        QTest::newRow(key + " of the area") << role << false;
    }
}

void TestPrivileges::askEveryCell(Role role, bool hasTeam, QStringList &wrong)
{
    Premises premises(role, hasTeam);
    Actor actor;
    actor.staff = premises.me;
    const RightsPolicy &policy = RightsPolicy::shipped();
    const QStringList acts = allActs(m_registry, m_catalog);
    for (auto spot = premises.spots.begin(); spot != premises.spots.end(); ++spot) {
        for (const QString &act : acts) {
            ++m_cells;
            const Relations cell = policy.relationsFor(act, actor.staff.roles);
            bool expected = bool(cell & relationsAt(spot.key(), act, hasTeam));
            // The rule is written for the whole network, and his city is the top of it.
            if (act == u"SaveRoutingRule")
                expected = bool(cell);
            if (act == u"EditRecord account.area_id")
                expected = expected
                    && policy.relationsFor(u"EditRecord account"_s, actor.staff.roles);
            const auto done = premises.desk.tryCall(premises.me, callFor(act, *spot));
            if (isRefusalOfRights(done) == expected)
                wrong.append(act + u' ' + QLatin1StringView(standpoints[int(spot.key())])
                             + (expected ? u": refused "_s + done.error().key() : u": done"_s));
        }
    }
}

void TestPrivileges::everyCellHolds()
{
    QFETCH(int, role);
    QFETCH(bool, hasTeam);
    QStringList wrong;
    askEveryCell(Role(role), hasTeam, wrong);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u"; "_s)));
    if (Role(role) == Role::Administrator && !hasTeam)
        qInfo("report: %d cells of role, command and relation asked", m_cells);
}

void TestPrivileges::whatIsElsewhereAnswersLikeWhatIsMissing_data()
{
    everyCellHolds_data();
}

void TestPrivileges::whatIsElsewhereAnswersLikeWhatIsMissing()
{
    QFETCH(int, role);
    QFETCH(bool, hasTeam);
    Premises premises(Role(role), hasTeam);
    const QStringList acts = allActs(m_registry, m_catalog);
    for (const QString &act : acts) {
        const auto cell = RightsPolicy::shipped().relationsFor(act, premises.me.roles);
        if (cell.testFlag(Relation::Any) || act == u"SaveRoutingRule")
            continue; // theirs everywhere
        if (isKnownToAll(act))
            continue;
        const auto elsewhere = premises.desk.tryCall(premises.me,
                                                     callFor(act,
                                                             premises.spots[Standpoint::OtherOrg]));
        const auto missing = premises.desk.tryCall(premises.me,
                                                   callFor(act,
                                                           premises.spots[Standpoint::Missing]));
        QVERIFY2(!elsewhere && !missing, qPrintable(act));
        QVERIFY2(elsewhere.error().key() == missing.error().key(),
                 qPrintable(act + u": "_s + elsewhere.error().key() + u" / "_s
                            + missing.error().key()));
        QCOMPARE(elsewhere.error().args, missing.error().args);
    }
}

void TestPrivileges::jobsDoWhatTheirColumnSays()
{
    Premises premises(Role::AccountManager, true);
    Actor job;
    job.isSystem = true;
    const QStringList acts = allActs(m_registry, m_catalog);
    for (const QString &act : acts) {
        const CommandCall call = callFor(act, premises.spots[Standpoint::Org]);
        auto command = m_registry.make(call);
        QVERIFY2(command, qPrintable(act));
        CommandContext context(premises.desk.tx(), job, call.id, premises.desk.clock.now(),
                               CommandContext::Place::Server);
        const bool allowed = bool(authorize(context, **command));
        QVERIFY2(allowed == RightsPolicy::shipped().isForJobs(act), qPrintable(act));
    }
}

void TestPrivileges::everyCommandAndEveryKindOfRecordHasALine()
{
    const auto right = checkRights(m_registry, m_catalog);
    QVERIFY2(right, right ? "" : qPrintable(right.error().args.join(u' ')));
}

void TestPrivileges::aMissingLineIsNamed()
{
    QByteArrayList lines = tableOfRights().split('\n');
    const auto removed = lines.removeIf(
        [](const QByteArray &line) { return line.startsWith("MoveStage "); });
    QCOMPARE(removed, 1);
    const auto faulty = checkRights(lines.join('\n'), m_registry, m_catalog);
    QVERIFY(!faulty);
    QCOMPARE(faulty.error().key(), u"rights.policy"_s);
    QCOMPARE(faulty.error().args.value(2), u"MoveStage"_s);
}

void TestPrivileges::aMissingCellIsFoundInEveryLine()
{
    const QByteArrayList lines = tableOfRights().split('\n');
    int tried = 0;
    bool inTable = false;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        inTable = inTable || lines[i].startsWith("sight ");
        if (!inTable || lines[i].isEmpty() || lines[i].startsWith('#'))
            continue;
        QByteArrayList shortened = lines;
        shortened[i] = lines[i].simplified();
        shortened[i].truncate(shortened[i].lastIndexOf(' '));
        const auto faulty = checkRights(shortened.join('\n'), m_registry, m_catalog);
        QVERIFY2(!faulty, lines[i].constData());
        QCOMPARE(faulty.error().args.value(0), QString::number(i + 1));
        ++tried;
    }
    QVERIFY(tried > 80);
}

void TestPrivileges::aWrongLetterIsNamedWithItsColumn()
{
    QByteArray text = tableOfRights();
    const qsizetype at = text.indexOf("\nMoveStage ");
    const qsizetype cell = text.indexOf(" o ", at);
    text[cell + 1] = 'x';
    const auto faulty = checkRights(text, m_registry, m_catalog);
    QVERIFY(!faulty);
    const QStringList wanted{QString::number(text.first(at + 1).count('\n') + 1), u"HA"_s, u"x"_s};
    QCOMPARE(faulty.error().args, wanted);
}

void TestPrivileges::aRoleTooFewIsAFault()
{
    QByteArray text = tableOfRights();
    text.replace("role EX executive\n", "");
    const auto faulty = checkRights(text, m_registry, m_catalog);
    QVERIFY(!faulty);
    QCOMPARE(faulty.error().key(), u"rights.policy"_s);
}

void TestPrivileges::severalRolesMayDoWhatAnyOfThemMay()
{
    const RightsPolicy &policy = RightsPolicy::shipped();
    const Codes<Role> both{{keyOf(Role::Dispatcher), keyOf(Role::Supervisor)}};
    QCOMPARE(policy.relationsFor(u"MarkInvalid"_s, both),
             Relation::Own | Relation::Area | Relation::Led);
    Staff staff;
    staff.roles = both;
    staff.teamId = RecordId::create();
    QVERIFY(policy.areaSight(staff) == Sight::Masked); // as dispatcher; he leads his team
    staff.teamId = {};
    QVERIFY(policy.areaSight(staff) == Sight::Full);
}

QTEST_GUILESS_MAIN(TestPrivileges)
#include "tst_privileges.moc"
