#pragma once

#include "ui/pages/list_pane.h"

class QPushButton;
class QStackedWidget;

namespace keydesk {

class InlineMessage;
class RecordForm;
class RuleEditor;
class SaveBar;

// Staff, who serves which customer, and how opportunities are routed: people with their roles,
// dated assignments, the ordered list of routing rules.
class AdminPage final : public Workspace
{
    Q_OBJECT

public:
    explicit AdminPage(Desk &desk, QWidget *parent = nullptr);
    void arrive() override;
    bool showRecord(const QString &entity, const QString &id) override;

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildStaffForm();
    QWidget *buildAssignmentForm();
    void retranslate();
    void showView(const QString &view);
    void showStaff(const QString &id);
    void saveStaff();
    void showSaved(const RecordId &saved, const CommandCall &call, const FieldValues &sent);
    void welcome(const RecordId &person);
    bool isAbsentToday(const RecordTableModel &rows, int row) const;
    void setActive(bool active);
    void assign();
    void endAssignment();
    void buildRules();
    void buildActions();
    void startNew();
    void save();
    QList<ListPane *> panes() const { return {m_staff, m_assignments, m_rules}; }

    QStackedWidget *m_views;
    ListPane *m_staff;
    ListPane *m_assignments;
    ListPane *m_rules;
    RuleEditor *m_rule;
    QAction *m_new;
    QAction *m_saveAct;
    QAction *m_switchRule;
    QAction *m_ruleUp;
    QAction *m_ruleDown;
    RecordForm *m_staffForm;
    RecordForm *m_assignmentForm;
    SaveBar *m_save;
    InlineMessage *m_welcome;
    QPushButton *m_disable;
    QPushButton *m_enable;
    QPushButton *m_assign;
    QPushButton *m_end;
    QString m_person;
    bool m_mayEditStaff;
};

} // namespace keydesk
