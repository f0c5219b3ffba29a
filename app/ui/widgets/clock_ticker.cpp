#include "ui/widgets/clock_ticker.h"

namespace keydesk {

ClockTicker::ClockTicker(std::function<qint64()> nowMs, QObject *parent)
    : QObject(parent)
    , m_nowMs(std::move(nowMs))
{
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &ClockTicker::tick);
    m_timer.start();
}

void ClockTicker::tick()
{
    Q_EMIT ticked(m_nowMs());
}

} // namespace keydesk
