#include "domain/entities.h"
#include "support/delivery_queue.h"
#include "support/master_world.h"
#include "sync/page_builders.h"
#include "sync/writer.h"
#include "tool/master_file.h"

#include <QTemporaryDir>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// A writer over a database file with one hotline agent and one customer.
class Desk
{
public:
    explicit Desk(const Writer::Limits &limits = {})
        : catalog(makeCatalog())
        , registry(makeCommandRegistry())
        , path(home.filePath(u"keydesk.db"_s))
    {
        {
            const auto created = openMaster(path, catalog);
            Q_ASSERT(created);
        }
        Writer::Setting setting{path, catalog, registry, {}, clock, queue.delivery(),
                                {},   {},      limits};
        setting.committed = [this](const Authority::Committed &news) {
            ++commits;
            head = news.head;
        };
        writer = std::make_unique<Writer>(std::move(setting));
        const auto started = writer->start();
        Q_ASSERT(started);
        agent.id = RecordId::create();
        agent.code = agent.name = u"hot1"_s;
        agent.roles = {{keyOf(Role::HotlineAgent)}};
        account.id = RecordId::create();
        account.name = u"甲"_s;
        // A seat sees the customers of its local network.
        Area area;
        area.id = RecordId::create();
        area.code = area.name = u"km"_s;
        agent.areaId = account.areaId = area.id;
        const auto added = writer->performNow(
            [this, area](Authority &, Transaction &tx, AuditEntry &) {
                auto done = tx.insert(area);
                if (done)
                    done = tx.insert(agent);
                return done ? tx.insert(account) : done;
            });
        Q_ASSERT(added);
    }

    void submit(qint64 n)
    {
        writer->submit({u"pc"_s, agent.id},
                       MasterWorld::message(n,
                                            MasterWorld::capture(account.id, QString::number(n))),
                       [this](const CmdResult &result) { results.push_back(result); });
    }
    bool waitFor(std::size_t count)
    {
        return queue.runUntil([&] { return results.size() >= count; });
    }
    qint64 number(const QByteArray &sql) const
    {
        DatabaseOptions options;
        options.access = DatabaseOptions::Access::ReadOnly;
        const auto reader = Database::open(path, options);
        Query query = (*reader)->query(sql);
        return query.next() ? query.integer(0) : -1;
    }

    QTemporaryDir home;
    ManualClock clock;
    Catalog catalog;
    CommandRegistry registry;
    QString path;
    DeliveryQueue queue;
    std::unique_ptr<Writer> writer;
    Staff agent;
    Account account;
    std::vector<CmdResult> results;
    int commits = 0;
    qint64 head = 0;
};

} // namespace

class TestWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersComeInOrderAfterTheirCommit();
    void manyCommandsShareACommit();
    void failedDeedAnswersAndLeavesNothing();
    void whatCannotBeStoredHoldsUpNobodyElse();
    void fullQueueAnswersLater();
    void stoppingFinishesWhatWaits();
    void jobsAreNumberedCommandsOfTheirOwnDevice();
    void pageComesFromASnapshotBesideTheWriter();
};

void TestWriter::answersComeInOrderAfterTheirCommit()
{
    Desk desk;
    for (qint64 n = 1; n <= 20; ++n)
        desk.submit(n);
    QVERIFY(desk.waitFor(20));
    for (std::size_t i = 0; i < 20; ++i) {
        QCOMPARE(desk.results[i].n, qint64(i) + 1);
        QCOMPARE(desk.results[i].status, int(CmdResult::Applied));
    }
    QCOMPARE(desk.number("SELECT count(*) FROM opportunity"), 20);
    QVERIFY(desk.queue.runUntil([&] { return desk.head == desk.writer->head(); }));
}

void TestWriter::manyCommandsShareACommit()
{
    Writer::Limits limits;
    limits.groupTime = 10'000;
    Desk desk(limits);
    std::atomic_bool go = false;
    desk.writer->perform([&go](Authority &, Transaction &, AuditEntry &) -> Result<> {
        while (!go) // the others gather meanwhile
            std::this_thread::yield();
        return {};
    });
    for (qint64 n = 1; n <= 50; ++n)
        desk.submit(n);
    go = true;
    QVERIFY(desk.waitFor(50));
    QVERIFY2(desk.commits <= 4, qPrintable(QString::number(desk.commits)));
}

void TestWriter::failedDeedAnswersAndLeavesNothing()
{
    Desk desk;
    const auto done = desk.writer->performNow(
        [&](Authority &, Transaction &tx, AuditEntry &) -> Result<> {
            Account account;
            account.id = RecordId::create();
            account.name = u"乙"_s;
            if (auto inserted = tx.insert(account); !inserted)
                return inserted;
            return Error("enrol.code_invalid"_reason);
        });
    QVERIFY(!done);
    QCOMPARE(done.error().key(), u"enrol.code_invalid"_s);
    QCOMPARE(desk.number("SELECT count(*) FROM account"), 1);
}

void TestWriter::whatCannotBeStoredHoldsUpNobodyElse()
{
    Desk desk;
    desk.submit(1);
    std::optional<Result<>> spoilt;
    desk.writer->perform(
        [](Authority &authority, Transaction &, AuditEntry &) {
            return authority.store().database().execute(
                "ROLLBACK"); // what SQLite does when it is out of room
        },
        [&](const Result<> &how) { spoilt = how; });
    desk.submit(2);
    QVERIFY(desk.waitFor(2));
    QVERIFY(desk.queue.runUntil([&] { return spoilt.has_value(); }));
    QVERIFY(!*spoilt);
    QCOMPARE(desk.results[0].status, int(CmdResult::Applied));
    QCOMPARE(desk.results[1].status, int(CmdResult::Applied));
    QCOMPARE(desk.number("SELECT count(*) FROM opportunity"), 2);
}

void TestWriter::fullQueueAnswersLater()
{
    Writer::Limits limits;
    limits.waiting = 4;
    Desk desk(limits);
    std::atomic_bool go = false;
    std::atomic_bool running = false;
    desk.writer->perform([&](Authority &, Transaction &, AuditEntry &) -> Result<> {
        running = true;
        while (!go)
            std::this_thread::yield();
        return {};
    });
    while (!running)
        std::this_thread::yield();
    for (qint64 n = 1; n <= 6; ++n)
        desk.submit(n);
    QVERIFY(desk.waitFor(2)); // those that found no room
    QCOMPARE(desk.results[0].status, int(CmdResult::RetryLater));
    go = true;
    QVERIFY(desk.waitFor(6));
    QCOMPARE(desk.number("SELECT count(*) FROM opportunity"), 4);
}

void TestWriter::stoppingFinishesWhatWaits()
{
    Desk desk;
    for (qint64 n = 1; n <= 30; ++n)
        desk.submit(n);
    desk.writer->stop();
    QCOMPARE(desk.number("SELECT count(*) FROM opportunity"), 30);
    desk.submit(31);
    QVERIFY(desk.waitFor(31));
    QCOMPARE(desk.results.back().status, int(CmdResult::RetryLater));
    QVERIFY(!desk.writer->performNow(
        [](Authority &, Transaction &, AuditEntry &) { return Result<>(); }));
}

void TestWriter::jobsAreNumberedCommandsOfTheirOwnDevice()
{
    Desk desk;
    const CommandCall call = MasterWorld::edit(u"account"_s, desk.account.id,
                                               {{u"name"_s, u"乙"_s}});
    const auto round = [call](RowStore &, Instant) { return std::vector{call}; };
    desk.writer->runJobs(u"job:test"_s, round);
    desk.writer->runJobs(u"job:test"_s, round); // comes late once more: no second effect
    QVERIFY(desk.writer->performNow(
        [](Authority &, Transaction &, AuditEntry &) { return Result<>(); }));
    QCOMPARE(desk.number("SELECT last_n FROM device WHERE id='job:test'"), 1);
    QCOMPARE(desk.number("SELECT count(*) FROM account WHERE name='乙'"), 1);
    QCOMPARE(desk.number("SELECT count(*) FROM change_detail WHERE field='name'"), 1);
}

void TestWriter::pageComesFromASnapshotBesideTheWriter()
{
    Desk desk;
    PageBuilders builders(desk.path, desk.catalog, desk.queue.delivery(), 2);
    const auto projection = std::make_shared<const Projection>(desk.catalog,
                                                               Columns{{{u"staff"_s,
                                                                         {u"id"_s, u"code"_s}}}});
    std::optional<Result<Page>> page;
    Pull request;
    builders.pull(desk.agent.id.text(), u"pc"_s, projection, request,
                  [&](const Result<Page> &answer) { page = answer; });
    std::optional<OnlineReply> reply;
    OnlineQuery query;
    query.request = 7;
    query.entity = u"staff"_s;
    builders.query(desk.agent.id.text(), projection, query,
                   [&](const OnlineReply &answer) { reply = answer; });
    QVERIFY(desk.queue.runUntil([&] { return page && reply; }));
    QVERIFY(*page);
    QVERIFY((*page)->done);
    QCOMPARE((*page)->head, desk.writer->head());
    QCOMPARE(reply->request, 7);
    QCOMPARE(reply->rows.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestWriter)
#include "tst_writer.moc"
