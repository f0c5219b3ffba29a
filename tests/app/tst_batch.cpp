#include "support/office.h"

#include "batch/batch.h"
#include "domain/account.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/entities.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

} // namespace

class TestBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void answersComeInTheOrderOfTheRequests();
    void wrongRequestsGetAnErrorLine_data();
    void wrongRequestsGetAnErrorLine();
    void queryNarrowsSortsAndLimits();
    void queryTakesBusinessKeysForReferences();
    void commandIsQueuedOfflineAndSyncedLater();
    void syncListsWhatTheServerRejected();
    void syncTellsThatTheTimeIsOver();
    void waitEndsWhenTheRowsAreThere();
    void searchFindsByInitials();
    void wrongPasswordEndsTheRun();
    void firstQueryAfterAStartFindsWhatIsHere();
    void linkIsDownWhenItIsSaidToBe();
    void conflictIsRetriedWithOtherArguments();
    void endedSessionIsBegunAgainWithThePassword();
    void lockedOutAmidTheWorkEveryRequestIsAnswered();

private:
    void start(const QString &password = u"secret"_s);
    /// Sends the request and waits for its answer.
    QJsonObject ask(const QString &request);
    QJsonObject edit(const QString &field, const QString &wanted);

    Catalog m_catalog = makeCatalog();
    CommandRegistry m_registry = makeCommandRegistry();
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Office> m_office;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<Batch> m_batch;
    std::vector<QJsonObject> m_answers;
    std::optional<int> m_exitCode;
    RecordId m_colleague;
    RecordId m_administrator;
    RecordId m_account;
};

void TestBatch::init()
{
    m_answers.clear();
    m_exitCode.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_office = std::make_unique<Office>(m_catalog, m_registry);
    Area area;
    area.code = u"KM"_s;
    area.name = u"昆明"_s;
    const RecordId home = m_office->add(area);
    Staff manager;
    manager.code = u"1001"_s;
    manager.name = u"王芳"_s;
    manager.roles.keys = {keyOf(Role::AccountManager)};
    manager.areaId = home;
    const RecordId me = m_office->add(manager);
    manager.code = u"1002"_s;
    m_colleague = m_office->add(manager);
    Staff administrator;
    administrator.code = u"9001"_s;
    administrator.name = u"系统管理员"_s;
    administrator.roles.keys = {keyOf(Role::Administrator)};
    m_administrator = m_office->add(administrator);
    for (const QString &name : {u"工商银行"_s, u"长江证券"_s, u"安徽电力"_s}) {
        Account account;
        account.name = name;
        account.areaId = home;
        m_account = m_office->add(account);
        for (const RecordId &staff : {me, m_colleague}) {
            Assignment assignment;
            assignment.accountId = m_account;
            assignment.areaId = home;
            assignment.staffId = staff;
            assignment.role = staff == me ? AssignmentRole::MainAm : AssignmentRole::Deputy;
            m_office->add(assignment);
        }
    }
    m_office->open();
}

void TestBatch::cleanup()
{
    m_batch.reset();
    m_workbench.reset();
    m_office.reset();
}

void TestBatch::start(const QString &password)
{
    Workbench::Options options;
    options.dataDirectory = m_directory->path();
    options.makeLink = m_office->links();
    m_workbench = std::make_unique<Workbench>(std::move(options));
    m_batch = std::make_unique<Batch>(*m_workbench, [this](const QByteArray &line) {
        m_answers.push_back(QJsonDocument::fromJson(line).object());
    });
    connect(m_batch.get(), &Batch::finished, this, [this](int code) { m_exitCode = code; });
    m_batch->start({u"office:1"_s, u"1001"_s, password,
                    u"keydesk://office:1/#"_s + QString(64, u'a') + u"/ABCD-EFGH"_s});
}

QJsonObject TestBatch::ask(const QString &request)
{
    const std::size_t before = m_answers.size();
    m_batch->takeLine(request.toUtf8());
    [&] { QTRY_COMPARE_WITH_TIMEOUT(m_answers.size(), before + 1, patience); }();
    return m_answers.size() > before ? m_answers.back() : QJsonObject();
}

QJsonObject TestBatch::edit(const QString &field, const QString &wanted)
{
    return ask(uR"({"command":"EditRecord","args":{"entity":"account","record":"安徽电力",)"
               uR"("patch":{"%1":"%2"},"seen":{"%1":null}}})"_s.arg(field, wanted));
}

void TestBatch::answersComeInTheOrderOfTheRequests()
{
    start();
    m_batch->takeLine(R"({"sync":true})");
    m_batch->takeLine(R"({"query":"account"})");
    m_batch->takeLine("");
    m_batch->takeLine(R"({"status":true})");
    m_batch->endInput();
    QTRY_VERIFY_WITH_TIMEOUT(m_exitCode.has_value(), patience);
    QCOMPARE(*m_exitCode, 0);
    QCOMPARE(m_answers.size(), std::size_t(3));
    QVERIFY(m_answers[0].contains(u"cursor"_s));
    QCOMPARE(m_answers[1].value(u"rows"_s).toArray().size(), 3);
    QCOMPARE(m_answers[2].value(u"state"_s).toString(), u"live"_s);
    QCOMPARE(m_answers[2].value(u"user"_s).toString(), u"1001"_s);
}

void TestBatch::wrongRequestsGetAnErrorLine_data()
{
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("reason");
    QTest::newRow("no JSON") << u"hello"_s << u"request.malformed"_s;
    QTest::newRow("an array") << u"[1]"_s << u"request.malformed"_s;
    QTest::newRow("unknown request") << uR"({"drop":"account"})"_s << u"request.malformed"_s;
    QTest::newRow("unknown entity") << uR"({"query":"customers"})"_s << u"entity.unknown"_s;
    QTest::newRow("unknown field")
        << uR"({"query":"account","where":{"nonsense":1}})"_s << u"field.unknown"_s;
    QTest::newRow("unknown operator")
        << uR"({"query":"account","where":{"name":{"op":"~","value":"x"}}})"_s
        << u"request.malformed"_s;
    QTest::newRow("SQL in a field")
        << uR"({"query":"account","fields":["name FROM staff; --"]})"_s << u"field.unknown"_s;
    QTest::newRow("unknown command")
        << uR"({"command":"Nonsense","args":{}})"_s << u"command.unknown"_s;
    QTest::newRow("missing argument")
        << uR"({"command":"ClaimOpportunity","args":{}})"_s << u"command.malformed"_s;
    QTest::newRow("nobody of that name")
        << uR"({"query":"account","where":{"area_id":"XX"}})"_s << u"reference.missing"_s;
    QTest::newRow("where is a list")
        << uR"({"query":"account","where":[]})"_s << u"request.malformed"_s;
    QTest::newRow("fields is a word")
        << uR"({"query":"account","fields":"name"})"_s << u"request.malformed"_s;
    QTest::newRow("negative limit")
        << uR"({"query":"account","limit":-5})"_s << u"request.malformed"_s;
    QTest::newRow("limit is a word")
        << uR"({"query":"account","limit":"x"})"_s << u"request.malformed"_s;
    QTest::newRow("unknown key of a choice")
        << uR"({"query":"account","where":{"value_class":"z"}})"_s << u"field.malformed"_s;
    QTest::newRow("sync that is not to be") << uR"({"sync":false})"_s << u"request.malformed"_s;
    QTest::newRow("nothing to dismiss") << uR"({"dismiss":4711})"_s << u"record.not_found"_s;
    QTest::newRow("link neither up nor down")
        << uR"({"link":"sideways"})"_s << u"request.malformed"_s;
}

void TestBatch::wrongRequestsGetAnErrorLine()
{
    QFETCH(QString, request);
    QFETCH(QString, reason);
    start();
    ask(uR"({"sync":true})"_s);
    const QJsonObject answer = ask(request);
    QCOMPARE(answer.value(u"ok"_s), QJsonValue(false));
    const QJsonObject error = answer.value(u"error"_s).toObject();
    QCOMPARE(error.value(u"reason"_s).toString(), reason);
    QVERIFY(!error.value(u"code"_s).toString().isEmpty());
    QVERIFY(!error.value(u"message"_s).toString().isEmpty());
}

void TestBatch::queryNarrowsSortsAndLimits()
{
    start();
    ask(uR"({"sync":true})"_s);
    const auto names = [this](const QString &request) {
        QStringList found;
        const QJsonArray rows = ask(request).value(u"rows"_s).toArray();
        for (const auto &row : rows)
            found.append(row.toObject().value(u"name"_s).toString());
        return found.join(u' ');
    };
    QCOMPARE(names(uR"({"query":"account","fields":["name"],"order":["name"]})"_s),
             u"安徽电力 长江证券 工商银行"_s);
    QCOMPARE(names(uR"({"query":"account","fields":["name"],"order":["-name"],"limit":1})"_s),
             u"工商银行"_s);
    QCOMPARE(
        names(
            uR"({"query":"account","fields":["name"],"where":{"name":{"op":"contains","value":"银行"}}})"_s),
        u"工商银行"_s);
    QCOMPARE(
        names(
            uR"({"query":"account","fields":["name"],"where":{"name":{"op":"in","value":["工商银行","长江证券"]}},"order":["name"]})"_s),
        u"长江证券 工商银行"_s);
    QCOMPARE(
        names(
            uR"({"query":"account","fields":["name"],"where":{"group_code":{"op":"null","value":false}}})"_s),
        QString());
}

void TestBatch::queryTakesBusinessKeysForReferences()
{
    start();
    ask(uR"({"sync":true})"_s);
    const QJsonArray rows =
        ask(uR"({"query":"account","where":{"area_id":"KM","name":"工商银行"},"fields":["area_id.name","national_ka"]})"_s)
            .value(u"rows"_s)
            .toArray();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].toObject().value(u"area_id.name"_s).toString(), u"昆明"_s);
    QCOMPARE(rows[0].toObject().value(u"national_ka"_s), QJsonValue(false));
}

void TestBatch::commandIsQueuedOfflineAndSyncedLater()
{
    start();
    ask(uR"({"sync":true})"_s);
    ask(uR"({"link":"down"})"_s);
    const QJsonObject queued = edit(u"short_name"_s, u"电力"_s);
    QCOMPARE(queued.value(u"ok"_s), QJsonValue(true));
    QCOMPARE(queued.value(u"state"_s).toString(), u"queued"_s);
    QVERIFY(queued.value(u"no"_s).toInteger() > 0);
    QCOMPARE(ask(uR"({"status":true})"_s).value(u"queued"_s).toInteger(), 1);
    const QString read = uR"({"query":"account","where":{"short_name":"电力"}})"_s;
    QCOMPARE(ask(read).value(u"rows"_s).toArray().size(), 1);
    ask(uR"({"link":"up"})"_s);
    const QJsonObject synced = ask(uR"({"sync":true})"_s);
    QCOMPARE(synced.value(u"ok"_s), QJsonValue(true));
    QCOMPARE(synced.value(u"queued"_s).toInteger(), 0);
    QCOMPARE(synced.value(u"rejected"_s).toArray().size(), 0);
    QCOMPARE(fromRow<Account>(*m_office->store().find(m_catalog.entity(u"account"_s), m_account))
                 .shortName,
             u"电力"_s);
}

void TestBatch::syncListsWhatTheServerRejected()
{
    start();
    ask(uR"({"sync":true})"_s);
    ask(uR"({"link":"down"})"_s);
    CommandCall other;
    other.id = RecordId::create();
    other.type = u"EditRecord"_s;
    other.arguments.values = {{u"entity"_s, u"account"_s}, {u"record"_s, m_account.text()}};
    other.arguments.sets = {{u"patch"_s, {{u"short_name"_s, u"皖电"_s}}},
                            {u"seen"_s, {{u"short_name"_s, Cell()}}}};
    m_office->runAs(m_colleague, other);
    edit(u"short_name"_s, u"电力"_s);
    ask(uR"({"link":"up"})"_s);
    const QJsonObject synced = ask(uR"({"sync":true})"_s);
    const QJsonArray rejected = synced.value(u"rejected"_s).toArray();
    QCOMPARE(rejected.size(), 1);
    const QJsonObject first = rejected[0].toObject();
    QCOMPARE(first.value(u"error"_s).toObject().value(u"code"_s).toString(), u"conflict"_s);
    const QJsonObject arguments = first.value(u"args"_s).toObject();
    QCOMPARE(arguments.value(u"patch"_s).toObject().value(u"short_name"_s).toString(), u"电力"_s);
    const QString no = QString::number(first.value(u"no"_s).toInteger());
    QCOMPARE(ask(u"{\"dismiss\":%1}"_s.arg(no)).value(u"ok"_s), QJsonValue(true));
    QCOMPARE(ask(uR"({"status":true})"_s).value(u"rejected"_s).toArray().size(), 0);
}

void TestBatch::syncTellsThatTheTimeIsOver()
{
    start();
    ask(uR"({"sync":true})"_s);
    ask(uR"({"link":"down"})"_s);
    const QJsonObject late = ask(uR"({"sync":true,"timeout_ms":50})"_s);
    QCOMPARE(late.value(u"ok"_s), QJsonValue(false));
    QCOMPARE(late.value(u"error"_s).toObject().value(u"reason"_s).toString(), u"request.timeout"_s);
    QVERIFY(late.contains(u"queued"_s));
}

void TestBatch::waitEndsWhenTheRowsAreThere()
{
    start();
    ask(uR"({"sync":true})"_s);
    CommandCall other;
    other.id = RecordId::create();
    other.type = u"EditRecord"_s;
    other.arguments.values = {{u"entity"_s, u"account"_s}, {u"record"_s, m_account.text()}};
    other.arguments.sets = {{u"patch"_s, {{u"short_name"_s, u"皖电"_s}}}};
    m_office->runAs(m_colleague, other);
    const QJsonObject there = ask(
        uR"({"wait":{"query":"account","where":{"short_name":"皖电"},"count":1}})"_s);
    QCOMPARE(there.value(u"ok"_s), QJsonValue(true));
    QCOMPARE(there.value(u"count"_s).toInteger(), 1);
    const QJsonObject late = ask(
        uR"({"wait":{"query":"account","where":{"short_name":"nobody"},"count":1},"timeout_ms":20})"_s);
    QCOMPARE(late.value(u"ok"_s), QJsonValue(false));
    QCOMPARE(late.value(u"count"_s).toInteger(), 0);
}

void TestBatch::searchFindsByInitials()
{
    start();
    ask(uR"({"sync":true})"_s);
    const QJsonArray hits = ask(uR"({"search":"gsyh"})"_s).value(u"hits"_s).toArray();
    QCOMPARE(hits.size(), 1);
    QCOMPARE(hits[0].toObject().value(u"title"_s).toString(), u"工商银行"_s);
    QCOMPARE(hits[0].toObject().value(u"entity"_s).toString(), u"account"_s);
}

void TestBatch::wrongPasswordEndsTheRun()
{
    start(u"wrong"_s);
    m_batch->takeLine(R"({"status":true})");
    QTRY_VERIFY_WITH_TIMEOUT(m_exitCode.has_value(), patience);
    QCOMPARE(*m_exitCode, 2);
    QVERIFY(m_answers.empty());
}

void TestBatch::firstQueryAfterAStartFindsWhatIsHere()
{
    start();
    ask(uR"({"sync":true})"_s);
    m_batch.reset();
    m_workbench.reset();
    m_office->setReachable(false);
    start();
    const QJsonObject read = ask(uR"({"query":"account"})"_s);
    QCOMPARE(read.value(u"rows"_s).toArray().size(), 3);
}

void TestBatch::linkIsDownWhenItIsSaidToBe()
{
    start();
    ask(uR"({"sync":true})"_s);
    ask(uR"({"link":"down"})"_s);
    QCOMPARE(ask(uR"({"status":true})"_s).value(u"state"_s).toString(), u"offline"_s);
}

void TestBatch::conflictIsRetriedWithOtherArguments()
{
    start();
    ask(uR"({"sync":true})"_s);
    ask(uR"({"link":"down"})"_s);
    CommandCall other;
    other.id = RecordId::create();
    other.type = u"EditRecord"_s;
    other.arguments.values = {{u"entity"_s, u"account"_s}, {u"record"_s, m_account.text()}};
    other.arguments.sets = {{u"patch"_s, {{u"short_name"_s, u"皖电"_s}}},
                            {u"seen"_s, {{u"short_name"_s, Cell()}}}};
    m_office->runAs(m_colleague, other);
    edit(u"short_name"_s, u"电力"_s);
    ask(uR"({"link":"up"})"_s);
    const QJsonArray rejected = ask(uR"({"sync":true})"_s).value(u"rejected"_s).toArray();
    QCOMPARE(rejected.size(), 1);
    const QJsonObject again = ask(uR"({"retry":%1,"args":{"seen":{"short_name":"皖电"}}})"_s.arg(
        rejected[0].toObject().value(u"no"_s).toInteger()));
    QCOMPARE(again.value(u"ok"_s), QJsonValue(true));
    QCOMPARE(ask(uR"({"sync":true})"_s).value(u"rejected"_s).toArray().size(), 0);
    const QJsonArray rows =
        ask(uR"({"query":"account","where":{"short_name":"电力"}})"_s).value(u"rows"_s).toArray();
    QCOMPARE(rows.size(), 1);
}

void TestBatch::endedSessionIsBegunAgainWithThePassword()
{
    start();
    ask(uR"({"sync":true})"_s);
    m_office->door().tokensHold = false;
    m_office->setReachable(false);
    m_office->setReachable(true);
    edit(u"short_name"_s, u"电力"_s);
    QCOMPARE(ask(uR"({"sync":true})"_s).value(u"ok"_s), QJsonValue(true));
    QVERIFY(!m_exitCode);
}

void TestBatch::lockedOutAmidTheWorkEveryRequestIsAnswered()
{
    start();
    ask(uR"({"sync":true})"_s);
    m_office->setReachable(false);
    CommandCall disable;
    disable.id = RecordId::create();
    disable.type = u"SaveStaff"_s;
    disable.arguments.values = {{u"staff"_s, m_workbench->me().id.text()},
                                {u"status"_s, u"disabled"_s}};
    m_office->runAs(m_administrator, disable);
    m_office->setReachable(true);
    for (const QString &request : {uR"({"sync":true})"_s, uR"({"query":"account"})"_s}) {
        const QJsonObject error = ask(request).value(u"error"_s).toObject();
        QCOMPARE(error.value(u"reason"_s).toString(), u"forbidden.disabled"_s);
    }
    QVERIFY(!m_exitCode);
    m_batch->endInput();
    QTRY_COMPARE_WITH_TIMEOUT(m_exitCode.value_or(0), 2, patience);
}

QTEST_GUILESS_MAIN(TestBatch)
#include "tst_batch.moc"
