#include "support/sim/sim_client.h"

namespace keydesk::sim {

using namespace Qt::StringLiterals;

SimClient::SimClient(const Program &program, const QString &user, std::unique_ptr<SimFiles> files,
                     const Images &images, quint64 seed)
    : m_program(&program)
    , m_user(user)
    , m_seed(seed)
    , m_files(std::move(files))
    , m_outboxImage(images.outbox)
    , m_shelf(*m_files, images.replica)
{
}

bool SimClient::start(Instant now)
{
    if (!open(now)) {
        letGo();
        return false;
    }
    m_session = std::make_unique<SyncSession>(*m_replica, *m_outbox, m_signer, m_port, m_seed);
    m_session->refused = [this](const Error &error, qint64) {
        needsCode = needsCode || error.key() == u"login.device_unknown";
        rollbackSeen = rollbackSeen || error.key() == u"sync.rollback";
    };
    login();
    return true;
}

void SimClient::login()
{
    needsCode = false;
    SyncSession::Login login;
    login.user = m_user;
    login.enrolmentCode = u"code:"_s + m_user;
    m_session->setLogin(login);
}

void SimClient::giveCode()
{
    if (needsCode && m_session)
        login();
}

void SimClient::backUp()
{
    m_backup = m_outboxFile ? m_outboxFile->image() : QByteArray();
}

void SimClient::rollBack()
{
    const QStringList replicas{m_outbox->identity(u"current_replica"_s),
                               m_outbox->identity(u"building_replica"_s)};
    crash();
    m_files->replace(u"outbox.db"_s, m_backup);
    for (const QString &number : replicas)
        m_shelf.remove(number.toInt());
    m_backup.clear();
    highestCursor = 0;
    verdicts.clear();
    promised.clear();
}

Result<> SimClient::open(Instant now)
{
    auto file = m_files->open(u"outbox.db"_s, u"outbox"_s, m_outboxImage, true);
    if (!file)
        return file.error();
    m_outboxFile = std::move(*file);
    m_outbox = std::make_unique<Outbox>(*m_outboxFile);
    if (auto done = m_outbox->createTables(); !done)
        return done;
    return openReplica(now);
}

Result<> SimClient::openReplica(Instant now)
{
    for (const bool again : {false, true}) {
        m_replica = std::make_unique<Replica>(m_shelf, *m_outbox, m_program->catalog,
                                              m_program->registry);
        auto done = m_replica->open(RecordId(m_user), now);
        if (done || again || done.error().key() == u"storage.full")
            return done;
        m_replica.reset();
        for (const QString &name : {u"current_replica"_s, u"building_replica"_s}) {
            m_shelf.remove(m_outbox->identity(name).toInt());
            if (auto forgotten = m_outbox->setIdentity(name, u"0"_s); !forgotten)
                return forgotten;
        }
        highestCursor = 0;
    }
    return {};
}

void SimClient::letGo()
{
    m_session.reset();
    m_replica.reset();
    m_outbox.reset();
    m_outboxFile.reset();
    m_port.wire.reset();
    m_port.closeAsked = false;
}

void SimClient::crash(bool power)
{
    // First the disk, so that what the old process still writes while it is put away goes nowhere.
    m_files->died(power);
    if (power) { // the replica may forget what it did not sync
        highestCursor = 0;
        verdicts.clear();
    }
    letGo();
}

} // namespace keydesk::sim
