#pragma once

#include "store/database.h"
#include "support/sim/sim_disk.h"

namespace keydesk::sim {

// Connections that outlive the histories that use them, with their prepared statements: parsing
// those anew cost half of each history. Lends each with the content its borrower asks for.
class SpareConnections
{
public:
    explicit SpareConnections(SimDisk &disk)
        : m_disk(disk)
    {
    }
    ~SpareConnections();
    /// A connection to a database of this content. `kind` names a schema: those of one kind share
    /// their connections.
    std::shared_ptr<Database> lend(const QString &kind, const QByteArray &image);
    /// Gives a lent database another content.
    void refill(Database &lent, const QByteArray &image);

private:
    SimDisk &m_disk;
    std::map<QString, std::vector<Database *>> m_idle;
    int m_count = 0;
    quint32 m_contents = 0;
};

// Where a simulated process keeps its databases. They outlive it; the process opens them anew.
class SimFiles
{
public:
    virtual ~SimFiles() = default;
    /// Opens the file, made from `image` if it is missing.
    virtual Result<std::shared_ptr<Database>> open(const QString &name, const QString &kind,
                                                   const QByteArray &image, bool durable) = 0;
    virtual void remove(const QString &name) = 0;
    /// The process has died; all that it had open must have been let go of. `power` lost as well.
    virtual void died(bool power) = 0;
    /// The whole content, as a backup takes it; replace() while nobody has the file open.
    virtual void replace(const QString &name, const QByteArray &image) = 0;
};

// Databases in memory, made for one process and gone with it.
class MemoryFiles final : public SimFiles
{
public:
    Result<std::shared_ptr<Database>> open(const QString &name, const QString &kind,
                                           const QByteArray &image, bool durable) override;
    void remove(const QString &name) override { m_open.erase(name); }
    void died(bool power) override;
    void replace(const QString &name, const QByteArray &image) override;

private:
    std::map<QString, std::shared_ptr<Database>> m_open;
};

// Lent connections: as fast as can be. A death undoes what was not committed and nothing else.
class LentFiles final : public SimFiles
{
public:
    explicit LentFiles(SpareConnections &spares)
        : m_spares(spares)
    {
    }
    Result<std::shared_ptr<Database>> open(const QString &name, const QString &kind,
                                           const QByteArray &image, bool durable) override;
    void remove(const QString &name) override { m_open.erase(name); }
    void died(bool power) override;
    void replace(const QString &name, const QByteArray &image) override;

private:
    SpareConnections &m_spares;
    std::map<QString, std::shared_ptr<Database>> m_open;
};

// Files on a simulated disk, opened as the product opens them, with their write-ahead log: a death
// leaves what the disk has.
class DiskFiles final : public SimFiles
{
public:
    /// `machine` ends with a slash.
    DiskFiles(SimDisk &disk, QString machine, QRandomGenerator64 &random)
        : m_disk(disk)
        , m_machine(std::move(machine))
        , m_random(random)
    {
        m_disk.remove(m_machine);
        m_disk.setTrouble(m_machine, SimDisk::Trouble::None);
    }
    ~DiskFiles() override { m_disk.remove(m_machine); }
    Result<std::shared_ptr<Database>> open(const QString &name, const QString &kind,
                                           const QByteArray &image, bool durable) override;
    void remove(const QString &name) override { m_disk.remove(m_machine + name); }
    void died(bool power) override;
    void replace(const QString &name, const QByteArray &image) override;

private:
    SimDisk &m_disk;
    const QString m_machine;
    QRandomGenerator64 &m_random;
};

} // namespace keydesk::sim
