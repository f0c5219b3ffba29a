#pragma once

#include "support/histories/history.h"

namespace keydesk::blackbox {

// Commands and reads as nodes, and what had to come before what as edges of a kind (Adya's). Finds
// the weakest set of kinds under which something comes before itself.
class CommandGraph
{
public:
    enum class Edge {
        Order, // one device's own order, or ended before the other began
        WriteWrite, // stands before the other under one key
        WriteRead, // was seen
        ReadWrite, // was not yet seen
    };

    /// Answers the node's number.
    int add(const QString &name);
    void connect(int from, int to, Edge edge);
    /// What takes part in the order of time: from its beginning until its end.
    struct Span
    {
        int node;
        qint64 begin;
        qint64 end; // never: nothing comes after it
    };
    /// Orders what ended before another began.
    void orderByTime(std::vector<Span> spans);

    /// The first of G0, G1c, G-single and G2 that has a cycle, with its nodes.
    Anomalies cycles() const;

private:
    struct Link
    {
        int to;
        Edge edge;
    };
    using Kinds = std::set<Edge>;
    /// The way from a node to another over edges of these kinds; empty if there is none.
    std::vector<int> way(int from, int to, const Kinds &kinds) const;
    /// For each node the number of its strongly connected component.
    std::vector<int> components(const Kinds &kinds) const;
    /// A cycle over these kinds; empty if there is none.
    std::vector<int> cycle(const Kinds &kinds) const;
    std::vector<int> singleCycle() const;
    QString story(const std::vector<int> &nodes) const;

    QStringList m_names; // empty: a moment in time
    std::vector<std::vector<Link>> m_links;
};

} // namespace keydesk::blackbox
