#include "security/login_throttle.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

LoginAttempt stranger(const QString &account = u"wang"_s, const QString &network = u"10.0.0"_s)
{
    return {account, u"new-device"_s, false, network};
}

LoginAttempt colleague(const QString &account = u"wang"_s)
{
    return {account, u"desk-7"_s, true, u"10.0.0"_s};
}

int admittedOf(LoginThrottle &throttle, const LoginAttempt &attempt, int tries)
{
    int admitted = 0;
    for (int i = 0; i < tries; ++i)
        admitted += throttle.admit(attempt) ? 1 : 0;
    return admitted;
}

} // namespace

class TestThrottle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tenFailuresUseUpFifteenMinutes()
    {
        ManualClock clock;
        LoginThrottle throttle(clock);
        QCOMPARE(admittedOf(throttle, stranger(), 100), 10);
        const auto refused = throttle.admit(stranger());
        QCOMPARE(refused.error().key(), u"login.throttled"_s);
        QCOMPARE(refused.error().args, QStringList{u"900"_s});
        clock.advance(15 * minute);
        QCOMPARE(admittedOf(throttle, stranger(), 100), 1);
    }

    void neverMoreThanTenTriesInAnyFifteenMinutes()
    {
        ManualClock clock;
        LoginThrottle throttle(clock);
        QList<Instant> admitted;
        for (int step = 0; step < 3 * 24 * 60 * 6; ++step, clock.advance(10 * second)) {
            if (throttle.admit(stranger()))
                admitted.append(clock.now());
            const auto recent = std::count_if(admitted.cbegin(), admitted.cend(), [&](Instant at) {
                return clock.now() - at < 15 * minute;
            });
            QVERIFY(recent <= 10);
        }
        // 10 at once, then 15 and 30 minutes, 1, 2 and for ever 4 hours apart.
        QVERIFY2(admitted.size() <= 10 + 4 + 3 * 6, qPrintable(QString::number(admitted.size())));
        QVERIFY(admitted.size() >= 25);
    }

    void delayGrowsFourHoursAtMost()
    {
        ManualClock clock;
        LoginThrottle throttle(clock);
        admittedOf(throttle, stranger(), 10);
        for (const qint64 wait : {15, 30, 60, 120, 240, 240}) {
            clock.advance(wait * minute - 1);
            QVERIFY(!throttle.admit(stranger()));
            clock.advance(1);
            QVERIFY(throttle.admit(stranger()));
        }
    }

    void successEndsTheStreak()
    {
        ManualClock clock;
        LoginThrottle throttle(clock);
        QCOMPARE(admittedOf(throttle, stranger(), 9), 9);
        QVERIFY(throttle.admit(stranger()));
        throttle.succeeded(stranger());
        QCOMPARE(admittedOf(throttle, stranger(), 100), 10);
    }

    void strangerCannotLockOutAKnownDevice()
    {
        ManualClock clock;
        LoginThrottle throttle(clock);
        admittedOf(throttle, stranger(), 100);
        QVERIFY(throttle.admit(colleague()));
    }

    void knownDeviceHasABudgetToo()
    {
        ManualClock clock;
        LoginThrottle throttle(clock);
        QCOMPARE(admittedOf(throttle, colleague(), 100), 10);
        QVERIFY(throttle.admit(stranger()));
    }

    void spellingOfTheAccountIsNoNewBudget()
    {
        ManualClock clock;
        LoginThrottle throttle(clock);
        QCOMPARE(admittedOf(throttle, stranger(u"wang"_s), 5), 5);
        QCOMPARE(admittedOf(throttle, stranger(u"WANG"_s), 100), 5);
    }

    void sprayOverAccountsIsHeldPerNetwork()
    {
        ManualClock clock;
        LoginThrottle throttle(clock);
        int admitted = 0;
        for (int i = 0; i < 1000; ++i)
            admitted += throttle.admit(stranger(u"user%1"_s.arg(i))) ? 1 : 0;
        QCOMPARE(admitted, 100);
        QVERIFY(throttle.admit(stranger(u"user5000"_s, u"10.9.9"_s)));
    }

    void officeThatLogsInRightIsNotHeld()
    {
        ManualClock clock;
        LoginThrottle throttle(clock);
        for (int i = 0; i < 1000; ++i) {
            const auto attempt = stranger(u"user%1"_s.arg(i));
            QVERIFY(throttle.admit(attempt));
            throttle.succeeded(attempt);
            clock.advance(300);
        }
    }

    void strangersHaveOneCapTogether()
    {
        ManualClock clock;
        LoginThrottle throttle(clock);
        int admitted = 0;
        for (int i = 0; i < 1000; ++i)
            admitted += throttle.admit(stranger(u"u%1"_s.arg(i), u"n%1"_s.arg(i))) ? 1 : 0;
        QCOMPARE(admitted, 240);
        QVERIFY(throttle.admit(colleague()));
        clock.advance(minute);
        QVERIFY(throttle.admit(stranger()));
    }

    void whatIsOverIsForgotten()
    {
        ManualClock clock;
        LoginThrottle throttle(clock);
        for (int i = 0; i < 240; ++i)
            QVERIFY(throttle.admit(stranger(u"u%1"_s.arg(i), u"n%1"_s.arg(i))));
        clock.advance(minute);
        admittedOf(throttle, stranger(u"victim"_s), 10);
        clock.advance(16 * minute);
        throttle.purge();
        QCOMPARE(throttle.remembered(), 1); // the victim's streak
        clock.advance(day);
        throttle.purge();
        QCOMPARE(throttle.remembered(), 0);
    }
};

QTEST_GUILESS_MAIN(TestThrottle)
#include "tst_throttle.moc"
