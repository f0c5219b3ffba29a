#include "domain/opportunity.h"
#include "support/master_world.h"
#include "sync/housekeeping.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// One operator: a province with two local networks, a team and a queue in the first, and customers
// in every relation to the person under test.
class Carrier
{
public:
    explicit Carrier(Role role, bool inTeam)
        : province(world.area(u"yn"_s))
        , area(world.area(u"km"_s, province.id))
        , otherArea(world.area(u"qj"_s, province.id))
        , team(world.team(u"t1"_s))
        , self(world.person(u"self"_s, role, area.id, inTeam ? team.id : RecordId()))
        , colleague(world.person(u"colleague"_s, Role::AccountManager, area.id, team.id))
        , stranger(world.person(u"stranger"_s, Role::AccountManager, otherArea.id))
        , own(world.account(u"own"_s, area.id))
        , teams(world.account(u"teams"_s, area.id))
        , elsewhere(world.account(u"elsewhere"_s, otherArea.id))
    {
        world.assign(own, self);
        world.assign(teams, colleague);
        world.assign(elsewhere, stranger);
    }

    // The grants as sorted words without ids: "acct:own=full".
    QString grants()
    {
        QStringList words;
        for (const auto &[bucket, profile] : grantsOf(*world.database, self.id.text())) {
            const QString id = bucket.section(u':', 1);
            QString name = id.isEmpty() ? QString() : u":?"_s;
            for (const auto &[known, word] : names()) {
                if (known == id)
                    name = u':' + word;
            }
            words.append(bucket.section(u':', 0, 0) + name
                         + (profile == Profile::Full ? u"=full"_s : u"=masked"_s));
        }
        words.sort();
        return words.join(u' ');
    }

    MasterWorld world;
    Area province, area, otherArea;
    Team team;
    Staff self, colleague, stranger;
    Account own, teams, elsewhere;

private:
    std::map<QString, QString> names() const
    {
        return {{province.id.text(), u"yn"_s},  {area.id.text(), u"km"_s},
                {otherArea.id.text(), u"qj"_s}, {team.id.text(), u"t1"_s},
                {self.id.text(), u"self"_s},    {own.id.text(), u"own"_s},
                {teams.id.text(), u"teams"_s},  {elsewhere.id.text(), u"elsewhere"_s}};
    }
};

} // namespace

class TestScope : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roleHoldsByPolicy_data();
    void roleHoldsByPolicy();
    void provinceMeansItselfAndItsLocalNetworks();
    void assignmentOfTomorrowGrantsTomorrow();
    void assigneeHoldsTheCustomerWhileHeHasTheOpportunity();
    void deputyHoldsTheCustomerOnceHeIsReminded();
    void leaderHoldsTheCustomerOfWhatHisTeamHolds();
    void openedAccountIsMaskedForADay();
    void teamsNewMemberBringsHisCustomersToItsLeader();
    void grantsFollowEveryChangeAsIfRecomputed();
};

void TestScope::roleHoldsByPolicy_data()
{
    QTest::addColumn<int>("role");
    QTest::addColumn<bool>("inTeam");
    QTest::addColumn<QString>("grants");
    const QString plain = u"ref=full user:self=full watch:self=masked"_s;
    const QString managed = u"acct:own=full "_s + plain;
    const QString seller = u"acct:own=full org:t1=full "_s + plain;
    const auto row = [](const char *name, Role role, bool inTeam, const QString &grants) {
        QTest::newRow(name) << int(role) << inTeam << grants;
    };
    row("account manager: his customers, his team's queue", Role::AccountManager, true, seller);
    row("telephone manager: the same", Role::TeleManager, true, seller);
    row("partner agent: the same", Role::PartnerAgent, true, seller);
    const QString seat = u"acct:own=full directory:km=full org:t1=masked "_s + plain;
    row("hotline agent: queue masked, directory of the area", Role::HotlineAgent, true, seat);
    row("hall clerk: the same", Role::HallClerk, true, seat);
    row("technical seat: the same", Role::TechSeat, true, seat);
    row("dispatcher: queue in clear, area masked, directory", Role::Dispatcher, true,
        u"acct:own=full area:km=masked directory:km=full org:t1=full "_s + plain);
    row("station manager: his station's queue", Role::StationManager, true,
        u"acct:own=full org:t1=full "_s + plain);
    row("station worker: his station's queue", Role::StationWorker, true,
        u"acct:own=full org:t1=full "_s + plain);
    const QString leader = u"acct:own=full acct:teams=full org:t1=full "_s + plain;
    const QString ruler = u"acct:own=full area:km=full "_s + plain;
    row("supervisor of a team: the team's customers", Role::Supervisor, true, leader);
    row("supervisor of an area: the area", Role::Supervisor, false, ruler);
    row("department manager of an area", Role::DeptManager, false, ruler);
    row("finance manager of an area", Role::FinanceManager, false, ruler);
    row("executive of an area", Role::Executive, false, ruler);
    row("IT support: nothing by office", Role::ItSupport, false, managed);
    row("administrator: nothing by office", Role::Administrator, false, managed);
}

void TestScope::roleHoldsByPolicy()
{
    QFETCH(const int, role);
    QFETCH(const bool, inTeam);
    Carrier place(Role{role}, inTeam);
    QTEST(place.grants(), "grants");
}

void TestScope::provinceMeansItselfAndItsLocalNetworks()
{
    Carrier place(Role::DeptManager, false);
    place.self.areaId = place.province.id;
    place.world.put(place.self);
    QCOMPARE(place.grants(),
             u"acct:own=full area:km=full area:qj=full area:yn=full ref=full user:self=full "
             "watch:self=masked"_s);
}

void TestScope::assignmentOfTomorrowGrantsTomorrow()
{
    Carrier place(Role::AccountManager, false);
    Assignment assignment;
    assignment.accountId = place.elsewhere.id;
    assignment.staffId = place.self.id;
    assignment.validFrom = businessDate(place.world.clock.now()).addDays(1);
    place.world.put(assignment);
    QVERIFY(!place.grants().contains(u"elsewhere"));
    place.world.clock.advance(day);
    place.world.inGroup([&] {
        QVERIFY(place.world.authority.perform([&](Transaction &, AuditEntry &) {
            return place.world.authority.scope().renew(place.self.id, place.world.clock.now());
        }));
    });
    QVERIFY(place.grants().contains(u"acct:elsewhere=full"));
}

void TestScope::assigneeHoldsTheCustomerWhileHeHasTheOpportunity()
{
    Carrier place(Role::AccountManager, false);
    Opportunity opportunity;
    opportunity.accountId = place.elsewhere.id;
    opportunity.areaId = place.otherArea.id;
    opportunity.title = u"x"_s;
    opportunity.custodyState = CustodyState::Dispatched;
    opportunity.assigneeId = place.self.id;
    opportunity = place.world.put(opportunity);
    QVERIFY(place.grants().contains(u"acct:elsewhere=full"));
    opportunity.custodyState = CustodyState::Dispatching;
    opportunity.assigneeId = {};
    place.world.put(opportunity);
    QVERIFY(!place.grants().contains(u"elsewhere"));
}

void TestScope::deputyHoldsTheCustomerOnceHeIsReminded()
{
    Carrier place(Role::AccountManager, false);
    place.stranger.deputyId = place.self.id;
    place.world.put(place.stranger);
    Opportunity opportunity;
    opportunity.accountId = place.elsewhere.id;
    opportunity.title = u"x"_s;
    opportunity.custodyState = CustodyState::Dispatched;
    opportunity.assigneeId = place.stranger.id;
    opportunity.claimRemindLevel = 1;
    opportunity = place.world.put(opportunity);
    QVERIFY(!place.grants().contains(u"elsewhere"));
    opportunity.claimRemindLevel = 2;
    place.world.put(opportunity);
    QVERIFY(place.grants().contains(u"acct:elsewhere=full"));
    place.stranger.deputyId = {};
    place.world.put(place.stranger);
    QVERIFY(!place.grants().contains(u"elsewhere"));
}

void TestScope::leaderHoldsTheCustomerOfWhatHisTeamHolds()
{
    Carrier place(Role::Supervisor, true);
    Opportunity opportunity;
    opportunity.accountId = place.elsewhere.id;
    opportunity.title = u"x"_s;
    opportunity.custodyState = CustodyState::Dispatched;
    opportunity.assigneeId = place.colleague.id;
    opportunity = place.world.put(opportunity);
    QVERIFY(place.grants().contains(u"acct:elsewhere=full"));
    opportunity.custodyState = CustodyState::Expired;
    opportunity.assigneeId = {};
    place.world.put(opportunity);
    QVERIFY(!place.grants().contains(u"elsewhere"));
}

void TestScope::openedAccountIsMaskedForADay()
{
    Carrier place(Role::HotlineAgent, true);
    place.world.inGroup([&] {
        QVERIFY(place.world.authority.perform([&](Transaction &, AuditEntry &) {
            return place.world.authority.scope().openAccount(place.self.id, place.teams.id.text(),
                                                             place.world.clock.now() + day,
                                                             place.world.clock.now());
        }));
    });
    QVERIFY(place.grants().contains(u"acct:teams=masked"));
    const auto expire = [&] {
        place.world.inGroup([&] {
            QVERIFY(place.world.authority.perform([&](Transaction &, AuditEntry &) -> Result<> {
                const auto more = expireOpenedAccounts(place.world.authority);
                return more ? Result<>() : more.error();
            }));
        });
    };
    expire();
    QVERIFY(place.grants().contains(u"acct:teams=masked"));
    place.world.clock.advance(day);
    expire();
    QVERIFY(!place.grants().contains(u"teams"));
    QVERIFY(place.world.committed.users.contains(place.self.id.text()));
}

void TestScope::teamsNewMemberBringsHisCustomersToItsLeader()
{
    Carrier place(Role::Supervisor, true);
    place.stranger.teamId = place.team.id;
    place.world.put(place.stranger);
    QVERIFY(place.grants().contains(u"acct:elsewhere=full"));
    place.stranger.teamId = {};
    place.world.put(place.stranger);
    QVERIFY(!place.grants().contains(u"elsewhere"));
}

void TestScope::grantsFollowEveryChangeAsIfRecomputed()
{
    Carrier place(Role::Supervisor, true);
    MasterWorld &world = place.world;
    const auto check = [&] {
        for (const Staff &staff : {place.self, place.colleague, place.stranger}) {
            const auto now = world.find<Staff>(staff.id);
            QCOMPARE(grantsOf(*world.database, staff.id.text()),
                     scopeOf(*world.database, *now, world.clock.now()));
        }
    };
    Assignment assignment = world.assign(place.elsewhere, place.colleague);
    check();
    assignment.staffId = place.stranger.id;
    world.put(assignment);
    check();
    assignment.accountId = place.teams.id;
    world.put(assignment);
    check();
    Opportunity opportunity;
    opportunity.accountId = place.own.id;
    opportunity.title = u"x"_s;
    opportunity.custodyState = CustodyState::Claimed;
    opportunity.ownerId = place.stranger.id;
    opportunity.followerId = place.colleague.id;
    opportunity = world.put(opportunity);
    check();
    opportunity.accountId = place.elsewhere.id;
    opportunity.ownerId = place.colleague.id;
    opportunity.followerId = {};
    world.put(opportunity);
    check();
    opportunity.deletedAt = world.clock.now();
    world.put(opportunity);
    check();
    place.colleague.status = StaffStatus::Disabled;
    world.put(place.colleague);
    check();
    Area moved = place.area;
    moved.parentId = place.otherArea.id;
    world.put(moved);
    check();
}

QTEST_GUILESS_MAIN(TestScope)
#include "tst_scope.moc"
