#pragma once

#include "query/replica_reader.h"

#include <QTimer>

namespace keydesk {

// Something read from the replica that stays true: runs in the background, again when one of its
// tables changed, and not twice for one burst of changes. What is read is the subclass's concern.
class LiveReading : public QObject
{
    Q_OBJECT

public:
    explicit LiveReading(ReplicaReader &reader, QObject *parent = nullptr);

    /// Reads again soon, as after a change.
    void refresh();
    /// Reads before it returns, on the calling thread: for short readings and tests.
    void readNow();
    /// A reading is under way or due.
    bool isLoading() const { return m_running || m_due.isActive(); }
    ReplicaReader &reader() const { return m_reader; }

Q_SIGNALS:
    /// A reading has been taken over; also when it changed nothing.
    void finished();

protected:
    /// The tables whose changes concern it.
    void setTables(const QSet<QString> &tables) { m_tables = tables; }
    /// What to run on the reading thread; its answer, called on the GUI thread, takes it over.
    using Reading = std::function<std::function<void()>(Database &)>;
    virtual Reading prepare() = 0;
    /// Something else is to be read: an answer under way is dropped, the new one read at once.
    void restart();
    /// The replica is closed: nothing may be shown.
    virtual void clear() = 0;

private:
    void onChanged(const ChangeSet &changes);
    void start();

    ReplicaReader &m_reader;
    QSet<QString> m_tables;
    QTimer m_due;
    quint64 m_asked = 0; // answers of earlier askings are dropped
    bool m_running = false;
    bool m_again = false;
};

} // namespace keydesk
