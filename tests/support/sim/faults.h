#pragma once

#include <QRandomGenerator>

namespace keydesk::sim {

// Which faults a history has and how often. Each seed enables its own (swarm): all at once would
// hide what one alone does.
struct Faults
{
    // Frames and connections.
    int dropPercent = 0;
    int doublePercent = 0;
    int cutPercent = 0; // half of them half-open: the server does not notice
    int linePercent = 0; // one-way and whole partitions, lines that clog and unclog in turn
    bool slowReaders = false; // desktops that take few of the frames that wait for them
    bool wild = false; // somebody speaks the protocol in any order

    // Processes and disks.
    int crashPercent = 0;
    bool onDisk = false; // real files and write-ahead logs; else only memory that is rolled back
    int powerPercent = 0; // of the deaths: what was not synced is lost or torn
    int troublePercent = 0; // EIO of a write, of a sync, a full disk
    bool emptyReplicas = false; // first loads build their tables themselves

    // The world.
    int flipPercent = 4;
    int spoilPercent = 0; // reactions that fail
    int jumpPercent = 0; // hours that pass, so that the clocks run
    int claimPercent = 15; // in some histories everybody is after the same opportunities
    bool roles = false; // people change roles and teams
    bool clocks = false; // desktops' clocks are years off and drift, the server's jumps
    bool poison = false; // commands of newer programs, without sense, too large, not theirs

    // Programs of several versions, which are updated one by one (T36).
    bool skew = false;

    // What somebody put back.
    bool restores = false; // the server from an older backup, with a new epoch
    bool keepsEpoch = false; // by hand: the epoch stays until somebody notices
    bool copies = false; // a desktop's disk as it was before: a cloned device

    /// `versions` decides on programs alone, so that the other faults of a seed are always the
    /// same.
    static Faults of(QRandomGenerator64 &random, QRandomGenerator64 &versions)
    {
        const auto pick = [&](int below) { return int(random.bounded(below)); };
        const auto chance = [&](int percent) { return pick(100) < percent; };
        Faults faults;
        faults.dropPercent = chance(50) ? pick(12) : 0;
        faults.doublePercent = chance(50) ? pick(10) : 0;
        faults.cutPercent = chance(60) ? pick(8) : 0;
        faults.linePercent = chance(30) ? 2 + pick(6) : 0;
        faults.slowReaders = chance(15);
        faults.wild = chance(15);
        faults.crashPercent = chance(60) ? pick(10) : 0;
        faults.onDisk = chance(12);
        faults.powerPercent = faults.onDisk && chance(70) ? 50 : 0;
        faults.troublePercent = faults.onDisk && chance(50) ? 1 + pick(4) : 0;
        faults.emptyReplicas = faults.onDisk && chance(30);
        faults.flipPercent = 4 + pick(12);
        faults.spoilPercent = chance(10) ? 10 : 0;
        faults.jumpPercent = chance(50) ? 1 + pick(5) : 0;
        faults.claimPercent = chance(25) ? 70 : 15;
        faults.roles = chance(25);
        faults.clocks = chance(20);
        faults.poison = chance(20);
        faults.restores = chance(12);
        faults.keepsEpoch = faults.restores && chance(30);
        faults.copies = chance(10);
        faults.skew = versions.bounded(100) >= 80;
        return faults;
    }
    /// People come and go and change what they are, customers change hands; some desktops die, some
    /// lines break. Everything on disks, so that there are bytes to look at.
    static Faults ofGrants(QRandomGenerator64 &random)
    {
        const auto pick = [&](int below) { return int(random.bounded(below)); };
        Faults faults;
        faults.onDisk = true;
        faults.emptyReplicas = pick(4) == 0;
        faults.flipPercent = 12 + pick(10);
        faults.roles = pick(3) > 0;
        faults.jumpPercent = 2 + pick(5);
        faults.claimPercent = 25;
        faults.cutPercent = pick(2) == 0 ? pick(8) : 0;
        faults.crashPercent = pick(3) == 0 ? pick(8) : 0;
        return faults;
    }
    /// No faults from here on; what people and the server do goes on.
    void cease()
    {
        const Faults quiet;
        const int claims = claimPercent;
        *this = quiet;
        claimPercent = claims;
    }
};

} // namespace keydesk::sim
