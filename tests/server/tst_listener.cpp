#include "base/clock.h"
#include "net/listener.h"
#include "security/pki.h"
#include "support/recording_peers.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

namespace {

// A listener whose time moves by hand and that anybody on this machine may call.
struct World
{
    explicit World(const Listener::Limits &limits = {})
        : listener(peers, clock, limits)
    {
        if (!pki.create({}, SystemClock().now()))
            qFatal("no certificates");
        port = *listener.listen(u"127.0.0.1"_s, 0, *pki.configuration());
    }
    void pass(qint64 milliseconds)
    {
        clock.advance(milliseconds);
        listener.sweep();
    }

    QTemporaryDir home;
    Pki pki{home.filePath(u"tls"_s)};
    ManualClock clock;
    RecordingPeers peers;
    Listener listener;
    quint16 port = 0;
};

std::unique_ptr<QTcpSocket> plainCaller(const World &world)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(u"127.0.0.1"_s, world.port);
    return socket;
}

std::unique_ptr<QSslSocket> caller(const World &world, QSsl::SslProtocol protocol = QSsl::TlsV1_3)
{
    auto socket = std::make_unique<QSslSocket>();
    QSslConfiguration configuration;
    configuration.setProtocol(protocol);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket->setSslConfiguration(configuration);
    socket->connectToHostEncrypted(u"127.0.0.1"_s, world.port);
    return socket;
}

bool isUp(const std::unique_ptr<QTcpSocket> &socket)
{
    return socket->state() == QAbstractSocket::ConnectedState;
}
bool isUp(const std::unique_ptr<QSslSocket> &socket)
{
    return socket->state() == QAbstractSocket::ConnectedState;
}

QByteArray hello(const QByteArray &payload = "hello")
{
    return QByteArray(framingPreface) + encodeFrame(payload);
}

QByteArray farewell(const char *reason)
{
    return encodeFrame(QByteArray("bye ") + reason);
}

} // namespace

class TestListener : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handlerExistsOnlyOnceTlsIsUp()
    {
        World world;
        const auto plain = plainCaller(world);
        QTRY_COMPARE(world.listener.acceptor().handshakes(), 1);
        plain->write(hello());
        QTRY_VERIFY(!isUp(plain));
        QTRY_COMPARE(world.listener.acceptor().handshakes(), 0);
        QCOMPARE(plain->readAll(), QByteArray());
        QCOMPARE(world.peers.opened, 0);
        const auto secure = caller(world);
        QTRY_COMPARE(world.peers.opened, 1);
    }

    void olderTlsIsRefused_data()
    {
        QTest::addColumn<QSsl::SslProtocol>("protocol");
        QTest::newRow("TLS 1.2") << QSsl::TlsV1_2;
        QTest::newRow("any up to TLS 1.2") << QSsl::TlsV1_2OrLater;
    }
    void olderTlsIsRefused()
    {
        QFETCH(QSsl::SslProtocol, protocol);
        World world;
        const auto socket = caller(world, protocol);
        if (protocol == QSsl::TlsV1_2) {
            QTRY_VERIFY(!isUp(socket) && world.listener.acceptor().handshakes() == 0);
            QCOMPARE(world.peers.opened, 0);
        } else {
            QTRY_COMPARE(world.peers.opened, 1);
            QTRY_COMPARE(socket->sessionProtocol(), QSsl::TlsV1_3);
        }
    }

    void framesReachTheHandlerInOrder()
    {
        World world;
        const auto socket = caller(world);
        socket->write(hello("one") + encodeFrame("two") + encodeFrame("three").chopped(1));
        QTRY_COMPARE(world.peers.frames, (QByteArrayList{"one", "two"}));
        socket->write("e");
        QTRY_COMPARE(world.peers.frames, (QByteArrayList{"one", "two", "three"}));
    }

    void brokenStreamIsShownOutWithAReason_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("another protocol") << QByteArray("GET / HTTP/1.1\r\n\r\n");
        QTest::newRow("empty frame") << QByteArray("KDK1\0\0\0\0", 8);
        QTest::newRow("frame above the cap before login") << QByteArray("KDK1\0\0\x10\1", 8);
        QTest::newRow("4 GiB frame") << QByteArray("KDK1\xff\xff\xff\xff", 8);
        QTest::newRow("with much behind it")
            << QByteArray("KDK1\xff\xff\xff\xff", 8) + QByteArray(200'000, 'x');
    }
    void brokenStreamIsShownOutWithAReason()
    {
        QFETCH(QByteArray, bytes);
        World world;
        const auto socket = caller(world);
        socket->write(bytes);
        QTRY_COMPARE(world.peers.endings, QStringList{u"protocol.malformed"_s});
        QTRY_COMPARE(socket->bytesAvailable(), farewell("protocol.malformed").size());
        QCOMPARE(socket->readAll(), farewell("protocol.malformed"));
        world.listener.sweep();
        QTRY_COMPARE(world.listener.connections(), 0);
        QVERIFY(world.peers.frames.isEmpty());
    }

    void largeFramesAreForThoseWhoLoggedIn()
    {
        World world;
        world.peers.reply = [](Connection &connection, const QByteArray &) {
            connection.setLoggedIn();
        };
        const auto socket = caller(world);
        const QByteArray large(framePayloadMaximum, 'x');
        socket->write(hello() + encodeFrame(large));
        QTRY_COMPARE(world.peers.frames.size(), 2);
        QCOMPARE(world.peers.frames.at(1), large);
        QCOMPARE(world.listener.strangers(), 0);
    }

    void silentHandshakeEndsAtTheDeadline()
    {
        World world;
        const auto plain = plainCaller(world);
        QTRY_COMPARE(world.listener.acceptor().handshakes(), 1);
        world.pass(10 * second - 1);
        QCOMPARE(world.listener.acceptor().handshakes(), 1);
        world.pass(1);
        QCOMPARE(world.listener.acceptor().handshakes(), 0);
        QTRY_VERIFY(!isUp(plain));
    }

    void whoDoesNotLogInIsClosedTenSecondsAfterItsCall()
    {
        World world;
        const auto socket = caller(world);
        QTRY_COMPARE(world.peers.opened, 1);
        world.pass(10 * second - 1);
        QVERIFY(world.peers.endings.isEmpty());
        socket->write("K"); // a byte now and then does not help
        world.pass(1);
        QCOMPARE(world.peers.endings, QStringList{u"offline"_s});
        world.pass(second);
        QTRY_VERIFY(!isUp(socket));
        QTRY_COMPARE(world.listener.connections(), 0);
    }

    void loginDeadlineStandsStillWhileTheServerOwesTheAnswer()
    {
        World world;
        world.peers.reply = [](Connection &connection, const QByteArray &) {
            connection.setAnswerDue(true);
        };
        const auto socket = caller(world);
        socket->write(hello());
        QTRY_COMPARE(world.peers.frames.size(), 1);
        world.pass(minute);
        QVERIFY(world.peers.endings.isEmpty());
        world.peers.last->setAnswerDue(false);
        world.pass(9 * second);
        QVERIFY(world.peers.endings.isEmpty());
        world.pass(second);
        QCOMPARE(world.peers.endings.size(), 1);
    }

    void silenceAfterLoginEndsTheConnection()
    {
        World world;
        world.peers.reply = [](Connection &connection, const QByteArray &) {
            connection.setLoggedIn();
        };
        const auto socket = caller(world);
        socket->write(hello());
        QTRY_COMPARE(world.peers.frames.size(), 1);
        world.pass(44 * second);
        socket->write(encodeFrame("ping"));
        QTRY_COMPARE(world.peers.frames.size(), 2);
        world.pass(44 * second);
        QVERIFY(world.peers.endings.isEmpty());
        world.pass(second);
        QCOMPARE(world.peers.endings, QStringList{u"offline"_s});
    }

    void peerThatNeverReadsIsBoundedAndClosed()
    {
        World world;
        const auto socket = caller(world);
        socket->setReadBufferSize(1); // Qt stops reading; then the kernel's window closes
        QTRY_COMPARE(world.peers.opened, 1);
        Connection *connection = world.peers.last;
        const qint64 cap = Connection::Limits().writeBuffer;
        const QByteArray page(100'000, 'x');
        // As a server that pushes for ever would: what the connection holds never passes the cap.
        qint64 sent = 0;
        while (world.peers.endings.isEmpty() && sent < 100'000'000) {
            QVERIFY(connection->bytesToWrite() <= cap + 4096); // and what TLS adds
            if (connection->send(page))
                sent += page.size();
            QCoreApplication::processEvents();
        }
        QCOMPARE(world.peers.endings, QStringList{u"server.busy"_s});
        QVERIFY2(sent < 8'000'000, qPrintable(QString::number(sent)));
        QTRY_COMPARE(world.listener.connections(), 0);
    }

    void pendingBytesThatDoNotMoveEndTheConnection()
    {
        World world;
        world.peers.reply = [](Connection &connection, const QByteArray &) {
            connection.setLoggedIn();
        };
        const auto socket = caller(world);
        socket->write(hello());
        QTRY_COMPARE(world.peers.frames.size(), 1);
        socket->setReadBufferSize(1);
        Connection *connection = world.peers.last;
        const QByteArray page(100'000, 'x');
        qint64 before = -1;
        int calm = 0;
        // Until the kernel takes no more: the rest is pending.
        QVERIFY(QTest::qWaitFor([&] {
            if (connection->bytesToWrite() < 200'000 && !connection->send(page))
                return false;
            calm = connection->bytesToWrite() == before ? calm + 1 : 0;
            before = connection->bytesToWrite();
            return calm > 20;
        }));
        QVERIFY(connection->bytesToWrite() > 0);
        world.pass(29 * second);
        QVERIFY(world.peers.endings.isEmpty());
        world.pass(second);
        QCOMPARE(world.peers.endings, QStringList{u"offline"_s});
        QTRY_COMPARE(world.listener.connections(), 0);
    }

    void pausedReadingHoldsThePeerBack()
    {
        World world;
        world.peers.reply = [](Connection &connection, const QByteArray &) {
            connection.setLoggedIn();
            connection.setReading(false);
        };
        const auto socket = caller(world);
        socket->write(hello() + encodeFrame("second"));
        QTRY_COMPARE(world.peers.frames.size(), 1);
        world.pass(minute); // the peer's silence is our doing
        QCOMPARE(world.peers.frames.size(), 1);
        QVERIFY(world.peers.endings.isEmpty());
        world.peers.reply = nullptr;
        world.peers.last->setReading(true);
        QTRY_COMPARE(world.peers.frames, (QByteArrayList{"hello", "second"}));
    }

    void handlerIsToldWhenAllHasLeft()
    {
        World world;
        world.peers.reply = [](Connection &connection, const QByteArray &payload) {
            QVERIFY(connection.send(payload));
        };
        const auto socket = caller(world);
        socket->write(hello());
        QTRY_COMPARE(socket->bytesAvailable(), encodeFrame("hello").size());
        QTRY_VERIFY(world.peers.drained > 0);
        QCOMPARE(world.peers.last->bytesToWrite(), 0);
    }

    void handshakesAboveTheCapWaitInLine()
    {
        Listener::Limits limits;
        limits.acceptor.handshakes = 2;
        limits.acceptor.waiting = 3;
        World world(limits);
        std::vector<std::unique_ptr<QTcpSocket>> idle;
        idle.reserve(5);
        for (int i = 0; i < 5; ++i)
            idle.push_back(plainCaller(world));
        QTRY_COMPARE(world.listener.acceptor().waiting(), 3);
        QCOMPARE(world.listener.acceptor().handshakes(), 2);
        const auto refused = plainCaller(world);
        QTRY_COMPARE(refused->state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(world.listener.acceptor().waiting(), 3);
        // A handshake that sits gives way to those who wait.
        world.pass(4 * second);
        QCOMPARE(world.listener.acceptor().waiting(), 1);
        QCOMPARE(world.listener.acceptor().handshakes(), 2);
        idle.clear();
        QTRY_COMPARE(world.listener.acceptor().handshakes(), 0);
        const auto honest = caller(world);
        QTRY_COMPARE(world.peers.opened, 1);
    }

    void waitingInLineEndsAfterFiveSeconds()
    {
        Listener::Limits limits;
        limits.acceptor.handshakes = 1;
        limits.acceptor.yieldAfter = minute;
        World world(limits);
        const auto one = plainCaller(world);
        const auto two = plainCaller(world);
        QTRY_COMPARE(world.listener.acceptor().waiting(), 1);
        world.pass(5 * second - 1);
        QCOMPARE(world.listener.acceptor().waiting(), 1);
        world.pass(1);
        QCOMPARE(world.listener.acceptor().waiting(), 0);
        QCOMPARE(world.listener.acceptor().handshakes(), 1);
    }

    void strangersAboveTheirNumberAreToldTheServerIsBusy()
    {
        Listener::Limits limits;
        limits.strangers = 2;
        World world(limits);
        const auto one = caller(world);
        const auto two = caller(world);
        QTRY_COMPARE(world.peers.opened, 2);
        const auto three = caller(world);
        QTRY_COMPARE(three->bytesAvailable(), farewell("server.busy").size());
        QCOMPARE(three->readAll(), farewell("server.busy"));
        QCOMPARE(world.peers.opened, 2);
        world.listener.sweep();
        QTRY_VERIFY(!isUp(three));
        QTRY_COMPARE(world.listener.connections(), 2);
    }

    void loggedInPeersCountOnlyAgainstTheWholeNumber()
    {
        Listener::Limits limits;
        limits.strangers = 1;
        limits.connections = 2;
        World world(limits);
        world.peers.reply = [](Connection &connection, const QByteArray &) {
            connection.setLoggedIn();
        };
        std::vector<std::unique_ptr<QSslSocket>> sockets;
        for (int i = 0; i < 2; ++i) {
            sockets.push_back(caller(world));
            sockets.back()->write(hello());
            QTRY_COMPARE(world.peers.frames.size(), i + 1);
        }
        const auto third = caller(world);
        QTRY_COMPARE(third->bytesAvailable(), farewell("server.busy").size());
    }

    void connectionIsFoundByItsIdWhileOpen()
    {
        World world;
        const auto socket = caller(world);
        QTRY_COMPARE(world.peers.opened, 1);
        const quint64 id = world.peers.last->id();
        QCOMPARE(world.listener.find(id), world.peers.last);
        QCOMPARE(world.peers.last->peerAddress(), QHostAddress(QHostAddress::LocalHost));
        world.peers.last->abort(Error("offline"_reason));
        QVERIFY(!world.listener.find(id));
    }

    void handlerMayCloseItsConnectionFromInside()
    {
        World world;
        world.peers.reply = [](Connection &connection, const QByteArray &payload) {
            if (payload == "abort")
                connection.abort(Error("offline"_reason));
            else
                connection.closeWith(Error("login.wrong"_reason));
        };
        const auto one = caller(world);
        one->write(hello("abort") + encodeFrame("never"));
        QTRY_COMPARE(world.peers.endings, QStringList{u"offline"_s});
        const auto two = caller(world);
        two->write(hello("close") + encodeFrame("never"));
        QTRY_COMPARE(world.peers.endings.size(), 2);
        QTRY_COMPARE(two->bytesAvailable(), farewell("login.wrong").size());
        QCOMPARE(world.peers.frames, (QByteArrayList{"abort", "close"}));
        world.listener.sweep();
        QTRY_COMPARE(world.listener.connections(), 0);
    }

    void stoppingTellsEveryPeer()
    {
        World world;
        const auto one = caller(world);
        const auto two = caller(world);
        QTRY_COMPARE(world.peers.opened, 2);
        bool over = false;
        connect(&world.listener, &Listener::allClosed, this, [&over] { over = true; });
        world.listener.stop(Error("offline"_reason));
        QTRY_COMPARE(one->bytesAvailable(), farewell("offline").size());
        QTRY_COMPARE(two->bytesAvailable(), farewell("offline").size());
        world.listener.sweep();
        QTRY_VERIFY(over);
        QCOMPARE(world.peers.endings.size(), 2);
        const auto late = plainCaller(world);
        QTRY_COMPARE(late->state(), QAbstractSocket::UnconnectedState);
    }

    void handlersAreToldWhenTheListenerGoes()
    {
        auto world = std::make_unique<World>();
        const auto socket = caller(*world);
        QTRY_COMPARE(world->peers.opened, 1);
        world.reset(); // ASan sees what is left behind
        QTRY_VERIFY(!isUp(socket));
    }

    void portInUseIsAnError()
    {
        World world;
        Listener second(world.peers, world.clock, Listener::Limits());
        const auto listening = second.listen(u"127.0.0.1"_s, world.port,
                                             *world.pki.configuration());
        QVERIFY(!listening);
        QCOMPARE(listening.error().key(), u"usage"_s);
    }
};

QTEST_GUILESS_MAIN(TestListener)
#include "tst_listener.moc"
