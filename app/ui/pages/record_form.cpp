#include "ui/pages/record_form.h"

#include "domain/field_groups.h"
#include "ui/widgets/field_form.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/text_label.h"
#include "workbench_sight.h"

#include <QEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

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
    const RecordId before = shownRecord();
    const bool same = !before.isNull() && before == idOf(row);
    for (const Line &line : m_lines) {
        const Cell &cell = m_entity.cell(row, line.field->name);
        if (!same || !saysAlready(line, cell))
            line.editor->set(cell);
        m_seen[line.field->name] = cell;
    }
    m_showing = false;
    m_row = row;
    setDirty(false);
    if (m_keepsDrafts)
        restoreDraft();
}

void RecordForm::discard()
{
    forgetDraft(shownRecord());
    if (m_row.empty())
        return clear();
    const Row row = m_row;
    show(row);
    if (shownRecord().isNull())
        m_seen.clear();
}

RecordId RecordForm::idOf(const Row &row)
{
    return RecordId(row.empty() ? QString() : row[common_column::Id].text());
}

RecordId RecordForm::shownRecord() const
{
    return idOf(m_row);
}

// To set it again would move the caret, drop the selection and what an input method composes, and
// take the way back. What others word, or what is put in order, is worded anew once it is left.
bool RecordForm::saysAlready(const Line &line, const Cell &cell)
{
    const auto value = line.editor->value();
    if (!value || !isSame(*line.field, *value, cell))
        return false;
    const Kind kind = line.field->kind;
    const bool reworded = kind == Kind::Reference || kind == Kind::Integer
        || kind == Kind::BasisPoints;
    return !reworded || line.editor->widget()->hasFocus();
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

// An unticked box and a box never ticked are the same to a person, as are two ways to be empty.
bool RecordForm::isSame(const FieldInfo &field, const Cell &one, const Cell &other)
{
    return one == other || (one.isEmpty() && other.isEmpty())
        || (field.kind == Kind::Boolean && one.integer() == other.integer());
}

bool RecordForm::differs(const Line &line, const Cell &value) const
{
    const auto before = m_seen.find(line.field->name);
    return !isSame(*line.field, before == m_seen.end() ? Cell() : before->second, value);
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

bool RecordForm::takeRefusal(const RecordId &record, const Error &error)
{
    if (record == shownRecord())
        return showRefusal(error);
    const QString title = m_desk.lookup.title(m_entity.name(), record.text());
    m_desk.toasts.show(tr("Not saved: %1. %2", "record, reason")
                           .arg(title.isEmpty() ? m_entity.label().text() : title, error.text()),
                       BadgeKind::Danger);
    return true;
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
