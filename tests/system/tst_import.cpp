#include "store/database.h"
#include "support/batch_process.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

QString written(ServerProcess &server, const QString &name, const QByteArray &content)
{
    QString path = server.file(name);
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
    return path;
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The last line of standard output.
QJsonObject summary(const ServerProcess::Ending &ending)
{
    const QByteArray line = ending.out.trimmed();
    return QJsonDocument::fromJson(line.mid(line.lastIndexOf('\n') + 1)).object();
}

QList<int> counts(const QJsonObject &summary)
{
    QList<int> numbers;
    for (const char *name : {"read", "created", "updated", "unchanged", "rejected"})
        numbers.append(summary.value(QLatin1StringView(name)).toInt(-1));
    return numbers;
}

qint64 number(ServerProcess &server, const QByteArray &sql)
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    const auto database = Database::open(server.data() + u"/keydesk.db"_s, options);
    if (!database)
        return -1;
    Query query = (*database)->query(sql);
    return query.next() ? query.integer(0) : -1;
}

} // namespace

// The import of the command line, with real processes.
class TestImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void badLineLeavesTheMasterUntouched();
    void goodLinesAreTakenWhenAsked();
    void dryRunWritesNothing();
    void fileThatIsNoneIsRefusedWithASentence_data();
    void fileThatIsNoneIsRefusedWithASentence();
    void importBesideARunningServerReachesDesktops();
    void masterIsSoundAfterwards();

private:
    std::unique_ptr<ServerProcess> m_server;
};

void TestImport::initTestCase()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->initDemo().code, 0);
}

void TestImport::cleanupTestCase()
{
    m_server.reset();
}

void TestImport::badLineLeavesTheMasterUntouched()
{
    const QByteArray seq = "SELECT seq FROM head";
    const qint64 before = number(*m_server, seq);
    const QString file = written(*m_server, u"bad.csv"_s,
                                 "name,employees\nAlpha Works,1\nBeta Works,many\n");
    const auto ending = m_server->run({u"import"_s, u"accounts"_s, file});
    QCOMPARE(ending.code, 1);
    QCOMPARE(counts(summary(ending)), (QList<int>{2, 0, 0, 0, 1}));
    QCOMPARE(summary(ending).value(u"errors"_s).toString(), file + u".errors.csv"_s);
    QVERIFY(read(file + u".errors.csv"_s).contains("3,employees,many,"));
    QCOMPARE(number(*m_server, seq), before);
}

void TestImport::goodLinesAreTakenWhenAsked()
{
    const QString file = m_server->file(u"bad.csv"_s);
    const auto taken = m_server->run({u"import"_s, u"accounts"_s, file, u"--skip-bad"_s});
    QVERIFY2(taken.code == 0, taken.err.constData());
    QCOMPARE(counts(summary(taken)), (QList<int>{2, 1, 0, 0, 1}));
    const auto again = m_server->run({u"import"_s, u"accounts"_s, file, u"--skip-bad"_s});
    QCOMPARE(counts(summary(again)), (QList<int>{2, 0, 0, 1, 1}));
    QCOMPARE(number(*m_server, "SELECT count(*) FROM audit WHERE action='import.accounts'"), 1);
    // Once mended, the list of errors goes.
    written(*m_server, u"bad.csv"_s, "name,employees\nAlpha Works,1\nBeta Works,7\n");
    const auto mended = m_server->run({u"import"_s, u"accounts"_s, file});
    QCOMPARE(counts(summary(mended)), (QList<int>{2, 1, 0, 1, 0}));
    QVERIFY(!QFile::exists(file + u".errors.csv"_s));
}

void TestImport::dryRunWritesNothing()
{
    const QString file = written(*m_server, u"dry.csv"_s,
                                 "name,employees\nAlpha Works,2\nNever Works,2\n");
    const auto ending = m_server->run({u"import"_s, u"accounts"_s, file, u"--dry-run"_s});
    QCOMPARE(ending.code, 0);
    QCOMPARE(counts(summary(ending)), (QList<int>{2, 1, 1, 0, 0}));
    QCOMPARE(number(*m_server, "SELECT count(*) FROM account WHERE name='Never Works'"), 0);
}

void TestImport::fileThatIsNoneIsRefusedWithASentence_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("sentence");
    const QString file = written(*m_server, u"good.csv"_s, "name\nAcme\n");
    const QString map = written(*m_server, u"map.json"_s, R"({"columns": {"name": "nick"}})");
    QTest::newRow("missing") << QStringList{u"accounts"_s, u"/nowhere/a.csv"_s} << 1
                             << QByteArray("no such file");
    QTest::newRow("a folder") << QStringList{u"accounts"_s, m_server->data()} << 1
                              << QByteArray("not a file");
    QTest::newRow("empty") << QStringList{u"accounts"_s, written(*m_server, u"e.csv"_s, "")} << 1
                           << QByteArray("The file is empty");
    QTest::newRow("wrong kind") << QStringList{u"cats"_s, file} << 2 << QByteArray("“cats”");
    QTest::newRow("no kind") << QStringList{file} << 2 << QByteArray("expected 2 names");
    QTest::newRow("map of unknown fields")
        << QStringList{u"accounts"_s, file, u"--map"_s, map} << 1 << QByteArray("“nick”");
    QTest::newRow("map that is no JSON")
        << QStringList{u"accounts"_s, file, u"--map"_s, file} << 1 << QByteArray("map file");
    QTest::newRow("map that is not there")
        << QStringList{u"accounts"_s, file, u"--map"_s, u"/nowhere/m"_s} << 1
        << QByteArray("Cannot read the file /nowhere/m");
}

void TestImport::fileThatIsNoneIsRefusedWithASentence()
{
    QFETCH(QStringList, words);
    QFETCH(QByteArray, sentence);
    const auto ending = m_server->run(QStringList{u"import"_s} + words);
    QTEST(ending.code, "code");
    QVERIFY2(ending.err.contains(sentence), ending.err.constData());
    // A call that is wrong itself says nothing to scripts; the rest ends with their line.
    const QJsonObject summary = QJsonDocument::fromJson(ending.out).object();
    QVERIFY2(ending.out.isEmpty() || !summary.value(u"refused"_s).toString().isEmpty(),
             ending.out.constData());
    QCOMPARE(summary.value(u"created"_s).toInt(0), 0);
}

void TestImport::importBesideARunningServerReachesDesktops()
{
    QVERIFY(m_server->serve());
    BatchProcess desktop(QStringLiteral(KEYDESK_PROGRAM), seatAt(*m_server, u"1101"_s));
    desktop.start();
    QVERIFY(desktop.sync().value(u"ok"_s).toBool());
    QByteArray rows = "name,area_id,owner_staff_id,phone\n";
    for (int i = 0; i < 2000; ++i)
        rows += "滇池实业第" + QByteArray::number(i) + "厂,昆明,"
            + (i < 10 ? QByteArray("1101,087163123456") : QByteArray(",")) + '\n';
    const QString file = written(*m_server, u"many.csv"_s, rows);
    const auto ending = m_server->run({u"import"_s, u"accounts"_s, file});
    QVERIFY2(ending.code == 0, ending.err.constData());
    QCOMPARE(counts(summary(ending)), (QList<int>{2000, 2000, 0, 0, 0}));
    QVERIFY(desktop.sync().value(u"ok"_s).toBool());
    const QJsonArray found = desktop.ask(uR"({"search":"dcsyd"})"_s).value(u"hits"_s).toArray();
    QVERIFY(found.size() >= 10);
    QCOMPARE(number(*m_server, "SELECT count(*) FROM caller_card WHERE account_name LIKE '滇池%'"),
             10);
    desktop.finish();
    QCOMPARE(m_server->terminate(), 0);
}

void TestImport::masterIsSoundAfterwards()
{
    const auto report = m_server->run({u"verify"_s});
    QVERIFY2(report.code == 0, report.out.constData());
}

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
