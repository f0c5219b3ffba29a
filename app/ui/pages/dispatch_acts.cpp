#include "ui/pages/dispatch_acts.h"

#include "commands/opportunity_capture.h"
#include "commands/opportunity_transfer.h"
#include "rules/routing_facts.h"
#include "ui/pages/ask_dialog.h"
#include "ui/pages/opportunity_acts.h"

#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

#include <algorithm>
#include <set>

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

DispatchActs::DispatchActs(Desk &desk, QWidget *page)
    : QObject(page)
    , m_desk(desk)
    , m_page(page)
{
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
    for (const RoutingCandidate &one : facts.candidatesFor(question)) {
        const bool own = staff == question.mainManager || staff == question.agent
            || staff == question.teleManager;
        if (one.staff == staff)
            return refusalOf(question, one, own);
    }
    return CandidateRefusal::NotPermitted;
}

void DispatchActs::dispatch(const RecordId &opportunity, const RecordId &staff,
                            const RecordId &queue, const QString &note)
{
    const auto found = find(opportunity);
    if (!found)
        return;
    const CandidateRefusal refusal = staff.isNull() ? CandidateRefusal::None
                                                    : refusalFor(*found, staff);
    if (refusal == CandidateRefusal::None)
        return send(*found, staff, queue, note);
    auto *ask = new AskDialog(m_desk, u"against"_s, opportunity.text(),
                              tr("Dispatch against the rules"),
                              tr("%1: %2. Why should it go there all the same?",
                                 "person, what the rules hold against him")
                                  .arg(m_desk.lookup.title(u"staff"_s, staff.text()),
                                       labelOf(refusal)),
                              m_page);
    connect(ask, &AskDialog::answered, this,
            [this, shown = *found, staff, note](const QString &reason) {
                AskDialog::forget(m_desk.workbench, u"against"_s, shown.id.text());
                send(shown, staff, {}, note.isEmpty() ? reason : note + u"；"_s + reason);
            });
    ask->open();
}

void DispatchActs::send(const Opportunity &opportunity, const RecordId &staff,
                        const RecordId &queue, const QString &note)
{
    DispatchOpportunity command;
    command.opportunity = opportunity.id;
    command.staff = staff;
    command.queue = queue;
    command.note = note;
    command.claimEpoch = opportunity.claimEpoch;
    ReturnOpportunity back;
    back.opportunity = opportunity.id;
    back.queue = operationsQueueOf(m_desk.workbench, opportunity.areaId);
    back.reason = tr("The dispatcher took the dispatch back");
    const QString name = staff.isNull() ? m_desk.lookup.title(u"team"_s, queue.text())
                                        : m_desk.lookup.title(u"staff"_s, staff.text());
    m_sinceDispatch.start();
    Desk *desk = &m_desk;
    m_desk.workbench
        .run(callOf(command),
             [alive = QPointer(this), desk, name,
              wayBack = callOf(back)](const Result<RunOutcome> &outcome) {
                 if (!alive)
                     return;
                 if (!outcome)
                     return desk->toasts.show(outcome.error().text(), BadgeKind::Danger);
                 desk->toasts.showUndo(tr("Dispatched to %1").arg(name),
                                       [alive, desk, wayBack, localNo = outcome->localNo] {
                                           desk->workbench
                                               .withdraw(localNo,
                                                         [alive,
                                                          wayBack](const Result<> &withdrawn) {
                                                             if (!withdrawn && alive)
                                                                 alive->run(wayBack,
                                                                            tr("Taken back"));
                                                         });
                                       });
                 Q_EMIT alive->dispatched();
             });
}

std::vector<DispatchActs::Plan> DispatchActs::plan(const QStringList &opportunities) const
{
    std::vector<Plan> plans;
    for (const QString &id : opportunities) {
        const auto found = find(RecordId(id));
        if (!found || !mayBeGiven(*found))
            continue;
        RoutingFacts facts(m_desk.workbench.reader().store(), {m_desk.ticker.nowMs()});
        const RoutingQuestion question = facts.questionFor(*found);
        const auto people = suggest(question, facts.candidatesFor(question));
        if (!people.empty())
            plans.push_back({found->id, people.front().staff, found->claimEpoch});
    }
    return plans;
}

void DispatchActs::dispatchMany(const QStringList &opportunities)
{
    const std::vector<Plan> plans = plan(opportunities);
    const int left = int(opportunities.size()) - int(plans.size());
    if (plans.empty())
        return m_desk.toasts.show(tr("The rules suggest nobody for these: choose by hand (P)."),
                                  BadgeKind::Warn);
    std::set<QString> people;
    for (const Plan &one : plans)
        people.insert(one.staff.text());
    QString words = tr("Dispatch %n opportunities, each to the first suggestion for it?", nullptr,
                       int(plans.size()))
        + u'\n' + tr("%n person(s) get them.", nullptr, int(people.size()));
    if (left > 0)
        words += u'\n' + tr("%n stay here: nobody is suggested for them.", nullptr, left);
    auto *question = new QMessageBox(QMessageBox::Question, tr("Batch dispatch"), words,
                                     QMessageBox::NoButton, m_page);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setObjectName(u"dispatch.batch.question"_s);
    QPushButton *yes = question->addButton(tr("Dispatch %n", nullptr, int(plans.size())),
                                           QMessageBox::AcceptRole);
    yes->setObjectName(u"dispatch.batch.yes"_s);
    question->addButton(tr("Cancel"), QMessageBox::RejectRole);
    connect(yes, &QPushButton::clicked, this, [this, plans] { sendAll(plans); });
    question->open();
}

void DispatchActs::sendAll(const std::vector<Plan> &plans)
{
    m_sinceDispatch.start();
    for (const Plan &one : plans) {
        DispatchOpportunity command;
        command.opportunity = one.opportunity;
        command.staff = one.staff;
        command.claimEpoch = one.claimEpoch;
        m_desk.workbench.run(callOf(command),
                             [alive = QPointer(this)](const Result<RunOutcome> &outcome) {
                                 if (alive && !outcome)
                                     alive->m_desk.toasts.show(outcome.error().text(),
                                                               BadgeKind::Danger);
                             });
    }
    m_desk.toasts.show(tr("%n dispatched", nullptr, int(plans.size())), BadgeKind::Ok);
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

void DispatchActs::discard(const RecordId &opportunity)
{
    auto *ask = new AskDialog(m_desk, u"invalid"_s, opportunity.text(),
                              tr("Discard the opportunity"), tr("Why is it no opportunity?"),
                              m_page);
    ask->setChoices(discardReasons());
    ask->setCall([opportunity](const AskDialog &answers) {
        MarkInvalid command;
        command.opportunity = opportunity;
        command.reason = fromKey<CustodyReason>(answers.choice());
        command.note = answers.text();
        return Result<CommandCall>(callOf(command));
    });
    ask->setDone(tr("Discarded"));
    ask->open();
}

void DispatchActs::giveBack(const RecordId &opportunity)
{
    const auto found = find(opportunity);
    if (!found)
        return;
    auto *ask = new AskDialog(m_desk, u"return"_s, opportunity.text(), tr("Return the opportunity"),
                              tr("Why does it not belong here, and what should happen?"), m_page);
    ask->setReasons(returnReasons());
    ask->setTargets(tr("Queue to return to"), returnTargets(m_desk.workbench, found->areaId));
    ask->setCall([shown = *found](const AskDialog &answers) {
        ReturnOpportunity command;
        command.opportunity = shown.id;
        command.queue = RecordId(answers.target());
        command.reason = answers.text();
        command.claimEpoch = shown.claimEpoch;
        return Result<CommandCall>(callOf(command));
    });
    ask->setDone(tr("Returned"));
    ask->open();
}

} // namespace keydesk
