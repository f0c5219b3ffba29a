#include "commands/assignment_commands.h"
#include "commands/claim_job_commands.h"
#include "commands/custody_step.h"
#include "commands/edit_record.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_stage.h"
#include "commands/opportunity_transfer.h"
#include "commands/record_commands.h"
#include "commands/rights.h"
#include "commands/staff_commands.h"
#include "commands/task_commands.h"
#include "domain/assignment.h"
#include "domain/contact.h"
#include "domain/notification.h"
#include "domain/task.h"
#include "support/command_desk.h"

#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// The records of one relation.
struct Place
{
    RecordId account, contact, opportunity, waiting, asked, queued, task, assignment, notification;
};

// Two cities, the actor in one of them with a team, and a customer for each relation.
class World
{
public:
    explicit World(Role role)
        : me(desk.person(u"me"_s, role, kunming.id, team.id))
        , mate(desk.person(u"mate"_s, Role::AccountManager, kunming.id, team.id))
        , neighbour(desk.person(u"neighbour"_s, Role::AccountManager, kunming.id, otherTeam.id))
        , stranger(desk.person(u"stranger"_s, Role::AccountManager, suzhou.id))
    {
        places[u"own"_s] = place(kunming, me);
        places[u"team"_s] = place(kunming, mate);
        places[u"area"_s] = place(kunming, neighbour);
        places[u"other"_s] = place(suzhou, stranger);
        const RecordId none = RecordId::create();
        places[u"missing"_s] = {none, none, none, none, none, none, none, none, none};
    }

    CommandDesk desk;
    Area kunming = desk.area(u"0871"_s);
    Area suzhou = desk.area(u"0512"_s);
    Team team = desk.queue(u"T1"_s, TeamKind::Sales, kunming.id);
    Team otherTeam = desk.queue(u"T2"_s, TeamKind::Sales, kunming.id);
    Team centre = desk.queue(u"OC"_s, TeamKind::OperationsCentre, kunming.id);
    Staff me, mate, neighbour, stranger;
    QMap<QString, Place> places;

private:
    RecordId opportunity(const Account &account, const Staff &holder, CustodyState state)
    {
        Opportunity one;
        one.title = u"专线"_s;
        one.accountId = account.id;
        one.areaId = account.areaId;
        one.custodyState = state;
        one.transferCount = 1;
        if (state == CustodyState::Claimed)
            one.ownerId = holder.id;
        if (state == CustodyState::Claimed || state == CustodyState::Dispatched)
            one.assigneeId = holder.id;
        else
            one.queueId = centre.id;
        if (state == CustodyState::NeedsInfo)
            one.capturedBy = holder.id;
        return desk.put(one).id;
    }
    Place place(const Area &area, const Staff &holder)
    {
        Account account = desk.account(holder.code + u"的客户"_s, area.id);
        account.ownerStaffId = holder.id;
        account.ownerTeamId = holder.teamId;
        desk.put(account);
        Place place;
        place.account = account.id;
        Assignment assignment;
        assignment.accountId = account.id;
        assignment.areaId = area.id;
        assignment.staffId = holder.id;
        place.assignment = desk.put(assignment).id;
        Contact contact;
        contact.accountId = account.id;
        contact.areaId = area.id;
        contact.name = u"王"_s;
        place.contact = desk.put(contact).id;
        place.opportunity = opportunity(account, holder, CustodyState::Claimed);
        place.waiting = opportunity(account, holder, CustodyState::Dispatched);
        place.asked = opportunity(account, holder, CustodyState::NeedsInfo);
        place.queued = opportunity(account, holder, CustodyState::Returned);
        Task task;
        task.title = u"回访"_s;
        task.accountId = account.id;
        task.assigneeId = holder.id;
        task.createdBy = holder.id;
        place.task = desk.put(task).id;
        Notification notification;
        notification.title = u"通知"_s;
        notification.staffId = holder.id;
        place.notification = desk.put(notification).id;
        return place;
    }
};

template <class C>
CommandCall callWith(std::function<void(C &)> fill)
{
    C command;
    fill(command);
    return callOf(command);
}

CommandCall edit(const QString &entity, const RecordId &id, const QString &field, const Cell &value)
{
    return callWith<EditRecord>([&](EditRecord &c) {
        c.entity = entity;
        c.record = id;
        c.patch = {{field, value}};
    });
}

using Calls = QMap<QString, CommandCall>;

void addRecordCalls(Calls &calls, const World &world, const Place &at)
{
    calls[u"EditAccount"_s] = edit(u"account"_s, at.account, u"remarks"_s, u"x"_s);
    calls[u"EditContact"_s] = edit(u"contact"_s, at.contact, u"remarks"_s, u"x"_s);
    calls[u"EditOpportunity"_s] = edit(u"opportunity"_s, at.opportunity, u"remarks"_s, u"x"_s);
    calls[u"CreateContact"_s] = callWith<CreateRecord>([&](CreateRecord &c) {
        c.entity = u"contact"_s;
        c.values = {{u"account_id"_s, at.account.text()}, {u"name"_s, u"李"_s}};
    });
    calls[u"RemoveContact"_s] = callWith<RemoveRecord>([&](RemoveRecord &c) {
        c.entity = u"contact"_s;
        c.record = at.contact;
    });
    calls[u"NoteOnAccount"_s] = callWith<AddNote>([&](AddNote &c) {
        c.entity = u"account"_s;
        c.record = at.account;
        c.body = u"来电"_s;
    });
    calls[u"NoteOnOpportunity"_s] = callWith<AddNote>([&](AddNote &c) {
        c.entity = u"opportunity"_s;
        c.record = at.opportunity;
        c.body = u"来电"_s;
    });
    calls[u"CreateTask"_s] = callWith<CreateTask>([&](CreateTask &c) {
        c.values = {{u"title"_s, u"回访"_s}, {u"account_id"_s, at.account.text()}};
    });
    calls[u"CompleteTask"_s] = callWith<CompleteTask>([&](CompleteTask &c) { c.task = at.task; });
    calls[u"RemindTask"_s] = callWith<RemindTask>([&](RemindTask &c) {
        c.task = at.task;
        c.at = world.desk.clock.now();
    });
    calls[u"ReopenTask"_s] = callWith<ReopenTask>([&](ReopenTask &c) { c.task = at.task; });
    calls[u"SnoozeTask"_s] = callWith<SnoozeTask>([&](SnoozeTask &c) {
        c.task = at.task;
        c.until = world.desk.clock.now() + hour;
    });
}

void addOpportunityCalls(Calls &calls, const World &world, const Place &at)
{
    const auto about = [](const RecordId &id) { return [id](auto &c) { c.opportunity = id; }; };
    calls[u"ClaimOpportunity"_s] = callWith<ClaimOpportunity>(about(at.waiting));
    calls[u"UndoClaim"_s] = callWith<UndoClaim>(about(at.opportunity));
    calls[u"MoveStage"_s] = callWith<MoveStage>(about(at.opportunity));
    calls[u"CloseOpportunity"_s] = callWith<CloseOpportunity>(about(at.opportunity));
    calls[u"MarkFirstContact"_s] = callWith<MarkFirstContact>(about(at.opportunity));
    calls[u"ReturnOpportunity"_s] = callWith<ReturnOpportunity>([&](ReturnOpportunity &c) {
        c.opportunity = at.opportunity;
        c.queue = world.centre.id;
        c.reason = u"换人"_s;
    });
    calls[u"DispatchOpportunity"_s] = callWith<DispatchOpportunity>([&](DispatchOpportunity &c) {
        c.opportunity = at.queued;
        c.staff = world.mate.id;
    });
    calls[u"RequestInfo"_s] = callWith<RequestInfo>([&](RequestInfo &c) {
        c.opportunity = at.queued;
        c.question = u"地址？"_s;
    });
    calls[u"AnswerInfo"_s] = callWith<AnswerInfo>(about(at.asked));
    calls[u"MarkInvalid"_s] = callWith<MarkInvalid>(about(at.queued));
    calls[u"RemindClaim"_s] = callWith<RemindClaim>(about(at.waiting));
    calls[u"EscalateClaim"_s] = callWith<EscalateClaim>(about(at.waiting));
    calls[u"ExpireClaim"_s] = callWith<ExpireClaim>(about(at.waiting));
    calls[u"RemindInfo"_s] = callWith<RemindInfo>(about(at.waiting));
    calls[u"ExpireInfo"_s] = callWith<ExpireInfo>(about(at.waiting));
    calls[u"RemindQueue"_s] = callWith<RemindQueue>(about(at.queued));
}

void addStaffCalls(Calls &calls, const World &world, const Place &at)
{
    calls[u"AssignAccount"_s] = callWith<AssignAccount>([&](AssignAccount &c) {
        c.account = at.account;
        c.staff = world.mate.id;
        c.role = AssignmentRole::Deputy;
    });
    calls[u"EndAssignment"_s] = callWith<EndAssignment>(
        [&](EndAssignment &c) { c.assignment = at.assignment; });
    calls[u"OpenAccount"_s] = callWith<OpenAccount>([&](OpenAccount &c) {
        c.account = at.account;
        c.reason = u"来电"_s;
    });
    calls[u"MarkNotificationRead"_s] = callWith<MarkNotificationRead>(
        [&](auto &c) { c.notification = at.notification; });
    calls[u"ApplyAssignments"_s] = callWith<ApplyAssignments>(
        [&](auto &c) { c.account = at.account; });
}

// One call of each command, about the records of a place. Who may do nothing but this is in the
// policy; whether the command then makes sense is not asked here.
Calls callsFor(const World &world, const Place &at)
{
    Calls calls;
    addRecordCalls(calls, world, at);
    addOpportunityCalls(calls, world, at);
    addStaffCalls(calls, world, at);
    return calls;
}

} // namespace

class TestRights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDisabledPersonMayDoNothing();
    void whoMaySaveStaffAndRules_data();
    void whoMaySaveStaffAndRules();
    void aPersonEditsOnlyHisOwnWhereabouts();
    void maskedFieldsCannotBeEdited();
    void anAdministratorCannotLockHimselfOut();
    void aCustomerHasOneMainManagerADay();
    void whoeverCreatesACustomerLooksAfterIt();
    void onlyManagersMoveACustomerToAnotherArea();
    void anEndedAssignmentIsNotProlonged();
    void aTextHasALimitAndSoHasARow();
};

void TestRights::aDisabledPersonMayDoNothing()
{
    World world{Role::AccountManager};
    world.me.status = StaffStatus::Disabled;
    world.desk.put(world.me);
    const auto calls = callsFor(world, world.places.value(u"own"_s));
    for (const CommandCall &call : calls) {
        const auto refused = world.desk.runCall(world.me, call);
        QVERIFY(!refused);
        QCOMPARE(refused.error().key(), u"forbidden.disabled"_s);
    }
}

void TestRights::whoMaySaveStaffAndRules_data()
{
    QTest::addColumn<int>("role");
    for (int role = 0; role < int(std::size(EnumTable<Role>::keys)); ++role)
        QTest::newRow(EnumTable<Role>::keys[role].key) << role;
}

void TestRights::whoMaySaveStaffAndRules()
{
    QFETCH(int, role);
    World world{Role(role)};
    SaveStaff staff;
    staff.values = {{u"code"_s, u"n1"_s}, {u"name"_s, u"新人"_s}, {u"roles"_s, u"hotline_agent"_s}};
    QCOMPARE(bool(world.desk.run(world.me, staff)), Role(role) == Role::Administrator);
    SaveRoutingRule rule;
    rule.values = {{u"code"_s, u"R"_s},
                   {u"name"_s, u"规则"_s},
                   {u"position"_s, 5},
                   {u"target"_s, u"team_queue"_s}};
    const bool writesRules = Role(role) == Role::Administrator || Role(role) == Role::Dispatcher;
    QCOMPARE(bool(world.desk.run(world.me, rule)), writesRules);
    CreateRecord team;
    team.entity = u"team"_s;
    team.values = {{u"code"_s, u"N"_s}, {u"name"_s, u"新班组"_s}, {u"kind"_s, u"sales"_s}};
    QCOMPARE(bool(world.desk.run(world.me, team)), Role(role) == Role::Administrator);
}

void TestRights::aPersonEditsOnlyHisOwnWhereabouts()
{
    World world{Role::AccountManager};
    const auto change = [&](const RecordId &who, const QString &field, const Cell &value) {
        return world.desk.runCall(world.me, edit(u"staff"_s, who, field, value));
    };
    QVERIFY(change(world.me.id, u"absent_until"_s, u"2026-03-20"_s));
    QVERIFY(!change(world.me.id, u"roles"_s, u"administrator"_s));
    QVERIFY(!change(world.me.id, u"capacity"_s, 99));
    QVERIFY(!change(world.mate.id, u"absent_until"_s, u"2026-03-20"_s));
}

void TestRights::maskedFieldsCannotBeEdited()
{
    World world{Role::Dispatcher};
    const RecordId id = world.places.value(u"area"_s).queued;
    // In the area, but in another centre's queue: a dispatcher sees it masked.
    const auto refused = world.desk.runCall(world.me,
                                            edit(u"opportunity"_s, id, u"contact_phone"_s, u"1"_s));
    QVERIFY(!refused);
    QCOMPARE(refused.error().key(), u"field.hidden"_s);
    QVERIFY(world.desk.runCall(world.me, edit(u"opportunity"_s, id, u"remarks"_s, u"x"_s)));
    const auto owned = world.desk.runCall(world.me,
                                          edit(u"opportunity"_s, id, u"owner_id"_s, u"x"_s));
    QCOMPARE(owned.error().key(), u"field.read_only"_s);
}

void TestRights::anAdministratorCannotLockHimselfOut()
{
    World world{Role::Administrator};
    SaveStaff self;
    self.staff = world.me.id;
    self.status = u"disabled"_s;
    QCOMPARE(world.desk.run(world.me, self).error().key(), u"staff.self"_s);
    self.status.clear();
    self.values = {{u"roles"_s, u"hotline_agent"_s}};
    QCOMPARE(world.desk.run(world.me, self).error().key(), u"staff.self"_s);
}

void TestRights::aCustomerHasOneMainManagerADay()
{
    World world{Role::DeptManager};
    AssignAccount assign;
    assign.account = world.places.value(u"team"_s).account;
    assign.staff = world.neighbour.id;
    const auto refused = world.desk.run(world.me, assign);
    QCOMPARE(refused.error().key(), u"assignment.overlap"_s);
    QCOMPARE(refused.error().args, QStringList{u"mate"_s});
    assign.replace = true;
    assign.from = QDate(2026, 3, 2);
    QVERIFY(world.desk.run(world.me, assign));
    QCOMPARE(world.desk.get<Account>(assign.account).ownerStaffId.text(),
             world.neighbour.id.text());
    QCOMPARE(world.desk.get<Assignment>(world.places.value(u"team"_s).assignment).validUntil,
             QDate(2026, 3, 1));
    assign.account = world.places.value(u"own"_s).account;
    assign.staff = world.desk.person(u"seat"_s, Role::HotlineAgent).id;
    QCOMPARE(world.desk.run(world.me, assign).error().key(), u"assignment.role_unfit"_s);
}

void TestRights::whoeverCreatesACustomerLooksAfterIt()
{
    World world{Role::AccountManager};
    CreateRecord create;
    create.entity = u"account"_s;
    create.values = {{u"name"_s, u"新客户"_s}};
    QVERIFY(world.desk.run(world.me, create));
    const RecordId account = world.desk.born(born::Record);
    QCOMPARE(world.desk.get<Account>(account).ownerStaffId.text(), world.me.id.text());
    QVERIFY(world.desk.runCall(world.me, edit(u"account"_s, account, u"remarks"_s, u"x"_s)));
    create.values = {{u"name"_s, u"有号客户"_s}, {u"group_code"_s, u"8710001"_s}};
    QVERIFY(world.desk.run(world.me, create));
    QCOMPARE(world.desk.run(world.me, create).error().key(), u"record.exists"_s);
}

void TestRights::onlyManagersMoveACustomerToAnotherArea()
{
    World world{Role::AccountManager};
    const Account own = world.desk.get<Account>(world.places.value(u"own"_s).account);
    const Area other = world.desk.area(u"other"_s);
    const auto move = edit(u"account"_s, own.id, u"area_id"_s, other.id.text());
    const auto refused = world.desk.runCall(world.me, move);
    QVERIFY(!refused);
    QCOMPARE(refused.error().key(), u"forbidden.role"_s);
    Contact person;
    person.accountId = own.id;
    person.areaId = own.areaId;
    person.name = u"王"_s;
    person = world.desk.put(person);
    const auto child = world.desk.runCall(world.me,
                                          edit(u"contact"_s, person.id, u"area_id"_s,
                                               other.id.text()));
    QVERIFY(!child);
    QCOMPARE(child.error().key(), u"field.read_only"_s);
    const Staff head = world.desk.person(u"head"_s, Role::DeptManager, own.areaId);
    QVERIFY(world.desk.runCall(head, move));
    QCOMPARE(world.desk.get<Contact>(person.id).areaId.text(), other.id.text());
}

void TestRights::anEndedAssignmentIsNotProlonged()
{
    World world{Role::AccountManager};
    const Staff head = world.desk.person(u"head"_s, Role::DeptManager, world.kunming.id);
    EndAssignment end;
    end.assignment = world.places.value(u"team"_s).assignment;
    end.until = QDate(2026, 2, 1);
    QVERIFY(world.desk.run(head, end));
    AssignAccount next;
    next.account = world.places.value(u"team"_s).account;
    next.staff = world.neighbour.id;
    QVERIFY(world.desk.run(head, next));
    end.until = QDate(2026, 12, 31);
    const auto refused = world.desk.run(head, end);
    QVERIFY(!refused);
    QCOMPARE(refused.error().key(), u"field.malformed"_s);
    end.until = QDate(2026, 1, 15);
    QVERIFY(world.desk.run(head, end));
}

void TestRights::aTextHasALimitAndSoHasARow()
{
    World world{Role::AccountManager};
    const RecordId own = world.places.value(u"own"_s).opportunity;
    const auto write = [&](const QString &field, int characters) {
        const auto done = world.desk.runCall(world.me,
                                             edit(u"opportunity"_s, own, field,
                                                  QString(characters, u'长')));
        return done ? QString() : done.error().key();
    };
    QCOMPARE(write(u"remarks"_s, 16'001), u"field.malformed"_s);
    QCOMPARE(write(u"remarks"_s, 16'000), QString());
    QCOMPARE(write(u"it_plans"_s, 16'000), QString());
    QCOMPARE(write(u"it_systems"_s, 16'000), u"field.malformed"_s);
}

QTEST_GUILESS_MAIN(TestRights)
#include "tst_rights.moc"
