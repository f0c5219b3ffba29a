#include "rules/progress_text.h"

#include <QRegularExpression>
#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

class TestProgressText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStateHasASentenceInBothLanguages();
    void theClaimNamesWhoWhenAndTheStage();
    void aQueueIsNamedByItsTeam();
};

void TestProgressText::everyStateHasASentenceInBothLanguages()
{
    static const QRegularExpression han(u"\\p{Han}"_s);
    const ProgressNames names{u"Li"_s, u"Wang"_s, u"Sales"_s};
    for (std::size_t i = 0; i < std::size(EnumTable<CustodyState>::keys); ++i) {
        for (const CustodyReason reason :
             {CustodyReason::None, CustodyReason::Won, CustodyReason::Lost,
              CustodyReason::HandledAtFirstContact}) {
            Opportunity opportunity;
            opportunity.custodyState = CustodyState(i);
            opportunity.custodyReason = reason;
            const QString english = progressText(opportunity, names, QLocale::English);
            QVERIFY(!english.isEmpty() && !english.contains(han));
            QVERIFY(progressText(opportunity, names, QLocale::Chinese).contains(han));
        }
    }
}

void TestProgressText::theClaimNamesWhoWhenAndTheStage()
{
    Opportunity opportunity;
    opportunity.custodyState = CustodyState::Claimed;
    opportunity.claimedAt = {1'772'416'800'000}; // 2026-03-02 10:00 in China
    const ProgressNames names{{}, u"王%1"_s, {}};
    QCOMPARE(progressText(opportunity, names, QLocale::Chinese),
             u"王%1于3月2日10:00认领，待联系客户"_s);
    opportunity.salesStage = SalesStage::Proposal;
    QCOMPARE(progressText(opportunity, names, QLocale::Chinese),
             u"王%1于3月2日10:00认领，当前阶段：销售方案"_s);
    opportunity.salesStage = SalesStage::Shelved;
    opportunity.revisitOn = QDate(2026, 4, 1);
    QCOMPARE(progressText(opportunity, names, QLocale::English),
             u"Claimed by 王%1 at 03-02 10:00; the customer waits until 2026-04-01"_s);
}

void TestProgressText::aQueueIsNamedByItsTeam()
{
    Opportunity opportunity;
    opportunity.custodyState = CustodyState::Dispatched;
    QCOMPARE(progressText(opportunity, {{}, {}, u"昆明核心代理商"_s}, QLocale::Chinese),
             u"已转至昆明核心代理商，待认领"_s);
    QCOMPARE(progressText(opportunity, {}, QLocale::Chinese), u"已转至销售团队，待认领"_s);
    opportunity.assigneeId = RecordId::fromParts(1, 0, 1);
    QCOMPARE(progressText(opportunity, {u"李"_s, {}, {}}, QLocale::Chinese),
             u"已分派给李，待认领"_s);
}

QTEST_GUILESS_MAIN(TestProgressText)
#include "tst_progress_text.moc"
