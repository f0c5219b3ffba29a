#include "base/content_hash.h"
#include "commands/export_command.h"
#include "commands/staff_commands.h"
#include "domain/area.h"
#include "domain/opportunity.h"
#include "support/master_world.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// The sums of all buckets, computed anew from the rows.
std::map<QString, std::pair<qint64, quint64>> recomputedSums(MasterWorld &world)
{
    std::map<QString, std::pair<qint64, quint64>> sums;
    for (const EntityInfo &entity : world.catalog.entities()) {
        for (const Row &row : world.store.select(entity, "1=1")) {
            for (const QString &bucket : entity.bucketsOf(row)) {
                auto &[count, sum] = sums[bucket];
                ++count;
                sum += membershipHash(entity.name(), row[common_column::Id].text(),
                                      row[common_column::RowVer].integer());
            }
        }
    }
    return sums;
}

std::map<QString, std::pair<qint64, quint64>> storedSums(MasterWorld &world)
{
    std::map<QString, std::pair<qint64, quint64>> sums;
    Query query = world.database->query(
        "SELECT id, cnt, sum FROM bucket WHERE cnt <> 0 OR sum <> 0");
    while (query.next())
        sums[query.text(0)] = {query.integer(1), quint64(query.integer(2))};
    return sums;
}

// A rule of dispatch that fails for opportunities with a telling title.
class Reacting final : public Reactions
{
public:
    Result<> afterCommand(CommandContext &context, const CommandCall &call) override
    {
        Opportunity made = *context.tx.find<Opportunity>(RecordId::derive(call.id, 0));
        const QString title = made.title;
        made.remarks = u"half done"_s;
        if (auto saved = context.save(made); !saved)
            return saved;
        return title == u"fails"_s ? Result<>(Error("unknown"_reason)) : Result<>();
    }
    Result<> afterFailure(CommandContext &context, const CommandCall &call, const Error &) override
    {
        Opportunity made = *context.tx.find<Opportunity>(RecordId::derive(call.id, 0));
        made.statusText = u"for the operations centre"_s;
        return context.save(made);
    }
};

// A seat sees the customers of its local network.
Area kunming(MasterWorld &world)
{
    Area area;
    area.id = RecordId::fromParts(1, 2, 3);
    area.code = area.name = u"km"_s;
    return world.put(area);
}

Staff seatIn(MasterWorld &world)
{
    return world.person(u"hot1"_s, Role::HotlineAgent, kunming(world).id);
}

Account customerIn(MasterWorld &world)
{
    return world.account(u"甲"_s, kunming(world).id);
}

} // namespace

class TestAuthority : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commandTakesEffectOnceAndAnswersTheSameWhenSentAgain();
    void commandOutOfOrderIsTakenBackToTheExpectedNumber();
    void numberUsedForAnotherPayloadQuarantinesTheDevice();
    void theOrderToWipeOutlivesTheQuarantine();
    void whatARefusedExportSaysIsNotInTheTrail();
    void prunedResultReadsStale();
    void rejectionLeavesOnlyItsResultAndItsLineOfTheTrail();
    void sameCommandUnderAnotherNumberKeepsItsFirstVerdict();
    void sameCommandFromANewDeviceOfThePersonHasOneEffect();
    void sameNameFromAnotherDeviceIsAnotherCommand();
    void namesOfTheServersJobsAreRefusedFromDevices();
    void refusedJobIsAnsweredOnce();
    void unknownCommandIsRejectedAndTheNextGoesOn();
    void disabledPersonMayDoNothing();
    void rowVersionIsTheSequenceNumberAndSumsFollow();
    void oneOpPerBucketAndRow();
    void rowThatLeavesABucketLeavesADel();
    void failedReactionIsUndoneAndTheCommandStands();
    void auditChainVerifiesAndBreaksWhenTampered();
    void auditKeepsWhatChanged();
    void deedStandsOrFallsWithItsLineOfTheTrail();
    void otherRolesEndTheSessions();
    void rolledBackGroupLeavesNothing();
    void removedAssignmentTakesTheGrantAway();
    void openedAccountIsGrantedMaskedForADay();
};

void TestAuthority::commandTakesEffectOnceAndAnswersTheSameWhenSentAgain()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    const Account account = customerIn(world);
    const Cmd command = MasterWorld::message(1, MasterWorld::capture(account.id, u"两条专线"_s));

    const CmdResult first = world.send(agent, command);
    const qint64 seq = world.number("SELECT seq FROM head");
    const CmdResult again = world.send(agent, command);

    QCOMPARE(first.status, int(CmdResult::Applied));
    QCOMPARE(encodeMessage(again), encodeMessage(first));
    QCOMPARE(world.number("SELECT count(*) FROM opportunity"), 1);
    QCOMPARE(world.number("SELECT seq FROM head"), seq);
}

void TestAuthority::commandOutOfOrderIsTakenBackToTheExpectedNumber()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    const Account account = customerIn(world);
    const CmdResult result =
        world.send(agent, MasterWorld::message(3, MasterWorld::capture(account.id, u"x"_s)));
    QCOMPARE(result.status, int(CmdResult::Gap));
    QCOMPARE(result.seq, 1);
    QCOMPARE(world.number("SELECT count(*) FROM cmd_result"), 0);
}

void TestAuthority::theOrderToWipeOutlivesTheQuarantine()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    const Account account = customerIn(world);
    world.send(agent, MasterWorld::message(1, MasterWorld::capture(account.id, u"x"_s)));
    QVERIFY(world.database->execute("UPDATE device SET status='wiping'"));
    world.send(agent, MasterWorld::message(1, MasterWorld::capture(account.id, u"y"_s)));
    QCOMPARE(world.text("SELECT status FROM device"), u"condemned"_s);
    const CmdResult next =
        world.send(agent, MasterWorld::message(2, MasterWorld::capture(account.id, u"z"_s)));
    QCOMPARE(next.status, int(CmdResult::Rejected));
}

void TestAuthority::whatARefusedExportSaysIsNotInTheTrail()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    ExportRecords exported;
    exported.entity = u"138 0013 8000 %2"_s;
    world.send(agent, MasterWorld::message(1, callOf(exported)));
    QVERIFY(!world.text("SELECT object FROM audit ORDER BY pos DESC LIMIT 1").contains(u"138"));
}

void TestAuthority::numberUsedForAnotherPayloadQuarantinesTheDevice()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    const Account account = customerIn(world);
    world.send(agent, MasterWorld::message(1, MasterWorld::capture(account.id, u"x"_s)));
    const CmdResult other =
        world.send(agent, MasterWorld::message(1, MasterWorld::capture(account.id, u"y"_s)));
    QCOMPARE(other.status, int(CmdResult::Rejected));
    QCOMPARE(world.text("SELECT status FROM device"), u"quarantined"_s);
    QVERIFY(world.committed.quarantined.contains(MasterWorld::deviceOf(agent)));

    const CmdResult next =
        world.send(agent, MasterWorld::message(2, MasterWorld::capture(account.id, u"z"_s)));
    QCOMPARE(next.reason, u"login.device_unknown"_s);
    QCOMPARE(world.number("SELECT count(*) FROM opportunity"), 1);
}

void TestAuthority::prunedResultReadsStale()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    const Account account = customerIn(world);
    const Cmd command = MasterWorld::message(1, MasterWorld::capture(account.id, u"x"_s));
    world.send(agent, command);
    QVERIFY(world.database->execute("DELETE FROM cmd_result"));
    QCOMPARE(world.send(agent, command).status, int(CmdResult::Stale));
    QCOMPARE(world.number("SELECT count(*) FROM opportunity"), 1);
}

void TestAuthority::rejectionLeavesOnlyItsResultAndItsLineOfTheTrail()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    const Account account = customerIn(world);
    const auto sums = storedSums(world);
    const qint64 ops = world.number("SELECT count(*) FROM oplog");
    const qint64 seq = world.number("SELECT seq FROM head");
    const qint64 trail = world.number("SELECT count(*) FROM audit");

    const CmdResult result = world.run(agent,
                                       MasterWorld::edit(u"account"_s, account.id,
                                                         {{u"name"_s, u"乙"_s}}));

    QCOMPARE(result.status, int(CmdResult::Rejected));
    QCOMPARE(world.find<Account>(account.id)->name, u"甲"_s);
    QCOMPARE(storedSums(world), sums);
    QCOMPARE(world.number("SELECT count(*) FROM oplog"), ops);
    QCOMPARE(world.number("SELECT seq FROM head"), seq + 1);
    QCOMPARE(world.number("SELECT count(*) FROM audit"), trail + 1);
    QCOMPARE(world.text("SELECT outcome FROM audit ORDER BY pos DESC LIMIT 1"), result.reason);
    QCOMPARE(world.number("SELECT last_n FROM device"), 1);
}

void TestAuthority::sameCommandUnderAnotherNumberKeepsItsFirstVerdict()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    const Account account = customerIn(world);
    const CommandCall call = MasterWorld::capture(account.id, u"x"_s);
    QCOMPARE(world.run(agent, call).status, int(CmdResult::Applied));
    QCOMPARE(world.run(agent, call).status, int(CmdResult::Applied));
    QCOMPARE(world.number("SELECT count(*) FROM opportunity"), 1);
    QCOMPARE(world.number("SELECT last_n FROM device"), 2);
}

// A PC that a restored server had forgotten is enrolled anew and offers everything again.
void TestAuthority::sameCommandFromANewDeviceOfThePersonHasOneEffect()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    const Account account = customerIn(world);
    const CommandCall call = MasterWorld::capture(account.id, u"x"_s);
    QCOMPARE(world.run(agent, call).status, int(CmdResult::Applied));
    CmdResult again;
    world.inGroup([&] {
        again = world.authority.accept({u"enrolled-anew"_s, agent.id},
                                       MasterWorld::message(1, call));
    });
    QCOMPARE(again.status, int(CmdResult::Applied));
    QCOMPARE(world.number("SELECT count(*) FROM opportunity"), 1);
}

void TestAuthority::sameNameFromAnotherDeviceIsAnotherCommand()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    const Account account = customerIn(world);
    const CommandCall call = MasterWorld::edit(u"account"_s, account.id, {{u"name"_s, u"乙"_s}});
    QCOMPARE(world.run(agent, call).status, int(CmdResult::Rejected)); // his verdict, his alone
    world.inGroup([&] {
        QCOMPARE(world.authority.acceptJob(u"job:test"_s, call).status, int(CmdResult::Applied));
    });
}

void TestAuthority::namesOfTheServersJobsAreRefusedFromDevices()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    CommandCall call = MasterWorld::capture(customerIn(world).id, u"x"_s);
    call.id = RecordId(call.id.text() + u"/job"_s);
    QCOMPARE(world.run(agent, call).reason, u"command.malformed"_s);
    QCOMPARE(world.number("SELECT count(*) FROM opportunity"), 0);
}

void TestAuthority::refusedJobIsAnsweredOnce()
{
    MasterWorld world;
    const CommandCall call = MasterWorld::edit(u"account"_s, world.freshId(),
                                               {{u"name"_s, u"乙"_s}});
    for (int round = 0; round < 3; ++round) {
        world.inGroup([&] {
            QCOMPARE(world.authority.acceptJob(u"job:test"_s, call).reason, u"record.not_found"_s);
        });
    }
    QCOMPARE(world.number("SELECT last_n FROM device WHERE id='job:test'"), 1);
    QCOMPARE(world.number("SELECT count(*) FROM audit WHERE device='job:test'"), 1);
}

void TestAuthority::unknownCommandIsRejectedAndTheNextGoesOn()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    const Account account = customerIn(world);
    CommandCall call = MasterWorld::capture(account.id, u"x"_s);
    call.version = 99;
    QCOMPARE(world.run(agent, call).reason, u"command.unknown"_s);
    QCOMPARE(world.run(agent, MasterWorld::capture(account.id, u"x"_s)).status,
             int(CmdResult::Applied));
}

void TestAuthority::disabledPersonMayDoNothing()
{
    MasterWorld world;
    Staff agent = seatIn(world);
    const Account account = customerIn(world);
    agent.status = StaffStatus::Disabled;
    world.put(agent);
    QCOMPARE(world.run(agent, MasterWorld::capture(account.id, u"x"_s)).reason,
             u"forbidden.disabled"_s);
}

void TestAuthority::rowVersionIsTheSequenceNumberAndSumsFollow()
{
    MasterWorld world;
    const Staff admin = world.person(u"adm"_s, Role::Administrator);
    const Area area = world.area(u"km"_s);
    Account account = world.account(u"甲"_s, area.id);
    const qint64 before = world.find<Account>(account.id)->rowVer;
    const CmdResult result = world.run(admin,
                                       MasterWorld::edit(u"area"_s, area.id,
                                                         {{u"name"_s, u"昆明"_s}}));
    QCOMPARE(result.status, int(CmdResult::Applied));
    account.name = u"乙"_s;
    world.put(account);
    QVERIFY(world.find<Account>(account.id)->rowVer > before);
    QVERIFY(world.find<Account>(account.id)->rowVer <= world.number("SELECT seq FROM head"));
    QCOMPARE(storedSums(world), recomputedSums(world));
}

void TestAuthority::oneOpPerBucketAndRow()
{
    MasterWorld world;
    Account account = world.account(u"甲"_s, world.area(u"km"_s).id);
    for (int i = 0; i < 5; ++i) {
        account.name = QString::number(i);
        world.put(account);
    }
    QCOMPARE(world.number("SELECT count(*) FROM oplog WHERE tbl='account'"), 2); // acct and area
    QCOMPARE(world.number(
                 "SELECT count(*) FROM (SELECT seq FROM oplog GROUP BY seq HAVING count(*) > 1)"),
             0);
}

void TestAuthority::rowThatLeavesABucketLeavesADel()
{
    MasterWorld world;
    const Area first = world.area(u"km"_s);
    const Area other = world.area(u"qj"_s);
    Account account = world.account(u"甲"_s, first.id);
    account.areaId = other.id;
    world.put(account);
    QCOMPARE(world.number("SELECT kind FROM oplog WHERE tbl='account' AND bucket='area:"
                          + first.id.text().toLatin1() + "'"),
             1);
    QCOMPARE(world.number("SELECT kind FROM oplog WHERE tbl='account' AND bucket='area:"
                          + other.id.text().toLatin1() + "'"),
             0);
    QCOMPARE(storedSums(world), recomputedSums(world));
}

void TestAuthority::failedReactionIsUndoneAndTheCommandStands()
{
    Reacting reactions;
    MasterWorld world(&reactions);
    const Staff agent = seatIn(world);
    const Account account = customerIn(world);
    const CommandCall call = MasterWorld::capture(account.id, u"fails"_s);
    QCOMPARE(world.run(agent, call).status, int(CmdResult::Applied));
    const auto made = world.find<Opportunity>(RecordId::derive(call.id, 0));
    QVERIFY(made);
    QCOMPARE(made->remarks, QString());
    QCOMPARE(made->statusText, u"for the operations centre"_s);
    QCOMPARE(storedSums(world), recomputedSums(world));
}

void TestAuthority::auditChainVerifiesAndBreaksWhenTampered()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    const Account account = customerIn(world);
    for (int i = 0; i < 3; ++i)
        world.run(agent, MasterWorld::capture(account.id, QString::number(i)));
    const auto verified = AuditTrail::verify(*world.database);
    QVERIFY(verified);
    QCOMPARE(*verified, 3);
    QVERIFY(!world.database->execute("DELETE FROM audit WHERE pos=2"));
    QVERIFY(world.database->execute(
        "DROP TRIGGER audit_keeps_text; UPDATE audit SET actor='x' WHERE pos=2"));
    QVERIFY(!AuditTrail::verify(*world.database));
}

void TestAuthority::auditKeepsWhatChanged()
{
    MasterWorld world;
    const Staff admin = world.person(u"adm"_s, Role::Administrator);
    const Area area = world.area(u"km"_s);
    world.run(admin, MasterWorld::edit(u"area"_s, area.id, {{u"name"_s, u"昆明"_s}}));
    QCOMPARE(world.text("SELECT actor FROM audit ORDER BY pos DESC LIMIT 1"), admin.id.text());
    QCOMPARE(world.text(
                 "SELECT old_value || '>' || new_value FROM change_detail WHERE field='name'"),
             u"km>昆明"_s);
}

void TestAuthority::deedStandsOrFallsWithItsLineOfTheTrail()
{
    MasterWorld world;
    const auto deed = [&](bool fails) {
        return world.authority.perform([&, fails](Transaction &tx, AuditEntry &entry) -> Result<> {
            Area area;
            area.id = world.freshId();
            area.code = area.name = u"a"_s;
            entry.action = u"area.add"_s;
            entry.outcome = u"applied"_s;
            if (auto done = tx.insert(area); !done)
                return done;
            return fails ? Result<>(Error("unknown"_reason)) : Result<>();
        });
    };
    world.inGroup([&] {
        QVERIFY(deed(false));
        QVERIFY(!deed(true));
        QVERIFY(deed(false));
    });
    QCOMPARE(world.number("SELECT count(*) FROM area"), 2);
    QVERIFY(AuditTrail::verify(*world.database));
    QCOMPARE(world.number("SELECT count(*) FROM audit"), 2);
    QCOMPARE(storedSums(world), recomputedSums(world));
}

void TestAuthority::otherRolesEndTheSessions()
{
    MasterWorld world;
    const Staff admin = world.person(u"adm"_s, Role::Administrator);
    const Staff agent = seatIn(world);
    QVERIFY(world.database
                ->query("INSERT INTO session(token_id, device, user_id, secret_hash, issued, "
                        "expires) VALUES('t', 'd', ?, x'00', 1, 2)")
                .bind(1, agent.id)
                .run());
    const CmdResult result = world.run(admin,
                                       MasterWorld::edit(u"staff"_s, agent.id,
                                                         {{u"roles"_s, u"dispatcher"_s}}));
    QCOMPARE(result.status, int(CmdResult::Applied));
    QVERIFY(world.committed.ended.contains(agent.id.text()));
    QVERIFY(world.number("SELECT revoked_at FROM session") > 0);
}

void TestAuthority::rolledBackGroupLeavesNothing()
{
    MasterWorld world;
    const Staff agent = seatIn(world);
    const Account account = customerIn(world);
    const qint64 seq = world.number("SELECT seq FROM head");
    QVERIFY(world.authority.beginGroup(world.clock.now()));
    world.authority.accept({MasterWorld::deviceOf(agent), agent.id},
                           MasterWorld::message(1, MasterWorld::capture(account.id, u"x"_s)));
    world.authority.rollbackGroup();
    QCOMPARE(world.number("SELECT count(*) FROM opportunity"), 0);
    QCOMPARE(world.number("SELECT seq FROM head"), seq);
    QCOMPARE(world.number("SELECT count(*) FROM cmd_result"), 0);
}

void TestAuthority::removedAssignmentTakesTheGrantAway()
{
    MasterWorld world;
    const Staff manager = world.person(u"am1"_s, Role::AccountManager);
    const Account account = customerIn(world);
    Assignment assignment = world.assign(account, manager);
    const QString bucket = u"acct:"_s + account.id.text();
    QVERIFY(grantsOf(*world.database, manager.id.text()).contains(bucket));
    assignment.deletedAt = world.clock.now();
    world.put(assignment);
    QVERIFY(!grantsOf(*world.database, manager.id.text()).contains(bucket));
    QVERIFY(world.committed.users.contains(manager.id.text()));
}

void TestAuthority::openedAccountIsGrantedMaskedForADay()
{
    MasterWorld world;
    const Area area = world.area(u"0871"_s);
    const Staff agent = world.person(u"hot1"_s, Role::HotlineAgent, area.id);
    Account account = world.account(u"昆明第一机床"_s, area.id);
    OpenAccount opening;
    opening.account = account.id;
    opening.reason = u"来电核实"_s;

    const CmdResult result = world.send(agent, MasterWorld::message(1, callOf(opening)));

    QCOMPARE(result.status, int(CmdResult::Applied));
    QCOMPARE(world.number("SELECT count(*) FROM scope_grant WHERE bucket='acct:"
                          + account.id.text().toLatin1() + "' AND profile=1"),
             1);
    QCOMPARE(world.number("SELECT until FROM opened_account"),
             world.number("SELECT at FROM audit ORDER BY seq DESC LIMIT 1")
                 + OpenAccount::duration);
}

QTEST_GUILESS_MAIN(TestAuthority)
#include "tst_authority.moc"
