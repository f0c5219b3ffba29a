#include "support/office.h"

#include "domain/area.h"
#include "domain/entities.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/keydesk_style.h"

#include <QAction>
#include <QDialog>
#include <QLineEdit>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

} // namespace

// What the window shows when somebody may not go on working: never the filled pages.
class TestSessionEnd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { KeydeskStyle::install({}); }
    void init();
    void cleanup();

    void endedSessionAsksAgainAndComesBackToTheSamePage();
    void disabledLoginLeavesNoPageBuilt();
    void disabledLoginEndsTheLockedScreenToo();
    void noKeyOfTheWindowWorksBehindTheLock();
    void dialogComesBackWithTheSessionThatEnded();

private:
    QWidget *loginPage() { return m_window->findChild<QWidget *>(u"page.login"_s); }
    /// The pages that have been built, shown or not.
    QList<Workspace *> pages() { return m_window->findChildren<Workspace *>(); }
    void dropTheLine();
    void press(const char *action);

    Catalog m_catalog = makeCatalog();
    CommandRegistry m_registry = makeCommandRegistry();
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Office> m_office;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<Language> m_language;
    std::unique_ptr<MainWindow> m_window;
};

void TestSessionEnd::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_office = std::make_unique<Office>(m_catalog, m_registry);
    Area area;
    area.code = u"KM"_s;
    area.name = u"昆明"_s;
    Staff manager;
    manager.areaId = m_office->add(area);
    manager.code = u"1001"_s;
    manager.name = u"王芳"_s;
    manager.roles.keys = {keyOf(Role::AccountManager)};
    m_office->add(manager);
    m_office->open();
    Workbench::Options options;
    options.dataDirectory = m_directory->path();
    options.makeLink = m_office->links();
    m_workbench = std::make_unique<Workbench>(std::move(options));
    m_language = std::make_unique<Language>();
    MainWindow::Start start;
    start.signIn = {u"office:1"_s, u"1001"_s, u"secret"_s,
                    u"keydesk://office:1/#"_s + QString(64, u'a') + u"/ABCD-EFGH"_s};
    m_window = std::make_unique<MainWindow>(*m_workbench, *m_language, start);
    m_window->show();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->currentPage().isEmpty() && !loginPage()->isVisible(),
                             patience);
}

void TestSessionEnd::cleanup()
{
    m_window.reset();
    m_workbench.reset();
    m_office.reset();
}

void TestSessionEnd::dropTheLine()
{
    m_office->setReachable(false);
    m_office->setReachable(true);
}

void TestSessionEnd::press(const char *action)
{
    m_window->findChild<QAction *>(QString::fromLatin1(action))->trigger();
}

void TestSessionEnd::endedSessionAsksAgainAndComesBackToTheSamePage()
{
    m_window->goTo(u"customers"_s);
    QCOMPARE(m_window->currentPage(), u"customers"_s);
    m_office->door().tokensHold = false;
    dropTheLine();
    QTRY_VERIFY_WITH_TIMEOUT(loginPage()->isVisible(), patience);
    QCOMPARE(loginPage()->findChild<QLineEdit *>(u"login.user"_s)->text(), u"1001"_s);
    QVERIFY(loginPage()->findChild<InlineMessage *>()->isVisible());
    auto *password = loginPage()->findChild<QLineEdit *>(u"login.password"_s);
    password->setText(u"secret"_s);
    QTest::keyClick(password, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!loginPage()->isVisible(), patience);
    QCOMPARE(m_window->currentPage(), u"customers"_s);
}

void TestSessionEnd::disabledLoginLeavesNoPageBuilt()
{
    QVERIFY(!pages().isEmpty());
    QVERIFY(m_office->server().database().execute("UPDATE staff SET status='disabled'"));
    dropTheLine();
    QTRY_VERIFY_WITH_TIMEOUT(loginPage()->isVisible(), patience);
    QTRY_VERIFY(pages().isEmpty());
    QVERIFY(loginPage()->findChild<InlineMessage *>()->isVisible());
}

void TestSessionEnd::disabledLoginEndsTheLockedScreenToo()
{
    press("window.lock");
    QTRY_VERIFY(loginPage()->isVisible());
    QVERIFY(m_office->server().database().execute("UPDATE staff SET status='disabled'"));
    dropTheLine();
    QTRY_VERIFY_WITH_TIMEOUT(pages().isEmpty(), patience);
    // Whoever comes next is asked for everything again, not only to unlock.
    QTRY_VERIFY(loginPage()->findChild<QLineEdit *>(u"login.user"_s)->isEnabled());
    QVERIFY(loginPage()->findChild<InlineMessage *>()->isVisible());
}

void TestSessionEnd::noKeyOfTheWindowWorksBehindTheLock()
{
    m_window->goTo(u"customers"_s);
    press("window.lock");
    QTRY_VERIFY(loginPage()->isVisible());
    for (QAction *action : m_window->actions()) {
        if (action->objectName() == u"window.page")
            action->trigger();
    }
    QVERIFY(loginPage()->isVisible());
    QCOMPARE(m_window->currentPage(), u"customers"_s);
}

void TestSessionEnd::dialogComesBackWithTheSessionThatEnded()
{
    m_window->goTo(u"today"_s);
    Workspace *today = m_window->page(u"today"_s);
    for (QAction *action : today->actions()) {
        if (action->objectName() == u"today.new")
            action->trigger();
    }
    const auto dialog = [this] { return m_window->findChild<QDialog *>(); };
    QTRY_VERIFY(dialog() && dialog()->isVisible());
    m_office->door().tokensHold = false;
    dropTheLine();
    QTRY_VERIFY_WITH_TIMEOUT(loginPage()->isVisible(), patience);
    QVERIFY(!dialog()->isVisible()); // nobody reads on
    auto *password = loginPage()->findChild<QLineEdit *>(u"login.password"_s);
    password->setText(u"secret"_s);
    QTest::keyClick(password, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!loginPage()->isVisible(), patience);
    QTRY_VERIFY(dialog() && dialog()->isVisible());
}

QTEST_MAIN(TestSessionEnd)
#include "tst_session_end.moc"
