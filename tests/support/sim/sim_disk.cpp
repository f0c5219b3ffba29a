#include "support/sim/sim_disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace keydesk::sim {

namespace {

constexpr qint64 sector = 512;

} // namespace

// What is in a file now, what would be left of it without power, and what was written in between.
struct SimDisk::File
{
    struct Write
    {
        qint64 offset; // -1: cut to the length of `size`
        QByteArray bytes;
        qint64 size;
    };
    QString path;
    QByteArray data;
    QByteArray synced;
    std::vector<Write> unsynced;
    std::vector<std::unique_ptr<char[]>> shared; // of the write-ahead log's index
    // A spare connection's file is never cut off from power: nothing need be remembered.
    bool remembers = true;

    void write(qint64 offset, const char *bytes, qint64 count)
    {
        if (data.size() < offset + count)
            data.append(offset + count - data.size(), '\0');
        std::memcpy(data.data() + offset, bytes, std::size_t(count));
        if (remembers)
            unsynced.push_back({offset, QByteArray(bytes, count), 0});
    }
    void truncate(qint64 size)
    {
        data.resize(size);
        if (remembers)
            unsynced.push_back({-1, {}, size});
    }
    void sync()
    {
        if (!remembers || unsynced.empty())
            return;
        synced = data;
        unsynced.clear();
    }
    // The content after the power failed.
    QByteArray remains(QRandomGenerator64 &random) const
    {
        QByteArray left = synced;
        for (const Write &write : unsynced) {
            const quint32 fate = random.bounded(100u);
            if (fate < 35)
                continue;
            if (write.offset < 0) {
                left.resize(write.size);
                continue;
            }
            qint64 count = write.bytes.size();
            if (fate < 55 && count > sector)
                count = sector * qint64(random.bounded(quint32(count / sector)));
            if (left.size() < write.offset + count)
                left.append(write.offset + count - left.size(), '\0');
            std::memcpy(left.data() + write.offset, write.bytes.constData(), std::size_t(count));
        }
        return left;
    }
};

// SQLite's side: plain functions over its own structures.
struct SimDisk::Vfs
{
    struct Handle
    {
        sqlite3_file base;
        SimDisk *disk;
        std::shared_ptr<File> *file;
    };
    static Handle &handle(sqlite3_file *file) { return *reinterpret_cast<Handle *>(file); }
    static File &of(sqlite3_file *file) { return **handle(file).file; }
    static SimDisk &disk(sqlite3_vfs *vfs) { return *static_cast<SimDisk *>(vfs->pAppData); }

    static int open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *given);
    static int remove(sqlite3_vfs *vfs, const char *name, int)
    {
        const QString path = QString::fromUtf8(name);
        SimDisk &here = disk(vfs);
        if (!here.m_dead.contains(path.left(path.indexOf(u'/') + 1)))
            here.m_files.erase(path);
        return SQLITE_OK;
    }
    static int access(sqlite3_vfs *vfs, const char *name, int, int *result)
    {
        *result = disk(vfs).contains(QString::fromUtf8(name)) ? 1 : 0;
        return SQLITE_OK;
    }
    static int fullName(sqlite3_vfs *, const char *name, int size, char *full)
    {
        return qstrlen(name) < std::size_t(size) && qstrncpy(full, name, std::size_t(size))
            ? SQLITE_OK
            : SQLITE_CANTOPEN;
    }
    static int randomness(sqlite3_vfs *, int size, char *bytes)
    {
        std::memset(bytes, 7, std::size_t(size));
        return size;
    }
    static int sleep(sqlite3_vfs *, int microseconds) { return microseconds; }
    static int currentTime(sqlite3_vfs *, double *days)
    {
        *days = 2460000.5;
        return SQLITE_OK;
    }
    static int lastError(sqlite3_vfs *, int, char *) { return 0; }

    static int close(sqlite3_file *file)
    {
        delete handle(file).file;
        return SQLITE_OK;
    }
    static int read(sqlite3_file *file, void *to, int count, sqlite3_int64 offset)
    {
        const QByteArray &data = of(file).data;
        const qint64 there = std::clamp<qint64>(data.size() - offset, 0, count);
        if (there > 0)
            std::memcpy(to, data.constData() + offset, std::size_t(there));
        if (there == count)
            return SQLITE_OK;
        std::memset(static_cast<char *>(to) + there, 0, std::size_t(count - there));
        return SQLITE_IOERR_SHORT_READ;
    }
    static int write(sqlite3_file *file, const void *from, int count, sqlite3_int64 offset)
    {
        Trouble kind = Trouble::None;
        if (handle(file).disk->strikes(of(file).path, false, kind))
            return kind == Trouble::Full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
        of(file).write(offset, static_cast<const char *>(from), count);
        return SQLITE_OK;
    }
    static int truncate(sqlite3_file *file, sqlite3_int64 size)
    {
        of(file).truncate(size);
        return SQLITE_OK;
    }
    static int sync(sqlite3_file *file, int)
    {
        Trouble kind = Trouble::None;
        if (handle(file).disk->strikes(of(file).path, true, kind))
            return SQLITE_IOERR_FSYNC;
        of(file).sync();
        return SQLITE_OK;
    }
    static int size(sqlite3_file *file, sqlite3_int64 *size)
    {
        *size = of(file).data.size();
        return SQLITE_OK;
    }
    static int lock(sqlite3_file *, int) { return SQLITE_OK; }
    static int reserved(sqlite3_file *, int *result)
    {
        *result = 0;
        return SQLITE_OK;
    }
    static int control(sqlite3_file *, int, void *) { return SQLITE_NOTFOUND; }
    static int sectorSize(sqlite3_file *) { return int(sector); }
    static int characteristics(sqlite3_file *) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }
    static int map(sqlite3_file *file, int region, int size, int extend, void volatile **memory)
    {
        auto &shared = of(file).shared;
        while (extend && shared.size() <= std::size_t(region)) {
            shared.push_back(std::make_unique<char[]>(std::size_t(size)));
            std::memset(shared.back().get(), 0, std::size_t(size));
        }
        *memory = shared.size() > std::size_t(region) ? shared[std::size_t(region)].get() : nullptr;
        return SQLITE_OK;
    }
    static int lockMemory(sqlite3_file *, int, int, int) { return SQLITE_OK; }
    static void barrier(sqlite3_file *) { }
    static int unmap(sqlite3_file *file, int forGood)
    {
        if (forGood)
            of(file).shared.clear();
        return SQLITE_OK;
    }

    static const sqlite3_io_methods methods;
};

const sqlite3_io_methods SimDisk::Vfs::methods = {
    2,     close,    read,    write,      truncate,        sync, size,       lock,
    lock,  reserved, control, sectorSize, characteristics, map,  lockMemory, barrier,
    unmap, nullptr,  nullptr,
};

int SimDisk::Vfs::open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                       int *given)
{
    file->pMethods = nullptr;
    SimDisk &here = disk(vfs);
    std::shared_ptr<File> opened;
    if (!name) {
        opened = std::make_shared<File>();
        opened->remembers = false;
    } else {
        const QString path = QString::fromUtf8(name);
        here.m_dead.remove(path.left(path.indexOf(u'/') + 1));
        auto &entry = here.m_files[path];
        if (!entry && !(flags & SQLITE_OPEN_CREATE)) {
            here.m_files.erase(path);
            return SQLITE_CANTOPEN;
        }
        if (!entry) {
            entry = std::make_shared<File>();
            entry->path = path;
        }
        opened = entry;
    }
    handle(file).disk = &here;
    handle(file).file = new std::shared_ptr<File>(std::move(opened));
    file->pMethods = &methods;
    if (given)
        *given = flags;
    return SQLITE_OK;
}

SimDisk::SimDisk()
    : m_vfs(std::make_unique<sqlite3_vfs>())
{
    *m_vfs = {};
    m_vfs->iVersion = 1;
    m_vfs->szOsFile = sizeof(Vfs::Handle);
    m_vfs->mxPathname = 512;
    m_vfs->zName = "keydesk-sim";
    m_vfs->pAppData = this;
    m_vfs->xOpen = Vfs::open;
    m_vfs->xDelete = Vfs::remove;
    m_vfs->xAccess = Vfs::access;
    m_vfs->xFullPathname = Vfs::fullName;
    m_vfs->xRandomness = Vfs::randomness;
    m_vfs->xSleep = Vfs::sleep;
    m_vfs->xCurrentTime = Vfs::currentTime;
    m_vfs->xGetLastError = Vfs::lastError;
    sqlite3_vfs_register(m_vfs.get(), 1);
}

SimDisk::~SimDisk()
{
    sqlite3_vfs_unregister(m_vfs.get());
}

void SimDisk::put(const QString &path, const QByteArray &content)
{
    auto &file = m_files[path];
    if (!file)
        file = std::make_shared<File>();
    // Spare connections live on over it, so the same file gets another content.
    file->path = path;
    file->data = file->synced = content;
    file->unsynced.clear();
    file->remembers = false;
}

std::map<QString, QByteArray> SimDisk::contents(const QString &prefix) const
{
    std::map<QString, QByteArray> contents;
    for (const auto &[path, file] : m_files) {
        if (path.startsWith(prefix))
            contents[path] = file->data;
    }
    return contents;
}

void SimDisk::remove(const QString &prefix)
{
    for (auto file = m_files.lower_bound(prefix);
         file != m_files.end() && file->first.startsWith(prefix);)
        file = m_files.erase(file);
}

void SimDisk::kill(const QString &prefix)
{
    m_dead.insert(prefix);
    for (auto file = m_files.lower_bound(prefix);
         file != m_files.end() && file->first.startsWith(prefix); ++file) {
        auto left = std::make_shared<File>();
        left->path = file->second->path;
        left->data = file->second->data;
        left->synced = file->second->synced;
        left->unsynced = file->second->unsynced;
        file->second = std::move(left);
    }
}

void SimDisk::cutPower(const QString &prefix, QRandomGenerator64 &random)
{
    m_dead.insert(prefix);
    for (auto file = m_files.lower_bound(prefix);
         file != m_files.end() && file->first.startsWith(prefix); ++file) {
        auto left = std::make_shared<File>();
        left->path = file->second->path;
        left->data = left->synced = file->second->remains(random);
        file->second = std::move(left);
    }
}

void SimDisk::setTrouble(const QString &prefix, Trouble trouble, int after)
{
    m_machines[prefix] = {trouble, after, false};
}

bool SimDisk::hasStruck(const QString &prefix) const
{
    const auto machine = m_machines.find(prefix);
    return machine != m_machines.end() && machine->second.struck;
}

bool SimDisk::strikes(const QString &path, bool syncs, Trouble &kind)
{
    if (m_machines.empty())
        return false;
    const auto machine = m_machines.find(path.left(path.indexOf(u'/') + 1));
    if (machine == m_machines.end() || machine->second.trouble == Trouble::None)
        return false;
    kind = machine->second.trouble;
    if (syncs != (kind == Trouble::SyncFails) || machine->second.after-- > 0)
        return false;
    machine->second.struck = true;
    return true;
}

} // namespace keydesk::sim
