#include "sync/outbox.h"

#include <QTemporaryDir>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

// What the server had told beside what was typed goes with the record (sync.md, G9).
class TestOutboxShown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void answeredCommandKeepsWhatIsStillShown();
    void verdictAfterTheRecordWentBlanksWhatWasShown();
    void fieldThatIsMaskedNowIsBlankedAlone();
    void refusedCommandKeepsTypedTextOnly();
    void unansweredCommandIsSentAgainToTheLetter();
    void recordThatLeavesTakesWhatWasShownAlong();
    void blankedWordsLeaveTheBytes();

private:
    /// Queues an edit of a telephone number and a remark, and puts it on the wire.
    qint64 send();
    std::map<QString, Cell> seenOf(const Arguments &arguments) const;
    /// Of the only command that was answered.
    std::map<QString, Cell> answered();
    QByteArray bytes() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Database> m_database;
    std::unique_ptr<Outbox> m_outbox;
    QSet<QString> m_hidden; // fields
    const Outbox::Shows m_shows = [this](const QString &, const RecordId &, const QString &field) {
        return !m_hidden.contains(field);
    };
};

namespace {

constexpr Instant noon{1'700'000'000'000};

} // namespace

void TestOutboxShown::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_database = *Database::open(m_folder->filePath(u"outbox.db"_s));
    m_outbox = std::make_unique<Outbox>(*m_database);
    QVERIFY(m_outbox->createTables());
}

void TestOutboxShown::cleanup()
{
    m_outbox.reset();
    m_database.reset();
    m_hidden.clear();
}

qint64 TestOutboxShown::send()
{
    CommandCall edit;
    edit.id = RecordId::fromParts(noon.ms, 7, 1);
    edit.type = u"EditRecord"_s;
    edit.arguments.values = {{u"entity"_s, u"account"_s}, {u"record"_s, u"customer"_s}};
    edit.arguments.sets[u"patch"_s] = {{u"phone"_s, u"typed number"_s},
                                       {u"remarks"_s, u"typed remark"_s}};
    edit.arguments.sets[u"seen"_s] = {{u"phone"_s, u"shown number"_s},
                                      {u"remarks"_s, u"shown remark"_s}};
    return m_outbox->number({*m_outbox->append(edit, noon)})->front();
}

std::map<QString, Cell> TestOutboxShown::seenOf(const Arguments &arguments) const
{
    const auto &seen = arguments.sets.at(u"seen"_s);
    return {seen.begin(), seen.end()};
}

std::map<QString, Cell> TestOutboxShown::answered()
{
    [[maybe_unused]] const auto back = m_outbox->requeueAfter(0);
    return seenOf(m_outbox->entries().front().call.arguments);
}

QByteArray TestOutboxShown::bytes() const
{
    QByteArray all;
    for (const QString &name : {u"outbox.db"_s, u"outbox.db-wal"_s}) {
        QFile file(m_folder->filePath(name));
        if (file.open(QFile::ReadOnly))
            all += file.readAll();
    }
    return all;
}

void TestOutboxShown::answeredCommandKeepsWhatIsStillShown()
{
    const qint64 n = send();
    QVERIFY(m_outbox->settleApplied({n}, noon));
    QVERIFY(m_outbox->coveredThrough(n, noon, m_shows));
    QCOMPARE(answered().size(), std::size_t(2)); // a restored server needs them
}

void TestOutboxShown::verdictAfterTheRecordWentBlanksWhatWasShown()
{
    const qint64 n = send();
    m_hidden = {u"phone"_s, u"remarks"_s};
    QVERIFY(m_outbox->settleApplied({n}, noon));
    QVERIFY(m_outbox->coveredThrough(n, noon, m_shows));
    QCOMPARE(answered().size(), std::size_t(0));
    QCOMPARE(m_outbox->entries().front().call.arguments.sets.at(u"patch"_s).size(), std::size_t(2));
}

void TestOutboxShown::fieldThatIsMaskedNowIsBlankedAlone()
{
    const qint64 n = send();
    m_hidden = {u"phone"_s};
    QVERIFY(m_outbox->settleApplied({n}, noon));
    QVERIFY(m_outbox->coveredThrough(n, noon, m_shows));
    const auto seen = answered();
    QCOMPARE(seen.size(), std::size_t(1));
    QCOMPARE(seen.at(u"remarks"_s).text(), u"shown remark"_s);
}

void TestOutboxShown::refusedCommandKeepsTypedTextOnly()
{
    m_hidden = {u"phone"_s, u"remarks"_s};
    QVERIFY(m_outbox->settleRejected(send(), u"forbidden.record"_s, {}, noon, m_shows));
    const Arguments kept = m_outbox->rejected().front().call.arguments;
    QVERIFY(seenOf(kept).empty());
    QCOMPARE(kept.sets.at(u"patch"_s).at(u"phone"_s).text(), u"typed number"_s);
}

void TestOutboxShown::unansweredCommandIsSentAgainToTheLetter()
{
    send();
    m_hidden = {u"phone"_s, u"remarks"_s};
    QVERIFY(m_outbox->blankShown(m_shows));
    QVERIFY(m_outbox->coveredThrough(1, noon, m_shows));
    QCOMPARE(seenOf(m_outbox->entries().front().call.arguments).size(), std::size_t(2));
}

void TestOutboxShown::recordThatLeavesTakesWhatWasShownAlong()
{
    const qint64 n = send();
    QVERIFY(m_outbox->settleApplied({n}, noon));
    QVERIFY(m_outbox->coveredThrough(n, noon, m_shows));
    m_hidden = {u"phone"_s, u"remarks"_s};
    QVERIFY(m_outbox->blankShown(m_shows));
    QVERIFY(answered().empty());
}

void TestOutboxShown::blankedWordsLeaveTheBytes()
{
    const qint64 n = send();
    QVERIFY(m_outbox->settleApplied({n}, noon));
    QVERIFY(bytes().contains("shown number"));
    m_hidden = {u"phone"_s};
    QVERIFY(m_outbox->scrubBytes());
    QVERIFY(!m_outbox->hasRemains());
    QVERIFY(m_outbox->coveredThrough(n, noon, m_shows));
    QVERIFY(m_outbox->hasRemains());
    QVERIFY(m_outbox->scrubBytes());
    QVERIFY(!bytes().contains("shown number"));
    QVERIFY(bytes().contains("typed number"));
}

QTEST_GUILESS_MAIN(TestOutboxShown)
#include "tst_outbox_shown.moc"
