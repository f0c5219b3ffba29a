#include "commands/edit_record.h"

#include "commands/rights.h"

namespace keydesk {

namespace {

// Both texts stay: what was there first, below it what this person added.
Cell appended(const Cell &current, const Cell &seen, const Cell &wanted)
{
    const QString base = seen.text();
    const QString added = wanted.text().startsWith(base) ? wanted.text().mid(base.size())
                                                         : wanted.text();
    return Cell(current.text() + (current.isEmpty() || added.startsWith(QLatin1Char('\n'))
                                      ? QString()
                                      : QStringLiteral("\n"))
                + added);
}

} // namespace

QStringList conflictingFields(const EntityInfo &entity, const Row &current, const FieldValues &patch,
                              const FieldValues &seen)
{
    QStringList fields;
    for (const auto &[name, wanted] : patch) {
        const int index = entity.indexOf(name);
        const auto looked = seen.find(name);
        if (index < 0 || looked == seen.end())
            continue;
        const Cell &now = current[std::size_t(index)];
        if (entity.fields()[std::size_t(index)].merge == Merge::Ask && now != looked->second
            && now != wanted)
            fields.append(name);
    }
    return fields;
}

Result<> EditRecord::permit(CommandContext &context) const
{
    const EntityInfo *info = context.tx.catalog().find(entity);
    if (!info)
        return Error("entity.unknown"_reason, {entity});
    const auto row = context.tx.findRow(*info, record);
    if (!row)
        return Error("record.not_found"_reason, {}, entity + QLatin1Char('/') + record.text());
    return mayEdit(context, *info, *row);
}

Result<> EditRecord::apply(CommandContext &context) const
{
    const EntityInfo &info = context.tx.catalog().entity(entity);
    const Row before = *context.tx.findRow(info, record);
    for (const auto &[key, wanted] : patch) {
        const FieldInfo *field = info.field(key);
        if (!field)
            return Error("field.unknown"_reason, {key});
        if (field->has(FieldFlag::ServerOwned))
            return Error("field.read_only"_reason, {field->label.text()});
        if (field->has(FieldFlag::Required) && wanted.isEmpty())
            return Error("field.required"_reason, {field->label.text()});
    }
    if (context.onServer()) {
        const QStringList fields = conflictingFields(info, before, patch, seen);
        if (!fields.isEmpty())
            return Error("record.changed"_reason, {fields.join(QLatin1Char(','))});
    }
    FieldValues values = patch;
    for (auto &[key, wanted] : values) {
        const FieldInfo &field = *info.field(key);
        const auto looked = seen.find(key);
        const Cell &current = info.cell(before, key);
        if (field.merge == Merge::Append && looked != seen.end() && current != looked->second)
            wanted = appended(current, looked->second, wanted);
    }
    values[QStringLiteral("updated_at")] = context.now().ms;
    values[QStringLiteral("updated_by")] = context.actor.id().text();
    return context.tx.updateRow(info, record, values);
}

} // namespace keydesk
