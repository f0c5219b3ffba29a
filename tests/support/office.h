#pragma once

#include "dispatch/dispatch.h"
#include "support/sim/sim_server.h"

#include "base/enrolment.h"
#include "sync/link.h"

#include <QPointer>
#include <QTemporaryDir>
#include <QTimer>

namespace keydesk::test {

class OfficePeer;

// The simulation's server with people who sign in by staff number; every password but "wrong"
// holds.
class OfficeDoor final : public PeerBackend
{
public:
    OfficeDoor(sim::SimServer &server, const Clock &clock)
        : m_server(server)
        , m_clock(clock)
    {
    }
    Challenge challenge() override { return m_server.challenge(); }
    void enrol(const Enrol &request, std::function<void(Result<Enrolled>)> answer) override
    {
        m_server.enrol(request, std::move(answer));
    }
    void login(const Hello &hello, const Auth &auth, const QByteArray &nonce,
               std::function<void(LoginOutcome)> answer) override;
    void submit(const Authority::Sender &sender, const Cmd &command,
                std::function<void(CmdResult)> answer) override
    {
        m_server.submit(sender, command, std::move(answer));
    }
    void pull(const QString &user, const QString &device,
              std::shared_ptr<const Projection> projection, const Pull &request,
              std::function<void(Result<Page>)> answer) override
    {
        m_server.pull(user, device, std::move(projection), request, std::move(answer));
    }
    void query(const QString &user, std::shared_ptr<const Projection> projection,
               const OnlineQuery &request, std::function<void(OnlineReply)> answer) override
    {
        m_server.query(user, std::move(projection), request, std::move(answer));
    }
    const Catalog &catalog() const override { return m_server.catalog(); }

    qint64 lease = 7 * day;
    bool tokensHold = true; // false: sessions have ended, only a password counts

private:
    sim::SimServer &m_server;
    const Clock &m_clock;
};

// A server in the test's own process: real Authority, PageBuilder and PeerSession over SQLite in
// memory, reached by links without a network. Lives on the test's thread and answers from its event
// loop; desktops may live on any.
class Office final : public QObject
{
public:
    Office(const Catalog &catalog, const CommandRegistry &registry);
    ~Office() override;

    /// Puts rows into the master data before any desktop connects; answers the record's id.
    template <class T>
    RecordId add(T record)
    {
        if (record.id.isNull())
            record.id = RecordId::create();
        load(QString::fromLatin1(Schema<T>::table), toRow(record));
        return record.id;
    }
    /// After the last add(): the server begins to serve.
    void open();
    /// The same with the real server's dispatch: routing, clocks, notices.
    void openWithDispatch();

    /// What Workbench::Options::makeLink wants. While shut, links close at once.
    std::function<std::unique_ptr<Link>(const ServerAddress &, const QByteArray &)> links();
    void setReachable(bool reachable);
    sim::SimServer &server() { return *m_server; }
    OfficeDoor &door() { return *m_door; }
    RowStore &store() { return m_server->store(); }
    /// Runs a command as this person, as if from another desktop, and tells everybody.
    void runAs(const RecordId &user, const CommandCall &call);

private:
    friend class OfficeLink;
    friend class OfficePeer;
    void load(const QString &entity, const Row &row);
    void serve(sim::SimServer::MakeReactions makeReactions);
    void work();

    const Catalog &m_catalog;
    const CommandRegistry &m_registry;
    SystemClock m_clock;
    const OfficeCalendar m_calendar = OfficeCalendar::shipped();
    std::shared_ptr<Database> m_master;
    std::unique_ptr<RowStore> m_store;
    std::unique_ptr<Authority> m_authority;
    std::unique_ptr<sim::SimServer> m_server;
    std::unique_ptr<OfficeDoor> m_door;
    QList<QPointer<OfficePeer>> m_peers;
    QTimer m_work;
    bool m_reachable = true;
    std::map<QString, qint64> m_numbers;
};

// The desktop's end of such a link.
class OfficeLink final : public Link
{
    Q_OBJECT

public:
    explicit OfficeLink(Office &office)
        : m_office(office)
    {
    }
    void open() override;
    void close() override;
    Result<> send(const QByteArray &payload) override;
    qint64 bytesToWrite() const override { return 0; }
    QByteArray serverCertificateHash() const override { return QByteArray(32, 'c'); }

Q_SIGNALS:
    void outgoing(const QByteArray &payload);
    void hungUp();

private:
    Office &m_office;
    bool m_open = false;
};

// The server's end: a peer session and the way back.
class OfficePeer final : public QObject, public PeerPort
{
    Q_OBJECT

public:
    explicit OfficePeer(Office &office);
    ~OfficePeer() override;
    void take(const QByteArray &payload);
    void hangUp();

    void send(const QByteArray &payload) override { Q_EMIT incoming(payload); }
    void close() override { Q_EMIT ended(); }

Q_SIGNALS:
    void incoming(const QByteArray &payload);
    void ended();

private:
    Office &m_office;
    std::shared_ptr<PeerSession> m_session;
};

} // namespace keydesk::test
