#include "support/histories/nemesis.h"

#ifdef Q_OS_UNIX
#include <csignal>
#endif

namespace keydesk::blackbox {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 trickleBytes = 300; // each turn and way
constexpr int trickleTurn = 10; // ms

} // namespace

QString Nemesis::nameOf(Kind kind)
{
    switch (kind) {
    case Kind::KillServer:
        return u"kill -9 of the server"_s;
    case Kind::StopServer:
        return u"server stopped"_s;
    case Kind::CutLines:
        return u"lines cut"_s;
    case Kind::OneWay:
        return u"lines one-way"_s;
    case Kind::Trickle:
        return u"lines trickle"_s;
    case Kind::KillDesktop:
        break;
    }
    return u"kill -9 of a desktop"_s;
}

bool Nemesis::strike()
{
    ++m_strikes;
    m_harmed = true;
    switch (m_kind) {
    case Kind::KillServer:
        m_site.server->kill();
        return m_site.server->serve();
    case Kind::StopServer:
        return pauseServer(true);
    case Kind::KillDesktop:
        m_site.desks[std::size_t(m_random.bounded(int(m_site.desks.size())))]->restart();
        return true;
    default:
        break;
    }
    // Some lines: whoever has none of it goes on and moves the world under the others.
    for (const auto &wire : m_site.wires) {
        if (m_random.bounded(3) > 0)
            harm(*wire);
    }
    return true;
}

void Nemesis::harm(TcpProxy &wire)
{
    if (m_kind == Kind::CutLines)
        wire.cut();
    else if (m_kind == Kind::OneWay)
        wire.hold(m_random.bounded(2) == 0 ? TcpProxy::Up : TcpProxy::Down);
    else
        wire.trickle(trickleBytes, trickleTurn);
}

bool Nemesis::heal()
{
    if (!std::exchange(m_harmed, false))
        return true;
    if (m_kind == Kind::StopServer)
        return pauseServer(false);
    bool healed = true;
    for (const auto &wire : m_site.wires) {
        wire->flow();
        healed = wire->heal() && healed;
    }
    return healed;
}

bool Nemesis::pauseServer([[maybe_unused]] bool stop) const
{
#ifdef Q_OS_UNIX
    return m_site.server->isRunning()
        && ::kill(pid_t(m_site.server->processId()), stop ? SIGSTOP : SIGCONT) == 0;
#else
    return true; // elsewhere the server is only ever killed
#endif
}

} // namespace keydesk::blackbox
