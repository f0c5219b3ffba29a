#pragma once

#include "base/record_id.h"
#include "schema/field.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace keydesk {

class Workbench;

// Asks for the reason of an act: an optional choice, an optional short answer, a text. Opened,
// never executed, so that the window goes on.
class AskDialog final : public QDialog
{
    Q_OBJECT

public:
    AskDialog(const QString &title, const QString &question, QWidget *parent = nullptr);
    void setChoices(std::span<const EnumKey> keys);
    void setSecondQuestion(const QString &question);
    QString choice() const;
    QString secondAnswer() const;

Q_SIGNALS:
    /// Confirmed, with the text typed.
    void answered(const QString &text);

private:
    void confirm();

    QComboBox *m_choice;
    QLineEdit *m_second;
    QPlainTextEdit *m_text;
    QPushButton *m_ok;
};

/// The operations centre's queue for an area, as this desktop knows it; null if none.
RecordId operationsQueueOf(Workbench &workbench, const RecordId &area);

} // namespace keydesk
