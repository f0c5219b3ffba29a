#include "sync/replica.h"

#include "sync/preimage_keeper.h"
#include "sync/unit.h"

#include "base/fault.h"
#include "commands/rights.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcReplica, "keydesk.sync.replica", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 scrubPause = hour;
constexpr int mostScrubReloads = 2; // of one bucket: more would be no accident of the disk
constexpr qint64 crowd = 200; // pending commands; sync.md, "Rewind and replay"

} // namespace

Replica::Replica(ReplicaShelf &shelf, Outbox &outbox, const Catalog &catalog,
                 const CommandRegistry &registry)
    : m_shelf(shelf)
    , m_outbox(outbox)
    , m_catalog(catalog)
    , m_registry(registry)
{
}

Replica::~Replica() = default;

Result<> Replica::open(const RecordId &user, Instant now)
{
    m_user = user;
    m_currentNumber = m_outbox.identity(u"current_replica"_s).toInt();
    if (m_currentNumber > 0) {
        auto database = m_shelf.open(m_currentNumber);
        if (!database)
            return database.error();
        auto file = std::make_unique<ReplicaFile>(std::move(*database), m_catalog);
        if (auto done = file->open(); !done)
            return done;
        // Copied here by hand, from another seat or another person.
        const QString owner = file->meta(u"user"_s);
        if (!owner.isEmpty() && owner != user.text())
            return Error("storage.failed"_reason, {u"another person's replica"_s});
        // A file that is gone, or lost what was never synced, opens as an empty one: no picture.
        if (file->epoch().isEmpty()) {
            qCWarning(lcReplica) << "replica" << m_currentNumber << "is empty, loading it anew";
        } else {
            m_ofOtherColumns = !file->hasOwnColumns();
            m_current = std::move(file);
            if (auto done = rebuildPreview(now); !done)
                return done;
            scrubRemains(); // of before a death
        }
    }
    // A download that was under way resumes in its own file.
    m_buildingNumber = m_outbox.identity(u"building_replica"_s).toInt();
    if (m_buildingNumber > 0) {
        auto database = m_shelf.open(m_buildingNumber);
        if (!database)
            return database.error();
        m_building = std::make_unique<ReplicaFile>(std::move(*database), m_catalog);
        if (auto done = m_building->openForLoad(); !done)
            return done;
        if (!m_building->hasOwnColumns())
            m_building.reset(); // what has come so far lacks what this program knows
    }
    abandonRound();
    return {};
}

bool Replica::isDamaged() const
{
    return (m_current && m_current->database().isBroken())
        || (m_building && m_building->database().isBroken());
}

int Replica::scrub(int most, Instant now)
{
    if (!m_current || m_building || m_round.active || now < m_scrubAfter)
        return 0;
    const auto damaged = m_current->damagedRows(m_scrubbed, most);
    if (m_scrubbed.bucket.isEmpty())
        m_scrubAfter = now + scrubPause;
    std::set<QString> buckets;
    for (const RowPlace &place : damaged) {
        if (m_scrubReloads[place.bucket] < mostScrubReloads)
            buckets.insert(place.bucket);
    }
    if (damaged.isEmpty())
        return 0;
    qCWarning(lcReplica) << damaged.size() << "rows are not what the server sent; buckets loaded"
                         << "again:" << buckets.size();
    for (const QString &bucket : buckets) {
        ++m_scrubReloads[bucket];
        reload(bucket);
    }
    abandonRound();
    return int(buckets.size());
}

QString Replica::epoch() const
{
    return m_current ? m_current->epoch() : QString();
}

Replica::Progress Replica::progress() const
{
    if (!m_building)
        return {};
    return {true, m_building->rowCount(), m_building->meta(u"rows_total"_s).toLongLong()};
}

void Replica::emitChanged(const ChangeSet &changes) const
{
    if (changed && !changes.isEmpty())
        changed(changes);
}

// ---- Commands

Result<Actor> Replica::actor()
{
    const auto row = m_current->store().find(m_catalog.entity(
                                                 QString::fromLatin1(Schema<Staff>::table)),
                                             m_user);
    if (!row)
        return Error("record.not_found"_reason, {}, m_user.text());
    Actor person;
    person.staff = fromRow<Staff>(*row);
    return person;
}

Result<> Replica::preview(const CommandCall &call, qint64 localNo, Instant now, ChangeSet &changes)
{
    auto person = actor();
    return person ? preview(call, localNo, *person, now, changes) : Result<>(person.error());
}

Result<> Replica::preview(const CommandCall &call, qint64 localNo, const Actor &person, Instant now,
                          ChangeSet &changes)
{
    auto command = m_registry.make(call);
    if (!command)
        return command.error();
    Database &database = m_current->database();
    if (auto begun = database.execute("SAVEPOINT preview"); !begun)
        return begun;
    PreimageKeeper keeper(*m_current, localNo, call.type);
    Transaction tx(m_current->store(), keeper, Transaction::Writing::Gathered);
    CommandContext context(tx, person, call.id, now, CommandContext::Place::Desktop);
    auto done = authorize(context, **command);
    if (done)
        done = (*command)->apply(context);
    if (done)
        done = tx.settle();
    if (!done) {
        (void)database.execute("ROLLBACK TO preview; RELEASE preview");
        return done;
    }
    changes.merge(tx.changes());
    return database.execute("RELEASE preview");
}

Result<> Replica::mayQueue(const CommandCall &call) const
{
    if (!m_registry.find(call.type))
        return Error("command.unknown"_reason, {call.type});
    // The server would not take it, and then it would be out of its author's hands.
    if (call.arguments.toCbor().size() > Arguments::maxBytes)
        return Error("command.too_large"_reason, {QString::number(Arguments::maxBytes / 1024)});
    return {};
}

Result<Replica::RunOutcome> Replica::run(const CommandCall &given, Instant now)
{
    if (auto may = mayQueue(given); !may)
        return may.error();
    CommandCall call = given;
    (void)m_outbox.renewedIds().follow(call.arguments);
    RunOutcome outcome;
    outcome.offline = m_registry.find(call.type)->offline;
    if (!m_current) {
        auto localNo = m_outbox.append(call, now);
        if (!localNo)
            return localNo.error();
        outcome.localNo = *localNo;
        outcome.previewed = false;
        return outcome;
    }
    ChangeSet changes;
    Unit unit(m_current->database());
    if (!unit.begun())
        return unit.begun().error();
    const qint64 localNo = m_outbox.nextLocalNo();
    auto done = preview(call, localNo, now, changes);
    // What this desktop does not hold it cannot judge: the server decides (sync.md, "Purity").
    outcome.previewed = bool(done);
    if (!done && done.error().code() != ErrorCode::NotFound)
        return done.error();
    fault::yieldPoint("run: before the outbox");
    auto queued = m_outbox.append(call, now);
    if (!queued)
        return queued.error();
    Q_ASSERT(*queued == localNo);
    fault::yieldPoint("run: between outbox and replica");
    outcome.localNo = *queued;
    // It is queued now, whatever becomes of its preview: who is told of a failure does it twice.
    if (auto committed = unit.commit(); !committed) {
        qCWarning(lcReplica) << "no preview of command" << *queued << committed.error().key()
                             << committed.error().detail;
        outcome.previewed = false;
        return outcome;
    }
    emitChanged(changes);
    return outcome;
}

std::optional<Error> Replica::tryOut(std::vector<Outbox::Retry> &retries, bool &previewed,
                                     Instant now)
{
    std::unique_ptr<Unit> unit; // rolls back
    if (m_current)
        unit = std::make_unique<Unit>(m_current->database());
    ChangeSet ignored;
    const qint64 firstNo = m_outbox.nextLocalNo();
    for (std::size_t i = 0; i < retries.size(); ++i) {
        const CommandCall &call = retries[i].call;
        auto done = mayQueue(call);
        if (done && unit && !unit->begun())
            done = unit->begun();
        bool judged = false;
        if (done && unit) {
            done = preview(call, firstNo + qint64(i), now, ignored);
            judged = bool(done);
            if (!done && done.error().code() == ErrorCode::NotFound)
                done = {}; // the server decides
        }
        if (i == 0)
            previewed = judged;
        if (done)
            continue;
        retries.resize(i);
        return done.error();
    }
    return std::nullopt;
}

Result<RetryOutcome> Replica::retry(const Outbox::Chosen &chosen, Instant now)
{
    auto retries = m_outbox.retriesOf(chosen);
    RetryOutcome outcome;
    outcome.first.localNo = m_outbox.nextLocalNo();
    outcome.stopped = tryOut(retries, outcome.first.previewed, now);
    if (retries.empty())
        return outcome.stopped.value_or(Error("record.not_found"_reason));
    outcome.first.offline = m_registry.find(retries.front().call.type)->offline;
    fault::yieldPoint("retry: before the outbox");
    if (auto done = m_outbox.retry(retries, now); !done)
        return done.error();
    fault::yieldPoint("retry: between outbox and replica");
    // They are queued now, whatever becomes of their preview.
    if (auto done = m_current ? rebuildPreview(now) : Result<>(); !done)
        qCWarning(lcReplica) << "no preview after a retry" << done.error().key()
                             << done.error().detail;
    return outcome;
}

Result<> Replica::withdraw(qint64 localNo, Instant now)
{
    if (auto done = m_outbox.withdraw(localNo); !done)
        return done;
    return m_current ? rebuildPreview(now) : Result<>();
}

// ---- Rewind and replay

Result<> Replica::rewindAll(ChangeSet &changes)
{
    Database &database = m_current->database();
    struct Image
    {
        QString table;
        QString id;
        QByteArray body;
        bool absent;
    };
    std::vector<Image> images;
    // Of a row that several commands touched, the image before the first of them.
    Query query = database.query(
        fault::planted(fault::RewoundForward)
            ? "SELECT tbl, id, body, max(local_no) FROM preimage GROUP BY tbl, id"
            : "SELECT tbl, id, body, min(local_no) FROM preimage GROUP BY tbl, id");
    while (query.next())
        images.push_back({query.text(0), query.text(1), query.bytes(2), query.isNull(2)});
    for (const Image &image : images) {
        const EntityInfo *entity = m_catalog.find(image.table);
        if (!entity)
            continue;
        changes.add(image.table, RecordId(image.id));
        const RecordId id(image.id);
        auto done = image.absent ? m_current->store().erase(*entity, id)
                                 : m_current->store().put(*entity, unpackRow(*entity, image.body),
                                                          m_current->store().find(*entity, id));
        if (!done)
            return done;
    }
    return database.execute("DELETE FROM preimage; DELETE FROM pending; DELETE FROM doubtful");
}

Result<> Replica::replayAll(qint64 lastN, Instant now, ChangeSet &changes)
{
    m_refusedShown = false;
    m_justReplayed = true;
    auto person = actor();
    for (const Outbox::Entry &entry : m_outbox.entries()) {
        if (entry.n > 0 && entry.n <= lastN)
            continue; // its effect is in the checkpoint
        (void)m_current->database().takeTrouble();
        ChangeSet touched;
        auto done = person ? preview(entry.call, entry.localNo, *person, now, touched)
                           : Result<>(person.error());
        changes.merge(touched);
        if (touched.touches(QString::fromLatin1(Schema<Staff>::table)))
            person = actor();
        if (done)
            continue;
        // The disk's trouble passes. What the database refuses of one command is that command's
        // fault, and must not hold up the others, nor the next checkpoint.
        if (done.error().code() == ErrorCode::Storage && m_current->database().takeTrouble())
            return done;
        if (auto noted = m_current->database()
                             .query("INSERT OR REPLACE INTO doubtful(local_no, reason) VALUES(?,?)")
                             .bind(1, entry.localNo)
                             .bind(2, done.error().key())
                             .run();
            !noted)
            return noted;
    }
    return {};
}

Result<> Replica::rebuildPreview(Instant now)
{
    ChangeSet changes;
    Unit unit(m_current->database());
    if (!unit.begun())
        return unit.begun();
    if (auto done = rewindAll(changes); !done)
        return done;
    if (auto done = replayAll(m_current->lastN(), now, changes); !done)
        return done;
    fault::yieldPoint("replay: before commit");
    if (auto done = unit.commit(); !done)
        return done;
    emitChanged(changes);
    return {};
}

// ---- Verdicts: the outbox first, then the replica

Result<> Replica::settleApplied(const std::vector<qint64> &numbers, Instant now)
{
    if (numbers.empty())
        return {};
    if (auto done = m_outbox.settleApplied(numbers, now); !done)
        return done;
    fault::yieldPoint("applied: outbox written");
    if (fault::planted(fault::PendingDropped))
        return m_outbox.coveredThrough(*std::max_element(numbers.begin(), numbers.end()), now,
                                       whatShows());
    // The checkpoint that holds the first of them may already be here.
    const bool covered = m_current
        && *std::min_element(numbers.begin(), numbers.end()) <= m_current->lastN();
    if (!covered)
        return {};
    auto done = m_outbox.coveredThrough(m_current->lastN(), now, whatShows());
    scrubRemains();
    return done;
}

Result<> Replica::settleRejected(qint64 n, const QString &reason, const QStringList &args,
                                 Instant now)
{
    if (auto done = m_outbox.settleRejected(n, reason, args, now, whatShows()); !done)
        return done;
    fault::yieldPoint("rejected: outbox written");
    scrubRemains();
    if (!m_current)
        return {};
    m_refusedShown = true;
    return isCrowded() ? Result<>() : rebuildPreview(now);
}

bool Replica::isCrowded() const
{
    return m_outbox.pendingCount() > crowd;
}

Result<> Replica::catchUp(Instant now)
{
    if (std::exchange(m_justReplayed, false)) // which took its time
        m_replayed = now;
    scrubRemains(); // which somebody's reading held up
    const bool due = m_current && m_refusedShown && now - m_replayed >= crowdedPause;
    return due ? rebuildPreview(now) : Result<>();
}

// ---- Another server, or another name at this one

Result<> Replica::adoptEpoch(qint64 serverLastN, Instant now)
{
    abandonRound();
    if (auto done = forgetNumbers(serverLastN); !done)
        return done;
    if (auto done = m_outbox.requeueAfter(serverLastN); !done)
        return done;
    return m_current ? rebuildPreview(now) : Result<>();
}

Result<> Replica::adoptDevice(const QString &deviceId, Instant now)
{
    abandonRound();
    if (auto done = forgetNumbers(0); !done)
        return done;
    if (auto done = m_outbox.adoptDevice(deviceId); !done)
        return done;
    return m_current ? rebuildPreview(now) : Result<>();
}

// The numbers begin anew, so an old one in the checkpoint must not cover a new command. First here,
// then in the outbox: a crash in between replays too much until the next checkpoint, never too
// little.
Result<> Replica::forgetNumbers(qint64 serverLastN)
{
    if (!m_current || m_current->lastN() <= serverLastN)
        return {};
    return m_current->setMeta(u"last_n"_s, QString::number(serverLastN));
}

} // namespace keydesk
