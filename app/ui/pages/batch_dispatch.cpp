#include "ui/pages/batch_dispatch.h"

#include "commands/opportunity_transfer.h"
#include "rules/routing_facts.h"
#include "ui/pages/dispatch_acts.h"

#include <QElapsedTimer>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

#include <set>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 portionMs = 15; // no longer than a frame

} // namespace

BatchDispatch::BatchDispatch(Desk &desk, QWidget *page)
    : QObject(page)
    , m_desk(desk)
    , m_page(page)
{
    m_next.setInterval(0);
    connect(&m_next, &QTimer::timeout, this, &BatchDispatch::planSome);
}

void BatchDispatch::start(const QStringList &opportunities)
{
    if (m_next.isActive() || opportunities.isEmpty())
        return;
    m_left = opportunities;
    m_plans.clear();
    m_promised.clear();
    m_without = 0;
    m_next.start();
}

void BatchDispatch::planSome()
{
    QElapsedTimer spent;
    spent.start();
    while (!m_left.isEmpty() && m_desk.workbench.isReady() && spent.elapsed() < portionMs)
        planFor(RecordId(m_left.takeFirst()));
    if (!m_left.isEmpty() && m_desk.workbench.isReady())
        return;
    m_next.stop();
    ask();
}

void BatchDispatch::planFor(const RecordId &id)
{
    const auto found = m_desk.workbench.reader().find<Opportunity>(id);
    RoutingFacts facts(m_desk.workbench.reader().store(), {m_desk.ticker.nowMs()});
    std::vector<RoutingSuggestion> people;
    if (found && mayBeGiven(*found)) {
        const RoutingQuestion question = facts.questionFor(*found);
        auto candidates = facts.candidatesFor(question);
        for (RoutingCandidate &one : candidates) {
            const auto promised = m_promised.find(one.staff);
            one.load += promised == m_promised.end() ? 0 : promised->second;
        }
        people = suggest(question, candidates);
    }
    if (people.empty()) {
        ++m_without;
        return;
    }
    const RecordId staff = people.front().staff;
    m_promised[staff] += loadWeight(found->valueClass);
    m_plans.push_back({found->id, found->areaId, staff, found->claimEpoch});
}

void BatchDispatch::ask()
{
    if (m_plans.empty())
        return m_desk.toasts.show(tr("The rules suggest nobody for these: choose by hand (P)."),
                                  BadgeKind::Warn);
    std::set<RecordId> people;
    for (const Plan &one : m_plans)
        people.insert(one.staff);
    const int many = int(m_plans.size());
    QString words = tr("Dispatch %n opportunities, each to the first suggestion for it?", nullptr,
                       many)
        + u'\n' + tr("%n person(s) get them.", nullptr, int(people.size()));
    if (m_without > 0)
        words += u'\n' + tr("%n stay here: nobody is suggested for them.", nullptr, m_without);
    auto *question = new QMessageBox(QMessageBox::Question, tr("Batch dispatch"), words,
                                     QMessageBox::NoButton, m_page);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setObjectName(u"dispatch.batch.question"_s);
    QPushButton *yes = question->addButton(tr("Dispatch %n", nullptr, many),
                                           QMessageBox::AcceptRole);
    yes->setObjectName(u"dispatch.batch.yes"_s);
    question->addButton(tr("Cancel"), QMessageBox::RejectRole);
    connect(yes, &QPushButton::clicked, this, [this, plans = m_plans] { send(plans); });
    question->open();
}

void BatchDispatch::send(const std::vector<Plan> &plans)
{
    auto tally = std::make_shared<Tally>();
    tally->open = int(plans.size());
    for (const Plan &one : plans) {
        DispatchOpportunity command;
        command.opportunity = one.opportunity;
        command.staff = one.staff;
        command.claimEpoch = one.claimEpoch;
        m_desk.workbench
            .run(callOf(command),
                 [alive = QPointer(this), tally, one](const Result<RunOutcome> &outcome) {
                     if (!alive)
                         return;
                     alive->count(*tally, {outcome ? outcome->localNo : 0, one}, outcome);
                     if (tally->open == 0)
                         alive->report(*tally);
                 });
    }
    Q_EMIT sent();
}

void BatchDispatch::count(Tally &tally, const Given &given, const Result<RunOutcome> &outcome)
{
    --tally.open;
    if (outcome)
        tally.given.push_back(given);
    else
        ++tally.refused[outcome.error().text()];
}

void BatchDispatch::report(const Tally &tally)
{
    QString words = tr("%n dispatched", nullptr, int(tally.given.size()));
    for (const auto &[why, times] : tally.refused)
        words += u'\n' + tr("%n refused: %1", nullptr, times).arg(why);
    if (tally.given.empty())
        return m_desk.toasts.show(words, BadgeKind::Danger);
    m_desk.toasts.showUndo(words, [alive = QPointer(this), given = tally.given] {
        if (alive)
            alive->takeBack(given);
    });
}

// What was not sent yet is withdrawn; for the others the way back is an act of its own.
void BatchDispatch::takeBack(const std::vector<Given> &given)
{
    auto tally = std::make_shared<Tally>();
    tally->open = int(given.size());
    const auto answer = [alive = QPointer(this), tally](const Given &one,
                                                        const Result<RunOutcome> &outcome) {
        if (!alive)
            return;
        alive->count(*tally, one, outcome);
        if (tally->open > 0)
            return;
        QString words = tr("%n taken back", nullptr, int(tally->given.size()));
        for (const auto &[why, times] : tally->refused)
            words += u'\n' + tr("%n refused: %1", nullptr, times).arg(why);
        alive->m_desk.toasts.show(words, tally->refused.empty() ? BadgeKind::Ok : BadgeKind::Warn);
    };
    for (const Given &one : given)
        m_desk.workbench.withdraw(one.localNo,
                                  [alive = QPointer(this), answer, one](const Result<> &withdrawn) {
                                      if (!alive)
                                          return;
                                      if (withdrawn)
                                          return answer(one, RunOutcome{});
                                      alive->m_desk.workbench
                                          .run(takenBack(alive->m_desk.workbench,
                                                         one.plan.opportunity, one.plan.area),
                                               [answer, one](const Result<RunOutcome> &outcome) {
                                                   answer(one, outcome);
                                               });
                                  });
}

} // namespace keydesk
