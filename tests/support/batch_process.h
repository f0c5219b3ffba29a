#pragma once

#include "support/server_process.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

namespace keydesk {

// A real `keydesk --batch`: asked one JSON line at a time, each answered within a time limit, ended
// cleanly or killed. Ends only the process it started; what stands on its disk stays for the next.
class BatchProcess
{
public:
    static constexpr int patience = 60'000; // ms, for one answer

    // Who works where. With an enrolment string this PC is enrolled first.
    struct Seat
    {
        QString server;
        QString user;
        QString passwordFile;
        QString data;
        QString enrolment;
        QProcessEnvironment environment = {}; // empty: as the test's own
    };

    BatchProcess(QString program, Seat seat)
        : m_program(std::move(program))
        , m_seat(std::move(seat))
    {
    }
    ~BatchProcess() { kill(); }
    BatchProcess(const BatchProcess &) = delete;
    BatchProcess &operator=(const BatchProcess &) = delete;

    void start()
    {
        m_process = std::make_unique<QProcess>();
        m_process->setStandardErrorFile(errorFile(), QIODevice::Append);
        if (!m_seat.environment.isEmpty())
            m_process->setProcessEnvironment(m_seat.environment);
        QStringList words{QStringLiteral("--batch"),
                          QStringLiteral("--server"),
                          m_seat.server,
                          QStringLiteral("--user"),
                          m_seat.user,
                          QStringLiteral("--data"),
                          m_seat.data,
                          QStringLiteral("--lang"),
                          QStringLiteral("en"),
                          QStringLiteral("--password-file"),
                          m_seat.passwordFile};
        if (!m_seat.enrolment.isEmpty())
            words << QStringLiteral("--enrol") << m_seat.enrolment;
        m_process->start(m_program, words);
        m_seat.enrolment.clear(); // its code is good once
    }
    /// Asks and does not wait; answers come in the order of the requests.
    void send(const QJsonObject &request)
    {
        m_process->write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    }
    /// The next answer; empty when none came in time or the process ended without one.
    QJsonObject answer(int milliseconds = patience)
    {
        QEventLoop loop;
        QTimer limit;
        limit.setSingleShot(true);
        QObject::connect(&limit, &QTimer::timeout, &loop, &QEventLoop::quit);
        QObject::connect(m_process.get(), &QProcess::readyReadStandardOutput, &loop,
                         &QEventLoop::quit);
        QObject::connect(m_process.get(), &QProcess::finished, &loop, &QEventLoop::quit);
        limit.start(milliseconds);
        while (!m_process->canReadLine() && isRunning() && limit.isActive())
            loop.exec();
        return QJsonDocument::fromJson(m_process->readLine()).object();
    }
    QJsonObject ask(const QJsonObject &request)
    {
        send(request);
        return answer();
    }
    QJsonObject ask(const QString &json)
    {
        return ask(QJsonDocument::fromJson(json.toUtf8()).object());
    }
    QJsonObject sync(int milliseconds = patience / 2)
    {
        return ask(QJsonObject{{QStringLiteral("sync"), true},
                               {QStringLiteral("timeout_ms"), milliseconds}});
    }
    QJsonArray rows(const QString &query)
    {
        return ask(query).value(QStringLiteral("rows")).toArray();
    }
    bool link(bool up)
    {
        const QString wanted = up ? QStringLiteral("up") : QStringLiteral("down");
        return ask(QJsonObject{{QStringLiteral("link"), wanted}})
            .value(QStringLiteral("ok"))
            .toBool();
    }

    /// No more requests: the exit code once the last is answered, -1 when it did not end by itself.
    int finish()
    {
        m_process->closeWriteChannel();
        if (!m_process->waitForFinished(patience)
            || m_process->exitStatus() != QProcess::NormalExit) {
            qWarning("%s, after: %s", qPrintable(m_process->errorString()), errors().constData());
            return -1;
        }
        return m_process->exitCode();
    }
    /// SIGKILL.
    void kill()
    {
        if (!m_process || !isRunning())
            return;
        m_process->kill();
        m_process->waitForFinished(patience);
    }
    bool isRunning() const { return m_process->state() != QProcess::NotRunning; }

    QProcess &process() { return *m_process; }
    const Seat &seat() const { return m_seat; }
    /// For start() from now on.
    void setEnvironment(const QProcessEnvironment &environment)
    {
        m_seat.environment = environment;
    }
    QByteArray errors() const
    {
        QFile file(errorFile());
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    QString errorFile() const { return m_seat.data + QStringLiteral(".err"); }

    QString m_program;
    Seat m_seat;
    std::unique_ptr<QProcess> m_process;
};

/// A seat for this person on a PC of his own, reached by `address` (the server itself if empty).
inline BatchProcess::Seat seatAt(ServerProcess &server, const QString &user,
                                 const QString &address = {}, const QString &pc = {})
{
    BatchProcess::Seat seat;
    seat.server = address.isEmpty() ? server.address() : address;
    seat.user = user;
    seat.passwordFile = server.passwordFile();
    seat.data = server.file(QStringLiteral("pc-") + user + pc);
    seat.enrolment = server.enrolment(user, seat.server);
    return seat;
}

} // namespace keydesk
