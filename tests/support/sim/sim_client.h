#pragma once

#include "support/sim/sim_network.h"

namespace keydesk::sim {

// Replica files that survive the process which opened them, as files on a disk do.
class MemoryShelf final : public ReplicaShelf
{
public:
    explicit MemoryShelf(const QByteArray &image)
        : m_image(image)
    {
    }
    Result<std::shared_ptr<Database>> open(int k) override
    {
        auto &file = m_files[k];
        if (!file)
            file = Database::openInMemory(m_image);
        return file;
    }
    void remove(int k) override { m_files.erase(k); }
    void rollbackAll();

private:
    QByteArray m_image; // the tables, made once: a history starts thousands of them
    std::map<int, std::shared_ptr<Database>> m_files;
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
    SimClient(const Catalog &catalog, const CommandRegistry &registry, const QString &user,
              const QByteArray &replicaImage, quint64 seed);

    void start(Instant now);
    /// The process dies; the disks keep what was committed.
    void crash();
    bool isRunning() const { return m_session != nullptr; }

    const QString &user() const { return m_user; }
    QString device() const
    {
        return m_outbox ? m_outbox->identity(QStringLiteral("device_id")) : QString();
    }
    SyncSession &session() { return *m_session; }
    Replica &replica() { return *m_replica; }
    Outbox &outbox() { return *m_outbox; }
    ClientPort &port() { return m_port; }

    // What the person saw, for the oracle: verdicts never change, checkpoints never go back.
    std::map<qint64, bool> verdicts; // n -> applied
    qint64 highestCursor = 0;
    int checkpoints = 0;
    std::vector<RecordId> makers; // commands that were to make a record, also if they were refused
    RecordId claimed; // the opportunity that the person tried to claim last
    std::set<QString> retried; // commands that the person sent again: as others, with their text
    std::set<QString> dismissed; // commands that the person put aside

private:
    const Catalog &m_catalog;
    const CommandRegistry &m_registry;
    QString m_user;
    quint64 m_seed;
    std::shared_ptr<Database> m_outboxFile;
    MemoryShelf m_shelf;
    SilentSigner m_signer;
    ClientPort m_port;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<Replica> m_replica;
    std::unique_ptr<SyncSession> m_session;
};

} // namespace keydesk::sim
