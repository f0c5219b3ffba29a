#include "base/content_hash.h"
#include "domain/contact.h"
#include "domain/opportunity.h"
#include "protocol/framing.h"
#include "protocol/message_codec.h"
#include "support/master_world.h"
#include "sync/housekeeping.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

QString acct(const Account &account)
{
    return u"acct:"_s + account.id.text();
}

Contact contact(const Account &account, const QString &name)
{
    Contact person;
    person.accountId = account.id;
    person.areaId = account.areaId;
    person.name = name;
    person.phone = u"+8613800138000"_s;
    return person;
}

} // namespace

class TestPageBuilder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tinyPagesAddUpToTheScope();
    void quietFirstLoadSendsEachRowOncePerBucket();
    void changesDuringALoadArriveBeforeItIsDone();
    void quietPullIsOnePageWithoutItems();
    void rowThatMovesLeavesOneBucketAndEntersTheOther();
    void revokedBucketIsDropped();
    void maskedProfileNeverHoldsTheNumber();
    void otherProfileDropsAndBeginsAnew();
    void deletedRowIsRemoved();
    void positionBelowTheFloorStartsAnew();
    void otherEpochStartsAnew();
    void columnsComeByNameAndUnknownOnesStayEmpty();
    void disabledPersonHoldsNothing();
    void pagesOfLargeRowsFitIntoAFrame();
    void sumsThatFindNoRoomComeOnAPageOfTheirOwn();
    void sumsCountWhatTheDesktopKnows_data();
    void sumsCountWhatTheDesktopKnows();
};

void TestPageBuilder::tinyPagesAddUpToTheScope()
{
    MasterWorld world;
    const Area area = world.area(u"km"_s);
    const Staff manager = world.person(u"am1"_s, Role::AccountManager, area.id);
    for (int i = 0; i < 12; ++i) {
        const Account account = world.account(QString::number(i), area.id);
        if (i % 3 != 0)
            world.assign(account, manager);
        world.put(contact(account, u"王%1"_s.arg(i)));
    }
    Mirror mirror(world, manager, 256);
    QVERIFY(mirror.pull() > 5);
    QCOMPARE(mirror.differenceToScope(), QString());
    QCOMPARE(mirror.position, world.number("SELECT seq FROM head"));
}

void TestPageBuilder::quietFirstLoadSendsEachRowOncePerBucket()
{
    MasterWorld world;
    const Staff manager = world.person(u"am1"_s, Role::AccountManager);
    for (int i = 0; i < 8; ++i)
        world.assign(world.account(QString::number(i)), manager);
    Mirror mirror(world, manager, 512);
    mirror.pull();
    QCOMPARE(mirror.putsOfLastPull, int(mirror.rows().size()));
}

void TestPageBuilder::changesDuringALoadArriveBeforeItIsDone()
{
    MasterWorld world;
    const Staff manager = world.person(u"am1"_s, Role::AccountManager);
    std::vector<Account> accounts;
    for (int i = 0; i < 20; ++i) {
        accounts.push_back(world.account(QString::number(i)));
        world.assign(accounts.back(), manager);
    }
    Mirror mirror(world, manager, 256);
    for (int page = 0; !mirror.pullPage().done; ++page) {
        QVERIFY(page < 1000);
        if (page < 40) { // somebody works on all of them meanwhile
            Account &account = accounts[std::size_t(page % 20)];
            account.name += u'x';
            world.put(account);
        }
    }
    QCOMPARE(mirror.differenceToScope(), QString());
}

void TestPageBuilder::quietPullIsOnePageWithoutItems()
{
    MasterWorld world;
    const Staff manager = world.person(u"am1"_s, Role::AccountManager);
    Mirror mirror(world, manager);
    mirror.pull();
    QCOMPARE(mirror.pull(), 1);
    QCOMPARE(mirror.putsOfLastPull, 0);
}

void TestPageBuilder::rowThatMovesLeavesOneBucketAndEntersTheOther()
{
    MasterWorld world;
    const Staff manager = world.person(u"am1"_s, Role::AccountManager);
    const Account first = world.account(u"甲"_s);
    const Account second = world.account(u"乙"_s);
    world.assign(first, manager);
    world.assign(second, manager);
    Contact person = world.put(contact(first, u"王"_s));
    Mirror mirror(world, manager);
    mirror.pull();
    QVERIFY(mirror.holds(acct(first), u"contact"_s, person.id));
    person.accountId = second.id;
    world.put(person);
    mirror.pull();
    QVERIFY(!mirror.holds(acct(first), u"contact"_s, person.id));
    QVERIFY(mirror.holds(acct(second), u"contact"_s, person.id));
    QCOMPARE(mirror.differenceToScope(), QString());
}

void TestPageBuilder::revokedBucketIsDropped()
{
    MasterWorld world;
    const Staff manager = world.person(u"am1"_s, Role::AccountManager);
    const Account account = world.account(u"甲"_s);
    Assignment assignment = world.assign(account, manager);
    Mirror mirror(world, manager);
    mirror.pull();
    QVERIFY(mirror.buckets().contains(acct(account)));
    assignment.validUntil = businessDate(world.clock.now()).addDays(-1);
    world.put(assignment);
    mirror.pull();
    QVERIFY(!mirror.buckets().contains(acct(account)));
    QVERIFY(!mirror.holds(acct(account), u"account"_s, account.id));
    QCOMPARE(mirror.differenceToScope(), QString());
}

void TestPageBuilder::maskedProfileNeverHoldsTheNumber()
{
    MasterWorld world;
    const Area area = world.area(u"km"_s);
    const Staff dispatcher = world.person(u"ops1"_s, Role::Dispatcher, area.id);
    const Account account = world.account(u"甲"_s, area.id);
    const Contact person = world.put(contact(account, u"王小明"_s));
    Mirror mirror(world, dispatcher);
    mirror.pull();
    const QString bucket = u"area:"_s + area.id.text();
    QVERIFY(mirror.holds(bucket, u"contact"_s, person.id));
    const QString phone = mirror.cell(bucket, u"contact"_s, person.id, u"phone"_s).text();
    QVERIFY2(!phone.contains(u"00138"), qPrintable(phone));
    QVERIFY(mirror.cell(bucket, u"contact"_s, person.id, u"name"_s).text() != person.name);
}

void TestPageBuilder::otherProfileDropsAndBeginsAnew()
{
    MasterWorld world;
    const Area area = world.area(u"km"_s);
    Staff person = world.person(u"x1"_s, Role::Dispatcher, area.id);
    const Account account = world.account(u"甲"_s, area.id);
    const Contact named = world.put(contact(account, u"王小明"_s));
    Mirror mirror(world, person);
    mirror.pull();
    const QString bucket = u"area:"_s + area.id.text();
    QVERIFY(mirror.cell(bucket, u"contact"_s, named.id, u"name"_s).text() != named.name);
    person.roles = {{keyOf(Role::DeptManager)}}; // of the whole area, in clear
    world.put(person);
    mirror.pull();
    QCOMPARE(mirror.cell(bucket, u"contact"_s, named.id, u"name"_s).text(), named.name);
    QCOMPARE(mirror.differenceToScope(), QString());
}

void TestPageBuilder::deletedRowIsRemoved()
{
    MasterWorld world;
    const Staff manager = world.person(u"am1"_s, Role::AccountManager);
    const Account account = world.account(u"甲"_s);
    world.assign(account, manager);
    Contact person = world.put(contact(account, u"王"_s));
    Mirror mirror(world, manager);
    mirror.pull();
    person.deletedAt = world.clock.now();
    world.put(person);
    mirror.pull();
    QVERIFY(!mirror.holds(acct(account), u"contact"_s, person.id));
    QCOMPARE(mirror.differenceToScope(), QString());
}

void TestPageBuilder::positionBelowTheFloorStartsAnew()
{
    MasterWorld world;
    const Staff manager = world.person(u"am1"_s, Role::AccountManager);
    const Account account = world.account(u"甲"_s);
    world.assign(account, manager);
    Contact person = world.put(contact(account, u"王"_s));
    Mirror late(world, manager);
    Mirror current(world, manager);
    late.pull();
    current.pull();
    person.deletedAt = world.clock.now();
    world.put(person);
    current.pull();
    world.clock.advance(31 * day);
    world.inGroup([&] {
        QVERIFY(world.authority.perform([&](Transaction &, AuditEntry &) -> Result<> {
            const auto more = compact(world.authority);
            return more ? Result<>() : more.error();
        }));
    });
    QCOMPARE(world.number("SELECT count(*) FROM oplog WHERE kind=1"), 0);
    const int before = current.resets;
    current.pull();
    QCOMPARE(current.resets, before);
    late.pull();
    QCOMPARE(late.resets, before + 1);
    QCOMPARE(late.differenceToScope(), QString());
}

void TestPageBuilder::otherEpochStartsAnew()
{
    MasterWorld world;
    const Staff manager = world.person(u"am1"_s, Role::AccountManager);
    Mirror mirror(world, manager);
    mirror.pull();
    QVERIFY(world.database->execute("UPDATE head SET epoch='epoch-2'"));
    mirror.pull();
    QCOMPARE(mirror.resets, 2);
    QCOMPARE(mirror.epoch, u"epoch-2"_s);
}

void TestPageBuilder::columnsComeByNameAndUnknownOnesStayEmpty()
{
    MasterWorld world;
    const Staff manager = world.person(u"am1"_s, Role::AccountManager);
    const Columns columns{{{u"from_the_future"_s, {u"id"_s}},
                           {u"staff"_s, {u"code"_s, u"not_known_here"_s, u"id"_s}}}};
    const Projection projection(world.catalog, columns);
    Pull request;
    request.epoch = u"epoch-1"_s;
    const auto page = PageBuilder(world.store, projection, manager.id.text(), u"pc"_s)
                          .build(request);
    QVERIFY(page);
    QVERIFY(page->done);
    std::vector<Row> rows;
    QVERIFY(readPageItems(page->items, [&](PageItem &&item) -> Result<> {
        if (item.kind == PageItem::Put && item.entity == 1)
            rows.push_back(item.cells);
        return {};
    }));
    QCOMPARE(rows.size(), std::size_t(1));
    QVERIFY((rows.front() == Row{Cell(u"am1"_s), Cell(), Cell(manager.id.text())}));
}

void TestPageBuilder::disabledPersonHoldsNothing()
{
    MasterWorld world;
    Staff manager = world.person(u"am1"_s, Role::AccountManager);
    world.assign(world.account(u"甲"_s), manager);
    Mirror mirror(world, manager);
    mirror.pull();
    QVERIFY(!mirror.rows().empty());
    manager.status = StaffStatus::Disabled;
    world.put(manager);
    mirror.pull();
    QCOMPARE(mirror.rows().size(), std::size_t(0));
}

void TestPageBuilder::pagesOfLargeRowsFitIntoAFrame()
{
    MasterWorld world;
    const Staff manager = world.person(u"am1"_s, Role::AccountManager);
    const Account account = world.account(u"甲"_s);
    world.assign(account, manager);
    std::vector<Contact> people;
    for (int i = 0; i < 60; ++i) {
        Contact person = contact(account, QString::number(i));
        person.remarks = QString(i == 30 ? 30'000 : 3'400, u'长'); // 10 KB each, one of 90
        people.push_back(world.put(person));
    }
    Mirror mirror(world, manager);
    const auto pull = [&] {
        qsizetype largest = 0;
        for (int pages = 0; pages < 100; ++pages) {
            const Page page = mirror.pullPage();
            largest = std::max(largest, encodeMessage(page).size());
            if (page.done)
                return largest;
        }
        return framePayloadMaximum + 1;
    };
    QVERIFY(pull() <= framePayloadMaximum - 16 * 1024);
    QCOMPARE(mirror.differenceToScope(), QString());
    for (Contact &person : people) {
        person.remarks[0] = u'短';
        world.put(person);
    }
    QVERIFY(pull() <= framePayloadMaximum - 16 * 1024);
    QCOMPARE(mirror.differenceToScope(), QString());
}

void TestPageBuilder::sumsThatFindNoRoomComeOnAPageOfTheirOwn()
{
    MasterWorld world;
    const Staff manager = world.person(u"am1"_s, Role::AccountManager);
    std::vector<Account> accounts;
    for (int i = 0; i < 1000; ++i) {
        accounts.push_back(world.account(QString::number(i)));
        world.assign(accounts.back(), manager);
    }
    Mirror mirror(world, manager);
    mirror.pull();
    for (int i = 0; i < 40; ++i) { // pages that are full to the last one
        accounts[std::size_t(i)].remarks = QString(3'900, u'长');
        world.put(accounts[std::size_t(i)]);
    }
    for (const QString &bucket : mirror.buckets())
        mirror.verify.append(bucket);
    QCOMPARE(mirror.verify.size(), 1003);
    mirror.sums.clear();
    for (int pages = 0; pages < 9; ++pages) {
        const Page page = mirror.pullPage();
        QVERIFY(encodeMessage(page).size() <= framePayloadMaximum);
        if (page.done)
            break;
        QVERIFY(page.sums.empty());
    }
    QCOMPARE(mirror.sums.size(), 1003u);
    QCOMPARE(mirror.differenceToScope(), QString());
}

void TestPageBuilder::sumsCountWhatTheDesktopKnows_data()
{
    QTest::addColumn<QStringList>("entities");
    QTest::newRow("all of this customer")
        << QStringList{u"account"_s, u"contact"_s, u"assignment"_s};
    QTest::newRow("no contacts") << QStringList{u"account"_s, u"assignment"_s};
    QTest::newRow("contacts only") << QStringList{u"contact"_s};
    QTest::newRow("none of them, and one that the server does not know")
        << QStringList{u"staff"_s, u"horoscope"_s};
}

void TestPageBuilder::sumsCountWhatTheDesktopKnows()
{
    QFETCH(const QStringList, entities);
    MasterWorld world;
    const Staff manager = world.person(u"am1"_s, Role::AccountManager);
    const Account account = world.account(u"甲"_s);
    world.assign(account, manager);
    for (int i = 0; i < 3; ++i)
        world.put(contact(account, QString::number(i)));
    Contact gone = contact(account, u"gone"_s);
    gone.deletedAt = world.clock.now();
    world.put(gone);
    Columns known;
    for (const QString &entity : entities)
        known.entities.push_back({entity, {u"id"_s, u"row_ver"_s}});
    const Projection projection(world.catalog, known);
    Pull request;
    request.verify = {acct(account)};
    const auto page = PageBuilder(world.store, projection, manager.id.text(),
                                  MasterWorld::deviceOf(manager))
                          .build(request);
    QVERIFY(page && page->done);
    std::map<QString, BucketSum> held;
    QVERIFY(readPageItems(page->items, [&](const PageItem &item) -> Result<> {
        if (item.kind != PageItem::Put)
            return {};
        BucketSum &sum = held[item.bucket];
        ++sum.count;
        sum.sum += membershipHash(entities[item.entity], item.cells[0].text(),
                                  item.cells[1].integer());
        return {};
    }));
    for (const BucketSum &server : page->sums) {
        QCOMPARE(server.count, held[server.bucket].count);
        QCOMPARE(server.sum, held[server.bucket].sum);
    }
    QVERIFY(std::any_of(page->sums.begin(), page->sums.end(),
                        [&](const BucketSum &sum) { return sum.bucket == acct(account); }));
}

QTEST_GUILESS_MAIN(TestPageBuilder)
#include "tst_page_builder.moc"
