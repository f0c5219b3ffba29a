#include "store/database.h"
#include "support/batch_process.h"

#include <QElapsedTimer>
#include <QTest>

#include <set>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

constexpr int handful = 10;

} // namespace

// The drill of an operator: a backup while people work, a loss, a restore with the words a user
// types. What was answered after the backup comes back from the desktops, once (sync.md, G1b and
// "Epoch"); a copy put back by hand is refused, and nothing is lost (T33, T34).
class TestBackupDrill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void backupUnderLoadIsOneMoment();
    void copyPutBackByHandIsRefused();
    void restoredServerGetsBackWhatItHadAnswered();
    void freshDesktopSeesItAll();

private:
    /// Each person records so many opportunities and waits for the verdicts if told to.
    bool work(int count, bool synced);
    bool syncAll();
    std::set<QString> titlesAtServer();

    std::unique_ptr<ServerProcess> m_server;
    std::vector<std::unique_ptr<BatchProcess>> m_people;
    std::set<QString> m_typed;
    int m_number = 0;
};

void TestBackupDrill::initTestCase()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->initDemo().code, 0);
    QVERIFY(m_server->serve());
    for (const QString &user : {u"1101"_s, u"1131"_s, u"1141"_s}) {
        m_people.push_back(std::make_unique<BatchProcess>(QStringLiteral(KEYDESK_PROGRAM),
                                                          seatAt(*m_server, user)));
        m_people.back()->start();
    }
    QVERIFY2(syncAll(), m_people.front()->errors().constData());
}

void TestBackupDrill::cleanupTestCase()
{
    m_people.clear();
    m_server.reset();
}

bool TestBackupDrill::work(int count, bool synced)
{
    for (const auto &person : m_people) {
        for (int i = 0; i < count; ++i) {
            const QString title = u"演练 %1"_s.arg(++m_number);
            const QJsonObject values{{u"title"_s, title},
                                     {u"ent_name"_s, u"昆明第一机床厂"_s},
                                     {u"contact_phone"_s, u"13800138000"_s},
                                     {u"need_summary"_s, u"专线"_s},
                                     {u"willing"_s, true}};
            person->send({{u"command"_s, u"RecordOpportunity"_s},
                          {u"args"_s, QJsonObject{{u"values"_s, values}}}});
            m_typed.insert(title);
        }
    }
    for (const auto &person : m_people) {
        for (int i = 0; i < count; ++i) {
            if (!person->answer().value(u"ok"_s).toBool())
                return false;
        }
    }
    return !synced || syncAll();
}

bool TestBackupDrill::syncAll()
{
    bool all = true;
    for (const auto &person : m_people) {
        const QJsonObject answer = person->sync(60'000);
        all = all && answer.value(u"ok"_s).toBool() && answer.value(u"queued"_s).toInt() == 0
            && answer.value(u"rejected"_s).toArray().isEmpty();
    }
    return all;
}

std::set<QString> TestBackupDrill::titlesAtServer()
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    const auto database = Database::open(m_server->data() + u"/keydesk.db"_s, options);
    std::set<QString> titles;
    if (!database)
        return titles;
    Query rows = (*database)->query("SELECT title FROM opportunity WHERE title GLOB '演练*'");
    while (rows.next()) {
        if (!titles.insert(rows.text(0)).second)
            return {}; // twice
    }
    return titles;
}

void TestBackupDrill::backupUnderLoadIsOneMoment()
{
    QVERIFY(work(handful, true));
    // It is asked for while commands are on their way.
    for (int i = 0; i < 3; ++i) {
        QVERIFY(work(handful, false));
        const auto made = m_server->run({u"backup"_s, m_server->file(u"backup.db"_s)});
        QVERIFY2(made.code == 0, made.err.constData());
    }
    QVERIFY(syncAll());
    QVERIFY(titlesAtServer() == m_typed);
    // Sound, and from one commit: its own sums and its audit chain agree.
    ServerProcess other(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QVERIFY(QDir().mkpath(other.data()));
    const auto restored = other.run({u"restore"_s, m_server->file(u"backup.db"_s)});
    QVERIFY2(restored.code == 0, restored.err.constData());
    const auto report = other.run({u"verify"_s});
    QVERIFY2(report.code == 0, report.out.constData());
}

void TestBackupDrill::copyPutBackByHandIsRefused()
{
    const QString master = m_server->data() + u"/keydesk.db"_s;
    QCOMPARE(m_server->terminate(), 0);
    const QString old = m_server->file(u"old.db"_s);
    QVERIFY(QFile::copy(master, old));
    QVERIFY(m_server->serve());
    QVERIFY(work(handful, true));
    QCOMPARE(m_server->terminate(), 0);
    const QString latest = m_server->file(u"latest.db"_s);
    QVERIFY(QFile::copy(master, latest));
    QVERIFY(QFile::remove(master) && QFile::copy(old, master)); // the operator's mistake
    QVERIFY(m_server->serve());
    QVERIFY(work(2, false)); // they work on
    for (const auto &person : m_people) {
        QVERIFY(!person->sync(3000).value(u"ok"_s).toBool());
        const QJsonObject status = person->ask(uR"({"status":true})"_s);
        QCOMPARE(status.value(u"alarm"_s).toString(), u"sync.rollback"_s);
        QCOMPARE(status.value(u"queued"_s).toInt(), 2);
    }
    // The mistake is undone: as if it had not been.
    QCOMPARE(m_server->terminate(), 0);
    QVERIFY(QFile::remove(master) && QFile::copy(latest, master));
    QVERIFY(m_server->serve());
    QVERIFY2(syncAll(), m_people.front()->errors().right(1000).constData());
    QVERIFY(titlesAtServer() == m_typed);
}

void TestBackupDrill::restoredServerGetsBackWhatItHadAnswered()
{
    QVERIFY(work(handful, true));
    QVERIFY(work(5, false)); // still on their way, or not
    m_server->kill();
    QElapsedTimer time;
    time.start();
    const auto restored = m_server->run({u"restore"_s, m_server->file(u"backup.db"_s)});
    QVERIFY2(restored.code == 0, restored.err.constData());
    QVERIFY(m_server->serve());
    QVERIFY(titlesAtServer().size() < m_typed.size());
    QVERIFY2(syncAll(), m_people.front()->errors().right(1000).constData());
    QVERIFY(titlesAtServer() == m_typed);
    qInfo("report: restored from a backup made under load and whole again after %lld ms: %zu "
          "opportunities, each once",
          time.elapsed(), m_typed.size());
}

void TestBackupDrill::freshDesktopSeesItAll()
{
    BatchProcess head(QStringLiteral(KEYDESK_PROGRAM), seatAt(*m_server, u"1171"_s));
    head.start();
    QVERIFY(head.sync().value(u"ok"_s).toBool());
    std::set<QString> seen;
    const QJsonArray rows = head.rows(
        uR"({"query":"opportunity","fields":["title"],"limit":100000})"_s);
    for (const auto &row : rows)
        seen.insert(row.toObject().value(u"title"_s).toString());
    for (const QString &title : m_typed)
        QVERIFY2(seen.contains(title), qPrintable(title));
    QCOMPARE(m_server->terminate(), 0);
    const auto report = m_server->run({u"verify"_s});
    QVERIFY2(report.code == 0, report.out.constData());
}

QTEST_GUILESS_MAIN(TestBackupDrill)
#include "tst_backup_drill.moc"
