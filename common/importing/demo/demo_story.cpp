#include "importing/demo/demo_story.h"

#include "base/both_words.h"
#include "domain/reference_id.h"
#include "rules/completeness.h"
#include "rules/opportunity_kind.h"
#include "rules/progress_text.h"

#include <QJsonDocument>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

DemoStory::DemoStory(DemoWorld &world, const Account &account, const Staff &seat, Instant at)
    : opportunity(world.born<Opportunity>(at, seat.id))
    , m_world(world)
    , m_account(account)
    , m_time(at)
    , m_hours(claimHours(account.valueClass))
{
    opportunity.accountId = account.id;
    opportunity.accountName = account.name;
    opportunity.valueClass = account.valueClass;
    opportunity.areaId = account.areaId;
    opportunity.capturedBy = seat.id;
    opportunity.capturedAt = opportunity.lastActivityAt = at;
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

Severity DemoStory::severity() const
{
    return opportunity.urgency == Urgency::Normal ? Severity::Important : Severity::Urgent;
}

void DemoStory::computeFacts()
{
    opportunity.kind = computeKind(opportunity);
    opportunity.completenessBp = completenessOf(opportunity);
}

void DemoStory::say()
{
    opportunity.statusText = progressText(opportunity,
                                          {m_world.nameOf(opportunity.assigneeId),
                                           m_world.nameOf(opportunity.ownerId),
                                           m_world.nameOf(opportunity.queueId)},
                                          QLocale::Chinese);
}

Transfer &DemoStory::move(TransferKind kind, CustodyState to, Instant at, CustodyReason reason,
                          const RecordId &by)
{
    Q_ASSERT(mayMove(opportunity.custodyState, to));
    Q_ASSERT(m_time <= at);
    auto transfer = m_world.born<Transfer>(at, by);
    transfer.opportunityId = opportunity.id;
    transfer.seq = int(m_transfers.size()) + 1;
    transfer.kind = kind;
    transfer.fromState = opportunity.custodyState;
    transfer.toState = to;
    transfer.fromStaffId = holder();
    transfer.fromQueueId = opportunity.queueId;
    transfer.fromChannel = opportunity.ownerChannel.isNull() ? opportunity.capturedChannel
                                                             : opportunity.ownerChannel;
    transfer.bySystem = by.isNull();
    transfer.reason = reason;
    transfer.at = at;
    opportunity.custodyState = to;
    opportunity.custodyReason = reason;
    opportunity.custodySince = at;
    opportunity.claimEpoch += 1;
    m_time = at;
    m_actor = by;
    m_told.clear();
    m_transfers.push_back(std::move(transfer));
    return m_transfers.back();
}

void DemoStory::settle()
{
    Transfer &transfer = m_transfers.back();
    transfer.toQueueId = opportunity.queueId;
    transfer.toChannel = opportunity.ownerChannel;
    transfer.transferCount = opportunity.transferCount;
    transfer.dueAt = opportunity.claimDueAt;
    say();
}

void DemoStory::leaveHands()
{
    opportunity.ownerId = {};
    opportunity.assigneeId = {};
    opportunity.ownerChannel = {};
    opportunity.claimedAt = {};
    opportunity.claimDueAt = {};
    opportunity.claimRemindLevel = 0;
    opportunity.firstContactDueAt = {};
    opportunity.preProposalDueAt = {};
}

// The dispatcher's own clock runs from the capture where it came in incomplete (domain C2).
void DemoStory::lieInQueue(Instant at, CustodyReason reason)
{
    opportunity.queueId = operationsCentre();
    settle();
    const Instant since = reason == CustodyReason::Incomplete ? opportunity.capturedAt : at;
    opportunity.claimDueAt = m_world.calendar.after(since,
                                                    claimHours(opportunity.valueClass).claim);
}

void DemoStory::queue(Instant at, CustodyReason reason)
{
    computeFacts();
    if (reason != CustodyReason::Incomplete)
        opportunity.custodyState = CustodyState::Identified;
    move(TransferKind::Queue, CustodyState::Dispatching, at, reason, {});
    lieInQueue(at, reason);
    tell(m_world.leaderOf(opportunity.queueId), NotificationKind::General, severity(),
         opportunity.statusText);
}

RoutingDecision &DemoStory::decide(Instant at, const RoutingQuestion &question,
                                   const std::vector<ConsideredCandidate> &considered)
{
    auto decision = m_world.born<RoutingDecision>(at, m_actor);
    decision.opportunityId = opportunity.id;
    decision.transferId = m_transfers.back().id;
    decision.chosenStaffId = m_transfers.back().toStaffId;
    decision.chosenQueueId = opportunity.queueId;
    decision.copyStaffId = opportunity.followerId;
    decision.facts = QString::fromUtf8(
        QJsonDocument(question.facts).toJson(QJsonDocument::Compact));
    decision.candidates = candidatesText(considered);
    decision.bySystem = m_actor.isNull();
    decision.decidedAt = at;
    m_decisions.push_back(std::move(decision));
    return m_decisions.back();
}

bool DemoStory::route(Instant at)
{
    Q_ASSERT(opportunity.transferCount == 0); // only the first is the system's
    computeFacts();
    const DemoRecords::Situation now = m_world.records.situation(opportunity, at);
    const RoutingOutcome outcome = keydesk::route(now.question, now.rules, now.candidates);
    opportunity.followerId = outcome.copy;
    opportunity.custodyState = CustodyState::Identified;
    if (outcome.waitsForDispatcher()) {
        move(TransferKind::Queue, CustodyState::Dispatching, at, outcome.reason, {});
        lieInQueue(at, outcome.reason);
    } else {
        opportunity.custodyState = CustodyState::Dispatching; // one transaction with what follows
        m_hours = claimHours(opportunity.valueClass, outcome.rule);
        give(at, outcome.staff, outcome, {});
    }
    RoutingDecision &decision = decide(at, now.question, outcome.considered);
    decision.ruleId = outcome.rule.id;
    decision.ruleName = outcome.rule.name;
    decision.ruleEnglishName = outcome.rule.englishName;
    decision.rejectedReason = outcome.reason;
    if (outcome.waitsForDispatcher())
        tell(m_world.leaderOf(opportunity.queueId), NotificationKind::General, severity(),
             opportunity.statusText);
    return !outcome.waitsForDispatcher();
}

void DemoStory::give(Instant at, const RecordId &to, const RoutingOutcome &outcome,
                     const RecordId &by)
{
    Transfer &transfer = move(TransferKind::Dispatch, CustodyState::Dispatched, at,
                              CustodyReason::None, by);
    transfer.toStaffId = to;
    transfer.note = bothWords(outcome.rule.name, outcome.rule.englishName);
    opportunity.transferCount += 1;
    opportunity.queueId = {};
    opportunity.assigneeId = to;
    opportunity.dispatchedAt = at;
    opportunity.claimDueAt = m_world.calendar.after(at, m_hours.claim);
    opportunity.claimRemindLevel = 0;
    settle();
    tell(to, NotificationKind::Dispatched, severity(), transfer.note);
    tell(opportunity.followerId, NotificationKind::Dispatched, Severity::Info, transfer.note);
    tell(opportunity.capturedBy, NotificationKind::Progress, Severity::Info,
         opportunity.statusText);
}

void DemoStory::dispatch(Instant at, const Staff &to, const Staff &dispatcher)
{
    const DemoRecords::Situation now = m_world.records.situation(opportunity, at);
    give(at, to.id, {}, dispatcher.id);
    m_dispatcher = dispatcher.id;
    decide(at, now.question, considerChoice(now.question, now.candidates, to.id));
}

void DemoStory::remind()
{
    Q_ASSERT(dueMark(opportunity, m_world.now, m_world.calendar) < ClaimMark::Expire);
    remindUntil(m_world.now);
}

void DemoStory::remindUntil(Instant at)
{
    if (opportunity.custodyState != CustodyState::Dispatched)
        return;
    const ClaimMark reached = std::min(dueMark(opportunity, at, m_world.calendar),
                                       ClaimMark::Escalate);
    const Staff &assignee = m_world.person(opportunity.assigneeId);
    const Staff *deputy = m_world.assigned(m_account, AssignmentRole::Deputy);
    for (int level = opportunity.claimRemindLevel + 1; level <= int(reached); ++level) {
        const auto mark = ClaimMark(level);
        const bool late = mark >= ClaimMark::Escalate;
        const NotificationKind kind = late ? NotificationKind::ClaimEscalation
                                           : NotificationKind::ClaimReminder;
        m_time = std::max(m_time, timeOf(mark, opportunity, m_world.calendar));
        m_actor = {};
        m_told.clear();
        const Severity how = late ? Severity::Urgent : Severity::Important;
        tell(assignee.id, kind, how);
        if (mark >= ClaimMark::RemindBoth) {
            tell(assignee.deputyId, kind, how);
            tell(deputy ? RecordId(deputy->id) : RecordId(), kind, how);
        }
        if (late)
            tell(m_world.leaderOf(assignee.teamId), kind, how);
        opportunity.claimRemindLevel = level;
    }
}

// What the dispatcher's clock has asked for until now.
void DemoStory::remindDispatchers()
{
    const ClaimMark reached = dueQueueMark(opportunity, m_world.now, m_world.calendar);
    for (ClaimMark mark : {ClaimMark::RemindBoth, ClaimMark::Escalate}) {
        if (mark > reached)
            return;
        m_time = std::max(m_time, timeOf(mark, opportunity, m_world.calendar));
        m_actor = {};
        m_told.clear();
        opportunity.claimRemindLevel = int(mark);
        if (mark == ClaimMark::Escalate) {
            tell(m_world.leaderOf(opportunity.queueId), NotificationKind::QueueOverdue,
                 Severity::Urgent);
            continue;
        }
        for (const Staff *one : m_world.people(opportunity.areaId, Role::Dispatcher)) {
            if (one->teamId == opportunity.queueId)
                tell(one->id, NotificationKind::QueueReminder, Severity::Important);
        }
    }
}

void DemoStory::askInfo(Instant at, const Staff &dispatcher, const QString &question)
{
    Transfer &transfer = move(TransferKind::AskInfo, CustodyState::NeedsInfo, at,
                              CustodyReason::Incomplete, dispatcher.id);
    transfer.note = question;
    opportunity.infoQuestion = question;
    opportunity.infoDueAt = m_world.calendar.after(at, infoTime);
    settle();
    tell(opportunity.capturedBy, NotificationKind::InfoAsked, Severity::Important, question);
}

void DemoStory::claim(Instant at)
{
    remindUntil(at);
    const Staff &owner = m_world.person(opportunity.assigneeId);
    Transfer &transfer = move(TransferKind::Claim, CustodyState::Claimed, at, CustodyReason::None,
                              owner.id);
    transfer.toStaffId = owner.id;
    opportunity.ownerId = owner.id;
    opportunity.ownerChannel = owner.channelId;
    opportunity.queueId = {};
    opportunity.claimedAt = at;
    opportunity.firstContactAt = {};
    if (opportunity.handoffAckAt.isNull() && opportunity.capturedBy != owner.id)
        opportunity.handoffAckAt = at;
    settle();
    opportunity.firstContactDueAt = m_world.calendar.after(at, m_hours.firstContact);
    if (opportunity.salesStage < SalesStage::PreProposal)
        opportunity.preProposalDueAt = m_world.calendar.endOfWorkingDay(at, preProposalDays);
    tell(opportunity.capturedBy, NotificationKind::Claimed, Severity::Info, opportunity.statusText);
    tell(opportunity.followerId, NotificationKind::Claimed, Severity::Info, opportunity.statusText);
}

void DemoStory::giveBack(Instant at, const QString &reason)
{
    remindUntil(at);
    move(TransferKind::Return, CustodyState::Returned, at, CustodyReason::Returned, holder()).note =
        reason;
    leaveHands();
    opportunity.returnReason = reason;
    lieInQueue(at, CustodyReason::Returned);
    for (const RecordId &one : {m_world.leaderOf(opportunity.queueId), m_dispatcher})
        tell(one, NotificationKind::Returned, Severity::Important, reason);
    tell(opportunity.capturedBy, NotificationKind::Progress, Severity::Info,
         opportunity.statusText);
}

void DemoStory::expire()
{
    const RecordId late = holder();
    const Instant at = expiry();
    remindUntil(at);
    move(TransferKind::Expire, CustodyState::Expired, at, CustodyReason::Expired, {});
    leaveHands();
    lieInQueue(at, CustodyReason::Expired);
    for (const RecordId &one : {m_world.leaderOf(opportunity.queueId), m_dispatcher, late})
        tell(one, NotificationKind::Expired, Severity::Important);
    tell(opportunity.capturedBy, NotificationKind::Progress, Severity::Info,
         opportunity.statusText);
}

void DemoStory::handleAtFirstContact(Instant at)
{
    computeFacts();
    opportunity.custodyState = CustodyState::Identified;
    opportunity.handledByChannel = opportunity.capturedChannel;
    close(at, CustodyReason::HandledAtFirstContact, opportunity.capturedBy);
}

void DemoStory::close(Instant at, CustodyReason reason, const RecordId &by)
{
    Transfer &transfer = move(TransferKind::Close, CustodyState::Closed, at, reason, by);
    transfer.toStaffId = opportunity.ownerId;
    opportunity.queueId = {};
    opportunity.closedAt = at;
    settle();
    tell(opportunity.capturedBy, NotificationKind::Progress, Severity::Info,
         opportunity.statusText);
}

void DemoStory::discard(Instant at, CustodyReason reason, const Staff &dispatcher)
{
    move(TransferKind::Discard, CustodyState::Invalid, at, reason, dispatcher.id);
    leaveHands();
    opportunity.queueId = {};
    opportunity.closedAt = at;
    settle();
    tell(opportunity.capturedBy, NotificationKind::Progress, Severity::Info,
         opportunity.statusText);
}

void DemoStory::tell(const RecordId &staff, NotificationKind kind, Severity severity,
                     const QString &body)
{
    if (staff.isNull() || staff == m_actor || !m_told.insert(staff).second)
        return;
    auto notice = m_world.born<Notification>(m_time, {});
    notice.staffId = staff;
    notice.kind = kind;
    notice.severity = severity;
    notice.title = opportunity.title;
    notice.body = body;
    notice.subjectEntity = u"opportunity"_s;
    notice.subjectId = opportunity.id;
    notice.accountId = opportunity.accountId;
    notice.at = m_time;
    if (m_world.now - m_time > 2 * day)
        notice.readAt = m_time + 40 * minute;
    m_world.notifications.push_back(std::move(notice));
}

void DemoStory::finish()
{
    remindDispatchers();
    computeFacts();
    say();
    opportunity.updatedAt = m_time;
    m_world.records.remember(opportunity.valueClass, m_transfers);
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
