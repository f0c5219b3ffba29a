#pragma once

#include "domain/entities.h"
#include "sync/peer_session.h"

namespace keydesk {

// Services that keep what they are asked, for the test to answer.
class HeldServices final : public PeerBackend
{
public:
    Challenge challenge() override
    {
        return {QByteArray(32, 'n'), {1}, protocolVersion, QStringLiteral("e")};
    }
    void enrol(const Enrol &, std::function<void(Result<Enrolled>)> answer) override
    {
        enrolled = answer;
    }
    void login(const Hello &, const Auth &, const QByteArray &,
               std::function<void(LoginOutcome)> answer) override
    {
        admitted = answer;
    }
    void submit(const Authority::Sender &, const Cmd &,
                std::function<void(CmdResult)> answer) override
    {
        commands.push_back(answer);
    }
    void pull(const QString &, const QString &, std::shared_ptr<const Projection>, const Pull &,
              std::function<void(Result<Page>)> answer) override
    {
        pulled = answer;
    }
    void query(const QString &, std::shared_ptr<const Projection>, const OnlineQuery &,
               std::function<void(OnlineReply)> answer) override
    {
        asked = answer;
    }
    const Catalog &catalog() const override
    {
        static const Catalog catalog = makeCatalog();
        return catalog;
    }
    void noteWiped(const QString &device, const QString &) override { wiped.append(device); }

    std::function<void(Result<Enrolled>)> enrolled;
    std::function<void(LoginOutcome)> admitted;
    std::vector<std::function<void(CmdResult)>> commands;
    std::function<void(Result<Page>)> pulled;
    QStringList wiped;
    std::function<void(OnlineReply)> asked;
};

class HeldPort final : public PeerPort
{
public:
    void send(const QByteArray &payload) override { sent.push_back(*decodeMessage(payload)); }
    void close() override { closed = true; }
    /// The messages of type M so far.
    template <class M>
    std::vector<M> all() const
    {
        std::vector<M> found;
        for (const Message &message : sent) {
            if (const auto *one = std::get_if<M>(&message))
                found.push_back(*one);
        }
        return found;
    }

    std::vector<Message> sent;
    bool closed = false;
};

// A server's session and both its sides, played by the test.
class LonePeer
{
public:
    LonePeer()
        : session(std::make_shared<PeerSession>(services, port))
    {
    }
    void say(const Message &message) { session->receive(encodeMessage(message)); }
    void logIn(const QString &user = QStringLiteral("me"))
    {
        say(Hello());
        say(Auth());
        LoginOutcome outcome;
        outcome.welcome.userId = user;
        services.admitted(outcome);
        say(Columns{{{QStringLiteral("staff"), {QStringLiteral("id")}}}});
    }
    void pull(const std::vector<KnownBucket> &known)
    {
        Pull request;
        request.known = known;
        say(request);
    }
    /// A whole pull: the page is the last, and from when the server stood at `asOf`.
    void hold(const QStringList &buckets, qint64 asOf = 0)
    {
        std::vector<KnownBucket> known;
        for (const QString &bucket : buckets)
            known.push_back({bucket, 2});
        pull(known);
        answer(asOf);
    }
    /// The last page of a pull, from when the server stood at `asOf`.
    void answer(qint64 asOf)
    {
        Page page;
        page.done = true;
        page.head = asOf;
        services.pulled(page);
    }
    void commit(const QSet<QString> &buckets, const QSet<QString> &users = {})
    {
        Authority::Committed committed;
        committed.head = ++head;
        committed.buckets = buckets;
        committed.users = users;
        if (session->noteCommit(committed))
            session->poke(head, {1000 * head});
    }
    std::size_t pokes() const { return port.all<Poke>().size(); }

    HeldServices services;
    HeldPort port;
    std::shared_ptr<PeerSession> session;
    qint64 head = 0;
};

} // namespace keydesk
