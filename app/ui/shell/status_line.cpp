#include "ui/shell/status_line.h"

#include "base/date_text.h"
#include "base/money_text.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/sync_chip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace keydesk {

using namespace Qt::StringLiterals;

StatusLine::StatusLine(Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_notices(workbench.reader())
    , m_chip(new SyncChip(this))
    , m_line(new QLabel(this))
    , m_bell(new QToolButton(this))
    , m_person(new QToolButton(this))
    , m_menu(new QMenu(m_person))
{
    setObjectName(u"statusLine"_s);
    m_chip->setObjectName(u"status.sync"_s);
    m_line->setTextFormat(Qt::PlainText);
    m_line->setForegroundRole(QPalette::PlaceholderText);
    m_bell->setObjectName(u"status.notices"_s);
    m_bell->setIcon(icon(u"bell"_s));
    m_person->setObjectName(u"status.person"_s);
    m_person->setIcon(icon(u"user"_s));
    m_person->setMenu(m_menu);
    m_person->setPopupMode(QToolButton::InstantPopup);
    for (QToolButton *button : {m_bell, m_person}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
    }
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 2, 8, 2);
    layout->addWidget(m_chip);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_bell);
    layout->addWidget(m_person);
    connect(m_chip, &SyncChip::clicked, this, &StatusLine::centreRequested);
    connect(m_bell, &QToolButton::clicked, this, &StatusLine::noticesRequested);
    connect(&m_notices, &LiveTally::changed, this, &StatusLine::showNotices);
    connect(&m_workbench, &Workbench::statusChanged, this, &StatusLine::refresh);
    connect(&m_workbench, &Workbench::queueChanged, this, &StatusLine::refresh);
    connect(&m_workbench, &Workbench::meChanged, this, &StatusLine::watchNotices);
    connect(&m_workbench, &Workbench::signedIn, this, &StatusLine::watchNotices);
    connect(&m_workbench, &Workbench::ready, this, &StatusLine::watchNotices);
    refresh();
}

void StatusLine::setPersonActions(const QList<QAction *> &actions)
{
    m_menu->clear();
    m_menu->addActions(actions);
}

void StatusLine::watchNotices()
{
    TallyQuery unread;
    unread.entity = u"notification"_s;
    unread.filter.all = {Filter::is(u"staff_id"_s, m_workbench.me().id.text()),
                         Filter::isEmpty(u"read_at"_s)};
    if (!m_notices.setQuery(unread))
        Q_UNREACHABLE();
    refresh();
}

void StatusLine::showNotices()
{
    const int unread = int(m_notices.count());
    m_bell->setText(unread == 0 ? QString() : QString::number(unread));
    const QString words = unread == 0 ? tr("No unread notices")
                                      : tr("%n unread notice(s)", nullptr, unread);
    m_bell->setToolTip(words);
    m_bell->setAccessibleName(words);
}

// What is true of the line: a fault, a reading under way, or when both sides last agreed.
QString StatusLine::lineText() const
{
    const SyncStatus &status = m_workbench.status();
    if (!status.alarm.isEmpty())
        return Error(findReason(status.alarm)).text();
    const auto &problem = m_workbench.connectionProblem();
    if (problem && problem->code() != ErrorCode::Offline)
        return problem->text();
    if (status.progress.loading)
        return tr("Reading %1 of %2 …")
            .arg(formatInteger(status.progress.rows), formatInteger(status.progress.total));
    if (status.lastCheckpoint.isNull())
        return {};
    return tr("last sync %1").arg(formatInstant(status.lastCheckpoint, businessZone()).mid(11));
}

void StatusLine::refresh()
{
    const SyncStatus &status = m_workbench.status();
    m_chip->setOffline(status.state == SyncStatus::Offline
                       || status.state == SyncStatus::Connecting);
    if (status.rejected > 0)
        m_chip->setState(SyncChip::State::NeedsYou, int(status.rejected), int(status.queued));
    else if (status.queued > 0)
        m_chip->setState(SyncChip::State::Queued, int(status.queued));
    else
        m_chip->setState(SyncChip::State::Synced);
    m_line->setText(lineText());
    const Staff &me = m_workbench.me();
    m_person->setText(me.name.isEmpty() || me.name == me.code ? me.code
                                                              : me.name + u"  "_s + me.code);
    m_person->setToolTip(tr("Language, theme, sign out"));
    showNotices();
}

void StatusLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace keydesk
