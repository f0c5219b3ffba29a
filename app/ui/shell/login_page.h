#pragma once

#include "ui/widgets/language.h"
#include "workbench.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace keydesk {

class FieldForm;
class FieldRow;
class InlineMessage;

// Sign-in and first run in one view: server and enrolment string once per PC, then number and
// password; while the first load runs, how far it is. Typed text survives every refusal.
class LoginPage final : public QWidget
{
    Q_OBJECT

public:
    LoginPage(Workbench &workbench, Language &language, QWidget *parent = nullptr);

    /// Fills in what is known; signs in at once when that is enough.
    void begin(const Workbench::SignIn &known);
    /// Asks the person who worked here to sign in again, and says why.
    void askAgain(const Error &why);
    /// Asks for the password of who works here; unlocked() follows, or he signs out.
    void askUnlock(const QString &user);

Q_SIGNALS:
    void unlocked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void addHead(QVBoxLayout &layout);
    void addForm(QVBoxLayout &layout);
    void addProgress(QVBoxLayout &layout);
    void addButtons(QVBoxLayout &layout);
    void retranslate();
    void signIn();
    void tryUnlock();
    void showLock();
    void showRefusal(const Error &error);
    QString serverTried() const;
    void showStatus(const SyncStatus &status);
    void setBusy(bool busy);

    Workbench &m_workbench;
    Language &m_language;
    QLabel *m_title;
    QLabel *m_hint;
    InlineMessage *m_message;
    FieldForm *m_form;
    QLineEdit *m_server;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QLineEdit *m_enrolment;
    FieldRow *m_serverRow;
    FieldRow *m_userRow;
    FieldRow *m_passwordRow;
    FieldRow *m_enrolmentRow;
    QProgressBar *m_progress;
    QLabel *m_progressText;
    QPushButton *m_signIn;
    QPushButton *m_cancel;
    QToolButton *m_languageButton;
    bool m_unlocking = false;
    bool m_busy = false;
};

} // namespace keydesk
