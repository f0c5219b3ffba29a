#include "rules/routing_condition.h"
#include "rules/routing_list.h"

#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

RoutingRule ruleOf(const QString &code, int position, const QString &condition,
                   RoutingTarget target = RoutingTarget::OwnerAm)
{
    RoutingRule rule;
    rule.id = RecordId(code);
    rule.code = rule.name = code;
    rule.position = position;
    rule.condition = condition;
    rule.target = target;
    return rule;
}

std::vector<RoutingRule> shipped()
{
    return {ruleOf(u"AM"_s, 10, uR"({"am_flag":true})"_s),
            ruleOf(u"COPY"_s, 20, uR"({"am_flag":false})"_s, RoutingTarget::TeleAmCopy),
            ruleOf(u"AGENT"_s, 30, uR"({"am_flag":false})"_s, RoutingTarget::CoreAgent),
            ruleOf(u"ALL"_s, 900, u"{}"_s, RoutingTarget::TeamQueue)};
}

// Whether it was refused in these words; none: not at all.
bool isRefusedWith(const Result<> &result, const QString &words)
{
    if (words.isEmpty() || result)
        return words.isEmpty() && bool(result);
    return result.error().key() != u"usage" && result.error().text(QLocale::English).contains(words)
        && !result.error().text(QLocale::Chinese).contains(u'%');
}

} // namespace

// The list of routing rules as a whole, and what a condition may say.
class TestRoutingList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void conditionIsCheckedBeforeItIsKept_data();
    void conditionIsCheckedBeforeItIsKept();
    void conditionReadsInBothLanguages();
    void ruleIsCheckedAgainstTheOthers_data();
    void ruleIsCheckedAgainstTheOthers();
    void ruleInForceOnlyLaterIsNotInTheWay();
    void takenPlaceMovesTheOthersOn();
    void personIsNeededWhereTheTargetIsOne();
};

void TestRoutingList::conditionIsCheckedBeforeItIsKept_data()
{
    QTest::addColumn<QString>("condition");
    QTest::addColumn<QString>("problem");
    QTest::newRow("nothing asked") << u"{}"_s << QString();
    QTest::newRow("no text at all") << QString() << QString();
    QTest::newRow("everything asked")
        << uR"({"am_flag":true,"value_class":["a","b"],"area":["5301"],"urgency":["urgent"]})"_s
        << QString();
    QTest::newRow("no object") << u"[1]"_s << u"cannot be"_s;
    QTest::newRow("broken text") << u"{\"am"_s << u"cannot be"_s;
    QTest::newRow("unknown question") << uR"({"moon":true})"_s << u"cannot be"_s;
    QTest::newRow("yes or no with a word") << uR"({"am_flag":"yes"})"_s << u"cannot be"_s;
    QTest::newRow("unknown word") << uR"({"value_class":["e"]})"_s << u"cannot be"_s;
    QTest::newRow("nothing chosen") << uR"({"area":[]})"_s << u"nothing is chosen"_s;
    QTest::newRow("potential and value A")
        << uR"({"potential":true,"value_class":["a"]})"_s << u"contradict each other"_s;
    QTest::newRow("not potential, only potential")
        << uR"({"potential":false,"value_class":["potential"]})"_s << u"contradict each other"_s;
    QTest::newRow("potential twice")
        << uR"({"potential":true,"value_class":["potential","a"]})"_s << QString();
}

void TestRoutingList::conditionIsCheckedBeforeItIsKept()
{
    QFETCH(QString, condition);
    QFETCH(QString, problem);
    QVERIFY(isRefusedWith(checkCondition(condition), problem));
}

void TestRoutingList::conditionReadsInBothLanguages()
{
    const auto nameOf = [](const QString &, const QString &code) {
        return code == u"5301" ? u"昆明"_s : QString();
    };
    const QString condition = uR"({"am_flag":false,"value_class":["a","b"],"area":["5301","9"]})"_s;
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::Chinese));
    const QString chinese = conditionText(condition, nameOf);
    const QString everything = conditionText(u"{}"_s, nameOf);
    QLocale::setDefault(QLocale(QLocale::English));
    const QString english = conditionText(condition, nameOf);
    QLocale::setDefault(before);
    QCOMPARE(chinese, u"无客户经理标识；价值分类：价值A、价值B；本地网：昆明、9"_s);
    QCOMPARE(english, u"has no account manager; Value class: Value A, Value B; Area: 昆明, 9"_s);
    QCOMPARE(everything, u"任何商机"_s);
}

void TestRoutingList::ruleIsCheckedAgainstTheOthers_data()
{
    QTest::addColumn<int>("position");
    QTest::addColumn<QString>("condition");
    QTest::addColumn<QString>("problem");
    QTest::newRow("between") << 25 << uR"({"am_flag":false,"urgency":["urgent"]})"_s << QString();
    QTest::newRow("behind the catch-all")
        << 950 << uR"({"product":["IDC"]})"_s << u"before it takes all of these"_s;
    QTest::newRow("behind a wider one")
        << 15 << uR"({"am_flag":true,"value_class":["a"]})"_s << u"before it takes all of these"_s;
    QTest::newRow("before everything, for everything")
        << 5 << u"{}"_s << u"would leave nothing to"_s;
    QTest::newRow("at the place of another, narrower")
        << 10 << uR"({"am_flag":true,"value_class":["a"]})"_s << QString();
}

void TestRoutingList::ruleIsCheckedAgainstTheOthers()
{
    QFETCH(int, position);
    QFETCH(QString, condition);
    QFETCH(QString, problem);
    const RoutingRule rule = ruleOf(u"NEW"_s, position, condition);
    auto others = shipped();
    const auto moved = makeRoom(rule, others);
    QCOMPARE(moved.size(), std::size_t(position == 10 ? 1 : 0));
    QVERIFY(isRefusedWith(checkRule(rule, others), problem));
}

void TestRoutingList::ruleInForceOnlyLaterIsNotInTheWay()
{
    auto others = shipped();
    others[0].validFrom = QDate(2027, 1, 1);
    const auto rule = ruleOf(u"NEW"_s, 15, uR"({"am_flag":true,"value_class":["a"]})"_s);
    QVERIFY(isRefusedWith(checkRule(rule, others), QString()));
    others[0].validFrom = {};
    others[0].active = false;
    QVERIFY(isRefusedWith(checkRule(rule, others), QString()));
}

void TestRoutingList::takenPlaceMovesTheOthersOn()
{
    auto others = shipped();
    others[1].position = 11;
    const auto moved = makeRoom(ruleOf(u"NEW"_s, 10, u"{}"_s), others);
    QCOMPARE(moved.size(), std::size_t(2));
    QCOMPARE(moved[0].code, u"AM"_s);
    QCOMPARE(moved[0].position, 11);
    QCOMPARE(moved[1].code, u"COPY"_s);
    QCOMPARE(moved[1].position, 12);
}

void TestRoutingList::personIsNeededWhereTheTargetIsOne()
{
    auto rule = ruleOf(u"NEW"_s, 25, uR"({"urgency":["urgent"]})"_s, RoutingTarget::Person);
    QVERIFY(isRefusedWith(checkRule(rule, shipped()), u"Please fill in"_s));
    rule.staffId = RecordId(u"somebody"_s);
    QVERIFY(isRefusedWith(checkRule(rule, shipped()), QString()));
    rule.validFrom = QDate(2027, 2, 1);
    rule.validUntil = QDate(2027, 1, 1);
    QVERIFY(isRefusedWith(checkRule(rule, shipped()), u"cannot be before the first day"_s));
}

QTEST_GUILESS_MAIN(TestRoutingList)
#include "tst_routing_list.moc"
