#include "commands/edit_record.h"

#include "base/both_words.h"
#include "commands/opportunity_intake.h"
#include "commands/rights.h"
#include "commands/value_check.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// Both texts stay: what was there first, below it what this person added.
Cell appended(const Cell &current, const Cell &seen, const Cell &wanted)
{
    const QString base = seen.text();
    const QString added = wanted.text().startsWith(base) ? wanted.text().mid(base.size())
                                                         : wanted.text();
    return Cell(current.text()
                + (current.isEmpty() || added.startsWith(QLatin1Char('\n')) ? QString()
                                                                            : QStringLiteral("\n"))
                + added);
}

bool isNothing(const Cell &number)
{
    return number.isEmpty() || (number.isInteger() && number.integer() == 0);
}

// Whoever may not read an amount sees nothing where 0 is stored, and so does a script.
bool isSame(const FieldInfo &field, const Cell &one, const Cell &other)
{
    const bool isNumber = field.kind == Kind::Integer || field.kind == Kind::Money;
    return one == other || (isNumber && isNothing(one) && isNothing(other));
}

// Keeps the area equal to the account's: of an account that moves, and of a record that is moved to
// another account, which must be one the actor may change too.
Result<> followAccount(CommandContext &context, const EntityInfo &info, const Row &before,
                       Row &after)
{
    const EntityInfo &accounts = context.tx.info<Account>();
    if (info.name() == accounts.name()) {
        const Cell &area = info.cell(after, u"area_id"_s);
        if (area == info.cell(before, u"area_id"_s))
            return {};
        return moveAccountToArea(context, RecordId(after[common_column::Id].text()), area);
    }
    const int column = info.indexOf(u"account_id"_s);
    if (column < 0 || after[std::size_t(column)] == before[std::size_t(column)])
        return {};
    const auto target = context.tx.findRow(accounts, RecordId(after[std::size_t(column)].text()));
    if (!target)
        return {};
    if (info.indexOf(u"area_id"_s) >= 0)
        after[std::size_t(info.indexOf(u"area_id"_s))] = accounts.cell(*target, u"area_id"_s);
    return mayEdit(context, accounts, *target);
}

} // namespace

Result<> moveAccountToArea(CommandContext &context, const RecordId &account, const Cell &area)
{
    for (const EntityInfo &child : context.tx.catalog().entities()) {
        const int areaColumn = child.indexOf(u"area_id"_s);
        if (areaColumn < 0 || child.indexOf(u"account_id"_s) < 0)
            continue;
        for (const Row &row :
             context.tx.store().findAll(child, u"account_id"_s, Cell(account.text()))) {
            Row moved = row;
            moved[std::size_t(areaColumn)] = area;
            if (auto done = context.tx.replaceRow(child, row, std::move(moved)); !done)
                return done;
        }
    }
    return {};
}

Result<> refuseConflicts(const EntityInfo &entity, const Row &current, const FieldValues &patch,
                         const FieldValues &seen)
{
    QStringList names;
    QStringList chinese;
    QStringList english;
    for (const auto &[name, wanted] : patch) {
        const int index = entity.indexOf(name);
        const auto looked = seen.find(name);
        if (index < 0 || looked == seen.end())
            continue;
        const Cell &now = current[std::size_t(index)];
        const FieldInfo &field = entity.fields()[std::size_t(index)];
        if (field.merge != Merge::Ask || isSame(field, now, looked->second)
            || isSame(field, now, wanted))
            continue;
        names.append(name);
        chinese.append(u"“%1”"_s.arg(field.label.text(QLocale::Chinese)));
        english.append(u"“%1”"_s.arg(field.label.text(QLocale::English)));
    }
    if (names.isEmpty())
        return {};
    return Error("record.changed"_reason,
                 {names.join(u','), bothWords(chinese.join(u'、'), english.join(u", "_s))});
}

Result<> EditRecord::permit(CommandContext &context) const
{
    const auto row = findVisible(context, entity, record);
    if (!row)
        return row.error();
    return mayEdit(context, context.tx.catalog().entity(entity), *row);
}

Result<> EditRecord::apply(CommandContext &context) const
{
    const EntityInfo &info = context.tx.catalog().entity(entity);
    const Row before = *context.tx.findRow(info, record);
    if (auto fits = checkPatch(context, info, before); !fits)
        return fits;
    if (context.onServer()) {
        if (auto fits = refuseConflicts(info, before, patch, seen); !fits)
            return fits;
    }
    Row after = before;
    applyValues(info, after, merged(info, before));
    after[common_column::UpdatedAt] = context.now().ms;
    after[common_column::UpdatedBy] = context.actor.id().isNull() ? Cell()
                                                                  : Cell(context.actor.id().text());
    if (info.name() == QLatin1StringView(Schema<Staff>::table)) {
        if (auto kept = keepsAnAdministrator(context, fromRow<Staff>(after)); !kept)
            return kept;
    }
    if (auto done = followAccount(context, info, before, after); !done)
        return done;
    if (auto done = context.tx.replaceRow(info, before, after); !done)
        return done;
    return settle(context, info);
}

Result<> EditRecord::checkPatch(CommandContext &context, const EntityInfo &info,
                                const Row &before) const
{
    for (const auto &[key, wanted] : patch) {
        const FieldInfo *field = info.field(key);
        if (!field)
            return Error("field.unknown"_reason, {key});
        if (auto allowed = mayEditField(context, info, before, *field); !allowed)
            return allowed;
    }
    return checkValues(context, info, record, patch);
}

FieldValues EditRecord::merged(const EntityInfo &info, const Row &before) const
{
    FieldValues values = patch;
    for (auto &[key, wanted] : values) {
        const FieldInfo &field = *info.field(key);
        const auto looked = seen.find(key);
        const Cell &current = info.cell(before, key);
        if (field.merge == Merge::Append && looked != seen.end() && current != looked->second)
            wanted = appended(current, looked->second, wanted);
    }
    return values;
}

Result<> EditRecord::settle(CommandContext &context, const EntityInfo &info) const
{
    if (info.name() != QLatin1StringView(Schema<Opportunity>::table))
        return {};
    auto opportunity = context.require<Opportunity>(record);
    if (!opportunity)
        return opportunity.error();
    computeFacts(context, *opportunity);
    if (auto done = pursue(context, *opportunity); !done)
        return done;
    return context.save(*opportunity);
}

} // namespace keydesk
