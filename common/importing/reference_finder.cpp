#include "importing/reference_finder.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostKnown = 20'000; // texts; a file of people has few different references

} // namespace

Result<RecordId> ReferenceFinder::find(const QString &entity, const QString &text)
{
    const EntityInfo &info = m_store.catalog().entity(entity);
    const QString name = entity + u'\n' + text;
    auto known = m_known.find(name);
    if (known == m_known.end()) {
        if (m_known.size() >= mostKnown)
            m_known.clear();
        known = m_known.insert(name, search(info, text));
    }
    if (known->empty())
        return Error("import.no_match"_reason, {text, info.label().argument()});
    if (known->size() > 1)
        return Error("reference.ambiguous"_reason, {info.label().argument(), text});
    return known->front();
}

std::vector<RecordId> ReferenceFinder::search(const EntityInfo &info, const QString &text)
{
    if (RecordId::looksLike(text))
        return living(info, "id = ?", text);
    QByteArrayList conditions;
    for (const int column : {info.keyColumn(), info.titleColumn()}) {
        if (column >= 0)
            conditions.append(info.fields()[std::size_t(column)].name.toLatin1() + " = ?");
    }
    if (info.indexOf(u"aliases"_s) >= 0)
        conditions.append("instr(lower(',' || aliases || ','), ',' || lower(?) || ',') > 0");
    for (const QByteArray &condition : std::as_const(conditions)) {
        if (auto found = living(info, condition, text); !found.empty())
            return found;
    }
    return {};
}

std::vector<RecordId> ReferenceFinder::living(const EntityInfo &info, const QByteArray &condition,
                                              const QString &text)
{
    std::vector<RecordId> ids;
    for (const Row &row :
         m_store.select(info, "deleted_at IS NULL AND " + condition + " ORDER BY id LIMIT 2",
                        {Cell(text)}))
        ids.emplace_back(row[common_column::Id].text());
    return ids;
}

} // namespace keydesk
