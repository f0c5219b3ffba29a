#include "store/database.h"
#include "support/batch_process.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

#include <deque>
#include <set>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

constexpr int kills = 20;
constexpr int desktops = 10;
constexpr int handful = 12; // commands between two looks at the server
constexpr qint64 longest = 600'000; // ms for all kills together: a slow machine still gets there

// One person at work without pause: records an opportunity, writes notes on it and edits it, a
// handful at a time, then asks for the server's answers. Keeps count of what was accepted here.
class BusyDesktop : public QObject
{
public:
    BusyDesktop(ServerProcess &server, const QString &user)
        : m_user(user)
        , m_desktop(QStringLiteral(KEYDESK_PROGRAM), seatAt(server, user))
    {
        m_desktop.start();
    }

    BatchProcess &desktop() { return m_desktop; }
    void work()
    {
        connect(&m_desktop.process(), &QProcess::readyReadStandardOutput, this,
                &BusyDesktop::readAnswers);
        sendHandful();
    }
    /// Nothing new is begun; isIdle() once what was asked is answered.
    void rest() { m_resting = true; }
    bool isIdle() const { return m_open == 0; }

    std::set<QString> opportunities, notes, edits; // the tags of what was accepted
    QMap<QString, QString> lastEdit; // record -> tag
    int refused = 0;
    int looks = 0; // answered while the server was there

private:
    void command(const QString &name, const QJsonObject &arguments, std::set<QString> *accepted,
                 const QString &tag)
    {
        m_desktop.send({{u"command"_s, name}, {u"args"_s, arguments}});
        m_asked.push_back({accepted, tag});
        ++m_open;
    }
    void sendHandful()
    {
        const QString tag = u"%1-%2"_s.arg(m_user).arg(++m_number);
        const QJsonObject values{{u"title"_s, tag},
                                 {u"ent_name"_s, u"昆明第一机床厂"_s},
                                 {u"contact_phone"_s, u"13800138000"_s},
                                 {u"need_summary"_s, u"专线"_s},
                                 {u"willing"_s, true}};
        if (m_record.isEmpty() || m_number % 4 == 0)
            command(u"RecordOpportunity"_s, {{u"values"_s, values}}, &opportunities, tag);
        for (int i = 1; i < handful && !m_record.isEmpty(); ++i) {
            const QString part = u"%1-%2"_s.arg(tag).arg(i);
            const QJsonObject about{{u"entity"_s, u"opportunity"_s}, {u"record"_s, m_record}};
            QJsonObject arguments = about;
            if (i % 2 == 0) {
                arguments[u"body"_s] = part;
                command(u"AddNote"_s, arguments, &notes, part);
            } else {
                arguments[u"patch"_s] = QJsonObject{{u"remarks"_s, part}};
                command(u"EditRecord"_s, arguments, &edits, part);
                lastEdit[m_record] = part;
            }
        }
        m_desktop.send({{u"sync"_s, true}, {u"timeout_ms"_s, 2000}});
        m_asked.push_back({});
        ++m_open;
    }
    void readAnswers()
    {
        while (m_open > 0 && m_desktop.process().canReadLine()) {
            const QJsonObject answer = m_desktop.answer();
            const Asked asked = m_asked.front();
            m_asked.pop_front();
            --m_open;
            const bool ok = answer.value(u"ok"_s).toBool();
            if (!asked.accepted)
                looks += ok ? 1 : 0;
            else if (ok)
                asked.accepted->insert(asked.tag);
            else
                ++refused;
            if (asked.accepted == &opportunities && ok)
                m_record = answer.value(u"record"_s).toString();
        }
        if (m_open == 0 && !m_resting)
            sendHandful();
    }

    struct Asked
    {
        std::set<QString> *accepted = nullptr; // none: a look at the server
        QString tag;
    };
    QString m_user;
    BatchProcess m_desktop;
    std::deque<Asked> m_asked;
    QString m_record;
    int m_number = 0;
    int m_open = 0;
    bool m_resting = false;
};

} // namespace

// The server is killed again and again while ten people work. What a desktop accepted has exactly
// one effect in the end (sync.md, G1, G2, G7, G10, G12).
class TestServerCrashes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void everybodyWorksOnThroughTheKills();
    void everyAcceptedCommandHasOneEffect();
    void aFreshDesktopSeesItAll();
    void theMasterIsSound();

private:
    int looks() const;
    /// How many rows the query yields and how many different texts; -1 when it could not be read.
    QPair<qint64, qint64> atServer(const QByteArray &column, const QByteArray &from);
    std::set<QString> all(std::set<QString> BusyDesktop::*kind) const;

    std::unique_ptr<ServerProcess> m_server;
    std::vector<std::unique_ptr<BusyDesktop>> m_people;
    QRandomGenerator m_random;
    quint32 m_seed = 0;
};

void TestServerCrashes::initTestCase()
{
    m_seed = QRandomGenerator::global()->generate();
    m_random.seed(m_seed);
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->initDemo().code, 0);
    QVERIFY(m_server->serve());
    for (const QString &user : {u"1101"_s, u"1102"_s, u"1103"_s, u"1104"_s, u"1105"_s, u"1106"_s,
                                u"1131"_s, u"1132"_s, u"1133"_s, u"1141"_s})
        m_people.push_back(std::make_unique<BusyDesktop>(*m_server, user));
    QCOMPARE(m_people.size(), std::size_t(desktops));
    for (const auto &person : m_people) {
        const QJsonObject synced = person->desktop().sync();
        QVERIFY2(synced.value(u"ok"_s).toBool(), person->desktop().errors().constData());
    }
}

void TestServerCrashes::cleanupTestCase()
{
    if (QTest::currentTestFailed())
        qInfo("seed %u", m_seed);
    m_people.clear();
    m_server.reset();
}

int TestServerCrashes::looks() const
{
    int sum = 0;
    for (const auto &person : m_people)
        sum += person->looks;
    return sum;
}

std::set<QString> TestServerCrashes::all(std::set<QString> BusyDesktop::*kind) const
{
    std::set<QString> tags;
    for (const auto &person : m_people)
        tags.insert((*person.*kind).begin(), (*person.*kind).end());
    return tags;
}

void TestServerCrashes::everybodyWorksOnThroughTheKills()
{
    QElapsedTimer time;
    time.start();
    for (const auto &person : m_people)
        person->work();
    int killed = 0;
    while (killed < kills && time.elapsed() < longest) {
        // Most are back and were answered, so that the kill falls into work.
        const int before = looks();
        QTRY_VERIFY2_WITH_TIMEOUT(looks() >= before + desktops / 2,
                                  qPrintable(u"seed %1, kill %2"_s.arg(m_seed).arg(killed)),
                                  60'000);
        QElapsedTimer moment;
        moment.start();
        const int until = m_random.bounded(150); // ms, anywhere in a handful
        QTRY_VERIFY(moment.elapsed() >= until);
        m_server->kill();
        ++killed;
        QVERIFY(m_server->serve());
    }
    QCOMPARE(killed, kills);
    for (const auto &person : m_people)
        person->rest();
    for (const auto &person : m_people) {
        QTRY_VERIFY_WITH_TIMEOUT(person->isIdle(), 60'000);
        const QJsonObject synced = person->desktop().sync(60'000);
        QVERIFY2(synced.value(u"ok"_s).toBool(), QJsonDocument(synced).toJson().constData());
        QCOMPARE(synced.value(u"queued"_s).toInteger(), 0);
        QVERIFY2(synced.value(u"rejected"_s).toArray().isEmpty(),
                 QJsonDocument(synced).toJson().constData());
        QCOMPARE(person->refused, 0);
    }
    const std::size_t commands = all(&BusyDesktop::opportunities).size()
        + all(&BusyDesktop::notes).size() + all(&BusyDesktop::edits).size();
    QVERIFY(commands >= std::size_t(kills * handful));
    qInfo("report: %d kill -9 of the server under %d desktops, %zu commands, %lld s", killed,
          desktops, commands, time.elapsed() / 1000);
}

QPair<qint64, qint64> TestServerCrashes::atServer(const QByteArray &column, const QByteArray &from)
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    const auto database = Database::open(m_server->data() + u"/keydesk.db"_s, options);
    if (!database)
        return {-1, -1};
    Query count = (*database)->query("SELECT count(*), count(DISTINCT " + column + ") FROM "
                                     + from);
    if (!count.next())
        return {-1, -1};
    return {count.integer(0), count.integer(1)};
}

void TestServerCrashes::everyAcceptedCommandHasOneEffect()
{
    QVERIFY2(!QTest::currentTestFailed(), "needs the work above");
    const auto pair = [](std::size_t count) {
        return QPair<qint64, qint64>(qint64(count), qint64(count));
    };
    QCOMPARE(atServer("title", "opportunity WHERE title GLOB '1[0-9][0-9][0-9]-*'"),
             pair(all(&BusyDesktop::opportunities).size()));
    QCOMPARE(atServer("body", "note WHERE body GLOB '1[0-9][0-9][0-9]-*'"),
             pair(all(&BusyDesktop::notes).size()));
    QCOMPARE(atServer("new_value",
                      "change_detail WHERE tbl = 'opportunity' AND field = 'remarks' "
                      "AND new_value GLOB '1[0-9][0-9][0-9]-*'"),
             pair(all(&BusyDesktop::edits).size()));
    for (const auto &person : m_people) {
        for (auto edit = person->lastEdit.cbegin(); edit != person->lastEdit.cend(); ++edit) {
            const QByteArray row = "opportunity WHERE id = '" + edit.key().toLatin1()
                + "' AND remarks = '" + edit.value().toLatin1() + '\'';
            QCOMPARE(atServer("id", row), pair(1));
        }
    }
    // Numbers without a gap, each answered once, each in the audit trail.
    const auto numbers = atServer("device || n", "cmd_result");
    QCOMPARE(numbers.first, numbers.second);
    QCOMPARE(atServer("device",
                      "(SELECT device FROM cmd_result GROUP BY device "
                      "HAVING max(n) <> count(*) OR min(n) <> 1)"),
             pair(0));
}

void TestServerCrashes::aFreshDesktopSeesItAll()
{
    BatchProcess manager(QStringLiteral(KEYDESK_PROGRAM), seatAt(*m_server, u"1171"_s));
    manager.start();
    QVERIFY(manager.sync().value(u"ok"_s).toBool());
    std::set<QString> seen;
    const QJsonArray rows = manager.rows(
        uR"({"query":"opportunity","fields":["title"],"limit":100000})"_s);
    for (const auto &row : rows)
        seen.insert(row.toObject().value(u"title"_s).toString());
    for (const QString &tag : all(&BusyDesktop::opportunities))
        QVERIFY2(seen.contains(tag), qPrintable(tag));
    QCOMPARE(manager.finish(), 0);
}

void TestServerCrashes::theMasterIsSound()
{
    QCOMPARE(m_server->terminate(), 0);
    const auto report = m_server->run({u"verify"_s});
    QVERIFY2(report.code == 0, report.out.constData());
}

QTEST_GUILESS_MAIN(TestServerCrashes)
#include "tst_server_crashes.moc"
