#include "ui/pages/record_acts.h"

#include "base/date_text.h"
#include "commands/custody_step.h"
#include "commands/edit_record.h"
#include "commands/record_commands.h"
#include "commands/task_commands.h"
#include "ui/pages/record_dialog.h"
#include "ui/pages/record_form.h"

#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

FieldValues valuesOf(const EntityInfo &entity, const Row &row, const QStringList &fields)
{
    FieldValues values;
    for (const QString &field : fields) {
        if (!entity.cell(row, field).isEmpty())
            values[field] = entity.cell(row, field);
    }
    return values;
}

// Whether a record that this PC holds speaks of this one: by a field, or as what it is about.
bool isSpokenOf(const Workbench &workbench, const QString &entity, const RecordId &record)
{
    RowStore &store = workbench.reader().store();
    for (const EntityInfo &other : workbench.catalog().entities()) {
        for (const FieldInfo &field : other.fields()) {
            if (field.target != entity && field.name != u"subject_id")
                continue;
            const QByteArray condition = "deleted_at IS NULL AND " + field.name.toLatin1() + " = ?";
            if (!store.select(other, condition + " LIMIT 1", {Cell(record.text())}).empty())
                return true;
        }
    }
    return false;
}

// The record that a new one is to belong to.
QString idIn(const FieldValues &fixed)
{
    for (const QString &field : {u"opportunity_id"_s, u"account_id"_s}) {
        if (const auto found = fixed.find(field); found != fixed.end())
            return found->second.text();
    }
    return {};
}

} // namespace

QStringList RecordActs::formFields(const EntityInfo &entity, const FieldValues &except)
{
    QStringList names;
    for (int i = common_column::Count; i < entity.fieldCount(); ++i) {
        const FieldInfo &field = entity.fields()[std::size_t(i)];
        if (field.has(FieldFlag::Hidden) || field.has(FieldFlag::ServerOwned)
            || field.kind == Kind::Json || except.contains(field.name))
            continue;
        // What belongs to a customer or an opportunity lies where that lies.
        if (field.name == u"area_id"
            && (except.contains(u"account_id"_s) || except.contains(u"opportunity_id"_s)))
            continue;
        names.append(field.name);
    }
    return names;
}

void RecordActs::offerUndo(const QString &done, qint64 localNo,
                           const std::optional<CommandCall> &wayBack)
{
    Desk *desk = &m_desk;
    if (!wayBack && desk->workbench.status().state == SyncStatus::Live)
        return desk->toasts.show(done, BadgeKind::Ok);
    desk->toasts.showUndo(done, [desk, localNo, wayBack] {
        desk->workbench.withdraw(localNo, [desk, wayBack](const Result<> &withdrawn) {
            if (withdrawn)
                return;
            if (!wayBack)
                return desk->toasts.show(tr("It has been sent already."), BadgeKind::Warn);
            desk->workbench.run(*wayBack, [desk](const Result<RunOutcome> &outcome) {
                if (!outcome)
                    desk->toasts.show(outcome.error().text(), BadgeKind::Danger);
            });
        });
    });
}

void RecordActs::create(const QString &entity, const FieldValues &fixed,
                        std::function<void(const RecordId &)> then)
{
    const EntityInfo &info = m_desk.workbench.catalog().entity(entity);
    auto *dialog = new RecordDialog(m_desk, entity, u"create."_s + entity, idIn(fixed),
                                    tr("New: %1", "kind of record").arg(info.label().text()),
                                    m_parent);
    dialog->addFields(formFields(info, fixed));
    FieldValues start;
    if (entity == u"account") // whose it will be, unless one says otherwise
        start[u"area_id"_s] = Cell(m_desk.workbench.me().areaId.text());
    dialog->form().clear(start);
    dialog->setCall([entity, fixed](const FieldValues &typed) {
        CreateRecord command;
        command.entity = entity;
        command.values = typed;
        command.values.insert(fixed.begin(), fixed.end());
        return callOf(command);
    });
    dialog->setThen([acts = *this, entity, then = std::move(then)](const CommandCall &call,
                                                                   const RunOutcome &outcome) {
        const RecordId id = RecordId::derive(call.id, born::Record);
        std::optional<CommandCall> wayBack;
        if (entity != u"account") { // a customer's file is never removed
            RemoveRecord away;
            away.entity = entity;
            away.record = id;
            wayBack = callOf(away);
        }
        RecordActs(acts).offerUndo(tr("Added; it is sent by itself."), outcome.localNo, wayBack);
        if (then)
            then(id);
    });
    dialog->open();
}

void RecordActs::edit(const QString &entity, const RecordId &record)
{
    const auto row = m_desk.workbench.reader().findRow(entity, record);
    if (!row)
        return;
    const EntityInfo &info = m_desk.workbench.catalog().entity(entity);
    auto *dialog = new RecordDialog(m_desk, entity, u"edit."_s + entity, record.text(),
                                    tr("Change: %1", "kind of record").arg(info.label().text()),
                                    m_parent);
    dialog->addFields(formFields(info, {{u"account_id"_s, Cell()}, {u"opportunity_id"_s, Cell()}}));
    dialog->form().lockHidden();
    dialog->form().show(*row);
    dialog->setCall([entity, record, seen = dialog->form().seen()](const FieldValues &typed) {
        EditRecord command;
        command.entity = entity;
        command.record = record;
        command.patch = typed;
        for (const auto &[field, value] : typed)
            command.seen[field] = seen.at(field);
        return callOf(command);
    });
    dialog->setThen([desk = &m_desk](const CommandCall &, const RunOutcome &) {
        desk->toasts.show(tr("Saved on this PC; it is sent by itself."), BadgeKind::Ok);
    });
    dialog->open();
}

void RecordActs::remove(const QString &entity, const RecordId &record)
{
    const auto row = m_desk.workbench.reader().findRow(entity, record);
    if (!row)
        return;
    RemoveRecord away;
    away.entity = entity;
    away.record = record;
    if (const auto may = m_desk.workbench.mayRun(callOf(away)); !may)
        return m_desk.toasts.show(may.error().text(), BadgeKind::Danger);
    if (entity == u"opportunity_item")
        return removeNow(entity, record);
    auto *question = new QMessageBox(QMessageBox::Question, tr("Remove"),
                                     tr("Remove “%1” for everybody?")
                                         .arg(m_desk.lookup.title(entity, record.text())),
                                     QMessageBox::NoButton, m_parent);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setObjectName(u"ask.remove"_s);
    QPushButton *yes = question->addButton(tr("Remove"), QMessageBox::AcceptRole);
    yes->setObjectName(u"ask.remove.yes"_s);
    question->addButton(tr("Keep it"), QMessageBox::RejectRole);
    QObject::connect(yes, &QPushButton::clicked, question, [acts = *this, entity, record] {
        RecordActs(acts).removeNow(entity, record);
    });
    question->open();
}

void RecordActs::removeNow(const QString &entity, const RecordId &record)
{
    const auto row = m_desk.workbench.reader().findRow(entity, record);
    if (!row)
        return;
    const EntityInfo &info = m_desk.workbench.catalog().entity(entity);
    RemoveRecord away;
    away.entity = entity;
    away.record = record;
    // Once it is sent, the way back is another record: right only where nobody speaks of this one.
    std::optional<CommandCall> wayBack;
    if (!isSpokenOf(m_desk.workbench, entity, record)) {
        CreateRecord again;
        again.entity = entity;
        again.values = valuesOf(info, *row, formFields(info, {}));
        wayBack = callOf(again);
    }
    m_desk.workbench.run(callOf(away), [acts = *this, wayBack](const Result<RunOutcome> &outcome) {
        if (outcome)
            RecordActs(acts).offerUndo(tr("Removed"), outcome->localNo, wayBack);
        else
            acts.m_desk.toasts.show(outcome.error().text(), BadgeKind::Danger);
    });
}

void RecordActs::createTask(const QString &subjectEntity, const RecordId &subject)
{
    auto *dialog = new RecordDialog(m_desk, u"task"_s, u"create.task"_s, subject.text(),
                                    tr("Give somebody a task"), m_parent);
    if (!subject.isNull())
        dialog->setHint(tr("About: %1").arg(m_desk.lookup.title(subjectEntity, subject.text())));
    QStringList fields{u"title"_s,   u"kind"_s,        u"due_at"_s,  u"priority"_s,
                       u"details"_s, u"assignee_id"_s, u"queue_id"_s};
    if (subject.isNull())
        fields.insert(1, u"account_id"_s);
    dialog->form().addFields(fields);
    dialog->form().allow({u"assignee_id"_s, u"queue_id"_s});
    dialog->form().clear(
        {{u"kind"_s, Cell(u"general"_s)},
         {u"due_at"_s, Cell(nineOn(businessDate({m_desk.ticker.nowMs()}).addDays(1)).ms)},
         {u"assignee_id"_s, Cell(m_desk.workbench.me().id.text())}});
    dialog->form().focusField(u"title"_s);
    dialog->setCall([subjectEntity, subject](const FieldValues &typed) {
        CreateTask command;
        command.values = typed;
        if (!subject.isNull()) {
            command.values[u"subject_entity"_s] = Cell(subjectEntity);
            command.values[u"subject_id"_s] = Cell(subject.text());
        }
        return callOf(command);
    });
    dialog->setThen([acts = *this](const CommandCall &call, const RunOutcome &outcome) {
        RemoveRecord away;
        away.entity = u"task"_s;
        away.record = RecordId::derive(call.id, born::Record);
        RecordActs(acts).offerUndo(tr("Task given; it is sent by itself."), outcome.localNo,
                                   callOf(away));
    });
    dialog->open();
}

} // namespace keydesk
