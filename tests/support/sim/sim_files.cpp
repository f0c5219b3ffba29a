#include "support/sim/sim_files.h"

#include <QtEndian>

namespace keydesk::sim {

using namespace Qt::StringLiterals;

SpareConnections::~SpareConnections()
{
    for (const auto &[kind, idle] : m_idle)
        qDeleteAll(idle);
}

std::shared_ptr<Database> SpareConnections::lend(const QString &kind, const QByteArray &image)
{
    auto &idle = m_idle[kind];
    Database *spare = nullptr;
    if (!idle.empty()) {
        spare = idle.back();
        idle.pop_back();
        refill(*spare, image);
    } else {
        const QString path = u"spare/%1-%2"_s.arg(kind).arg(++m_count);
        m_disk.put(path, image);
        DatabaseOptions options;
        options.durable = false;
        options.inMemory = true; // no write-ahead log
        auto opened = Database::open(path, options);
        Q_ASSERT(opened);
        [[maybe_unused]] const auto set = (*opened)->execute("PRAGMA journal_mode=MEMORY");
        Q_ASSERT(set);
        spare = opened->release();
    }
    return {spare, [this, kind](Database *database) {
                if (database->inTransaction())
                    (void)database->execute("ROLLBACK");
                m_idle[kind].push_back(database);
            }};
}

// The change counter at byte 24 tells SQLite that its pages are another's; the schema's number
// stays, and with it the prepared statements.
void SpareConnections::refill(Database &lent, const QByteArray &image)
{
    if (lent.inTransaction())
        (void)lent.execute("ROLLBACK");
    QByteArray content = image;
    if (content.size() >= 100) {
        const quint32 counter = 0x40000000u + ++m_contents * 4096u;
        qToBigEndian(counter, content.data() + 24);
        qToBigEndian(counter, content.data() + 92);
    }
    m_disk.put(lent.path(), content);
}

Result<std::shared_ptr<Database>> MemoryFiles::open(const QString &name, const QString &kind,
                                                    const QByteArray &image, bool durable)
{
    Q_UNUSED(kind)
    Q_UNUSED(durable)
    auto &file = m_open[name];
    if (!file)
        file = Database::openInMemory(image);
    return file;
}

void MemoryFiles::died(bool power)
{
    Q_UNUSED(power)
    for (const auto &[name, file] : m_open) {
        if (file->inTransaction())
            (void)file->execute("ROLLBACK");
    }
}

void MemoryFiles::replace(const QString &name, const QByteArray &image)
{
    m_open[name] = Database::openInMemory(image);
}

Result<std::shared_ptr<Database>> LentFiles::open(const QString &name, const QString &kind,
                                                  const QByteArray &image, bool durable)
{
    Q_UNUSED(durable)
    auto &file = m_open[name];
    if (!file)
        file = m_spares.lend(kind, image);
    return file;
}

void LentFiles::died(bool power)
{
    Q_UNUSED(power)
    for (const auto &[name, file] : m_open) {
        if (file->inTransaction())
            (void)file->execute("ROLLBACK");
    }
}

void LentFiles::replace(const QString &name, const QByteArray &image)
{
    if (const auto file = m_open.find(name); file != m_open.end())
        m_spares.refill(*file->second, image);
}

Result<std::shared_ptr<Database>> DiskFiles::open(const QString &name, const QString &kind,
                                                  const QByteArray &image, bool durable)
{
    Q_UNUSED(kind)
    const QString path = m_machine + name;
    if (!m_disk.contains(path) && !image.isEmpty()) {
        m_disk.put(path, image);
        m_disk.kill(path); // from here on its writes are remembered
    }
    DatabaseOptions options;
    options.durable = durable;
    auto opened = Database::open(path, options);
    if (!opened)
        return opened.error();
    return std::shared_ptr<Database>(std::move(*opened));
}

void DiskFiles::died(bool power)
{
    if (power)
        m_disk.cutPower(m_machine, m_random);
    else
        m_disk.kill(m_machine);
}

void DiskFiles::replace(const QString &name, const QByteArray &image)
{
    m_disk.remove(m_machine + name);
    m_disk.put(m_machine + name, image);
    m_disk.kill(m_machine + name);
}

} // namespace keydesk::sim
