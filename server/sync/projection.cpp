#include "sync/projection.h"

#include "base/fault.h"

namespace keydesk {

namespace {

// reliability.md, "Masking": phone 138****5678, id 110***********1234, name its first character.
QString maskedText(const FieldInfo &field, const QString &text)
{
    if (field.kind == Kind::Phone && text.size() >= 7)
        return text.left(3) + QStringLiteral("****") + text.right(4);
    if (text.size() >= 15)
        return text.left(3) + QString(text.size() - 7, QLatin1Char('*')) + text.right(4);
    return text.left(1) + QStringLiteral("**");
}

} // namespace

Cell maskedCell(const FieldInfo &field, const Cell &cell, Profile profile)
{
    if (profile == Profile::Full || cell.isEmpty())
        return cell;
    if (field.kind == Kind::Phone && fault::planted(fault::Unmasked))
        return cell;
    if (field.has(FieldFlag::Confidential))
        return {};
    if (!field.has(FieldFlag::Personal))
        return cell;
    return cell.isText() ? Cell(maskedText(field, cell.text())) : Cell();
}

Projection::Projection(const Catalog &catalog, const Columns &columns)
{
    for (const EntityColumns &asked : columns.entities) {
        Known known{catalog.find(asked.entity), {}};
        for (const QString &column : asked.columns)
            known.columns.push_back(known.info ? known.info->indexOf(column) : -1);
        m_numbers.insert(asked.entity, int(m_entities.size()));
        m_entities.push_back(std::move(known));
    }
    for (const EntityInfo &entity : catalog.entities()) {
        if (!m_numbers.contains(entity.name()))
            m_unknownThere.push_back(&entity);
    }
}

Row Projection::cells(int number, const Row &row, Profile profile) const
{
    const Known &known = m_entities[std::size_t(number)];
    Row cells;
    cells.reserve(known.columns.size());
    for (int column : known.columns) {
        if (column < 0)
            cells.emplace_back();
        else
            cells.push_back(maskedCell(known.info->fields()[std::size_t(column)],
                                       row[std::size_t(column)], profile));
    }
    return cells;
}

} // namespace keydesk
