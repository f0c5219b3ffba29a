#include "support/gate.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

const QString password = Gate::password();

} // namespace

// What guesses cost whoever makes them, and nobody else (reliability.md, "Throttling").
class TestLoginAttempts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrongPasswordAndUnknownPersonReadAlike();
    void eleventhTryWithinAQuarterHourHasToWait();
    void restartForgetsNoFailedTry();
    void triesThatHaveToWaitWriteNothing();
    void wrongPasswordThatCannotBeStoredIsNotAnswered();
};

void TestLoginAttempts::wrongPasswordAndUnknownPersonReadAlike()
{
    Gate gate;
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    QCOMPARE(pc.signIn(u"hot1"_s, u"wrong"_s), u"login.wrong"_s);
    QCOMPARE(pc.signIn(u"nobody"_s, password), u"login.wrong"_s);
}

void TestLoginAttempts::eleventhTryWithinAQuarterHourHasToWait()
{
    Gate gate;
    Pc stranger(gate);
    const Staff agent = gate.add(person(u"hot1"_s, Role::HotlineAgent));
    QCOMPARE(stranger.enrol(gate.add(person(u"hot2"_s, Role::HotlineAgent))), QString());
    for (int i = 0; i < 10; ++i)
        QCOMPARE(stranger.signIn(u"hot1"_s, u"guess"_s), u"login.wrong"_s);
    QCOMPARE(stranger.signIn(u"hot1"_s, u"guess"_s), u"login.throttled"_s);
    Pc own(gate);
    QCOMPARE(own.enrol(agent), QString());
    QCOMPARE(own.signIn(u"hot1"_s, password), QString()); // a stranger locks nobody out
}

void TestLoginAttempts::restartForgetsNoFailedTry()
{
    Gate gate;
    Pc stranger(gate);
    gate.add(person(u"hot1"_s, Role::HotlineAgent));
    QCOMPARE(stranger.enrol(gate.add(person(u"hot2"_s, Role::HotlineAgent))), QString());
    for (int i = 0; i < 10; ++i) {
        gate.steady.set({i * second}); // the machine has just begun, each time
        gate.open();
        QCOMPARE(stranger.signIn(u"hot1"_s, u"guess"_s), u"login.wrong"_s);
    }
    gate.open();
    QCOMPARE(stranger.signIn(u"hot1"_s, u"guess"_s), u"login.throttled"_s);
    gate.clock.advance(15 * minute);
    gate.open();
    QCOMPARE(stranger.signIn(u"hot1"_s, u"guess"_s), u"login.wrong"_s);
    QCOMPARE(stranger.signIn(u"hot1"_s, u"guess"_s), u"login.throttled"_s);
}

void TestLoginAttempts::triesThatHaveToWaitWriteNothing()
{
    Gate gate;
    Pc stranger(gate);
    gate.add(person(u"hot1"_s, Role::HotlineAgent));
    QCOMPARE(stranger.enrol(gate.add(person(u"hot2"_s, Role::HotlineAgent))), QString());
    for (int i = 0; i < 10; ++i)
        QCOMPARE(stranger.signIn(u"hot1"_s, u"guess"_s), u"login.wrong"_s);
    const QByteArray size = "SELECT count(*) || ' ' || (SELECT count(*) FROM audit) "
                            "FROM login_budget";
    const QString before = gate.text(size);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(stranger.signIn(u"hot1"_s, u"guess"_s), u"login.throttled"_s);
    gate.perform([](Authority &, Transaction &, AuditEntry &) { return Result<>(); });
    QCOMPARE(gate.text(size), before);
    QCOMPARE(before, u"3 11"_s); // the account, its network, all strangers; ten tries, an enrolment
}

// Or a disk that is full would be a licence to guess.
void TestLoginAttempts::wrongPasswordThatCannotBeStoredIsNotAnswered()
{
    Gate gate;
    Pc pc(gate);
    QCOMPARE(pc.enrol(gate.add(person(u"hot1"_s, Role::HotlineAgent))), QString());
    gate.perform([](Authority &authority, Transaction &, AuditEntry &) {
        return authority.store().database().execute(
            "CREATE TRIGGER no_room BEFORE INSERT ON login_budget "
            "BEGIN SELECT RAISE(ABORT, 'no room'); END");
    });
    const QString refusal = pc.signIn(u"hot1"_s, u"guess"_s);
    QVERIFY2(refusal != u"login.wrong"_s && !refusal.isEmpty(), qPrintable(refusal));
    gate.perform([](Authority &authority, Transaction &, AuditEntry &) {
        return authority.store().database().execute("DROP TRIGGER no_room");
    });
    QCOMPARE(pc.signIn(u"hot1"_s, u"guess"_s), u"login.wrong"_s);
    QCOMPARE(gate.text("SELECT max(streak) FROM login_budget"), u"2"_s);
}

QTEST_GUILESS_MAIN(TestLoginAttempts)
#include "tst_login_attempts.moc"
