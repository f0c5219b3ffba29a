#include "query/live_reading.h"

namespace keydesk {

namespace {

constexpr int burst = 15; // ms: a command and its answer change the same list twice

} // namespace

LiveReading::LiveReading(ReplicaReader &reader, QObject *parent)
    : QObject(parent)
    , m_reader(reader)
    , m_due(this)
{
    m_due.setSingleShot(true);
    m_due.setInterval(burst);
    connect(&m_due, &QTimer::timeout, this, &LiveReading::start);
    connect(&m_reader, &ReplicaReader::changed, this, &LiveReading::onChanged);
}

void LiveReading::onChanged(const ChangeSet &changes)
{
    if (!m_reader.isOpen()) {
        ++m_asked;
        m_running = m_again = false;
        m_due.stop();
        clear();
        return;
    }
    for (const QString &table : std::as_const(m_tables)) {
        if (changes.touches(table))
            return refresh();
    }
}

void LiveReading::refresh()
{
    if (m_running)
        m_again = true;
    else if (!m_due.isActive())
        m_due.start();
}

void LiveReading::restart()
{
    m_due.stop();
    start();
}

void LiveReading::start()
{
    if (!m_reader.isOpen())
        return;
    m_running = true;
    m_again = false;
    const quint64 asked = ++m_asked;
    auto answer = std::make_shared<std::function<void()>>();
    m_reader.inBackground(
        this, [answer, reading = prepare()](Database &database) { *answer = reading(database); },
        [this, answer, asked] {
            if (asked != m_asked)
                return;
            m_running = false;
            if (*answer)
                (*answer)();
            if (m_again)
                m_due.start();
            Q_EMIT finished();
        });
}

void LiveReading::readNow()
{
    m_due.stop();
    ++m_asked;
    m_running = m_again = false;
    if (!m_reader.isOpen())
        return clear();
    if (const auto answer = prepare()(m_reader.store().database()))
        answer();
    Q_EMIT finished();
}

} // namespace keydesk
