#include "ui/pages/routing_panel.h"

#include "base/both_words.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QGridLayout>
#include <QVBoxLayout>

#include <utility>

namespace keydesk {

using namespace Qt::StringLiterals;

RoutingPanel::RoutingPanel(QWidget *parent)
    : QWidget(parent)
    , m_head(new TextLabel(TextRole::Body, Token::Text, this))
    , m_why(new TextLabel(TextRole::Caption, Token::Text2, this))
    , m_people(new QGridLayout)
{
    m_head->setObjectName(u"routing.head"_s);
    m_why->setObjectName(u"routing.why"_s);
    m_head->setBold(true);
    m_head->setWordWrap(true);
    m_why->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_head);
    layout->addWidget(m_why);
    layout->addLayout(m_people);
    m_people->setHorizontalSpacing(12);
    m_people->setVerticalSpacing(3);
    m_people->setColumnStretch(2, 1);
}

void RoutingPanel::setPast(bool past)
{
    if (std::exchange(m_past, past) != past)
        refresh();
}

void RoutingPanel::setRouting(const RoutingView &view)
{
    if (m_unknown.isEmpty() && m_view == view && !m_head->text().isEmpty())
        return;
    m_unknown.clear();
    m_view = view;
    refresh();
}

void RoutingPanel::showRouteOf(const RecordId &opportunity, const ReplicaReader &reader,
                               const RecordLookup &lookup)
{
    if (const auto routing = latestRouting(opportunity, reader, lookup))
        setRouting(*routing);
    else if (reader.isPending(u"opportunity"_s, opportunity))
        setUnknown(tr("The server decides who gets it as soon as it arrives there."));
    else
        setUnknown(tr("It was not routed by a rule."));
}

void RoutingPanel::setUnknown(const QString &sentence)
{
    m_unknown = sentence;
    m_view = {};
    refresh();
}

void RoutingPanel::clearPeople()
{
    while (QLayoutItem *item = m_people->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void RoutingPanel::addPerson(int row, const RoutingView::Person &person)
{
    const bool chosen = person.refusal.isEmpty();
    auto *name = new TextLabel(person.name, TextRole::Body, chosen ? Token::Text : Token::Text2,
                               this);
    name->setObjectName(u"routing.person"_s);
    name->setBold(chosen);
    auto *load = new TextLabel(tr("load %1/%2", "open items, capacity")
                                   .arg(person.load)
                                   .arg(person.capacity),
                               TextRole::Caption, Token::Text2, this);
    auto *badge = new BadgeLabel(this);
    badge->setObjectName(u"routing.verdict"_s);
    badge->setBadges({chosen ? Badge{BadgeKind::Ok, tr("chosen")}
                             : Badge{BadgeKind::Neutral, chosenWords(person.refusal)}});
    m_people->addWidget(name, row, 0);
    m_people->addWidget(load, row, 1);
    m_people->addWidget(badge, row, 2, Qt::AlignLeft);
}

void RoutingPanel::refresh()
{
    clearPeople();
    if (!m_unknown.isEmpty()) {
        m_head->setText(m_unknown);
        m_why->hide();
        return;
    }
    m_head->setText(m_view.reason.isEmpty()
                        ? (m_view.goesTo.isEmpty()
                               ? tr("Nobody yet.")
                               : (m_past ? tr("Was given to %1 and came back", "person or queue")
                                         : tr("Goes to %1", "person or queue"))
                                     .arg(m_view.goesTo))
                        : tr("A dispatcher decides: %1", "reason").arg(chosenWords(m_view.reason)));
    QStringList why;
    if (!m_view.at.isEmpty())
        why.append(tr("Decided %1", "time").arg(m_view.at));
    if (!m_view.rule.isEmpty())
        why.append(tr("By the rule “%1”").arg(chosenWords(m_view.rule)));
    if (!m_view.copy.isEmpty())
        why.append(tr("%1 covers it by telephone", "person").arg(m_view.copy));
    m_why->setText(why.join(u" · "_s));
    m_why->setVisible(!why.isEmpty());
    const int shown = std::min(m_most, int(m_view.people.size()));
    for (int row = 0; row < shown; ++row)
        addPerson(row, m_view.people[std::size_t(row)]);
    if (const int rest = int(m_view.people.size()) - shown; rest > 0)
        m_people->addWidget(new TextLabel(tr("and %n more who were considered", nullptr, rest),
                                          TextRole::Caption, Token::Muted, this),
                            shown, 0, 1, 3);
}

void RoutingPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange && m_unknown.isEmpty())
        refresh();
    QWidget::changeEvent(event);
}

} // namespace keydesk
