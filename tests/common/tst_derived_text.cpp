#include "base/search_text.h"
#include "domain/account.h"
#include "domain/entities.h"
#include "store/database.h"
#include "store/row_store.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

// What the store derives from a row so that people find it.
class TestDerivedText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aRecordIsFound_data();
    void aRecordIsFound();
    void aRenamedRecordIsFoundByItsNewNameOnly();
    void anErasedRecordIsFoundNoMore();
    void everyNumberOfAFieldIsIndexed();
    void whatAnotherVersionDerivedIsMadeAnew();

private:
    void put(const Account &account);
    bool finds(const QString &typed);

    const Catalog m_catalog = makeCatalog();
    std::unique_ptr<Database> m_database;
    std::unique_ptr<RowStore> m_store;
    Account m_account;
};

void TestDerivedText::init()
{
    m_store.reset();
    m_database = Database::openInMemory();
    m_store = std::make_unique<RowStore>(*m_database, m_catalog);
    QVERIFY(m_store->migrate());
    m_account = {};
    m_account.id = RecordId::fromParts(1, 0, 1);
    m_account.name = u"中国工商银行昆明分行"_s;
    m_account.groupCode = u"8710012345"_s;
    m_account.phone = u"0871-63123456 / 13800138000"_s;
    put(m_account);
}

void TestDerivedText::put(const Account &account)
{
    const EntityInfo &entity = m_catalog.entity(u"account"_s);
    QVERIFY(m_store->put(entity, toRow(account), m_store->find(entity, account.id)));
}

bool TestDerivedText::finds(const QString &typed)
{
    Query query = m_database->query(
        "SELECT count(*) FROM search_account WHERE search_account MATCH ?");
    query.bind(1, searchExpression(typed));
    return query.next() && query.integer(0) == 1;
}

void TestDerivedText::aRecordIsFound_data()
{
    QTest::addColumn<QString>("typed");
    for (const QString &typed :
         {u"工商"_s, u"行"_s, u"gsyh"_s, u"kunming"_s, u"10012345"_s, u"63123456"_s, u"1380013"_s})
        QTest::newRow(qPrintable(typed)) << typed;
}

void TestDerivedText::aRecordIsFound()
{
    QFETCH(QString, typed);
    QVERIFY(finds(typed));
    QVERIFY(!finds(u"农业"_s));
}

void TestDerivedText::aRenamedRecordIsFoundByItsNewNameOnly()
{
    m_account.name = u"重庆长江律师事务所"_s;
    put(m_account);
    QVERIFY(finds(u"cqcj"_s));
    QVERIFY(!finds(u"gsyh"_s));
    QVERIFY(!finds(u"工商"_s));
}

void TestDerivedText::anErasedRecordIsFoundNoMore()
{
    QVERIFY(m_store->erase(m_catalog.entity(u"account"_s), m_account.id));
    QVERIFY(!finds(u"工商"_s));
}

void TestDerivedText::everyNumberOfAFieldIsIndexed()
{
    Query query = m_database->query("SELECT number FROM phone_index ORDER BY number");
    QStringList numbers;
    while (query.next())
        numbers += query.text(0);
    QCOMPARE(numbers, (QStringList{u"+8613800138000"_s, u"+8687163123456"_s}));
}

void TestDerivedText::whatAnotherVersionDerivedIsMadeAnew()
{
    // As an older program left it: other words, no initials, a number that is none.
    QVERIFY(m_database->execute("UPDATE derived SET version = version - 1;"
                                "DROP TABLE search_account;"
                                "CREATE VIRTUAL TABLE search_account USING fts5(tokens, content='',"
                                " tokenize=\"unicode61 remove_diacritics 0\");"
                                "UPDATE account SET pinyin = 'old';"
                                "INSERT INTO phone_index VALUES('old', 'account', 'x')"));
    QVERIFY(!finds(u"gsyh"_s));
    QVERIFY(RowStore(*m_database, m_catalog).migrate());
    QVERIFY(finds(u"gsyh"_s));
    const auto row = m_store->find(m_catalog.entity(u"account"_s), m_account.id);
    QCOMPARE(fromRow<Account>(*row).pinyin, u"zggsyhkmfh"_s);
    Query numbers = m_database->query("SELECT count(*), sum(number = 'old') FROM phone_index");
    QVERIFY(numbers.next());
    QCOMPARE(numbers.integer(0), 2);
    QCOMPARE(numbers.integer(1), 0);
    numbers.reset();
    // The same version leaves it alone.
    QVERIFY(m_database->execute("UPDATE account SET pinyin = 'kept'"));
    QVERIFY(RowStore(*m_database, m_catalog).migrate());
    const auto kept = m_store->find(m_catalog.entity(u"account"_s), m_account.id);
    QCOMPARE(fromRow<Account>(*kept).pinyin, u"kept"_s);
}

QTEST_GUILESS_MAIN(TestDerivedText)
#include "tst_derived_text.moc"
