#include "support/histories/command_graph.h"

#include <algorithm>

namespace keydesk::blackbox {

namespace {

constexpr int unseen = -1;

} // namespace

int CommandGraph::add(const QString &name)
{
    m_names.append(name);
    m_links.emplace_back();
    return int(m_links.size()) - 1;
}

void CommandGraph::connect(int from, int to, Edge edge)
{
    if (from != to)
        m_links[std::size_t(from)].push_back({to, edge});
}

// A chain of moments, one at each end, carries the order: as good as an edge for every pair, but
// with few edges.
void CommandGraph::orderByTime(std::vector<Span> spans)
{
    std::erase_if(spans, [](const Span &one) { return one.node == unseen; });
    std::vector<Span> ended;
    std::copy_if(spans.begin(), spans.end(), std::back_inserter(ended),
                 [](const Span &one) { return one.end != never; });
    std::sort(ended.begin(), ended.end(),
              [](const Span &one, const Span &other) { return one.end < other.end; });
    std::vector<int> moments;
    for (const Span &one : ended) {
        const int moment = add({});
        connect(one.node, moment, Edge::Order);
        if (!moments.empty())
            connect(moments.back(), moment, Edge::Order);
        moments.push_back(moment);
    }
    for (const Span &one : spans) {
        const auto after = std::lower_bound(ended.begin(), ended.end(), one.begin,
                                            [](const Span &span, qint64 begin) {
                                                return span.end < begin;
                                            });
        if (after != ended.begin())
            connect(moments[std::size_t(after - ended.begin()) - 1], one.node, Edge::Order);
    }
}

std::vector<int> CommandGraph::way(int from, int to, const Kinds &kinds) const
{
    std::vector<int> cameFrom(m_links.size(), unseen);
    std::vector<int> reached{from};
    cameFrom[std::size_t(from)] = from;
    for (std::size_t i = 0; i < reached.size() && cameFrom[std::size_t(to)] == unseen; ++i) {
        for (const Link &link : m_links[std::size_t(reached[i])]) {
            if (!kinds.contains(link.edge) || cameFrom[std::size_t(link.to)] != unseen)
                continue;
            cameFrom[std::size_t(link.to)] = reached[i];
            reached.push_back(link.to);
        }
    }
    if (cameFrom[std::size_t(to)] == unseen)
        return {};
    std::vector<int> nodes{to};
    while (nodes.back() != from)
        nodes.push_back(cameFrom[std::size_t(nodes.back())]);
    std::reverse(nodes.begin(), nodes.end());
    return nodes;
}

// Tarjan's, with a stack of its own: a history is deeper than the program's.
std::vector<int> CommandGraph::components(const Kinds &kinds) const
{
    struct Visit
    {
        int node;
        std::size_t nextLink;
    };
    const std::size_t size = m_links.size();
    std::vector<int> number(size, unseen);
    std::vector<int> low(size, unseen);
    std::vector<int> component(size, unseen);
    std::vector<int> waiting;
    std::vector<Visit> visits;
    int count = 0;
    for (int root = 0; root < int(size); ++root) {
        if (number[std::size_t(root)] != unseen)
            continue;
        visits.push_back({root, 0});
        while (!visits.empty()) {
            const int node = visits.back().node;
            const std::size_t at = std::size_t(node);
            if (visits.back().nextLink == 0 && number[at] == unseen) {
                number[at] = low[at] = count++;
                waiting.push_back(node);
            }
            if (visits.back().nextLink < m_links[at].size()) {
                const Link &link = m_links[at][visits.back().nextLink++];
                const std::size_t to = std::size_t(link.to);
                if (!kinds.contains(link.edge))
                    continue;
                if (number[to] == unseen)
                    visits.push_back({link.to, 0});
                else if (component[to] == unseen)
                    low[at] = std::min(low[at], number[to]);
                continue;
            }
            visits.pop_back();
            if (!visits.empty()) {
                int &above = low[std::size_t(visits.back().node)];
                above = std::min(above, low[at]);
            }
            if (low[at] != number[at])
                continue;
            int member = unseen;
            do {
                member = waiting.back();
                waiting.pop_back();
                component[std::size_t(member)] = node;
            } while (member != node);
        }
    }
    return component;
}

std::vector<int> CommandGraph::cycle(const Kinds &kinds) const
{
    const std::vector<int> component = components(kinds);
    for (int node = 0; node < int(m_links.size()); ++node) {
        for (const Link &link : m_links[std::size_t(node)]) {
            if (kinds.contains(link.edge)
                && component[std::size_t(node)] == component[std::size_t(link.to)])
                return way(link.to, node, kinds);
        }
    }
    return {};
}

// One step over what was not yet seen, the way back over what was.
std::vector<int> CommandGraph::singleCycle() const
{
    const Kinds back{Edge::Order, Edge::WriteWrite, Edge::WriteRead};
    Kinds all = back;
    all.insert(Edge::ReadWrite);
    const std::vector<int> component = components(all);
    for (int node = 0; node < int(m_links.size()); ++node) {
        for (const Link &link : m_links[std::size_t(node)]) {
            if (link.edge != Edge::ReadWrite
                || component[std::size_t(node)] != component[std::size_t(link.to)])
                continue;
            std::vector<int> nodes = way(link.to, node, back);
            if (!nodes.empty())
                return nodes;
        }
    }
    return {};
}

QString CommandGraph::story(const std::vector<int> &nodes) const
{
    QStringList names;
    for (const int node : nodes) {
        if (!m_names[node].isEmpty())
            names.append(m_names[node]);
    }
    return names.join(QStringLiteral(" -> "));
}

Anomalies CommandGraph::cycles() const
{
    const Kinds writes{Edge::Order, Edge::WriteWrite};
    Kinds reads = writes;
    reads.insert(Edge::WriteRead);
    Kinds all = reads;
    all.insert(Edge::ReadWrite);
    if (const auto nodes = cycle(writes); !nodes.empty())
        return {found(anomaly::dirtyWrite, story(nodes))};
    if (const auto nodes = cycle(reads); !nodes.empty())
        return {found(anomaly::circularFlow, story(nodes))};
    if (const auto nodes = singleCycle(); !nodes.empty())
        return {found(anomaly::singleAnti, story(nodes))};
    if (const auto nodes = cycle(all); !nodes.empty())
        return {found(anomaly::antiCycle, story(nodes))};
    return {};
}

} // namespace keydesk::blackbox
