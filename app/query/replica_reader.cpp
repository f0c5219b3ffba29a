#include "query/replica_reader.h"

#include "query/sort_functions.h"

#include <QLoggingCategory>
#include <QPointer>

Q_LOGGING_CATEGORY(lcReader, "keydesk.query.reader", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

Result<std::unique_ptr<Database>> openReadOnly(const QString &path)
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    auto opened = Database::open(path, options);
    if (!opened)
        return opened;
    if (auto defined = defineSortFunctions(**opened); !defined)
        return defined.error();
    return opened;
}

} // namespace

// The reading thread's end: its own connection, used there alone.
class ReplicaReader::Reading final : public QObject
{
public:
    void open(const QString &path)
    {
        m_database.reset();
        auto opened = openReadOnly(path);
        if (opened)
            m_database = std::move(*opened);
        else
            qCWarning(lcReader) << "not readable:" << opened.error().key() << opened.error().args;
    }
    void close() { m_database.reset(); }
    void run(const Work &work)
    {
        if (m_database)
            work(*m_database);
    }

private:
    std::unique_ptr<Database> m_database;
};

ReplicaReader::ReplicaReader(const Catalog &catalog, QObject *parent)
    : QObject(parent)
    , m_catalog(catalog)
    , m_thread("keydesk-reading")
    , m_reading(new Reading)
{
    m_thread.adopt(m_reading);
}

Result<> ReplicaReader::open(const QString &path)
{
    auto opened = openReadOnly(path);
    if (!opened)
        return opened.error();
    m_store.reset();
    m_database = std::move(*opened);
    m_store = std::make_unique<RowStore>(*m_database, m_catalog);
    QMetaObject::invokeMethod(m_reading, [reading = m_reading, path] { reading->open(path); });
    announce(ChangeSet::everything());
    return {};
}

void ReplicaReader::close()
{
    if (!m_database)
        return;
    m_store.reset();
    m_database.reset();
    QMetaObject::invokeMethod(m_reading, [reading = m_reading] { reading->close(); });
    announce(ChangeSet::everything());
}

std::optional<Row> ReplicaReader::findRow(const QString &entity, const RecordId &id) const
{
    const EntityInfo *info = m_catalog.find(entity);
    if (!info || !m_store || id.isNull())
        return std::nullopt;
    auto row = m_store->find(*info, id);
    if (row && !(*row)[common_column::DeletedAt].isNull())
        return std::nullopt;
    return row;
}

bool ReplicaReader::isPending(const QString &entity, const RecordId &id) const
{
    if (!m_database)
        return false;
    Query query = m_database->query("SELECT 1 FROM pending WHERE tbl=? AND id=?");
    query.bind(1, entity).bind(2, id);
    return query.next();
}

QSet<QString> ReplicaReader::pendingIds(const QString &entity) const
{
    QSet<QString> ids;
    if (!m_database)
        return ids;
    Query query = m_database->query("SELECT id FROM pending WHERE tbl=?");
    query.bind(1, entity);
    while (query.next())
        ids.insert(query.text(0));
    return ids;
}

void ReplicaReader::inBackground(QObject *context, Work work, std::function<void()> done)
{
    if (!m_database)
        return;
    QMetaObject::invokeMethod(m_reading,
                              [this, reading = m_reading, context = QPointer<QObject>(context),
                               work = std::move(work), done = std::move(done)] {
                                  reading->run(work);
                                  // Back on this object's thread, where alone `context` may be
                                  // looked at.
                                  QMetaObject::invokeMethod(this, [context, done] {
                                      if (context)
                                          done();
                                  });
                              });
}

void ReplicaReader::announce(const ChangeSet &changes)
{
    Q_EMIT changed(changes);
}

} // namespace keydesk
