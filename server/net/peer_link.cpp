#include "net/peer_link.h"

#include <QHostAddress>

namespace keydesk {

namespace {

// Throttling counts neighbours together: an IPv4 /24, an IPv6 /64.
QString networkOf(const QHostAddress &address)
{
    bool isIPv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIPv4);
    if (isIPv4)
        return QHostAddress(ipv4 & 0xffffff00u).toString();
    Q_IPV6ADDR ipv6 = address.toIPv6Address();
    std::fill(ipv6.c + 8, ipv6.c + 16, quint8(0));
    return QHostAddress(ipv6).toString();
}

} // namespace

PeerLink::PeerLink(Connection &connection, Peers &peers)
    : m_connection(connection)
    , m_peers(peers)
    , m_session(std::make_shared<PeerSession>(static_cast<PeerBackend &>(*this),
                                              static_cast<PeerPort &>(*this)))
    , m_network(networkOf(connection.peerAddress()))
{
}

PeerLink::~PeerLink()
{
    m_session->detach();
    m_peers.leave(this);
}

// ---- The connection

void PeerLink::onFrame(const QByteArray &payload)
{
    const auto session = m_session; // it may end within
    session->receive(payload);
}

void PeerLink::onDrained()
{
    if (std::exchange(m_pageSent, false))
        m_peers.endTransfer(this);
    if (m_pull)
        m_peers.requestTransfer(this);
}

void PeerLink::onClosed(const Error &)
{
    m_session->detach();
    m_pull = nullptr;
    m_peers.leave(this);
}

void PeerLink::send(const QByteArray &payload)
{
    (void)m_connection.send(payload);
}

void PeerLink::close()
{
    // The session has said why: the factory has no words for this one.
    m_connection.closeWith(Error("offline"_reason));
}

void PeerLink::loggedIn()
{
    m_connection.setLoggedIn();
    m_peers.noteLogin(this, m_session->device());
}

// ---- The services

Challenge PeerLink::challenge()
{
    Challenge challenge = m_peers.m_services.gatekeeper.challenge();
    if (!m_session->isLoggedIn())
        m_nonce = challenge.nonce;
    return challenge;
}

void PeerLink::enrol(const Enrol &request, std::function<void(Result<Enrolled>)> answer)
{
    m_connection.setAnswerDue(true);
    const std::function<void(Result<Enrolled>)> finish = [this,
                                                          answer](const Result<Enrolled> &how) {
        m_connection.setAnswerDue(false);
        answer(how);
    };
    m_peers.m_services.gatekeeper.enrol(request, m_nonce, m_network, whileHere(finish));
}

void PeerLink::login(const Hello &hello, const Auth &auth, const QByteArray &nonce,
                     std::function<void(LoginOutcome)> answer)
{
    m_connection.setAnswerDue(true);
    const std::function<void(LoginOutcome)> finish = [this, answer](const LoginOutcome &how) {
        m_connection.setAnswerDue(false);
        answer(how);
    };
    m_peers.m_services.gatekeeper.login(hello, auth, nonce, m_network, whileHere(finish));
}

void PeerLink::submit(const Authority::Sender &sender, const Cmd &command,
                      std::function<void(CmdResult)> answer)
{
    m_peers.m_services.writer.submit(sender, command, whileHere(std::move(answer)));
}

void PeerLink::pull(const QString &user, const QString &device,
                    std::shared_ptr<const Projection> projection, const Pull &request,
                    std::function<void(Result<Page>)> answer)
{
    const std::function<void(Result<Page>)> finish = [this, answer](const Result<Page> &page) {
        answer(page);
        if (m_connection.bytesToWrite() > 0)
            m_pageSent = true;
        else
            m_peers.endTransfer(this);
    };
    m_pull = [=, this] {
        m_peers.m_services.builders.pull(user, device, projection, request, whileHere(finish));
    };
    // The next page goes only into an empty write buffer (sync.md, "Back-pressure").
    if (m_connection.bytesToWrite() == 0)
        m_peers.requestTransfer(this);
}

void PeerLink::beginTransfer()
{
    if (const auto begin = std::exchange(m_pull, nullptr))
        begin();
}

void PeerLink::query(const QString &user, std::shared_ptr<const Projection> projection,
                     const OnlineQuery &request, std::function<void(OnlineReply)> answer)
{
    m_peers.m_services.builders.query(user, std::move(projection), request,
                                      whileHere(std::move(answer)));
}

void PeerLink::noteWiped(const QString &device, const QString &user)
{
    m_peers.m_services.gatekeeper.noteWiped(device, user);
}

const Catalog &PeerLink::catalog() const
{
    return m_peers.m_services.catalog;
}

} // namespace keydesk
