#pragma once

#include "commands/opportunity_capture.h"
#include "support/server_process.h"
#include "support/wire_client.h"

#include <map>

namespace keydesk {

/// What WireClient sends as its n-th command: an opportunity of that number, good for any agent.
inline Cmd captureCommand(qint64 n)
{
    RecordOpportunity command;
    command.values = {{QStringLiteral("title"), QStringLiteral("需求 %1").arg(n)},
                      {QStringLiteral("ent_name"), QStringLiteral("昆明第一机床厂")},
                      {QStringLiteral("contact_phone"), QStringLiteral("13800138000")},
                      {QStringLiteral("need_summary"), QStringLiteral("专线")},
                      {QStringLiteral("willing"), 1}};
    const CommandCall call = callOf(command);
    Cmd message;
    message.n = n;
    message.cmdId = call.id;
    message.command = call.type;
    message.version = call.version;
    message.args = call.arguments.toCbor();
    return message;
}

/// A fresh code for this person; empty when it was refused.
inline QString enrolmentCode(ServerProcess &server, const QString &user)
{
    const auto enrolment = Enrolment::parse(server.enrolment(user));
    return enrolment ? enrolment->code : QString();
}

// A device that records opportunities one after the other and remembers what it was told of each,
// so that after any number of failures of the server it can be shown that every answer was true.
class WireWork
{
public:
    explicit WireWork(WireClient &client)
        : m_client(client)
    {
    }

    /// Sends so many new commands.
    void send(int count)
    {
        for (int i = 0; i < count; ++i) {
            const qint64 n = ++m_sent;
            if (!m_commands.contains(n))
                m_commands[n] = captureCommand(n);
            m_client.send(m_commands[n]);
        }
        m_client.socket->flush();
    }
    /// Takes answers until all are there or the connection ends; false when it ended, when the
    /// server said "later", or when an answer was anything but applied (unexpected() then).
    bool takeAnswers()
    {
        while (answered() < m_sent) {
            const auto result = m_client.receive<CmdResult>();
            if (!result)
                return false;
            if (result->status == CmdResult::RetryLater || result->status == CmdResult::Gap)
                return false;
            if (result->status != CmdResult::Applied)
                m_unexpected = result->reason;
            m_answers[result->n] = encodeMessage(*result);
        }
        return m_unexpected.isEmpty();
    }
    /// After a new login: what was not answered is sent again. False when the server knows less
    /// than it has answered, or answers the last one differently.
    bool resume()
    {
        if (m_client.welcome.lastN < answered())
            return false;
        if (!m_answers.empty()) {
            m_client.send(m_commands[answered()]);
            const auto again = m_client.receive<CmdResult>();
            if (!again || encodeMessage(*again) != m_answers.rbegin()->second)
                return false;
        }
        m_sent = answered();
        return true;
    }
    qint64 answered() const { return m_answers.empty() ? 0 : m_answers.rbegin()->first; }
    qint64 sent() const { return m_sent; }
    QString unexpected() const { return m_unexpected; }

private:
    WireClient &m_client;
    std::map<qint64, Cmd> m_commands;
    std::map<qint64, QByteArray> m_answers; // to the letter
    qint64 m_sent = 0;
    QString m_unexpected;
};

} // namespace keydesk
