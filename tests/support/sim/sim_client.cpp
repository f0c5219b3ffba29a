#include "support/sim/sim_client.h"

namespace keydesk::sim {

void MemoryShelf::rollbackAll()
{
    for (const auto &[k, file] : m_files) {
        if (file && file->inTransaction())
            (void)file->execute("ROLLBACK");
    }
}

SimClient::SimClient(const Catalog &catalog, const CommandRegistry &registry, const QString &user,
                     const QByteArray &replicaImage, quint64 seed)
    : m_catalog(catalog)
    , m_registry(registry)
    , m_user(user)
    , m_seed(seed)
    , m_outboxFile(Database::openInMemory())
    , m_shelf(replicaImage)
{
}

void SimClient::start(Instant now)
{
    m_outbox = std::make_unique<Outbox>(*m_outboxFile);
    auto done = m_outbox->createTables();
    Q_ASSERT(done);
    m_replica = std::make_unique<Replica>(m_shelf, *m_outbox, m_catalog, m_registry);
    done = m_replica->open(RecordId(m_user), now);
    Q_ASSERT_X(done, "SimClient::start", done ? "" : qPrintable(done.error().detail));
    m_session = std::make_unique<SyncSession>(*m_replica, *m_outbox, m_signer, m_port, m_seed);
    SyncSession::Login login;
    login.user = m_user;
    login.enrolmentCode = QStringLiteral("code");
    m_session->setLogin(login);
}

void SimClient::crash()
{
    m_session.reset();
    m_replica.reset();
    m_outbox.reset();
    m_port.wire.reset();
    m_port.closeAsked = false;
    m_shelf.rollbackAll();
    if (m_outboxFile->inTransaction())
        (void)m_outboxFile->execute("ROLLBACK");
}

} // namespace keydesk::sim
