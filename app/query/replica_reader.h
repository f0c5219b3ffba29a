#pragma once

#include "base/event_thread.h"
#include "store/transaction.h"

#include <QObject>
#include <QSet>

#include <functional>

namespace keydesk {

// What the user interface reads the local picture through: read-only connections to the current
// replica file, one for the GUI thread, one on a reading thread for whatever may take longer than a
// frame. Tells what changed. Never writes.
class ReplicaReader final : public QObject
{
    Q_OBJECT

public:
    explicit ReplicaReader(const Catalog &catalog, QObject *parent = nullptr);

    /// Reads from this file from now on; changed(everything) follows.
    Result<> open(const QString &path);
    /// Forgets the file: nothing is shown any more.
    void close();
    bool isOpen() const { return m_database != nullptr; }

    const Catalog &catalog() const { return m_catalog; }
    /// For short reads on the GUI thread only. Must be open.
    RowStore &store() const { return *m_store; }

    /// The living record, or nothing: absent, out of scope or deleted.
    std::optional<Row> findRow(const QString &entity, const RecordId &id) const;
    template <class T>
    std::optional<T> find(const RecordId &id) const
    {
        const auto row = findRow(QString::fromLatin1(Schema<T>::table), id);
        if (!row)
            return std::nullopt;
        return fromRow<T>(*row);
    }

    /// Whether a command on this row waits for the server: 待同步.
    bool isPending(const QString &entity, const RecordId &id) const;
    /// All such rows of an entity.
    QSet<QString> pendingIds(const QString &entity) const;

    using Work = std::function<void(Database &)>;
    /// Runs `work` on the reading thread, after what was asked before it, then `done` here unless
    /// `context` is gone. Nothing happens while the reader is closed.
    void inBackground(QObject *context, Work work, std::function<void()> done);

    /// The sync side committed these changes.
    void announce(const ChangeSet &changes);

Q_SIGNALS:
    void changed(const keydesk::ChangeSet &changes);

private:
    class Reading;

    const Catalog &m_catalog;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<RowStore> m_store;
    EventThread m_thread;
    Reading *m_reading; // lives and dies on m_thread
};

} // namespace keydesk
