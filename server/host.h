#pragma once

#include "base/enrolment.h"
#include "base/steady_clock.h"
#include "commands/registry.h"
#include "jobs/day_turn.h"
#include "net/admin_socket.h"
#include "net/listener.h"
#include "net/peers.h"
#include "rules/work_calendar.h"
#include "security/audit_key.h"
#include "security/pki.h"
#include "tool/office.h"

#include <QTimer>

namespace keydesk {

// The composition root of `serve`: builds the writer, the readers, the gate, the listener and the
// admin socket over one data directory, lets them know of each other, and runs what time alone
// brings about. Holds no rule of its own.
class Host final : public QObject
{
    Q_OBJECT

public:
    /// What ends the process from inside, documented for operators (README).
    static constexpr int diskFailed =
        74; // an I/O error or a damaged file: nothing more is answered
    static constexpr int writerStuck = 70; // the writer showed no life for two minutes

    Host(DataDir dir, const Clock &clock, QObject *parent = nullptr);
    ~Host() override;

    /// Opens everything; answers the address that is listened on.
    Result<ServerAddress> start(const ServerAddress &listen);
    /// Says goodbye to the peers, finishes the commands at hand; stopped() follows.
    void stop();

Q_SIGNALS:
    void stopped();

private:
    Result<> openDatabase();
    Result<> openGate();
    void startTimers();
    void every(qint64 milliseconds, void (Host::*what)());
    void answerAdmin(const QJsonObject &request, const AdminReply &reply);
    void finish();

    // What time brings about.
    void runClaimClock();
    void expireGrants();
    DayTurn::Steps dayTurnSteps();
    void turnDay();
    void compactStore();
    void touchDevices();
    void renewCertificate();
    void watchWriter();
    void signAuditHead();

    const DataDir m_dir;
    const Clock &m_clock;
    const SteadyClock m_steady;
    const Catalog m_catalog;
    const CommandRegistry m_registry;
    const OfficeCalendar m_calendar = OfficeCalendar::shipped();
    const Pki m_pki;
    Delivery m_deliver;
    std::optional<AuditKey> m_auditKey;
    AuditHead m_auditHead; // the last that was told
    std::unique_ptr<Writer> m_writer;
    std::unique_ptr<PageBuilders> m_builders;
    std::unique_ptr<Gatekeeper> m_gatekeeper;
    std::unique_ptr<Peers> m_peers;
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<AdminSocket> m_admin;
    std::unique_ptr<WorkerPool> m_adminWorker;
    DayTurn m_dayTurn;
    bool m_stopping = false;
    bool m_finished = false;
};

} // namespace keydesk
