#include "jobs/day_turn.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// The steps as they are asked for; each answers when told to, and fails where it is told to.
class Office
{
public:
    DayTurn turn{
        {[this](const DayTurn::Done &done) { step(u"assignments"_s, done); },
         [this](const auto &found) {
             step(u"people"_s, [found](const Result<> &how) {
                 found(how ? Result<QStringList>(QStringList{u"one"_s, u"two"_s}) : how.error());
             });
         },
         [this](const RecordId &person, const DayTurn::Done &done) { step(person.text(), done); }}};
    QStringList steps; // so far
    QString failing; // the step that fails
    bool waiting = false; // answers are kept back
    std::vector<std::function<void()>> kept;

private:
    void step(const QString &name, const DayTurn::Done &done)
    {
        steps.append(name);
        const auto answer = [done, fails = name == failing] {
            done(fails ? Result<>(Error("server.busy"_reason)) : Result<>());
        };
        waiting ? kept.push_back(answer) : answer();
    }
};

QDate monday()
{
    return {2026, 3, 2};
}

QStringList wholeTurn()
{
    return {u"assignments"_s, u"people"_s, u"two"_s, u"one"_s};
}

} // namespace

// What midnight brings about is done once, and all of it.
class TestDayTurn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDayTurnsOnce();
    void whatFailsIsTriedAgainFromTheBeginning_data();
    void whatFailsIsTriedAgainFromTheBeginning();
    void aTurnUnderWayIsNotBegunTwice();
    void nothingIsBegunAfterTheStop();
};

void TestDayTurn::aDayTurnsOnce()
{
    Office office;
    office.turn.turnTo(monday());
    QCOMPARE(office.steps, wholeTurn());
    office.turn.turnTo(monday());
    QCOMPARE(office.steps, wholeTurn());
    office.turn.turnTo(monday().addDays(1));
    QCOMPARE(office.steps, wholeTurn() + wholeTurn());
}

void TestDayTurn::whatFailsIsTriedAgainFromTheBeginning_data()
{
    QTest::addColumn<int>("failing");
    QTest::newRow("the assignments") << 0;
    QTest::newRow("the list of people") << 1;
    QTest::newRow("the grants of the first") << 2;
    QTest::newRow("the grants of the last") << 3;
}

void TestDayTurn::whatFailsIsTriedAgainFromTheBeginning()
{
    QFETCH(int, failing);
    Office office;
    office.failing = wholeTurn().at(failing);
    office.turn.turnTo(monday());
    QCOMPARE(office.steps, wholeTurn().mid(0, failing + 1));
    office.turn.turnTo(monday()); // a minute later, still failing
    QCOMPARE(office.steps.size(), 2 * (failing + 1));
    office.failing.clear();
    office.steps.clear();
    office.turn.turnTo(monday());
    QCOMPARE(office.steps, wholeTurn());
    office.turn.turnTo(monday());
    QCOMPARE(office.steps, wholeTurn());
}

void TestDayTurn::aTurnUnderWayIsNotBegunTwice()
{
    Office office;
    office.waiting = true;
    office.turn.turnTo(monday());
    office.turn.turnTo(monday());
    office.turn.turnTo(monday().addDays(1));
    QCOMPARE(office.steps, QStringList{u"assignments"_s});
    office.waiting = false;
    office.kept.front()();
    QCOMPARE(office.steps, wholeTurn());
    // The day that came meanwhile turns at the next look.
    office.turn.turnTo(monday().addDays(1));
    QCOMPARE(office.steps, wholeTurn() + wholeTurn());
}

void TestDayTurn::nothingIsBegunAfterTheStop()
{
    Office office;
    office.waiting = true;
    office.turn.turnTo(monday());
    office.turn.stop();
    office.waiting = false;
    office.kept.front()();
    office.turn.turnTo(monday().addDays(1));
    QVERIFY(!office.steps.contains(u"one"_s) && !office.steps.contains(u"two"_s));
}

QTEST_GUILESS_MAIN(TestDayTurn)
#include "tst_day_turn.moc"
