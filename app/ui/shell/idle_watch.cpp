#include "ui/shell/idle_watch.h"

#include "base/clock.h"
#include "ui/widgets/clock_ticker.h"

#include <QCoreApplication>
#include <QEvent>

namespace keydesk {

IdleWatch::IdleWatch(const ClockTicker &ticker, QObject *parent)
    : QObject(parent)
    , m_ticker(ticker)
    , m_lastSign(ticker.nowMs())
{
    QCoreApplication::instance()->installEventFilter(this);
    connect(&ticker, &ClockTicker::ticked, this, &IdleWatch::look);
}

void IdleWatch::look(qint64 nowMs)
{
    if (m_minutes <= 0 || m_told || nowMs - m_lastSign < m_minutes * minute)
        return;
    m_told = true;
    Q_EMIT idle();
}

bool IdleWatch::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::InputMethod:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
        m_lastSign = m_ticker.nowMs();
        m_told = false;
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace keydesk
