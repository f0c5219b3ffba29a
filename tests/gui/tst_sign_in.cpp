#include "gui/one_desk.h"

#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// What the sign-in page says when somebody is not let in, and where the cursor is then.
class TestSignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrongPasswordWithoutTheLineIsCalledWrong();
    void malformedEnrolmentPutsTheCursorThere();
    void lastSyncIsKnownAfterASignInWithoutTheLine();
};

void TestSignIn::wrongPasswordWithoutTheLineIsCalledWrong()
{
    OneDesk at;
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilSettled();
    manager.workbench().signOut();
    at.office.setReachable(false);
    QString why;
    connect(&manager.workbench(), &Workbench::refused, this,
            [&why](const Error &error, bool) { why = error.key(); });
    QVERIFY(manager.workbench().signIn({u"office:1"_s, u"1101"_s, u"wrong"_s, {}}));
    QTRY_COMPARE_WITH_TIMEOUT(why, u"login.wrong"_s, DesktopDriver::patience);
    disconnect(&manager.workbench(), nullptr, this, nullptr);
}

void TestSignIn::malformedEnrolmentPutsTheCursorThere()
{
    OneDesk at;
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilSettled();
    manager.workbench().signOut();
    manager.until(u"the page is there"_s, [&] { return manager.find(u"login.user"_s); });
    manager.fill(u"login.user"_s, u"1101"_s).fill(u"login.password"_s, u"secret"_s);
    manager.fill(u"login.enrolment"_s, u"keydesk"_s).tabTo(u"login.user"_s).press(u"Return"_s);
    manager.untilFocused(u"login.enrolment"_s);
    QVERIFY2(manager.problem().isEmpty(), qPrintable(manager.problem()));
}

void TestSignIn::lastSyncIsKnownAfterASignInWithoutTheLine()
{
    OneDesk at;
    DesktopDriver &manager = at.enter(u"1101"_s);
    manager.untilSettled();
    QVERIFY(!manager.workbench().status().lastCheckpoint.isNull());
    manager.workbench().signOut();
    at.office.setReachable(false);
    QVERIFY(manager.workbench().signIn({u"office:1"_s, u"1101"_s, u"secret"_s, {}}));
    manager.until(u"he is in"_s, [&] { return manager.workbench().isReady(); });
    manager.until(u"it is known"_s,
                  [&] { return !manager.workbench().status().lastCheckpoint.isNull(); });
    QVERIFY2(manager.problem().isEmpty(), qPrintable(manager.problem()));
}

QTEST_MAIN(TestSignIn)
#include "tst_sign_in.moc"
