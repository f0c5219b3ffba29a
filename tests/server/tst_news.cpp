#include "support/lone_peer.h"
#include "sync/news.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

constexpr int many = 40;

// People who all hold one area, and each the rows that are for him alone.
class Crowd
{
public:
    explicit Crowd(int size = many)
    {
        for (int i = 0; i < size; ++i) {
            people.push_back(std::make_unique<LonePeer>());
            people.back()->logIn(u"user%1"_s.arg(i));
            people.back()->hold({u"area:1"_s, u"user:user%1"_s.arg(i)});
        }
    }
    void commit(const QSet<QString> &buckets, const QSet<QString> &users = {})
    {
        Authority::Committed committed;
        committed.head = ++head;
        committed.buckets = buckets;
        committed.users = users;
        std::vector<std::shared_ptr<PeerSession>> sessions;
        for (const auto &one : people)
            sessions.push_back(one->session);
        news.note(committed, sessions, now());
    }
    Instant now() const { return {1'000'000 + 1000 * head}; }
    /// How many were poked so far.
    int told() const
    {
        return int(std::count_if(people.begin(), people.end(),
                                 [](const auto &one) { return one->pokes() > 0; }));
    }

    std::vector<std::unique_ptr<LonePeer>> people;
    News news;
    qint64 head = 0;
};

} // namespace

class TestNews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fewHearAtOnce();
    void whatManyShareIsHeardInTurn();
    void whoseOwnRowsChangedHearsAtOnceAmongMany();
    void whoIsNamedHearsAtOnceAmongMany();
    void whoPulledMeanwhileHasNoTurn();
    void whoHeardOfSomethingElseMeanwhileHasNoTurn();
    void nobodyStandsInLineTwice();
    void lastInLineHasHisTurnInTime();
    void whoIsToDestroyWhatHeHoldsHearsNothing();
    void whatDoesNotConcernHimGivesNoTurn();
    void whoLeftHasNoTurn();
};

void TestNews::fewHearAtOnce()
{
    Crowd crowd;
    crowd.people.resize(25);
    crowd.commit({u"area:1"_s});
    QCOMPARE(crowd.told(), 25);
}

void TestNews::whatManyShareIsHeardInTurn()
{
    Crowd crowd;
    crowd.commit({u"area:1"_s});
    QCOMPARE(crowd.told(), 0);
    crowd.news.takeTurns(15, crowd.now());
    QCOMPARE(crowd.told(), 15);
    crowd.news.takeTurns(15, crowd.now());
    crowd.news.takeTurns(15, crowd.now());
    QCOMPARE(crowd.told(), many);
    for (const auto &one : crowd.people)
        QCOMPARE(one->pokes(), std::size_t(1));
}

void TestNews::whoseOwnRowsChangedHearsAtOnceAmongMany()
{
    Crowd crowd;
    crowd.commit({u"area:1"_s, u"user:user7"_s});
    QCOMPARE(crowd.told(), 1);
    QCOMPARE(crowd.people[7]->pokes(), std::size_t(1));
}

void TestNews::whoIsNamedHearsAtOnceAmongMany()
{
    Crowd crowd;
    crowd.commit({u"area:1"_s}, {u"user7"_s});
    QCOMPARE(crowd.told(), 1);
    QCOMPARE(crowd.people[7]->pokes(), std::size_t(1));
}

void TestNews::whoPulledMeanwhileHasNoTurn()
{
    Crowd crowd;
    crowd.commit({u"area:1"_s});
    crowd.people[0]->hold({u"area:1"_s}, crowd.head);
    crowd.people[1]->hold({u"area:1"_s}, crowd.head - 1); // of before it
    crowd.news.takeTurns(many, crowd.now());
    QCOMPARE(crowd.people[0]->pokes(), std::size_t(0));
    QCOMPARE(crowd.told(), many - 1);
}

void TestNews::whoHeardOfSomethingElseMeanwhileHasNoTurn()
{
    Crowd crowd;
    crowd.commit({u"area:1"_s});
    crowd.commit({u"user:user7"_s});
    QCOMPARE(crowd.people[7]->pokes(), std::size_t(1));
    crowd.news.takeTurns(many, crowd.now());
    QCOMPARE(crowd.people[7]->pokes(), std::size_t(1));
    QCOMPARE(crowd.told(), many);
}

// Or the line would grow with every commit.
void TestNews::nobodyStandsInLineTwice()
{
    Crowd crowd;
    for (int i = 0; i < 3; ++i) {
        crowd.commit({u"area:1"_s});
        crowd.commit({u"user:user7"_s}); // takes away what he stands in line for
    }
    QCOMPARE(crowd.news.waiting(), std::size_t(many));
}

// However few turns are given: 2 s are promised.
void TestNews::lastInLineHasHisTurnInTime()
{
    Crowd crowd(3 * News::patience - 1);
    crowd.commit({u"area:1"_s});
    for (int call = 0; call < News::patience; ++call)
        crowd.news.takeTurns(1, crowd.now());
    QCOMPARE(crowd.told(), int(crowd.people.size()));
    QCOMPARE(crowd.news.waiting(), std::size_t(0));
}

void TestNews::whoIsToDestroyWhatHeHoldsHearsNothing()
{
    Crowd crowd;
    crowd.commit({u"area:1"_s});
    crowd.people[0]->session->askToWipe();
    crowd.news.takeTurns(many - 1, crowd.now());
    QCOMPARE(crowd.told(), many - 1);
    crowd.commit({u"user:user0"_s});
    QCOMPARE(crowd.people[0]->pokes(), std::size_t(0));
}

void TestNews::whatDoesNotConcernHimGivesNoTurn()
{
    Crowd crowd;
    crowd.commit({u"area:1"_s});
    crowd.people[0]->pull({{u"area:1"_s, 2}, {u"user:user0"_s, 2}});
    crowd.commit({u"user:user7"_s});
    crowd.people[0]->answer(crowd.head - 1); // read after what concerned him
    crowd.news.takeTurns(many, crowd.now());
    QCOMPARE(crowd.people[0]->pokes(), std::size_t(0));
}

void TestNews::whoLeftHasNoTurn()
{
    Crowd crowd;
    crowd.commit({u"area:1"_s});
    crowd.people.erase(crowd.people.begin(), crowd.people.begin() + 10);
    crowd.news.takeTurns(many - 10, crowd.now());
    QCOMPARE(crowd.told(), many - 10);
}

QTEST_GUILESS_MAIN(TestNews)
#include "tst_news.moc"
