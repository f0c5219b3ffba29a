#include "ui/pages/route_pane.h"

#include "base/date_text.h"
#include "domain/opportunity.h"
#include "domain/routing_decision.h"
#include "domain/routing_rule.h"
#include "rules/routing.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostVisible = 6; // candidates before the list scrolls

} // namespace

RoutePane::RoutePane(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_summary(new TextLabel(TextRole::Body, Token::Text2, this))
    , m_candidates(new QTreeWidget(this))
{
    setObjectName(u"route"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_summary->setObjectName(u"route.summary"_s);
    m_summary->setWordWrap(true);
    m_candidates->setObjectName(u"route.candidates"_s);
    m_candidates->setRootIsDecorated(false);
    m_candidates->setColumnCount(3);
    m_candidates->setTabKeyNavigation(false);
    layout->addWidget(m_summary);
    layout->addWidget(m_candidates);
    connect(&desk.workbench, &Workbench::changed, this, [this](const ChangeSet &changes) {
        if (changes.touches(u"routing_decision"_s)
            || (!m_opportunity.isNull() && changes.touches(u"opportunity"_s, m_opportunity)))
            refresh();
    });
    refresh();
}

void RoutePane::showRouteOf(const RecordId &opportunity)
{
    m_opportunity = opportunity;
    refresh();
}

void RoutePane::refresh()
{
    m_candidates->clear();
    m_candidates->setHeaderLabels({tr("Considered"), tr("Load"), tr("Why, or why not")});
    m_candidates->setAccessibleName(tr("Who was considered"));
    m_summary->setText({});
    setVisible(!m_opportunity.isNull());
    if (m_opportunity.isNull() || !m_desk.workbench.isReady())
        return;
    const auto decisions = m_desk.workbench.reader().store().select(
        m_desk.workbench.catalog().entity(u"routing_decision"_s),
        "opportunity_id = ? AND deleted_at IS NULL ORDER BY decided_at DESC, id DESC LIMIT 1",
        {Cell(m_opportunity.text())});
    if (!decisions.empty())
        showDecision(decisions.front());
    else if (m_desk.workbench.reader().isPending(u"opportunity"_s, m_opportunity))
        m_summary->setText(tr("The server decides who gets it as soon as it arrives there."));
    else
        m_summary->setText(tr("It was not routed by a rule."));
    fitHeight();
}

void RoutePane::showDecision(const Row &row)
{
    const auto decision = fromRow<RoutingDecision>(row);
    const QString at = formatInstant(decision.decidedAt, businessZone()).mid(5);
    const QString rule = decision.ruleName.isEmpty() ? tr("none matches", "routing rule")
                                                     : decision.ruleName;
    QStringList words{tr("%1, rule “%2”", "time, name of the routing rule").arg(at, rule)};
    const QString person = m_desk.lookup.title(u"staff"_s, decision.chosenStaffId.text());
    const QString queue = m_desk.lookup.title(u"team"_s, decision.chosenQueueId.text());
    if (!person.isEmpty())
        words.append(tr("goes to %1").arg(person));
    else if (!queue.isEmpty())
        words.append(tr("goes to the queue of %1").arg(queue));
    if (const auto copy = m_desk.lookup.title(u"staff"_s, decision.copyStaffId.text());
        !copy.isEmpty())
        words.append(tr("also covered by %1").arg(copy));
    if (decision.rejectedReason != CustodyReason::None)
        words.append(labelOf(decision.rejectedReason));
    m_summary->setText(words.join(u" · "_s));
    showCandidates(decision.candidates);
}

void RoutePane::showCandidates(const QString &json)
{
    for (const QJsonValue &line : QJsonDocument::fromJson(json.toUtf8()).array()) {
        const QString verdict = line[u"rejected"_s].toString();
        const bool chosen = verdict == u"none";
        auto *item = new QTreeWidgetItem(m_candidates);
        item->setText(0, line[u"name"_s].toString());
        item->setText(1, u"%1/%2"_s.arg(line[u"load"_s].toInt()).arg(line[u"capacity"_s].toInt()));
        item->setText(2,
                      (chosen ? u"✓ "_s : u"– "_s) + labelOf(fromKey<CandidateRefusal>(verdict)));
    }
    m_candidates->resizeColumnToContents(0);
    m_candidates->resizeColumnToContents(1);
    if (m_candidates->topLevelItemCount() > 0)
        m_candidates->setCurrentItem(m_candidates->topLevelItem(0));
}

void RoutePane::fitHeight()
{
    const int rows = std::min(mostVisible, m_candidates->topLevelItemCount());
    m_candidates->setVisible(rows > 0);
    if (rows == 0)
        return;
    const int row = std::max(m_candidates->sizeHintForRow(0),
                             m_candidates->fontMetrics().lineSpacing() + 9);
    m_candidates->setFixedHeight(m_candidates->header()->sizeHint().height() + rows * row + 6);
}

void RoutePane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace keydesk
