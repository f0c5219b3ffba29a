#pragma once

#include "ui/shell/workspace.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace keydesk {

class DateEdit;
class FieldForm;
class FieldRow;
class InstantEdit;

// Logs a visit to a customer: when, whom one met, what was said, and the next step, which becomes a
// task of one's own. What cannot be read is marked and nothing is sent; what is typed is kept for
// the customer until it is sent, also when the dialog is closed.
class VisitDialog final : public QDialog
{
    Q_OBJECT

public:
    VisitDialog(Desk &desk, const RecordId &account, QWidget *parent);

protected:
    bool focusNextPrevChild(bool next) override;

private:
    void build();
    void fillPeople();
    bool check();
    void confirm();
    void noteTaken();
    void addTask();
    void finish();
    void keepDraft();
    void restoreDraft();
    QString draftText(const QString &said) const;

    Desk &m_desk;
    RecordId m_account;
    QString m_draftKey;
    FieldForm *m_form;
    InstantEdit *m_at;
    QComboBox *m_person;
    QPlainTextEdit *m_text;
    QLineEdit *m_next;
    DateEdit *m_nextOn;
    FieldRow *m_atRow;
    FieldRow *m_textRow;
    FieldRow *m_nextRow;
    FieldRow *m_nextOnRow;
    bool m_running = false;
    bool m_sent = false;
    bool m_noted = false; // the visit is; the task of the next step was refused
};

} // namespace keydesk
