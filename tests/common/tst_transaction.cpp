#include "domain/account.h"
#include "domain/entities.h"
#include "domain/team.h"
#include "store/transaction.h"

#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// What the log, the sums and the trail see of a transaction.
class Witness final : public RowObserver
{
public:
    Result<> rowChanging(const EntityInfo &entity, const Row *before, Row &after) override
    {
        if (entity.name() == refused)
            return Error("forbidden.record"_reason);
        seen.append(entity.name() + (before ? u" changed"_s : u" new"_s));
        names.append(entity.cell(after, u"name"_s).text());
        return {};
    }
    QStringList seen;
    QStringList names;
    QString refused;
};

} // namespace

// A transaction that gathers: what is written, when, and what becomes of it.
class TestTransaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void rowThatChangesOftenIsWrittenOnce();
    void rowThatIsAsItWasIsNotWritten();
    void whoReadsBySqlSeesWhatWasGathered();
    void readingOneEntityLeavesTheOthersWaiting();
    void askedByAColumnWhatWaitsIsSeenUnwritten();
    void whatIsRolledBackIsForgotten();
    void whatWaitedAtTheMarkStillDoesAfterTheRewind();
    void refusalOfAnEarlyWriteIsToldBySettle();
    void refusalBeforeTheMarkOutlivesTheRewind();
    void recordThatOnlyWaitsExistsAlready();
    void whatWasThereBeforeIsKnownThroughAllChanges();

private:
    Account account(const QString &name);
    int stored(const char *table);

    const Catalog m_catalog = makeCatalog();
    std::shared_ptr<Database> m_database;
    std::unique_ptr<RowStore> m_store;
    std::unique_ptr<Transaction> m_tx;
    Witness m_witness;
    quint64 m_born = 0;
};

void TestTransaction::init()
{
    m_tx.reset();
    m_store.reset();
    m_database = Database::openInMemory();
    m_store = std::make_unique<RowStore>(*m_database, m_catalog);
    QVERIFY(m_store->migrate());
    m_witness = {};
    m_tx = std::make_unique<Transaction>(*m_store, m_witness, Transaction::Writing::Gathered);
}

Account TestTransaction::account(const QString &name)
{
    Account account;
    account.id = RecordId::fromParts(1, 0, ++m_born);
    account.name = name;
    return account;
}

int TestTransaction::stored(const char *table)
{
    Query query = m_database->query("SELECT count(*) FROM "_ba + table);
    return query.next() ? int(query.integer(0)) : -1;
}

void TestTransaction::rowThatChangesOftenIsWrittenOnce()
{
    Account one = account(u"甲"_s);
    QVERIFY(m_tx->insert(one));
    for (const QString &name : {u"乙"_s, u"丙"_s}) {
        one.name = name;
        QVERIFY(m_tx->update(one));
    }
    QCOMPARE(m_tx->find<Account>(one.id)->name, u"丙"_s);
    QCOMPARE(stored("account"), 0);
    QVERIFY(m_tx->settle());
    QCOMPARE(m_witness.seen, QStringList{u"account new"_s});
    QCOMPARE(m_witness.names, QStringList{u"丙"_s});
    QCOMPARE(stored("account"), 1);
}

void TestTransaction::rowThatIsAsItWasIsNotWritten()
{
    Account one = account(u"甲"_s);
    QVERIFY(m_tx->insert(one));
    QVERIFY(m_tx->settle());
    one = *m_tx->find<Account>(one.id);
    one.name = u"乙"_s;
    QVERIFY(m_tx->update(one));
    one.name = u"甲"_s;
    QVERIFY(m_tx->update(one));
    QVERIFY(m_tx->settle());
    QCOMPARE(m_witness.seen.size(), 1);
}

void TestTransaction::whoReadsBySqlSeesWhatWasGathered()
{
    QVERIFY(m_tx->insert(account(u"甲"_s)));
    QCOMPARE(m_tx->select<Account>("name = ?", {Cell(u"甲"_s)}).size(), 1U);
    QVERIFY(m_tx->insert(account(u"乙"_s)));
    (void)m_tx->store();
    QCOMPARE(stored("account"), 2);
}

void TestTransaction::readingOneEntityLeavesTheOthersWaiting()
{
    QVERIFY(m_tx->insert(account(u"甲"_s)));
    QVERIFY(m_tx->select<Team>("1 = 1").empty());
    QCOMPARE(stored("account"), 0);
}

void TestTransaction::askedByAColumnWhatWaitsIsSeenUnwritten()
{
    const RecordId kunming = RecordId::fromParts(3, 0, 1);
    const RecordId dali = RecordId::fromParts(3, 0, 2);
    Account stays = account(u"甲"_s);
    Account leaves = account(u"乙"_s);
    Account goes = account(u"丙"_s);
    for (Account *one : {&stays, &leaves, &goes}) {
        one->areaId = kunming;
        QVERIFY(m_tx->insert(*one));
    }
    QVERIFY(m_tx->settle());
    const auto written = m_witness.seen.size();
    leaves.areaId = dali;
    QVERIFY(m_tx->update(leaves));
    QVERIFY(m_tx->removeRow(m_tx->info<Account>(), goes.id, Instant{1}));
    Account comes = account(u"丁"_s);
    comes.areaId = kunming;
    QVERIFY(m_tx->insert(comes));

    QStringList names;
    for (const Account &one : m_tx->having<Account>(u"area_id"_s, kunming))
        names.append(one.name);
    QCOMPARE(names, QStringList({u"甲"_s, u"丁"_s}));
    QCOMPARE(m_witness.seen.size(), written);
}

void TestTransaction::whatIsRolledBackIsForgotten()
{
    const auto mark = m_tx->mark();
    QVERIFY(m_database->execute("SAVEPOINT here"));
    const Account one = account(u"甲"_s);
    const Account other = account(u"乙"_s);
    QVERIFY(m_tx->insert(one));
    (void)m_tx->store();
    QVERIFY(m_tx->insert(other));
    QVERIFY(m_database->execute("ROLLBACK TO here; RELEASE here"));
    m_tx->rewind(mark);
    QVERIFY(!m_tx->find<Account>(one.id));
    QVERIFY(!m_tx->find<Account>(other.id));
    QVERIFY(m_tx->settle());
    QCOMPARE(stored("account"), 0);
}

void TestTransaction::whatWaitedAtTheMarkStillDoesAfterTheRewind()
{
    Account one = account(u"甲"_s);
    QVERIFY(m_tx->insert(one));
    const auto mark = m_tx->mark();
    QVERIFY(m_database->execute("SAVEPOINT here"));
    one.name = u"乙"_s;
    QVERIFY(m_tx->update(one));
    (void)m_tx->store();
    QVERIFY(m_database->execute("ROLLBACK TO here; RELEASE here"));
    m_tx->rewind(mark);
    QVERIFY(m_tx->settle());
    QCOMPARE(m_witness.names, (QStringList{u"乙"_s, u"甲"_s}));
    QCOMPARE(m_tx->select<Account>("name = ?", {Cell(u"甲"_s)}).size(), 1U);
}

void TestTransaction::refusalBeforeTheMarkOutlivesTheRewind()
{
    m_witness.refused = u"account"_s;
    QVERIFY(m_tx->insert(account(u"甲"_s)));
    (void)m_tx->store();
    const auto mark = m_tx->mark();
    m_tx->rewind(mark);
    QVERIFY(!m_tx->settle());
}

void TestTransaction::refusalOfAnEarlyWriteIsToldBySettle()
{
    m_witness.refused = u"account"_s;
    QVERIFY(m_tx->insert(account(u"甲"_s)));
    QVERIFY(m_tx->select<Account>("1 = 1").empty());
    const auto settled = m_tx->settle();
    QVERIFY(!settled);
    QCOMPARE(settled.error().key(), u"forbidden.record"_s);
}

void TestTransaction::recordThatOnlyWaitsExistsAlready()
{
    const Account one = account(u"甲"_s);
    QVERIFY(m_tx->insert(one));
    const auto again = m_tx->insert(one);
    QVERIFY(!again);
    QCOMPARE(again.error().key(), u"record.exists"_s);
}

void TestTransaction::whatWasThereBeforeIsKnownThroughAllChanges()
{
    Account one = account(u"甲"_s);
    QVERIFY(m_tx->insert(one));
    QVERIFY(m_tx->settle());
    const EntityInfo &entity = m_tx->info<Account>();
    QVERIFY(!m_tx->before(entity, one.id)); // it is new

    Transaction later(*m_store, m_witness, Transaction::Writing::Gathered);
    for (const QString &name : {u"乙"_s, u"丙"_s}) {
        one.name = name;
        QVERIFY(later.update(one));
        QVERIFY(later.settle());
    }
    QCOMPARE(entity.cell(*later.before(entity, one.id), u"name"_s).text(), u"甲"_s);
}

QTEST_GUILESS_MAIN(TestTransaction)
#include "tst_transaction.moc"
