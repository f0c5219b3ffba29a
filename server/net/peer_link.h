#pragma once

#include "net/connection.h"
#include "net/peers.h"

namespace keydesk {

// One peer's place between his connection, his session and the services: carries bytes, adds what
// only the connection knows (its network, its nonce) and holds pages back from a peer that does not
// read. Decides nothing.
class PeerLink final : public PeerHandler, private PeerPort, private PeerBackend
{
public:
    PeerLink(Connection &connection, Peers &peers);
    ~PeerLink() override;

    void onFrame(const QByteArray &payload) override;
    void onDrained() override;
    void onClosed(const Error &why) override;

    PeerSession &session() { return *m_session; }

private:
    friend class Peers;
    // The way out
    void send(const QByteArray &payload) override;
    void close() override;
    void loggedIn() override;
    // The services
    Challenge challenge() override;
    void enrol(const Enrol &request, std::function<void(Result<Enrolled>)> answer) override;
    void login(const Hello &hello, const Auth &auth, const QByteArray &nonce,
               std::function<void(LoginOutcome)> answer) override;
    void submit(const Authority::Sender &sender, const Cmd &command,
                std::function<void(CmdResult)> answer) override;
    void pull(const QString &user, const QString &device,
              std::shared_ptr<const Projection> projection, const Pull &request,
              std::function<void(Result<Page>)> answer) override;
    void query(const QString &user, std::shared_ptr<const Projection> projection,
               const OnlineQuery &request, std::function<void(OnlineReply)> answer) override;
    const Catalog &catalog() const override;
    void noteWiped(const QString &device, const QString &user) override;

    /// Wraps an answer so that it is dropped with the peer.
    template <class T>
    std::function<void(T)> whileHere(std::function<void(T)> answer)
    {
        return [here = std::weak_ptr<PeerSession>(m_session), answer = std::move(answer)](T value) {
            if (const auto session = here.lock())
                answer(std::move(value));
        };
    }
    void beginTransfer();

    Connection &m_connection;
    Peers &m_peers;
    std::shared_ptr<PeerSession> m_session;
    QString m_network;
    QByteArray m_nonce;
    std::function<void()> m_pull; // waits for room
    bool m_pageSent = false;
};

} // namespace keydesk
