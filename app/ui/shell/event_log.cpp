#include "ui/shell/event_log.h"

#include <QJsonDocument>
#include <QTimer>

namespace keydesk {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto betweenBeats = 10ms;

} // namespace

EventLog::EventLog(const QString &path, QObject *parent)
    : QObject(parent)
    , m_file(path)
    , m_lastBeat(std::chrono::steady_clock::now())
{
    if (!m_file.open(QIODevice::Append))
        return;
    auto *beats = new QTimer(this);
    beats->setTimerType(Qt::PreciseTimer);
    beats->callOnTimeout(this, &EventLog::beat);
    beats->start(betweenBeats);
}

void EventLog::note(const QString &event, QJsonObject details)
{
    if (!m_file.isOpen())
        return;
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    details.insert(u"us"_s,
                   qint64(std::chrono::duration_cast<std::chrono::microseconds>(now).count()));
    details.insert(u"event"_s, event);
    m_file.write(QJsonDocument(details).toJson(QJsonDocument::Compact) + '\n');
    m_file.flush();
}

void EventLog::beat()
{
    const auto now = std::chrono::steady_clock::now();
    const auto gap = std::chrono::duration_cast<std::chrono::milliseconds>(now - m_lastBeat
                                                                           - betweenBeats);
    m_lastBeat = now;
    if (gap > unanswered)
        note(u"blocked"_s, {{u"ms"_s, qint64(gap.count())}});
}

} // namespace keydesk
