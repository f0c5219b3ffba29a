#pragma once

#include "domain/task.h"
#include "support/sim/faults.h"
#include "support/sim/history_watch.h"
#include "support/sim/oracle.h"
#include "support/sim/stage.h"

#include <array>

namespace keydesk::sim {

// One seeded history: a server, a few desktops and a network under the faults of its seed. Then all
// of it heals, or a core does (liveness), and everything must agree. The same seed gives the same
// trace.
class History
{
public:
    /// `watch` outlives the history; may be null.
    History(const Stage &stage, quint64 seed, HistoryWatch *watch = nullptr);
    ~History();

    /// An empty text, or the first violation with the step it was seen at.
    QString run();
    /// A fingerprint of everything that happened.
    quint64 trace() const { return m_trace; }
    int steps() const { return m_step; }
    const Faults &faults() const { return m_had; }
    /// What became of the commands, by type and outcome.
    const Outcomes &outcomes() const { return m_server->outcomes; }
    /// Moves of custody that happened, by kind.
    std::map<QString, int> moves() const;
    /// What the server and the desktops received, by the state they were in.
    const MessageCounts &atServer() const { return m_atServer; }
    const MessageCounts &atDesktops() const { return m_atDesktops; }

private:
    void makeDesktops(quint64 seed);
    void step();
    void networkActs(SimClient &client, int what);

    // What people do at their desktops (history_people.cpp).
    void personActs(SimClient &client);
    CommandCall anyAct(SimClient &client);
    CommandCall appendTag(SimClient &client, const QString &opportunity);
    CommandCall capture(SimClient &client);
    void workOnMadeRecords(SimClient &client);
    void dealWithRefused(SimClient &client);
    void runHere(SimClient &client, const CommandCall &act);

    // The rest of the registry, and what nobody should send (history_acts.cpp).
    CommandCall otherAct(SimClient &client);
    CommandCall taskAct(SimClient &client);
    CommandCall officeAct();
    CommandCall badAct();
    QString anyRow(const char *table);
    QString ownTask(SimClient &client, TaskState state);

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
    CommandCall visitAct();
    void passTime(qint64 milliseconds);
    void jumpInTime();

    // Lines and frames (history_network.cpp).
    void deliver(SimClient &client);
    void connect(SimClient &client);
    void cut(SimClient &client);
    void noteVerdict(SimClient &client, const QByteArray &frame);
    void lineActs();
    void deliverLate();
    void wildActs();
    Message wildMessage(int type);

    // Deaths, disks and backups (history_disasters.cpp).
    void crashClient(SimClient &client);
    void crashServer();
    void afterServerDeath();
    void diskActs();
    void restoreActs();
    void restoreServer();
    bool restoreLate();
    void takeEverybodyBack();
    void rollBack(SimClient &client);
    void startAgain(SimClient &client);
    /// Runs `body`; a planned death inside it becomes a crash of that side.
    void mortal(SimClient *client, const std::function<void()> &body);

    /// A program of the history may be a later one from its next start on.
    const Program &nextOf(const Program &program);
    void afterClient(SimClient &client);
    void workInPeace();
    void atCheckpoint(SimClient &client);
    QString words(const SimClient &client, const QString &plain);
    QString phone(const SimClient &client, const QString &plain);
    QString heal();
    void endFaults();
    bool oneRoundOfHealing();
    QString stuck() const;
    void note(const char *what, quint64 detail = 0);
    int pick(int below) { return int(m_random.bounded(below)); }
    bool chance(int percent) { return m_random.bounded(100) < percent; }
    QString anyOf(const std::vector<QString> &list);
    RecordId freshId();
    CommandCall call(const QString &type, Arguments arguments, int version = 1);
    template <class C>
    CommandCall call(const C &command)
    {
        return call(QString::fromLatin1(C::name), argumentsOf(command), versionOf<C>());
    }
    QString anyOpportunity();
    std::unique_ptr<SimFiles> filesOf(const QString &machine);

    const Stage &m_stage;
    HistoryWatch *const m_watch;
    QRandomGenerator64 m_random;
    QRandomGenerator64 m_versions; // which programs run, and when they are updated
    ManualClock m_clock; // of the server; it may be put back
    ManualClock m_real; // what passes everywhere
    Faults m_faults;
    Faults m_had; // before it healed
    const Program *m_serverRuns;
    std::unique_ptr<SimServer> m_server;
    std::vector<std::unique_ptr<SimClient>> m_clients;
    std::vector<std::shared_ptr<Wire>> m_lostWires; // half-open: frames may still arrive
    std::shared_ptr<Wire> m_wild;
    qint64 m_wildNumber = 0;
    std::vector<SimClient *> m_swizzle; // to clog, then to unclog, one after another
    bool m_unclogs = false;
    Oracle m_oracle;
    std::vector<QString> m_opportunities; // that exist, or were to be made
    QString m_violation;
    MessageCounts m_atServer;
    MessageCounts m_atDesktops;
    quint64 m_trace = 0;
    int m_step = 0;
    bool m_epochKept = false; // somebody put an old file back and told nobody
    bool m_restoredLate = false;
};

} // namespace keydesk::sim
