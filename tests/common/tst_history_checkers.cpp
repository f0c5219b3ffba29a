#include "support/histories/answer_checker.h"
#include "support/histories/append_checker.h"
#include "support/histories/command_graph.h"
#include "support/histories/plain_office.h"
#include "support/histories/recorder.h"
#include "support/histories/register_checker.h"
#include "support/histories/scope_checker.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace keydesk::blackbox;
using namespace Qt::StringLiterals;

namespace {

constexpr int actions = 150; // commands and reads of one history
constexpr int fewSeeds = 20; // a flaw may hide in some histories, not in all of these
constexpr int manySeeds = 60;

Anomalies check(Work work, const History &history)
{
    switch (work) {
    case Work::Claims:
        return checkClaims(history);
    case Work::Appends:
        return checkAppends(history);
    case Work::Edits:
        return checkEdits(history);
    case Work::Scopes:
        break;
    }
    return checkScopes(history);
}

std::set<QString> namesOf(const Anomalies &anomalies)
{
    std::set<QString> names;
    for (const Anomaly &one : anomalies)
        names.insert(one.name);
    return names;
}

Operation claim(const QString &person, qint64 from, qint64 to, Outcome outcome)
{
    Operation one;
    one.act = Act::Claim;
    one.keys = {u"r"_s};
    one.actor = person;
    one.invoked = from;
    one.ended = outcome == Outcome::Open ? never : to;
    one.outcome = outcome;
    return one;
}

} // namespace

// The checkers of histories are themselves put to the test: what a plain SQLite does they accept,
// what a broken store does they call by its name.
class TestHistoryCheckers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainSqliteHasNoAnomaly_data();
    void plainSqliteHasNoAnomaly();
    void brokenStoreIsCalledByName_data();
    void brokenStoreIsCalledByName();
    void openClaimMayStillCount();
    void openClaimMayNeverHaveHappened();
    void laterClaimMustNotWin();
    void refusalMustNameWhoWasOwner();
    void cycleIsNamedByItsWeakestEdges_data();
    void cycleIsNamedByItsWeakestEdges();
    void orderOfTimeIsKept();
    void unknownFifthCountsAsNoResult_data();
    void unknownFifthCountsAsNoResult();
    void writtenHistoryTellsEachCommandTwice();
};

void TestHistoryCheckers::plainSqliteHasNoAnomaly_data()
{
    QTest::addColumn<Work>("work");
    QTest::newRow("claims") << Work::Claims;
    QTest::newRow("appends") << Work::Appends;
    QTest::newRow("scopes") << Work::Scopes;
    QTest::newRow("edits") << Work::Edits;
}

void TestHistoryCheckers::plainSqliteHasNoAnomaly()
{
    QFETCH(const Work, work);
    for (quint32 seed = 1; seed <= manySeeds; ++seed) {
        const History history = PlainOffice(work, Flaw::None, seed).run(actions);
        QVERIFY2(history.master.size() > 10 && history.checkpoints.size() > 20,
                 "or it proves nothing");
        for (const Anomaly &one : check(work, history))
            QFAIL(qPrintable(u"seed %1: %2: %3"_s.arg(seed).arg(one.name, one.story)));
    }
}

void TestHistoryCheckers::brokenStoreIsCalledByName_data()
{
    QTest::addColumn<Work>("work");
    QTest::addColumn<Flaw>("flaw");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *title, Work work, Flaw flaw, const char16_t *name) {
        QTest::newRow(title) << work << flaw << QString::fromUtf16(name);
    };
    row("claim read then write: two owners", Work::Claims, Flaw::ClaimReadThenWrite,
        anomaly::splitOwnership);
    row("claims under an old cursor", Work::Claims, Flaw::CursorFalls, anomaly::nonMonotonicRead);
    row("claims read stale", Work::Claims, Flaw::StaleRead, anomaly::staleRead);
    row("claim forgotten after its answer", Work::Claims, Flaw::AnswerBeforeCommit,
        anomaly::lostWrite);
    row("half a command visible", Work::Appends, Flaw::HalfVisible, anomaly::intermediateRead);
    row("halves of two commands cross", Work::Appends, Flaw::HalfVisible, anomaly::dirtyWrite);
    row("appends read stale", Work::Appends, Flaw::StaleRead, anomaly::staleRead);
    row("appends read stale: not one order", Work::Appends, Flaw::StaleRead, anomaly::singleAnti);
    row("appends under an old cursor", Work::Appends, Flaw::CursorFalls, anomaly::nonMonotonicRead);
    row("refused append leaves a trace", Work::Appends, Flaw::RefusalLeavesTrace,
        anomaly::abortedRead);
    row("append forgotten after its answer", Work::Appends, Flaw::AnswerBeforeCommit,
        anomaly::lostWrite);
    row("append taken twice", Work::Appends, Flaw::Repeats, anomaly::duplicateEffect);
    row("update overwritten unseen", Work::Edits, Flaw::LostUpdate, anomaly::lostUpdate);
    row("edits read stale", Work::Edits, Flaw::StaleRead, anomaly::staleRead);
    row("edit forgotten after its answer", Work::Edits, Flaw::AnswerBeforeCommit,
        anomaly::lostWrite);
    row("scope not purged", Work::Scopes, Flaw::ScopeNotPurged, anomaly::outsideScope);
    row("scope read stale", Work::Scopes, Flaw::StaleRead, anomaly::missingInScope);
}

void TestHistoryCheckers::brokenStoreIsCalledByName()
{
    QFETCH(const Work, work);
    QFETCH(const Flaw, flaw);
    QFETCH(const QString, name);
    int caught = 0;
    std::set<QString> all;
    for (quint32 seed = 1; seed <= fewSeeds; ++seed) {
        const History history = PlainOffice(work, flaw, seed).run(actions);
        const std::set<QString> names = namesOf(check(work, history));
        caught += names.contains(name) ? 1 : 0;
        all.insert(names.begin(), names.end());
    }
    const QString story = u"%1 of %2, found: %3"_s.arg(caught).arg(fewSeeds).arg(
        QStringList(all.begin(), all.end()).join(u", "_s));
    QVERIFY2(caught > fewSeeds / 2, qPrintable(story));
}

void TestHistoryCheckers::openClaimMayStillCount()
{
    History history;
    // a's claim was never answered; c, later, is told that a has it.
    history.operations = {claim(u"a"_s, 1, 0, Outcome::Open),
                          claim(u"c"_s, 10, 12, Outcome::Failed)};
    history.operations.back().holder = u"a"_s;
    history.master = {{u"r"_s, u"a"_s, {}, 1}};
    QVERIFY(checkClaims(history).empty());
}

void TestHistoryCheckers::openClaimMayNeverHaveHappened()
{
    History history;
    history.operations = {claim(u"a"_s, 1, 0, Outcome::Open), claim(u"c"_s, 10, 12, Outcome::Ok)};
    history.master = {{u"r"_s, u"c"_s, {}, 1}};
    QVERIFY(checkClaims(history).empty());
}

void TestHistoryCheckers::laterClaimMustNotWin()
{
    History history;
    history.operations = {claim(u"a"_s, 1, 5, Outcome::Ok), claim(u"c"_s, 10, 12, Outcome::Ok)};
    history.master = {{u"r"_s, u"a"_s, {}, 1}, {u"r"_s, u"c"_s, {}, 2}};
    const auto names = namesOf(checkClaims(history));
    QVERIFY(names.contains(QString::fromUtf16(anomaly::splitOwnership)));
    QVERIFY(names.contains(QString::fromUtf16(anomaly::realTime)));
}

void TestHistoryCheckers::refusalMustNameWhoWasOwner()
{
    History history;
    history.operations = {claim(u"a"_s, 1, 5, Outcome::Ok), claim(u"c"_s, 10, 12, Outcome::Failed)};
    history.operations.back().holder = u"b"_s;
    history.master = {{u"r"_s, u"a"_s, {}, 1}};
    QCOMPARE(namesOf(checkClaims(history)), std::set{QString::fromUtf16(anomaly::realTime)});
}

void TestHistoryCheckers::cycleIsNamedByItsWeakestEdges_data()
{
    using enum CommandGraph::Edge;
    QTest::addColumn<CommandGraph::Edge>("there");
    QTest::addColumn<CommandGraph::Edge>("back");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *title, CommandGraph::Edge there, CommandGraph::Edge back,
                        const QString &name) { QTest::newRow(title) << there << back << name; };
    row("writes against time", WriteWrite, Order, QString::fromUtf16(anomaly::dirtyWrite));
    row("writes both ways", WriteWrite, WriteWrite, QString::fromUtf16(anomaly::dirtyWrite));
    row("read before it was written", WriteRead, Order, QString::fromUtf16(anomaly::circularFlow));
    row("each saw the other", WriteRead, WriteRead, QString::fromUtf16(anomaly::circularFlow));
    row("seen and not seen", WriteRead, ReadWrite, QString::fromUtf16(anomaly::singleAnti));
    row("neither saw the other", ReadWrite, ReadWrite, QString::fromUtf16(anomaly::antiCycle));
}

void TestHistoryCheckers::cycleIsNamedByItsWeakestEdges()
{
    QFETCH(const CommandGraph::Edge, there);
    QFETCH(const CommandGraph::Edge, back);
    QFETCH(const QString, name);
    CommandGraph graph;
    const int one = graph.add(u"one"_s);
    const int other = graph.add(u"other"_s);
    graph.connect(one, other, there);
    QVERIFY(graph.cycles().empty());
    graph.connect(other, one, back);
    QCOMPARE(namesOf(graph.cycles()), std::set{name});
}

void TestHistoryCheckers::orderOfTimeIsKept()
{
    CommandGraph graph;
    const int first = graph.add(u"first"_s);
    const int second = graph.add(u"second"_s);
    const int third = graph.add(u"third"_s);
    graph.orderByTime({{first, 1, 3}, {second, 2, 5}, {third, 6, never}});
    // What overlaps may stand either way round.
    graph.connect(second, first, CommandGraph::Edge::WriteWrite);
    QVERIFY(graph.cycles().empty());
    graph.connect(third, first, CommandGraph::Edge::WriteWrite);
    QCOMPARE(namesOf(graph.cycles()), std::set{QString::fromUtf16(anomaly::dirtyWrite)});
}

void TestHistoryCheckers::unknownFifthCountsAsNoResult_data()
{
    QTest::addColumn<int>("open");
    QTest::addColumn<int>("all");
    QTest::addColumn<bool>("counts");
    QTest::newRow("all known") << 0 << 10 << true;
    QTest::newRow("a fifth unknown") << 2 << 10 << true;
    QTest::newRow("more unknown") << 3 << 10 << false;
    QTest::newRow("nothing asked") << 0 << 0 << false;
}

void TestHistoryCheckers::unknownFifthCountsAsNoResult()
{
    QFETCH(const int, open);
    QFETCH(const int, all);
    QFETCH(const bool, counts);
    History history;
    for (int i = 0; i < all; ++i)
        history.operations.push_back(
            claim(u"a"_s, i, i + 1, i < open ? Outcome::Open : Outcome::Ok));
    QCOMPARE(checkKnown(history).empty(), counts);
}

void TestHistoryCheckers::writtenHistoryTellsEachCommandTwice()
{
    History history;
    history.operations = {claim(u"a"_s, 1, 5, Outcome::Ok), claim(u"c"_s, 3, 4, Outcome::Failed),
                          claim(u"d"_s, 2, 0, Outcome::Open)};
    history.checkpoints = {{0, 6, 12, {{u"r"_s, {u"a"_s}}}, {}}};
    QFile file(writeHistory(history, u"checker-test"_s));
    QVERIFY(file.open(QFile::ReadOnly));
    QStringList types;
    while (!file.atEnd())
        types.append(QJsonDocument::fromJson(file.readLine())[u"type"_s].toString());
    file.remove();
    const QStringList expected{u"invoke"_s, u"invoke"_s, u"invoke"_s, u"fail"_s,
                               u"ok"_s,     u"read"_s,   u"info"_s};
    QCOMPARE(types, expected);
}

QTEST_APPLESS_MAIN(TestHistoryCheckers)
#include "tst_history_checkers.moc"
