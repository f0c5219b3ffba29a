#pragma once

#include "support/histories/nemesis.h"

namespace keydesk::blackbox {

// One history: a demo office of its own, one workload and one nemesis for a bounded time, then
// peace, everybody's last look and the master's own order. What it finds stands in problems().
class HistoryRun
{
public:
    struct Programs
    {
        QString desktop;
        QString server;
        QString office; // the data of a demo office that nobody serves; each run copies it
    };
    HistoryRun(Programs programs, std::unique_ptr<Workload> workload, Nemesis::Kind nemesis,
               quint32 seed);
    ~HistoryRun();

    /// Works for so many milliseconds; false when the run could not be made, see problems().
    bool run(int milliseconds);
    /// Checks what was recorded.
    void check();
    /// Anomalies, or why there is no result; empty: all is well.
    const Anomalies &problems() const { return m_problems; }
    const History &history() const { return m_recorder.history(); }
    /// One line of numbers for the report.
    QString summary() const;

private:
    bool open();
    bool prepare();
    bool bringAbout(const std::vector<std::pair<int, Wish>> &todo);
    bool workUnderFaults(int milliseconds);
    bool everybodyLooks(int times);
    bool calmDown();
    bool readMaster();
    void lookForResidue();
    bool fail(const QString &why);

    const Programs m_programs;
    std::unique_ptr<Workload> m_workload;
    const Nemesis::Kind m_nemesis;
    QRandomGenerator m_random;
    std::unique_ptr<ServerProcess> m_server;
    Site m_site;
    Recorder m_recorder;
    Anomalies m_problems;
    int m_strikes = 0;
    qint64 m_worked = 0; // ms
    qint64 m_calmed = 0; // ms until everybody stood at the head after the last fault
};

} // namespace keydesk::blackbox
