#include "ui/pages/opportunity_head.h"

#include "base/money_text.h"
#include "commands/opportunity_claim.h"
#include "ui/pages/element_bar.h"
#include "ui/pages/opportunity_looks.h"
#include "ui/pages/opportunity_progress.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/badges.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/step_bar.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// Custody as a person follows it: five stations; the other states are stops on the way.
constexpr CustodyState custodySteps[] = {CustodyState::Captured, CustodyState::Identified,
                                         CustodyState::Dispatched, CustodyState::Claimed,
                                         CustodyState::Closed};

int custodyStation(CustodyState state)
{
    switch (state) {
    case CustodyState::Captured:
    case CustodyState::NeedsInfo:
        return 0;
    case CustodyState::Identified:
        return 1;
    case CustodyState::Dispatching:
    case CustodyState::Returned:
    case CustodyState::Expired:
    case CustodyState::Dispatched:
        return 2;
    case CustodyState::Claimed:
        return 3;
    default:
        return 4;
    }
}

Step::State stopState(CustodyState state)
{
    switch (state) {
    case CustodyState::Returned:
    case CustodyState::NeedsInfo:
        return Step::State::Late;
    case CustodyState::Expired:
    case CustodyState::Invalid:
        return Step::State::Failed;
    case CustodyState::Closed:
    case CustodyState::Merged:
        return Step::State::Done;
    default:
        return Step::State::Current;
    }
}

} // namespace

std::span<const SalesStage> saleStages()
{
    static constexpr SalesStage stages[] = {SalesStage::Talk,        SalesStage::Need,
                                            SalesStage::PreProposal, SalesStage::Proposal,
                                            SalesStage::Negotiation, SalesStage::Signing,
                                            SalesStage::Won};
    return stages;
}

OpportunityHead::OpportunityHead(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_title(new TextLabel(TextRole::Section, Token::Text, this))
    , m_customer(new QPushButton(icon(u"building-2"_s), {}, this))
    , m_holder(new TextLabel(TextRole::Body, Token::Text2, this))
    , m_badges(new BadgeLabel(this))
    , m_clocks(new BadgeLabel(this))
    , m_custody(new StepBar(this))
    , m_stages(new StepBar(this))
    , m_next(new TextLabel(TextRole::Body, Token::Text2, this))
    , m_route(new TextLabel(TextRole::Caption, Token::Muted, this))
    , m_elements(new ElementBar(this))
{
    m_title->setObjectName(u"opportunity.title"_s);
    m_title->setBold(true);
    m_title->setWordWrap(true);
    m_customer->setObjectName(u"opportunity.customer"_s);
    KeydeskStyle::setProminence(m_customer, Prominence::Quiet);
    m_badges->setObjectName(u"opportunity.badges"_s);
    m_clocks->setObjectName(u"opportunity.clocks"_s);
    m_custody->setObjectName(u"opportunity.custody"_s);
    m_stages->setObjectName(u"opportunity.steps"_s);
    m_elements->setObjectName(u"opportunity.elements"_s);
    m_next->setWordWrap(true);
    m_route->setObjectName(u"opportunity.route"_s);
    m_route->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto *whose = new QHBoxLayout;
    whose->addWidget(m_customer);
    whose->addWidget(m_holder, 1);
    layout->addWidget(m_title);
    layout->addLayout(whose);
    for (QWidget *part : std::initializer_list<QWidget *>{m_badges, m_clocks, m_custody, m_stages,
                                                          m_next, m_route, m_elements})
        layout->addWidget(part);
    connect(m_customer, &QPushButton::clicked, this,
            [this] { m_desk.openRecord(u"account"_s, m_opportunity.accountId.text()); });
    connect(m_stages, &StepBar::stepActivated, this,
            [this](const QString &id) { Q_EMIT stageActivated(fromKey<SalesStage>(id)); });
    connect(m_elements, &ElementBar::elementActivated, this, &OpportunityHead::elementActivated);
    connect(&desk.ticker, &ClockTicker::ticked, this, &OpportunityHead::showClocks);
}

void OpportunityHead::show(const Opportunity &opportunity)
{
    m_opportunity = opportunity;
    refresh();
}

void OpportunityHead::setRoute(const QString &words)
{
    m_route->setText(words);
    m_route->setVisible(!words.isEmpty());
}

void OpportunityHead::refresh()
{
    showNames();
    showBadges();
    showClocks();
    showCustody();
    showStages();
    showNext();
    m_elements->setOpportunity(m_opportunity,
                               filedPhones(m_desk.workbench.reader(), m_opportunity));
}

void OpportunityHead::showNames()
{
    const Opportunity &o = m_opportunity;
    m_title->setText(o.no.isEmpty() ? o.title : o.no + u"  "_s + o.title);
    m_customer->setText(o.accountName);
    m_customer->setVisible(!o.accountName.isEmpty());
    const QString owner = m_desk.lookup.title(u"staff"_s, o.ownerId.text());
    const QString assignee = m_desk.lookup.title(u"staff"_s, o.assigneeId.text());
    const QString queue = m_desk.lookup.title(u"team"_s, o.queueId.text());
    m_holder->setText(!owner.isEmpty()          ? tr("held by %1", "person").arg(owner)
                          : !assignee.isEmpty() ? tr("dispatched to %1", "person").arg(assignee)
                          : !queue.isEmpty()    ? tr("in the queue of %1", "team").arg(queue)
                                                : QString());
}

// Only a claim can still turn out not to be his; a note that waits changes nothing about whose it
// is.
bool OpportunityHead::claimIsQueued() const
{
    const auto queue = m_desk.workbench.queue();
    return std::any_of(queue.begin(), queue.end(), [this](const QueuedCommand &queued) {
        const auto about = queued.call.arguments.values.find(u"opportunity"_s);
        return !queued.answered && queued.call.type == QLatin1StringView(ClaimOpportunity::name)
            && about != queued.call.arguments.values.end()
            && RecordId(about->second.text()) == m_opportunity.id;
    });
}

void OpportunityHead::showBadges()
{
    const Opportunity &o = m_opportunity;
    QList<Badge> badges{custodyBadge(o.custodyState),
                        {BadgeKind::Neutral, labelOf(o.kind)},
                        {BadgeKind::Neutral, labelOf(o.valueClass)}};
    if (o.urgency != Urgency::Normal)
        badges.append({BadgeKind::Warn, labelOf(o.urgency)});
    const SyncWord word = m_desk.workbench.wordOf(u"opportunity"_s, o.id);
    if (word == SyncWord::Queued || word == SyncWord::SavedHere)
        badges.append(
            {BadgeKind::Pending,
             claimIsQueued() ? tr("queued: not yours until the server accepts") : labelOf(word)});
    else if (word == SyncWord::NeedsYou)
        badges.append({BadgeKind::Danger, labelOf(word)});
    m_badges->setBadges(badges);
}

// Every clock that runs, the nearest first (ux.md, principle 10).
void OpportunityHead::showClocks()
{
    const Opportunity &o = m_opportunity;
    std::vector<std::pair<qint64, Badge>> clocks;
    const auto add = [&](const QString &name, Instant due, Instant from) {
        if (due.isNull())
            return;
        Badge face = clockFace({due.ms, due.ms - from.ms, {}}, m_desk.ticker.nowMs());
        face.text = name + u' ' + face.text;
        clocks.emplace_back(due.ms, face);
    };
    if (o.custodyState == CustodyState::Dispatched)
        add(tr("Claim", "clock"), o.claimDueAt, o.dispatchedAt);
    if (o.custodyState == CustodyState::NeedsInfo)
        add(tr("Answer", "clock"), o.infoDueAt, o.custodySince);
    if (o.custodyState == CustodyState::Claimed && o.firstContactAt.isNull())
        add(tr("First contact", "clock"), o.firstContactDueAt, o.claimedAt);
    if (o.custodyState == CustodyState::Claimed && o.preProposal.isEmpty()
        && o.salesStage <= SalesStage::PreProposal)
        add(tr("Pre-proposal", "clock"), o.preProposalDueAt, o.claimedAt);
    std::sort(clocks.begin(), clocks.end(),
              [](const auto &one, const auto &other) { return one.first < other.first; });
    QList<Badge> faces;
    for (const auto &[due, face] : clocks)
        faces.append(face);
    m_clocks->setBadges(faces);
    m_clocks->setVisible(!faces.isEmpty());
}

void OpportunityHead::showCustody()
{
    const int station = custodyStation(m_opportunity.custodyState);
    QList<Step> steps;
    for (int i = 0; i < int(std::size(custodySteps)); ++i) {
        const bool here = i == station;
        const CustodyState state = here ? m_opportunity.custodyState : custodySteps[i];
        Step step{keyOf(state), labelOf(state), {}, Step::State::Waiting};
        if (here)
            step.state = stopState(state);
        else if (i < station)
            step.state = Step::State::Done;
        steps.append(step);
    }
    m_custody->setSteps(steps);
    // Once somebody sells it, the stages are what moves; the badge says who holds it.
    m_custody->setVisible(m_opportunity.salesStage == SalesStage::None);
}

void OpportunityHead::showStages()
{
    const SalesStage now = m_opportunity.salesStage;
    QList<Step> steps;
    for (SalesStage stage : saleStages()) {
        Step step{keyOf(stage), labelOf(stage), {}, Step::State::Waiting};
        if (stage < now)
            step.state = Step::State::Done;
        else if (stage == now)
            step.state = stage == SalesStage::Won ? Step::State::Done : Step::State::Current;
        steps.append(step);
    }
    if (now == SalesStage::Lost || now == SalesStage::Shelved)
        steps.append({keyOf(now), labelOf(now), {}, Step::State::Failed});
    m_stages->setSteps(steps);
    m_stages->setVisible(now != SalesStage::None);
}

void OpportunityHead::showNext()
{
    const Opportunity &o = m_opportunity;
    QStringList words;
    if (!o.nextStep.isEmpty())
        words.append(tr("Next: %1 %2", "next step, its date")
                         .arg(o.nextStep, o.nextStepOn.toString(Qt::ISODate)));
    else if (o.custodyState == CustodyState::Claimed)
        words.append(tr("No next step is set."));
    if (o.valueFen.fen != 0)
        words.append(tr("%1 yuan a month", "amount").arg(formatMoney(o.valueFen)));
    if (o.custodyState != CustodyState::Claimed) // the bars and clocks say the rest
        words.append(progressText(o, m_desk.lookup));
    m_next->setText(words.join(u" · "_s));
    m_next->setVisible(!words.isEmpty());
}

void OpportunityHead::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace keydesk
