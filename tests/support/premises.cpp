#include "support/premises.h"

#include "commands/assignment_commands.h"
#include "commands/claim_job_commands.h"
#include "commands/edit_record.h"
#include "commands/export_command.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_stage.h"
#include "commands/opportunity_transfer.h"
#include "commands/record_commands.h"
#include "commands/staff_commands.h"
#include "commands/task_commands.h"
#include "domain/assignment.h"

namespace keydesk {

using namespace Qt::StringLiterals;

Premises::Premises(Role role, bool hasTeam)
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

// A record with whatever of these columns its kind has.

RecordId Premises::place(const QString &entity, const QMap<QString, RecordId> &columns)
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

RecordId Premises::deal(const RecordId &account, const RecordId &area, CustodyState state,
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

Spot Premises::furnish(const Area &area, const Staff &holder, const Team &ofHolder)
{
    Spot spot;
    spot.holder = holder.id;
    spot.team = ofHolder.id;
    Account account = desk.account(holder.code + u"的客户"_s, area.id);
    account.ownerStaffId = holder.id;
    account.ownerTeamId = holder.teamId;
    desk.put(account);
    spot.records[u"account"_s] = account.id;
    spot.records[u"opportunity"_s] = deal(account.id, area.id, CustodyState::Dispatched, holder.id);
    spot.records[u"claimed"_s] = deal(account.id, area.id, CustodyState::Claimed, holder.id);
    spot.asked = deal(account.id, area.id, CustodyState::NeedsInfo, holder.id);
    spot.queued = deal(account.id, area.id, CustodyState::Returned, holder.id);
    spot.records[u"staff"_s] = holder.id;
    const QMap<QString, RecordId> columns{{u"holder"_s, holder.id},
                                          {u"account_id"_s, account.id},
                                          {u"area_id"_s, area.id},
                                          {u"staff_id"_s, holder.id},
                                          {u"owner_id"_s, holder.id},
                                          {u"assignee_id"_s, holder.id},
                                          {u"author_id"_s, holder.id},
                                          {u"opportunity_id"_s, spot.records[u"opportunity"_s]}};
    for (const EntityInfo &entity : desk.tx().catalog().entities()) {
        if (!spot.records.contains(entity.name()))
            spot.records[entity.name()] = place(entity.name(), columns);
    }
    return spot;
}

void Premises::wasMine(const Spot &spot)
{
    Assignment ended;
    ended.accountId = spot.records[u"account"_s];
    ended.areaId = kunming.id;
    ended.staffId = me.id;
    ended.validUntil = QDate(2026, 2, 28);
    desk.put(ended);
}

void Premises::nobodyManages(const Spot &spot)
{
    Account account = desk.get<Account>(spot.records[u"account"_s]);
    account.ownerStaffId = {};
    desk.put(account);
}

namespace {

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

} // namespace

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

} // namespace keydesk
