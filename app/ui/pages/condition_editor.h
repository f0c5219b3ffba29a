#pragma once

#include "ui/pages/field_editor.h"

namespace keydesk {

class ConditionForm;

// The condition of a routing rule as a form: a line for each thing that a rule may ask, made from
// the one table of them. What is left open is not asked. Keeps what it does not know.
class ConditionEditor final : public FieldEditor
{
public:
    ConditionEditor(Desk &desk, QWidget *parent);
    QWidget *widget() const override;
    void set(const Cell &value) override;
    Result<Cell> value() const override;

private:
    ConditionForm *m_form;
};

/// The name of the record that a condition names by its code, as it is held here; for
/// conditionText().
QString nameOfCode(const ReplicaReader &reader, const QString &entity, const QString &code);

} // namespace keydesk
