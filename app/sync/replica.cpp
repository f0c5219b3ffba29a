#include "sync/replica.h"

#include "sync/preimage_keeper.h"

#include "base/fault.h"
#include "commands/rights.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcReplica, "keydesk.sync.replica", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int verifyAtOnce = 1000;

// A database transaction that rolls back unless committed.
class Unit
{
public:
    explicit Unit(Database &database)
        : m_database(database)
        , m_begun(database.execute("BEGIN IMMEDIATE"))
    {
    }
    ~Unit()
    {
        if (m_database.inTransaction())
            (void)m_database.execute("ROLLBACK");
    }
    const Result<> &begun() const { return m_begun; }
    Result<> commit() { return m_database.execute("COMMIT"); }

private:
    Database &m_database;
    Result<> m_begun;
};

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
        m_current = std::move(file);
        if (auto done = rebuildPreview(now); !done)
            return done;
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
    }
    abandonRound();
    return {};
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

void Replica::emitChanged(const ChangeSet &changes)
{
    if (changed && !changes.isEmpty())
        changed(changes);
}

// ---- Commands

Result<Actor> Replica::actor()
{
    const auto row = m_current->store().find(
        m_catalog.entity(QString::fromLatin1(Schema<Staff>::table)), m_user);
    if (!row)
        return Error("record.not_found"_reason, {}, m_user.text());
    Actor person;
    person.staff = fromRow<Staff>(*row);
    return person;
}

Result<> Replica::preview(const CommandCall &call, qint64 localNo, Instant now, ChangeSet &changes)
{
    auto command = m_registry.make(call);
    if (!command)
        return command.error();
    auto person = actor();
    if (!person)
        return person.error();
    Database &database = m_current->database();
    if (auto begun = database.execute("SAVEPOINT preview"); !begun)
        return begun;
    PreimageKeeper keeper(*m_current, localNo, call.type);
    Transaction tx(m_current->store(), keeper);
    CommandContext context(tx, *person, call.id, now, CommandContext::Place::Desktop);
    auto done = authorize(context, **command);
    if (done)
        done = (*command)->apply(context);
    if (!done) {
        (void)database.execute("ROLLBACK TO preview; RELEASE preview");
        return done;
    }
    changes.merge(tx.changes());
    return database.execute("RELEASE preview");
}

Result<Replica::RunOutcome> Replica::run(const CommandCall &call, Instant now)
{
    const CommandType *type = m_registry.find(call.type);
    if (!type)
        return Error("command.unknown"_reason, {call.type});
    RunOutcome outcome;
    outcome.offline = type->offline;
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
    if (auto committed = unit.commit(); !committed)
        return committed.error();
    outcome.localNo = *queued;
    emitChanged(changes);
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
    Query query = database.query(
        "SELECT tbl, id, body FROM preimage ORDER BY local_no DESC, tbl, id");
    while (query.next())
        images.push_back({query.text(0), query.text(1), query.bytes(2), query.isNull(2)});
    for (const Image &image : images) {
        const EntityInfo *entity = m_catalog.find(image.table);
        if (!entity)
            continue;
        changes.add(image.table, RecordId(image.id));
        const RecordId id(image.id);
        auto done = image.absent
            ? m_current->store().erase(*entity, id)
            : m_current->store().put(*entity, unpackRow(*entity, image.body),
                                     m_current->store().find(*entity, id));
        if (!done)
            return done;
    }
    return database.execute("DELETE FROM preimage; DELETE FROM pending; DELETE FROM doubtful");
}

Result<> Replica::replayAll(qint64 lastN, Instant now, ChangeSet &changes)
{
    for (const Outbox::Entry &entry : m_outbox.entries()) {
        if (entry.n > 0 && entry.n <= lastN)
            continue; // its effect is in the checkpoint
        const auto done = preview(entry.call, entry.localNo, now, changes);
        if (done)
            continue;
        if (done.error().code() == ErrorCode::Storage)
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

Result<> Replica::settleApplied(qint64 n, Instant now)
{
    if (auto done = m_outbox.settleApplied(n, now); !done)
        return done;
    fault::yieldPoint("applied: outbox written");
    // The checkpoint that holds it may already be here.
    return m_current && n <= m_current->lastN() ? m_outbox.coveredThrough(m_current->lastN(), now)
                                                : Result<>();
}

Result<> Replica::settleRejected(qint64 n, const QString &reason, const QStringList &args, Instant now)
{
    if (auto done = m_outbox.settleRejected(n, reason, args, now); !done)
        return done;
    fault::yieldPoint("rejected: outbox written");
    return m_current ? rebuildPreview(now) : Result<>();
}

Result<> Replica::adoptEpoch(qint64 serverLastN)
{
    abandonRound();
    return m_outbox.requeueAfter(serverLastN);
}

// ---- Pulling

void Replica::abandonRound()
{
    m_round = {};
    m_stagedPuts.clear();
    const ReplicaFile *file = m_building ? m_building.get() : m_current.get();
    if (!file)
        return;
    m_round.epoch = file->epoch();
    m_round.position = file->cursor();
    for (const KnownBucket &bucket : file->held())
        m_round.known[bucket.bucket] = bucket.profile;
    if (m_building) {
        m_round.position = m_building->meta(u"position"_s).toLongLong();
        m_round.current = {m_building->meta(u"bucket"_s), m_building->meta(u"profile"_s).toInt()};
        m_round.key = m_building->meta(u"key"_s);
    }
    for (const QString &bucket : m_reload)
        m_round.known.erase(bucket);
}

void Replica::verifyEverything()
{
    m_toVerify.clear();
    if (m_current) {
        for (const KnownBucket &bucket : m_current->held())
            m_toVerify.append(bucket.bucket);
    }
}

Pull Replica::nextPull() const
{
    Pull pull;
    pull.epoch = m_round.epoch;
    pull.position = m_round.position;
    for (const auto &[bucket, profile] : m_round.known)
        pull.known.push_back({bucket, profile});
    pull.current = m_round.current;
    pull.key = m_round.key;
    if (!m_building) {
        pull.verify = m_toVerify.mid(0, verifyAtOnce);
        return pull;
    }
    // A first load is checked as a whole before it becomes the picture.
    for (const auto &[bucket, profile] : m_round.known) {
        if (pull.verify.size() < verifyAtOnce)
            pull.verify.append(bucket);
    }
    return pull;
}

// The state of the round after a page: what it completed and dropped, and where it stands.
void Replica::followRound(const Page &page)
{
    std::map<QString, int> loading;
    if (!m_round.current.bucket.isEmpty())
        loading[m_round.current.bucket] = m_round.current.profile;
    (void)readPageItems(page.items, [&](const PageItem &item) -> Result<> {
        if (item.kind == PageItem::Reset)
            m_round.known.clear();
        else if (item.kind == PageItem::Drop)
            m_round.known.erase(item.bucket);
        else if (item.kind == PageItem::Begin)
            loading[item.bucket] = int(item.profile);
        else if (item.kind == PageItem::Complete)
            m_round.known[item.bucket] = loading[item.bucket];
        return {};
    });
    m_round.active = true;
    m_round.epoch = page.epoch;
    m_round.position = page.position;
    m_round.current = page.current;
    m_round.key = page.key;
}

Result<> Replica::applyItems(ReplicaFile &file, const QByteArray &items, ChangeSet &changes)
{
    return readPageItems(items, [&](const PageItem &item) -> Result<> {
        if (fault::planted(fault::PutDelFolded)) {
            const QString name = item.bucket + u'/' + item.id;
            if (item.kind == PageItem::Put)
                m_stagedPuts.insert(name);
            else if (item.kind == PageItem::Del && m_stagedPuts.erase(name) > 0)
                return {};
        }
        return file.apply(item, changes);
    });
}

Result<Replica::PageOutcome> Replica::takePage(const Page &page, Instant now)
{
    PageOutcome outcome;
    bool resets = false;
    if (auto read = readPageItems(page.items,
                                  [&](const PageItem &item) -> Result<> {
                                      resets = resets || item.kind == PageItem::Reset;
                                      return {};
                                  });
        !read)
        return read.error();
    if (resets) {
        if (auto done = startBuilding(page); !done)
            return done.error();
    }
    followRound(page);
    Result<> done;
    if (m_building) {
        done = takeBuildingPage(page, outcome, now);
    } else {
        if (!m_current)
            return Error("protocol.malformed"_reason, {u"a page without a first load"_s});
        done = page.done ? checkpoint(page, outcome, now) : stage(page);
    }
    if (!done) {
        abandonRound();
        return done.error();
    }
    return outcome;
}

Result<> Replica::stage(const Page &page)
{
    Unit unit(m_current->database());
    if (!unit.begun())
        return unit.begun();
    if (m_round.stagedPages == 0) {
        if (auto done = m_current->database().execute("DELETE FROM stage_page"); !done)
            return done;
    }
    auto done = m_current->database()
                    .query("INSERT INTO stage_page(k, items) VALUES(?,?)")
                    .bind(1, m_round.stagedPages)
                    .bind(2, page.items)
                    .run();
    if (done && fault::planted(fault::CursorEarly))
        done = m_current->setMeta(u"cursor"_s, QString::number(page.position));
    if (!done)
        return done;
    ++m_round.stagedPages;
    fault::yieldPoint("stage: before commit");
    return unit.commit();
}

QStringList Replica::mismatches(const ReplicaFile &file, const Page &page) const
{
    QStringList buckets;
    for (const BucketSum &server : page.sums) {
        const BucketSum here = file.sumOf(server.bucket);
        if (here.sum != server.sum || here.count != server.count) {
            qCDebug(lcReplica) << "sum of" << server.bucket.section(u':', 0, 0) << "is" << here.count
                               << "rows here," << server.count << "there";
            buckets.append(server.bucket);
        }
    }
    return buckets;
}

Result<> Replica::checkpoint(const Page &page, PageOutcome &outcome, Instant now)
{
    ChangeSet changes;
    Database &database = m_current->database();
    Unit unit(database);
    if (!unit.begun())
        return unit.begun();
    if (auto done = rewindAll(changes); !done)
        return done;
    for (int k = 0; k < m_round.stagedPages; ++k) {
        Query staged = database.query("SELECT items FROM stage_page WHERE k=?");
        staged.bind(1, k);
        if (!staged.next())
            return Error("storage.failed"_reason, {u"staged page"_s});
        if (auto done = applyItems(*m_current, staged.bytes(0), changes); !done)
            return done;
    }
    if (auto done = applyItems(*m_current, page.items, changes); !done)
        return done;
    outcome.mismatched = mismatches(*m_current, page);
    if (!outcome.mismatched.isEmpty()) {
        ++m_sumMismatches;
        for (const QString &bucket : std::as_const(outcome.mismatched))
            m_reload.insert(bucket);
        (void)database.execute("ROLLBACK");
        abandonRound();
        return {};
    }
    auto done = m_current->setMeta(u"cursor"_s, QString::number(page.head));
    if (done)
        done = m_current->setMeta(u"epoch"_s, page.epoch);
    if (done)
        done = m_current->setMeta(u"last_n"_s, QString::number(page.lastN));
    if (done && m_round.stagedPages > 0)
        done = database.execute("DELETE FROM stage_page");
    if (done)
        done = replayAll(page.lastN, now, changes);
    if (!done)
        return done;
    fault::yieldPoint("checkpoint: before commit");
    if (auto committed = unit.commit(); !committed)
        return committed;
    fault::yieldPoint("checkpoint: between replica and outbox");
    outcome.roundDone = true;
    m_reload.clear();
    m_toVerify = m_toVerify.mid(verifyAtOnce);
    abandonRound();
    if (auto dropped = m_outbox.coveredThrough(page.lastN, now); !dropped)
        return dropped;
    if (auto scrubbed = m_current->scrubRemoved(); !scrubbed)
        qCWarning(lcReplica) << "removed rows stay in the file for now:" << scrubbed.error().detail;
    emitChanged(changes);
    return {};
}

// ---- First load, reset and new epoch: a new file beside the old one

Result<> Replica::startBuilding(const Page &page)
{
    const int fresh = std::max(m_currentNumber, m_buildingNumber) + 1;
    m_building.reset();
    if (m_buildingNumber > 0)
        m_shelf.remove(m_buildingNumber);
    m_buildingNumber = fresh;
    m_shelf.remove(fresh);
    if (auto noted = m_outbox.setIdentity(u"building_replica"_s, QString::number(fresh)); !noted)
        return noted;
    fault::yieldPoint("building: number noted");
    auto database = m_shelf.open(fresh);
    if (!database)
        return database.error();
    m_building = std::make_unique<ReplicaFile>(std::move(*database), m_catalog);
    if (auto done = m_building->openForLoad(); !done)
        return done;
    m_round = {};
    return m_building->setMeta(u"rows_total"_s, QString::number(page.rowsTotal));
}

Result<> Replica::takeBuildingPage(const Page &page, PageOutcome &outcome, Instant now)
{
    ChangeSet ignored;
    {
        Unit unit(m_building->database());
        if (!unit.begun())
            return unit.begun();
        auto done = applyItems(*m_building, page.items, ignored);
        if (done)
            done = m_building->setMeta(u"epoch"_s, page.epoch);
        if (done)
            done = m_building->setMeta(u"position"_s, QString::number(page.position));
        if (done)
            done = m_building->setMeta(u"bucket"_s, page.current.bucket);
        if (done)
            done = m_building->setMeta(u"profile"_s, QString::number(page.current.profile));
        if (done)
            done = m_building->setMeta(u"key"_s, page.key);
        if (!done)
            return done;
        fault::yieldPoint("building: before commit");
        if (auto committed = unit.commit(); !committed)
            return committed;
    }
    fault::yieldPoint("building: page committed");
    if (!page.done)
        return {};
    outcome.mismatched = mismatches(*m_building, page);
    if (!outcome.mismatched.isEmpty()) {
        ++m_sumMismatches;
        for (const QString &bucket : std::as_const(outcome.mismatched))
            m_reload.insert(bucket);
        abandonRound();
        return {};
    }
    outcome.roundDone = true;
    return finishBuilding(page, now);
}

Result<> Replica::finishBuilding(const Page &page, Instant now)
{
    {
        Unit unit(m_building->database());
        if (!unit.begun())
            return unit.begun();
        auto done = m_building->finishLoad();
        if (done)
            done = m_building->setMeta(u"cursor"_s, QString::number(page.head));
        if (done)
            done = m_building->setMeta(u"last_n"_s, QString::number(page.lastN));
        if (!done)
            return done;
        fault::yieldPoint("load: before commit");
        if (auto committed = unit.commit(); !committed)
            return committed;
    }
    fault::yieldPoint("load: finished, not current");
    if (auto done = m_outbox.makeReplicaCurrent(m_buildingNumber); !done)
        return done;
    fault::yieldPoint("load: current, old file left");
    const int old = std::exchange(m_currentNumber, m_buildingNumber);
    m_current = std::move(m_building);
    m_buildingNumber = 0;
    m_reload.clear();
    if (old > 0)
        m_shelf.remove(old);
    abandonRound();
    verifyEverything();
    if (auto done = m_outbox.coveredThrough(page.lastN, now); !done)
        return done;
    if (auto done = rebuildPreview(now); !done)
        return done;
    emitChanged(ChangeSet::everything());
    return {};
}

} // namespace keydesk
