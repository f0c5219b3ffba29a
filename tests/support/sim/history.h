#pragma once

#include "support/sim/oracle.h"
#include "support/sim/stage.h"

#include <QRandomGenerator>

#include <array>

namespace keydesk::sim {

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
    /// What became of the commands, by type and outcome.
    const Outcomes &outcomes() const { return m_server->outcomes; }
    /// Moves of custody that happened, by kind.
    std::map<QString, int> moves() const;

private:
    void step();

    // What people do at their desktops (history_people.cpp).
    void personActs(SimClient &client);
    CommandCall anyAct(SimClient &client);
    CommandCall appendTag(SimClient &client, const QString &opportunity);
    CommandCall capture();
    void workOnMadeRecords(SimClient &client);
    void dealWithRefused(SimClient &client);

    // What somebody with an opportunity before him may do to its custody (history_custody.cpp).
    CommandCall hop(const QString &opportunity, const Row *shown);
    CommandCall giveOut(const RecordId &opportunity, int epoch);
    CommandCall giveBack(const RecordId &opportunity, int epoch);
    CommandCall ask(const RecordId &opportunity);
    CommandCall answerQuestion(const RecordId &opportunity);
    CommandCall endClaim(const RecordId &opportunity, int epoch);
    CommandCall anyHop(const RecordId &opportunity, int epoch);

    // What happens at the server without a desktop of the history (history_world.cpp).
    void worldActs();
    std::vector<CommandCall> custodyActs();
    CommandCall assignmentAct();
    CommandCall recordAct();
    CommandCall staffAct();
    void passTime(qint64 milliseconds);
    void jumpInTime();

    void deliver(SimClient &client);
    void connect(SimClient &client);
    void cut(SimClient &client);
    void noteVerdict(SimClient &client, const QByteArray &frame);
    void crashClient(SimClient &client);
    void crashServer();
    /// Runs `body`; a planned death inside it becomes a crash of that side.
    void mortal(SimClient *client, const std::function<void()> &body);
    void afterClient(SimClient &client);
    QString heal();
    bool oneRoundOfHealing();
    void note(const char *what, quint64 detail = 0);
    int pick(int below) { return int(m_random.bounded(below)); }
    bool chance(int percent) { return m_random.bounded(100) < percent; }
    QString anyOf(const std::vector<QString> &list);
    RecordId freshId();
    CommandCall call(const QString &type, Arguments arguments);
    template <class C>
    CommandCall call(const C &command)
    {
        return call(QString::fromLatin1(C::name), argumentsOf(command));
    }
    QString anyOpportunity();

    const Stage &m_stage;
    QRandomGenerator64 m_random;
    ManualClock m_clock;
    std::unique_ptr<SimServer> m_server;
    std::vector<std::unique_ptr<SimClient>> m_clients;
    std::vector<std::shared_ptr<Wire>> m_lostWires; // half-open: frames may still arrive
    Oracle m_oracle;
    std::vector<QString> m_opportunities; // that exist, or were to be made
    QDate m_day; // whose grants are in force
    QString m_violation;
    quint64 m_trace = 0;
    int m_step = 0;
    // Swarm: each seed enables its own faults.
    int m_dropPercent = 0;
    int m_doublePercent = 0;
    int m_cutPercent = 0;
    int m_crashPercent = 0;
    int m_flipPercent = 0;
    bool m_spoilt = false; // reactions fail in this history
    int m_spoilPercent = 0;
    int m_jumpPercent = 0; // hours that pass, so that the clocks run
    int m_claimPercent = 0; // in some histories everybody is after the same opportunities
};

} // namespace keydesk::sim
