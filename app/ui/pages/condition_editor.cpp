#include "ui/pages/condition_editor.h"

#include "base/both_words.h"
#include "ui/pages/condition_form.h"

#include <QJsonDocument>

namespace keydesk {

using namespace Qt::StringLiterals;

ConditionEditor::ConditionEditor(Desk &desk, QWidget *parent)
    : m_form(new ConditionForm(desk, parent))
{
    QObject::connect(m_form, &ConditionForm::edited, m_form, [this] {
        if (edited)
            edited();
    });
}

QWidget *ConditionEditor::widget() const
{
    return m_form;
}

void ConditionEditor::set(const Cell &value)
{
    m_form->setCondition(QJsonDocument::fromJson(value.text().toUtf8()).object());
}

Result<Cell> ConditionEditor::value() const
{
    return Cell(
        QString::fromUtf8(QJsonDocument(m_form->condition()).toJson(QJsonDocument::Compact)));
}

QString nameOfCode(const ReplicaReader &reader, const QString &entity, const QString &code)
{
    const EntityInfo &info = reader.catalog().entity(entity);
    const auto rows = reader.store().select(info, "code = ? AND deleted_at IS NULL LIMIT 1",
                                            {Cell(code)});
    if (rows.empty())
        return {};
    const QString english = info.field(u"english_name"_s)
        ? info.cell(rows.front(), u"english_name"_s).text()
        : QString();
    return chosenWords(bothWords(info.cell(rows.front(), u"name"_s).text(), english));
}

} // namespace keydesk
