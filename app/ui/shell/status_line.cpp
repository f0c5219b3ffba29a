#include "ui/shell/status_line.h"

#include "ui/widgets/sync_chip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

namespace keydesk {

StatusLine::StatusLine(Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_chip(new SyncChip(this))
    , m_line(new QLabel(this))
    , m_person(new QLabel(this))
{
    setObjectName(QStringLiteral("statusLine"));
    m_chip->setObjectName(QStringLiteral("status.sync"));
    m_line->setTextFormat(Qt::PlainText);
    m_person->setTextFormat(Qt::PlainText);
    m_line->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 2, 12, 2);
    layout->addWidget(m_chip);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_person);
    connect(m_chip, &SyncChip::clicked, this, &StatusLine::centreRequested);
    connect(&m_workbench, &Workbench::statusChanged, this, &StatusLine::refresh);
    connect(&m_workbench, &Workbench::queueChanged, this, &StatusLine::refresh);
    connect(&m_workbench, &Workbench::meChanged, this, &StatusLine::refresh);
    connect(&m_workbench, &Workbench::signedIn, this, &StatusLine::refresh);
    refresh();
}

void StatusLine::refresh()
{
    const SyncStatus &status = m_workbench.status();
    const bool offline = status.state == SyncStatus::Offline
        || status.state == SyncStatus::Connecting;
    m_chip->setOffline(offline);
    if (status.rejected > 0)
        m_chip->setState(SyncChip::State::NeedsYou, int(status.rejected));
    else if (status.queued > 0)
        m_chip->setState(SyncChip::State::Queued, int(status.queued));
    else
        m_chip->setState(SyncChip::State::Synced);

    QString line;
    if (!status.alarm.isEmpty())
        line = Error(findReason(status.alarm)).text();
    else if (status.progress.loading)
        line = tr("Reading %1 of %2 …").arg(status.progress.rows).arg(status.progress.total);
    else if (!status.lastCheckpoint.isNull())
        line = tr("last sync %1")
                   .arg(status.lastCheckpoint.toLocal().toString(QStringLiteral("HH:mm")));
    m_line->setText(line);
    const Staff &me = m_workbench.me();
    m_person->setText(me.name.isEmpty() ? me.code : me.name + QStringLiteral("  ") + me.code);
}

void StatusLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace keydesk
