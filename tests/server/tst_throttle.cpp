#include "security/login_throttle.h"

#include <QTest>

#include <map>

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

// What a restart would find.
class Shelf
{
public:
    void store(LoginThrottle &throttle)
    {
        const auto changes = throttle.takeChanges();
        for (const LoginBudget &budget : changes.kept)
            rows[budget.key] = budget;
        for (const QByteArray &key : changes.forgotten)
            rows.erase(key);
    }
    std::vector<LoginBudget> all() const
    {
        std::vector<LoginBudget> budgets;
        for (const auto &[key, budget] : rows)
            budgets.push_back(budget);
        return budgets;
    }

    std::map<QByteArray, LoginBudget> rows;
};

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

    void poolComesBackOneByOne()
    {
        ManualClock clock;
        LoginThrottle throttle(clock);
        for (int i = 0; i < 100; ++i)
            QVERIFY(throttle.admit(stranger(u"user%1"_s.arg(i))));
        const auto refused = throttle.admit(stranger(u"late"_s));
        QCOMPARE(refused.error().args, QStringList{u"9"_s}); // 15 minutes for 100
        for (int i = 0; i < 20; ++i) {
            clock.advance(9 * second - 1);
            QVERIFY(!throttle.admit(stranger(u"later%1"_s.arg(i))));
            clock.advance(1);
            QVERIFY(throttle.admit(stranger(u"later%1"_s.arg(i))));
        }
    }

    void tryThatWasNotLookedAtCostsNothing()
    {
        ManualClock clock;
        LoginThrottle throttle(clock);
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(throttle.admit(stranger()));
            throttle.withdrawn(stranger());
        }
        QCOMPARE(admittedOf(throttle, stranger(), 100), 10);
    }

    void restartForgetsNothing()
    {
        ManualClock clock;
        Shelf shelf;
        LoginThrottle before(clock);
        admittedOf(before, stranger(), 100);
        for (int i = 0; i < 1000; ++i)
            (void)before.admit(stranger(u"user%1"_s.arg(i)));
        shelf.store(before);
        LoginThrottle after(clock);
        after.restore(shelf.all());
        QCOMPARE(after.remembered(), before.remembered());
        QCOMPARE(admittedOf(after, stranger(u"wang"_s, u"10.9.9"_s), 100), 0); // the account
        QCOMPARE(admittedOf(after, stranger(u"li"_s), 100), 0); // the network
        QVERIFY(after.takeChanges().isEmpty());
        clock.advance(15 * minute);
        QCOMPARE(admittedOf(after, stranger(), 100), 1);
    }

    void successIsStoredToo()
    {
        ManualClock clock;
        Shelf shelf;
        LoginThrottle throttle(clock);
        admittedOf(throttle, colleague(), 9);
        shelf.store(throttle);
        QCOMPARE(shelf.rows.size(), std::size_t(1));
        QVERIFY(throttle.admit(colleague()));
        throttle.succeeded(colleague());
        shelf.store(throttle);
        QCOMPARE(shelf.rows.size(), std::size_t(0));
    }

    void whatWasNotStoredIsStoredNextTime()
    {
        ManualClock clock;
        Shelf shelf;
        LoginThrottle throttle(clock);
        admittedOf(throttle, colleague(), 10);
        throttle.notStored(throttle.takeChanges());
        shelf.store(throttle);
        LoginThrottle after(clock);
        after.restore(shelf.all());
        QVERIFY(!after.admit(colleague()));
    }

    void clockThatWasPutBackLocksNobodyOutForLong()
    {
        ManualClock clock;
        Shelf shelf;
        LoginThrottle throttle(clock);
        admittedOf(throttle, stranger(), 10);
        for (int i = 0; i < 90; ++i)
            QVERIFY(throttle.admit(stranger(u"user%1"_s.arg(i))));
        shelf.store(throttle);
        ManualClock back(clock.now() + -365 * day);
        LoginThrottle after(back);
        after.restore(shelf.all());
        back.advance(15 * minute);
        QVERIFY(after.admit(stranger()));
    }

    // Names and networks as many as one likes: neither memory nor the table grows beyond its bound,
    // nothing is written for what is refused, and who is held stays held.
    void rowsAreBoundedAndTheVictimStaysProtected()
    {
        ManualClock clock;
        Shelf shelf;
        LoginThrottle throttle(clock);
        admittedOf(throttle, stranger(u"victim"_s, u"n"_s), 10);
        std::size_t most = 0;
        qsizetype written = 0;
        int admitted = 0;
        for (int i = 0; i < 60 * minute / 100; ++i, clock.advance(100)) {
            admitted += throttle.admit(stranger(u"u%1"_s.arg(i), u"n%1"_s.arg(i))) ? 1 : 0;
            const auto changes = throttle.takeChanges();
            written += qsizetype(changes.kept.size()) + changes.forgotten.size();
            throttle.notStored(changes);
            shelf.store(throttle);
            most = std::max(most, shelf.rows.size());
            QCOMPARE(qsizetype(shelf.rows.size()), throttle.remembered());
        }
        QVERIFY2(admitted <= 60 * 240 + 240, qPrintable(QString::number(admitted)));
        QVERIFY2(most <= 10'000, qPrintable(QString::number(most)));
        QVERIFY2(written <= 6 * admitted + 12, qPrintable(QString::number(written)));
        QCOMPARE(admittedOf(throttle, stranger(u"victim"_s, u"n"_s), 100), 1); // 60 minutes later
        qInfo("report: an hour of spraying: %d tries admitted of 36,000, %zu rows at most, "
              "%lld written",
              admitted, most, qlonglong(written));
    }

    void fullTableLosesTheOldestFirst()
    {
        ManualClock clock;
        LoginThrottle::Limits limits;
        limits.budgets = 20;
        LoginThrottle throttle(clock, limits);
        for (int i = 0; i < 40; ++i, clock.advance(second))
            QVERIFY(throttle.admit({u"u%1"_s.arg(i), u"d%1"_s.arg(i), true, {}}));
        QCOMPARE(throttle.remembered(), 20);
        admittedOf(throttle, {u"u39"_s, u"d39"_s, true, {}}, 9);
        QVERIFY(!throttle.admit({u"u39"_s, u"d39"_s, true, {}}));
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
