#include "domain/account.h"
#include "domain/entities.h"
#include "store/row_store.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

// Writing whole rows: one row a record, and every index right about it.
class TestRowStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aRecordIsOneRowHoweverOftenItIsWritten();
    void aRowThatWasTakenForNewIsWrittenOver();
    void aRowThatWasTakenForKnownIsInserted();
    void indexesFollowARowThatMoves();
    void aChangeBesideTheIndexesIsWritten();

private:
    Account stored();
    qint64 count(const QByteArray &from);
    Result<> put(const Account &account, const Account *before);

    const Catalog m_catalog = makeCatalog();
    const EntityInfo &m_info = m_catalog.entity(u"account"_s);
    std::unique_ptr<Database> m_database;
    std::unique_ptr<RowStore> m_store;
    Account m_account;
    const RecordId m_here = RecordId::fromParts(2, 0, 1);
    const RecordId m_there = RecordId::fromParts(2, 0, 2);
};

void TestRowStore::init()
{
    m_store.reset();
    m_database = Database::openInMemory();
    m_store = std::make_unique<RowStore>(*m_database, m_catalog);
    QVERIFY(m_store->migrate());
    m_account = {};
    m_account.id = RecordId::fromParts(1, 0, 1);
    m_account.name = u"云南白药"_s;
    m_account.areaId = m_here;
}

Account TestRowStore::stored()
{
    const auto row = m_store->find(m_info, m_account.id);
    return row ? fromRow<Account>(*row) : Account();
}

qint64 TestRowStore::count(const QByteArray &from)
{
    Query query = m_database->query("SELECT count(*) FROM " + from);
    return query.next() ? query.integer(0) : -1;
}

Result<> TestRowStore::put(const Account &account, const Account *before)
{
    const auto was = before ? std::optional(toRow(*before)) : std::nullopt;
    return m_store->put(m_info, toRow(account), was);
}

void TestRowStore::aRecordIsOneRowHoweverOftenItIsWritten()
{
    QVERIFY(put(m_account, nullptr));
    const Account before = m_account;
    m_account.name = u"云南白药集团"_s;
    QVERIFY(put(m_account, &before));
    QCOMPARE(count("account"), 1);
    QCOMPARE(stored().name, m_account.name);
}

// A page that is applied once more does not know what is there.
void TestRowStore::aRowThatWasTakenForNewIsWrittenOver()
{
    QVERIFY(put(m_account, nullptr));
    m_account.remarks = u"二次写入"_s;
    m_account.areaId = m_there;
    QVERIFY(put(m_account, nullptr));
    QCOMPARE(count("account"), 1);
    QCOMPARE(stored().remarks, m_account.remarks);
    QCOMPARE(stored().areaId, RecordId(m_there));
}

void TestRowStore::aRowThatWasTakenForKnownIsInserted()
{
    const Account before = m_account;
    m_account.remarks = u"新"_s;
    QVERIFY(put(m_account, &before));
    QCOMPARE(stored().remarks, m_account.remarks);
    QCOMPARE(count("search_account WHERE search_account MATCH '云南'"), 1);
}

void TestRowStore::indexesFollowARowThatMoves()
{
    QVERIFY(put(m_account, nullptr));
    const Account before = m_account;
    m_account.areaId = m_there;
    QVERIFY(put(m_account, &before));
    const QByteArray byArea = "account INDEXED BY account_by_area_id WHERE area_id='";
    QCOMPARE(count(byArea + m_here.text().toLatin1() + '\''), 0);
    QCOMPARE(count(byArea + m_there.text().toLatin1() + '\''), 1);
    Query whole = m_database->query("PRAGMA integrity_check");
    QVERIFY(whole.next());
    QCOMPARE(whole.text(0), u"ok"_s);
}

void TestRowStore::aChangeBesideTheIndexesIsWritten()
{
    QVERIFY(put(m_account, nullptr));
    const Account before = m_account;
    m_account.remarks = u"只改备注"_s;
    m_account.rowVer = 7;
    QVERIFY(put(m_account, &before));
    QCOMPARE(stored().remarks, m_account.remarks);
    QCOMPARE(stored().rowVer, 7);
    QCOMPARE(stored().areaId, RecordId(m_here));
}

QTEST_GUILESS_MAIN(TestRowStore)
#include "tst_row_store.moc"
