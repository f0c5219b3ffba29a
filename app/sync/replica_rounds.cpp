#include "sync/replica.h"

#include "sync/unit.h"

#include "base/fault.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcRounds, "keydesk.sync.rounds", QtInfoMsg)

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int verifyAtOnce = 1000;

} // namespace

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
    // Who holds nothing is sent everything.
    if (!m_building && m_ofOtherColumns)
        m_round.known.clear();
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
    if (auto follows = checkFollows(page, resets || m_building != nullptr); !follows)
        return follows.error();
    if (resets) {
        if (auto done = startBuilding(page); !done)
            return done.error();
    }
    followRound(page);
    Result<> done;
    if (m_building) {
        done = takeBuildingPage(page, outcome, now);
    } else {
        done = page.done ? checkpoint(page, outcome, now) : stage(page);
    }
    if (!done) {
        abandonRound();
        return done.error();
    }
    return outcome;
}

// What a server says of another database than the one this replica is of, or of an earlier state of
// it, is not taken: within an epoch the picture never goes back (sync.md, G6).
Result<> Replica::checkFollows(const Page &page, bool loads) const
{
    if (!loads && !m_current)
        return Error("protocol.malformed"_reason, {u"a page without a first load"_s});
    if (!loads && page.epoch != m_current->epoch())
        return Error("protocol.malformed"_reason, {u"a page of another epoch"_s});
    const bool goesOn = m_current && page.epoch == m_current->epoch();
    if (goesOn && page.done && page.head < m_current->cursor())
        return Error("protocol.malformed"_reason, {u"a page from before the last one"_s});
    return {};
}

Result<> Replica::stage(const Page &page)
{
    Unit unit(m_current->database());
    if (!unit.begun())
        return unit.begun();
    if (m_round.stagedPages == 0) {
        if (auto done = m_current->forgetStaged(); !done)
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
            qCDebug(lcRounds) << "sum of" << server.bucket.section(u':', 0, 0) << "is" << here.count
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
    if (done)
        done = m_round.stagedPages > 0 ? database.execute("DELETE FROM stage_page")
                                       : m_current->forgetStaged();
    if (done)
        done = replayAll(page.lastN, now, changes);
    if (done && m_current->hasRemains())
        done = m_current->noteRemains();
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
    if (auto dropped = m_outbox.coveredThrough(page.lastN, now, whatShows()); !dropped)
        return dropped;
    scrubRemains();
    emitChanged(changes);
    return {};
}

// What is gone from the picture goes from the bytes of both files (sync.md, G9).
void Replica::scrubRemains()
{
    Result<> scrubbed;
    if (m_current && m_current->hasRemains()) {
        scrubbed = m_outbox.blankShown(whatShows());
        if (scrubbed)
            scrubbed = m_current->scrubRemoved();
    }
    if (scrubbed && m_outbox.hasRemains())
        scrubbed = m_outbox.scrubBytes();
    if (!scrubbed)
        qCWarning(lcRounds) << "removed rows stay in the file for now:" << scrubbed.error().detail;
}

// What this desktop made itself and the server has not sent yet is shown as well.
bool Replica::shows(const QString &table, const RecordId &record, const QString &name) const
{
    if (!m_current)
        return true; // judged with the first picture
    const EntityInfo *entity = m_catalog.find(table);
    const FieldInfo *field = entity ? entity->field(name) : nullptr;
    if (!field)
        return false;
    const Profile profile = m_current->profileOf(table, record);
    if (profile == Profile::None)
        return m_current->store().find(*entity, record).has_value();
    return profile == Profile::Full
        || (!field->has(FieldFlag::Personal) && !field->has(FieldFlag::Confidential));
}

Outbox::Shows Replica::whatShows() const
{
    return [this](const QString &table, const RecordId &record, const QString &name) {
        return shows(table, record, name);
    };
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
    if (auto noted = m_building->noteColumns(); !noted)
        return noted;
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
    if (!page.done && !fault::planted(fault::CurrentEarly))
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
        if (done)
            done = m_building->setMeta(u"user"_s, m_user.text());
        if (done && m_currentNumber > 0) // whose picture may have shown more
            done = m_building->noteRemains();
        if (!done)
            return done;
        fault::yieldPoint("load: before commit");
        if (auto committed = unit.commit(); !committed)
            return committed;
    }
    fault::yieldPoint("load: finished, not current");
    // The outbox, which is durable, must not name a file that a power cut would leave half loaded.
    if (auto synced = m_building->database().truncateLog(); !synced)
        return synced;
    if (auto done = m_outbox.makeReplicaCurrent(m_buildingNumber); !done)
        return done;
    fault::yieldPoint("load: current, old file left");
    const int old = std::exchange(m_currentNumber, m_buildingNumber);
    m_current = std::move(m_building);
    m_buildingNumber = 0;
    m_reload.clear();
    m_ofOtherColumns = false;
    if (old > 0)
        m_shelf.remove(old);
    abandonRound();
    verifyEverything();
    if (auto done = m_outbox.coveredThrough(page.lastN, now, whatShows()); !done)
        return done;
    if (auto done = rebuildPreview(now); !done)
        return done;
    scrubRemains();
    emitChanged(ChangeSet::everything());
    return {};
}

} // namespace keydesk
