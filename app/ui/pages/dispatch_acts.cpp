#include "ui/pages/dispatch_acts.h"

#include "commands/opportunity_capture.h"
#include "rules/routing_facts.h"
#include "ui/pages/ask_dialog.h"
#include "ui/pages/batch_dispatch.h"

#include <QPointer>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 settlingMs = 600; // longer than anybody's double press

} // namespace

bool mayBeGiven(const Opportunity &opportunity)
{
    return opportunity.custodyState != CustodyState::Claimed
        && mayMove(opportunity.custodyState, CustodyState::Dispatched);
}

CommandCall takenBack(Workbench &workbench, const RecordId &opportunity, const RecordId &area)
{
    const Label why{"调度员撤回分派", "The dispatcher took the dispatch back"};
    ReturnOpportunity back;
    back.opportunity = opportunity;
    back.queue = operationsQueueOf(workbench, area);
    back.reason = why.argument();
    return callOf(back);
}

DispatchActs::DispatchActs(Desk &desk, QWidget *page)
    : QObject(page)
    , m_desk(desk)
    , m_page(page)
    , m_batch(new BatchDispatch(desk, page))
{
    connect(m_batch, &BatchDispatch::sent, this, [this] {
        m_sinceDispatch.start();
        Q_EMIT dispatched();
    });
}

void DispatchActs::dispatchMany(const QStringList &opportunities)
{
    m_batch->start(opportunities);
}

bool DispatchActs::isSettling() const
{
    return m_sinceDispatch.isValid() && m_sinceDispatch.elapsed() < settlingMs;
}

std::optional<Opportunity> DispatchActs::find(const RecordId &id) const
{
    return m_desk.workbench.reader().find<Opportunity>(id);
}

CandidateRefusal DispatchActs::refusalFor(const Opportunity &opportunity,
                                          const RecordId &staff) const
{
    RoutingFacts facts(m_desk.workbench.reader().store(), {m_desk.ticker.nowMs()});
    const RoutingQuestion question = facts.questionFor(opportunity);
    const auto person = facts.candidate(staff, question);
    const bool own = staff == question.mainManager || staff == question.agent
        || staff == question.teleManager;
    return person ? refusalOf(question, *person, own) : CandidateRefusal::NotPermitted;
}

void DispatchActs::dispatch(const RecordId &opportunity, const RecordId &staff,
                            const RecordId &queue, const QString &note)
{
    const auto found = find(opportunity);
    if (!found)
        return;
    DispatchOpportunity command;
    command.opportunity = opportunity;
    command.staff = staff;
    command.queue = queue;
    command.note = note;
    command.claimEpoch = found->claimEpoch;
    const CandidateRefusal refusal = staff.isNull() ? CandidateRefusal::None
                                                    : refusalFor(*found, staff);
    if (refusal != CandidateRefusal::None)
        return askWhy(command, *found, refusal);
    m_sinceDispatch.start();
    m_desk.workbench.run(callOf(command),
                         [alive = QPointer(this), command,
                          shown = *found](const Result<RunOutcome> &outcome) {
                             if (!alive)
                                 return;
                             if (outcome)
                                 alive->given(command, shown, outcome->localNo);
                             else
                                 alive->m_desk.toasts.show(outcome.error().text(),
                                                           BadgeKind::Danger);
                         });
}

// What is typed there stays until the command is taken.
void DispatchActs::askWhy(const DispatchOpportunity &command, const Opportunity &shown,
                          CandidateRefusal refusal)
{
    auto *ask = new AskDialog(m_desk, u"against"_s, shown.id.text(),
                              tr("Dispatch against the rules"),
                              tr("%1: %2. Why should it go there all the same?",
                                 "person, what the rules hold against him")
                                  .arg(m_desk.lookup.title(u"staff"_s, command.staff.text()),
                                       labelOf(refusal)),
                              m_page);
    ask->setCall([command](const AskDialog &answers) {
        DispatchOpportunity explained = command;
        explained.note += (command.note.isEmpty() ? QString() : u"；"_s) + answers.text();
        return Result<CommandCall>(callOf(explained));
    });
    ask->setThen(
        [alive = QPointer(this), command, shown](const CommandCall &, const RunOutcome &outcome) {
            if (alive)
                alive->given(command, shown, outcome.localNo);
        });
    ask->open();
}

void DispatchActs::given(const DispatchOpportunity &command, const Opportunity &shown,
                         qint64 localNo)
{
    m_sinceDispatch.start();
    const QString name = command.staff.isNull()
        ? m_desk.lookup.title(u"team"_s, command.queue.text())
        : m_desk.lookup.title(u"staff"_s, command.staff.text());
    const CommandCall wayBack = takenBack(m_desk.workbench, shown.id, shown.areaId);
    m_desk.toasts
        .showUndo(tr("Dispatched to %1").arg(name), [alive = QPointer(this), localNo, wayBack] {
            if (!alive)
                return;
            alive->m_desk.workbench.withdraw(localNo, [alive, wayBack](const Result<> &withdrawn) {
                if (!withdrawn && alive)
                    alive->run(wayBack, tr("Taken back"));
            });
        });
    Q_EMIT dispatched();
}

void DispatchActs::run(const CommandCall &call, const QString &done)
{
    m_desk.workbench.run(call, [alive = QPointer(this), done](const Result<RunOutcome> &outcome) {
        if (!alive)
            return;
        if (outcome)
            alive->m_desk.toasts.show(done, BadgeKind::Ok);
        else
            alive->m_desk.toasts.show(outcome.error().text(), BadgeKind::Danger);
    });
}

void DispatchActs::askForInfo(const RecordId &opportunity)
{
    auto *ask = new AskDialog(m_desk, u"info"_s, opportunity.text(), tr("Ask the contact channel"),
                              tr("What is missing?"), m_page);
    ask->setCall([opportunity](const AskDialog &answers) {
        RequestInfo command;
        command.opportunity = opportunity;
        command.question = answers.text();
        return Result<CommandCall>(callOf(command));
    });
    ask->setDone(tr("Asked"));
    ask->open();
}

} // namespace keydesk
