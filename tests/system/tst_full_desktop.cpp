#include "store/database.h"
#include "support/batch_process.h"
#include "support/fault_shim.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// Long enough texts to outgrow what the files still have room for within a few commands.
QJsonObject longCapture(const QString &title)
{
    const QJsonObject values{{u"title"_s, title},
                             {u"ent_name"_s, u"昆明第一机床厂"_s},
                             {u"contact_phone"_s, u"13800138000"_s},
                             {u"need_summary"_s, QString(3000, u'线')},
                             {u"willing"_s, true}};
    return {{u"command"_s, u"RecordOpportunity"_s},
            {u"args"_s, QJsonObject{{u"values"_s, values}}}};
}

constexpr int mostCommands = 120; // until a full disk must have been noticed

int fillings()
{
    return std::max(2, qEnvironmentVariableIntValue("KEYDESK_SOAK_FILLINGS"));
}

} // namespace

// The disk under a real desktop is full: what it takes is kept, what it cannot keep it refuses in
// words, nothing is damaged or taken away at the server, and with room again all goes on (sync.md,
// "Guards"; T6).
class TestFullDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase();
    void fullDiskLosesNothingThatWasTaken_data();
    void fullDiskLosesNothingThatWasTaken();
    void fullLogStopsNothing();
    void whatComesWhileTheReplicaIsFullIsThereAfterwards();
    void startOnAFullDiskSaysSoAndCostsNothing_data();
    void startOnAFullDiskSaysSoAndCostsNothing();

private:
    void record(const QString &title);
    qint64 countAtServer(const QByteArray &where);
    void everythingIsBackInOrder();

    FaultShim m_faults;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<BatchProcess> m_desktop;
    QStringList m_taken; // titles
    QStringList m_refusals; // reasons
    QString m_words; // of the last refusal
};

void TestFullDesktop::initTestCase()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->init().code, 0);
    QCOMPARE(m_server->addUser(u"hot1"_s, u"hotline_agent"_s).code, 0);
    QVERIFY(m_server->serve());
    m_desktop = std::make_unique<BatchProcess>(QStringLiteral(KEYDESK_PROGRAM),
                                               seatAt(*m_server, u"hot1"_s));
    m_desktop->setEnvironment(m_faults.environment());
    m_desktop->start();
    const QJsonObject synced = m_desktop->sync();
    QVERIFY2(synced.value(u"ok"_s).toBool(), m_desktop->errors().constData());
}

void TestFullDesktop::cleanup()
{
    m_faults.heal();
    m_refusals.clear();
}

void TestFullDesktop::cleanupTestCase()
{
    m_desktop.reset();
    m_server.reset();
}

// One command; what becomes of it is noted.
void TestFullDesktop::record(const QString &title)
{
    const QJsonObject answer = m_desktop->ask(longCapture(title));
    if (answer.isEmpty() && !m_desktop->isRunning())
        return;
    QVERIFY2(!answer.isEmpty(), m_desktop->errors().right(2000).constData());
    if (answer.value(u"ok"_s).toBool()) {
        m_taken.append(title);
        return;
    }
    const QJsonObject error = answer.value(u"error"_s).toObject();
    m_refusals.append(error.value(u"reason"_s).toString());
    m_words = error.value(u"message"_s).toString();
}

qint64 TestFullDesktop::countAtServer(const QByteArray &where)
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    const auto database = Database::open(m_server->data() + u"/keydesk.db"_s, options);
    if (!database)
        return -1;
    Query count = (*database)->query("SELECT count(*) FROM opportunity WHERE " + where);
    return count.next() ? count.integer(0) : -1;
}

// What was taken has arrived, once each, and is seen here; nothing was taken away there.
void TestFullDesktop::everythingIsBackInOrder()
{
    const QJsonObject synced = m_desktop->sync();
    QVERIFY2(synced.value(u"ok"_s).toBool(), m_desktop->errors().right(2000).constData());
    QCOMPARE(synced.value(u"queued"_s).toInteger(), 0);
    QVERIFY(synced.value(u"rejected"_s).toArray().isEmpty());
    const QJsonArray rows = m_desktop->rows(uR"({"query":"opportunity","limit":1000})"_s);
    QStringList seen;
    for (const auto &row : rows)
        seen.append(row.toObject().value(u"title"_s).toString());
    seen.sort();
    QStringList taken = m_taken;
    taken.sort();
    QCOMPARE(seen, taken);
    QCOMPARE(countAtServer("deleted_at IS NULL"), m_taken.size());
    QCOMPARE(countAtServer("deleted_at IS NOT NULL"), 0);
}

void TestFullDesktop::fullDiskLosesNothingThatWasTaken_data()
{
    QTest::addColumn<QByteArray>("part");
    QTest::addColumn<bool>("refuses");
    QTest::newRow("under the queue") << QByteArray("outbox.db") << true;
    // The replica is a cache: what it cannot show is queued all the same.
    QTest::newRow("under the replica") << QByteArray("replica-") << false;
    QTest::newRow("under all of them") << QByteArray("pc-hot1") << true;
}

void TestFullDesktop::fullDiskLosesNothingThatWasTaken()
{
    QFETCH(const QByteArray, part);
    QFETCH(const bool, refuses);
    qint64 struck = 0;
    const qsizetype taken = m_taken.size();
    for (int filling = 0; filling < fillings(); ++filling) {
        m_faults.fill(part);
        QVERIFY(m_desktop->link(false)); // and what a new connection writes finds no room
        QVERIFY(m_desktop->link(true));
        QVERIFY(m_desktop->link(filling % 2 == 0));
        const qsizetype before = m_refusals.size();
        for (int i = 0; i < mostCommands && m_refusals.size() < before + 3; ++i) {
            record(u"第%1次 %2"_s.arg(filling).arg(i));
            if (!refuses && i > 30)
                break;
        }
        QCOMPARE(m_refusals.size() > before, refuses);
        QVERIFY(m_desktop->isRunning());
        struck += m_faults.struck();
        m_faults.heal();
        record(u"第%1次 有空间"_s.arg(filling));
        QCOMPARE(m_taken.value(m_taken.size() - 1), u"第%1次 有空间"_s.arg(filling));
        QVERIFY(m_desktop->link(true));
        everythingIsBackInOrder();
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY(struck > 0);
    for (const QString &reason : std::as_const(m_refusals))
        QCOMPARE(reason, u"storage.full"_s);
    QVERIFY(!refuses || m_words.contains(u"disk is full"));
    QCOMPARE(m_desktop->finish(), 0);
    m_desktop->start();
    everythingIsBackInOrder();
    qInfo(
        "report: a full disk under a desktop (%s): %d fillings, %lld calls refused, %lld commands "
        "taken and all arrived, %lld refused in words",
        QTest::currentDataTag(), fillings(), struck, qint64(m_taken.size() - taken),
        qint64(m_refusals.size()));
}

// With --batch the log goes to the standard error.
void TestFullDesktop::fullLogStopsNothing()
{
    QCOMPARE(m_desktop->finish(), 0);
    const QString log = m_desktop->seat().data + u".err"_s;
    QVERIFY(QFile::remove(log));
    QVERIFY(QFile::link(u"/dev/full"_s, log));
    m_desktop->start();
    QVERIFY(m_desktop->process().waitForStarted());
    QVERIFY(QFile::remove(log)); // to read it would not end
    for (int i = 0; i < 10; ++i) {
        QVERIFY(m_desktop->link(false)); // each new connection is worth a line
        record(u"断网 %1"_s.arg(i));
        QVERIFY(m_desktop->link(true));
        record(u"联网 %1"_s.arg(i));
    }
    QVERIFY(m_refusals.isEmpty());
    everythingIsBackInOrder();
}

void TestFullDesktop::whatComesWhileTheReplicaIsFullIsThereAfterwards()
{
    m_faults.fill("replica-");
    for (int i = 0; i < 40; ++i)
        record(u"满时 %1"_s.arg(i));
    QTRY_COMPARE_WITH_TIMEOUT(countAtServer("1"), m_taken.size(), 20'000);
    QVERIFY(m_desktop->isRunning());
    m_faults.heal();
    everythingIsBackInOrder();
}

void TestFullDesktop::startOnAFullDiskSaysSoAndCostsNothing_data()
{
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("under the queue") << QByteArray("outbox.db");
    QTest::newRow("under the replica") << QByteArray("replica-");
    QTest::newRow("under all of them") << QByteArray("pc-hot1");
}

void TestFullDesktop::startOnAFullDiskSaysSoAndCostsNothing()
{
    QFETCH(const QByteArray, part);
    QVERIFY(m_desktop->link(false));
    for (int i = 0; i < 5; ++i)
        record(u"断网 %1"_s.arg(i));
    QVERIFY(m_refusals.isEmpty());
    m_desktop->kill();
    m_faults.fill(part);
    m_desktop->start();
    // It may run with what it can read, or end; then it says why.
    record(u"满盘启动"_s);
    if (!m_desktop->isRunning())
        QVERIFY2(m_desktop->errors().contains("disk is full"), m_desktop->errors().constData());
    m_desktop->kill();
    m_faults.heal();
    m_desktop->start();
    everythingIsBackInOrder();
}

QTEST_GUILESS_MAIN(TestFullDesktop)
#include "tst_full_desktop.moc"
