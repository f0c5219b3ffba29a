#include "query/record_lookup.h"

namespace keydesk {

RecordLookup::RecordLookup(ReplicaReader &reader, QObject *parent)
    : QObject(parent)
    , m_reader(reader)
{
    connect(&m_reader, &ReplicaReader::changed, this, &RecordLookup::onChanged);
}

QString RecordLookup::title(const QString &entity, const QString &id) const
{
    if (id.isEmpty() || !m_reader.isOpen())
        return {};
    QHash<QString, QString> &known = m_titles[entity];
    if (const auto found = known.constFind(id); found != known.constEnd())
        return *found;
    const EntityInfo *info = m_reader.catalog().find(entity);
    if (!info || info->titleColumn() < 0)
        return {};
    const QString column = info->fields()[std::size_t(info->titleColumn())].name;
    Query query = m_reader.store().database().query("SELECT " + column.toLatin1() + " FROM "
                                                    + entity.toLatin1() + " WHERE id=?");
    query.bind(1, id);
    QString title = query.next() ? query.text(0) : QString();
    known.insert(id, title);
    return title;
}

void RecordLookup::onChanged(const ChangeSet &changes)
{
    QSet<QString> touched;
    for (auto entity = m_titles.begin(); entity != m_titles.end(); ++entity) {
        if (!m_reader.isOpen() || (changes.touches(entity.key()) && changes.rows().empty())) {
            touched.insert(entity.key());
            entity->clear();
            continue;
        }
        const auto rows = changes.rows().find(entity.key());
        if (rows == changes.rows().end())
            continue;
        touched.insert(entity.key());
        for (const QString &id : rows->second)
            entity->remove(id);
    }
    if (!touched.isEmpty())
        Q_EMIT titlesChanged(touched);
}

} // namespace keydesk
