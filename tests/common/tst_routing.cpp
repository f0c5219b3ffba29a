#include "rules/routing.h"
#include "rules/routing_condition.h"
#include "rules/routing_facts.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

QJsonObject readJson(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &problem);
    if (problem.error != QJsonParseError::NoError)
        qFatal("%s: %s", qPrintable(path), qPrintable(problem.errorString()));
    return document.object();
}

QList<RecordId> ids(const QJsonValue &list)
{
    QList<RecordId> ids;
    const QJsonArray values = list.toArray();
    for (const auto &one : values)
        ids.append(RecordId(one.toString()));
    return ids;
}

QStringList words(const QJsonValue &list)
{
    QStringList words;
    const QJsonArray values = list.toArray();
    for (const auto &one : values)
        words.append(one.toString());
    return words;
}

RoutingCandidate candidateOf(const QJsonObject &json)
{
    RoutingCandidate one;
    one.staff = RecordId(json.value("staff"_L1).toString());
    one.name = one.staff.text();
    one.roles = {words(json.value("roles"_L1))};
    one.active = json.value("active"_L1).toBool(true);
    one.absent = json.value("absent"_L1).toBool(false);
    one.deputy = RecordId(json.value("deputy"_L1).toString());
    one.area = RecordId(json.value("area"_L1).toString(u"kunming"_s));
    one.industry = RecordId(json.value("industry"_L1).toString());
    one.skills = words(json.value("skills"_L1));
    one.channelFit = json.value("channel_fit"_L1).toBool(true);
    one.coversClass = json.value("covers_class"_L1).toBool(true);
    one.mainChannel = json.value("main_channel"_L1).toBool(true);
    one.load = json.value("load"_L1).toInt(0);
    one.capacity = json.value("capacity"_L1).toInt(20);
    one.lastGiven = {qint64(json.value("last_given"_L1).toInt(0))};
    return one;
}

RoutingQuestion questionOf(const QJsonObject &json)
{
    RoutingQuestion question;
    question.valueClass = fromKey<ValueClass>(json.value("value_class"_L1).toString());
    question.areas = ids(json.value("areas"_L1));
    if (question.areas.isEmpty())
        question.areas = {RecordId(u"kunming"_s), RecordId(u"yunnan"_s)};
    question.industries = ids(json.value("industries"_L1));
    question.productCode = json.value("product"_L1).toString();
    question.productFamily = json.value("product_family"_L1).toString();
    question.mainManager = RecordId(json.value("main_manager"_L1).toString());
    question.agent = RecordId(json.value("agent"_L1).toString());
    question.teleManager = RecordId(json.value("tele_manager"_L1).toString());
    question.operationsQueue = RecordId(u"operations"_s);
    question.facts = json.value("facts"_L1).toObject();
    question.facts.insert(u"am_flag"_s, !question.mainManager.isNull());
    question.facts.insert(u"value_class"_s, keyOf(question.valueClass));
    return question;
}

std::vector<RoutingRule> rulesOf(const QJsonArray &list)
{
    std::vector<RoutingRule> rules;
    for (const auto &value : list) {
        const QJsonObject json = value.toObject();
        RoutingRule rule;
        rule.code = rule.name = json.value("code"_L1).toString();
        rule.id = RecordId(rule.code);
        rule.position = json.value("position"_L1).toInt();
        rule.active = json.value("active"_L1).toBool(true);
        rule.condition = QString::fromUtf8(
            QJsonDocument(json.value("condition"_L1).toObject()).toJson(QJsonDocument::Compact));
        rule.target = fromKey<RoutingTarget>(json.value("target"_L1).toString());
        rule.teamId = RecordId(json.value("team"_L1).toString());
        rule.staffId = RecordId(json.value("person"_L1).toString());
        rules.push_back(rule);
    }
    return rules;
}

QString dataDir()
{
    return QStringLiteral(TEST_DATA_DIR) + u"/routing/"_s;
}

// The rules that ship, unless the case brings its own.
std::vector<RoutingRule> shippedRules()
{
    QFile file(QStringLiteral(SOURCE_DIR) + u"/resources/reference/routing_rule.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read the shipped rules");
    return rulesOf(QJsonDocument::fromJson(file.readAll()).array());
}

} // namespace

class TestRouting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCaseGoesWhereItShould_data();
    void theCaseGoesWhereItShould();
    void theOrderOfCandidatesDecidesNothing();
    void anUnknownConditionNeverHoldsAndCannotBeSaved();
    void suggestionsSayWhy();
};

void TestRouting::theCaseGoesWhereItShould_data()
{
    QTest::addColumn<QJsonObject>("json");
    const QStringList files = QDir(dataDir()).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    QVERIFY(!files.isEmpty());
    for (const QString &file : files) {
        const QJsonArray cases = readJson(dataDir() + file).value("cases"_L1).toArray();
        for (const auto &one : cases)
            QTest::newRow(qPrintable(file + u": "_s + one.toObject().value("name"_L1).toString()))
                << one.toObject();
    }
}

void TestRouting::theCaseGoesWhereItShould()
{
    QFETCH(QJsonObject, json);
    std::vector<RoutingCandidate> candidates;
    const QJsonArray given = json.value("candidates"_L1).toArray();
    for (const auto &one : given)
        candidates.push_back(candidateOf(one.toObject()));
    const auto rules = json.contains("rules"_L1) ? rulesOf(json.value("rules"_L1).toArray())
                                                 : shippedRules();
    const RoutingOutcome outcome = route(questionOf(json.value("question"_L1).toObject()), rules,
                                         candidates);

    const QJsonObject expected = json.value("expected"_L1).toObject();
    QCOMPARE(outcome.rule.code, expected.value("rule"_L1).toString());
    QCOMPARE(outcome.staff.text(), expected.value("staff"_L1).toString());
    QCOMPARE(outcome.queue.text(), expected.value("queue"_L1).toString());
    QCOMPARE(outcome.copy.text(), expected.value("copy"_L1).toString());
    QCOMPARE(keyOf(outcome.reason), expected.value("reason"_L1).toString(u"none"_s));
    const QJsonObject refusals = expected.value("refused"_L1).toObject();
    for (auto refusal = refusals.begin(); refusal != refusals.end(); ++refusal) {
        const auto line = std::find_if(outcome.considered.begin(), outcome.considered.end(),
                                       [&](const auto &one) {
                                           return one.staff.text() == refusal.key();
                                       });
        QVERIFY2(line != outcome.considered.end(),
                 qPrintable(refusal.key() + u" was not considered"_s));
        QCOMPARE(keyOf(line->refusal), refusal.value().toString());
    }
}

void TestRouting::theOrderOfCandidatesDecidesNothing()
{
    const RoutingQuestion question = questionOf({{u"value_class"_s, u"c"_s}});
    std::vector<RoutingCandidate> candidates;
    for (const QString &name : {u"d"_s, u"b"_s, u"a"_s, u"c"_s})
        candidates.push_back(
            candidateOf({{u"staff"_s, name}, {u"roles"_s, QJsonArray{u"partner_agent"_s}}}));
    std::sort(candidates.begin(), candidates.end(),
              [](const auto &one, const auto &other) { return one.staff < other.staff; });
    do {
        QCOMPARE(route(question, shippedRules(), candidates).staff.text(), u"a"_s);
    } while (std::next_permutation(candidates.begin(), candidates.end(),
                                   [](const auto &one, const auto &other) {
                                       return one.staff < other.staff;
                                   }));
}

void TestRouting::anUnknownConditionNeverHoldsAndCannotBeSaved()
{
    QVERIFY(matches(u"{}"_s, {}));
    QVERIFY(matches(QString(), {}));
    QVERIFY(!matches(u"{\"moon\": true}"_s, {{u"moon"_s, true}}));
    QVERIFY(!matches(u"[1]"_s, {}));
    QVERIFY(!checkCondition(u"{\"moon\": true}"_s));
    QVERIFY(!checkCondition(u"nonsense"_s));
    QVERIFY(checkCondition(u"{\"value_class\": [\"a\"], \"am_flag\": false}"_s));
}

void TestRouting::suggestionsSayWhy()
{
    RoutingQuestion question = questionOf(
        {{u"value_class"_s, u"b"_s}, {u"main_manager"_s, u"wang"_s}});
    std::vector<RoutingCandidate> candidates;
    for (const QString &name : {u"li"_s, u"wang"_s, u"zhao"_s, u"qian"_s})
        candidates.push_back(
            candidateOf({{u"staff"_s, name}, {u"roles"_s, QJsonArray{u"account_manager"_s}}}));
    candidates[0].load = 19; // full
    candidates[2].load = 12;
    candidates[3].load = 4;
    const auto suggestions = suggest(question, candidates);
    QCOMPARE(suggestions.size(), 3u);
    QCOMPARE(suggestions[0].staff.text(), u"wang"_s);
    QCOMPARE(suggestions[0].why.front().text(QLocale::Chinese), u"该客户的客户经理"_s);
    QCOMPARE(suggestions[1].staff.text(), u"qian"_s);
    QCOMPARE(suggestions[2].staff.text(), u"zhao"_s);
}

QTEST_GUILESS_MAIN(TestRouting)
#include "tst_routing.moc"
