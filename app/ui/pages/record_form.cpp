#include "ui/pages/record_form.h"

#include "domain/field_groups.h"
#include "ui/widgets/field_form.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/text_label.h"
#include "workbench_sight.h"

#include <QEvent>
#include <QJsonDocument>
#include <QLineEdit>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

// What is typed and not saved: what differs, what stood there when it was typed, and the text of
// what cannot be read as a value.
struct RecordForm::Draft
{
    FieldValues patch;
    FieldValues seen;
    FieldValues unread;

    bool isEmpty() const { return patch.empty() && unread.empty(); }
    QString text() const
    {
        Arguments arguments;
        arguments.sets = {{u"patch"_s, patch}, {u"seen"_s, seen}, {u"unread"_s, unread}};
        return QString::fromUtf8(QJsonDocument(arguments.toJson()).toJson(QJsonDocument::Compact));
    }
    static Draft fromText(const QString &text)
    {
        const auto read = Arguments::fromJson(u"draft"_s,
                                              QJsonDocument::fromJson(text.toUtf8()).object());
        if (!read)
            return {};
        const auto set = [&read](const QString &name) {
            const auto found = read->sets.find(name);
            return found == read->sets.end() ? FieldValues() : found->second;
        };
        return {set(u"patch"_s), set(u"seen"_s), set(u"unread"_s)};
    }
};

RecordForm::RecordForm(Desk &desk, const QString &entity, int columns, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_entity(desk.workbench.catalog().entity(entity))
    , m_form(new FieldForm(this, columns))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
}

void RecordForm::addSection(const Label &title)
{
    m_sections.emplace_back(m_form->addSection(title.text()), title);
}

void RecordForm::addFields(const QStringList &fields, const QStringList &required)
{
    for (const QString &name : fields) {
        const FieldInfo *field = m_entity.field(name);
        Q_ASSERT_X(field, "RecordForm::addFields", qPrintable(name));
        auto editor = makeFieldEditor(*field, m_desk, m_form);
        editor->widget()->setObjectName(m_entity.name() + u'.' + name);
        const bool must = required.contains(name) || field->has(FieldFlag::Required);
        FieldRow *row = field->kind == Kind::LongText
            ? m_form->addWideRow(field->label.text(), editor->widget(), must)
            : m_form->addRow(field->label.text(), editor->widget(), must);
        add(*field, std::move(editor), row, must);
    }
}

void RecordForm::addElement(Element element, const QStringList &more)
{
    addSection(EnumTable<Element>::keys[int(element)].label);
    addFields(fieldsOf(element) + more);
}

void RecordForm::add(const FieldInfo &field, std::unique_ptr<FieldEditor> editor, FieldRow *row,
                     bool must)
{
    const bool allowed = !field.has(FieldFlag::ServerOwned);
    editor->widget()->setEnabled(allowed);
    editor->edited = [this, row, name = field.name] {
        if (m_showing)
            return;
        row->setError({});
        takeEdit(name);
    };
    m_lines.push_back({&field, std::move(editor), row, must, allowed});
}

void RecordForm::startGroupOf(const QString &field)
{
    const FieldGroup *group = groupOf(m_entity, field);
    if (group && group != m_group)
        addSection(group->title);
    m_group = group;
}

void RecordForm::addGroupedFields(const QStringList &fields)
{
    const bool many = fields.size() > manyFields;
    if (many)
        m_form->setMostColumns(2);
    for (const QString &field : fields) {
        if (many)
            addFieldInGroup(field);
        else
            addFields({field});
    }
}

void RecordForm::addFieldInGroup(const QString &field)
{
    startGroupOf(field);
    addFields({field});
}

void RecordForm::addOwnEditor(const QString &field, std::unique_ptr<FieldEditor> editor)
{
    startGroupOf(field);
    editor->widget()->setObjectName(m_entity.name() + u'.' + field);
    FieldRow *row = m_form->addWideRow({}, editor->widget());
    add(*m_entity.field(field), std::move(editor), row, false);
}

void RecordForm::setOptional(const QString &field)
{
    for (Line &line : m_lines) {
        if (line.field->name != field)
            continue;
        line.required = false;
        line.row->setRequired(false);
    }
}

void RecordForm::show(const Row &row)
{
    if (m_locksHidden)
        hideFields(row);
    m_showing = true;
    m_seen.clear();
    m_form->clearErrors();
    for (const Line &line : m_lines) {
        const Cell &cell = m_entity.cell(row, line.field->name);
        line.editor->set(cell);
        m_seen[line.field->name] = cell;
    }
    m_showing = false;
    m_row = row;
    setDirty(false);
    if (m_keepsDrafts)
        restoreDraft();
}

void RecordForm::takeSaved(const Row &row, const FieldValues &sent)
{
    if (m_locksHidden)
        hideFields(row);
    m_showing = true;
    for (const Line &line : m_lines) {
        const QString &name = line.field->name;
        const Cell &cell = m_entity.cell(row, name);
        const auto value = line.editor->value();
        const auto was = sent.find(name);
        const bool asSent = value && was != sent.end() && *value == was->second;
        if (asSent || !isOpen(line) || (value && !differs(line, *value)))
            line.editor->set(cell);
        m_seen[name] = cell;
    }
    m_showing = false;
    m_row = row;
    const Draft left = unsaved();
    if (m_keepsDrafts)
        m_desk.workbench.saveDraft(draftKey(shownRecord()),
                                   left.isEmpty() ? QString() : left.text());
    setDirty(!left.isEmpty());
}

void RecordForm::discard()
{
    forgetDraft(shownRecord());
    if (shownRecord().isNull())
        return clear();
    const Row row = m_row;
    show(row);
}

void RecordForm::forgetDraft(const RecordId &record)
{
    m_desk.workbench.saveDraft(draftKey(record), {});
}

QString RecordForm::draftKey(const RecordId &record) const
{
    return m_entity.name() + u'/' + (record.isNull() ? u"new"_s : record.text());
}

RecordId RecordForm::shownRecord() const
{
    return RecordId(m_row.empty() ? QString() : m_row[common_column::Id].text());
}

void RecordForm::setDirty(bool dirty)
{
    if (dirty == m_dirty)
        return;
    m_dirty = dirty;
    Q_EMIT dirtyChanged(dirty);
}

void RecordForm::takeEdit(const QString &field)
{
    setDirty(true);
    keepDraft();
    Q_EMIT edited(field);
}

// What was typed and taken back again leaves nothing to save.
void RecordForm::keepDraft()
{
    if (!m_keepsDrafts || !m_dirty)
        return;
    const Draft draft = unsaved();
    m_desk.workbench.saveDraft(draftKey(shownRecord()), draft.isEmpty() ? QString() : draft.text());
    setDirty(!draft.isEmpty());
}

RecordForm::Draft RecordForm::unsaved() const
{
    Draft draft;
    for (const Line &line : m_lines) {
        const auto value = line.editor->value();
        const auto *edit = qobject_cast<const QLineEdit *>(line.editor->widget());
        if (!value && edit)
            draft.unread[line.field->name] = Cell(edit->text());
        if (!value || !isOpen(line) || !differs(line, *value))
            continue;
        // JSON has no word for a field that was emptied.
        draft.patch[line.field->name] = value->isNull() ? Cell(u""_s) : *value;
        if (const auto seen = m_seen.find(line.field->name); seen != m_seen.end())
            draft.seen[line.field->name] = seen->second;
    }
    return draft;
}

// What stood there when it was typed is what a saving compares with: a change by somebody else in
// between is found as the conflict it is.
void RecordForm::restoreDraft()
{
    const QString text = m_desk.workbench.draft(draftKey(shownRecord()));
    if (text.isEmpty())
        return;
    const Draft draft = Draft::fromText(text);
    m_showing = true;
    for (const Line &line : m_lines) {
        const QString &name = line.field->name;
        if (const auto value = draft.patch.find(name); value != draft.patch.end()) {
            line.editor->set(value->second);
            const auto seen = draft.seen.find(name);
            m_seen[name] = seen == draft.seen.end() ? Cell() : seen->second;
        }
        auto *edit = qobject_cast<QLineEdit *>(line.editor->widget());
        if (const auto raw = draft.unread.find(name); raw != draft.unread.end() && edit)
            edit->setText(raw->second.text());
    }
    m_showing = false;
    setDirty(!draft.isEmpty());
}

void RecordForm::clear(const FieldValues &values)
{
    Row row(std::size_t(m_entity.fieldCount()));
    for (const auto &[name, value] : values)
        row[std::size_t(m_entity.indexOf(name))] = value;
    show(row);
    m_seen.clear();
}

void RecordForm::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    openFields();
}

void RecordForm::allow(const QStringList &fields)
{
    for (Line &line : m_lines)
        line.allowed = line.allowed || fields.contains(line.field->name);
    openFields();
}

void RecordForm::lock(const QStringList &fields, const QString &why)
{
    for (Line &line : m_lines) {
        const bool locked = fields.contains(line.field->name);
        line.allowed = !locked && !line.field->has(FieldFlag::ServerOwned);
        if (!line.hidden)
            line.row->setHint(locked ? why : QString());
    }
    openFields();
}

// An empty field that may be typed into would say that there is nothing.
void RecordForm::hideFields(const Row &row)
{
    const bool isNew = row.empty() || row[common_column::Id].isEmpty();
    const QStringList hidden = isNew ? QStringList()
                                     : hiddenFields(m_desk.workbench, m_entity, row);
    for (Line &line : m_lines) {
        const bool was = line.hidden;
        line.hidden = hidden.contains(line.field->name);
        if (line.hidden == was)
            continue;
        hintHidden(line);
        auto *edit = qobject_cast<QLineEdit *>(line.editor->widget());
        if (edit && !line.lockSign)
            line.lockSign = edit->addAction(icon(u"lock"_s), QLineEdit::LeadingPosition);
        if (line.lockSign)
            line.lockSign->setVisible(line.hidden);
    }
    openFields();
}

void RecordForm::hintHidden(const Line &line)
{
    line.row->setHint(line.hidden ? tr("Only those who look after it see and change this.")
                                  : QString());
}

void RecordForm::openFields()
{
    for (const Line &line : m_lines)
        line.editor->widget()->setEnabled(!m_readOnly && line.allowed && !line.hidden);
}

void RecordForm::fill(const FieldValues &values)
{
    m_showing = true;
    for (const Line &line : m_lines) {
        if (const auto value = values.find(line.field->name); value != values.end())
            line.editor->set(value->second);
    }
    m_showing = false;
    setDirty(m_dirty || !values.empty());
}

void RecordForm::suggest(const QString &field, const Cell &value)
{
    m_showing = true;
    for (const Line &line : m_lines) {
        if (line.field->name == field)
            line.editor->set(value);
    }
    m_showing = false;
    keepDraft();
}

Cell RecordForm::valueOf(const QString &field) const
{
    for (const Line &line : m_lines) {
        if (line.field->name != field)
            continue;
        const auto value = line.editor->value();
        return value ? *value : Cell();
    }
    return {};
}

// What cannot be typed into holds no change, whatever its editor makes of a masked value.
bool RecordForm::isOpen(const Line &line) const
{
    return line.editor->widget()->isEnabledTo(this);
}

// An unticked box and a box never ticked are the same to a person.
bool RecordForm::differs(const Line &line, const Cell &value) const
{
    const bool isBox = line.field->kind == Kind::Boolean;
    const auto before = m_seen.find(line.field->name);
    if (before == m_seen.end())
        return !(value.isEmpty() || (isBox && value.integer() == 0));
    return before->second != value && !(isBox && before->second.integer() == value.integer())
        && !(before->second.isEmpty() && value.isEmpty());
}

FieldValues RecordForm::typed() const
{
    FieldValues values;
    for (const Line &line : m_lines) {
        const auto value = line.editor->value();
        const bool unticked = line.field->kind == Kind::Boolean && value && value->integer() == 0;
        if (value && !value->isEmpty() && !unticked)
            values[line.field->name] = *value;
    }
    return values;
}

std::optional<FieldValues> RecordForm::patch()
{
    FieldValues changed;
    m_form->clearErrors();
    for (const Line &line : m_lines) {
        if (!isOpen(line))
            continue;
        const auto typed = line.editor->value();
        if (!typed) {
            line.row->setError(typed.error().text());
            continue;
        }
        if (line.required && typed->isEmpty())
            line.row->setError(Error("field.required"_reason, {line.field->label.text()}).text());
        if (differs(line, *typed))
            changed[line.field->name] = *typed;
    }
    if (m_form->focusFirstError())
        return std::nullopt;
    return changed;
}

bool RecordForm::showRefusal(const Error &error)
{
    for (const Line &line : m_lines) {
        for (const QString &arg : error.args) {
            if (arg != line.field->name && arg != line.field->label.text()
                && arg != line.field->label.argument()
                && arg != u'@' + m_entity.name() + u'.' + line.field->name)
                continue;
            line.row->setError(error.text());
            return m_form->focusFirstError();
        }
    }
    return false;
}

void RecordForm::focusField(const QString &field)
{
    for (const Line &line : m_lines) {
        if (line.field->name == field)
            line.editor->widget()->setFocus();
    }
}

void RecordForm::retranslate()
{
    for (const Line &line : m_lines) {
        if (line.row->isNamed())
            line.row->setLabel(line.field->label.text());
        if (line.hidden)
            hintHidden(line);
    }
    for (const auto &[label, title] : m_sections)
        label->setText(title.text());
}

void RecordForm::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace keydesk
