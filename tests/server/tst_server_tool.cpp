#include "base/enrolment.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/entities.h"
#include "domain/opportunity.h"
#include "security/login_tables.h"
#include "security/pki.h"
#include "support/master_world.h"
#include "tool/admin_requests.h"
#include "tool/backup.h"
#include "tool/founding.h"
#include "tool/master_file.h"
#include "tool/people_requests.h"
#include "tool/subcommands.h"
#include "tool/verification.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

constexpr PasswordCost cheap{1, 8192};
const QString password = u"correct horse"_s;

// A founded data directory without a running server, and its office.
class Place
{
public:
    Place()
        : catalog(makeCatalog())
        , registry(makeCommandRegistry())
    {
        path = home.filePath(u"data"_s);
        auto owned = DataDir::own(path);
        Q_ASSERT(owned);
        dir.emplace(*owned);
    }
    Result<> found(std::optional<quint64> demoSeed = {})
    {
        Founding founding;
        founding.demoSeed = demoSeed;
        founding.admin = u"boss"_s;
        founding.password = password;
        founding.hosts = {u"keydesk.example"_s};
        founding.passwordCost = cheap;
        return foundServer(*dir, founding, clock);
    }
    std::unique_ptr<DirectOffice> office()
    {
        auto made = std::make_unique<DirectOffice>(*dir, catalog, registry, clock);
        const auto opened = made->open();
        Q_ASSERT(opened);
        return made;
    }
    static QJsonObject newcomer(const QString &code)
    {
        return {{u"name"_s, code},
                {u"full_name"_s, u"张三"_s},
                {u"roles"_s, QJsonArray{u"account_manager"_s}},
                {u"password"_s, password}};
    }

    QTemporaryDir home;
    QString path;
    ManualClock clock;
    Catalog catalog;
    CommandRegistry registry;
    std::optional<DataDir> dir;
};

QString keyOf(const Result<QJsonObject> &answer)
{
    return answer ? QString() : answer.error().key();
}

} // namespace

class TestServerTool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initMakesASoundServerOnce();
    void demoHasItsDirectoryAndItsNumbers();
    void failedInitLeavesNothing();
    void addedPersonHasRolesPlaceAndPassword();
    void newcomerMustBeNewKnownAndHaveAGoodPassword();
    void disabledPersonIsNotEnrolled();
    void resetGivesANewPasswordAndEndsTheSessions();
    void enrolmentStringNamesServerAndPin();
    void verifyFindsWhatWasTamperedWith_data();
    void verifyFindsWhatWasTamperedWith();
    void verifyRepairsNothingAndForgivesWhatTimeDid();
    void disabledPersonsDealsGoToTheOperationsCentre();
    void resetKeepsADisabledPersonOut();
    void theOnlyAdministratorIsNotDisabled();
    void enableLetsADisabledPersonInAgain();
    void backupIntoTheDataDirectoryIsRefused();
    void restoreOnANewMachineBringsTheKeys();
    void restoreIsANewIncarnation();
    void restoreListsAnswersThatNobodyKeeps();
    void restoreRefusesWhatIsNoBackup();
    void wordsThatCannotBeUnderstoodExitWithTwo();
    void everySubcommandGivesHelp_data();
    void everySubcommandGivesHelp();
};

void TestServerTool::initMakesASoundServerOnce()
{
    Place place;
    QVERIFY(place.found());
    auto office = place.office();
    const auto report = answerRequest(*office, {{u"do"_s, u"verify"_s}}, {});
    QVERIFY(report);
    QVERIFY2((*report)[u"ok"_s].toBool(),
             qPrintable(QString::fromUtf8(QJsonDocument(*report).toJson())));
    const auto reader = office->reader();
    LoginTables tables(**reader);
    const auto boss = tables.personByCode(u"boss"_s);
    QVERIFY(boss && boss->isActive && boss->roles.contains(Role::Administrator));
    QVERIFY(PasswordHasher(cheap).matches(tables.passwordHash(boss->id), password));
    Query areas = (*reader)->query("SELECT count(*) FROM area");
    QVERIFY(areas.next() && areas.integer(0) > 0);
    office.reset();
    const auto again = place.found();
    QVERIFY(!again);
    QCOMPARE(again.error().key(), u"server.exists"_s);
    QVERIFY(again.error().text(QLocale::English).contains(place.dir->path()));
    QVERIFY(again.error().text(QLocale::English).contains(u"empty folder"_s));
}

void TestServerTool::demoHasItsDirectoryAndItsNumbers()
{
    Place place;
    QVERIFY(place.found(7));
    auto office = place.office();
    const auto reader = office->reader();
    Query cards = (*reader)->query("SELECT count(DISTINCT account_id), sum(am_name IS NOT NULL), "
                                   "sum(masked_number IS NULL) FROM caller_card");
    QVERIFY(cards.next());
    QCOMPARE(cards.integer(0), 240);
    QVERIFY(cards.integer(1) > 0);
    QCOMPARE(cards.integer(2), 0);
    Query tallies = (*reader)->query("SELECT sum(open_opportunities) FROM account_tally");
    QVERIFY(tallies.next());
    QVERIFY(tallies.integer(0) > 0);
    // The server's numbering goes on behind the last number of each area and month.
    Query behind = (*reader)->query(
        "SELECT count(*) FROM opportunity o WHERE CAST(substr(o.no, -4) AS INTEGER) > coalesce("
        "(SELECT last FROM number_series s WHERE o.no LIKE 'SJ-' || s.area || '-' || s.month || "
        "'-%'), 0)");
    QVERIFY(behind.next());
    QCOMPARE(behind.integer(0), 0);
}

void TestServerTool::failedInitLeavesNothing()
{
    Place place;
    Founding founding;
    founding.admin = u"boss"_s;
    founding.password = u"12345678"_s;
    QVERIFY(!foundServer(*place.dir, founding, place.clock));
    founding.password = password;
    founding.hosts = {u"not a host name"_s};
    founding.passwordCost = cheap;
    QVERIFY(!foundServer(*place.dir, founding, place.clock));
    QVERIFY(place.found());
}

void TestServerTool::addedPersonHasRolesPlaceAndPassword()
{
    Place place;
    QVERIFY(place.found());
    auto office = place.office();
    const auto reader = office->reader();
    Query area = (*reader)->query("SELECT id, code FROM area ORDER BY code LIMIT 1");
    QVERIFY(area.next());
    const QString areaId = area.text(0);
    QJsonObject request = Place::newcomer(u"am1"_s);
    request[u"area"_s] = area.text(1);
    area.reset(); // a statement in use keeps its snapshot
    request[u"station"_s] = u"GW-1"_s;
    request[u"roles"_s] = QJsonArray{u"account_manager"_s, u"supervisor"_s};
    QCOMPARE(keyOf(addPerson(*office, request, cheap)), QString());
    Query staff = (*reader)->query(
        "SELECT area_id, roles, station, name FROM staff WHERE code='am1'");
    QVERIFY(staff.next());
    QCOMPARE(staff.text(0), areaId);
    QCOMPARE(staff.text(1), u"account_manager,supervisor"_s);
    QCOMPARE(staff.text(2), u"GW-1"_s);
    QCOMPARE(staff.text(3), u"张三"_s);
}

void TestServerTool::newcomerMustBeNewKnownAndHaveAGoodPassword()
{
    Place place;
    QVERIFY(place.found());
    auto office = place.office();
    QCOMPARE(keyOf(addPerson(*office, Place::newcomer(u"am1"_s), cheap)), QString());
    QCOMPARE(keyOf(addPerson(*office, Place::newcomer(u"am1"_s), cheap)), u"record.exists"_s);
    QJsonObject request = Place::newcomer(u"am2"_s);
    request[u"roles"_s] = QJsonArray{u"king"_s};
    QCOMPARE(keyOf(addPerson(*office, request, cheap)), u"usage"_s);
    request = Place::newcomer(u"am2"_s);
    request[u"area"_s] = u"nowhere"_s;
    QCOMPARE(keyOf(addPerson(*office, request, cheap)), u"reference.missing"_s);
    request = Place::newcomer(u"am2"_s);
    request[u"password"_s] = u"12345678"_s;
    QCOMPARE(keyOf(addPerson(*office, request, cheap)), u"password.common"_s);
}

void TestServerTool::disabledPersonIsNotEnrolled()
{
    Place place;
    QVERIFY(place.found());
    auto office = place.office();
    QVERIFY(addPerson(*office, Place::newcomer(u"am1"_s), cheap));
    const QJsonObject request{{u"user"_s, u"am1"_s}, {u"server"_s, u"keydesk.example:7443"_s}};
    QCOMPARE(keyOf(issueEnrolment(*office, request)), QString());
    QCOMPARE(keyOf(setAccess(*office, {{u"name"_s, u"am1"_s}}, StaffStatus::Disabled)), QString());
    QCOMPARE(keyOf(issueEnrolment(*office, request)), u"forbidden.disabled"_s);
    QCOMPARE(keyOf(setAccess(*office, {{u"name"_s, u"nobody"_s}}, StaffStatus::Disabled)),
             u"record.not_found"_s);
}

void TestServerTool::resetGivesANewPasswordAndEndsTheSessions()
{
    Place place;
    QVERIFY(place.found());
    auto office = place.office();
    const auto added = addPerson(*office, Place::newcomer(u"am1"_s), cheap);
    QVERIFY(added);
    const RecordId id((*added)[u"id"_s].toString());
    QVERIFY(office->transact([&](Authority &authority, Transaction &, AuditEntry &) {
        return LoginTables(authority.store().database())
            .addSession({u"t"_s, id, QByteArray(32, 's'), place.clock.now(),
                         place.clock.now() + day},
                        u"pc"_s, {});
    }));
    QCOMPARE(keyOf(resetPassword(*office,
                                 {{u"name"_s, u"am1"_s}, {u"password"_s, u"another horse"_s}},
                                 cheap)),
             QString());
    const auto reader = office->reader();
    LoginTables tables(**reader);
    QVERIFY(PasswordHasher(cheap).matches(tables.passwordHash(id), u"another horse"_s));
    QVERIFY(!tables.session(u"t"_s, u"pc"_s));
}

void TestServerTool::enrolmentStringNamesServerAndPin()
{
    Place place;
    QVERIFY(place.found());
    auto office = place.office();
    QCOMPARE(keyOf(issueEnrolment(*office, {{u"user"_s, u"boss"_s}})),
             u"usage"_s); // nothing served yet
    const auto serve = [&](const QString &address) {
        QVERIFY(office->transact([&](Authority &authority, Transaction &, AuditEntry &) {
            return setServerSetting(authority.store().database(), server_setting::servedAddress,
                                    address);
        }));
    };
    serve(u"0.0.0.0:7443"_s);
    auto answer = issueEnrolment(*office, {{u"user"_s, u"boss"_s}});
    QVERIFY(answer);
    auto enrolment = Enrolment::parse((*answer)[u"string"_s].toString());
    QVERIFY(enrolment);
    QCOMPARE(enrolment->server.toString(), u"keydesk.example:7443"_s);
    QCOMPARE(enrolment->pin, *Pki(place.dir->tlsFolder()).pin());
    serve(u"127.0.0.1:4711"_s);
    answer = issueEnrolment(*office, {{u"user"_s, u"boss"_s}});
    QCOMPARE(Enrolment::parse((*answer)[u"string"_s].toString())->server.toString(),
             u"127.0.0.1:4711"_s);
}

void TestServerTool::verifyFindsWhatWasTamperedWith_data()
{
    QTest::addColumn<QByteArray>("tampering");
    QTest::addColumn<QString>("part");
    QTest::newRow("a row behind the log's back")
        << QByteArray("UPDATE staff SET row_ver=row_ver+1000") << u"buckets"_s;
    QTest::newRow("a lost op") << QByteArray(
        "DELETE FROM oplog WHERE seq=(SELECT min(seq) FROM oplog)")
                               << u"log"_s;
    QTest::newRow("a grant that nobody gave")
        << QByteArray("INSERT INTO scope_grant SELECT id, 'area:x', 2, 1 FROM staff LIMIT 1")
        << u"grants"_s;
    QTest::newRow("a line of the trail")
        << QByteArray("DROP TRIGGER audit_keeps_text; UPDATE audit SET actor='x'") << u"audit"_s;
    QTest::newRow("a value behind the trail's back")
        << QByteArray("INSERT INTO change_detail(pos, tbl, row_id, field, old_value, new_value) "
                      "SELECT (SELECT max(pos) FROM audit), 'staff', id, 'name', 'x', 'y' FROM "
                      "staff LIMIT 1")
        << u"history"_s;
    QTest::newRow("a hole in a device's answers")
        << QByteArray("INSERT INTO device(id, user_id, status, last_n) VALUES('pc','u','active',3);"
                      "INSERT INTO cmd_result VALUES('pc',1,'a',x'00',0,'','',1,1);"
                      "INSERT INTO cmd_result VALUES('pc',3,'b',x'00',0,'','',1,1)")
        << u"results"_s;
    QTest::newRow("a text that cannot be found")
        << QByteArray("DELETE FROM search_staff_docsize WHERE id=(SELECT min(id) FROM "
                      "search_staff_docsize)")
        << u"search"_s;
    QTest::newRow("a number that leads nowhere")
        << QByteArray("INSERT INTO phone_index VALUES('+861','contact','x')") << u"search"_s;
    QTest::newRow("a staff number held twice")
        << QByteArray("INSERT INTO staff(id, code) SELECT 'x', code FROM staff LIMIT 1")
        << u"keys"_s;
    QTest::newRow("a head that was put back") << QByteArray("UPDATE head SET seq=1") << u"head"_s;
    QTest::newRow("the end of the trail") << QByteArray(
        "DROP TRIGGER audit_keeps_rows; DELETE FROM audit WHERE pos=(SELECT max(pos) FROM audit);"
        "INSERT INTO change_detail(pos, tbl, row_id, field) SELECT "
        "coalesce(max(pos),0)+1,'x','x','' FROM "
        "audit") << u"head"_s;
    QTest::newRow("a claim without an owner")
        << QByteArray("INSERT INTO opportunity(id, custody_state) VALUES('o', 'claimed')")
        << u"ownership"_s;
}

void TestServerTool::verifyFindsWhatWasTamperedWith()
{
    QFETCH(const QByteArray, tampering);
    QFETCH(const QString, part);
    Place place;
    QVERIFY(place.found());
    {
        const auto database = openMaster(place.dir->file(u"keydesk.db"_s), place.catalog);
        QVERIFY((*database)->execute(tampering));
    }
    auto office = place.office();
    const auto reader = office->reader();
    const auto report = answerRequest(*office, {{u"do"_s, u"verify"_s}}, {});
    QVERIFY(report);
    QVERIFY(!(*report)[u"ok"_s].toBool());
    QVERIFY2(!(*report)[part][u"ok"_s].toBool(),
             qPrintable(QString::fromUtf8(QJsonDocument(*report).toJson())));
}

void TestServerTool::verifyRepairsNothingAndForgivesWhatTimeDid()
{
    Place place;
    QVERIFY(place.found());
    auto office = place.office();
    const auto added = addPerson(*office, Place::newcomer(u"am1"_s), cheap);
    QVERIFY(added);
    Account account;
    account.id = RecordId::create();
    account.name = u"甲"_s;
    Assignment assignment;
    assignment.id = RecordId::create();
    assignment.accountId = account.id;
    assignment.staffId = RecordId((*added)[u"id"_s].toString());
    assignment.validUntil = businessDate(place.clock.now());
    QVERIFY(office->transact([&](Authority &, Transaction &tx, AuditEntry &audit) -> Result<> {
        audit.action = u"test"_s;
        audit.outcome = u"applied"_s;
        if (auto done = tx.insert(account); !done)
            return done;
        return tx.insert(assignment);
    }));
    place.clock.advance(3 * day); // nobody ran it meanwhile
    const auto verified = [&] {
        return (*answerRequest(*office, {{u"do"_s, u"verify"_s}}, {}))[u"grants"_s][u"ok"_s]
            .toBool();
    };
    QVERIFY(verified());
    QVERIFY(office->transact([&](Authority &authority, Transaction &, AuditEntry &) {
        return authority.store().database().execute(
            "UPDATE scope_grant SET profile=1 WHERE bucket LIKE 'acct:%'");
    }));
    QVERIFY(!verified());
    QVERIFY(!verified());
}

void TestServerTool::disabledPersonsDealsGoToTheOperationsCentre()
{
    Place place;
    QVERIFY(place.found());
    auto office = place.office();
    const auto added = addPerson(*office, Place::newcomer(u"am1"_s), cheap);
    QVERIFY(added);
    Opportunity deal;
    deal.id = RecordId::create();
    deal.title = u"专线"_s;
    deal.custodyState = CustodyState::Claimed;
    deal.ownerId = deal.assigneeId = RecordId((*added)[u"id"_s].toString());
    QVERIFY(office->transact(
        [&](Authority &, Transaction &tx, AuditEntry &) { return tx.insert(deal); }));
    QCOMPARE(keyOf(setAccess(*office, {{u"name"_s, u"am1"_s}}, StaffStatus::Disabled)), QString());
    const auto reader = office->reader();
    Query left = (*reader)->query(
        "SELECT custody_state, custody_reason, owner_id FROM opportunity");
    QVERIFY(left.next());
    QCOMPARE(left.text(0), u"returned"_s);
    QCOMPARE(left.text(1), u"owner_left"_s);
    QVERIFY(left.isNull(2));
}

void TestServerTool::resetKeepsADisabledPersonOut()
{
    Place place;
    QVERIFY(place.found());
    auto office = place.office();
    QVERIFY(addPerson(*office, Place::newcomer(u"am1"_s), cheap));
    QVERIFY(setAccess(*office, {{u"name"_s, u"am1"_s}}, StaffStatus::Disabled));
    const auto answer = resetPassword(*office,
                                      {{u"name"_s, u"am1"_s}, {u"password"_s, u"another horse"_s}},
                                      cheap);
    QVERIFY(answer);
    QVERIFY((*answer)[u"disabled"_s].toBool());
    const auto reader = office->reader();
    QVERIFY(!LoginTables(**reader).personByCode(u"am1"_s)->isActive);
}

void TestServerTool::theOnlyAdministratorIsNotDisabled()
{
    Place place;
    QVERIFY(place.found());
    auto office = place.office();
    const auto refused = setAccess(*office, {{u"name"_s, u"boss"_s}}, StaffStatus::Disabled);
    QCOMPARE(keyOf(refused), u"staff.last_administrator"_s);
    {
        const auto reader = office->reader();
        QVERIFY(LoginTables(**reader).personByCode(u"boss"_s)->isActive);
    }
    QJsonObject second = Place::newcomer(u"boss2"_s);
    second[u"roles"_s] = QJsonArray{u"administrator"_s};
    QVERIFY(addPerson(*office, second, cheap));
    QVERIFY(setAccess(*office, {{u"name"_s, u"boss"_s}}, StaffStatus::Disabled));
}

void TestServerTool::enableLetsADisabledPersonInAgain()
{
    Place place;
    QVERIFY(place.found());
    auto office = place.office();
    QVERIFY(addPerson(*office, Place::newcomer(u"am1"_s), cheap));
    QVERIFY(setAccess(*office, {{u"name"_s, u"am1"_s}}, StaffStatus::Disabled));
    QVERIFY(answerRequest(*office, {{u"do"_s, u"user.enable"_s}, {u"name"_s, u"am1"_s}}, {}));
    const auto reader = office->reader();
    QVERIFY(LoginTables(**reader).personByCode(u"am1"_s)->isActive);
    const auto reset = resetPassword(*office,
                                     {{u"name"_s, u"am1"_s}, {u"password"_s, u"another horse"_s}},
                                     cheap);
    QVERIFY(reset && !(*reset)[u"disabled"_s].toBool());
}

void TestServerTool::backupIntoTheDataDirectoryIsRefused()
{
    Place place;
    QVERIFY(place.found());
    QVERIFY(QFile::link(place.path, place.home.filePath(u"link"_s)));
    auto office = place.office();
    for (const QString &file :
         {u"data/keydesk.db"_s, u"data/copy.db"_s, u"data/tls/../copy.db"_s, u"link/keydesk.db"_s})
        QCOMPARE(keyOf(backUp(*office, place.home.filePath(file))), u"usage"_s);
    QCOMPARE(keyOf(backUp(*office, place.home.filePath(u"data.db"_s))), QString());
    QVERIFY((*answerRequest(*office, {{u"do"_s, u"verify"_s}}, {}))[u"ok"_s].toBool());
}

void TestServerTool::restoreOnANewMachineBringsTheKeys()
{
    Place place;
    QVERIFY(place.found());
    const QString file = place.home.filePath(u"backup.db"_s);
    {
        auto office = place.office();
        QVERIFY(backUp(*office, file));
    }
    QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    const auto pin = Pki(place.dir->tlsFolder()).pin();
    const auto fresh = DataDir::own(place.home.filePath(u"fresh"_s));
    QVERIFY(fresh);
    QVERIFY(restoreBackup(*fresh, file, place.catalog, place.registry, place.clock));
    const Pki keys(fresh->tlsFolder());
    QVERIFY(keys.exists());
    QCOMPARE(*keys.pin(), *pin);
    QVERIFY(keys.configuration());
    DirectOffice office(*fresh, place.catalog, place.registry, place.clock);
    QVERIFY(office.open());
    const auto reader = office.reader();
    Query packed = (*reader)->query("SELECT count(*) FROM sqlite_master WHERE name='tls_file'");
    QVERIFY(packed.next());
    QCOMPARE(packed.integer(0), 0);
}

void TestServerTool::restoreIsANewIncarnation()
{
    Place place;
    QVERIFY(place.found());
    const QString file = place.home.filePath(u"backup.db"_s);
    QString epoch;
    {
        auto office = place.office();
        QVERIFY(backUp(*office, file));
        QVERIFY(addPerson(*office, Place::newcomer(u"late"_s), cheap));
        const auto reader = office->reader();
        Query head = (*reader)->query("SELECT epoch FROM head");
        QVERIFY(head.next());
        epoch = head.text(0);
    }
    const auto restored = restoreBackup(*place.dir, file, place.catalog, place.registry,
                                        place.clock);
    QVERIFY(restored);
    QVERIFY(QFile::exists((*restored)[u"kept"_s].toString()));
    auto office = place.office();
    const auto reader = office->reader();
    Query head = (*reader)->query("SELECT epoch FROM head");
    QVERIFY(head.next());
    QVERIFY(head.text(0) != epoch);
    QVERIFY(!LoginTables(**reader).personByCode(u"late"_s));
    const auto report = answerRequest(*office, {{u"do"_s, u"verify"_s}}, {});
    QVERIFY((*report)[u"ok"_s].toBool());
}

void TestServerTool::restoreListsAnswersThatNobodyKeeps()
{
    Place place;
    QVERIFY(place.found());
    const QString file = place.home.filePath(u"backup.db"_s);
    auto office = place.office();
    QVERIFY(backUp(*office, file));
    QVERIFY(office->transact([&](Authority &authority, Transaction &, AuditEntry &) {
        Database &database = authority.store().database();
        const auto answer = [&](const QString &device, qint64 n, Instant at) {
            return database
                .query("INSERT INTO cmd_result(device, n, cmd_id, payload_hash, status, reason, "
                       "args, seq, at) "
                       "VALUES(?,?,?,x'00',0,'','',1,?)")
                .bind(1, device)
                .bind(2, n)
                .bind(3, device + QString::number(n))
                .bind(4, at.ms)
                .run();
        };
        auto done = answer(u"pc"_s, 1, place.clock.now());
        if (done)
            done = answer(u"job:claims"_s, 1, place.clock.now());
        return done ? answer(u"pc"_s, 2, place.clock.now() + 10 * day) : done;
    }));
    office.reset();
    place.clock.advance(15 * day);
    const auto restored = restoreBackup(*place.dir, file, place.catalog, place.registry,
                                        place.clock);
    QVERIFY(restored);
    const QJsonArray lost = (*restored)[u"lost"_s].toArray();
    QCOMPARE(lost.size(), 1);
    QCOMPARE(lost.first()[u"command"_s].toString(), u"pc1"_s);
}

void TestServerTool::restoreRefusesWhatIsNoBackup()
{
    Place place;
    QVERIFY(place.found());
    const QString file = place.home.filePath(u"text.db"_s);
    QFile text(file);
    QVERIFY(text.open(QFile::WriteOnly));
    text.write("no database at all");
    text.close();
    QVERIFY(!restoreBackup(*place.dir, file, place.catalog, place.registry, place.clock));
    auto office = place.office();
    QVERIFY(answerRequest(*office, {{u"do"_s, u"verify"_s}}, {}));
}

void TestServerTool::wordsThatCannotBeUnderstoodExitWithTwo()
{
    QCOMPARE(runSubcommand({}), 2);
    QCOMPARE(runSubcommand({u"dance"_s}), 2);
    QCOMPARE(runSubcommand({u"serve"_s}), 2);
    QCOMPARE(runSubcommand({u"user"_s, u"add"_s, u"--data"_s, u"x"_s}), 2);
    QCOMPARE(runSubcommand({u"verify"_s, u"--data"_s, u"/nonexistent"_s}), 2);
    QCOMPARE(runSubcommand({u"init"_s, u"--data"_s, u"/nonexistent"_s, u"--admin"_s, u"a"_s,
                            u"--password-file"_s, u"x"_s, u"--demo"_s, u"abc"_s}),
             2);
}

void TestServerTool::everySubcommandGivesHelp_data()
{
    QTest::addColumn<QString>("words");
    for (const char *words :
         {"", "init", "serve", "user", "user add", "user disable", "user enable", "user reset",
          "device list", "device wipe", "enrol", "import", "backup", "restore", "verify"})
        QTest::newRow(*words ? words : "none") << QString::fromLatin1(words);
}

void TestServerTool::everySubcommandGivesHelp()
{
    QFETCH(QString, words);
    const QStringList before = words.split(u' ', Qt::SkipEmptyParts);
    for (const QString &help : {u"--help"_s, u"-h"_s})
        QCOMPARE(runSubcommand(before + QStringList{help}), 0);
    QCOMPARE(runSubcommand({u"user"_s}), 2);
    QCOMPARE(runSubcommand({u"user"_s, u"dance"_s}), 2);
}

QTEST_GUILESS_MAIN(TestServerTool)
#include "tst_server_tool.moc"
