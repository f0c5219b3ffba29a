#include "support/memory_shelf.h"
#include "support/sim/sim_commands.h"

#include "commands/edit_record.h"
#include "domain/account.h"
#include "domain/assignment.h"
#include "domain/contact.h"
#include "domain/entities.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

constexpr Instant noon{1'700'000'000'000};

RecordId me()
{
    return RecordId(u"me"_s);
}

RecordId customer()
{
    return RecordId(u"customer"_s);
}

Staff manager()
{
    Staff staff;
    staff.id = me();
    staff.code = u"1001"_s;
    staff.name = u"王芳"_s;
    staff.roles.keys = {keyOf(Role::Administrator), keyOf(Role::AccountManager)};
    return staff;
}

Account account(const QString &name, const QString &remarks = {})
{
    Account one;
    one.id = customer();
    one.name = name;
    one.remarks = remarks;
    one.ownerStaffId = me();
    one.rowVer = 5;
    return one;
}

// What makes him the one who may write about the customer.
Assignment care()
{
    Assignment assignment;
    assignment.id = RecordId(u"care"_s);
    assignment.accountId = customer();
    assignment.staffId = me();
    return assignment;
}

CommandCall edit(const QString &field, const QString &seen, const QString &wanted)
{
    EditRecord command;
    command.entity = u"account"_s;
    command.record = customer();
    command.patch = {{field, Cell(wanted)}};
    command.seen = {{field, seen.isEmpty() ? Cell() : Cell(seen)}};
    return callOf(command);
}

// Writes the pages a server would send.
class PageOf
{
public:
    explicit PageOf(const Catalog &catalog)
        : m_catalog(catalog)
    {
    }
    PageOf &reset()
    {
        m_items->reset();
        return *this;
    }
    PageOf &begin(const QString &bucket, Profile profile = Profile::Full)
    {
        m_items->begin(bucket, profile);
        return *this;
    }
    PageOf &complete(const QString &bucket)
    {
        m_items->complete(bucket);
        return *this;
    }
    PageOf &drop(const QString &bucket)
    {
        m_items->drop(bucket);
        return *this;
    }
    template <class T>
    PageOf &put(const QString &bucket, const T &record)
    {
        const QString table = QString::fromLatin1(Schema<T>::table);
        m_items->put(bucket, m_catalog.indexOf(table), toRow(record));
        return *this;
    }
    Page page(qint64 head, bool done = true, qint64 lastN = 0)
    {
        Page page;
        page.epoch = u"epoch"_s;
        page.items = m_items->finish();
        page.position = head;
        page.head = head;
        page.done = done;
        page.lastN = lastN;
        m_items = std::make_unique<PageItemWriter>();
        return page;
    }

private:
    const Catalog &m_catalog;
    std::unique_ptr<PageItemWriter> m_items = std::make_unique<PageItemWriter>();
};

} // namespace

class TestReplica : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void firstLoadBecomesThePictureWhenItIsComplete();
    void brokenFirstLoadResumesWhereItWas();
    void commandIsQueuedWithoutAPreviewWhileNothingIsReadable();
    void refusedCommandQueuesNothing();
    void commandIsQueuedOnceThoughItsPreviewCannotBeKept();
    void moreThanTheServerTakesIsRefusedBeforeItIsQueued();
    void ownChangeIsSeenUntilTheVerdictAndAfterwards();
    void serverValueComesUnderThePendingOne();
    void rejectedChangeIsRewoundAndTheLaterOneStays();
    void pageFromBeforeTheLastOneIsRefused();
    void pageOfAnotherEpochWithoutAFirstLoadIsRefused();
    void reopenedReplicaReplaysTheQueue();
    void anEmptyFileIsNoPicture();
    void whatTheDatabaseRefusesIsDoubtfulAndHoldsNothingUp();
    void withdrawnCommandLeavesNoTrace();
    void pendingRowsAreMarked();
    void fullBodyStandsAboveTheMaskedOne();
    void droppedFullGrantFallsBackToTheMaskedBody();
    void lastDropRemovesTheRow();
    void bytesThatAReaderHoldsLeaveAtALaterTurn();

private:
    void restart();
    void load(const Account &record, const QString &bucket = u"acct:customer"_s,
              Profile profile = Profile::Full);
    Replica::PageOutcome take(const Page &page);
    Account here() const;
    bool isHere() const;

    const Catalog m_catalog = makeCatalog();
    const CommandRegistry m_registry = makeCommandRegistry();
    std::unique_ptr<test::MemoryShelf> m_shelf;
    std::shared_ptr<Database> m_outboxFile;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<Replica> m_replica;
    ChangeSet m_changed;
};

void TestReplica::init()
{
    m_replica.reset();
    m_outbox.reset();
    m_shelf = std::make_unique<test::MemoryShelf>();
    m_outboxFile = Database::openInMemory();
    restart();
}

// A new process over the same disks.
void TestReplica::restart()
{
    m_replica.reset();
    m_outbox = std::make_unique<Outbox>(*m_outboxFile);
    QVERIFY(m_outbox->createTables());
    m_replica = std::make_unique<Replica>(*m_shelf, *m_outbox, m_catalog, m_registry);
    m_replica->changed = [this](const ChangeSet &changes) { m_changed.merge(changes); };
    QVERIFY(m_replica->open(me(), noon));
    m_changed = {};
}

Replica::PageOutcome TestReplica::take(const Page &page)
{
    auto taken = m_replica->takePage(page, noon);
    if (!taken)
        QTest::qFail(qPrintable(taken.error().key() + u' ' + taken.error().args.join(u' ')),
                     __FILE__, __LINE__);
    return taken ? *taken : Replica::PageOutcome();
}

void TestReplica::load(const Account &record, const QString &bucket, Profile profile)
{
    take(PageOf(m_catalog)
             .reset()
             .begin(u"ref"_s)
             .put(u"ref"_s, manager())
             .complete(u"ref"_s)
             .begin(bucket, profile)
             .put(bucket, record)
             .put(bucket, care())
             .complete(bucket)
             .page(10));
}

bool TestReplica::isHere() const
{
    return m_replica->current()
        ->store()
        .find(m_catalog.entity(u"account"_s), customer())
        .has_value();
}

Account TestReplica::here() const
{
    const auto row = m_replica->current()->store().find(m_catalog.entity(u"account"_s), customer());
    return row ? fromRow<Account>(*row) : Account();
}

void TestReplica::firstLoadBecomesThePictureWhenItIsComplete()
{
    PageOf pages(m_catalog);
    take(pages.reset().begin(u"ref"_s).put(u"ref"_s, manager()).complete(u"ref"_s).page(10, false));
    QVERIFY(!m_replica->isReadable());
    QVERIFY(m_replica->progress().loading);
    const auto outcome = take(pages.begin(u"acct:customer"_s)
                                  .put(u"acct:customer"_s, account(u"工商银行"_s))
                                  .complete(u"acct:customer"_s)
                                  .page(10));
    QVERIFY(outcome.roundDone);
    QVERIFY(m_replica->isReadable());
    QCOMPARE(here().name, u"工商银行"_s);
    QCOMPARE(m_replica->cursor(), 10);
    QVERIFY(m_changed.touches(u"account"_s));
}

void TestReplica::brokenFirstLoadResumesWhereItWas()
{
    PageOf pages(m_catalog);
    take(pages.reset().begin(u"ref"_s).put(u"ref"_s, manager()).complete(u"ref"_s).page(10, false));
    restart();
    const Pull next = m_replica->nextPull();
    QCOMPARE(next.epoch, u"epoch"_s);
    QCOMPARE(next.position, 10);
    QCOMPARE(next.known.size(), std::size_t(1));
    QCOMPARE(next.known.front().bucket, u"ref"_s);
    take(pages.begin(u"acct:customer"_s)
             .put(u"acct:customer"_s, account(u"工商银行"_s))
             .complete(u"acct:customer"_s)
             .page(10));
    QVERIFY(m_replica->isReadable());
    QVERIFY(m_replica->current()->store().find(m_catalog.entity(u"staff"_s), me()).has_value());
}

void TestReplica::commandIsQueuedWithoutAPreviewWhileNothingIsReadable()
{
    const auto outcome = m_replica->run(edit(u"remarks"_s, {}, u"typed before the load"_s), noon);
    QVERIFY(outcome);
    QVERIFY(!outcome->previewed);
    load(account(u"工商银行"_s));
    QCOMPARE(here().remarks, u"typed before the load"_s);
}

void TestReplica::refusedCommandQueuesNothing()
{
    load(account(u"工商银行"_s));
    const auto refused = m_replica->run(edit(u"value_class"_s, {}, u"a"_s), noon);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::Forbidden);
    QCOMPARE(m_outbox->pendingCount(), 0);
}

// A full disk as the replica's file meets it: the commit itself fails.
void TestReplica::commandIsQueuedOnceThoughItsPreviewCannotBeKept()
{
    load(account(u"工商银行"_s));
    Database &file = m_replica->current()->database();
    QVERIFY(file.execute("PRAGMA foreign_keys=ON; CREATE TABLE room(id INTEGER PRIMARY KEY);"
                         "CREATE TABLE use(room REFERENCES room DEFERRABLE INITIALLY DEFERRED);"
                         "CREATE TRIGGER full AFTER INSERT ON preimage BEGIN"
                         " INSERT INTO use VALUES(1); END"));
    const auto outcome = m_replica->run(edit(u"remarks"_s, {}, u"typed"_s), noon);
    QVERIFY(outcome);
    QVERIFY(!outcome->previewed);
    QCOMPARE(m_outbox->pendingCount(), 1);
    QCOMPARE(here().remarks, QString());
    QVERIFY(file.execute("DROP TRIGGER full"));
    take(PageOf(m_catalog).page(11));
    QCOMPARE(here().remarks, u"typed"_s);
}

void TestReplica::moreThanTheServerTakesIsRefusedBeforeItIsQueued()
{
    load(account(u"工商银行"_s));
    const QString longText(30'000, u'长');
    const auto refused = m_replica->run(edit(u"remarks"_s, {}, longText), noon);
    QVERIFY(!refused);
    QCOMPARE(refused.error().key(), u"command.too_large"_s);
    QCOMPARE(m_outbox->pendingCount(), 0);
}

void TestReplica::ownChangeIsSeenUntilTheVerdictAndAfterwards()
{
    load(account(u"工商银行"_s));
    QVERIFY(m_replica->run(edit(u"short_name"_s, {}, u"工行"_s), noon));
    QCOMPARE(here().shortName, u"工行"_s);
    const qint64 n = m_outbox->number({m_outbox->entries().front().localNo})->front();
    QVERIFY(m_replica->settleApplied({n}, noon));
    QCOMPARE(here().shortName, u"工行"_s);
    Account stored = account(u"工商银行"_s);
    stored.shortName = u"工行"_s;
    stored.rowVer = 11;
    take(PageOf(m_catalog).put(u"acct:customer"_s, stored).page(11, true, n));
    QCOMPARE(here().shortName, u"工行"_s);
    QVERIFY(m_outbox->entries().empty());
    QCOMPARE(m_replica->cursor(), 11);
}

void TestReplica::serverValueComesUnderThePendingOne()
{
    load(account(u"工商银行"_s));
    QVERIFY(m_replica->run(edit(u"short_name"_s, {}, u"工行"_s), noon));
    Account renamed = account(u"工商银行昆明分行"_s);
    renamed.rowVer = 11;
    take(PageOf(m_catalog).put(u"acct:customer"_s, renamed).page(11));
    QCOMPARE(here().name, u"工商银行昆明分行"_s);
    QCOMPARE(here().shortName, u"工行"_s);
}

void TestReplica::pageFromBeforeTheLastOneIsRefused()
{
    load(account(u"工商银行"_s));
    const qint64 cursor = m_replica->cursor();
    QVERIFY(cursor > 1);
    const auto taken = m_replica->takePage(PageOf(m_catalog).page(cursor - 1), noon);
    QVERIFY(!taken);
    QCOMPARE(taken.error().key(), u"protocol.malformed"_s);
    QVERIFY(!m_replica->takePage(PageOf(m_catalog).reset().page(cursor - 1), noon));
    QCOMPARE(m_replica->cursor(), cursor);
}

void TestReplica::pageOfAnotherEpochWithoutAFirstLoadIsRefused()
{
    load(account(u"工商银行"_s));
    Page page = PageOf(m_catalog).page(m_replica->cursor() + 1);
    page.epoch = u"another"_s;
    QVERIFY(!m_replica->takePage(page, noon));
    QCOMPARE(m_replica->epoch(), u"epoch"_s);
}

void TestReplica::rejectedChangeIsRewoundAndTheLaterOneStays()
{
    load(account(u"工商银行"_s));
    QVERIFY(m_replica->run(edit(u"short_name"_s, {}, u"refused"_s), noon));
    QVERIFY(m_replica->run(edit(u"remarks"_s, {}, u"typed later"_s), noon));
    const qint64 n = m_outbox->number({m_outbox->entries().front().localNo})->front();
    QVERIFY(m_replica->settleRejected(n, u"record.changed"_s, {u"short_name"_s}, noon));
    QCOMPARE(here().shortName, QString());
    QCOMPARE(here().remarks, u"typed later"_s);
    const auto kept = m_outbox->rejected();
    QCOMPARE(kept.size(), std::size_t(1));
    QCOMPARE(kept.front().call.arguments.sets.at(u"patch"_s).at(u"short_name"_s).text(),
             u"refused"_s);
}

void TestReplica::reopenedReplicaReplaysTheQueue()
{
    load(account(u"工商银行"_s));
    QVERIFY(m_replica->run(edit(u"remarks"_s, {}, u"first"_s), noon));
    QVERIFY(m_replica->run(edit(u"remarks"_s, u"first"_s, u"second"_s), noon));
    restart();
    QCOMPARE(here().remarks, u"second"_s);
    QCOMPARE(m_outbox->pendingCount(), 2);
}

void TestReplica::whatTheDatabaseRefusesIsDoubtfulAndHoldsNothingUp()
{
    load(account(u"工商银行"_s));
    const CommandRegistry broken({commandType<sim::SimBreak>(), commandType<EditRecord>()});
    QVERIFY(m_outbox->append({RecordId::create(), u"SimBreak"_s, 1, {}}, noon));
    m_replica = std::make_unique<Replica>(*m_shelf, *m_outbox, m_catalog, broken);
    QVERIFY(m_replica->open(me(), noon));
    QVERIFY(m_replica->run(edit(u"remarks"_s, {}, u"typed"_s), noon));
    QVERIFY(m_replica->adoptEpoch(0, noon));
    QCOMPARE(here().remarks, u"typed"_s);
    QCOMPARE(m_outbox->pendingCount(), 2);
}

// Deleted by hand, or never synced when the power failed.
void TestReplica::anEmptyFileIsNoPicture()
{
    load(account(u"工商银行"_s));
    m_shelf->remove(m_replica->currentNumber());
    restart();
    QVERIFY(!m_replica->isReadable());
    load(account(u"工商银行"_s));
    QVERIFY(isHere());
}

void TestReplica::withdrawnCommandLeavesNoTrace()
{
    load(account(u"工商银行"_s));
    const auto outcome = m_replica->run(edit(u"remarks"_s, {}, u"oops"_s), noon);
    QVERIFY(outcome);
    QVERIFY(m_replica->withdraw(outcome->localNo, noon));
    QVERIFY(toRow(here()) == toRow(account(u"工商银行"_s)));
    QCOMPARE(m_outbox->pendingCount(), 0);
}

void TestReplica::pendingRowsAreMarked()
{
    load(account(u"工商银行"_s));
    QVERIFY(m_replica->run(edit(u"remarks"_s, {}, u"typed"_s), noon));
    Query pending = m_replica->current()->database().query("SELECT tbl, id FROM pending");
    QVERIFY(pending.next());
    QCOMPARE(pending.text(0), u"account"_s);
    QCOMPARE(pending.text(1), customer().text());
    QVERIFY(m_changed.touches(u"account"_s, customer()));
}

void TestReplica::fullBodyStandsAboveTheMaskedOne()
{
    Account masked = account(u"工商银行"_s);
    masked.phone = u"0871****3456"_s;
    load(masked, u"area:KM"_s, Profile::Masked);
    Account full = account(u"工商银行"_s);
    full.phone = u"0871-63123456"_s;
    take(PageOf(m_catalog)
             .begin(u"acct:customer"_s)
             .put(u"acct:customer"_s, full)
             .complete(u"acct:customer"_s)
             .page(12));
    QCOMPARE(here().phone, full.phone);
    // A masked body that comes later does not cover the full one.
    take(PageOf(m_catalog).put(u"area:KM"_s, masked).page(13));
    QCOMPARE(here().phone, full.phone);
    QCOMPARE(m_replica->current()->profileOf(u"account"_s, customer()), Profile::Full);
}

void TestReplica::droppedFullGrantFallsBackToTheMaskedBody()
{
    fullBodyStandsAboveTheMaskedOne();
    take(PageOf(m_catalog).drop(u"acct:customer"_s).page(14));
    QCOMPARE(here().phone, u"0871****3456"_s);
    QCOMPARE(m_replica->current()->profileOf(u"account"_s, customer()), Profile::Masked);
    Query number = m_replica->current()->database().query("SELECT count(*) FROM phone_index");
    QVERIFY(number.next());
    QCOMPARE(number.integer(0), 0); // the number itself is not left behind
}

void TestReplica::lastDropRemovesTheRow()
{
    load(account(u"工商银行"_s));
    QVERIFY(m_replica->run(edit(u"remarks"_s, {}, u"typed"_s), noon));
    take(PageOf(m_catalog).drop(u"acct:customer"_s).page(11));
    QVERIFY(!isHere());
    QCOMPARE(m_outbox->pendingCount(), 1); // what was typed stays
    Query doubt = m_replica->current()->database().query("SELECT reason FROM doubtful");
    QVERIFY(doubt.next());
}

void TestReplica::bytesThatAReaderHoldsLeaveAtALaterTurn()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"outbox.db"_s);
    m_outboxFile = *Database::open(path);
    QVERIFY(m_outboxFile->execute("PRAGMA busy_timeout=10"));
    restart();
    load(account(u"工商银行"_s));
    QVERIFY(m_replica->run(edit(u"name"_s, u"工商银行"_s, u"typed"_s), noon));
    const qint64 n = m_outbox->number({m_outbox->entries().front().localNo})->front();
    DatabaseOptions readOnly;
    readOnly.access = DatabaseOptions::Access::ReadOnly;
    const auto reader = *Database::open(path, readOnly);
    {
        Query reads = reader->query("SELECT args FROM queue");
        QVERIFY(reads.next());
        QVERIFY(m_replica->settleRejected(n, u"record.not_found"_s, {}, noon));
        QCOMPARE(m_outbox->rejectedCount(), 1); // the verdict does not wait for the bytes
        QVERIFY(m_outbox->hasRemains());
    }
    QVERIFY(m_replica->catchUp(noon));
    QVERIFY(!m_outbox->hasRemains());
    QFile file(path);
    QVERIFY(file.open(QFile::ReadOnly));
    QVERIFY(!file.readAll().contains(u"工商银行"_s.toUtf8()));
}

QTEST_GUILESS_MAIN(TestReplica)
#include "tst_replica.moc"
