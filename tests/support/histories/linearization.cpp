#include "support/histories/register_checker.h"

#include <QSet>

#include <algorithm>

namespace keydesk::blackbox {

namespace {

constexpr qsizetype mostStates = 2'000'000;
constexpr int nowhere = -1;

// The beginnings and ends of all commands by time, as a list from which a command that was placed
// is lifted out, and put back where it was. Open commands have no end.
class Timeline
{
public:
    struct Event
    {
        int command = nowhere;
        bool begins = false;
        int before = nowhere;
        int after = nowhere;
    };

    explicit Timeline(const std::vector<Operation> &commands)
        : m_begin(commands.size(), nowhere)
        , m_end(commands.size(), nowhere)
    {
        struct Moment
        {
            qint64 at;
            bool begins;
            int command;
        };
        std::vector<Moment> moments;
        for (int i = 0; i < int(commands.size()); ++i) {
            const Operation &one = commands[std::size_t(i)];
            moments.push_back({one.invoked, true, i});
            if (one.outcome != Outcome::Open)
                moments.push_back({one.ended, false, i});
        }
        // At the same moment beginnings come first: what touches overlaps.
        std::sort(moments.begin(), moments.end(), [](const Moment &one, const Moment &other) {
            return one.at != other.at ? one.at < other.at : one.begins && !other.begins;
        });
        m_events.push_back({}); // the head
        for (const Moment &moment : moments) {
            const int place = int(m_events.size());
            m_events.push_back({moment.command, moment.begins, place - 1, nowhere});
            m_events[std::size_t(place - 1)].after = place;
            (moment.begins ? m_begin : m_end)[std::size_t(moment.command)] = place;
        }
    }

    int first() const { return m_events.front().after; }
    const Event &at(int event) const { return m_events[std::size_t(event)]; }
    int beginOf(int command) const { return m_begin[std::size_t(command)]; }
    void lift(int command)
    {
        unlink(m_begin[std::size_t(command)]);
        unlink(m_end[std::size_t(command)]);
    }
    void putBack(int command)
    {
        link(m_end[std::size_t(command)]);
        link(m_begin[std::size_t(command)]);
    }

private:
    void unlink(int event)
    {
        if (event == nowhere)
            return;
        const Event &one = m_events[std::size_t(event)];
        m_events[std::size_t(one.before)].after = one.after;
        if (one.after != nowhere)
            m_events[std::size_t(one.after)].before = one.before;
    }
    void link(int event)
    {
        if (event == nowhere)
            return;
        const Event &one = m_events[std::size_t(event)];
        m_events[std::size_t(one.before)].after = event;
        if (one.after != nowhere)
            m_events[std::size_t(one.after)].before = event;
    }

    std::vector<Event> m_events;
    std::vector<int> m_begin;
    std::vector<int> m_end;
};

// What was placed so far and what stands in the record then, as bytes that can be compared.
class Tried
{
public:
    explicit Tried(std::size_t commands)
        : m_placed(qsizetype(commands + 7) / 8, '\0')
    {
    }
    void flip(int command)
    {
        const qsizetype byte = command / 8;
        m_placed[byte] = char(m_placed[byte] ^ (1 << (command % 8)));
    }
    /// False if it was tried before.
    bool isNew(const QString &state)
    {
        const qsizetype before = m_known.size();
        m_known.insert(m_placed + state.toUtf8());
        return m_known.size() > before;
    }
    bool isFull() const { return m_known.size() > mostStates; }

private:
    QByteArray m_placed;
    QSet<QByteArray> m_known;
};

} // namespace

Explanation explain(const std::vector<Operation> &commands, const QString &initial,
                    const RegisterModel &model)
{
    Timeline line(commands);
    Tried tried(commands.size());
    struct Placed
    {
        int command;
        QString stateBefore;
    };
    std::vector<Placed> placed;
    QString state = initial;
    auto left = std::count_if(commands.begin(), commands.end(),
                              [](const Operation &one) { return one.outcome != Outcome::Open; });
    const auto closed = [&](int command) {
        return commands[std::size_t(command)].outcome != Outcome::Open ? 1 : 0;
    };
    int event = line.first();
    while (left > 0) {
        if (tried.isFull())
            return Explanation::TooMany;
        if (event != nowhere && line.at(event).begins) {
            const int command = line.at(event).command;
            const auto next = model.step(state, commands[std::size_t(command)]);
            tried.flip(command);
            if (next && tried.isNew(*next)) {
                placed.push_back({command, std::exchange(state, *next)});
                left -= closed(command);
                line.lift(command);
                event = line.first();
                continue;
            }
            tried.flip(command);
            event = line.at(event).after;
            continue;
        }
        // An end that nobody could place before, or nothing more to try: the last choice was wrong.
        if (placed.empty())
            return Explanation::Impossible;
        const int command = placed.back().command;
        state = placed.back().stateBefore;
        placed.pop_back();
        left += closed(command);
        tried.flip(command);
        line.putBack(command);
        event = line.at(line.beginOf(command)).after;
    }
    return Explanation::Found;
}

} // namespace keydesk::blackbox
