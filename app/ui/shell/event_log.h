#pragma once

#include <QFile>
#include <QJsonObject>
#include <QObject>

#include <chrono>

namespace keydesk {

// Times of events as the program itself sees them, as JSON lines with microseconds of the steady
// clock (ux.md, section 6). Beside what is noted, each time the windows did not answer for longer
// than a person notices: "blocked", with its milliseconds.
class EventLog final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds unanswered{50};

    /// Appends to `path`. Where that cannot be written, nothing is noted.
    explicit EventLog(const QString &path, QObject *parent = nullptr);

    void note(const QString &event, QJsonObject details = {});

private:
    void beat();

    QFile m_file;
    std::chrono::steady_clock::time_point m_lastBeat;
};

} // namespace keydesk
