#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#endif

namespace keydesk {

// A real keydesk-server on a data directory of its own: runs subcommands to their end, serves on a
// free port of this machine, is stopped or killed.
class ServerProcess
{
public:
    /// `home` holds its data and stays; without one it is made and goes with this object.
    explicit ServerProcess(QString program, const QString &home = {},
                           const QByteArray &password = "correct horse")
        : m_program(std::move(program))
        , m_temporary(home.isEmpty() ? std::make_unique<QTemporaryDir>() : nullptr)
        , m_home(home.isEmpty() ? m_temporary->path() : home)
    {
        m_home.mkpath(QStringLiteral("."));
        QFile file(passwordFile());
        if (file.open(QFile::WriteOnly))
            file.write(password + '\n');
    }
    ~ServerProcess() { kill(); }

    /// For serve() from now on, not for the subcommands.
    void setEnvironment(const QProcessEnvironment &environment) { m_environment = environment; }

    /// Where serve() writes its log; empty: where log() reads it.
    void setLog(const QString &path) { m_log = path; }

    struct Ending
    {
        int code = -1;
        QByteArray out;
        QByteArray err;
    };
    /// Runs a subcommand; "--data DIR" is added.
    Ending run(QStringList words)
    {
        words << QStringLiteral("--data") << data();
        QProcess process;
        process.start(m_program, words);
        if (!process.waitForFinished(300'000)) // a starved machine is no failure
            return {};
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
    }
    Ending init(const QStringList &more = {})
    {
        return run(QStringList{QStringLiteral("init"), QStringLiteral("--admin"),
                               QStringLiteral("boss"), QStringLiteral("--password-file"),
                               passwordFile()}
                   + more);
    }
    /// The demo office: areas, teams, people, customers and opportunities (importing/demo_data.h).
    Ending initDemo() { return init({QStringLiteral("--demo"), QStringLiteral("7")}); }
    Ending addUser(const QString &code, const QString &role, const QStringList &more = {})
    {
        return run(QStringList{QStringLiteral("user"), QStringLiteral("add"), code,
                               QStringLiteral("--role"), role, QStringLiteral("--full-name"),
                               QStringLiteral("张三"), QStringLiteral("--password-file"),
                               passwordFile()}
                   + more);
    }
    /// False when it did not say that it listens. With port 0 the first time, then on the same one.
    bool serve()
    {
        m_serve = std::make_unique<QProcess>();
        m_serve->setStandardErrorFile(m_log.isEmpty() ? m_home.filePath(QStringLiteral("serve.err"))
                                                      : m_log,
                                      QIODevice::Append);
        if (!m_environment.isEmpty())
            m_serve->setProcessEnvironment(m_environment);
#ifdef Q_OS_LINUX
        // A test that dies takes its server along.
        m_serve->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
#endif
        m_serve->start(m_program,
                       {QStringLiteral("serve"), QStringLiteral("--data"), data(),
                        QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(m_port)});
        while (!m_serve->canReadLine()) {
            if (!m_serve->waitForReadyRead(30'000))
                return false;
        }
        const QByteArray line = m_serve->readLine().trimmed();
        m_port = line.mid(line.lastIndexOf(':') + 1).toUShort();
        return line.startsWith("listening 127.0.0.1:") && m_port > 0;
    }
    /// SIGTERM; the exit code, -1 when it did not end.
    int terminate()
    {
        m_serve->terminate();
        return ending();
    }
    /// SIGKILL.
    void kill()
    {
        if (!m_serve || m_serve->state() == QProcess::NotRunning)
            return;
        m_serve->kill();
        m_serve->waitForFinished(30'000);
    }
    /// Waits for an end of its own; the exit code, -1 when it did not come or was a signal.
    int ending()
    {
        if (m_serve->state() != QProcess::NotRunning && !m_serve->waitForFinished(30'000))
            return -1;
        return m_serve->exitStatus() == QProcess::NormalExit ? m_serve->exitCode() : -1;
    }
    bool isRunning() const
    {
        return m_serve && m_serve->state() == QProcess::Running;
    }

    /// The enrolment string for this person; empty when it was refused.
    QString enrolment(const QString &user, const QString &address = {})
    {
        QStringList words{QStringLiteral("enrol"), QStringLiteral("--user"), user};
        if (!address.isEmpty())
            words << QStringLiteral("--server") << address;
        const Ending ending = run(words);
        return ending.code == 0 ? QString::fromUtf8(ending.out).trimmed() : QString();
    }

    /// Of the serving process.
    qint64 processId() const
    {
        return m_serve ? m_serve->processId() : 0;
    }
    quint16 port() const
    {
        return m_port;
    }
    QString address() const
    {
        return QStringLiteral("127.0.0.1:%1").arg(m_port);
    }
    QString data() const
    {
        return m_home.filePath(QStringLiteral("data"));
    }
    QString file(const QString &name) const
    {
        return m_home.filePath(name);
    }
    QString passwordFile() const
    {
        return m_home.filePath(QStringLiteral("password"));
    }
    QByteArray log() const
    {
        QFile file(m_home.filePath(QStringLiteral("serve.err")));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    QString m_program;
    std::unique_ptr<QTemporaryDir> m_temporary;
    QDir m_home;
    QProcessEnvironment m_environment;
    QString m_log;
    std::unique_ptr<QProcess> m_serve;
    quint16 m_port = 0;
};

} // namespace keydesk
