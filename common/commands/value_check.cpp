#include "commands/value_check.h"

#include "schema/kind_check.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr Label tooLong{"最多16000个字符", "at most 16,000 characters"};
constexpr qsizetype longestText = 16'000; // characters

Result<> checkReference(CommandContext &context, const FieldInfo &field, const Cell &value)
{
    const EntityInfo *target = context.tx.catalog().find(field.target);
    if (!target || context.tx.findRow(*target, RecordId(value.text())))
        return {};
    return Error("reference.missing"_reason, {field.label.argument()}, value.text());
}

Result<> checkUnique(CommandContext &context, const EntityInfo &entity, const RecordId &id,
                     const FieldInfo &field, const Cell &value)
{
    const auto others = context.tx.store().select(entity,
                                                  "deleted_at IS NULL AND id <> ? AND "
                                                      + field.name.toLatin1() + " = ? LIMIT 1",
                                                  {Cell(id.text()), value});
    if (others.empty())
        return {};
    return Error("record.exists"_reason, {field.label.argument(), value.text()});
}

Result<> checkOnServer(CommandContext &context, const EntityInfo &entity, const RecordId &id,
                       const FieldInfo &field, const Cell &value)
{
    if (field.kind == Kind::Reference) {
        if (auto found = checkReference(context, field, value); !found)
            return found;
    }
    if (field.has(FieldFlag::BusinessKey))
        return checkUnique(context, entity, id, field, value);
    return {};
}

} // namespace

Cell storedForm(const FieldInfo &field, const Cell &value)
{
    if (!value.isText())
        return value;
    const QString text = field.kind == Kind::LongText ? value.text() : value.text().trimmed();
    return text.isEmpty() ? Cell() : Cell(text);
}

Result<> checkValues(CommandContext &context, const EntityInfo &entity, const RecordId &id,
                     const FieldValues &values)
{
    for (const auto &[name, given] : values) {
        const FieldInfo *field = entity.field(name);
        if (!field)
            return Error("field.unknown"_reason, {name});
        const Cell value = storedForm(*field, given);
        if (value.isEmpty()) {
            if (field->has(FieldFlag::Required))
                return Error("field.required"_reason, {field->label.argument()});
            continue;
        }
        if (value.text().size() > longestText)
            return Error("field.malformed"_reason,
                         {field->label.argument(), value.text().left(20) + u'…',
                          tooLong.argument()});
        if (auto fits = checkKind(*field, value); !fits)
            return fits;
        if (const EnumKey *key = field->key(value.text());
            key && key->serverOwned && !context.actor.isSystem)
            return Error("field.servers_choice"_reason,
                         {field->label.argument(), key->label.argument()});
        if (!context.onServer())
            continue;
        if (auto fits = checkOnServer(context, entity, id, *field, value); !fits)
            return fits;
    }
    return {};
}

Result<> checkNewRow(CommandContext &context, const EntityInfo &entity, const Row &row)
{
    FieldValues values;
    for (int i = common_column::Count; i < entity.fieldCount(); ++i) {
        const FieldInfo &field = entity.fields()[std::size_t(i)];
        const Cell &value = row[std::size_t(i)];
        if (!value.isEmpty() || field.has(FieldFlag::Required))
            values[field.name] = value;
    }
    return checkValues(context, entity, RecordId(row[common_column::Id].text()), values);
}

void applyValues(const EntityInfo &entity, Row &row, const FieldValues &values)
{
    for (const auto &[name, value] : values) {
        const int index = entity.indexOf(name);
        if (index >= 0)
            row[std::size_t(index)] = storedForm(entity.fields()[std::size_t(index)], value);
    }
}

} // namespace keydesk
