#include "domain/opportunity.h"
#include "rules/opportunity_kind.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

template <class E>
constexpr int count = int(std::size(EnumTable<E>::keys));

/// The moves of a machine as "from>to", the whole matrix tried.
template <class E>
QStringList allowedMoves()
{
    QStringList moves;
    for (int from = 0; from < count<E>; ++from) {
        for (int to = 0; to < count<E>; ++to) {
            if (mayMove(E(from), E(to)))
                moves.append(keyOf(E(from)) + u'>' + keyOf(E(to)));
        }
    }
    moves.sort();
    return moves;
}

/// "a > b c" lines to "a>b", "a>c".
QStringList movesFrom(const QStringList &lines)
{
    QStringList moves;
    for (const QString &line : lines) {
        const QString from = line.section(u" > "_s, 0, 0);
        for (const QString &to : line.section(u" > "_s, 1).split(u' '))
            moves.append(from + u'>' + to);
    }
    moves.sort();
    return moves;
}

} // namespace

class TestOpportunityMachines : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theFourFactsMakeTheKind_data();
    void theFourFactsMakeTheKind();
    void custodyAllowsExactlyTheseMoves();
    void stagesAllowExactlyTheseMoves();
    void finalStatesAreFinal();
    void probabilitiesAreThoseOfTheDesign();
    void requiredFieldsExist();
    void requirementsGrowWithTheStage();
    void anEmptyOpportunityLacksAll();
    void aLossToCompetitionNeedsTheCompetitor();
    void shelvingNeedsADate();
    void aFilledOpportunityMayBeWon();
};

void TestOpportunityMachines::theFourFactsMakeTheKind_data()
{
    QTest::addColumn<int>("facts"); // bits: product named, need stated, willing, purchase planned
    QTest::addColumn<QString>("kind");
    const char *kinds[16] = {
        "interaction", // nothing
        "interaction", // planned, but for no named product
        "lead", // willing
        "lead", // willing, planned, no product
        "interaction", // a need without a product or will
        "interaction", //
        "lead", // willing with a need, no product
        "lead", //
        "interaction", // a product, but no need, will or plan
        "opportunity", // product + plan
        "lead", // product + will, no concrete need
        "opportunity", //
        "interaction", // product + need, not willing
        "opportunity", // product + need + plan
        "opportunity", // product + need + will
        "opportunity", // all
    };
    for (int facts = 0; facts < 16; ++facts) {
        const QString name = QString::number(facts, 2).rightJustified(4, u'0');
        QTest::newRow(qPrintable(name)) << facts << QString::fromLatin1(kinds[facts]);
    }
}

void TestOpportunityMachines::theFourFactsMakeTheKind()
{
    QFETCH(int, facts);
    QFETCH(QString, kind);
    Opportunity opportunity;
    opportunity.productNamed = facts & 8;
    opportunity.needStated = facts & 4;
    opportunity.willing = facts & 2;
    opportunity.purchasePlanned = facts & 1;
    QCOMPARE(keyOf(computeKind(opportunity)), kind);
}

void TestOpportunityMachines::custodyAllowsExactlyTheseMoves()
{
    QCOMPARE(allowedMoves<CustodyState>(),
             movesFrom({u"captured > identified dispatching invalid merged"_s,
                        u"identified > dispatching claimed closed invalid merged"_s,
                        u"needs_info > dispatching invalid merged"_s,
                        u"dispatching > needs_info dispatched invalid merged"_s,
                        u"dispatched > claimed returned expired invalid merged"_s,
                        u"claimed > dispatched returned closed invalid merged"_s,
                        u"returned > dispatched needs_info invalid merged"_s,
                        u"expired > dispatched needs_info invalid merged"_s}));
}

void TestOpportunityMachines::stagesAllowExactlyTheseMoves()
{
    QCOMPARE(allowedMoves<SalesStage>(),
             movesFrom({u"none > talk"_s, u"talk > need lost shelved"_s,
                        u"need > talk pre_proposal lost shelved"_s,
                        u"pre_proposal > talk need proposal lost shelved"_s,
                        u"proposal > talk need pre_proposal negotiation lost shelved"_s,
                        u"negotiation > talk need pre_proposal proposal signing lost shelved"_s,
                        u"signing > talk need pre_proposal proposal negotiation won lost shelved"_s,
                        u"shelved > talk need pre_proposal proposal negotiation signing lost"_s}));
}

void TestOpportunityMachines::finalStatesAreFinal()
{
    for (int state = 0; state < count<CustodyState>; ++state) {
        bool leads = false;
        for (int to = 0; to < count<CustodyState>; ++to)
            leads = leads || mayMove(CustodyState(state), CustodyState(to));
        QCOMPARE(isFinal(CustodyState(state)), !leads);
    }
}

void TestOpportunityMachines::probabilitiesAreThoseOfTheDesign()
{
    const int percent[] = {0, 10, 20, 30, 50, 75, 90, 100, 0, 0};
    QCOMPARE(int(std::size(percent)), count<SalesStage>);
    for (int stage = 0; stage < count<SalesStage>; ++stage)
        QCOMPARE(probabilityOf(SalesStage(stage)).value, percent[stage] * 100);
}

void TestOpportunityMachines::requiredFieldsExist()
{
    QStringList names;
    forEachField<Opportunity>(
        [&names](const auto &field) { names.append(QString::fromLatin1(field.name)); });
    for (int stage = 0; stage < count<SalesStage>; ++stage) {
        for (const QString &name : requiredFields(SalesStage(stage)))
            QVERIFY2(names.contains(name), qPrintable(name));
    }
}

void TestOpportunityMachines::requirementsGrowWithTheStage()
{
    for (int stage = int(SalesStage::Talk); stage < int(SalesStage::Won); ++stage) {
        const QStringList now = requiredFields(SalesStage(stage));
        const QStringList next = requiredFields(SalesStage(stage + 1));
        QVERIFY(next.size() > now.size());
        QCOMPARE(next.first(now.size()), now);
    }
}

void TestOpportunityMachines::anEmptyOpportunityLacksAll()
{
    for (int stage = 0; stage < count<SalesStage>; ++stage)
        QCOMPARE(missingForStage({}, SalesStage(stage)), requiredFields(SalesStage(stage)));
}

void TestOpportunityMachines::aLossToCompetitionNeedsTheCompetitor()
{
    Opportunity opportunity;
    opportunity.lostReason = LostReason::Price;
    QCOMPARE(missingForStage(opportunity, SalesStage::Lost), QStringList());
    opportunity.lostReason = LostReason::Competition;
    QCOMPARE(missingForStage(opportunity, SalesStage::Lost), QStringList{u"lost_competitor"_s});
    opportunity.lostCompetitor = u"某运营商"_s;
    QCOMPARE(missingForStage(opportunity, SalesStage::Lost), QStringList());
}

void TestOpportunityMachines::shelvingNeedsADate()
{
    Opportunity opportunity;
    QCOMPARE(missingForStage(opportunity, SalesStage::Shelved), QStringList{u"revisit_on"_s});
    opportunity.revisitOn = QDate(2024, 5, 6);
    QCOMPARE(missingForStage(opportunity, SalesStage::Shelved), QStringList());
}

void TestOpportunityMachines::aFilledOpportunityMayBeWon()
{
    Opportunity opportunity;
    opportunity.accountId = RecordId(u"a"_s);
    opportunity.title = u"专线扩容"_s;
    opportunity.contactName = u"李"_s;
    opportunity.needKinds.keys = {keyOf(NeedKind::Expansion)};
    opportunity.productId = RecordId(u"p"_s);
    opportunity.needSummary = u"总部到分部再开两条"_s;
    opportunity.keyPersonName = u"王"_s;
    opportunity.preProposal = u"预案"_s;
    opportunity.quantity = 2;
    opportunity.valueFen = {480'000};
    opportunity.technicalSolution = u"技术"_s;
    opportunity.commercialTerms = u"商务"_s;
    opportunity.closeDate = QDate(2024, 5, 6);
    opportunity.negotiationResult = u"一致"_s;
    QCOMPARE(missingForStage(opportunity, SalesStage::Won), QStringList{u"signed_on"_s});
    opportunity.signedOn = QDate(2024, 5, 7);
    QCOMPARE(missingForStage(opportunity, SalesStage::Won), QStringList());
    opportunity.title = u"  "_s;
    QCOMPARE(missingForStage(opportunity, SalesStage::Won), QStringList{u"title"_s});
}

QTEST_APPLESS_MAIN(TestOpportunityMachines)
#include "tst_opportunity_machines.moc"
