#include "support/memory_shelf.h"
#include "support/sim/program.h"
#include "support/sim/sim_commands.h"

#include "domain/opportunity.h"

#include <QTest>

using namespace keydesk;
using namespace keydesk::sim;
using namespace Qt::StringLiterals;

namespace {

constexpr Instant noon{1'700'000'000'000};

Staff seller()
{
    Staff staff;
    staff.id = RecordId(u"me"_s);
    staff.code = staff.name = u"1001"_s;
    staff.roles.keys = {keyOf(Role::AccountManager)};
    return staff;
}

Opportunity opportunity(const QString &id)
{
    Opportunity one;
    one.id = RecordId(id);
    one.title = id;
    return one;
}

// The pages of a server, in the columns of the program that asks.
class PagesFor
{
public:
    explicit PagesFor(const Program &program)
        : m_catalog(program.catalog)
    {
        m_items.reset();
        m_items.begin(u"acct:customer"_s, Profile::Full);
    }
    PagesFor &put(const QString &table, const Row &row)
    {
        m_items.put(u"acct:customer"_s, m_catalog.indexOf(table), row);
        return *this;
    }
    template <class T>
    PagesFor &put(const T &record)
    {
        return put(QString::fromLatin1(Schema<T>::table), toRow(record));
    }
    PagesFor &putVisit(const FieldValues &values)
    {
        const EntityInfo &entity = m_catalog.entity(u"sim_visit"_s);
        Row row = entity.blank();
        row[common_column::Id] = u"visit"_s;
        row[common_column::RowVer] = Cell(qint64(5));
        for (const auto &[field, value] : values)
            row[std::size_t(entity.indexOf(field))] = value;
        return put(entity.name(), row);
    }
    Page page(bool done = true)
    {
        Page page;
        page.epoch = u"epoch"_s;
        if (done)
            m_items.complete(u"acct:customer"_s);
        else
            page.current = {u"acct:customer"_s, int(Profile::Full)};
        page.items = m_items.finish();
        page.position = page.head = 7;
        page.done = done;
        return page;
    }

private:
    const Catalog &m_catalog;
    PageItemWriter m_items;
};

} // namespace

// A desktop whose program is updated over what an older one has left there (T36).
class TestVersionSkew : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sameProgramGoesOnWhereItWas();
    void laterProgramLoadsItsPictureAnewAndReadsTheOldOneMeanwhile();
    void laterProgramBeginsAHalfLoadedPictureAnew();
    void queueOfAnOlderProgramIsStillPreviewed();
    void commandOfALaterProgramIsDoubtfulAndKept();
    void queueOfALaterFormatIsRefusedAndLeftAlone();

private:
    void restartAs(const Program &program);
    Cell cell(const QString &table, const QString &id, const QString &column) const;

    const Program m_programs[3]{Program(1), Program(2), Program(3)};
    std::unique_ptr<test::MemoryShelf> m_shelf;
    std::shared_ptr<Database> m_outboxFile;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<Replica> m_replica;
};

void TestVersionSkew::init()
{
    m_replica.reset();
    m_outbox.reset();
    m_shelf = std::make_unique<test::MemoryShelf>();
    m_outboxFile = Database::openInMemory();
}

void TestVersionSkew::restartAs(const Program &program)
{
    m_replica.reset();
    m_outbox = std::make_unique<Outbox>(*m_outboxFile);
    QVERIFY(m_outbox->createTables());
    m_replica = std::make_unique<Replica>(*m_shelf, *m_outbox, program.catalog, program.registry);
    QVERIFY(m_replica->open(seller().id, noon));
}

Cell TestVersionSkew::cell(const QString &table, const QString &id, const QString &column) const
{
    ReplicaFile &file = *m_replica->current();
    const EntityInfo &entity = file.catalog().entity(table);
    const auto row = file.store().find(entity, RecordId(id));
    return row ? entity.cell(*row, column) : Cell();
}

void TestVersionSkew::sameProgramGoesOnWhereItWas()
{
    restartAs(m_programs[1]);
    QVERIFY(m_replica->takePage(PagesFor(m_programs[1]).putVisit({}).page(), noon));
    restartAs(m_programs[1]);
    QCOMPARE(m_replica->nextPull().known.size(), std::size_t(1));
    QCOMPARE(m_replica->nextPull().position, 7);
}

void TestVersionSkew::laterProgramLoadsItsPictureAnewAndReadsTheOldOneMeanwhile()
{
    restartAs(m_programs[1]);
    QVERIFY(
        m_replica->takePage(PagesFor(m_programs[1]).putVisit({{u"subject"_s, u"拜访"_s}}).page(),
                            noon));
    restartAs(m_programs[2]);
    QVERIFY(m_replica->isReadable());
    QCOMPARE(cell(u"sim_visit"_s, u"visit"_s, u"subject"_s).text(), u"拜访"_s);
    QVERIFY(cell(u"sim_visit"_s, u"visit"_s, u"rating"_s).isNull());
    QVERIFY(m_replica->nextPull().known.empty());
    QVERIFY(m_replica->takePage(PagesFor(m_programs[2])
                                    .putVisit({{u"subject"_s, u"拜访"_s}, {u"rating"_s, u"好"_s}})
                                    .page(),
                                noon));
    QCOMPARE(cell(u"sim_visit"_s, u"visit"_s, u"rating"_s).text(), u"好"_s);
    QCOMPARE(m_replica->nextPull().known.size(), std::size_t(1));
    QCOMPARE(m_replica->sumMismatches(), 0);
}

void TestVersionSkew::laterProgramBeginsAHalfLoadedPictureAnew()
{
    restartAs(m_programs[1]);
    QVERIFY(m_replica->takePage(PagesFor(m_programs[1]).putVisit({}).page(false), noon));
    restartAs(m_programs[1]);
    QCOMPARE(m_replica->nextPull().current.bucket, u"acct:customer"_s);
    restartAs(m_programs[2]);
    QVERIFY(m_replica->nextPull().current.bucket.isEmpty());
    QVERIFY(m_replica->nextPull().known.empty());
    QVERIFY(m_replica->takePage(PagesFor(m_programs[2]).putVisit({{u"rating"_s, u"好"_s}}).page(),
                                noon));
    QCOMPARE(cell(u"sim_visit"_s, u"visit"_s, u"rating"_s).text(), u"好"_s);
}

void TestVersionSkew::queueOfAnOlderProgramIsStillPreviewed()
{
    restartAs(m_programs[0]);
    QVERIFY(m_replica->takePage(PagesFor(m_programs[0])
                                    .put(seller())
                                    .put(opportunity(u"a"_s))
                                    .put(opportunity(u"b"_s))
                                    .page(),
                                noon));
    SimPair pair;
    pair.first = RecordId(u"a"_s);
    pair.second = RecordId(u"b"_s);
    const CommandCall call = callOf(pair);
    QCOMPARE(call.version, 1);
    QVERIFY(m_replica->run(call, noon));
    restartAs(m_programs[1]);
    QVERIFY(cell(u"opportunity"_s, u"b"_s, u"need_summary"_s).text().contains(call.id.text()));
    // It goes out as it was queued: the server knows that version too.
    QCOMPARE(m_outbox->entries().front().call.version, 1);
}

void TestVersionSkew::commandOfALaterProgramIsDoubtfulAndKept()
{
    restartAs(m_programs[1]);
    LaterPair pair;
    pair.first = RecordId(u"a"_s);
    pair.second = RecordId(u"b"_s);
    QVERIFY(m_replica->run(callOf(pair), noon));
    restartAs(m_programs[0]);
    QVERIFY(m_replica->takePage(PagesFor(m_programs[0])
                                    .put(seller())
                                    .put(opportunity(u"a"_s))
                                    .put(opportunity(u"b"_s))
                                    .page(),
                                noon));
    QVERIFY(cell(u"opportunity"_s, u"b"_s, u"need_summary"_s).isEmpty());
    QCOMPARE(m_outbox->pendingCount(), 1);
    QCOMPARE(m_outbox->entries().front().call.version, 2);
}

void TestVersionSkew::queueOfALaterFormatIsRefusedAndLeftAlone()
{
    restartAs(m_programs[0]);
    QVERIFY(m_outbox->append(callOf(SimPair()), noon));
    m_replica.reset();
    QVERIFY(m_outboxFile->execute("PRAGMA user_version=2"));
    const QByteArray before = m_outboxFile->image();
    const auto refused = Outbox(*m_outboxFile).createTables();
    QVERIFY(!refused);
    QCOMPARE(refused.error().key(), u"storage.too_new"_s);
    QCOMPARE(m_outboxFile->image(), before);
}

QTEST_GUILESS_MAIN(TestVersionSkew)
#include "tst_version_skew.moc"
