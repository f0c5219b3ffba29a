#include "support/batch_process.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

// No place to write, nothing to read, no home: both programs say so in a sentence and end with the
// code that their help documents (T7). The places are such that not even root can write there.
class TestNoPlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void serverSaysWhatIsMissing_data();
    void serverSaysWhatIsMissing();
    void desktopSaysWhatIsMissing_data();
    void desktopSaysWhatIsMissing();
    void desktopWithoutAHomeWorksWhereItIsTold();

private:
    struct Ending
    {
        int code = -1;
        QByteArray err;
    };
    Ending run(const QString &program, const QStringList &words,
               const QProcessEnvironment &environment) const;

    std::unique_ptr<ServerProcess> m_server;
};

void TestNoPlace::initTestCase()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->init().code, 0);
    QCOMPARE(m_server->addUser(u"hot1"_s, u"hotline_agent"_s).code, 0);
}

TestNoPlace::Ending TestNoPlace::run(const QString &program, const QStringList &words,
                                     const QProcessEnvironment &environment) const
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program, words);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {-1, process.readAllStandardError()};
    return {process.exitCode(), process.readAllStandardError()};
}

void TestNoPlace::serverSaysWhatIsMissing_data()
{
    QTest::addColumn<QStringList>("words");
    const QString nowhere = u"/dev/null/keydesk"_s;
    const QString empty = m_server->file(u"empty"_s);
    const QString data = m_server->data();
    const QString password = m_server->passwordFile();
    QTest::newRow("init where nothing can be made")
        << QStringList{u"init"_s, u"--admin"_s, u"boss"_s, u"--password-file"_s,
                       password,  u"--data"_s,  nowhere};
    QTest::newRow("init without a password file")
        << QStringList{u"init"_s,     u"--admin"_s, u"boss"_s, u"--password-file"_s,
                       u"/nowhere"_s, u"--data"_s,  empty};
    QTest::newRow("serve where nothing is")
        << QStringList{u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s, u"--data"_s, empty};
    QTest::newRow("serve where nothing can be")
        << QStringList{u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s, u"--data"_s, nowhere};
    QTest::newRow("serve on an address of somebody else")
        << QStringList{u"serve"_s, u"--listen"_s, u"192.0.2.1:1"_s, u"--data"_s, data};
    QTest::newRow("verify where nothing is") << QStringList{u"verify"_s, u"--data"_s, empty};
    QTest::newRow("backup to where nothing can be written")
        << QStringList{u"backup"_s, u"/dev/null/backup.db"_s, u"--data"_s, data};
    QTest::newRow("restore of what is not there")
        << QStringList{u"restore"_s, u"/nowhere/backup.db"_s, u"--data"_s, data};
    QTest::newRow("import of what is not there")
        << QStringList{u"import"_s, u"account"_s, u"/nowhere/a.csv"_s, u"--data"_s, data};
}

void TestNoPlace::serverSaysWhatIsMissing()
{
    QFETCH(QStringList, words);
    const Ending ending = run(QStringLiteral(KEYDESK_SERVER_PROGRAM), words,
                              QProcessEnvironment::systemEnvironment());
    QVERIFY2(ending.code == 1 || ending.code == 2,
             (QByteArray::number(ending.code) + ending.err).constData());
    QVERIFY2(ending.err.contains("keydesk-server: "), ending.err.constData());
}

void TestNoPlace::desktopSaysWhatIsMissing_data()
{
    QTest::addColumn<QString>("data");
    QTest::addColumn<QString>("passwordFile");
    QTest::addColumn<QString>("home");
    const QString good = m_server->file(u"pc"_s);
    const QString password = m_server->passwordFile();
    QTest::newRow("a place where nothing can be written")
        << u"/dev/null/keydesk"_s << password << QString();
    QTest::newRow("no password file") << good << u"/nowhere"_s << QString();
    QTest::newRow("a home where nothing can be written") << QString() << password << u"/dev/null"_s;
    QTest::newRow("a place that is a file") << password << password << QString();
}

void TestNoPlace::desktopSaysWhatIsMissing()
{
    QFETCH(QString, data);
    QFETCH(QString, passwordFile);
    QFETCH(QString, home);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!home.isEmpty()) {
        environment.insert(u"HOME"_s, home);
        environment.remove(u"XDG_DATA_HOME"_s);
    }
    QStringList words{u"--batch"_s,
                      u"--user"_s,
                      u"hot1"_s,
                      u"--enrol"_s,
                      u"keydesk://127.0.0.1:1/#"_s + QString(64, u'a') + u"/ABCD-EFGH"_s,
                      u"--password-file"_s,
                      passwordFile};
    if (!data.isEmpty())
        words << u"--data"_s << data;
    const Ending ending = run(QStringLiteral(KEYDESK_PROGRAM), words, environment);
    QVERIFY2(ending.code == 1 || ending.code == 2,
             (QByteArray::number(ending.code) + ending.err).constData());
    QVERIFY2(ending.err.contains("keydesk: "), ending.err.constData());
}

void TestNoPlace::desktopWithoutAHomeWorksWhereItIsTold()
{
    QVERIFY(m_server->serve());
    BatchProcess::Seat seat = seatAt(*m_server, u"hot1"_s);
    seat.environment = QProcessEnvironment::systemEnvironment();
    seat.environment.insert(u"HOME"_s, u"/dev/null"_s);
    seat.environment.remove(u"XDG_DATA_HOME"_s);
    seat.environment.remove(u"XDG_CONFIG_HOME"_s);
    seat.environment.remove(u"XDG_RUNTIME_DIR"_s);
    BatchProcess desktop(QStringLiteral(KEYDESK_PROGRAM), seat);
    desktop.start();
    QVERIFY2(desktop.sync().value(u"ok"_s).toBool(), desktop.errors().constData());
    QCOMPARE(desktop.finish(), 0);
}

QTEST_GUILESS_MAIN(TestNoPlace)
#include "tst_no_place.moc"
