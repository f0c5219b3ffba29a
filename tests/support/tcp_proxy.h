#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <memory>
#include <vector>

namespace keydesk {

// A wire between desktops and a server that can be cut, held up in one direction or both, slowed
// down and mended: passes bytes on as they are and understands none of them. Needs an event loop.
class TcpProxy
{
public:
    explicit TcpProxy(quint16 target)
        : m_target(target)
    {
        QObject::connect(&m_listener, &QTcpServer::newConnection, &m_listener,
                         [this] { accept(); });
        m_listener.listen(QHostAddress::LocalHost);
        m_port = m_listener.serverPort();
    }
    ~TcpProxy() { cut(); }
    TcpProxy(const TcpProxy &) = delete;
    TcpProxy &operator=(const TcpProxy &) = delete;

    QString address() const { return QStringLiteral("127.0.0.1:%1").arg(m_port); }
    /// Ends every connection and takes no new one.
    void cut()
    {
        m_listener.close();
        for (const auto &line : m_lines) {
            line->near->abort();
            line->far.abort();
        }
        m_lines.clear();
    }
    /// Takes new connections again and lets go what was held up.
    bool heal()
    {
        m_heldUp = m_heldDown = false;
        m_cutAfter = -1;
        for (const auto &line : m_lines)
            pass(*line);
        return m_listener.isListening() || m_listener.listen(QHostAddress::LocalHost, m_port);
    }
    enum Way { Up = 1, Down = 2, Both = 3 }; // up: to the server
    /// From now on nothing gets through that way, and nobody is told.
    void hold(Way way = Both)
    {
        m_heldUp = m_heldUp || (way & Up) != 0;
        m_heldDown = m_heldDown || (way & Down) != 0;
    }
    /// From now on so many bytes a turn get through each way, and a turn takes so long.
    void trickle(qint64 bytes, int milliseconds)
    {
        flow();
        m_atOnce = bytes;
        QObject::connect(&m_turns, &QTimer::timeout, &m_listener, [this] {
            for (const auto &line : m_lines)
                pass(*line);
        });
        m_turns.start(milliseconds);
    }
    /// Ends trickle(): everything gets through at once again.
    void flow()
    {
        m_turns.stop();
        m_turns.disconnect();
        m_atOnce = 0;
        for (const auto &line : m_lines)
            pass(*line);
    }
    /// Cuts the wire once so many more bytes have come from the server.
    void cutAfter(qint64 bytes) { m_cutAfter = bytes; }
    bool isCut() const { return !m_listener.isListening(); }

private:
    struct Line
    {
        std::unique_ptr<QTcpSocket> near; // to the desktop
        QTcpSocket far; // to the server
    };

    void accept()
    {
        while (QTcpSocket *socket = m_listener.nextPendingConnection()) {
            auto line = std::make_unique<Line>();
            socket->setParent(nullptr);
            line->near.reset(socket);
            Line *const one = line.get();
            m_lines.push_back(std::move(line));
            const auto onNews = [this, one] {
                if (!m_turns.isActive())
                    pass(*one);
            };
            for (QTcpSocket *side : {one->near.get(), &one->far}) {
                QObject::connect(side, &QTcpSocket::readyRead, &m_listener, onNews);
                QObject::connect(side, &QTcpSocket::connected, &m_listener, onNews);
                QObject::connect(side, &QTcpSocket::errorOccurred, &m_listener,
                                 [one] { end(*one); });
            }
            one->far.connectToHost(QHostAddress::LocalHost, m_target);
        }
    }
    // One side hung up: so does the other, after what is still on its way.
    static void end(Line &line)
    {
        line.near->disconnectFromHost();
        line.far.disconnectFromHost();
    }
    QByteArray take(QTcpSocket &from) const
    {
        return m_atOnce > 0 ? from.read(m_atOnce) : from.readAll();
    }
    void pass(Line &line)
    {
        if (line.far.state() != QAbstractSocket::ConnectedState)
            return;
        if (!m_heldUp)
            line.far.write(take(*line.near));
        if (m_heldDown)
            return;
        const QByteArray answer = take(line.far);
        const bool ends = m_cutAfter >= 0 && m_cutAfter < answer.size();
        line.near->write(ends ? answer.left(m_cutAfter) : answer);
        if (m_cutAfter >= 0)
            m_cutAfter -= std::min<qint64>(m_cutAfter, answer.size());
        if (!ends)
            return;
        hold();
        line.near->flush();
        // Not from within one of its sockets' signals.
        QMetaObject::invokeMethod(
            &m_listener, [this] { cut(); }, Qt::QueuedConnection);
    }

    QTcpServer m_listener;
    const quint16 m_target;
    quint16 m_port = 0;
    std::vector<std::unique_ptr<Line>> m_lines;
    bool m_heldUp = false;
    bool m_heldDown = false;
    qint64 m_atOnce = 0; // 0: all
    QTimer m_turns;
    qint64 m_cutAfter = -1;
};

} // namespace keydesk
