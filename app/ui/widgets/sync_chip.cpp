#include "ui/widgets/sync_chip.h"

#include "ui/widgets/badges.h"
#include "ui/widgets/shapes.h"

#include <QEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

BadgeKind chipKind(SyncChip::State state)
{
    switch (state) {
    case SyncChip::State::SavedHere:
        return BadgeKind::Info;
    case SyncChip::State::Queued:
        return BadgeKind::Pending;
    case SyncChip::State::Synced:
        return BadgeKind::Ok;
    case SyncChip::State::NeedsYou:
        break;
    }
    return BadgeKind::Danger;
}

} // namespace

SyncChip::SyncChip(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    refresh();
}

void SyncChip::setState(State state, int count, int queued)
{
    m_state = state;
    m_count = count;
    m_queued = queued;
    refresh();
}

void SyncChip::setOffline(bool offline)
{
    m_offline = offline;
    refresh();
}

QString SyncChip::words() const
{
    switch (m_state) {
    case State::SavedHere:
        return tr("Saved here", "on this computer, not yet sent");
    case State::Queued:
        return tr("%n queued", "changes waiting for the server", m_count);
    case State::Synced:
        return tr("Accepted by the server");
    case State::NeedsYou:
        return m_queued == 0
            ? tr("%n need(s) you", "changes the user must decide on", m_count)
            : tr("%1 · %2", "what waits, what needs the person")
                  .arg(tr("%n queued", "changes waiting for the server", m_queued),
                       tr("%n need(s) you", "changes the user must decide on", m_count));
    }
    return {};
}

// Without the line nothing is as good as accepted; only what needs the person outranks that.
BadgeKind SyncChip::kind() const
{
    return m_offline && m_state != State::NeedsYou ? BadgeKind::Pending : chipKind(m_state);
}

void SyncChip::refresh()
{
    setText(m_offline ? tr("Offline · %1", "then the state of the work").arg(words()) : words());
    setAccessibleName(text());
    setToolTip(tr("Open the sync centre"));
    updateGeometry();
    update();
}

QSize SyncChip::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    return badgeSize(theme, {kind(), text()}).expandedTo({0, theme.scaled(24)}) + QSize(2, 0);
}

void SyncChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(this);
    const QRect box = paintBadge(painter, theme, rect(), {kind(), text()});
    if (hasFocus())
        paintPanel(painter, box, Theme::controlRadius, {}, theme.color(Token::Link),
                   Theme::focusRing);
    else if (underMouse())
        paintPanel(painter, box, Theme::controlRadius, {}, theme.color(badgeForeground(kind())));
}

void SyncChip::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::StyleChange)
        refresh();
}

} // namespace keydesk
