#include "sync/outbox.h"
#include "sync/outbox_salvage.h"

#include <QTemporaryDir>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

constexpr Instant noon{1'700'000'000'000};

CommandCall call(const QString &word)
{
    static quint64 count = 0;
    ++count;
    CommandCall one;
    one.id = RecordId::fromParts(noon.ms + qint64(count), 7, count);
    one.type = u"EditRecord"_s;
    one.arguments.values[u"entity"_s] = word;
    return one;
}

// A command on the record that another is to make.
CommandCall callOn(const RecordId &maker, const QString &word)
{
    CommandCall one = call(word);
    one.arguments.values[u"record"_s] = RecordId::derive(maker, 0).text();
    return one;
}

QString recordOf(const CommandCall &one)
{
    return one.arguments.values.at(u"record"_s).text();
}

QStringList words(const std::vector<Outbox::Entry> &entries)
{
    QStringList all;
    for (const Outbox::Entry &entry : entries)
        all.append(entry.call.arguments.values.at(u"entity"_s).text());
    return all;
}

} // namespace

class TestOutbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void whatIsQueuedSurvivesTheProgram();
    void numbersAreGivenOnceAndInOrder();
    void unsentCommandLeavesNoHole();
    void sentCommandCannotBeWithdrawn();
    void appliedCommandStaysUntilACheckpointCoversIt();
    void rejectedCommandKeepsItsTextUntilDismissed();
    void whatCannotBeReadStaysVisible();
    void answeredCommandsAreKeptTwoWeeks();
    void restoredServerGetsTheAnsweredOnesAgainInOrder();
    void reofferedCommandKnowsWhenItWasAccepted();
    void newDeviceOffersEverythingAgainUnderTheSameIds();
    void whoLostTheRecordKeepsHisOwnWordsOnly();
    void numbersGoOnAfterTheQueueWasEmpty();
    void retriedCommandTakesTheWaitingOnesOfItsRecordAlong();
    void waitingCommandOfAnotherRecordKeepsItsPlace();
    void sentDependantFollowsTheRetriedCommandWhenItIsRefused();
    void whatDependsOnADependantFollowsToo();
    void recordOfARetriedRetryIsFollowedToTheLast();
    void makerRefusedTwiceStillGoesBeforeWhatSpeaksOfIt();
    void settledFieldsOfTheWholeCaseAreSent();
    void emptyDraftIsNoDraft();
    void salvagedFileGivesNoNumberTwice();

private:
    void reopen();
    /// Queues and sends the command, and the server refuses it.
    qint64 refuse(const CommandCall &one);
    void retry(const Outbox::Chosen &chosen);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<Outbox> m_outbox;
};

void TestOutbox::init()
{
    m_outbox.reset();
    m_database.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    reopen();
}

void TestOutbox::reopen()
{
    m_outbox.reset();
    m_database.reset();
    auto opened = Database::open(m_directory->filePath(u"outbox.db"_s));
    QVERIFY(opened);
    m_database = std::move(*opened);
    m_outbox = std::make_unique<Outbox>(*m_database);
    QVERIFY(m_outbox->createTables());
}

// Whatever a test did to the queue, how much waits was counted along.
void TestOutbox::cleanup()
{
    Query counted = m_database->query("SELECT count(*) FROM queue WHERE applied=0");
    if (counted.next())
        QCOMPARE(m_outbox->pendingCount(), counted.integer(0));
}

void TestOutbox::whatIsQueuedSurvivesTheProgram()
{
    const CommandCall first = call(u"a"_s);
    QVERIFY(m_outbox->append(first, noon));
    QVERIFY(m_outbox->append(call(u"b"_s), noon));
    reopen();
    const auto entries = m_outbox->entries();
    QCOMPARE(words(entries), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(entries.front().call.id, first.id);
    QVERIFY(entries.front().call.arguments == first.arguments);
    QCOMPARE(entries.front().created.ms, noon.ms);
}

void TestOutbox::numbersAreGivenOnceAndInOrder()
{
    const qint64 a = *m_outbox->append(call(u"a"_s), noon);
    const qint64 b = *m_outbox->append(call(u"b"_s), noon);
    QCOMPARE(m_outbox->number({a})->front(), 1);
    QCOMPARE(m_outbox->number({b})->front(), 2);
    reopen();
    QCOMPARE(m_outbox->number({a})->front(), 1);
}

void TestOutbox::unsentCommandLeavesNoHole()
{
    const qint64 a = *m_outbox->append(call(u"a"_s), noon);
    const qint64 b = *m_outbox->append(call(u"b"_s), noon);
    QVERIFY(m_outbox->withdraw(a));
    QCOMPARE(m_outbox->number({b})->front(), 1);
}

void TestOutbox::sentCommandCannotBeWithdrawn()
{
    const qint64 a = *m_outbox->append(call(u"a"_s), noon);
    QVERIFY(m_outbox->number({a}));
    const auto withdrawn = m_outbox->withdraw(a);
    QVERIFY(!withdrawn);
    QCOMPARE(withdrawn.error().key(), u"record.not_found"_s);
    QCOMPARE(m_outbox->pendingCount(), 1);
}

void TestOutbox::appliedCommandStaysUntilACheckpointCoversIt()
{
    const qint64 a = *m_outbox->append(call(u"a"_s), noon);
    const qint64 n = m_outbox->number({a})->front();
    QVERIFY(m_outbox->settleApplied({n}, noon));
    QCOMPARE(m_outbox->pendingCount(), 0);
    QCOMPARE(m_outbox->entries().size(), std::size_t(1)); // still replayed: no checkpoint has it
    QCOMPARE(m_outbox->lastAckedN(), n);
    QVERIFY(m_outbox->coveredThrough(n - 1, noon));
    QCOMPARE(m_outbox->entries().size(), std::size_t(1));
    QVERIFY(m_outbox->coveredThrough(n, noon));
    QVERIFY(m_outbox->entries().empty());
}

void TestOutbox::rejectedCommandKeepsItsTextUntilDismissed()
{
    const qint64 a = *m_outbox->append(call(u"typed text"_s), noon);
    QVERIFY(m_outbox->settleRejected(m_outbox->number({a})->front(), u"record.changed"_s,
                                     {u"name"_s, u"note"_s}, noon));
    reopen();
    QVERIFY(m_outbox->entries().empty());
    const auto kept = m_outbox->rejected();
    QCOMPARE(kept.size(), std::size_t(1));
    QCOMPARE(kept.front().call.arguments.values.at(u"entity"_s).text(), u"typed text"_s);
    QCOMPARE(kept.front().reason, u"record.changed"_s);
    QCOMPARE(kept.front().args, (QStringList{u"name"_s, u"note"_s}));
    QVERIFY(m_outbox->dismiss(kept.front().localNo));
    QVERIFY(m_outbox->rejected().empty());
}

void TestOutbox::whatCannotBeReadStaysVisible()
{
    const QString longText(30'000, u'长');
    QVERIFY(m_outbox->append(call(longText), noon));
    QVERIFY(m_outbox->append(call(u"b"_s), noon));
    QVERIFY(m_database->execute("UPDATE queue SET args=CAST('typed text' AS BLOB) "
                                "WHERE local_no=2"));
    const auto entries = m_outbox->entries();
    QCOMPARE(entries.front().call.arguments.values.at(u"entity"_s).text(), longText);
    QCOMPARE(entries.back().call.arguments.values.at(u"unreadable"_s).text(), u"typed text"_s);
}

void TestOutbox::answeredCommandsAreKeptTwoWeeks()
{
    const qint64 a = *m_outbox->append(call(u"old"_s), noon);
    QVERIFY(m_outbox->settleApplied({m_outbox->number({a})->front()}, noon));
    QVERIFY(m_outbox->coveredThrough(1, noon));
    const Instant later = noon + 15 * day;
    const qint64 b = *m_outbox->append(call(u"new"_s), later);
    QVERIFY(m_outbox->settleApplied({m_outbox->number({b})->front()}, later));
    QVERIFY(m_outbox->coveredThrough(2, later));
    QVERIFY(m_outbox->requeueAfter(0));
    QCOMPARE(words(m_outbox->entries()), QStringList{u"new"_s});
}

void TestOutbox::restoredServerGetsTheAnsweredOnesAgainInOrder()
{
    QStringList ids;
    for (const QString &word : {u"a"_s, u"b"_s, u"c"_s}) {
        const CommandCall one = call(word);
        ids.append(one.id.text());
        const qint64 n = m_outbox->number({*m_outbox->append(one, noon)})->front();
        QVERIFY(m_outbox->settleApplied({n}, noon));
    }
    QVERIFY(m_outbox->coveredThrough(3, noon));
    QVERIFY(m_outbox->append(call(u"d"_s), noon));
    QVERIFY(m_outbox->requeueAfter(1)); // the backup knew the first one only
    const auto entries = m_outbox->entries();
    QCOMPARE(words(entries), (QStringList{u"b"_s, u"c"_s, u"d"_s}));
    QCOMPARE(entries.front().call.id.text(), ids[1]); // the same command, so it cannot double
    QCOMPARE(m_outbox->number({entries.front().localNo})->front(), 2);
}

void TestOutbox::reofferedCommandKnowsWhenItWasAccepted()
{
    const qint64 a = *m_outbox->append(call(u"a"_s), noon);
    QVERIFY(m_outbox->settleApplied({m_outbox->number({a})->front()}, noon + hour));
    QVERIFY(m_outbox->coveredThrough(1, noon + day));
    QVERIFY(m_outbox->requeueAfter(0)); // the backup is older
    QVERIFY(m_outbox->settleRejected(m_outbox->number({a})->front(), u"record.changed"_s, {},
                                     noon + day));
    QCOMPARE(m_outbox->rejected().front().accepted.ms, (noon + hour).ms);
    const qint64 b = *m_outbox->append(call(u"b"_s), noon);
    QVERIFY(
        m_outbox->settleRejected(m_outbox->number({b})->front(), u"record.changed"_s, {}, noon));
    QVERIFY(m_outbox->rejected(b)->accepted.isNull());
}

void TestOutbox::newDeviceOffersEverythingAgainUnderTheSameIds()
{
    QVERIFY(m_outbox->setIdentity(u"device_id"_s, u"old"_s));
    QVERIFY(m_outbox->setIdentity(u"token_id"_s, u"token of the old one"_s));
    const CommandCall first = call(u"a"_s);
    const qint64 a = *m_outbox->append(first, noon);
    QVERIFY(m_outbox->settleApplied({m_outbox->number({a})->front()}, noon));
    QVERIFY(m_outbox->coveredThrough(1, noon));
    QVERIFY(m_outbox->number({*m_outbox->append(call(u"b"_s), noon)}));
    QVERIFY(m_outbox->adoptDevice(u"new"_s));
    reopen();
    QCOMPARE(m_outbox->identity(u"device_id"_s), u"new"_s);
    QVERIFY(m_outbox->identity(u"token_id"_s).isEmpty());
    QCOMPARE(m_outbox->lastAckedN(), 0);
    const auto entries = m_outbox->entries();
    QCOMPARE(words(entries), (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(entries.front().call.id, first.id);
    QCOMPARE(m_outbox->number({a})->front(), 1);
}

void TestOutbox::whoLostTheRecordKeepsHisOwnWordsOnly()
{
    for (const QString &reason : {u"record.changed"_s, u"record.not_found"_s}) {
        CommandCall one = call(u"a"_s);
        one.arguments.sets[u"patch"_s] = {{u"name"_s, Cell(u"typed"_s)}};
        one.arguments.sets[u"seen"_s] = {{u"name"_s, Cell(u"of the server"_s)}};
        const qint64 no = *m_outbox->append(one, noon);
        QVERIFY(m_outbox->settleRejected(m_outbox->number({no})->front(), reason, {}, noon));
    }
    const auto kept = m_outbox->rejected();
    QCOMPARE(kept[0].call.arguments.sets.at(u"seen"_s).size(), std::size_t(1));
    QCOMPARE(kept[1].call.arguments.sets.at(u"seen"_s).size(), std::size_t(0));
    QCOMPARE(kept[1].call.arguments.sets.at(u"patch"_s).at(u"name"_s).text(), u"typed"_s);
}

void TestOutbox::numbersGoOnAfterTheQueueWasEmpty()
{
    const qint64 a = *m_outbox->append(call(u"a"_s), noon);
    QVERIFY(m_outbox->settleRejected(m_outbox->number({a})->front(), u"offline"_s, {}, noon));
    reopen();
    QVERIFY(m_outbox->nextLocalNo() > a);
    const qint64 b = *m_outbox->append(call(u"b"_s), noon);
    QVERIFY(b > a);
    QCOMPARE(m_outbox->number({b})->front(), 2);
}

qint64 TestOutbox::refuse(const CommandCall &one)
{
    const qint64 no = *m_outbox->append(one, noon);
    [&] {
        QVERIFY(m_outbox->settleRejected(m_outbox->number({no})->front(), u"record.changed"_s, {},
                                         noon));
    }();
    return no;
}

void TestOutbox::retry(const Outbox::Chosen &chosen)
{
    QVERIFY(m_outbox->retry(m_outbox->retriesOf(chosen), noon));
    reopen();
}

void TestOutbox::retriedCommandTakesTheWaitingOnesOfItsRecordAlong()
{
    const CommandCall maker = call(u"maker"_s);
    const CommandCall edit = callOn(maker.id, u"edit"_s);
    CommandCall pointing = call(u"pointing"_s);
    pointing.arguments.sets[u"values"_s] = {
        {u"account_id"_s, Cell(RecordId::derive(maker.id, 1).text())}};
    const qint64 made = *m_outbox->append(maker, noon);
    QVERIFY(m_outbox->append(edit, noon));
    QVERIFY(m_outbox->append(pointing, noon));
    QVERIFY(
        m_outbox->settleRejected(m_outbox->number({made})->front(), u"record.changed"_s, {}, noon));
    retry({{made, {}}});
    QVERIFY(m_outbox->rejected().empty());
    const auto entries = m_outbox->entries();
    QCOMPARE(words(entries), (QStringList{u"maker"_s, u"edit"_s, u"pointing"_s}));
    const RecordId fresh = entries[0].call.id;
    QVERIFY(fresh != maker.id);
    QCOMPARE(recordOf(entries[1].call), RecordId::derive(fresh, 0).text());
    QCOMPARE(entries[1].call.id, edit.id);
    QCOMPARE(entries[2].call.arguments.sets.at(u"values"_s).at(u"account_id"_s).text(),
             RecordId::derive(fresh, 1).text());
}

void TestOutbox::waitingCommandOfAnotherRecordKeepsItsPlace()
{
    CommandCall first = call(u"refused"_s);
    first.arguments.values[u"record"_s] = RecordId::create().text();
    CommandCall same = call(u"same record"_s);
    same.arguments.values[u"record"_s] = recordOf(first);
    CommandCall other = call(u"other record"_s);
    other.arguments.values[u"record"_s] = RecordId::create().text();
    const qint64 no = refuse(first);
    QVERIFY(m_outbox->append(same, noon));
    QVERIFY(m_outbox->append(other, noon));
    retry({{no, {}}});
    QCOMPARE(words(m_outbox->entries()),
             (QStringList{u"other record"_s, u"refused"_s, u"same record"_s}));
}

void TestOutbox::sentDependantFollowsTheRetriedCommandWhenItIsRefused()
{
    const CommandCall maker = call(u"maker"_s);
    const CommandCall edit = callOn(maker.id, u"edit"_s);
    const qint64 made = *m_outbox->append(maker, noon);
    const qint64 sent = *m_outbox->append(edit, noon);
    const qint64 makerN = m_outbox->number({made})->front();
    const qint64 sentN = m_outbox->number({sent})->front();
    QVERIFY(m_outbox->settleRejected(makerN, u"record.changed"_s, {}, noon));
    retry({{made, {}}});
    QCOMPARE(m_outbox->entries().front().localNo, sent); // on the wire: the server will answer
    QVERIFY(m_outbox->settleRejected(sentN, u"record.not_found"_s, {}, noon));
    reopen();
    QVERIFY(m_outbox->rejected().empty());
    const auto entries = m_outbox->entries();
    QCOMPARE(words(entries), (QStringList{u"maker"_s, u"edit"_s}));
    QCOMPARE(recordOf(entries[1].call), RecordId::derive(entries[0].call.id, 0).text());
    QVERIFY(entries[1].call.id != edit.id); // the server has refused that one for ever
    QCOMPARE(m_outbox->lastAckedN(), sentN);
}

void TestOutbox::whatDependsOnADependantFollowsToo()
{
    const CommandCall maker = call(u"maker"_s);
    const CommandCall child = callOn(maker.id, u"child"_s);
    const CommandCall grandchild = callOn(child.id, u"grandchild"_s);
    const qint64 made = refuse(maker);
    QVERIFY(refuse(child) > made);
    QVERIFY(m_outbox->append(grandchild, noon));
    retry({{made, {}}});
    const auto entries = m_outbox->entries();
    QCOMPARE(words(entries), (QStringList{u"maker"_s, u"child"_s, u"grandchild"_s}));
    QCOMPARE(recordOf(entries[1].call), RecordId::derive(entries[0].call.id, 0).text());
    QCOMPARE(recordOf(entries[2].call), RecordId::derive(entries[1].call.id, 0).text());
}

void TestOutbox::recordOfARetriedRetryIsFollowedToTheLast()
{
    const CommandCall maker = call(u"maker"_s);
    retry({{refuse(maker), {}}});
    const qint64 second = m_outbox->entries().front().localNo;
    QVERIFY(m_outbox->settleRejected(m_outbox->number({second})->front(), u"record.changed"_s, {},
                                     noon));
    retry({{second, {}}});
    // Typed on a page that was opened before the first retry.
    CommandCall late = callOn(maker.id, u"late"_s);
    QVERIFY(m_outbox->renewedIds().follow(late.arguments));
    QCOMPARE(recordOf(late), RecordId::derive(m_outbox->entries().front().call.id, 0).text());
}

void TestOutbox::makerRefusedTwiceStillGoesBeforeWhatSpeaksOfIt()
{
    const CommandCall maker = call(u"maker"_s);
    const qint64 made = refuse(maker);
    const qint64 edited = refuse(callOn(maker.id, u"edit"_s));
    auto alone = m_outbox->retriesOf({{made, {}}});
    alone.resize(1); // the edit could not be tried yet
    QVERIFY(m_outbox->retry(alone, noon));
    const qint64 second = m_outbox->entries().front().localNo;
    QVERIFY(m_outbox->settleRejected(m_outbox->number({second})->front(), u"record.changed"_s, {},
                                     noon));
    QVERIFY(second > edited);
    retry({{edited, {}}, {second, {}}});
    const auto entries = m_outbox->entries();
    QCOMPARE(words(entries), (QStringList{u"maker"_s, u"edit"_s}));
    QCOMPARE(recordOf(entries[1].call), RecordId::derive(entries[0].call.id, 0).text());
}

void TestOutbox::settledFieldsOfTheWholeCaseAreSent()
{
    Outbox::Chosen chosen;
    for (const QString &word : {u"a"_s, u"b"_s}) {
        CommandCall one = call(word);
        const qint64 no = refuse(one);
        one.arguments.sets[u"seen"_s] = {{u"name"_s, Cell(u"seen by "_s + word)}};
        chosen[no] = one.arguments;
    }
    retry(chosen);
    const auto entries = m_outbox->entries();
    QCOMPARE(words(entries), (QStringList{u"a"_s, u"b"_s}));
    for (const Outbox::Entry &entry : entries)
        QCOMPARE(entry.call.arguments.sets.at(u"seen"_s).at(u"name"_s).text(),
                 u"seen by "_s + entry.call.arguments.values.at(u"entity"_s).text());
}

void TestOutbox::emptyDraftIsNoDraft()
{
    QVERIFY(m_outbox->saveDraft(u"account/1"_s, u"typed"_s, noon));
    reopen();
    QCOMPARE(m_outbox->draft(u"account/1"_s), u"typed"_s);
    QVERIFY(m_outbox->saveDraft(u"account/1"_s, QString(), noon));
    QVERIFY(m_outbox->draft(u"account/1"_s).isEmpty());
}

void TestOutbox::salvagedFileGivesNoNumberTwice()
{
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_outbox->append(call(u"x"_s), noon));
    QVERIFY(m_outbox->number({1, 2, 3}));
    QVERIFY(m_outbox->settleApplied({1, 2}, noon));
    QVERIFY(m_outbox->coveredThrough(2, noon));
    QVERIFY(m_outbox->settleRejected(3, u"record.changed"_s, {}, noon));
    QCOMPARE(m_outbox->pendingCount(), 0);
    const QString path = m_directory->filePath(u"fresh.db"_s);
    auto fresh = Database::open(path);
    QVERIFY(fresh);
    QVERIFY(Outbox(**fresh).createTables());
    const auto saved = salvageOutbox(m_directory->filePath(u"outbox.db"_s), **fresh);
    QVERIFY(saved);
    QCOMPARE(*saved, 1);
    const auto next = Outbox(**fresh).append(call(u"y"_s), noon);
    QVERIFY(next);
    QCOMPARE(*next, 4);
}

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
