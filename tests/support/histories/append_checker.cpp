#include "support/histories/append_checker.h"

#include "support/histories/answer_checker.h"
#include "support/histories/command_graph.h"

#include <QHash>
#include <QSet>

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

using Edge = CommandGraph::Edge;

// The commands that stand in the master and all reads, as a graph.
class AppendGraph
{
public:
    explicit AppendGraph(const History &history)
        : m_history(history)
        , m_commands(history.operations.size(), -1)
    {
        for (const Element &one : history.master)
            m_lists[one.key].push_back(one);
        for (std::size_t i = 0; i < history.operations.size(); ++i)
            m_writers.insert(history.operations[i].value, int(i));
        addCommands();
        addReads();
        addTime();
    }

    Anomalies cycles() const { return m_graph.cycles(); }

private:
    int writerOf(const Element &element) const
    {
        const int command = m_writers.value(element.value, -1);
        return command < 0 ? -1 : m_commands[std::size_t(command)];
    }
    void addCommands()
    {
        for (const Element &one : m_history.master) {
            const int command = m_writers.value(one.value, -1);
            if (command >= 0 && m_commands[std::size_t(command)] < 0)
                m_commands[std::size_t(command)] = m_graph.add(one.value);
        }
        for (const auto &[key, list] : m_lists) {
            for (std::size_t i = 1; i < list.size(); ++i)
                connect(writerOf(list[i - 1]), writerOf(list[i]), Edge::WriteWrite);
        }
    }
    void addReads()
    {
        for (const Checkpoint &read : m_history.checkpoints) {
            const int node = m_graph.add(nameOf(read));
            m_reads.push_back(node);
            for (const auto &[key, values] : read.base) {
                const auto list = m_lists.find(key);
                if (list != m_lists.end())
                    addRead(node, list->second, QSet<QString>(values.begin(), values.end()));
            }
        }
    }
    // The last value it saw was written before it, the first that it did not see after.
    void addRead(int node, const std::vector<Element> &list, const QSet<QString> &values)
    {
        const Element *last = nullptr;
        const Element *missing = nullptr;
        for (const Element &one : list) {
            if (values.contains(one.value))
                last = &one;
            else if (!missing)
                missing = &one;
        }
        if (last)
            connect(writerOf(*last), node, Edge::WriteRead);
        if (missing)
            connect(node, writerOf(*missing), Edge::ReadWrite);
    }
    void connect(int from, int to, Edge edge)
    {
        if (from >= 0 && to >= 0)
            m_graph.connect(from, to, edge);
    }
    // Real time holds between commands; a read may be old, but not older than its own device.
    void addTime()
    {
        std::vector<CommandGraph::Span> all;
        std::map<int, std::vector<CommandGraph::Span>> devices;
        for (std::size_t i = 0; i < m_history.operations.size(); ++i) {
            const Operation &one = m_history.operations[i];
            all.push_back({m_commands[i], one.invoked, one.ended});
            devices[one.process].push_back(all.back());
        }
        for (std::size_t i = 0; i < m_reads.size(); ++i) {
            const Checkpoint &read = m_history.checkpoints[i];
            devices[read.process].push_back({m_reads[i], read.at, read.at});
        }
        m_graph.orderByTime(std::move(all));
        for (auto &[device, spans] : devices)
            m_graph.orderByTime(std::move(spans));
    }

    const History &m_history;
    CommandGraph m_graph;
    std::map<QString, std::vector<Element>> m_lists;
    QHash<QString, int> m_writers; // value -> operation
    std::vector<int> m_commands; // operation -> node, -1 without effect
    std::vector<int> m_reads; // checkpoint -> node
};

// All of a command or nothing, under the keys that are looked at together.
Anomalies checkWhole(const std::map<QString, QSet<QString>> &lists, const Operation &one,
                     const QString &where)
{
    QStringList there;
    QStringList missing;
    for (const QString &key : one.keys) {
        const auto list = lists.find(key);
        if (list != lists.end())
            (list->second.contains(one.value) ? there : missing).append(key);
    }
    if (there.isEmpty() || missing.isEmpty())
        return {};
    return {found(anomaly::intermediateRead,
                  u"%1 has %2 in %3 but not in %4"_s.arg(where, one.value, there.join(u'+'),
                                                         missing.join(u'+')))};
}

// Exactly what was committed up to the position of the read.
Anomalies checkList(const Checkpoint &read, const std::vector<Element> &list,
                    const QSet<QString> &values)
{
    Anomalies anomalies;
    for (const Element &one : list) {
        const bool committed = one.version <= read.position;
        if (committed == values.contains(one.value))
            continue;
        const QString story = u"%1 and %2 of %3 at %4"_s.arg(nameOf(read), one.value, one.key)
                                  .arg(one.version);
        anomalies.push_back(committed
                                ? found(anomaly::staleRead, story + u", not seen"_s)
                                : found(anomaly::intermediateRead, story + u", seen early"_s));
    }
    return anomalies;
}

using Sets = std::map<QString, QSet<QString>>;

Sets setsOf(const std::map<QString, QStringList> &lists)
{
    Sets sets;
    for (const auto &[key, values] : lists)
        sets.emplace(key, QSet<QString>(values.begin(), values.end()));
    return sets;
}

Anomalies checkTwice(const Checkpoint &read, const Sets &sets)
{
    Anomalies anomalies;
    for (const auto &[key, values] : read.base) {
        if (sets.at(key).size() != values.size())
            anomalies.push_back(
                found(anomaly::duplicateEffect, nameOf(read) + u" has a value twice in "_s + key));
    }
    return anomalies;
}

Sets masterSets(const History &history)
{
    Sets sets;
    for (const Operation &one : history.operations) {
        for (const QString &key : one.keys)
            sets[key];
    }
    for (const Element &one : history.master)
        sets[one.key].insert(one.value);
    return sets;
}

} // namespace

Anomalies checkAppends(const History &history)
{
    Anomalies anomalies = checkAnswers(history);
    std::map<QString, std::vector<Element>> lists;
    for (const Element &one : history.master)
        lists[one.key].push_back(one);
    const Sets stands = masterSets(history);
    for (const Operation &one : history.operations)
        join(anomalies, checkWhole(stands, one, u"the master"_s));
    for (const Checkpoint &read : history.checkpoints) {
        const Sets sets = setsOf(read.base);
        join(anomalies, checkTwice(read, sets));
        for (const Operation &one : history.operations)
            join(anomalies, checkWhole(sets, one, nameOf(read)));
        for (const auto &[key, values] : sets) {
            if (const auto list = lists.find(key); list != lists.end())
                join(anomalies, checkList(read, list->second, values));
        }
    }
    join(anomalies, checkMonotonic(history));
    join(anomalies, AppendGraph(history).cycles());
    return anomalies;
}

} // namespace keydesk::blackbox
