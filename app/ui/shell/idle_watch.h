#pragma once

#include <QObject>

namespace keydesk {

class ClockTicker;

// Notices when nobody has touched keyboard or mouse for a while, by the application's second hand.
// Locks nothing itself.
class IdleWatch final : public QObject
{
    Q_OBJECT

public:
    /// The ticker must outlive it.
    explicit IdleWatch(const ClockTicker &ticker, QObject *parent = nullptr);

    /// After how many minutes idle() is told; 0: never.
    void setMinutes(int minutes) { m_minutes = minutes; }

Q_SIGNALS:
    /// Nobody was there for that long; told once, until somebody is there again.
    void idle();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void look(qint64 nowMs);

    const ClockTicker &m_ticker;
    qint64 m_lastSign; // UTC ms
    int m_minutes = 0;
    bool m_told = false;
};

} // namespace keydesk
