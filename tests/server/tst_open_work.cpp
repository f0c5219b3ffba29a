#include "dispatch/open_work.h"
#include "domain/account.h"
#include "domain/entities.h"
#include "domain/opportunity.h"
#include "domain/task.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

// What is open with a customer, remembered instead of counted for each command.
class TestOpenWork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatIsOpenIsCountedOnce();
    void whatIsRememberedIsWhatWouldBeCounted();

private:
    template <class T>
    void put(const T &record)
    {
        const EntityInfo &info = m_catalog.entity(QString::fromLatin1(Schema<T>::table));
        QVERIFY(m_store->put(info, toRow(record), m_store->find(info, record.id)));
    }
    Opportunity opportunityOf(const RecordId &account)
    {
        Opportunity opportunity;
        opportunity.id = RecordId::fromParts(3, 0, ++m_born);
        opportunity.title = u"专线"_s;
        opportunity.accountId = account;
        return opportunity;
    }

    const Catalog m_catalog = makeCatalog();
    std::shared_ptr<Database> m_database;
    std::unique_ptr<RowStore> m_store;
    const RecordId m_one = RecordId::fromParts(2, 0, 1);
    const RecordId m_other = RecordId::fromParts(2, 0, 2);
    quint64 m_born = 0;
};

void TestOpenWork::init()
{
    m_store.reset();
    m_database = Database::openInMemory();
    m_store = std::make_unique<RowStore>(*m_database, m_catalog);
    QVERIFY(m_store->migrate());
}

void TestOpenWork::whatIsOpenIsCountedOnce()
{
    OpenWorkCounts counts(*m_store);
    put(opportunityOf(m_one));
    QCOMPARE(counts.of(m_one).opportunities, 1);
    QVERIFY(m_database->execute("DELETE FROM opportunity")); // past the store
    QCOMPARE(counts.of(m_one).opportunities, 1);
    put(opportunityOf(m_one));
    QCOMPARE(counts.of(m_one).opportunities, 2);
    QCOMPARE(counts.of(m_other).opportunities, 0);
}

// Opened, closed, moved to another customer and removed in any order, some of it void.
void TestOpenWork::whatIsRememberedIsWhatWouldBeCounted()
{
    OpenWorkCounts counts(*m_store);
    QRandomGenerator random(20260302);
    std::vector<Opportunity> opportunities;
    std::vector<Task> tasks;
    for (int i = 0; i < 5; ++i) {
        opportunities.push_back(opportunityOf(m_one));
        Task task;
        task.id = RecordId::fromParts(4, 0, quint64(i));
        task.title = u"回访"_s;
        tasks.push_back(task);
    }
    const std::array<RecordId, 3> accounts{m_one, m_other, RecordId()};
    for (int round = 0; round < 300; ++round) {
        QVERIFY(m_database->execute("BEGIN; SAVEPOINT command"));
        Opportunity &opportunity = opportunities[random.bounded(5u)];
        Task &task = tasks[random.bounded(5u)];
        const auto before = std::pair(opportunity, task);
        opportunity.custodyState = CustodyState(
            random.bounded(quint32(std::size(EnumTable<CustodyState>::keys))));
        task.state = TaskState(random.bounded(3));
        opportunity.accountId = accounts[random.bounded(3u)];
        task.accountId = accounts[random.bounded(3u)];
        opportunity.deletedAt = {random.bounded(5) == 0 ? 1 : 0};
        task.deletedAt = {random.bounded(5) == 0 ? 1 : 0};
        put(opportunity);
        put(task);
        if (random.bounded(2) == 0) // remembered within the command, too
            QCOMPARE(counts.of(m_one), readOpenWork(*m_database, m_one));
        if (random.bounded(4) == 0) {
            QVERIFY(m_database->execute("ROLLBACK TO command"));
            m_store->rolledBack();
            std::tie(opportunity, task) = before;
        }
        QVERIFY(m_database->execute("COMMIT"));
        m_store->committed();
        for (const RecordId &account : {m_one, m_other})
            QCOMPARE(counts.of(account), readOpenWork(*m_database, account));
    }
}

QTEST_GUILESS_MAIN(TestOpenWork)
#include "tst_open_work.moc"
