#include "support/sim/sim_server.h"

#include "security/login_tables.h"

#include <QScopedValueRollback>

// The door of the simulated server: enrolment and login, as the gatekeeper keeps it.

namespace keydesk::sim {

using namespace Qt::StringLiterals;

void SimServer::enrol(const Enrol &request, std::function<void(Result<Enrolled>)> answer)
{
    const Enrolled enrolled{u"sim-device-%1"_s.arg(++m_devices), {}};
    if (!guardsDoor)
        return answer(enrolled);
    m_door.push_back([this, request, answer, enrolled]() -> std::function<void()> {
        const QString user = request.code.section(u':', 1);
        if (!request.code.startsWith(u"code:"))
            return [answer] { answer(Error("enrol.code_invalid"_reason)); };
        const auto done = LoginTables(*m_database)
                              .addDevice(enrolled.deviceId, RecordId(user), request.publicKey,
                                         request.platform, m_clock.now());
        return
            [answer, enrolled, done] { answer(done ? Result<Enrolled>(enrolled) : done.error()); };
    });
}

Welcome SimServer::welcomeOf(const QString &user, const QString &device)
{
    Welcome welcome;
    welcome.userId = user;
    welcome.serverTime = m_clock.now();
    welcome.leaseUntil = m_clock.now() + 7 * day;
    welcome.head = m_head;
    welcome.epoch = m_epoch;
    Query known = m_database->query("SELECT last_n FROM device WHERE id=?");
    known.bind(1, device);
    welcome.lastN = known.next() ? known.integer(0) : 0;
    return welcome;
}

// Passwords, tokens and signatures are proved elsewhere (gatekeeper): here a user name is believed.
void SimServer::login(const Hello &hello, const Auth &auth, const QByteArray &nonce,
                      std::function<void(LoginOutcome)> answer)
{
    Q_UNUSED(nonce)
    if (!guardsDoor) {
        LoginOutcome outcome;
        outcome.welcome = welcomeOf(auth.user, hello.deviceId);
        return answer(outcome);
    }
    m_door.push_back([this, hello, auth, answer]() -> std::function<void()> {
        const LoginOutcome outcome = letIn(hello, auth);
        return [answer, outcome] { answer(outcome); };
    });
}

// The gatekeeper's rules about devices.
LoginOutcome SimServer::letIn(const Hello &hello, const Auth &auth)
{
    LoginTables tables(*m_database);
    const auto device = tables.device(hello.deviceId);
    LoginOutcome outcome;
    if (!device || !device->isActive || device->user.text() != auth.user
        || hello.bootCounter <= device->bootCounter) {
        outcome.refused = Refused{u"login.device_unknown"_s, {}, 0};
        return outcome;
    }
    if (hello.epoch == m_epoch && (hello.cursor > m_head || hello.lastAckedN > device->lastN)) {
        outcome.refused = Refused{u"sync.rollback"_s, {}, 0};
        return outcome;
    }
    outcome.welcome = welcomeOf(auth.user, device->id);
    if (!tables.noteLogin(device->id, hello.bootCounter, m_clock.now(), outcome.welcome.leaseUntil))
        outcome.refused = Refused{u"server.busy"_s, {}, 1000};
    return outcome;
}

bool SimServer::serveDoor()
{
    if (m_door.empty())
        return true;
    auto waiting = std::exchange(m_door, {});
    std::vector<std::function<void()>> answers;
    const QScopedValueRollback<bool> atDoor(m_atDoor, true);
    return commitGroup(
        [&] {
            for (const auto &one : waiting)
                answers.push_back(one());
            return true;
        },
        [&] {
            for (const auto &say : answers)
                say();
        });
}

} // namespace keydesk::sim
