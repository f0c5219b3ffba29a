#pragma once

#include "domain/entities.h"
#include "query/replica_reader.h"
#include "sync/replica_file.h"

#include <QTemporaryDir>

namespace keydesk::test {

// A replica file on disk with rows of the test's choice, and a reader of it: for queries, search
// and models, without any sync. Each change() is one committed change that the reader is told of.
class ReplicaFixture
{
public:
    ReplicaFixture()
        : catalog(makeCatalog())
    {
        DatabaseOptions options;
        options.durable = false;
        auto opened = Database::open(path(), options);
        Q_ASSERT(opened);
        file = std::make_unique<ReplicaFile>(std::shared_ptr<Database>(std::move(*opened)),
                                             catalog);
        [[maybe_unused]] const auto ready = file->open();
        Q_ASSERT(ready);
        reader = std::make_unique<ReplicaReader>(catalog);
        [[maybe_unused]] const auto reading = reader->open(path());
        Q_ASSERT(reading);
    }

    /// Writes the record, new or not.
    template <class T>
    RecordId put(T record)
    {
        if (record.id.isNull())
            record.id = RecordId::fromParts(1'700'000'000'000, 1, quint64(++m_count));
        const EntityInfo &entity = catalog.entity(QString::fromLatin1(Schema<T>::table));
        [[maybe_unused]] const auto done = file->store().put(entity, toRow(record),
                                                             file->store().find(entity, record.id));
        Q_ASSERT(done);
        m_changes.add(entity.name(), record.id);
        return record.id;
    }
    template <class T>
    void erase(const RecordId &id)
    {
        const EntityInfo &entity = catalog.entity(QString::fromLatin1(Schema<T>::table));
        [[maybe_unused]] const auto done = file->store().erase(entity, id);
        Q_ASSERT(done);
        m_changes.add(entity.name(), id);
    }
    template <class T>
    void markPending(const RecordId &id)
    {
        const QString table = QString::fromLatin1(Schema<T>::table);
        [[maybe_unused]] const auto done =
            file->database()
                .query("INSERT INTO pending(tbl, id, local_no, type) VALUES(?,?,1,'EditRecord')")
                .bind(1, table)
                .bind(2, id)
                .run();
        Q_ASSERT(done);
        m_changes.add(table, id);
    }
    /// Tells the reader of everything since the last time.
    void announce() { reader->announce(std::exchange(m_changes, {})); }

    const Catalog catalog;
    std::unique_ptr<ReplicaFile> file;
    std::unique_ptr<ReplicaReader> reader;

private:
    QString path() const { return m_directory.filePath(QStringLiteral("replica-1.db")); }

    QTemporaryDir m_directory;
    ChangeSet m_changes;
    int m_count = 0;
};

} // namespace keydesk::test
