#include "support/batch_process.h"

#include <QElapsedTimer>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 100;

} // namespace

// Two people of one team reach for the same opportunity at the same time, over and over: at every
// moment it has one owner at most, and whoever comes second is told who was first (sync.md, G11).
class TestClaimRace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void exactlyOneOfTwoClaimsIsApplied();
    void masterKnowsOneOwnerAtATime();

private:
    struct Racer
    {
        std::unique_ptr<BatchProcess> desktop;
        QString name;
        QString id;
    };
    Racer racer(const QString &user);
    QJsonObject claim() const
    {
        return {{u"command"_s, u"ClaimOpportunity"_s},
                {u"args"_s, QJsonObject{{u"opportunity"_s, m_deal}}}};
    }
    QJsonObject waitFor(const QString &state) const
    {
        const QJsonObject where{{u"id"_s, m_deal}, {u"custody_state"_s, state}};
        return {{u"wait"_s, QJsonObject{{u"query"_s, u"opportunity"_s}, {u"where"_s, where}}}};
    }
    QString ownerAt(Racer &racer) const;
    /// One round: the place of the winner among the racers, -1 when something was not as it must
    /// be.
    int race(bool offline);

    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<BatchProcess> m_dispatcher;
    Racer m_racers[2];
    QString m_deal;
    int m_wins[2] = {0, 0};
};

TestClaimRace::Racer TestClaimRace::racer(const QString &user)
{
    Racer racer;
    racer.desktop = std::make_unique<BatchProcess>(QStringLiteral(KEYDESK_PROGRAM),
                                                   seatAt(*m_server, user));
    racer.desktop->start();
    racer.desktop->sync();
    racer.id = racer.desktop->ask(uR"({"status":true})"_s).value(u"user_id"_s).toString();
    racer.name = racer.desktop->rows(uR"({"query":"staff","where":{"code":"%1"}})"_s.arg(user))[0]
                     .toObject()
                     .value(u"name"_s)
                     .toString();
    return racer;
}

void TestClaimRace::initTestCase()
{
    m_server = std::make_unique<ServerProcess>(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    QCOMPARE(m_server->initDemo().code, 0);
    QVERIFY(m_server->serve());
    m_racers[0] = racer(u"1101"_s);
    m_racers[1] = racer(u"1102"_s);
    QVERIFY(!m_racers[0].name.isEmpty() && !m_racers[1].name.isEmpty());
    m_dispatcher = std::make_unique<BatchProcess>(QStringLiteral(KEYDESK_PROGRAM),
                                                  seatAt(*m_server, u"1151"_s));
    m_dispatcher->start();
    m_dispatcher->sync();
    // Without a telephone number it lies in the operations queue until somebody gives it on.
    m_deal = m_dispatcher
                 ->ask(uR"({"command":"RecordOpportunity","args":{"values":{"title":"两人争一单",
                        "ent_name":"昆明第一机床厂","need_summary":"专线","willing":true}}})"_s)
                 .value(u"record"_s)
                 .toString();
    QVERIFY(m_dispatcher->sync().value(u"ok"_s).toBool());
    const QJsonObject given = m_dispatcher->ask(
        uR"({"command":"DispatchOpportunity","args":{"opportunity":"%1","queue":"昆明党政科教行业组"}})"_s
            .arg(m_deal));
    QVERIFY2(given.value(u"ok"_s).toBool(), QJsonDocument(given).toJson().constData());
    const QJsonObject synced = m_dispatcher->sync();
    QVERIFY2(synced.value(u"rejected"_s).toArray().isEmpty(),
             QJsonDocument(synced).toJson().constData());
}

void TestClaimRace::cleanupTestCase()
{
    m_dispatcher.reset();
    for (Racer &racer : m_racers)
        racer.desktop.reset();
    m_server.reset();
}

QString TestClaimRace::ownerAt(Racer &racer) const
{
    return racer.desktop
        ->rows(
            uR"({"query":"opportunity","where":{"id":"%1"},"fields":["owner_id"]})"_s.arg(m_deal))
        .at(0)
        .toObject()
        .value(u"owner_id"_s)
        .toString();
}

int TestClaimRace::race(bool offline)
{
    for (Racer &racer : m_racers) {
        if (!racer.desktop->ask(waitFor(u"dispatched"_s)).value(u"ok"_s).toBool())
            return -1;
        if (offline)
            racer.desktop->link(false);
    }
    for (Racer &racer : m_racers) {
        racer.desktop->send(claim());
        if (offline)
            racer.desktop->send({{u"link"_s, u"up"_s}});
        racer.desktop->send({{u"sync"_s, true}});
    }
    int winner = -1;
    int losers = 0;
    for (int i : {0, 1}) {
        BatchProcess &desktop = *m_racers[i].desktop;
        if (!desktop.answer().value(u"ok"_s).toBool())
            return -1;
        if (offline)
            desktop.answer();
        const QJsonArray rejected = desktop.answer().value(u"rejected"_s).toArray();
        if (rejected.isEmpty()) {
            winner = i;
            continue;
        }
        ++losers;
        const QJsonObject error = rejected[0].toObject().value(u"error"_s).toObject();
        if (rejected.size() != 1 || error.value(u"reason"_s) != u"opportunity.already_owned"_s
            || !error.value(u"message"_s).toString().contains(m_racers[1 - i].name))
            return -1;
        desktop.ask({{u"dismiss"_s, rejected[0].toObject().value(u"no"_s)}});
    }
    return losers == 1 ? winner : -1;
}

void TestClaimRace::exactlyOneOfTwoClaimsIsApplied()
{
    QElapsedTimer time;
    time.start();
    for (int round = 0; round < rounds; ++round) {
        std::swap(m_racers[0], m_racers[1]); // none is always asked first
        std::swap(m_wins[0], m_wins[1]);
        const int winner = race(round % 4 == 3);
        QVERIFY2(winner >= 0, qPrintable(u"round %1"_s.arg(round)));
        ++m_wins[winner];
        BatchProcess &owner = *m_racers[winner].desktop;
        QCOMPARE(ownerAt(m_racers[winner]), m_racers[winner].id);
        owner.ask(uR"({"command":"UndoClaim","args":{"opportunity":"%1"}})"_s.arg(m_deal));
        QVERIFY(owner.sync().value(u"rejected"_s).toArray().isEmpty());
    }
    qInfo("report: %d claims of one opportunity by two at once: %d and %d won, %lld s", rounds,
          m_wins[0], m_wins[1], time.elapsed() / 1000);
}

void TestClaimRace::masterKnowsOneOwnerAtATime()
{
    QVERIFY(m_dispatcher->sync().value(u"ok"_s).toBool());
    const QJsonArray steps = m_dispatcher->rows(
        uR"({"query":"transfer","where":{"opportunity_id":"%1"},"fields":["kind","seq"],"order":["seq"],"limit":1000})"_s
            .arg(m_deal));
    int claims = 0;
    bool owned = false;
    for (const auto &step : steps) {
        const QString kind = step.toObject().value(u"kind"_s).toString();
        if (kind == u"claim") {
            QVERIFY(!owned);
            owned = true;
            ++claims;
        } else if (kind == u"undo_claim") {
            QVERIFY(owned);
            owned = false;
        }
    }
    QCOMPARE(claims, rounds);
    QCOMPARE(m_server->terminate(), 0);
    const auto report = m_server->run({u"verify"_s});
    QVERIFY2(report.code == 0, report.out.constData());
}

QTEST_GUILESS_MAIN(TestClaimRace)
#include "tst_claim_race.moc"
