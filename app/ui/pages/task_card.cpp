#include "ui/pages/task_card.h"

#include "base/phone.h"
#include "domain/opportunity.h"
#include "ui/pages/timeline_model.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/badges.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/timeline.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

TaskCard::TaskCard(Desk &desk, const QList<QAction *> &actions, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_title(new TextLabel(TextRole::Section, Token::Text, this))
    , m_badges(new BadgeLabel(this))
    , m_customer(new QPushButton(icon(u"building-2"_s), {}, this))
    , m_details(new TextLabel(TextRole::Body, Token::Text, this))
    , m_subject(new TextLabel(TextRole::Body, Token::Text2, this))
    , m_acts(new QWidget(this))
    , m_storyTitle(new TextLabel(TextRole::Caption, Token::Muted, this))
    , m_story(new Timeline(this))
    , m_events(new TimelineModel(desk.workbench.reader(), desk.lookup, this))
{
    setObjectName(u"today.card"_s);
    m_title->setBold(true);
    for (TextLabel *words : {m_title, m_details, m_subject})
        words->setWordWrap(true);
    m_subject->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_customer->setObjectName(u"today.card.customer"_s);
    KeydeskStyle::setProminence(m_customer, Prominence::Quiet);
    m_story->setObjectName(u"today.card.story"_s);
    m_story->setModel(m_events);
    buildActs(actions);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 0, 0, 0);
    layout->setSpacing(8);
    for (QWidget *part : std::initializer_list<QWidget *>{m_title, m_badges})
        layout->addWidget(part);
    layout->addWidget(m_customer, 0, Qt::AlignLeft);
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_details, m_subject, m_acts, m_storyTitle})
        layout->addWidget(part);
    layout->addWidget(m_story, 1);
    layout->addStretch(); // for a task without a customer, whose card has no story
    connect(m_customer, &QPushButton::clicked, this,
            [this] { m_desk.openRecord(u"account"_s, m_task.accountId.text()); });
    connect(&desk.ticker, &ClockTicker::ticked, this, &TaskCard::showClock);
    connect(&desk.workbench, &Workbench::changed, this, [this](const ChangeSet &changes) {
        if (changes.touches(u"task"_s, m_task.id) || changes.touches(u"opportunity"_s))
            show(m_task.id.text());
    });
    show({});
}

void TaskCard::buildActs(const QList<QAction *> &actions)
{
    auto *row = new QHBoxLayout(m_acts);
    row->setContentsMargins(0, 0, 0, 0);
    for (QAction *action : actions) {
        auto *button = new QToolButton(m_acts);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setObjectName(action->objectName() + u".button"_s);
        row->addWidget(button);
    }
    row->addStretch(1);
}

void TaskCard::show(const QString &task)
{
    m_task = m_desk.workbench.reader().find<Task>(RecordId(task)).value_or(Task{});
    m_events->setSubject(u"account_id"_s, m_task.accountId.text());
    refresh();
}

void TaskCard::refresh()
{
    const bool any = !m_task.id.isNull();
    m_title->setText(any ? m_task.title : tr("Choose a task."));
    m_details->setText(m_task.details);
    m_details->setVisible(!m_task.details.isEmpty());
    m_subject->setText(subjectWords());
    m_subject->setVisible(!m_subject->text().isEmpty());
    const QString customer = m_desk.lookup.title(u"account"_s, m_task.accountId.text());
    m_customer->setText(customer);
    m_customer->setVisible(!customer.isEmpty());
    m_storyTitle->setText(tr("Last with this customer"));
    m_story->setListName(tr("Last with this customer"));
    for (QWidget *part : std::initializer_list<QWidget *>{m_badges, m_acts})
        part->setVisible(any);
    for (QWidget *part : std::initializer_list<QWidget *>{m_storyTitle, m_story})
        part->setVisible(!customer.isEmpty());
    showClock();
}

void TaskCard::showClock()
{
    QList<Badge> badges;
    if (!m_task.dueAt.isNull())
        badges.append(clockFace({m_task.dueAt.ms, m_task.dueAt.ms - m_task.createdAt.ms, {}},
                                m_desk.ticker.nowMs()));
    badges.append({BadgeKind::Neutral, labelOf(m_task.kind)});
    if (m_task.priority != TaskPriority::Normal)
        badges.append({BadgeKind::Warn, labelOf(m_task.priority)});
    m_badges->setBadges(badges);
}

// Where the opportunity of the task stands and whom to call.
QString TaskCard::subjectWords() const
{
    if (m_task.subjectEntity != u"opportunity")
        return {};
    const auto found = m_desk.workbench.reader().find<Opportunity>(m_task.subjectId);
    if (!found)
        return {};
    QStringList lines{found->title};
    lines.append(labelOf(found->custodyState) + u" · "_s + labelOf(found->salesStage));
    if (!found->nextStep.isEmpty())
        lines.append(tr("Next: %1 %2", "next step, its date")
                         .arg(found->nextStep, found->nextStepOn.toString(Qt::ISODate)));
    if (!found->contactName.isEmpty())
        lines.append(tr("Contact: %1 %2", "name, telephone")
                         .arg(found->contactName, displayPhones(found->contactPhone)));
    if (!found->keyPersonName.isEmpty())
        lines.append(tr("Key person: %1 %2", "name, position")
                         .arg(found->keyPersonName, found->keyPersonTitle));
    return lines.join(u'\n');
}

void TaskCard::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_events->setSubject(u"account_id"_s, m_task.accountId.text()); // its words are made once
        refresh();
    }
    QWidget::changeEvent(event);
}

} // namespace keydesk
