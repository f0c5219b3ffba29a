#include "importing/demo/demo_story.h"

#include "domain/reference_id.h"
#include "rules/completeness.h"
#include "rules/opportunity_kind.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString compact(const QJsonDocument &json)
{
    return QString::fromUtf8(json.toJson(QJsonDocument::Compact));
}

QString clipped(const QString &text)
{
    return text.size() > 40 ? text.left(39) + u'…' : text;
}

} // namespace

DemoStory::DemoStory(DemoWorld &world, const Account &account, const Staff &seat, Instant at)
    : opportunity(world.born<Opportunity>(at, seat.id))
    , m_world(world)
    , m_account(account)
    , m_time(at)
{
    opportunity.accountId = account.id;
    opportunity.accountName = account.name;
    opportunity.valueClass = account.valueClass;
    opportunity.areaId = account.areaId;
    opportunity.capturedBy = seat.id;
    opportunity.capturedAt = at;
    opportunity.capturedChannel = seat.channelId;
    opportunity.custodySince = at;
}

RecordId DemoStory::holder() const
{
    return opportunity.ownerId.isNull() ? opportunity.assigneeId : opportunity.ownerId;
}

RecordId DemoStory::operationsCentre() const
{
    return referenceId(u"team", u"OC-"_s + areaCodeOf(opportunity.areaId));
}

const Staff &DemoStory::teleManager() const
{
    const Staff *assigned = m_world.assigned(m_account, AssignmentRole::TeleAm);
    return assigned ? *assigned : *m_world.people(opportunity.areaId, Role::TeleManager).front();
}

int DemoStory::claimHours() const
{
    return opportunity.valueClass == ValueClass::A ? 2
        : opportunity.valueClass == ValueClass::B  ? 4
                                                   : 8;
}

void DemoStory::identify()
{
    Q_ASSERT(mayMove(opportunity.custodyState, CustodyState::Identified));
    opportunity.kind = computeKind(opportunity);
    opportunity.completenessBp = completenessOf(opportunity);
    opportunity.custodyState = CustodyState::Identified;
}

Transfer &DemoStory::move(TransferKind kind, CustodyState to, Instant at, CustodyReason reason)
{
    Q_ASSERT(mayMove(opportunity.custodyState, to));
    Q_ASSERT(m_time <= at);
    auto transfer = m_world.born<Transfer>(at, {});
    transfer.opportunityId = opportunity.id;
    transfer.seq = int(m_transfers.size()) + 1;
    transfer.kind = kind;
    transfer.fromState = opportunity.custodyState;
    transfer.toState = to;
    transfer.fromStaffId = holder();
    transfer.fromQueueId = opportunity.queueId;
    transfer.fromChannel = opportunity.ownerChannel.isNull() ? opportunity.capturedChannel
                                                             : opportunity.ownerChannel;
    transfer.reason = reason;
    transfer.at = at;
    opportunity.custodyState = to;
    opportunity.custodyReason = reason;
    opportunity.custodySince = at;
    opportunity.lastActivityAt = at;
    opportunity.claimEpoch += 1;
    m_time = at;
    m_transfers.push_back(std::move(transfer));
    return m_transfers.back();
}

void DemoStory::leaveHands()
{
    opportunity.ownerId = {};
    opportunity.assigneeId = {};
    opportunity.followerId = {};
    opportunity.ownerChannel = {};
    opportunity.claimedAt = {};
    opportunity.claimDueAt = {};
    opportunity.claimRemindLevel = 0;
    opportunity.firstContactDueAt = {};
    opportunity.preProposalDueAt = {};
}

void DemoStory::queue(Instant at, CustodyReason reason)
{
    if (reason != CustodyReason::Incomplete && opportunity.custodyState == CustodyState::Captured)
        identify();
    opportunity.kind = computeKind(opportunity);
    opportunity.completenessBp = completenessOf(opportunity);
    Transfer &transfer = move(TransferKind::Queue, CustodyState::Dispatching, at, reason);
    opportunity.queueId = operationsCentre();
    transfer.toQueueId = opportunity.queueId;
    transfer.bySystem = true;
    decide(transfer, nullptr, reason, at);
}

void DemoStory::decide(const Transfer &transfer, const Staff *chosen, CustodyReason reason,
                       Instant at)
{
    const bool managed = m_world.assigned(m_account, AssignmentRole::MainAm) != nullptr;
    auto decision = m_world.born<RoutingDecision>(at, {});
    decision.opportunityId = opportunity.id;
    decision.transferId = transfer.id;
    decision.bySystem = transfer.bySystem;
    decision.chosenStaffId = chosen ? RecordId(chosen->id) : RecordId();
    decision.chosenQueueId = chosen ? RecordId() : RecordId(opportunity.queueId);
    decision.copyStaffId = opportunity.followerId;
    decision.rejectedReason = reason;
    decision.decidedAt = at;
    decision.facts = compact(
        QJsonDocument(QJsonObject{{u"am_flag"_s, managed},
                                  {u"value_class"_s, keyOf(opportunity.valueClass)},
                                  {u"area"_s, areaCodeOf(opportunity.areaId)}}));
    if (transfer.bySystem) {
        const bool caught = !chosen;
        decision.ruleId = referenceId(u"routing_rule",
                                      caught        ? u"CATCH-ALL"
                                          : managed ? u"AM-FLAG"
                                                    : u"CORE-AGENT");
        decision.ruleName = caught ? u"其余：运营中心队列"_s
            : managed              ? u"有客户经理标识：负责客户经理"_s
                                   : u"无客户经理标识及潜在客户：核心代理商"_s;
    }
    QJsonArray candidates;
    const Role role = managed ? Role::AccountManager : Role::PartnerAgent;
    for (const Staff *one : m_world.people(opportunity.areaId, role)) {
        const bool taken = chosen && one->id == chosen->id;
        const bool away = one->absentFrom.isValid();
        if (!taken && (!transfer.bySystem || (managed && one->id != m_account.ownerStaffId)))
            continue;
        const CustodyReason why = taken     ? CustodyReason::None
            : away                          ? CustodyReason::NoAvailability
            : reason != CustodyReason::None ? reason
                                            : CustodyReason::NoCapacity;
        candidates.append(QJsonObject{{u"staff"_s, one->id.text()},
                                      {u"name"_s, one->name},
                                      {u"load"_s, taken ? 6 : 14},
                                      {u"capacity"_s, one->capacity},
                                      {u"rejected"_s, taken ? QString() : keyOf(why)}});
    }
    decision.candidates = compact(QJsonDocument(candidates));
    m_decisions.push_back(std::move(decision));
}

void DemoStory::dispatch(Instant at, const Staff &to, const Staff *dispatcher)
{
    if (opportunity.custodyState == CustodyState::Captured)
        identify();
    if (opportunity.custodyState == CustodyState::Identified)
        opportunity.custodyState = CustodyState::Dispatching; // one transaction with what follows
    Q_ASSERT(dispatcher || opportunity.transferCount == 0); // only the first is the system's
    Transfer &transfer = move(TransferKind::Dispatch, CustodyState::Dispatched, at,
                              CustodyReason::None);
    opportunity.transferCount += 1;
    opportunity.queueId = {};
    opportunity.assigneeId = to.id;
    opportunity.dispatchedAt = at;
    opportunity.claimDueAt = demoWorkingHours(at, claimHours());
    if (to.roles.contains(Role::PartnerAgent))
        opportunity.followerId = teleManager().id;
    transfer.toStaffId = to.id;
    transfer.toChannel = to.channelId;
    transfer.bySystem = !dispatcher;
    transfer.createdBy = dispatcher ? RecordId(dispatcher->id) : RecordId();
    transfer.dueAt = opportunity.claimDueAt;
    transfer.transferCount = opportunity.transferCount;
    decide(transfer, &to, CustodyReason::None, at);
    notify(to.id, NotificationKind::Dispatched, at, Severity::Important);
}

void DemoStory::remind(int level)
{
    opportunity.claimRemindLevel = level;
    notify(opportunity.assigneeId,
           level >= 3 ? NotificationKind::ClaimEscalation : NotificationKind::ClaimReminder,
           std::min(m_world.now, opportunity.claimDueAt),
           level >= 3 ? Severity::Urgent : Severity::Important);
}

void DemoStory::askInfo(Instant at, const Staff &dispatcher, const QString &question)
{
    Transfer &transfer = move(TransferKind::AskInfo, CustodyState::NeedsInfo, at,
                              CustodyReason::Incomplete);
    transfer.toStaffId = opportunity.capturedBy;
    transfer.toQueueId = opportunity.queueId;
    transfer.createdBy = dispatcher.id;
    transfer.note = question;
    opportunity.infoQuestion = question;
    opportunity.infoDueAt = demoWorkingHours(at, 8);
    notify(opportunity.capturedBy, NotificationKind::InfoAsked, at, Severity::Important);
}

void DemoStory::claim(Instant at)
{
    const Staff &owner = m_world.person(opportunity.assigneeId);
    Transfer &transfer = move(TransferKind::Claim, CustodyState::Claimed, at, CustodyReason::None);
    transfer.toStaffId = owner.id;
    transfer.toChannel = owner.channelId;
    transfer.createdBy = owner.id;
    transfer.transferCount = opportunity.transferCount;
    opportunity.ownerId = owner.id;
    opportunity.ownerChannel = owner.channelId;
    opportunity.claimedAt = opportunity.handoffAckAt = at;
    opportunity.claimRemindLevel = 0;
    opportunity.firstContactDueAt = demoWorkingHours(at, 2 * claimHours());
    opportunity.preProposalDueAt = demoWorkingHours(at, 24);
    opportunity.statusText = owner.name + u"已认领"_s;
    if (opportunity.salesStage == SalesStage::None)
        enterStage(SalesStage::Talk, at);
    notify(opportunity.capturedBy, NotificationKind::Claimed, at, Severity::Info);
}

void DemoStory::giveBack(Instant at, const QString &reason)
{
    const RecordId by = holder();
    Transfer &transfer = move(TransferKind::Return, CustodyState::Returned, at,
                              CustodyReason::Returned);
    leaveHands();
    opportunity.queueId = operationsCentre();
    opportunity.returnReason = reason;
    transfer.toQueueId = opportunity.queueId;
    transfer.createdBy = by;
    transfer.note = reason;
    transfer.transferCount = opportunity.transferCount;
    for (const Staff *dispatcher : m_world.people(opportunity.areaId, Role::Dispatcher))
        notify(dispatcher->id, NotificationKind::Returned, at, Severity::Important);
}

void DemoStory::expire(Instant at)
{
    const RecordId late = holder();
    Transfer &transfer = move(TransferKind::Expire, CustodyState::Expired, at,
                              CustodyReason::Expired);
    leaveHands();
    opportunity.queueId = operationsCentre();
    transfer.toQueueId = opportunity.queueId;
    transfer.bySystem = true;
    transfer.transferCount = opportunity.transferCount;
    notify(late, NotificationKind::Expired, at, Severity::Important);
}

void DemoStory::handleAtFirstContact(Instant at)
{
    identify();
    Transfer &transfer = move(TransferKind::Close, CustodyState::Closed, at,
                              CustodyReason::HandledAtFirstContact);
    transfer.createdBy = opportunity.capturedBy;
    opportunity.handledByChannel = opportunity.capturedChannel;
    opportunity.closedAt = at;
    opportunity.statusText = u"首问渠道已办结"_s;
}

void DemoStory::discard(Instant at, CustodyState to, CustodyReason reason,
                        const RecordId &mergedInto)
{
    Transfer &transfer = move(TransferKind::Discard, to, at, reason);
    transfer.bySystem = false;
    leaveHands();
    opportunity.queueId = {};
    opportunity.mergedIntoId = mergedInto;
    opportunity.closedAt = at;
}

void DemoStory::notify(const RecordId &staff, NotificationKind kind, Instant at, Severity severity)
{
    auto notice = m_world.born<Notification>(at, {});
    notice.staffId = staff;
    notice.kind = kind;
    notice.severity = severity;
    notice.title = clipped(opportunity.accountName + u"："_s + opportunity.title);
    notice.subjectEntity = u"opportunity"_s;
    notice.subjectId = opportunity.id;
    notice.accountId = opportunity.accountId;
    notice.at = at;
    if (m_world.now - at > 2 * day)
        notice.readAt = at + 40 * minute;
    m_world.notifications.push_back(std::move(notice));
}

void DemoStory::finish()
{
    opportunity.kind = computeKind(opportunity);
    opportunity.completenessBp = completenessOf(opportunity);
    opportunity.updatedAt = m_time;
    const auto place = [&](auto &children, auto &target) {
        for (auto &child : children) {
            child.accountId = opportunity.accountId;
            child.areaId = opportunity.areaId;
            child.ownerId = holder();
            child.capturedBy = opportunity.capturedBy;
            target.push_back(std::move(child));
        }
    };
    place(m_items, m_world.items);
    place(m_transfers, m_world.transfers);
    place(m_decisions, m_world.decisions);
    place(m_notes, m_world.notes);
    m_world.opportunities.push_back(opportunity);
}

} // namespace keydesk
