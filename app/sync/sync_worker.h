#pragma once

#include "base/enrolment.h"
#include "sync/device_key.h"
#include "sync/file_shelf.h"
#include "sync/link.h"
#include "sync/neighbour_device.h"
#include "sync/offline_pass.h"
#include "sync/sync_session.h"

#include <QElapsedTimer>
#include <QLockFile>
#include <QTimer>

#include <deque>
#include <optional>

namespace keydesk {

// One signed-in person's half of the sync on a thread of its own: owns outbox, replica, session and
// link, gives them time and connects again by itself. Everything is called on that thread; what it
// tells goes out by signals. Decides nothing about rows or commands.
class SyncWorker final : public QObject, private SessionPort
{
    Q_OBJECT

public:
    using LinkFactory =
        std::function<std::unique_ptr<Link>(const ServerAddress &, const QByteArray &pin)>;
    struct Options
    {
        QString directory; // of this server and user; created with access for its owner only
        ServerAddress server;
        QByteArray pin;
        QString user;
        QString appVersion;
        QString platform;
        LinkFactory makeLink; // empty: TLS
    };

    SyncWorker(const Catalog &catalog, const CommandRegistry &registry, Options options);
    ~SyncWorker() override;

    /// Opens what is here and lets the person in, at once if the password was proved here before,
    /// else when the server says so. admitted() or refused() follows.
    /// The code is used if the server does not know this device, or not any more.
    void signIn(const QString &password, const QString &enrolmentCode);

    using RunAnswer = std::function<void(Result<RunOutcome>)>;
    /// Queues the command and applies it here; see Replica::run.
    Result<RunOutcome> run(const CommandCall &call);
    Result<> withdraw(qint64 localNo);
    /// Whether this is the password of who is let in here; nothing else changes.
    Result<> checkPassword(const QString &password) const;
    Result<> dismissRejected(qint64 localNo);
    /// See Replica::retry. Also refused: command.online_only.
    Result<RetryOutcome> retryRejected(const Outbox::Chosen &chosen);
    Result<> saveDraft(const QString &key, const QString &body);
    void ask(OnlineQuery query, std::function<void(const OnlineReply &)> answer);
    /// Calls back once everything queued is answered and everything committed until now is here;
    /// later than any verdict on it, never if the connection does not come back.
    void whenSettled(std::function<void()> then);
    /// The person's own switch: down cuts the line and keeps it cut.
    void setLinkEnabled(bool enabled);
    /// F5, or the network came back: no waiting for the next try.
    void reconnectNow();

Q_SIGNALS:
    /// The person may work; `replicaPath` is empty until the first load is complete.
    void admitted(const keydesk::RecordId &user, const QString &replicaPath);
    void replicaMoved(const QString &replicaPath);
    void changed(const keydesk::ChangeSet &changes);
    void statusChanged(const keydesk::SyncStatus &status);
    void commandRejected(qint64 localNo);
    /// The server or this desktop refused the person. `locked`: what is here must not be shown.
    void refused(const keydesk::Error &error, bool locked);
    /// Why the line is down, for the status bar and the sign-in page.
    void connectionFailed(const keydesk::Error &error);

private:
    class KeySigner;

    void send(const QByteArray &payload) override;
    void close() override;

    Result<> mayRunNow(const QString &command) const;
    Result<> openHere();
    Result<> openOutbox();
    Result<> openOutboxAt(const QString &path);
    Result<> openReplica();
    Result<> forgetReplicas();
    Result<> replaceReplica();
    Result<> loadDeviceKey();
    void findHost();
    void buildSession();
    void admitHere(const QString &password);
    void admit();
    void connectNow();
    void receive(const QByteArray &payload);
    void linkOpened();
    void linkClosed(const Error &error);
    void scheduleReconnect();
    void welcome(const RecordId &user);
    void refuse(const Error &error, qint64 retryAfterMs);
    void beginWipe();
    void wipeHere();
    bool destroy();
    void tick();
    void guardReplica();
    void scrub();
    void noteTime(Instant serverTime);
    void flushUnsent();
    void announceReplica();
    void announceStatus();
    void checkSettled();
    Instant now() const;

    const Catalog &m_catalog;
    const CommandRegistry &m_registry;
    const Options m_options;
    QElapsedTimer m_elapsed;
    Instant m_started;

    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<Database> m_outboxFile;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<OfflinePass> m_pass;
    std::unique_ptr<FileShelf> m_shelf;
    std::unique_ptr<Replica> m_replica;
    std::unique_ptr<KeySigner> m_signer;
    std::unique_ptr<KeySigner> m_host; // while this PC is no device of this person's yet
    QString m_hostDevice;
    std::unique_ptr<SyncSession> m_session;
    std::unique_ptr<Link> m_link;
    std::deque<QByteArray> m_unsent;

    std::optional<Error> m_notAdmitted; // why he was not let in without the server
    QString m_password; // between sign-in and the server's answer only
    QString m_announcedPath;
    SyncStatus m_announced;
    QTimer m_tick;
    QTimer m_reconnect;
    QTimer m_statusDelay;
    int m_failures = 0;
    qint64 m_retryAfter = 0;
    Instant m_timeNoted;
    Instant m_steadyNoted; // until when the time since the server's word is counted
    Instant m_replaced; // when a damaged replica was replaced last
    std::optional<Error> m_refusal; // why the server ended the connection under way
    bool m_returnAtOnce = false;
    bool m_admitted = false;
    bool m_linkEnabled = true;
    bool m_mayConnect = false;
    bool m_connected = false;
    bool m_restPosted = false; // what came together ends with this event
    std::vector<std::function<void()>> m_waiting;
};

} // namespace keydesk
