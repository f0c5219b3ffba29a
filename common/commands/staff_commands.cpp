#include "commands/staff_commands.h"

#include "commands/custody_step.h"
#include "commands/rights.h"
#include "commands/value_check.h"
#include "domain/area.h"
#include "domain/notification.h"
#include "domain/team.h"
#include "rules/routing_condition.h"
#include "rules/routing_list.h"
#include "schema/kind_check.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// The record to be changed, or a new one: the same form does both.
template <class T>
Result<T> recordFor(CommandContext &context, const RecordId &id, const FieldValues &values)
{
    const EntityInfo &info = context.tx.info<T>();
    T record = context.born<T>(born::Record);
    if (!id.isNull()) {
        auto found = context.require<T>(id);
        if (!found)
            return found.error();
        record = *found;
    }
    for (const auto &[key, value] : values) {
        const FieldInfo *field = info.field(key);
        if (field && field->has(FieldFlag::ServerOwned))
            return Error("field.read_only"_reason, {field->label.argument()});
    }
    if (auto fits = checkValues(context, info, record.id, values); !fits)
        return fits.error();
    Row row = toRow(record);
    applyValues(info, row, values);
    if (auto fits = checkNewRow(context, info, row); !fits)
        return fits.error();
    return fromRow<T>(row);
}

template <class T>
Result<> write(CommandContext &context, const T &record, bool isNew)
{
    return isNew ? context.tx.insert(record) : context.save(record);
}

// A code that no record has would keep the rule from ever holding.
Result<> checkCodes(CommandContext &context, const QString &condition)
{
    const QJsonObject object = QJsonDocument::fromJson(condition.toUtf8()).object();
    for (const ConditionKey &key : conditionKeys()) {
        if (key.form != ConditionKey::Record)
            continue;
        const QJsonValue wanted = object.value(QLatin1StringView(key.key));
        const QJsonArray codes = wanted.isString() ? QJsonArray{wanted} : wanted.toArray();
        const EntityInfo &entity = context.tx.catalog().entity(QString::fromLatin1(key.entity));
        for (const auto &code : codes) {
            if (context.tx.store()
                    .select(entity, "code = ? AND deleted_at IS NULL", {Cell(code.toString())})
                    .empty())
                return Error("routing.unknown_code"_reason,
                             {RoutingRule::conditionLabel.argument(), key.label.argument(),
                              code.toString()});
        }
    }
    return {};
}

// Whoever it names must be able to take what it sends.
Result<> checkReceiver(CommandContext &context, const RoutingRule &rule)
{
    const EntityInfo &info = context.tx.info<RoutingRule>();
    if (rule.target == RoutingTarget::TeamQueue && !rule.teamId.isNull()) {
        const auto team = context.tx.find<Team>(rule.teamId);
        if (team && (!team->hasQueue || !team->active))
            return Error("routing.no_queue"_reason,
                         {info.field(u"team_id"_s)->label.argument(), team->name});
    }
    if (rule.target == RoutingTarget::Person) {
        const auto person = context.tx.find<Staff>(rule.staffId);
        if (person && (person->status != StaffStatus::Active || !maySell(*person)))
            return Error("routing.cannot_take"_reason,
                         {info.field(u"staff_id"_s)->label.argument(), person->name});
    }
    return {};
}

// Rules hold in all areas: whoever writes them for his area has the topmost.
bool hasEveryArea(CommandContext &context)
{
    const auto area = context.tx.find<Area>(context.actor.staff.areaId);
    return area && area->parentId.isNull();
}

} // namespace

Result<> SaveStaff::permit(CommandContext &context) const
{
    const QString act = QString::fromLatin1(name);
    return mayDo(context, act) ? Result<>() : Result<>(wrongRole(act));
}

Result<> SaveStaff::apply(CommandContext &context) const
{
    auto person = recordFor<Staff>(context, staff, values);
    if (!person)
        return person.error();
    const EntityInfo &info = context.tx.info<Staff>();
    if (!status.isEmpty()) {
        const FieldInfo *field = info.field(u"status"_s);
        if (auto fits = checkKind(*field, Cell(status)); !fits)
            return fits;
        person->status = fromKey<StaffStatus>(status);
    }
    // Nobody locks himself out by a slip.
    const bool self = person->id == context.actor.id();
    if (self
        && (person->status != StaffStatus::Active || !person->roles.contains(Role::Administrator)))
        return Error("staff.self"_reason);
    if (auto kept = keepsAnAdministrator(context, *person); !kept)
        return kept;
    return write(context, *person, staff.isNull());
}

Result<> SaveRoutingRule::permit(CommandContext &context) const
{
    if (mayDo(context, QString::fromLatin1(name),
              {.area = [&context] { return hasEveryArea(context); }}))
        return {};
    return wrongRole(u"SaveStaff"_s);
}

Result<> SaveRoutingRule::apply(CommandContext &context) const
{
    auto line = recordFor<RoutingRule>(context, rule, values);
    if (!line)
        return line.error();
    auto others = context.tx.select<RoutingRule>("id <> ?", {line->id.text()});
    const auto moved = makeRoom(*line, others);
    if (line->active) {
        auto fits = checkRule(*line, others);
        if (fits)
            fits = checkCodes(context, line->condition);
        if (fits)
            fits = checkReceiver(context, *line);
        if (!fits)
            return fits;
    }
    for (const RoutingRule &other : moved) {
        if (auto done = context.save(other); !done)
            return done;
    }
    return write(context, *line, rule.isNull());
}

Result<> OpenAccount::permit(CommandContext &context) const
{
    const QString act = QString::fromLatin1(name);
    if (!mayDoToSome(context, act))
        return wrongRole(act);
    const auto found = context.tx.find<Account>(account);
    if (!found)
        return context.onServer() ? Result<>(Error("record.not_found"_reason, {}, account.text()))
                                  : Result<>();
    // Another area's customer and none at all answer alike.
    if (!mayDo(context, act, {.area = [&] { return liesInMyArea(context, found->areaId); }}))
        return Error("record.not_found"_reason, {}, account.text());
    return {};
}

Result<> OpenAccount::apply(CommandContext &context) const
{
    Q_UNUSED(context)
    if (reason.trimmed().isEmpty())
        return Error("field.required"_reason, {Label{"查看原因", "Reason"}.argument()});
    return {};
}

Result<> MarkNotificationRead::permit(CommandContext &context) const
{
    if (notification.isNull())
        return {}; // all of his own
    // Somebody else's answers like none.
    const auto found = findVisible(context, QString::fromLatin1(Schema<Notification>::table),
                                   notification);
    if (!found)
        return found.error();
    const bool own = RecordId(context.tx.info<Notification>().cell(*found, u"staff_id"_s).text())
        == context.actor.id();
    return mayDo(context, QString::fromLatin1(name), {.own = [own] { return own; }})
        ? Result<>()
        : Result<>(notYours());
}

Result<> MarkNotificationRead::apply(CommandContext &context) const
{
    const bool all = notification.isNull();
    const auto unread =
        context.tx.select<Notification>(all ? QByteArray("read_at IS NULL AND staff_id = ?")
                                            : QByteArray("read_at IS NULL AND id = ?"),
                                        {all ? context.actor.id().text() : notification.text()});
    for (Notification one : unread) {
        one.readAt = context.now();
        if (auto done = context.save(one); !done)
            return done;
    }
    return {};
}

} // namespace keydesk
