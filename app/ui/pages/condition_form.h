#pragma once

#include "rules/routing_condition.h"
#include "ui/shell/workspace.h"

#include <QJsonObject>

class QComboBox;

namespace keydesk {

class ChoiceButton;
class FieldForm;
class FieldRow;

// The widget of a ConditionEditor: yes-or-no lists and several-of lists, one a line.
class ConditionForm final : public QWidget
{
    Q_OBJECT

public:
    explicit ConditionForm(Desk &desk, QWidget *parent = nullptr);

    void setCondition(const QJsonObject &condition);
    QJsonObject condition() const;

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Line
    {
        const ConditionKey *key;
        FieldRow *row;
        QComboBox *yesNo; // exactly one of these two
        ChoiceButton *choices;
    };
    void addLine(const ConditionKey &key);
    /// What there is to choose from now, and `kept` even if there is no such record any more.
    void fillChoices(const Line &line, const QStringList &kept);
    void retranslate();

    Desk &m_desk;
    FieldForm *m_form;
    std::vector<Line> m_lines;
    QJsonObject m_unknown; // of a newer server
};

} // namespace keydesk
