#pragma once

#include "commands/references.h"
#include "store/database.h"

#include <functional>
#include <optional>

namespace keydesk {

// What the person did and the server has not settled: the queue of commands, the answered ones of
// the last 14 days, the rejected ones until they are dismissed, drafts, and the device's identity.
// Lives in a file of its own with a tiny stable schema; the replica may be deleted, this may not.
class Outbox
{
public:
    explicit Outbox(Database &database)
        : m_database(database)
    {
    }
    /// Makes the tables, or brings those of an older program up to date: adds what is missing and
    /// takes nothing away; on an error nothing has changed.
    Result<> createTables();
    /// Whether this desktop still shows the field of the record as it is. What the server had told
    /// beside what was typed is kept of answered and refused commands as long (sync.md, G9);
    /// without a function, always.
    using Shows =
        std::function<bool(const QString &entity, const RecordId &record, const QString &field)>;

    struct Entry
    {
        qint64 localNo = 0;
        qint64 n = 0; // 0: never put on the wire
        CommandCall call;
        Instant created;
        bool applied = false; // answered, waiting for a checkpoint that covers it
        Instant accepted; // when the server last said so, also before a restore took it back
    };
    /// Durable when it returns. The answer is the command's number in this queue.
    Result<qint64> append(const CommandCall &call, Instant now);
    /// The number append() will give next.
    qint64 nextLocalNo() const;
    std::vector<Entry> entries() const;
    /// The first `most` entries that wait for their verdict, in order.
    std::vector<Entry> unanswered(int most) const;
    qint64 pendingCount() const;
    std::optional<qint64> localNoOf(qint64 n) const;
    /// Gives these entries, in this order, their numbers on the wire, once and for ever.
    Result<std::vector<qint64>> number(const std::vector<qint64> &localNos);
    /// Takes back an entry that was never put on the wire. Errors: record.not_found.
    Result<> withdraw(qint64 localNo);

    Result<> settleApplied(const std::vector<qint64> &numbers, Instant now);
    /// The refused command is listed with its reason; but one that speaks of a record which another
    /// now makes, because the command that was to make it has been retried meanwhile, goes on at
    /// the end of the queue and speaks of the other.
    Result<> settleRejected(qint64 n, const QString &reason, const QStringList &args, Instant now,
                            const Shows &shows = {});
    /// A checkpoint with this last_n is durable: answered entries up to it leave the queue.
    Result<> coveredThrough(qint64 lastN, Instant now, const Shows &shows = {});
    /// Highest number whose verdict is stored: the server must know at least this one.
    qint64 lastAckedN() const;
    /// The server is a restored incarnation that knows our numbers up to `serverLastN`: everything
    /// after it goes back into the queue in its old order and is numbered anew (sync.md, "Epoch").
    Result<> requeueAfter(qint64 serverLastN);
    /// The server knows this PC under a new name from now on, and none of its numbers: everything
    /// that was not rejected goes into the queue again. The ids of the commands stay, so that what
    /// the server has done already it does not do twice.
    Result<> adoptDevice(const QString &deviceId);

    struct Rejected
    {
        qint64 localNo = 0;
        CommandCall call;
        QString reason;
        QStringList args;
        Instant at;
        Instant accepted; // it had been accepted before the server was restored
    };
    std::vector<Rejected> rejected() const;
    std::optional<Rejected> rejected(qint64 localNo) const;
    qint64 rejectedCount() const;
    Result<> dismiss(qint64 localNo);
    /// Blanks what the server had told beside what was typed, in all that is answered or refused
    /// and speaks of what is not shown any more (sync.md, G9). What waits for its answer is sent
    /// again to the letter and stays.
    Result<> blankShown(const Shows &shows);
    /// Whether the file's bytes may hold what was blanked: of a program before this one too.
    bool hasRemains() const { return m_remains; }
    /// Takes out of the file's bytes what is in no table any more; fails while somebody reads.
    Result<> scrubBytes();

    // A refused command goes on as a new one, since the server has answered the old one for ever;
    // whatever works on records that it was to make goes on with it.
    struct Retry
    {
        qint64 localNo = 0; // of the refused one
        CommandCall call; // the new one
    };
    /// Refused commands by number, with the arguments they are to have now if others than before.
    using Chosen = std::map<qint64, std::optional<Arguments>>;
    /// The chosen ones as new commands, with the other refused ones that speak of records which
    /// they were to make: as they are listed, but none before the one that makes what it speaks of.
    std::vector<Retry> retriesOf(const Chosen &chosen) const;
    /// Puts them at the end of the queue, and behind them, in their order, what was never sent and
    /// speaks of the same records. Errors: record.not_found, and then nothing has changed.
    Result<> retry(const std::vector<Retry> &retries, Instant now);
    /// The records that take the place of those of retried commands: what is typed on a page opened
    /// before still speaks of the old ones.
    RenewedIds renewedIds() const;

    /// The replica file being built is complete: from now on it is the one to read.
    Result<> makeReplicaCurrent(int number);
    QString identity(const QString &key) const;
    Result<> setIdentity(const QString &key, const QString &value);
    /// All of them or none.
    Result<> setIdentities(const std::map<QString, QString> &values);
    QString draft(const QString &key) const;
    /// An empty body removes the draft.
    Result<> saveDraft(const QString &key, const QString &body, Instant now);

private:
    qint64 integerOf(const QByteArray &sql) const;
    Result<> renumberAfter(qint64 serverLastN);
    Result<> settleListed(qint64 localNo, const QString &reason, Instant now, const Shows &shows);
    Result<> blankIn(const QByteArray &rows, qint64 number, const Shows &shows);
    Result<> requeue(const std::vector<Retry> &retries, Instant now);
    Result<> noteRenewal(const RecordId &old, const RecordId &fresh, Instant now);
    Result<> forgetRenewals(qint64 before);
    Result<> moveBehind(const std::vector<Retry> &retries, qint64 firstNew,
                        const References &moved);
    Result<> moveToEnd(const Entry &entry);
    Result<> followRefused();
    Result<> rewriteRefused(qint64 localNo, const Arguments &arguments);

    Database &m_database;
    bool m_remains = true;
    bool m_countsWaiting = false; // a reader's connection counts when it is asked
};

} // namespace keydesk
