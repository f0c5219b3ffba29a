#include "ui/pages/record_form.h"

#include "domain/field_groups.h"
#include "ui/widgets/field_form.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
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

void RecordForm::add(const FieldInfo &field, std::unique_ptr<FieldEditor> editor, FieldRow *row,
                     bool must)
{
    const bool allowed = !field.has(FieldFlag::ServerOwned);
    editor->widget()->setEnabled(allowed);
    editor->edited = [this, row] {
        if (m_showing)
            return;
        row->setError({});
        m_dirty = true;
        Q_EMIT edited();
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
    m_showing = true;
    m_seen.clear();
    m_form->clearErrors();
    for (const Line &line : m_lines) {
        const Cell &cell = m_entity.cell(row, line.field->name);
        line.editor->set(cell);
        m_seen[line.field->name] = cell;
    }
    m_dirty = false;
    m_showing = false;
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
    for (const Line &line : m_lines)
        line.editor->widget()->setEnabled(!readOnly && line.allowed);
}

void RecordForm::allow(const QStringList &fields)
{
    for (Line &line : m_lines) {
        if (!fields.contains(line.field->name))
            continue;
        line.allowed = true;
        line.editor->widget()->setEnabled(true);
    }
}

void RecordForm::lock(const QStringList &fields, const QString &why)
{
    for (Line &line : m_lines) {
        const bool locked = fields.contains(line.field->name);
        line.allowed = !locked && !line.field->has(FieldFlag::ServerOwned);
        line.editor->widget()->setEnabled(line.allowed);
        line.row->setHint(locked ? why : QString());
    }
}

void RecordForm::fill(const FieldValues &values)
{
    m_showing = true;
    for (const Line &line : m_lines) {
        if (const auto value = values.find(line.field->name); value != values.end())
            line.editor->set(value->second);
    }
    m_showing = false;
    m_dirty = m_dirty || !values.empty();
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
        const auto typed = line.editor->value();
        if (!typed) {
            line.row->setError(typed.error().text());
            continue;
        }
        if (line.required && typed->isEmpty())
            line.row->setError(Error("field.required"_reason, {line.field->label.text()}).text());
        const auto before = m_seen.find(line.field->name);
        // An unticked box and a box never ticked are the same to a person.
        const bool same = before == m_seen.end()
            ? typed->isEmpty() || (line.field->kind == Kind::Boolean && typed->integer() == 0)
            : before->second == *typed
                || (line.field->kind == Kind::Boolean
                    && before->second.integer() == typed->integer());
        if (!same)
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
