#pragma once

#include "ui/shell/workspace.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace keydesk {

class InlineMessage;

// Asks for the reason of an act: an optional choice, an optional short answer, a text. Ends in one
// command and stays open while that is refused. What is typed is kept for this act and record until
// it is sent, also when the dialog is closed. Opened, never executed, so that the window goes on.
class AskDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `act` and `about` say whose draft it is: the name of the act and the record's id.
    AskDialog(Desk &desk, const QString &act, const QString &about, const QString &title,
              const QString &question, QWidget *parent = nullptr);
    void setChoices(std::span<const EnumKey> keys);
    void setSecondQuestion(const QString &question);
    /// What was typed, after the words of the reason chosen, if there are any; then in both
    /// languages (chosenWords()), because it is stored.
    QString text() const;
    /// Reasons to choose from; with one of them the text may stay empty, and the answer begins with
    /// its words. The last line leaves it to the text.
    void setReasons(const QList<Label> &offered);
    /// Where it may go, as key and words; asked only when there are several.
    void setTargets(const QString &question, const QList<std::pair<QString, QString>> &targets);
    QString target() const;
    QString choice() const;
    QString secondAnswer() const;

    /// The command for what was answered; an error is shown in the dialog.
    using MakeCall = std::function<Result<CommandCall>(const AskDialog &answers)>;
    void setCall(MakeCall makeCall) { m_makeCall = std::move(makeCall); }
    /// After the command is in the queue; the dialog is closed by then.
    using Then = std::function<void(const CommandCall &call, const RunOutcome &outcome)>;
    void setThen(Then then) { m_then = std::move(then); }
    /// The same for acts that only have to say that they are done.
    void setDone(const QString &said);

    /// Gives up what was typed for an act that was sent another way.
    static void forget(Workbench &workbench, const QString &act, const QString &about);

Q_SIGNALS:
    /// Confirmed, with the text typed, when there is no command to run here.
    void answered(const QString &text);

private:
    void keepDraft();
    void restoreDraft();
    void confirm();
    void runCall(const CommandCall &call);

    Desk &m_desk;
    QString m_draftKey;
    QString m_keptChoice;
    InlineMessage *m_message;
    QComboBox *m_choice;
    QLineEdit *m_second;
    QComboBox *m_target;
    bool m_hasReasons = false;
    QPlainTextEdit *m_text;
    MakeCall m_makeCall;
    Then m_then;
    bool m_running = false;
};

/// Why people give opportunities back, in the words of the reports.
QList<Label> returnReasons();

/// The queues that an opportunity of this area may come back to: id and name, the nearest first.
QList<std::pair<QString, QString>> returnTargets(Workbench &workbench, const RecordId &area);

/// The operations centre's queue for an area, as this desktop knows it; null if none.
RecordId operationsQueueOf(Workbench &workbench, const RecordId &area);

} // namespace keydesk
