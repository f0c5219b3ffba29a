#include "support/desktop/main_job.h"

#include "domain/entities.h"
#include "domain/note.h"
#include "domain/opportunity.h"
#include "domain/routing_decision.h"
#include "domain/task.h"
#include "store/row_store.h"
#include "ui/widgets/keydesk_style.h"

#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

// The main job of the product: real server, real windows, keys only. Its steps are those that
// `./dev run` plays; the facts at the end are read from the master itself.
class TestMainJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void stepComesTrue_data();
    void stepComesTrue();
    void bothDesktopsShowTheSame_data();
    void bothDesktopsShowTheSame();
    void masterHoldsTheClaimAndTheWork();
    void masterHoldsNothingTwice();
    void masterKeepsTheDecision();
    void nobodyIsLeftWithAnOpenQueue();

private:
    template <class T>
    std::vector<T> inMaster(const QByteArray &where, const std::vector<Cell> &values);

    const Catalog m_catalog = makeCatalog();
    Language m_language;
    QTemporaryDir m_desktops;
    std::unique_ptr<DemoOffice> m_office;
    std::unique_ptr<MainJob> m_job;
};

template <class T>
std::vector<T> TestMainJob::inMaster(const QByteArray &where, const std::vector<Cell> &values)
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    auto master = Database::open(m_office->server().data() + u"/keydesk.db"_s, options);
    std::vector<T> records;
    if (!master)
        return records;
    RowStore store(**master, m_catalog);
    const EntityInfo &entity = m_catalog.entity(QString::fromLatin1(Schema<T>::table));
    for (const Row &row : store.select(entity, where + " AND deleted_at IS NULL", values))
        records.push_back(fromRow<T>(row));
    return records;
}

void TestMainJob::initTestCase()
{
    KeydeskStyle::install();
    m_language.install(QLocale::Chinese);
    m_office = std::make_unique<DemoOffice>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    const QString problem = m_office->open();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    m_job = std::make_unique<MainJob>(*m_office, m_language, m_desktops.path());
}

void TestMainJob::stepComesTrue_data()
{
    QTest::addColumn<int>("step");
    int number = 0;
    for (const MainJob::Step &step : MainJob::steps())
        QTest::newRow(step.name) << number++;
}

void TestMainJob::stepComesTrue()
{
    QFETCH(int, step);
    const QString problem = m_job->play(MainJob::steps()[std::size_t(step)]);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestMainJob::bothDesktopsShowTheSame_data()
{
    QTest::addColumn<QString>("field");
    for (const char *field : {"custody_state", "owner_id", "sales_stage", "first_contact_at",
                              "need_kinds", "status_text", "title"})
        QTest::newRow(field) << QString::fromLatin1(field);
}

void TestMainJob::bothDesktopsShowTheSame()
{
    QFETCH(QString, field);
    const Cell managers = m_job->factSeenBy(m_job->manager(), field);
    QVERIFY(!managers.isEmpty());
    QVERIFY(m_job->factSeenBy(m_job->agent(), field) == managers);
    QVERIFY(m_job->factSeenBy(m_job->dispatcher(), field) == managers);
}

void TestMainJob::masterHoldsTheClaimAndTheWork()
{
    const auto found = inMaster<Opportunity>("title = ?", {Cell(m_job->title())});
    QCOMPARE(found.size(), std::size_t(1));
    const Opportunity &opportunity = found.front();
    QCOMPARE(opportunity.id.text(), m_job->opportunity());
    QCOMPARE(keyOf(opportunity.custodyState), u"claimed"_s);
    QCOMPARE(opportunity.ownerId.text(), m_job->manager().workbench().me().id.text());
    QCOMPARE(opportunity.capturedBy.text(), m_job->agent().workbench().me().id.text());
    QCOMPARE(keyOf(opportunity.salesStage), u"need"_s);
    QVERIFY(!opportunity.firstContactAt.isNull());
    QVERIFY(!opportunity.needKinds.keys.isEmpty());
}

void TestMainJob::masterHoldsNothingTwice()
{
    const std::vector<Cell> here{Cell(m_job->opportunity())};
    const auto notes = inMaster<Note>("subject_id = ? AND body LIKE '%勘察机房%'", here);
    QCOMPARE(notes.size(), std::size_t(1));
    QCOMPARE(notes.front().authorId.text(), m_job->manager().workbench().me().id.text());
    const auto tasks = inMaster<Task>("subject_id = ? AND title = '周四上门勘察'", here);
    QCOMPARE(tasks.size(), std::size_t(1));
    QCOMPARE(keyOf(tasks.front().state), u"open"_s);
    const auto contacts = inMaster<Task>("subject_id = ? AND kind = 'first_contact'", here);
    QCOMPARE(contacts.size(), std::size_t(1));
    QCOMPARE(keyOf(contacts.front().state), u"done"_s);
}

void TestMainJob::masterKeepsTheDecision()
{
    const auto decisions = inMaster<RoutingDecision>("opportunity_id = ?",
                                                     {Cell(m_job->opportunity())});
    QCOMPARE(decisions.size(), std::size_t(1));
    QCOMPARE(decisions.front().chosenStaffId.text(), m_job->manager().workbench().me().id.text());
    QVERIFY(!decisions.front().ruleName.isEmpty());
}

void TestMainJob::nobodyIsLeftWithAnOpenQueue()
{
    for (DesktopDriver *person : {&m_job->agent(), &m_job->manager(), &m_job->dispatcher()}) {
        person->untilSettled();
        QVERIFY2(person->problem().isEmpty(), qPrintable(person->problem()));
        QVERIFY(person->workbench().queue().empty());
        QVERIFY(person->workbench().rejected().empty());
    }
}

QTEST_MAIN(TestMainJob)
#include "tst_main_job.moc"
