#pragma once

#include "workbench.h"

#include <QJsonObject>
#include <QTimer>

#include <deque>

namespace keydesk {

// Keydesk for scripts: one JSON request a line in, one JSON answer a line out, in their order, over
// a workbench without a window. Takes the next request when the last one is answered.
class Batch final : public QObject
{
    Q_OBJECT

public:
    using Write = std::function<void(const QByteArray &line)>;
    Batch(Workbench &workbench, Write write, QObject *parent = nullptr);

    /// Signs in; requests wait for the first answer. A refusal before it ends the run with exit
    /// code 2; a later one answers every request that is left, then ends with 2. A server out of
    /// reach is tried again while requests are answered from what is here.
    void start(const Workbench::SignIn &request);
    void takeLine(const QByteArray &line);
    /// No more requests: finished(0) follows the last answer.
    void endInput();

    /// What `--batch --help` prints about requests.
    static QString help();

Q_SIGNALS:
    void finished(int exitCode);
    /// For standard error.
    void complained(const QString &text);

private:
    void onRefused(const Error &error, bool locked);
    void admitRequests();
    void next();
    void handle(const QJsonObject &request);
    void answer(const QJsonObject &object);
    void answer(const Error &error, QJsonObject more = {});

    void runCommand(const QJsonObject &request);
    void runQuery(const QJsonObject &request);
    void runSearch(const QJsonObject &request);
    void runSync(const QJsonObject &request);
    void runLink(const QJsonObject &request);
    void runWait(const QJsonObject &request);
    void checkWait();
    void runStatus();
    void settleRejected(const QJsonObject &request);
    void retryRejected(qint64 no, const QJsonObject &given);
    Result<Arguments> readArguments(const QString &command, QJsonObject arguments) const;
    void signInAgain();
    QJsonObject syncState() const;
    QJsonArray rejectedList() const;
    bool isRejected(qint64 no) const;

    Workbench &m_workbench;
    Write m_write;
    std::deque<QByteArray> m_lines;
    QTimer m_deadline;
    QJsonObject m_waitFor; // the query of the {"wait":..} under way
    std::function<QJsonObject()> m_whenLate; // what the answer adds if the deadline passes
    quint64 m_asked = 0; // answers of requests that timed out are dropped
    Workbench::SignIn m_request;
    std::optional<Error> m_refusal; // nobody may work here any more
    bool m_started = false;
    bool m_signedIn = false;
    bool m_busy = true; // until signed in
    bool m_ended = false;
    bool m_linkUp = true;
};

} // namespace keydesk
