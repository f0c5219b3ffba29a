#include "store/database.h"
#include "support/batch_process.h"
#include "support/fault_shim.h"

#include <QDirIterator>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// What later programs added is taken away again: a master as an older one left it.
constexpr char olderMaster[] =
    "ALTER TABLE task DROP COLUMN reminded_at; ALTER TABLE routing_rule DROP COLUMN english_name;"
    "ALTER TABLE routing_rule DROP COLUMN valid_from;"
    "ALTER TABLE routing_rule DROP COLUMN valid_until;"
    "ALTER TABLE routing_decision DROP COLUMN rule_english_name; PRAGMA user_version=0;";
// The queue as the first desktops had it.
constexpr char olderOutbox[] =
    "DROP INDEX queue_waiting; ALTER TABLE queue DROP COLUMN accepted;"
    "ALTER TABLE rejected DROP COLUMN accepted; DROP TABLE renewed; PRAGMA user_version=0;";

constexpr qint64 never = 1'000'000'000; // the number of a call that does not come

// At how many calls of the system, spread over all that an update makes, it dies.
int deathsWanted()
{
    return 24 * std::max(1, qEnvironmentVariableIntValue("KEYDESK_SOAK_FACTOR"));
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &bytes)
{
    for (const QString &suffix : {u"-wal"_s, u"-shm"_s})
        QFile::remove(path + suffix);
    QFile file(path);
    if (file.open(QFile::WriteOnly))
        file.write(bytes);
}

// Runs the statements and leaves everything in the file itself.
bool rewrite(const QString &path, const QByteArray &sql)
{
    const auto database = Database::open(path);
    return database && (*database)->execute(sql) && (*database)->truncateLog();
}

} // namespace

// An update that dies at any call of the system while it brings older files up to date is simply
// begun again, and what waited in the queue applies (T35).
class TestUpdateKilled : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void serverThatDiesAmidItsUpdateBeginsAgain();
    void desktopThatDiesAmidItsUpdateKeepsItsQueue();

private:
    QString master() const { return m_server->data() + u"/keydesk.db"_s; }
    QString outbox() const;
    qint64 number(const QString &path, const QByteArray &sql) const;
    QByteArray staff() const;

    FaultShim m_serverFaults;
    FaultShim m_desktopFaults;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<BatchProcess> m_desktop;
};

void TestUpdateKilled::initTestCase()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->init().code, 0);
    QCOMPARE(m_server->addUser(u"hot1"_s, u"hotline_agent"_s).code, 0);
    m_server->setEnvironment(m_serverFaults.environment());
    QVERIFY(m_server->serve());
    m_desktop = std::make_unique<BatchProcess>(QStringLiteral(KEYDESK_PROGRAM),
                                               seatAt(*m_server, u"hot1"_s));
    m_desktop->setEnvironment(m_desktopFaults.environment());
    m_desktop->start();
    QVERIFY2(m_desktop->sync().value(u"ok"_s).toBool(), m_desktop->errors().constData());
    QVERIFY(m_desktop->link(false));
    for (int i = 0; i < 3; ++i) {
        const QJsonObject values{{u"title"_s, u"更新前 %1"_s.arg(i)},
                                 {u"ent_name"_s, u"昆明第一机床厂"_s},
                                 {u"contact_phone"_s, u"13800138000"_s},
                                 {u"need_summary"_s, u"专线"_s},
                                 {u"willing"_s, true}};
        const QJsonObject answer = m_desktop->ask(
            QJsonObject{{u"command"_s, u"RecordOpportunity"_s},
                        {u"args"_s, QJsonObject{{u"values"_s, values}}}});
        QVERIFY(answer.value(u"ok"_s).toBool());
    }
    QCOMPARE(m_desktop->finish(), 0);
    QCOMPARE(m_server->terminate(), 0);
    QVERIFY(rewrite(master(), olderMaster));
    QVERIFY(rewrite(outbox(), olderOutbox));
}

void TestUpdateKilled::cleanupTestCase()
{
    m_desktop.reset();
    m_server.reset();
}

QString TestUpdateKilled::outbox() const
{
    QDirIterator files(m_desktop->seat().data, {u"outbox.db"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    return files.hasNext() ? files.next() : QString();
}

qint64 TestUpdateKilled::number(const QString &path, const QByteArray &sql) const
{
    const auto database = Database::open(path);
    if (!database)
        return -1;
    Query query = (*database)->query(sql);
    return query.next() ? query.integer(0) : -1;
}

QByteArray TestUpdateKilled::staff() const
{
    const auto database = Database::open(master());
    QByteArray all;
    if (!database)
        return all;
    Query rows = (*database)->query("SELECT id, row_ver, code, name, roles FROM staff ORDER BY id");
    while (rows.next())
        all += (rows.text(0) + rows.text(1) + rows.text(2) + rows.text(3) + rows.text(4)).toUtf8();
    return all;
}

void TestUpdateKilled::serverThatDiesAmidItsUpdateBeginsAgain()
{
    const QByteArray older = bytesOf(master());
    const QByteArray people = staff();
    const QByteArray hasColumn = "SELECT count(*) FROM pragma_table_info('task') WHERE "
                                 "name='reminded_at'";
    m_serverFaults.killAt(never, FaultShim::Call::AnyCall, "keydesk.db");
    QVERIFY2(m_server->serve(), m_server->log().right(1000).constData());
    const qint64 calls = m_serverFaults.seen();
    m_server->kill();
    int deaths = 0;
    int untouched = 0;
    for (int k = 0; k < deathsWanted(); ++k) {
        put(master(), older);
        QFile::remove(master() + u".before-update"_s);
        m_serverFaults.killAt(1 + calls * k / deathsWanted(), FaultShim::Call::AnyCall,
                              "keydesk.db");
        if (m_server->serve()) { // it had less to do this time
            m_server->kill();
            continue;
        }
        QCOMPARE(m_server->ending(), -1);
        m_serverFaults.heal();
        ++deaths;
        // All of the update or nothing of it.
        QCOMPARE(staff(), people);
        const qint64 columns = number(master(), hasColumn);
        const qint64 rules = number(master(),
                                    "SELECT count(*) FROM "
                                    "pragma_table_info('routing_rule') WHERE "
                                    "name='valid_until'");
        QCOMPARE(columns, rules);
        untouched += columns == 0 ? 1 : 0;
        QCOMPARE(number(master(),
                        "SELECT count(*) FROM pragma_integrity_check WHERE "
                        "integrity_check='ok'"),
                 1);
    }
    m_serverFaults.heal();
    QVERIFY(untouched > 0 && untouched < deaths);
    put(master(), older);
    QVERIFY2(m_server->serve(), m_server->log().right(1000).constData());
    QCOMPARE(m_server->terminate(), 0);
    QCOMPARE(number(master(), hasColumn), 1);
    QCOMPARE(number(master() + u".before-update"_s, hasColumn), 0);
    QCOMPARE(staff(), people);
    const auto report = m_server->run({u"verify"_s});
    QVERIFY2(report.code == 0, report.out.constData());
    qInfo("report: %d deaths of a server amid the %lld calls of its update, %d of them before "
          "anything was changed",
          deaths, calls, untouched);
}

void TestUpdateKilled::desktopThatDiesAmidItsUpdateKeepsItsQueue()
{
    // No server meanwhile: to one that had heard of it, a queue that is put back is a copied
    // device.
    const QByteArray older = bytesOf(outbox());
    m_desktopFaults.killAt(never, FaultShim::Call::AnyCall, "outbox.db");
    m_desktop->start();
    QVERIFY(m_desktop->ask(uR"({"status":true})"_s).value(u"ok"_s).toBool());
    const qint64 calls = m_desktopFaults.seen();
    m_desktop->kill();
    int deaths = 0;
    for (int k = 0; k < deathsWanted(); ++k) {
        put(outbox(), older);
        m_desktopFaults.killAt(1 + calls * k / deathsWanted(), FaultShim::Call::AnyCall,
                               "outbox.db");
        m_desktop->start();
        (void)m_desktop->ask(uR"({"status":true})"_s);
        m_desktop->kill();
        deaths += m_desktopFaults.struck() > 0 ? 1 : 0;
        m_desktopFaults.heal();
        QCOMPARE(number(outbox(), "SELECT count(*) FROM queue"), 3);
    }
    put(outbox(), older);
    QVERIFY(m_server->serve());
    m_desktop->start();
    const QJsonObject synced = m_desktop->sync();
    QVERIFY2(synced.value(u"ok"_s).toBool(), m_desktop->errors().right(1000).constData());
    QCOMPARE(synced.value(u"queued"_s).toInteger(), 0);
    QVERIFY(synced.value(u"rejected"_s).toArray().isEmpty());
    QCOMPARE(m_desktop->rows(uR"({"query":"opportunity","limit":100})"_s).size(), 3);
    QCOMPARE(m_desktop->finish(), 0);
    QCOMPARE(m_server->terminate(), 0);
    QCOMPARE(number(master(), "SELECT count(DISTINCT title) FROM opportunity"), 3);
    QCOMPARE(number(master(), "SELECT count(*) FROM opportunity"), 3);
    QVERIFY(deaths > 0);
    qInfo("report: %d deaths of a desktop amid the %lld calls of its update, its 3 queued commands "
          "arrived once each",
          deaths, calls);
}

QTEST_GUILESS_MAIN(TestUpdateKilled)
#include "tst_update_killed.moc"
