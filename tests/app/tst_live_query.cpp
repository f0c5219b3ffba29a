#include "support/replica_fixture.h"

#include "domain/account.h"
#include "domain/area.h"
#include "domain/opportunity.h"
#include "domain/staff.h"
#include "models/record_table_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

namespace {

Account account(const QString &name, ValueClass value = ValueClass::Potential)
{
    Account one;
    one.name = name;
    one.valueClass = value;
    return one;
}

RowQuery byName(const FilterSpec &filter = {})
{
    RowQuery query;
    query.entity = u"account"_s;
    query.fields = {u"name"_s, u"value_class"_s, u"spend_month_fen"_s, u"area_id"_s,
                    u"area_id.code"_s};
    query.filter = filter;
    query.order = {{u"name"_s}};
    return query;
}

QString namesOf(const LiveQuery &query)
{
    QStringList names;
    for (const ResultRow &row : query.rows())
        names.append(row.cells.front().text());
    return names.join(u' ');
}

} // namespace

class TestLiveQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreSortedByTheirSound();
    void enumsAreSortedByTheirOrder();
    void emptyValuesStandLast();
    void pathsReadThroughReferences();
    void unknownFieldIsNamed();
    void filtersNarrow_data();
    void filtersNarrow();
    void textFilterFindsByInitials();
    void newRowIsOneInsertion();
    void changeElsewhereIsNoSignal();
    void windowGrowsOnDemand();
    void closedReplicaShowsNothing();
    void tallyCountsAndAddsUp();
    void modelKeepsPersistentIndexThroughChanges();
    void modelFormatsForPeople();
    void modelMarksWhatWaits();
};

void TestLiveQuery::namesAreSortedByTheirSound()
{
    ReplicaFixture replica;
    for (const QString &name :
         {u"重庆银行"_s, u"长江证券"_s, u"安徽电力"_s, u"西安地铁"_s, u"仙居药业"_s})
        replica.put(account(name));
    LiveQuery query(*replica.reader);
    QVERIFY(query.setQuery(byName()));
    query.readNow();
    QCOMPARE(namesOf(query), u"安徽电力 长江证券 重庆银行 西安地铁 仙居药业"_s);
}

void TestLiveQuery::enumsAreSortedByTheirOrder()
{
    ReplicaFixture replica;
    replica.put(account(u"C"_s, ValueClass::C));
    replica.put(account(u"P"_s, ValueClass::Potential));
    replica.put(account(u"A"_s, ValueClass::A));
    LiveQuery query(*replica.reader);
    RowQuery wanted = byName();
    wanted.order = {{u"value_class"_s}};
    QVERIFY(query.setQuery(wanted));
    query.readNow();
    QStringList keys;
    for (const EnumKey &key : EnumTable<ValueClass>::keys)
        keys.append(QString::fromLatin1(key.key));
    std::vector<int> places;
    for (const ResultRow &row : query.rows())
        places.push_back(int(keys.indexOf(row.cells[1].text())));
    QVERIFY(std::is_sorted(places.begin(), places.end()));
}

void TestLiveQuery::emptyValuesStandLast()
{
    ReplicaFixture replica;
    replica.put(account(u"没有日期"_s));
    Account dated = account(u"有日期"_s);
    dated.coopSince = QDate(2020, 1, 1);
    replica.put(dated);
    LiveQuery query(*replica.reader);
    for (const bool down : {false, true}) {
        RowQuery wanted = byName();
        wanted.order = {{u"coop_since"_s, down}};
        QVERIFY(query.setQuery(wanted));
        query.readNow();
        QCOMPARE(namesOf(query), u"有日期 没有日期"_s);
    }
}

void TestLiveQuery::pathsReadThroughReferences()
{
    ReplicaFixture replica;
    Area area;
    area.code = u"KM"_s;
    area.name = u"昆明"_s;
    Account one = account(u"工商银行"_s);
    one.areaId = replica.put(area);
    replica.put(one);
    LiveQuery query(*replica.reader);
    QVERIFY(query.setQuery(byName({{Filter::is(u"area_id.code"_s, u"KM"_s)}, {}, {}})));
    query.readNow();
    QCOMPARE(query.rows().size(), std::size_t(1));
    QCOMPARE(query.rows().front().cells[std::size_t(query.columnOf(u"area_id.code"_s))].text(),
             u"KM"_s);
}

void TestLiveQuery::unknownFieldIsNamed()
{
    ReplicaFixture replica;
    LiveQuery query(*replica.reader);
    RowQuery wanted = byName();
    wanted.fields.append(u"area_id.nonsense"_s);
    const auto set = query.setQuery(wanted);
    QVERIFY(!set);
    QCOMPARE(set.error().key(), u"field.unknown"_s);
    QCOMPARE(set.error().args, QStringList{u"area_id.nonsense"_s});
}

void TestLiveQuery::filtersNarrow_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<int>("op");
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *name, const QString &field, FilterOp op,
                        const QStringList &values, const QString &found) {
        QTest::newRow(name) << field << int(op) << values << found;
    };
    row("equal", u"name"_s, FilterOp::Equal, {u"Alpha"_s}, u"Alpha"_s);
    row("not equal counts the empty ones", u"short_name"_s, FilterOp::NotEqual, {u"b"_s},
        u"Alpha Gamma"_s);
    row("contains ignores case", u"name"_s, FilterOp::Contains, {u"AMM"_s}, u"Gamma"_s);
    row("contains a member of a list", u"tags"_s, FilterOp::Contains, {u"vip"_s}, u"Alpha"_s);
    row("contains no part of a member", u"tags"_s, FilterOp::Contains, {u"vi"_s}, QString());
    row("in several", u"name"_s, FilterOp::In, {u"Alpha"_s, u"Gamma"_s}, u"Alpha Gamma"_s);
    row("in none", u"name"_s, FilterOp::In, {}, QString());
    row("empty", u"short_name"_s, FilterOp::Null, {}, u"Alpha Gamma"_s);
    row("filled", u"short_name"_s, FilterOp::NotNull, {}, u"Beta"_s);
    row("greater", u"name"_s, FilterOp::Greater, {u"Beta"_s}, u"Gamma"_s);
    row("at most", u"name"_s, FilterOp::LessEqual, {u"Beta"_s}, u"Alpha Beta"_s);
}

void TestLiveQuery::filtersNarrow()
{
    QFETCH(QString, field);
    QFETCH(int, op);
    QFETCH(QStringList, values);
    QFETCH(QString, found);
    ReplicaFixture replica;
    Account alpha = account(u"Alpha"_s);
    alpha.tags = {u"vip"_s, u"bank"_s};
    replica.put(alpha);
    Account beta = account(u"Beta"_s);
    beta.shortName = u"b"_s;
    replica.put(beta);
    replica.put(account(u"Gamma"_s));
    Filter filter{field, FilterOp(op), {}};
    for (const QString &value : values)
        filter.values.emplace_back(value);
    LiveQuery query(*replica.reader);
    QVERIFY(query.setQuery(byName({{filter}, {}, {}})));
    query.readNow();
    QCOMPARE(namesOf(query), found);
}

void TestLiveQuery::textFilterFindsByInitials()
{
    ReplicaFixture replica;
    replica.put(account(u"工商银行昆明分行"_s));
    replica.put(account(u"长江证券"_s));
    LiveQuery query(*replica.reader);
    QVERIFY(query.setQuery(byName({{}, {}, u"gsyh"_s})));
    query.readNow();
    QCOMPARE(namesOf(query), u"工商银行昆明分行"_s);
}

void TestLiveQuery::newRowIsOneInsertion()
{
    ReplicaFixture replica;
    replica.put(account(u"A"_s));
    replica.put(account(u"C"_s));
    LiveQuery query(*replica.reader);
    QVERIFY(query.setQuery(byName()));
    query.readNow();
    QSignalSpy inserted(&query, &LiveQuery::aboutToInsert);
    QSignalSpy removed(&query, &LiveQuery::aboutToRemove);
    QSignalSpy changed(&query, &LiveQuery::rowsChanged);
    QSignalSpy reset(&query, &LiveQuery::aboutToReset);
    replica.put(account(u"B"_s));
    replica.announce();
    QTRY_COMPARE(namesOf(query), u"A B C"_s);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.front(), (QVariantList{1, 1}));
    QCOMPARE(removed.size() + changed.size() + reset.size(), 0);
}

void TestLiveQuery::changeElsewhereIsNoSignal()
{
    ReplicaFixture replica;
    replica.put(account(u"A"_s));
    LiveQuery query(*replica.reader);
    replica.announce();
    QVERIFY(query.setQuery(byName()));
    query.readNow();
    replica.put(Staff());
    replica.announce();
    QVERIFY(!query.isLoading());
}

void TestLiveQuery::windowGrowsOnDemand()
{
    ReplicaFixture replica;
    for (int i = 0; i < 25; ++i)
        replica.put(account(u"N%1"_s.arg(i, 2, 10, QChar(u'0'))));
    LiveQuery query(*replica.reader);
    RowQuery wanted = byName();
    wanted.limit = 10;
    QVERIFY(query.setQuery(wanted));
    query.readNow();
    QCOMPARE(query.rows().size(), std::size_t(10));
    QCOMPARE(query.total(), 25);
    query.fetchMore();
    QTRY_COMPARE(query.rows().size(), std::size_t(20));
    query.fetchMore();
    QTRY_COMPARE(query.rows().size(), std::size_t(25));
    QVERIFY(!query.hasMore());
}

void TestLiveQuery::closedReplicaShowsNothing()
{
    ReplicaFixture replica;
    replica.put(account(u"A"_s));
    LiveQuery query(*replica.reader);
    QVERIFY(query.setQuery(byName()));
    query.readNow();
    QCOMPARE(query.rows().size(), std::size_t(1));
    replica.reader->close();
    QCOMPARE(query.rows().size(), std::size_t(0));
}

void TestLiveQuery::tallyCountsAndAddsUp()
{
    ReplicaFixture replica;
    for (const int fen : {100, 200, 400}) {
        Opportunity one;
        one.title = QString::number(fen);
        one.valueFen = {fen};
        one.salesStage = fen == 400 ? SalesStage::None : SalesStage(1);
        replica.put(one);
    }
    LiveTally tally(*replica.reader);
    QVERIFY(tally.setQuery({u"opportunity"_s, u"sales_stage"_s, u"value_fen"_s, {}}));
    tally.readNow();
    QCOMPARE(tally.count(), 3);
    QCOMPARE(tally.of(keyOf(SalesStage(1))).sum, 300);
    QCOMPARE(tally.of(keyOf(SalesStage::None)).count, 1);
    QSignalSpy changed(&tally, &LiveTally::changed);
    Opportunity more;
    more.title = u"more"_s;
    replica.put(more);
    replica.announce();
    QTRY_COMPARE(tally.count(), 4);
    QCOMPARE(changed.size(), 1);
}

void TestLiveQuery::modelKeepsPersistentIndexThroughChanges()
{
    ReplicaFixture replica;
    replica.put(account(u"A"_s));
    const RecordId moving = replica.put(account(u"B"_s));
    replica.put(account(u"D"_s));
    RecordLookup lookup(*replica.reader);
    RecordTableModel model(*replica.reader, lookup);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(model.setQuery(byName()));
    model.query().readNow();
    const QPersistentModelIndex selected = model.index(1, 0);
    Account renamed = account(u"E"_s);
    renamed.id = moving;
    replica.put(renamed);
    replica.put(account(u"C"_s));
    replica.announce();
    QTRY_COMPARE(namesOf(model.query()), u"A C D E"_s);
    QCOMPARE(selected.data(IdRole).toString(), moving.text());
    QCOMPARE(selected.row(), 3);
    QCOMPARE(selected.data().toString(), u"E"_s);
}

void TestLiveQuery::modelFormatsForPeople()
{
    QLocale::setDefault(QLocale(QLocale::Chinese));
    ReplicaFixture replica;
    Area area;
    area.code = u"KM"_s;
    area.name = u"昆明"_s;
    Account one = account(u"工商银行"_s, ValueClass::A);
    one.areaId = replica.put(area);
    one.spendMonthFen = {128'400'000};
    replica.put(one);
    RecordLookup lookup(*replica.reader);
    RecordTableModel model(*replica.reader, lookup);
    QVERIFY(model.setQuery(byName()));
    model.query().readNow();
    QCOMPARE(model.textAt(0, u"value_class"_s), labelOf(ValueClass::A));
    QCOMPARE(model.textAt(0, u"spend_month_fen"_s), u"1,284,000.00"_s);
    QCOMPARE(model.textAt(0, u"area_id"_s), u"昆明"_s);
    QCOMPARE(model.cellAt(0, u"spend_month_fen"_s).integer(), 128'400'000);
    const int spend = model.columnOf(u"spend_month_fen"_s);
    QVERIFY(model.index(0, spend).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
    QCOMPARE(model.headerData(spend, Qt::Horizontal, Qt::DisplayRole).toString(), u"月均消费"_s);
    area.id = one.areaId;
    area.name = u"昆明市"_s;
    replica.put(area);
    replica.announce();
    QCOMPARE(model.textAt(0, u"area_id"_s), u"昆明市"_s);
}

void TestLiveQuery::modelMarksWhatWaits()
{
    QLocale::setDefault(QLocale(QLocale::Chinese));
    ReplicaFixture replica;
    const RecordId waiting = replica.put(account(u"A"_s));
    replica.put(account(u"B"_s));
    RecordLookup lookup(*replica.reader);
    RecordTableModel model(*replica.reader, lookup);
    QVERIFY(model.setQuery(byName()));
    model.query().readNow();
    QVERIFY(!model.isPending(0));
    replica.markPending<Account>(waiting);
    replica.announce();
    QVERIFY(model.isPending(0));
    QVERIFY(!model.isPending(1));
    const int sync = model.columnCount() - 1;
    QCOMPARE(model.index(0, sync).data(BadgeRole).value<Badge>().text, u"待同步"_s);
    QVERIFY(model.index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"待同步"_s));
}

QTEST_GUILESS_MAIN(TestLiveQuery)
#include "tst_live_query.moc"
