#include "store/database.h"
#include "store/query.h"
#include "support/batch_process.h"

#include <QDirIterator>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

const QString someCustomers = uR"({"query":"account","fields":["name"]})"_s;

} // namespace

// A PC that is lost: what it had queued arrives, what it held is gone, and the server knows
// (reliability.md, "Revocation and wipe").
class TestDeviceWiped : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void connectedDesktopDestroysWhatItHoldsAtOnce();
    void queueOfADesktopThatWasAwayArrivesBeforeItGoes();
    void wipedDesktopWhoseSessionEndedHandsOverNothing();

private:
    QJsonObject device();
    bool wipe();
    QStringList filesHeld() const;
    qint64 numberAtServer(const QByteArray &sql) const;
    bool untilWiped();

    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<BatchProcess> m_desktop;
};

void TestDeviceWiped::init()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->initDemo().code, 0);
    QVERIFY(m_server->serve());
    m_desktop = std::make_unique<BatchProcess>(QStringLiteral(KEYDESK_PROGRAM),
                                               seatAt(*m_server, u"1101"_s));
    m_desktop->start();
    QVERIFY2(m_desktop->sync().value(u"ok"_s).toBool(), m_desktop->errors().constData());
    QVERIFY(!m_desktop->rows(someCustomers).isEmpty());
    QVERIFY(!filesHeld().isEmpty());
}

void TestDeviceWiped::cleanup()
{
    m_desktop.reset();
    m_server.reset();
}

QJsonObject TestDeviceWiped::device()
{
    const auto listed = m_server->run({u"device"_s, u"list"_s, u"1101"_s});
    return QJsonDocument::fromJson(listed.out.split('\n').value(0)).object();
}

bool TestDeviceWiped::wipe()
{
    return m_server->run({u"device"_s, u"wipe"_s, device()[u"device"_s].toString()}).code == 0;
}

// Of replica and queue; the log says ids only and stays.
QStringList TestDeviceWiped::filesHeld() const
{
    QStringList held;
    QDirIterator files(m_desktop->seat().data, {u"*.db*"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext())
        held.append(files.next());
    return held;
}

qint64 TestDeviceWiped::numberAtServer(const QByteArray &sql) const
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    const auto database = Database::open(m_server->data() + u"/keydesk.db"_s, options);
    if (!database)
        return -1;
    Query query = (*database)->query(sql);
    return query.next() ? query.integer(0) : -1;
}

bool TestDeviceWiped::untilWiped()
{
    return QTest::qWaitFor([this] { return device()[u"status"_s].toString() == u"wiped"; }, 30'000);
}

void TestDeviceWiped::connectedDesktopDestroysWhatItHoldsAtOnce()
{
    QVERIFY(wipe());
    QVERIFY(untilWiped());
    QCOMPARE(filesHeld(), QStringList());
    QVERIFY2(m_desktop->errors().contains("device.wiped"), m_desktop->errors().constData());
    QVERIFY(m_desktop->rows(someCustomers).isEmpty());
    QCOMPARE(numberAtServer("SELECT count(*) FROM audit WHERE action IN ('device.wipe', "
                            "'device.wiped')"),
             2);
    m_desktop->kill();
    m_desktop->start(); // nothing here knows the server any more
    QVERIFY(m_desktop->rows(someCustomers).isEmpty());
    QVERIFY(m_server->run({u"verify"_s}).code == 0);
}

void TestDeviceWiped::queueOfADesktopThatWasAwayArrivesBeforeItGoes()
{
    QVERIFY(m_desktop->link(false));
    const QString text =
        uR"({"command":"CreateTask","args":{"values":{"title":"wiped.example"}}})"_s;
    QVERIFY(m_desktop->ask(text).value(u"ok"_s).toBool());
    QVERIFY(wipe());
    QVERIFY(!filesHeld().isEmpty());
    QVERIFY(m_desktop->link(true));
    QVERIFY(untilWiped());
    QCOMPARE(filesHeld(), QStringList());
    QCOMPARE(numberAtServer("SELECT count(*) FROM task WHERE title='wiped.example'"), 1);
}

void TestDeviceWiped::wipedDesktopWhoseSessionEndedHandsOverNothing()
{
    m_desktop->kill();
    QVERIFY(wipe());
    QCOMPARE(m_server->run({u"user"_s, u"disable"_s, u"1101"_s}).code, 0);
    m_desktop->start();
    QVERIFY(QTest::qWaitFor([this] { return filesHeld().isEmpty(); }, 30'000));
    QVERIFY(m_desktop->rows(someCustomers).isEmpty());
}

QTEST_GUILESS_MAIN(TestDeviceWiped)
#include "tst_device_wiped.moc"
