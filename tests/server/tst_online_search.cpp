#include "domain/contact.h"
#include "domain/note.h"
#include "domain/opportunity.h"
#include "support/master_world.h"
#include "sync/online_search.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

// A hotline agent of Kunming, a manager of one customer there, and customers in two local networks.
class Place
{
public:
    Place()
        : km(world.area(u"km"_s))
        , qj(world.area(u"qj"_s))
        , agent(world.person(u"hot1"_s, Role::HotlineAgent, km.id))
        , manager(world.person(u"am1"_s, Role::AccountManager, km.id))
        , own(account(u"昆明第一机床厂"_s, km, 900'000))
        , other(account(u"昆明第二机床厂"_s, km, 100'000))
        , far(account(u"曲靖机床厂"_s, qj, 500'000))
    {
        world.assign(own, manager);
        ownContact = contact(own, u"王小明"_s, u"+8613800138000"_s);
        farContact = contact(far, u"王小红"_s, u"+8613900139000"_s);
    }

    Account account(const QString &name, const Area &area, qint64 spend)
    {
        Account made;
        made.name = name;
        made.areaId = area.id;
        made.spendMonthFen = {spend};
        return world.put(made);
    }
    Contact contact(const Account &account, const QString &name, const QString &phone)
    {
        Contact made;
        made.accountId = account.id;
        made.areaId = account.areaId;
        made.name = name;
        made.phone = phone;
        return world.put(made);
    }
    Result<OnlineReply> ask(const Staff &who, const OnlineQuery &query)
    {
        const Columns columns{{{u"account"_s, {u"name"_s, u"spend_month_fen"_s}},
                               {u"contact"_s, {u"name"_s, u"phone"_s}},
                               {u"note"_s, {u"body"_s}},
                               {u"opportunity"_s, {u"title"_s}}}};
        const Projection projection(world.catalog, columns);
        return OnlineSearch(world.store, projection, who.id.text()).answer(query);
    }
    /// The first cells of what is found, sorted.
    QStringList found(const Staff &who, const OnlineQuery &query)
    {
        const auto reply = ask(who, query);
        if (!reply)
            return {reply.error().key()};
        QStringList names;
        for (const auto &row : reply->rows)
            names.append(row.front().text());
        names.sort();
        return names;
    }

    MasterWorld world;
    Area km, qj;
    Staff agent, manager;
    Account own, other, far;
    Contact ownContact, farContact;
};

OnlineQuery byPhone(const QString &entity, const QString &phone)
{
    OnlineQuery query;
    query.entity = entity;
    query.phone = phone;
    return query;
}

OnlineQuery byText(const QString &entity, const QString &text)
{
    OnlineQuery query;
    query.entity = entity;
    query.text = text;
    return query;
}

OnlineQuery where(const QString &entity, std::vector<Condition> conditions)
{
    OnlineQuery query;
    query.entity = entity;
    query.where = std::move(conditions);
    return query;
}

} // namespace

class TestOnlineSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void managerFindsHisCustomersOnly();
    void seatFindsTheCallerOfHisAreaMasked();
    void nobodyFindsAcrossHisScope();
    void maskedRowIsNotFoundByWhatIsMasked();
    void whatIsMaskedCrowdsNothingOut();
    void confidentialFigureIsNoOracle();
    void conditionsCompareAndContain();
    void wildcardsOfTheAskerAreLetters();
    void unknownFieldEntityAndOperatorAreRefused();
    void limitIsKept();
    void textWithoutWordsFindsNothing();
    void directoryShowsNobodysNotesOrOpportunities();
    void conditionsAreLimited();
};

void TestOnlineSearch::managerFindsHisCustomersOnly()
{
    Place place;
    QCOMPARE(place.found(place.manager, byText(u"account"_s, u"机床"_s)),
             QStringList{u"昆明第一机床厂"_s});
}

void TestOnlineSearch::seatFindsTheCallerOfHisAreaMasked()
{
    Place place;
    const auto reply = place.ask(place.agent, byPhone(u"contact"_s, u"138 0013 8000"_s));
    QVERIFY(reply);
    QCOMPARE(reply->rows.size(), std::size_t(1));
    QVERIFY(reply->rows[0][0].text() != place.ownContact.name);
    QVERIFY(!reply->rows[0][1].text().contains(u"00138"));
}

void TestOnlineSearch::nobodyFindsAcrossHisScope()
{
    Place place;
    QCOMPARE(place.found(place.agent, byPhone(u"contact"_s, u"13900139000"_s)), QStringList());
    QCOMPARE(place.found(place.manager, byPhone(u"contact"_s, u"13900139000"_s)), QStringList());
}

void TestOnlineSearch::maskedRowIsNotFoundByWhatIsMasked()
{
    Place place;
    QCOMPARE(place.found(place.manager, byText(u"contact"_s, u"小明"_s)).size(), 1);
    QCOMPARE(place.found(place.agent, byText(u"contact"_s, u"小明"_s)), QStringList());
    QCOMPARE(place.found(place.agent, where(u"contact"_s, {{u"name"_s, u"="_s, u"王小明"_s}})),
             QStringList());
}

// The newer ones match by a number that the seat may not see, and are looked at first.
void TestOnlineSearch::whatIsMaskedCrowdsNothingOut()
{
    Place place;
    Account coded;
    coded.name = u"昆明电缆厂"_s;
    coded.areaId = place.km.id;
    coded.groupCode = u"8716543210"_s;
    place.world.put(coded);
    for (int i = 0; i < 5; ++i) {
        Account reached;
        reached.name = u"昆明水泵厂%1"_s.arg(i);
        reached.areaId = place.km.id;
        reached.phone = u"8716543210"_s;
        place.world.put(reached);
    }
    OnlineQuery query = byText(u"account"_s, u"8716543210"_s);
    query.limit = 2;
    QCOMPARE(place.found(place.agent, query), QStringList{coded.name});
}

void TestOnlineSearch::confidentialFigureIsNoOracle()
{
    Place place;
    const OnlineQuery rich = where(u"account"_s, {{u"spend_month_fen"_s, u">"_s, 1}});
    QCOMPARE(place.found(place.manager, rich), QStringList{u"昆明第一机床厂"_s});
    QCOMPARE(place.found(place.agent, rich), QStringList());
}

void TestOnlineSearch::conditionsCompareAndContain()
{
    Place place;
    QCOMPARE(place.found(place.agent, where(u"account"_s, {{u"name"_s, u"contains"_s, u"第二"_s}})),
             QStringList{u"昆明第二机床厂"_s});
    QCOMPARE(place.found(place.agent,
                         where(u"account"_s, {{u"name"_s, u"!="_s, u"昆明第二机床厂"_s}})),
             QStringList{u"昆明第一机床厂"_s});
    QCOMPARE(place.found(place.agent, where(u"account"_s, {{u"parent_id"_s, u"="_s, Cell()}}))
                 .size(),
             2);
}

void TestOnlineSearch::wildcardsOfTheAskerAreLetters()
{
    Place place;
    QCOMPARE(place.found(place.agent, where(u"account"_s, {{u"name"_s, u"contains"_s, u"%"_s}})),
             QStringList());
    QCOMPARE(place.found(place.agent, where(u"account"_s, {{u"name"_s, u"="_s, u"' OR 1=1 --"_s}})),
             QStringList());
}

void TestOnlineSearch::unknownFieldEntityAndOperatorAreRefused()
{
    Place place;
    QCOMPARE(place.found(place.agent, where(u"account"_s, {{u"1=1; --"_s, u"="_s, 1}})),
             QStringList{u"field.unknown"_s});
    QCOMPARE(place.found(place.agent, where(u"account"_s, {{u"name"_s, u"IN"_s, 1}})),
             QStringList{u"protocol.malformed"_s});
    QCOMPARE(place.found(place.agent, where(u"credential"_s, {})),
             QStringList{u"entity.unknown"_s});
}

void TestOnlineSearch::limitIsKept()
{
    Place place;
    OnlineQuery query = where(u"account"_s, {});
    query.limit = 1;
    QCOMPARE(place.found(place.agent, query).size(), 1);
    query.limit = 100'000;
    QCOMPARE(place.found(place.agent, query).size(), 2);
}

void TestOnlineSearch::textWithoutWordsFindsNothing()
{
    Place place;
    QCOMPARE(place.found(place.agent, byText(u"account"_s, u"!!"_s)), QStringList());
}

void TestOnlineSearch::directoryShowsNobodysNotesOrOpportunities()
{
    Place place;
    Note note;
    note.subjectEntity = u"account"_s;
    note.subjectId = note.accountId = place.own.id;
    note.areaId = place.km.id;
    note.body = u"机床报价"_s;
    place.world.put(note);
    Opportunity deal;
    deal.title = u"机床专线"_s;
    deal.accountId = place.own.id;
    deal.areaId = place.km.id;
    place.world.put(deal);
    QCOMPARE(place.found(place.manager, byText(u"note"_s, u"机床"_s)), QStringList{note.body});
    QCOMPARE(place.found(place.agent, byText(u"note"_s, u"机床"_s)), QStringList());
    QCOMPARE(place.found(place.agent, where(u"opportunity"_s, {})), QStringList());
}

void TestOnlineSearch::conditionsAreLimited()
{
    Place place;
    std::vector<Condition> many(17, Condition{u"name"_s, u"!="_s, u"x"_s});
    QCOMPARE(place.found(place.manager, where(u"account"_s, many)),
             QStringList{u"protocol.malformed"_s});
    many.pop_back();
    QCOMPARE(place.found(place.manager, where(u"account"_s, many)).size(), 1);
}

QTEST_GUILESS_MAIN(TestOnlineSearch)
#include "tst_online_search.moc"
