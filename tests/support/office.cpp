#include "support/office.h"

#include "sync/server_tables.h"

namespace keydesk::test {

using namespace Qt::StringLiterals;

void OfficeDoor::login(const Hello &hello, const Auth &auth, const QByteArray &nonce,
                       std::function<void(LoginOutcome)> answer)
{
    Query staff = m_server.database().query("SELECT id, status FROM staff WHERE code=?");
    staff.bind(1, auth.user);
    const bool known = staff.next();
    const QString reason = !known || auth.password == u"wrong" ? u"login.wrong"_s
        : staff.text(1) == u"disabled"                         ? u"forbidden.disabled"_s
        : auth.password.isEmpty() && !tokensHold               ? u"login.session_ended"_s
                                                               : QString();
    if (!reason.isEmpty()) {
        LoginOutcome outcome;
        outcome.refused = Refused{reason, {}, 0};
        return answer(outcome);
    }
    Auth byId = auth;
    byId.user = staff.text(0);
    m_server.login(hello, byId, nonce, [this, auth, answer](LoginOutcome outcome) {
        outcome.welcome.leaseUntil = m_clock.now() + lease;
        outcome.welcome.tokenId = u"token-"_s + auth.user;
        outcome.welcome.tokenSecret = QByteArray(32, 't');
        answer(outcome);
    });
}

Office::Office(const Catalog &catalog, const CommandRegistry &registry)
    : m_catalog(catalog)
    , m_registry(registry)
    , m_master(Database::openInMemory())
    , m_store(std::make_unique<RowStore>(*m_master, catalog))
    , m_authority(std::make_unique<Authority>(*m_store, registry))
    , m_work(this)
{
    [[maybe_unused]] auto ready = m_store->migrate();
    Q_ASSERT(ready);
    ready = createServerTables(*m_master, u"epoch-1"_s);
    Q_ASSERT(ready);
    ready = m_authority->beginGroup(m_clock.now());
    Q_ASSERT(ready);
    m_work.setSingleShot(true);
    connect(&m_work, &QTimer::timeout, this, &Office::work);
}

Office::~Office()
{
    for (const QPointer<OfficePeer> &peer : std::as_const(m_peers))
        delete peer;
}

void Office::load(const QString &entity, const Row &row)
{
    [[maybe_unused]] const auto done = m_authority->load(m_catalog.entity(entity), {row});
    Q_ASSERT(done);
}

void Office::open()
{
    serve({});
}

void Office::openWithDispatch()
{
    serve([this](RowStore &store) { return std::make_unique<Dispatch>(store, m_calendar); });
}

void Office::serve(sim::SimServer::MakeReactions makeReactions)
{
    [[maybe_unused]] const auto granted = m_authority->scope().renewAll(m_clock.now());
    Q_ASSERT(granted);
    [[maybe_unused]] const auto committed = m_authority->commitGroup();
    Q_ASSERT(committed);
    m_server = std::make_unique<sim::SimServer>(m_catalog, m_registry, std::move(makeReactions),
                                                std::make_unique<sim::MemoryFiles>(),
                                                m_master->image(), m_clock);
    m_door = std::make_unique<OfficeDoor>(*m_server, m_clock);
}

std::function<std::unique_ptr<Link>(const ServerAddress &, const QByteArray &)> Office::links()
{
    return [this](const ServerAddress &, const QByteArray &) {
        return std::make_unique<OfficeLink>(*this);
    };
}

void Office::setReachable(bool reachable)
{
    m_reachable = reachable;
    if (reachable)
        return;
    for (const QPointer<OfficePeer> &peer : std::exchange(m_peers, {})) {
        if (peer)
            peer->hangUp();
    }
}

void Office::runAs(const RecordId &user, const CommandCall &call)
{
    const QString device = u"other-"_s + user.text();
    const Cmd command{++m_numbers[device],     call.id,      call.type, call.version,
                      call.arguments.toCbor(), m_clock.now()};
    m_server->submit({device, user}, command, [](const CmdResult &) {});
    m_work.start(0);
}

void Office::work()
{
    m_server->commit(64);
    while (m_server->hasPulls())
        m_server->answerPull();
    if (m_server->hasCommands())
        m_work.start(0);
}

// ---- The two ends of a link

void OfficeLink::open()
{
    m_open = true;
    QMetaObject::invokeMethod(&m_office, [office = &m_office, self = QPointer<OfficeLink>(this)] {
        if (!self)
            return;
        if (!office->m_reachable) {
            QMetaObject::invokeMethod(self, [self] {
                if (self && std::exchange(self->m_open, false))
                    Q_EMIT self->closed(Error("offline"_reason));
            });
            return;
        }
        auto *peer = new OfficePeer(*office);
        office->m_peers.append(peer);
        connect(self, &OfficeLink::outgoing, peer, &OfficePeer::take);
        connect(self, &OfficeLink::hungUp, peer, &QObject::deleteLater);
        connect(self, &QObject::destroyed, peer, &QObject::deleteLater);
        connect(peer, &OfficePeer::incoming, self, [self](const QByteArray &payload) {
            if (self->m_open)
                Q_EMIT self->frameReceived(payload);
        });
        connect(peer, &OfficePeer::ended, self, [self] {
            if (std::exchange(self->m_open, false))
                Q_EMIT self->closed(Error("offline"_reason));
        });
        QMetaObject::invokeMethod(self, [self] {
            if (self && self->m_open)
                Q_EMIT self->opened();
        });
    });
}

void OfficeLink::close()
{
    if (std::exchange(m_open, false))
        Q_EMIT hungUp();
}

Result<> OfficeLink::send(const QByteArray &payload)
{
    if (!m_open)
        return Error("offline"_reason);
    Q_EMIT outgoing(payload);
    return {};
}

OfficePeer::OfficePeer(Office &office)
    : m_office(office)
    , m_session(std::make_shared<PeerSession>(office.door(), *this))
{
    setParent(&office);
    office.server().sessions.push_back(m_session);
}

OfficePeer::~OfficePeer()
{
    m_session->detach();
    if (m_office.m_server)
        std::erase(m_office.m_server->sessions, m_session);
}

void OfficePeer::take(const QByteArray &payload)
{
    m_session->receive(payload);
    m_office.m_work.start(0);
}

void OfficePeer::hangUp()
{
    Q_EMIT ended();
    delete this;
}

} // namespace keydesk::test
