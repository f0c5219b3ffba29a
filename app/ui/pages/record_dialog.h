#pragma once

#include "ui/shell/workspace.h"

#include <QDialog>

class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace keydesk {

class InlineMessage;
class RecordForm;
class TextLabel;

// A form in a dialog that ends in one command: new records, changes, answers. Stays open with what
// was typed while the command is refused; closed, it has kept what was typed for its record.
// Opened, never executed.
class RecordDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `name` is the object name that tests and screen readers know it by; with `about`, the id of
    /// the record it is about, it says whose draft it is.
    RecordDialog(Desk &desk, const QString &entity, const QString &name, const QString &about,
                 const QString &title, QWidget *parent);

    RecordForm &form() { return *m_form; }
    /// Adds these fields, in groups and a wider window if there are many.
    void addFields(const QStringList &fields);
    /// A sentence above the form: what is asked, what follows.
    void setHint(const QString &hint);
    /// A further text below the form that is no field of the record.
    QPlainTextEdit &addText(const QString &name, const QString &label);

    /// The command for what was typed.
    using MakeCall = std::function<CommandCall(const FieldValues &typed)>;
    void setCall(MakeCall makeCall) { m_makeCall = std::move(makeCall); }
    /// After the command is in the queue; the dialog is closed by then.
    using Then = std::function<void(const CommandCall &call, const RunOutcome &outcome)>;
    void setThen(Then then) { m_then = std::move(then); }

protected:
    bool focusNextPrevChild(bool next) override;

private:
    void confirm();

    QString textKey() const;

    Desk &m_desk;
    QString m_draftKey;
    TextLabel *m_hint;
    InlineMessage *m_message;
    RecordForm *m_form;
    QVBoxLayout *m_inside;
    QPushButton *m_discard;
    MakeCall m_makeCall;
    Then m_then;
    bool m_running = false;
};

} // namespace keydesk
