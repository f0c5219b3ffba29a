#pragma once

#include "ui/pages/list_pane.h"

class QPushButton;

namespace keydesk {

class RecordForm;
class SaveBar;
class TextLabel;

// One routing rule beside the list of them: shows it, changes it, switches it off and on, moves it
// up and down. Every act is a SaveRoutingRule; what the server makes of it comes back as rows. What
// is typed is kept per rule until it is saved or discarded.
class RuleEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit RuleEditor(Desk &desk, QWidget *parent = nullptr);

    /// Whether this person may change rules at all.
    bool mayEdit() const { return m_mayEdit; }
    void show(const QString &rule);
    /// Empties the form for a new rule, placed before the last one.
    void startNew();
    void focusFirst();
    void save();
    void toggleActive();
    /// One place up (-1) or down (1).
    void move(int step);
    const QString &rule() const { return m_rule; }
    /// Leaves the list the greater half of the page.
    QSize sizeHint() const override { return {480, QWidget::sizeHint().height()}; }

Q_SIGNALS:
    /// A new rule was made, or another one is shown after an act.
    void saved(const QString &rule);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showState();
    void send(const FieldValues &values, const QString &done);
    void showSaved(const RecordId &saved, const RecordId &now, const FieldValues &sent);

    Desk &m_desk;
    RecordForm *m_form;
    TextLabel *m_hint;
    SaveBar *m_save;
    QPushButton *m_switch;
    QPushButton *m_up;
    QPushButton *m_down;
    QString m_rule; // empty: a new one
    bool m_mayEdit;
};

/// The list of the rules: order, name, condition and target in words, whether and when in force.
void setUpRuleList(ListPane &list, Desk &desk);

} // namespace keydesk
