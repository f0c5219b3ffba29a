#pragma once

#include "schema/catalog.h"
#include "store/database.h"

#include <QHash>
#include <QSet>

namespace keydesk {

// The tables, columns and indexes of entities in SQL, and which of them a database has. What there
// is is asked once: each change of the tables has every statement compiled anew.

/// Names of all tables and indexes.
QSet<QString> namesIn(Database &database);
/// Columns by table, without the tables of the full text.
QHash<QString, QSet<QString>> columnsIn(Database &database);

/// What makes the entity's table, or what an older program's one lacks.
QByteArray tableDdl(const EntityInfo &entity, const QSet<QString> &existingColumns);
/// What is missing of the entity's indexes and its full text.
QByteArray indexDdl(const EntityInfo &entity, bool searchable, const QSet<QString> &existing);
/// By bucket, for those who pull it, and by the key that people know it by.
bool hasOwnIndex(const EntityInfo &entity, int column);

} // namespace keydesk
