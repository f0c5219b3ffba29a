#include "store/database.h"

#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// What the statements of all open connections take, in bytes.
qint64 statementBytes()
{
    qint64 bytes = 0;
    for (const QString &name : QSqlDatabase::connectionNames()) {
        const QVariant handle = QSqlDatabase::database(name).driver()->handle();
        int used = 0;
        int most = 0;
        sqlite3_db_status(*static_cast<sqlite3 *const *>(handle.constData()),
                          SQLITE_DBSTATUS_STMT_USED, &used, &most, 0);
        bytes += used;
    }
    return bytes;
}

} // namespace

// One connection and the statements it keeps prepared.
class TestDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keptStatementsAreBounded();
    void aLentStatementOutlivesTheClearingOfTheRest();
    void aStatementInUseIsNotLentTwice();
    void logThatAReaderHoldsIsNotCalledTruncated();

private:
    /// Runs that many statements whose texts differ from all before; bytes they hold then.
    qint64 heldAfter(Database &database, int statements);

    int m_made = 0;
};

qint64 TestDatabase::heldAfter(Database &database, int statements)
{
    for (int i = 0; i < statements; ++i) {
        Query query = database.query("SELECT " + QByteArray::number(++m_made) + " AS number");
        if (!query.next() || query.integer(0) != m_made)
            return -1;
    }
    return statementBytes();
}

void TestDatabase::keptStatementsAreBounded()
{
    const auto database = Database::openInMemory();
    const qint64 few = heldAfter(*database, 500);
    const qint64 many = heldAfter(*database, 9'500);
    QVERIFY(few > 0 && many > 0);
    // Ten thousand would hold twenty times as much.
    QVERIFY2(many < 2 * few, qPrintable(u"%1 and %2 bytes"_s.arg(few).arg(many)));
}

void TestDatabase::aLentStatementOutlivesTheClearingOfTheRest()
{
    const auto database = Database::openInMemory();
    Query lent = database->query("SELECT 1 AS step UNION ALL SELECT 2");
    QVERIFY(lent.next());
    QVERIFY(heldAfter(*database, 2'000) > 0);
    QVERIFY(lent.next());
    QCOMPARE(lent.integer(0), 2);
    QVERIFY(!lent.next());
}

void TestDatabase::aStatementInUseIsNotLentTwice()
{
    const auto database = Database::openInMemory();
    const QByteArray sql = "SELECT 1 AS step UNION ALL SELECT 2";
    Query outer = database->query(sql);
    QVERIFY(outer.next());
    Query inner = database->query(sql);
    QVERIFY(inner.next());
    QCOMPARE(inner.integer(0), 1);
    QVERIFY(outer.next());
    QCOMPARE(outer.integer(0), 2);
}

void TestDatabase::logThatAReaderHoldsIsNotCalledTruncated()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"file.db"_s);
    const auto writer = *Database::open(path);
    QVERIFY(writer->execute("PRAGMA busy_timeout=10"));
    QVERIFY(writer->execute("CREATE TABLE t(words); INSERT INTO t VALUES('taken away')"));
    DatabaseOptions readOnly;
    readOnly.access = DatabaseOptions::Access::ReadOnly;
    const auto reader = *Database::open(path, readOnly);
    {
        Query reads = reader->query("SELECT words FROM t");
        QVERIFY(reads.next());
        QVERIFY(writer->execute("DELETE FROM t"));
        QVERIFY(!writer->truncateLog());
    }
    QVERIFY(writer->truncateLog());
    QCOMPARE(QFileInfo(path + u"-wal"_s).size(), 0);
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
