#pragma once

#include "support/sim/program.h"
#include "support/sim/sim_files.h"
#include "support/sim/sim_network.h"

namespace keydesk::sim {

// The replica files of a simulated desktop.
class SimShelf final : public ReplicaShelf
{
public:
    /// A file is made from `image`; if that is empty, table by table like the product's.
    SimShelf(SimFiles &files, const QByteArray &image)
        : m_files(files)
        , m_image(image)
    {
    }
    Result<std::shared_ptr<Database>> open(int k) override
    {
        return m_files.open(nameOf(k), QStringLiteral("replica"), m_image, false);
    }
    void remove(int k) override { m_files.remove(nameOf(k)); }

private:
    static QString nameOf(int k) { return QStringLiteral("replica-%1.db").arg(k); }
    SimFiles &m_files;
    const QByteArray m_image;
};

class SilentSigner final : public DeviceSigner
{
public:
    QByteArray publicKey() const override { return QByteArray(32, 'k'); }
    QByteArray sign(const QByteArray &, const QByteArray &, const QString &,
                    const QString &) const override
    {
        return QByteArray(64, 's');
    }
};

// One desktop of a history: disks that survive, and a process of real Outbox, Replica and
// SyncSession that may die at any yield point.
class SimClient
{
public:
    struct Images
    {
        QByteArray outbox;
        QByteArray replica;
    };
    SimClient(const Program &program, const QString &user, std::unique_ptr<SimFiles> files,
              const Images &images, quint64 seed);

    const Program &program() const { return *m_program; }
    /// From the next start on this program runs here.
    void update(const Program &program) { m_program = &program; }

    /// As the desktop's worker opens it: a replica that cannot be read is loaded anew. False if the
    /// disk is in trouble; then nothing runs.
    bool start(Instant now);
    /// The process dies; the disks keep what they have.
    void crash(bool power = false);
    bool isRunning() const { return m_session != nullptr; }

    const QString &user() const { return m_user; }
    QString device() const
    {
        return m_outbox ? m_outbox->identity(QStringLiteral("device_id")) : QString();
    }
    SyncSession &session() { return *m_session; }
    Replica &replica() { return *m_replica; }
    Outbox &outbox() const { return *m_outbox; }
    ClientPort &port() { return m_port; }

    /// What the clock of this PC shows; it may be years off and drift.
    Instant clock(Instant real) const
    {
        return {real.ms + clockOffset + (real.ms - startedAt.ms) * driftPerMille / 1000};
    }
    /// The disk as it is now, for rollBack().
    void backUp();
    bool hasBackup() const { return !m_backup.isEmpty(); }
    /// The process dies and the disk is put back as it was; the replica, a cache, is not.
    void rollBack();
    /// The desktop's own word for the time, by which commands are dated.
    Instant serverNow(Instant real) const { return m_session->serverNow(clock(real)); }
    /// The administrator gives this person a new one-time code.
    void giveCode();

    Line line;
    qint64 clockOffset = 0;
    qint64 driftPerMille = 0;
    Instant startedAt; // since when it drifts
    bool needsCode = false; // the server does not know this PC any more
    bool rollbackSeen = false; // the server knows less than this PC: somebody has to look

    // What the person saw, for the oracle: verdicts never change, checkpoints never go back.
    std::map<qint64, bool> verdicts; // n -> applied
    QString verdictsOf; // the device that the numbers are of
    qint64 highestCursor = 0;
    QString epoch; // of that cursor
    int checkpoints = 0;
    std::vector<RecordId> makers; // commands that were to make a record, also if they were refused
    RecordId claimed; // the opportunity that the person tried to claim last
    std::set<QString> retried; // commands that the person sent again: as others, with their text
    std::set<QString> dismissed; // commands that the person put aside
    std::set<QString> promised; // commands that were taken: never lost without a word

private:
    const Program *m_program;
    QString m_user;
    quint64 m_seed;
    Result<> open(Instant now);
    Result<> openReplica(Instant now);
    void letGo();
    void login();

    std::unique_ptr<SimFiles> m_files;
    const QByteArray m_outboxImage;
    QByteArray m_backup; // of the outbox
    std::shared_ptr<Database> m_outboxFile;
    SimShelf m_shelf;
    SilentSigner m_signer;
    ClientPort m_port;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<Replica> m_replica;
    std::unique_ptr<SyncSession> m_session;
};

} // namespace keydesk::sim
