#include "support/sim/history_report.h"

namespace keydesk::sim {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<const char *, MessageCounts::states> serverStates{"greeting", "challenged",
                                                                       "logging in", "live",
                                                                       "closed"};

// The types of all messages.
template <std::size_t... I>
std::array<int, sizeof...(I)> messageTypes(std::index_sequence<I...>)
{
    return {std::variant_alternative_t<I, Message>::type...};
}

const auto allMessages = messageTypes(std::make_index_sequence<std::variant_size_v<Message>>{});

// Which end sends it follows from who handles it: these the server answers with.
bool isServers(int type)
{
    switch (type) {
    case Challenge::type:
    case Enrolled::type:
    case Welcome::type:
    case Refused::type:
    case CmdResult::type:
    case Poke::type:
    case Page::type:
    case Bye::type:
    case Pong::type:
        return true;
    default:
        return false;
    }
}

} // namespace

void HistoryReport::add(const History &history)
{
    ++m_histories;
    for (const auto &[what, count] : history.outcomes())
        m_outcomes[what] += count;
    for (const auto &[kind, count] : history.moves())
        m_moves[kind] += count;
    m_atServer.add(history.atServer());
    m_atDesktops.add(history.atDesktops());
    const Faults &had = history.faults();
    const std::pair<const char *, bool> kinds[] = {
        {"drops", had.dropPercent > 0},
        {"doubles", had.doublePercent > 0},
        {"cuts", had.cutPercent > 0},
        {"lines", had.linePercent > 0},
        {"slow readers", had.slowReaders},
        {"wild peers", had.wild},
        {"programs of several versions", had.skew},
        {"deaths", had.crashPercent > 0},
        {"power cuts", had.powerPercent > 0},
        {"failing disks", had.troublePercent > 0},
        {"new files", had.emptyReplicas},
        {"failing reactions", had.spoilPercent > 0},
        {"hours", had.jumpPercent > 0},
        {"roles", had.roles},
        {"clocks", had.clocks},
        {"poison", had.poison},
        {"restores", had.restores},
        {"copied devices", had.copies},
    };
    for (const auto &[kind, enabled] : kinds)
        m_faults[QString::fromLatin1(kind)] += enabled ? 1 : 0;
}

QString HistoryReport::faultLine() const
{
    QStringList parts;
    for (const auto &[kind, count] : m_faults)
        parts.append(u"%1 %2"_s.arg(kind).arg(count));
    return u"histories with each fault: "_s + parts.join(u", ");
}

QStringList HistoryReport::lines() const
{
    std::map<QString, QString> parts;
    for (const auto &[what, count] : m_outcomes) {
        const auto &[type, outcome] = what;
        if (outcome != u"applied")
            parts[type] += u" %1:%2"_s.arg(outcome).arg(count);
    }
    for (const auto &[what, count] : m_outcomes) {
        if (what.second == u"applied")
            parts[what.first].prepend(u" %1"_s.arg(count));
    }
    QStringList commands;
    for (const auto &[type, part] : parts)
        commands.append(type + part);
    QStringList hops;
    for (const auto &[kind, count] : m_moves)
        hops.append(u"%1 %2"_s.arg(kind).arg(count));
    QStringList messages;
    for (const int type : allMessages) {
        QString counts = QString::number(m_atServer.count(type, 0));
        for (int state = 1; state < Wire::Closed; ++state)
            counts += u'/' + QString::number(m_atServer.count(type, state));
        messages.append(u"%1: %2"_s.arg(type).arg(counts));
    }
    return {faultLine(), u"moves of custody: "_s + hops.join(u", "),
            u"commands applied and refused: "_s + commands.join(u"; "),
            u"messages at the server by type, greeting/challenged/logging in/live: "_s
                + messages.join(u", ")};
}

QStringList HistoryReport::missing(const CommandRegistry &registry) const
{
    QStringList cells;
    for (const CommandType &type : registry.types()) {
        int refused = 0;
        for (const auto &[what, count] : m_outcomes) {
            if (what.first == type.name && what.second != u"applied")
                refused += count;
        }
        const auto applied = m_outcomes.find({type.name, u"applied"_s});
        if (applied == m_outcomes.end())
            cells.append(type.name + u" applied"_s);
        if (refused == 0)
            cells.append(type.name + u" refused"_s);
    }
    for (const int type : allMessages) {
        for (int state = 0; state < Wire::Closed; ++state) {
            if (m_atServer.count(type, state) == 0)
                cells.append(u"message %1 while %2"_s.arg(type).arg(
                    QLatin1StringView(serverStates[std::size_t(state)])));
        }
        int received = 0;
        for (int state = 0; state < MessageCounts::states; ++state)
            received += m_atDesktops.count(type, state);
        if (isServers(type) && received == 0)
            cells.append(u"message %1 at a desktop"_s.arg(type));
    }
    return cells;
}

} // namespace keydesk::sim
