#pragma once

#include "support/sim/oracle.h"

#include <QRandomGenerator>

#include <array>

namespace keydesk::sim {

// What all histories of a run share: the schema and empty databases, made once.
class Stage
{
public:
    Stage();

    const Catalog catalog;
    const CommandRegistry registry;
    QByteArray serverImage; // tables, a small organisation and its customers
    QByteArray replicaImage; // tables only
    std::vector<QString> users;
    std::vector<QString> accounts;
    std::vector<QString> areas;
    std::vector<QString> opportunities;
    QString queue; // of the operations centre
    QString salesQueue; // of the team of the two account managers

private:
    void furnish();
};

// One seeded history: a server, a few desktops and a network that drops, delays, doubles and cuts;
// either side dies at yield points; scopes flip, rows move, the log is compacted. Then it heals,
// and everything must agree. The same seed gives the same trace.
class History
{
public:
    History(const Stage &stage, quint64 seed);
    ~History();

    /// An empty text, or the first violation with the step it was seen at.
    QString run();
    /// A fingerprint of everything that happened.
    quint64 trace() const { return m_trace; }
    int steps() const { return m_step; }

private:
    void step();
    void personActs(SimClient &client);
    void workOnMadeRecords(SimClient &client);
    void dealWithRefused(SimClient &client);
    void adminActs();
    void deliver(SimClient &client);
    void connect(SimClient &client);
    void cut(SimClient &client);
    void noteVerdict(SimClient &client, const QByteArray &frame);
    void crashClient(SimClient &client);
    void crashServer();
    /// Runs `body`; a planned death inside it becomes a crash of that side.
    template <class F>
    void mortal(SimClient *client, F body);
    void afterClient(SimClient &client);
    QString heal();
    bool oneRoundOfHealing();
    void note(const char *what, quint64 detail = 0);
    int pick(int below) { return int(m_random.bounded(below)); }
    bool chance(int percent) { return m_random.bounded(100) < percent; }
    QString anyOf(const std::vector<QString> &list);
    RecordId freshId();
    CommandCall call(const QString &type, Arguments arguments);

    const Stage &m_stage;
    QRandomGenerator64 m_random;
    ManualClock m_clock;
    std::unique_ptr<Reactions> m_reactions;
    std::unique_ptr<SimServer> m_server;
    std::vector<std::unique_ptr<SimClient>> m_clients;
    std::vector<std::shared_ptr<Wire>> m_lostWires; // half-open: frames may still arrive
    Oracle m_oracle;
    QString m_violation;
    quint64 m_trace = 0;
    int m_step = 0;
    // Swarm: each seed enables its own faults.
    int m_dropPercent = 0;
    int m_doublePercent = 0;
    int m_cutPercent = 0;
    int m_crashPercent = 0;
    int m_flipPercent = 0;
    int m_claimPercent = 0; // in some histories everybody is after the same opportunities
};

} // namespace keydesk::sim
