#include "rules/claim_clock.h"
#include "support/command_desk.h"

#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

Instant at(const QString &text)
{
    return CommandDesk::at(text);
}

QString shown(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.ms, Qt::OffsetFromUTC, 8 * 3600)
        .toString(u"yyyy-MM-dd HH:mm"_s);
}

Opportunity waitingFrom(const QString &from, ValueClass valueClass, const WorkCalendar &calendar)
{
    Opportunity opportunity;
    opportunity.custodyState = CustodyState::Dispatched;
    opportunity.valueClass = valueClass;
    opportunity.dispatchedAt = at(from);
    opportunity.claimDueAt = calendar.after(at(from), claimHours(valueClass).claim);
    return opportunity;
}

} // namespace

class TestClaimClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void workIsDoneInOfficeHoursOnly_data();
    void workIsDoneInOfficeHoursOnly();
    void workingTimeAndItsEndAreInverse();
    void eachValueClassHasItsHours();
    void aRuleMayGiveOtherHours();
    void marksFallDueInWorkingTime_data();
    void marksFallDueInWorkingTime();
    void onlyWhatWaitsToBeClaimedHasMarks();
    void threeWorkingDaysPassOverTheWeekend();
    void aYearWithoutDataHasWeekendsOnly();
    void anUnreadableDateIsNamed();
};

void TestClaimClock::workIsDoneInOfficeHoursOnly_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("hours");
    QTest::addColumn<QString>("until");

    QTest::newRow("within a morning") << u"2026-03-02T09:00:00"_s << 2 << u"2026-03-02 11:00"_s;
    QTest::newRow("over lunch") << u"2026-03-02T11:00:00"_s << 2 << u"2026-03-02 14:30"_s;
    QTest::newRow("from before work") << u"2026-03-02T06:00:00"_s << 2 << u"2026-03-02 10:30"_s;
    QTest::newRow("from after work") << u"2026-03-02T20:00:00"_s << 2 << u"2026-03-03 10:30"_s;
    QTest::newRow("over night") << u"2026-03-02T16:30:00"_s << 2 << u"2026-03-03 09:30"_s;
    QTest::newRow("until the very end of the day")
        << u"2026-03-02T13:30:00"_s << 4 << u"2026-03-02 17:30"_s;
    QTest::newRow("over the weekend") << u"2026-03-06T16:30:00"_s << 2 << u"2026-03-09 09:30"_s;
    QTest::newRow("from a Sunday") << u"2026-03-08T12:00:00"_s << 1 << u"2026-03-09 09:30"_s;
    QTest::newRow("over the Spring Festival to the Saturday that is worked before it")
        << u"2026-02-13T16:30:00"_s << 2 << u"2026-02-14 09:30"_s;
    QTest::newRow("over the nine days of the Spring Festival")
        << u"2026-02-14T16:30:00"_s << 2 << u"2026-02-24 09:30"_s;
    QTest::newRow("on a Sunday that is worked for the National Day")
        << u"2026-09-20T09:00:00"_s << 1 << u"2026-09-20 10:00"_s;
    QTest::newRow("a whole day of work") << u"2026-03-02T08:30:00"_s << 8 << u"2026-03-03 09:00"_s;
}

void TestClaimClock::workIsDoneInOfficeHoursOnly()
{
    QFETCH(QString, from);
    QFETCH(int, hours);
    QFETCH(QString, until);
    const OfficeCalendar calendar = OfficeCalendar::shipped();
    QCOMPARE(shown(calendar.after(at(from), hours * hour)), until);
}

void TestClaimClock::workingTimeAndItsEndAreInverse()
{
    const OfficeCalendar calendar = OfficeCalendar::shipped();
    for (int start = 0; start < 60; ++start) {
        const Instant from = at(u"2026-02-09T00:17:00"_s) + start * 7 * hour;
        for (qint64 work = 10 * minute; work < 40 * hour; work += 97 * minute)
            QCOMPARE(calendar.workingTime(from, calendar.after(from, work)), work);
    }
    QCOMPARE(calendar.workingTime(at(u"2026-03-02T10:00:00"_s), at(u"2026-03-02T09:00:00"_s)), 0);
}

void TestClaimClock::eachValueClassHasItsHours()
{
    QCOMPARE(claimHours(ValueClass::A).claim, 2 * hour);
    QCOMPARE(claimHours(ValueClass::B).claim, 4 * hour);
    QCOMPARE(claimHours(ValueClass::C).claim, 8 * hour);
    QCOMPARE(claimHours(ValueClass::Potential).claim, 8 * hour);
    QCOMPARE(claimHours(ValueClass::A).firstContact, 4 * hour);
    QCOMPARE(claimHours(ValueClass::B).firstContact, 8 * hour);
    QCOMPARE(claimHours(ValueClass::D).firstContact, 16 * hour);
}

void TestClaimClock::aRuleMayGiveOtherHours()
{
    RoutingRule rule;
    rule.claimHoursA = 1;
    QCOMPARE(claimHours(ValueClass::A, rule).claim, 1 * hour);
    QCOMPARE(claimHours(ValueClass::B, rule).claim, 4 * hour);
}

void TestClaimClock::marksFallDueInWorkingTime_data()
{
    QTest::addColumn<QString>("now");
    QTest::addColumn<int>("mark");

    // A customer of value A, dispatched at 11:00: two hours, of which one lies after lunch.
    QTest::newRow("just dispatched") << u"2026-03-02T11:00:00"_s << 0;
    QTest::newRow("before half") << u"2026-03-02T11:59:59"_s << 0;
    QTest::newRow("half, at noon") << u"2026-03-02T12:00:00"_s << 1;
    QTest::newRow("lunch does not count") << u"2026-03-02T13:30:00"_s << 1;
    QTest::newRow("80 %") << u"2026-03-02T14:06:00"_s << 2;
    QTest::newRow("due") << u"2026-03-02T14:30:00"_s << 3;
    QTest::newRow("before half as long again") << u"2026-03-02T15:29:59"_s << 3;
    QTest::newRow("half as long again") << u"2026-03-02T15:30:00"_s << 4;
    QTest::newRow("a week later") << u"2026-03-09T09:00:00"_s << 4;
}

void TestClaimClock::marksFallDueInWorkingTime()
{
    QFETCH(QString, now);
    QFETCH(int, mark);
    const OfficeCalendar calendar = OfficeCalendar::shipped();
    const Opportunity waiting = waitingFrom(u"2026-03-02T11:00:00"_s, ValueClass::A, calendar);
    QCOMPARE(int(dueMark(waiting, at(now), calendar)), mark);
    if (mark != int(ClaimMark::None))
        QVERIFY(timeOf(ClaimMark(mark), waiting, calendar) <= at(now));
}

void TestClaimClock::onlyWhatWaitsToBeClaimedHasMarks()
{
    const OfficeCalendar calendar;
    Opportunity waiting = waitingFrom(u"2026-03-02T09:00:00"_s, ValueClass::A, calendar);
    const Instant late = at(u"2026-03-05T09:00:00"_s);
    QCOMPARE(dueMark(waiting, late, calendar), ClaimMark::Expire);
    waiting.custodyState = CustodyState::Claimed;
    QCOMPARE(dueMark(waiting, late, calendar), ClaimMark::None);
    waiting.custodyState = CustodyState::Dispatched;
    waiting.claimDueAt = {};
    QCOMPARE(dueMark(waiting, late, calendar), ClaimMark::None);
}

void TestClaimClock::threeWorkingDaysPassOverTheWeekend()
{
    const OfficeCalendar calendar = OfficeCalendar::shipped();
    QCOMPARE(shown(calendar.endOfWorkingDay(at(u"2026-03-05T10:00:00"_s), 3)),
             u"2026-03-10 17:30"_s);
    QCOMPARE(shown(calendar.endOfWorkingDay(at(u"2026-03-07T10:00:00"_s), 1)),
             u"2026-03-09 17:30"_s);
}

void TestClaimClock::aYearWithoutDataHasWeekendsOnly()
{
    const OfficeCalendar calendar = OfficeCalendar::shipped();
    QVERIFY(calendar.isWorkingDay(QDate(2031, 10, 1))); // the National Day, which nobody told us of
    QVERIFY(!calendar.isWorkingDay(QDate(2031, 10, 4)));
    QVERIFY(!calendar.isWorking(at(u"2026-03-02T12:00:00"_s)));
    QVERIFY(calendar.isWorking(at(u"2026-03-02T13:30:00"_s)));
}

void TestClaimClock::anUnreadableDateIsNamed()
{
    const auto calendar = OfficeCalendar::fromJson(R"({"off": ["2026-13-01"]})");
    QVERIFY(!calendar);
    QCOMPARE(calendar.error().args.last(), u"2026-13-01"_s);
}

QTEST_GUILESS_MAIN(TestClaimClock)
#include "tst_claim_clock.moc"
