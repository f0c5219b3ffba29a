#include "ui/shell/login_page.h"

#include "ui/widgets/field_form.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

LoginPage::LoginPage(Workbench &workbench, Language &language, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_language(language)
{
    setObjectName(u"page.login"_s);
    build();
    retranslate();
    connect(&m_workbench, &Workbench::refused, this,
            [this](const Error &error, bool) { showRefusal(error); });
    connect(&m_workbench, &Workbench::statusChanged, this, &LoginPage::showStatus);
}

void LoginPage::build()
{
    auto *outer = new QVBoxLayout(this);
    auto *column = new QWidget(this);
    column->setFixedWidth(Theme::of(this).scaled(460));
    outer->addStretch(2);
    outer->addWidget(column, 0, Qt::AlignHCenter);
    outer->addStretch(3);

    auto *layout = new QVBoxLayout(column);
    layout->setSpacing(12);
    addHead(*layout);
    addForm(*layout);
    addProgress(*layout);
    addButtons(*layout);
    setBusy(false);
}

void LoginPage::addHead(QVBoxLayout &layout)
{
    m_title = new QLabel(layout.parentWidget());
    m_title->setFont(Theme::of(this).font(TextRole::PageTitle, true));
    m_languageButton = new QToolButton(layout.parentWidget());
    m_languageButton->setObjectName(u"login.language"_s);
    m_languageButton->setIcon(icon(u"languages"_s));
    m_languageButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_languageButton->setAutoRaise(true);
    connect(m_languageButton, &QToolButton::clicked, this, [this] {
        m_language.install(m_language.current() == QLocale::Chinese ? QLocale::English
                                                                    : QLocale::Chinese);
    });
    auto *top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_languageButton);
    layout.addLayout(top);

    m_hint = new QLabel(layout.parentWidget());
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    layout.addWidget(m_hint);
    m_message = new InlineMessage(layout.parentWidget());
    m_message->hide();
    layout.addWidget(m_message);
}

void LoginPage::addForm(QVBoxLayout &layout)
{
    m_form = new FieldForm(layout.parentWidget());
    const auto field = [this](const char *name) {
        auto *edit = new QLineEdit(m_form);
        edit->setObjectName(QString::fromLatin1(name));
        connect(edit, &QLineEdit::returnPressed, this, &LoginPage::signIn);
        return edit;
    };
    m_server = field("login.server");
    m_user = field("login.user");
    m_password = field("login.password");
    m_password->setEchoMode(QLineEdit::Password);
    m_enrolment = field("login.enrolment");
    m_serverRow = m_form->addRow({}, m_server);
    m_userRow = m_form->addRow({}, m_user, true);
    m_passwordRow = m_form->addRow({}, m_password);
    m_enrolmentRow = m_form->addRow({}, m_enrolment);
    layout.addWidget(m_form);
}

void LoginPage::addProgress(QVBoxLayout &layout)
{
    m_progress = new QProgressBar(layout.parentWidget());
    m_progress->setTextVisible(false);
    layout.addWidget(m_progress);
    m_progressText = new QLabel(layout.parentWidget());
    m_progressText->setWordWrap(true);
    layout.addWidget(m_progressText);
}

void LoginPage::addButtons(QVBoxLayout &layout)
{
    m_signIn = new QPushButton(layout.parentWidget());
    m_signIn->setObjectName(u"login.signIn"_s);
    m_signIn->setDefault(true);
    m_cancel = new QPushButton(layout.parentWidget());
    m_cancel->setObjectName(u"login.cancel"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_signIn);
    layout.addLayout(buttons);
    connect(m_signIn, &QPushButton::clicked, this, &LoginPage::signIn);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_workbench.signOut();
        setBusy(false);
    });
}

void LoginPage::retranslate()
{
    m_title->setText(tr("Keydesk"));
    m_hint->setText(
        tr("Key-account workbench. The first time on this PC, paste the enrolment "
           "string that your administrator gave you. Offline sign-in works for 7 days."));
    m_serverRow->setLabel(tr("Server"));
    m_serverRow->setHint(tr("HOST:PORT; not needed with an enrolment string"));
    m_userRow->setLabel(tr("Staff number"));
    m_passwordRow->setLabel(tr("Password"));
    m_enrolmentRow->setLabel(tr("Enrolment string"));
    showLock();
    m_languageButton->setText(m_language.current() == QLocale::Chinese ? u"English"_s : u"中文"_s);
}

void LoginPage::begin(const Workbench::SignIn &known)
{
    m_unlocking = false;
    showLock();
    const Settings &settings = m_workbench.settings();
    m_server->setText(known.server.isEmpty() ? settings.value(setting::lastServer) : known.server);
    m_user->setText(known.user.isEmpty() ? settings.value(setting::lastUser) : known.user);
    m_enrolment->setText(known.enrolment);
    m_password->setText(known.password);
    setBusy(false);
    (m_user->text().isEmpty() ? m_user : m_password)->setFocus();
    const bool enough = !known.user.isEmpty()
        && (!known.server.isEmpty() || !known.enrolment.isEmpty());
    if (enough)
        signIn();
}

void LoginPage::askAgain(const Error &why)
{
    begin({});
    m_message->showMessage(BadgeKind::Danger, why.text());
}

void LoginPage::askUnlock(const QString &user)
{
    begin({});
    m_unlocking = true;
    m_user->setText(user);
    showLock();
    m_password->clear();
    m_password->setFocus();
}

// Only the password is asked; who somebody else is signs out first.
void LoginPage::showLock()
{
    m_serverRow->setVisible(!m_unlocking);
    m_enrolmentRow->setVisible(!m_unlocking);
    m_user->setEnabled(!m_unlocking);
    m_cancel->setVisible(m_unlocking || m_busy);
    m_cancel->setText(m_unlocking ? tr("Sign out") : tr("Cancel"));
    m_signIn->setText(m_unlocking ? tr("Unlock") : tr("Sign in"));
    if (m_unlocking)
        m_message->showMessage(BadgeKind::Info,
                               tr("Locked. What you typed is kept; your password opens it."));
}

void LoginPage::tryUnlock()
{
    setBusy(true);
    m_workbench.checkPassword(m_password->text(),
                              [this, alive = QPointer(this)](const Result<> &let) {
                                  if (!alive || !m_unlocking)
                                      return;
                                  setBusy(false);
                                  if (!let) {
                                      m_message->showMessage(BadgeKind::Danger, let.error().text());
                                      m_password->setFocus();
                                      return m_password->selectAll();
                                  }
                                  m_unlocking = false;
                                  m_password->clear();
                                  showLock();
                                  m_message->hide();
                                  Q_EMIT unlocked();
                              });
}

void LoginPage::signIn()
{
    if (m_unlocking)
        return tryUnlock();
    m_form->clearErrors();
    m_message->hide();
    if (m_user->text().trimmed().isEmpty()) {
        m_userRow->setError(tr("Please enter your staff number."));
        m_form->focusFirstError();
        return;
    }
    setBusy(true);
    const auto begun = m_workbench.signIn({m_server->text().trimmed(), m_user->text().trimmed(),
                                           m_password->text(), m_enrolment->text().trimmed()});
    if (!begun)
        showRefusal(begun.error());
}

void LoginPage::showRefusal(const Error &error)
{
    if (m_workbench.isSignedIn() && m_workbench.isReady())
        return;
    setBusy(false);
    // Nothing is saved here yet that could be sent later: only that nobody answers is true.
    m_message->showMessage(BadgeKind::Danger,
                           error.key() == u"offline"
                               ? tr("The server %1 does not answer. Check the address and the "
                                    "network.")
                                     .arg(serverTried())
                               : error.text());
    const bool enrols = error.key().startsWith(u"enrol."_s)
        || error.key() == u"login.device_unknown";
    QLineEdit *wrong = enrols ? m_enrolment : m_password;
    wrong->setFocus();
    wrong->selectAll();
}

QString LoginPage::serverTried() const
{
    if (!m_server->text().trimmed().isEmpty())
        return m_server->text().trimmed();
    const auto enrolment = Enrolment::parse(m_enrolment->text().trimmed());
    return enrolment ? enrolment->server.toString()
                     : m_workbench.settings().value(setting::lastServer);
}

void LoginPage::showStatus(const SyncStatus &status)
{
    if (!m_busy)
        return;
    if (!status.progress.loading) {
        m_progress->setRange(0, 0);
        m_progressText->setText(tr("Connecting …"));
        return;
    }
    m_progress->setRange(0, int(std::max<qint64>(1, status.progress.total)));
    m_progress->setValue(int(status.progress.rows));
    m_progressText->setText(tr("Getting your data: %1 of %2 records. You can cancel; it goes on "
                               "from here next time.")
                                .arg(status.progress.rows)
                                .arg(status.progress.total));
}

void LoginPage::setBusy(bool busy)
{
    m_busy = busy;
    m_form->setEnabled(!busy);
    m_signIn->setVisible(!busy);
    m_cancel->setVisible(busy || m_unlocking);
    m_progress->setVisible(busy);
    m_progressText->setVisible(busy);
    if (busy)
        showStatus(m_workbench.status());
}

void LoginPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace keydesk
