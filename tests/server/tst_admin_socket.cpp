#include "net/admin_client.h"
#include "net/admin_socket.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <thread>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// Asks from a thread of its own, as the command-line tool asks from its own process.
class Asker
{
public:
    Asker(const QString &path, const QJsonObject &request)
        : m_thread(QThread::create([this, path, request] {
            answer = askRunningServer(path, request,
                                      [this](const QJsonObject &state) { progress.append(state); });
            m_done = true;
        }))
    {
        m_thread->start();
    }
    ~Asker() { m_thread->wait(); }
    bool wait()
    {
        return QTest::qWaitFor([this] { return m_done.load(); }, 10'000);
    }

    std::optional<Result<QJsonObject>> answer;
    QList<QJsonObject> progress;

private:
    std::atomic_bool m_done = false;
    std::unique_ptr<QThread> m_thread;
};

} // namespace

class TestAdminSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home.emplace();
        m_path = m_home->filePath(u"admin.sock"_s);
    }

    void socketIsForItsOwnerAlone()
    {
        AdminSocket server({});
        QVERIFY(server.listen(m_path));
        const auto owner = QFile::ReadUser | QFile::WriteUser | QFile::ReadOwner
            | QFile::WriteOwner;
        QVERIFY(!(QFileInfo(m_path).permissions() & ~owner));
    }

    void requestIsAnswered()
    {
        AdminSocket server([](const QJsonObject &request, const AdminReply &reply) {
            reply.finish(QJsonObject{{u"echo"_s, request.value("name"_L1)}});
        });
        QVERIFY(server.listen(m_path));
        Asker asker(m_path, {{u"name"_s, u"王小明"_s}});
        QVERIFY(asker.wait());
        QVERIFY(*asker.answer);
        QCOMPARE(**asker.answer, (QJsonObject{{u"echo"_s, u"王小明"_s}}));
    }

    void progressComesBeforeTheAnswer()
    {
        AdminSocket server([](const QJsonObject &, const AdminReply &reply) {
            for (int i = 1; i <= 3; ++i)
                reply.progress({{u"rows"_s, i}});
            reply.finish(QJsonObject{{u"rows"_s, 3}});
            reply.progress({{u"rows"_s, 4}});
            reply.finish(Error("unknown"_reason));
        });
        QVERIFY(server.listen(m_path));
        Asker asker(m_path, {});
        QVERIFY(asker.wait());
        QCOMPARE(asker.progress.size(), 3);
        QCOMPARE(asker.progress.last().value("rows"_L1).toInt(), 3);
        QVERIFY(*asker.answer);
    }

    void refusalKeepsReasonAndArguments()
    {
        AdminSocket server([](const QJsonObject &, const AdminReply &reply) {
            reply.finish(Error("record.exists"_reason, {u"工号"_s, u"A1"_s}, u"detail"_s));
        });
        QVERIFY(server.listen(m_path));
        Asker asker(m_path, {});
        QVERIFY(asker.wait());
        QVERIFY(!*asker.answer);
        const Error error = asker.answer->error();
        QCOMPARE(error.key(), u"record.exists"_s);
        QCOMPARE(error.args, (QStringList{u"工号"_s, u"A1"_s}));
        QCOMPARE(error.detail, u"detail"_s);
    }

    void answerMayComeLaterFromAnotherThread()
    {
        std::thread worker;
        AdminSocket server([&](const QJsonObject &, const AdminReply &reply) {
            worker = std::thread([reply] {
                reply.progress({{u"half"_s, true}});
                reply.finish(QJsonObject{});
            });
        });
        QVERIFY(server.listen(m_path));
        Asker asker(m_path, {});
        QVERIFY(asker.wait());
        worker.join();
        QVERIFY(*asker.answer);
        QCOMPARE(asker.progress.size(), 1);
    }

    void forgottenReplyIsAnError()
    {
        AdminSocket server([](const QJsonObject &, const AdminReply &) {});
        QVERIFY(server.listen(m_path));
        Asker asker(m_path, {});
        QVERIFY(asker.wait());
        QVERIFY(!*asker.answer);
        QCOMPARE(asker.answer->error().key(), u"unknown"_s);
    }

    void replyOutlivesItsCallerAndTheSocket()
    {
        std::unique_ptr<AdminReply> kept;
        {
            AdminSocket server([&](const QJsonObject &, const AdminReply &reply) {
                kept = std::make_unique<AdminReply>(reply);
            });
            QVERIFY(server.listen(m_path));
            QLocalSocket caller;
            caller.connectToServer(m_path);
            caller.write("{}\n");
            QTRY_VERIFY(kept);
            caller.abort();
            kept->progress({});
            QCoreApplication::processEvents();
        }
        kept->finish(QJsonObject{});
        kept.reset();
    }

    void nobodyListeningIsSaid()
    {
        const auto answer = askRunningServer(m_path, {});
        QVERIFY(!answer);
        QCOMPARE(answer.error().key(), u"server.not_running"_s);
    }

    void socketOfADeadOwnerIsReplaced()
    {
        {
            QFile stale(m_path);
            QVERIFY(stale.open(QIODevice::WriteOnly));
        }
        AdminSocket server(
            [](const QJsonObject &, const AdminReply &reply) { reply.finish(QJsonObject{}); });
        QVERIFY(server.listen(m_path));
        Asker asker(m_path, {});
        QVERIFY(asker.wait());
        QVERIFY(*asker.answer);
    }

    void whatIsNoRequestIsRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("empty") << QByteArray("\n");
        QTest::newRow("text") << QByteArray("hello\n");
        QTest::newRow("array") << QByteArray("[1]\n");
        QTest::newRow("half an object") << QByteArray("{\"a\":\n");
        QTest::newRow("wrong UTF-8") << QByteArray("{\"a\":\"\xff\"}\n");
    }
    void whatIsNoRequestIsRefused()
    {
        QFETCH(QByteArray, line);
        int asked = 0;
        AdminSocket server([&](const QJsonObject &, const AdminReply &) { ++asked; });
        QVERIFY(server.listen(m_path));
        QLocalSocket caller;
        caller.connectToServer(m_path);
        caller.write(line);
        QTRY_VERIFY(caller.canReadLine());
        QVERIFY(caller.readLine().contains("\"reason\":\"protocol.malformed\""));
        QCOMPARE(asked, 0);
        QTRY_COMPARE(caller.state(), QLocalSocket::UnconnectedState);
    }

    void endlessRequestIsCut()
    {
        AdminSocket server([](const QJsonObject &, const AdminReply &) {});
        QVERIFY(server.listen(m_path));
        QLocalSocket caller;
        caller.connectToServer(m_path);
        caller.write(QByteArray(3'000'000, 'x'));
        QTRY_COMPARE(caller.state(), QLocalSocket::UnconnectedState);
    }

    void pathTooLongForASocketIsAnError()
    {
        AdminSocket server({});
        const auto listening = server.listen(m_home->filePath(QString(120, u'x')));
        QVERIFY(!listening);
        QCOMPARE(listening.error().key(), u"file.unwritable"_s);
    }

private:
    std::optional<QTemporaryDir> m_home;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestAdminSocket)
#include "tst_admin_socket.moc"
