#include "domain/account.h"
#include "domain/entities.h"
#include "domain/opportunity.h"
#include "domain/staff.h"
#include "domain/team.h"
#include "rules/area_sellers.h"
#include "rules/held_loads.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

// What the writing connection keeps in memory instead of reading it for each command.
class TestRowMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void referenceDataIsReadOnce();
    void whatPeopleWorkOnIsReadEachTime();
    void whatIsWrittenIsReadAnew();
    void whatIsTakenOutIsGone();
    void whatWasReadOfAVoidWriteIsForgotten();
    void whoIsNotThereIsAskedForEachTime();

    void whatAPersonHoldsIsReadOnce();
    void whatIsDispatchedCountsAtOnce();
    void whatChangesHandsCountsForBoth();
    void aDispatchThatIsVoidCountsNoMore();
    void whatIsRememberedIsWhatWouldBeRead();

    void whoSellsInAnAreaIsReadOnce();
    void whoseRoleChangesSellsNoMore();
    void whoseChangeIsVoidStillSells();

private:
    Staff seller();
    Team team(const QString &code);
    Opportunity offered(const RecordId &staff);
    template <class T>
    const EntityInfo &info()
    {
        return m_catalog.entity(QString::fromLatin1(Schema<T>::table));
    }
    template <class T>
    void put(const T &record)
    {
        const auto before = m_store->find(info<T>(), record.id);
        QVERIFY(m_store->put(info<T>(), toRow(record), before));
    }
    /// Past the store, as nobody does who keeps the rules: shows what is read and what remembered.
    void writeBehind(const QByteArray &sql) { QVERIFY(m_database->execute(sql)); }
    QString nameOf(const Team &team);
    std::size_t teamsNamed(const QString &name);

    const Catalog m_catalog = makeCatalog();
    std::shared_ptr<Database> m_database;
    std::unique_ptr<RowStore> m_store;
    const RecordId m_one = RecordId::fromParts(2, 0, 1);
    const RecordId m_other = RecordId::fromParts(2, 0, 2);
    quint64 m_born = 0;
};

void TestRowMemory::init()
{
    m_store.reset();
    m_database = Database::openInMemory();
    m_store = std::make_unique<RowStore>(*m_database, m_catalog);
    QVERIFY(m_store->migrate());
    m_store->rememberReference();
}

Team TestRowMemory::team(const QString &code)
{
    Team team;
    team.id = RecordId::fromParts(1, 0, ++m_born);
    team.code = team.name = code;
    put(team);
    m_store->committed();
    return team;
}

Opportunity TestRowMemory::offered(const RecordId &staff)
{
    Opportunity opportunity;
    opportunity.id = RecordId::fromParts(1, 0, ++m_born);
    opportunity.valueClass = ValueClass::A;
    opportunity.custodyState = CustodyState::Dispatched;
    opportunity.assigneeId = staff;
    opportunity.dispatchedAt = Instant{qint64(1000 * m_born)};
    return opportunity;
}

QString TestRowMemory::nameOf(const Team &team)
{
    const auto row = m_store->find(info<Team>(), team.id);
    return row ? fromRow<Team>(*row).name : QString();
}

std::size_t TestRowMemory::teamsNamed(const QString &name)
{
    return m_store->select(info<Team>(), "name = ?", {Cell(name)}).size();
}

void TestRowMemory::referenceDataIsReadOnce()
{
    const Team sales = team(u"S1"_s);
    QCOMPARE(nameOf(sales), u"S1"_s);
    QCOMPARE(teamsNamed(u"S1"_s), 1u);
    writeBehind("UPDATE team SET name='S2'");
    QCOMPARE(nameOf(sales), u"S1"_s);
    QCOMPARE(teamsNamed(u"S1"_s), 1u);
    QCOMPARE(teamsNamed(u"S2"_s), 1u); // another question
}

void TestRowMemory::whatPeopleWorkOnIsReadEachTime()
{
    Account bank;
    bank.id = RecordId::fromParts(1, 0, ++m_born);
    bank.name = u"甲"_s;
    put(bank);
    QVERIFY(m_store->find(info<Account>(), bank.id));
    writeBehind("UPDATE account SET name='乙'");
    QCOMPARE(fromRow<Account>(*m_store->find(info<Account>(), bank.id)).name, u"乙"_s);
}

void TestRowMemory::whatIsWrittenIsReadAnew()
{
    Team sales = team(u"S1"_s);
    QCOMPARE(nameOf(sales), u"S1"_s);
    QCOMPARE(teamsNamed(u"S1"_s), 1u);
    sales.name = u"S2"_s;
    put(sales);
    QCOMPARE(nameOf(sales), u"S2"_s);
    QCOMPARE(teamsNamed(u"S1"_s), 0u);
}

void TestRowMemory::whatIsTakenOutIsGone()
{
    const Team sales = team(u"S1"_s);
    QCOMPARE(nameOf(sales), u"S1"_s);
    QVERIFY(m_store->erase(info<Team>(), sales.id));
    QCOMPARE(nameOf(sales), QString());
}

void TestRowMemory::whatWasReadOfAVoidWriteIsForgotten()
{
    Team sales = team(u"S1"_s);
    QVERIFY(m_database->execute("BEGIN; SAVEPOINT command"));
    sales.name = u"S2"_s;
    put(sales);
    QCOMPARE(nameOf(sales), u"S2"_s);
    QVERIFY(m_database->execute("ROLLBACK TO command"));
    m_store->rolledBack();
    QCOMPARE(nameOf(sales), u"S1"_s);
    QCOMPARE(teamsNamed(u"S2"_s), 0u);
    QVERIFY(m_database->execute("ROLLBACK"));
}

// Ids that name nothing are without number: keeping them would let a stranger fill the memory.
void TestRowMemory::whoIsNotThereIsAskedForEachTime()
{
    Team later;
    later.id = RecordId::fromParts(1, 0, ++m_born);
    QCOMPARE(nameOf(later), QString());
    writeBehind("INSERT INTO team(id, name) VALUES('" + later.id.text().toLatin1() + "', 'S1')");
    QCOMPARE(nameOf(later), u"S1"_s);
}

void TestRowMemory::whatAPersonHoldsIsReadOnce()
{
    HeldLoads loads(*m_store);
    put(offered(m_one));
    QCOMPARE(loads.of(m_one).weight, 3);
    writeBehind("DELETE FROM opportunity");
    QCOMPARE(loads.of(m_one).weight, 3);
}

void TestRowMemory::whatIsDispatchedCountsAtOnce()
{
    HeldLoads loads(*m_store);
    QCOMPARE(loads.of(m_one).weight, 0);
    QVERIFY(loads.of(m_one).lastGiven.isNull());
    const Opportunity given = offered(m_one);
    put(given);
    QCOMPARE(loads.of(m_one).weight, 3);
    QCOMPARE(loads.of(m_one).lastGiven, given.dispatchedAt);
}

void TestRowMemory::whatChangesHandsCountsForBoth()
{
    HeldLoads loads(*m_store);
    Opportunity given = offered(m_one);
    put(given);
    QCOMPARE(loads.of(m_one).weight, 3);
    QCOMPARE(loads.of(m_other).weight, 0);
    given.assigneeId = m_other;
    put(given);
    QCOMPARE(loads.of(m_one).weight, 0);
    QCOMPARE(loads.of(m_other).weight, 3);
}

void TestRowMemory::aDispatchThatIsVoidCountsNoMore()
{
    HeldLoads loads(*m_store);
    QVERIFY(m_database->execute("BEGIN; SAVEPOINT command"));
    put(offered(m_one));
    QCOMPARE(loads.of(m_one).weight, 3);
    QVERIFY(m_database->execute("ROLLBACK TO command"));
    m_store->rolledBack();
    QCOMPARE(loads.of(m_one).weight, 0);
    QVERIFY(m_database->execute("ROLLBACK"));
}

// Claims, hand-overs, returns, ends and removals in any order, some of them void.
void TestRowMemory::whatIsRememberedIsWhatWouldBeRead()
{
    HeldLoads loads(*m_store);
    QRandomGenerator random(20260302);
    std::vector<Opportunity> all(6);
    std::generate(all.begin(), all.end(), [this] { return offered(m_one); });
    const std::array<RecordId, 3> people{m_one, m_other, RecordId()};
    for (int round = 0; round < 300; ++round) {
        QVERIFY(m_database->execute("BEGIN; SAVEPOINT command"));
        Opportunity changed = all[random.bounded(quint32(all.size()))];
        const Opportunity before = changed;
        changed.custodyState = CustodyState(random.bounded(6));
        changed.valueClass = ValueClass(random.bounded(4));
        changed.ownerId = people[random.bounded(3u)];
        changed.assigneeId = people[random.bounded(3u)];
        changed.dispatchedAt = {1000 + qint64(random.bounded(5))};
        changed.deletedAt = {random.bounded(5) == 0 ? 1 : 0};
        put(changed);
        const bool isVoid = random.bounded(4) == 0;
        if (random.bounded(2) == 0) // remembered within the command, too
            QCOMPARE(loads.of(m_one).weight, readHeldLoad(*m_database, m_one).weight);
        if (isVoid) {
            QVERIFY(m_database->execute("ROLLBACK TO command"));
            m_store->rolledBack();
        }
        QVERIFY(m_database->execute("COMMIT"));
        m_store->committed();
        for (Opportunity &one : all) {
            if (one.id == before.id && !isVoid)
                one = changed;
        }
        for (const RecordId &person : {m_one, m_other}) {
            QCOMPARE(loads.of(person).weight, readHeldLoad(*m_database, person).weight);
            QCOMPARE(loads.of(person).lastGiven, readHeldLoad(*m_database, person).lastGiven);
        }
    }
}

Staff TestRowMemory::seller()
{
    Staff staff;
    staff.id = m_one;
    staff.code = u"1101"_s;
    staff.name = u"客户经理"_s;
    staff.roles.keys = {keyOf(Role::AccountManager)};
    staff.areaId = m_other;
    return staff;
}

void TestRowMemory::whoSellsInAnAreaIsReadOnce()
{
    AreaSellers sellers(*m_store);
    put(seller());
    QCOMPARE(sellers.in(m_other).size(), 1u);
    writeBehind("DELETE FROM staff");
    QCOMPARE(sellers.in(m_other).size(), 1u);
}

void TestRowMemory::whoseRoleChangesSellsNoMore()
{
    AreaSellers sellers(*m_store);
    Staff staff = seller();
    put(staff);
    QCOMPARE(sellers.in(m_other).size(), 1u);
    staff.roles.keys = {keyOf(Role::HotlineAgent)};
    put(staff);
    QVERIFY(sellers.in(m_other).empty());
}

void TestRowMemory::whoseChangeIsVoidStillSells()
{
    AreaSellers sellers(*m_store);
    Staff staff = seller();
    put(staff);
    m_store->committed();
    QVERIFY(m_database->execute("BEGIN; SAVEPOINT command"));
    staff.areaId = {};
    put(staff);
    QVERIFY(sellers.in(m_other).empty());
    QVERIFY(m_database->execute("ROLLBACK TO command"));
    m_store->rolledBack();
    QCOMPARE(sellers.in(m_other).size(), 1u);
    QVERIFY(m_database->execute("ROLLBACK"));
}

QTEST_GUILESS_MAIN(TestRowMemory)
#include "tst_row_memory.moc"
