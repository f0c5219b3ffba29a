#include "commands/record_commands.h"

#include "commands/custody_step.h"
#include "commands/rights.h"
#include "commands/subject.h"
#include "commands/task_commands.h"
#include "commands/value_check.h"
#include "domain/assignment.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// An entity whose records are made by this command, or by none.
Result<const EntityInfo *> entityNamed(CommandContext &context, const QString &name)
{
    const EntityInfo *info = context.tx.catalog().find(name);
    if (!info)
        return Error("entity.unknown"_reason, {name});
    return info;
}

// Rows of a customer and of an opportunity lie in the same buckets by copies of their columns.
void copyPlace(CommandContext &context, const EntityInfo &info, Row &row)
{
    const auto set = [&](const QString &column, const RecordId &value) {
        if (info.indexOf(column) >= 0)
            row[std::size_t(info.indexOf(column))] = value.isNull() ? Cell() : Cell(value.text());
    };
    if (info.indexOf(u"opportunity_id"_s) >= 0) {
        const auto opportunity = context.tx.find<Opportunity>(
            RecordId(info.cell(row, u"opportunity_id"_s).text()));
        if (!opportunity)
            return;
        set(u"account_id"_s, opportunity->accountId);
        set(u"area_id"_s, opportunity->areaId);
        set(u"captured_by"_s, opportunity->capturedBy);
        set(u"owner_id"_s,
            opportunity->ownerId.isNull() ? opportunity->assigneeId : opportunity->ownerId);
        return;
    }
    if (info.indexOf(u"account_id"_s) < 0)
        return;
    const auto account = context.tx.find<Account>(RecordId(info.cell(row, u"account_id"_s).text()));
    if (account)
        set(u"area_id"_s, account->areaId);
}

// Whoever brings a customer looks after it; otherwise it would leave his desktop at once.
Result<> keepNewAccount(CommandContext &context, const Row &row)
{
    const bool tele = context.actor.has(Role::TeleManager);
    if (!tele && !context.actor.has(Role::AccountManager))
        return {};
    auto account = fromRow<Account>(row);
    auto assignment = context.born<Assignment>(born::Assignment);
    assignment.accountId = account.id;
    assignment.areaId = account.areaId;
    assignment.staffId = context.actor.id();
    assignment.role = tele ? AssignmentRole::TeleAm : AssignmentRole::MainAm;
    assignment.validFrom = businessDate(context.now());
    if (auto done = context.tx.insert(assignment); !done || tele)
        return done;
    account.ownerStaffId = context.actor.id();
    account.ownerTeamId = context.actor.staff.teamId;
    return context.tx.update(account);
}

} // namespace

std::unique_ptr<Command> CreateRecord::special() const
{
    const auto value = [&](const char *field) {
        const auto found = values.find(QString::fromLatin1(field));
        return found == values.end() ? Cell() : found->second;
    };
    if (entity == u"note") {
        auto note = std::make_unique<AddNote>();
        note->entity = value("subject_entity").text();
        note->record = RecordId(value("subject_id").text());
        note->body = value("body").text();
        note->kind = fromKey<NoteKind>(value("kind").text());
        note->at = {value("at").integer()};
        return note;
    }
    if (entity == u"task") {
        auto task = std::make_unique<CreateTask>();
        task->values = values;
        return task;
    }
    return nullptr;
}

Row CreateRecord::rowFor(CommandContext &context, const EntityInfo &info) const
{
    Row row = info.blank();
    const Cell me = context.actor.id().isNull() ? Cell() : Cell(context.actor.id().text());
    row[common_column::Id] = context.id(born::Record).text();
    row[common_column::RowVer] = qint64(0);
    row[common_column::CreatedAt] = row[common_column::UpdatedAt] = context.now().ms;
    row[common_column::CreatedBy] = row[common_column::UpdatedBy] = me;
    if (info.name() == u"account" && info.indexOf(u"area_id"_s) >= 0
        && !context.actor.staff.areaId.isNull())
        row[std::size_t(info.indexOf(u"area_id"_s))] = context.actor.staff.areaId.text();
    applyValues(info, row, values);
    copyPlace(context, info, row);
    return row;
}

Result<> CreateRecord::permit(CommandContext &context) const
{
    if (const auto command = special())
        return command->permit(context);
    const auto info = entityNamed(context, entity);
    if (!info)
        return info.error();
    return mayCreate(context, **info, rowFor(context, **info));
}

Result<> CreateRecord::apply(CommandContext &context) const
{
    if (const auto command = special())
        return command->apply(context);
    const EntityInfo &info = context.tx.catalog().entity(entity);
    for (const auto &[key, value] : values) {
        const FieldInfo *field = info.field(key);
        if (field && field->has(FieldFlag::ServerOwned) && !context.actor.isSystem)
            return Error("field.read_only"_reason, {field->label.argument()});
    }
    if (auto fits = checkValues(context, info, context.id(born::Record), values); !fits)
        return fits;
    const Row row = rowFor(context, info);
    if (auto fits = checkNewRow(context, info, row); !fits)
        return fits;
    if (auto done = context.tx.insertRow(info, row); !done)
        return done;
    return entity == u"account" ? keepNewAccount(context, row) : Result<>();
}

Result<> RemoveRecord::permit(CommandContext &context) const
{
    const auto row = findVisible(context, entity, record);
    if (!row)
        return row.error();
    return mayRemove(context, context.tx.catalog().entity(entity), *row);
}

Result<> RemoveRecord::apply(CommandContext &context) const
{
    return context.tx.removeRow(context.tx.catalog().entity(entity), record, context.now());
}

Result<> AddNote::permit(CommandContext &context) const
{
    return mayWriteAbout(context, QString::fromLatin1(name), entity, record);
}

Result<> AddNote::apply(CommandContext &context) const
{
    const auto subject = findSubject(context, entity, record);
    if (!subject)
        return subject.error();
    auto note = context.born<Note>(born::Record);
    note.subjectEntity = subject->entity;
    note.subjectId = subject->id;
    note.accountId = subject->account;
    note.areaId = subject->area;
    note.ownerId = subject->owner;
    note.capturedBy = subject->capturedBy;
    note.authorId = context.actor.id();
    note.kind = kind;
    note.body = body.trimmed();
    note.at = at.isNull() || context.now() < at ? context.now() : at;
    if (auto fits = checkNewRow(context, context.tx.info<Note>(), toRow(note)); !fits)
        return fits;
    if (auto done = context.tx.insert(note); !done)
        return done;
    if (auto opportunity = context.tx.find<Opportunity>(record);
        opportunity && entity == u"opportunity") {
        opportunity->lastActivityAt = context.now();
        if (auto updated = context.tx.update(*opportunity); !updated)
            return updated;
    }
    return kind == NoteKind::Note ? Result<>() : noteContact(context, subject->account, note.at);
}

} // namespace keydesk
