#pragma once

#include "query/replica_reader.h"

#include <QHash>

namespace keydesk {

// What references are called: the names of staff, accounts, products, areas by id, kept while they
// hold. For the GUI thread; a name costs microseconds the first time and nothing afterwards.
class RecordLookup final : public QObject
{
    Q_OBJECT

public:
    explicit RecordLookup(ReplicaReader &reader, QObject *parent = nullptr);

    /// Name, title or business key of the record; empty if it is not here.
    QString title(const QString &entity, const QString &id) const;
    ReplicaReader &reader() const { return m_reader; }

Q_SIGNALS:
    /// Names that were given out may be others now.
    void titlesChanged(const QSet<QString> &entities);

private:
    void onChanged(const ChangeSet &changes);

    ReplicaReader &m_reader;
    mutable QHash<QString, QHash<QString, QString>> m_titles; // entity -> id -> title
};

} // namespace keydesk
