#pragma once

#include <QObject>
#include <QTimer>

#include <functional>

namespace keydesk {

// The one second hand of the application. Views that show clocks listen to it and repaint only the
// cells whose words changed; nobody else runs a timer for that.
class ClockTicker final : public QObject
{
    Q_OBJECT

public:
    /// `nowMs` gives the time in UTC ms, corrected to the server's clock when that is known.
    explicit ClockTicker(std::function<qint64()> nowMs, QObject *parent = nullptr);

    qint64 nowMs() const { return m_nowMs(); }
    /// One beat now, for tests and after the machine woke up.
    void tick();

Q_SIGNALS:
    void ticked(qint64 nowMs);

private:
    std::function<qint64()> m_nowMs;
    QTimer m_timer;
};

} // namespace keydesk
