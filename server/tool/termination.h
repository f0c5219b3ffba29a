#pragma once

#include <QObject>

class QSocketNotifier;

namespace keydesk {

// Turns SIGTERM and SIGINT into a signal of the event loop. One at a time lives in the process.
class Termination final : public QObject
{
    Q_OBJECT

public:
    explicit Termination(QObject *parent = nullptr);
    ~Termination() override;

Q_SIGNALS:
    void requested();

private:
    QSocketNotifier *m_notifier = nullptr;
    int m_pipe[2] = {-1, -1};
};

} // namespace keydesk
