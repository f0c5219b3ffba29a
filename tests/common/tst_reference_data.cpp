#include "importing/reference_data.h"

#include "domain/area.h"
#include "domain/channel.h"
#include "domain/channel_coverage.h"
#include "domain/entities.h"
#include "domain/industry.h"
#include "domain/product_offering.h"
#include "domain/reference_id.h"
#include "domain/routing_rule.h"
#include "domain/tag.h"
#include "domain/team.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

class TestReferenceData : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void codesAndNamesAreUnique();
    void parentsStandBeforeTheirChildren();
    void idsAreStable();
    void theAreaTreeHasThreeLevels();
    void everyProvincialRegionHasItsCode();
    void industriesCoverThoseOfListedCompanies();
    void thereAreEightChannels();
    void coverageEqualsTheTableOfTheSource_data();
    void coverageEqualsTheTableOfTheSource();
    void productsAreThoseOfTheSource();
    void ddnTakesFiveDaysInsteadOfTwenty();
    void routingEndsInTheOperationsCentre();
    void routingConditionsNameExistingCodes();
    void claimClocksAreThoseOfTheDesign();
    void everyLocalTeamHasAnOperationsCentreAbove();
    void wrongItemsAreNamed_data();
    void wrongItemsAreNamed();
    void aReferenceToNothingIsNamed();

private:
    template <class T>
    std::vector<T> all() const
    {
        std::vector<T> records;
        for (const EntityRows &table : m_tables) {
            if (table.entity != QLatin1StringView(Schema<T>::table))
                continue;
            for (const Row &row : table.rows)
                records.push_back(fromRow<T>(row));
        }
        return records;
    }

    const Catalog m_catalog = makeCatalog();
    std::vector<EntityRows> m_tables;
};

void TestReferenceData::initTestCase()
{
    auto loaded = loadReferenceData(m_catalog);
    QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().text(QLocale::English)));
    m_tables = std::move(*loaded);
}

void TestReferenceData::codesAndNamesAreUnique()
{
    for (const EntityRows &table : m_tables) {
        const EntityInfo &entity = m_catalog.entity(table.entity);
        for (const QString &column : {u"id"_s, u"code"_s, u"name"_s}) {
            if (entity.indexOf(column) < 0)
                continue;
            QSet<QString> seen;
            for (const Row &row : table.rows) {
                const QString text = entity.cell(row, column).text();
                QVERIFY2(!text.isEmpty() && !seen.contains(text),
                         qPrintable(table.entity + u' ' + text));
                seen.insert(text);
            }
        }
    }
}

void TestReferenceData::parentsStandBeforeTheirChildren()
{
    QSet<QString> seen;
    for (const EntityRows &table : m_tables) {
        const EntityInfo &entity = m_catalog.entity(table.entity);
        for (const Row &row : table.rows) {
            for (int i = 0; i < entity.fieldCount(); ++i) {
                const QString id = row[std::size_t(i)].text();
                if (entity.fields()[std::size_t(i)].kind == Kind::Reference && !id.isEmpty())
                    QVERIFY2(seen.contains(id), qPrintable(table.entity));
            }
            seen.insert(row[common_column::Id].text());
        }
    }
}

void TestReferenceData::idsAreStable()
{
    // Databases in the field refer to these: the function may never change.
    QCOMPARE(referenceId(u"area", u"5301").text(), u"00000000-0000-7b2f-8e64-06bf73236b4f"_s);
    QVERIFY(referenceId(u"area", u"5301") != referenceId(u"team", u"5301"));
    QVERIFY(referenceId(u"area", u"5301") < RecordId::fromParts(1'700'000'000'000, 0, 0));
}

void TestReferenceData::theAreaTreeHasThreeLevels()
{
    QHash<QString, AreaLevel> levels;
    for (const Area &area : all<Area>()) {
        levels.insert(area.id.text(), area.level);
        if (area.level == AreaLevel::Group)
            QVERIFY(area.parentId.isNull());
        else if (area.level == AreaLevel::Province)
            QCOMPARE(levels.value(area.parentId.text()), AreaLevel::Group);
        else
            QCOMPARE(levels.value(area.parentId.text()), AreaLevel::Province);
    }
    QCOMPARE(levels.value(referenceId(u"area", u"5301").text()), AreaLevel::Local);
    QCOMPARE(levels.value(referenceId(u"area", u"3205").text()), AreaLevel::Local);
}

void TestReferenceData::everyProvincialRegionHasItsCode()
{
    QStringList codes;
    for (const Area &area : all<Area>()) {
        if (area.level == AreaLevel::Province)
            codes.append(area.code);
    }
    QCOMPARE(codes.join(u' '),
             u"11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 "
             "51 52 53 54 61 62 63 64 65 71 81 82"_s);
}

void TestReferenceData::industriesCoverThoseOfListedCompanies()
{
    QSet<QString> leaves;
    int sectors = 0;
    for (const Industry &industry : all<Industry>()) {
        if (industry.parentId.isNull())
            ++sectors;
        else
            leaves.insert(industry.name);
    }
    QCOMPARE(sectors, 20);
    // The words that the exchanges use; a sample across the sectors, and the number of all.
    for (const QString &name :
         {u"元器件"_s, u"电气设备"_s, u"软件服务"_s, u"专用机械"_s, u"化工原料"_s, u"医疗保健"_s,
          u"银行"_s, u"全国地产"_s, u"区域地产"_s, u"白酒"_s, u"焦炭加工"_s, u"电信运营"_s,
          u"园区开发"_s, u"公共交通"_s, u"综合类"_s})
        QVERIFY2(leaves.contains(name), qPrintable(name));
    QCOMPARE(leaves.size(), 110 + 9);
}

void TestReferenceData::thereAreEightChannels()
{
    const auto channels = all<Channel>();
    QCOMPARE(channels.size(), std::size(EnumTable<ChannelKind>::keys));
    QStringList owners;
    for (const Channel &channel : channels) {
        QCOMPARE(channel.code, keyOf(channel.kind));
        if (channel.canSell && channel.canServe)
            owners.append(channel.code);
        QCOMPARE(channel.isInternal, channel.kind == ChannelKind::OperationsCentre);
    }
    QCOMPARE(owners.join(u' '), u"account_manager partner_agent tele_manager"_s);
}

void TestReferenceData::coverageEqualsTheTableOfTheSource_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QString>("cells"); // S2, section 1: A B C D potential; M main, x auxiliary
    QTest::newRow("main channel of A and B") << u"account_manager"_s << u"MM---"_s;
    QTest::newRow("main of C, D, potential, auxiliary of A and B")
        << u"partner_agent"_s << u"xxMMM"_s;
    QTest::newRow("key persons of C") << u"tele_manager"_s << u"--M--"_s;
    QTest::newRow("C, D, potential and the A and B used to the web") << u"website"_s << u"xxMMM"_s;
    QTest::newRow("C, D, micro areas, potential") << u"service_hall"_s << u"--MMM"_s;
    QTest::newRow("all customers and potential ones") << u"hotline"_s << u"MMMMM"_s;
    QTest::newRow("key persons of A, B, potential") << u"showroom"_s << u"xx--x"_s;
    QTest::newRow("internal only") << u"operations_centre"_s << u"-----"_s;
}

void TestReferenceData::coverageEqualsTheTableOfTheSource()
{
    QFETCH(QString, channel);
    QFETCH(QString, cells);
    QString found = u"-----"_s;
    const ValueClass order[] = {ValueClass::A, ValueClass::B, ValueClass::C, ValueClass::D,
                                ValueClass::Potential};
    for (const ChannelCoverage &cell : all<ChannelCoverage>()) {
        if (cell.channelId != referenceId(u"channel", channel))
            continue;
        const auto at = std::find(std::begin(order), std::end(order), cell.valueClass)
            - std::begin(order);
        QCOMPARE(found[at], u'-');
        found[at] = cell.role == CoverageRole::Main ? u'M' : u'x';
    }
    QCOMPARE(found, cells);
}

void TestReferenceData::productsAreThoseOfTheSource()
{
    QStringList direct;
    QStringList workOrder;
    for (const ProductOffering &product : all<ProductOffering>()) {
        (product.fulfilment == Fulfilment::Direct ? direct : workOrder).append(product.name);
        QCOMPARE(product.standardDays == 0, product.fulfilment == Fulfilment::Direct);
    }
    QCOMPARE(direct.join(u' '),
             u"集团VPMN 短号集群网 移动总机 企业名片低级版 企业名片中级版 企信通 企业邮箱 "
             "集团代付"_s);
    QCOMPARE(workOrder.join(u' '),
             u"专线 DDN专线 企业名片高级版 MAS 集团彩铃 GPRS企业接入 手机邮箱 短信直联 "
             "BLACKBERRY 行业产品"_s);
}

void TestReferenceData::ddnTakesFiveDaysInsteadOfTwenty()
{
    for (const ProductOffering &product : all<ProductOffering>()) {
        if (product.code != u"ZX-DDN")
            continue;
        QCOMPARE(product.standardDays, 5);
        QCOMPARE(product.legacyDays, 20);
        QCOMPARE(product.dayBasis, DayBasis::Working);
        return;
    }
    QFAIL("no DDN in the catalogue");
}

void TestReferenceData::routingEndsInTheOperationsCentre()
{
    const auto rules = all<RoutingRule>();
    QStringList targets;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        QVERIFY(rules[i].active);
        QVERIFY(i == 0 || rules[i - 1].position < rules[i].position);
        targets.append(keyOf(rules[i].target));
    }
    QCOMPARE(targets.join(u' '), u"owner_am tele_am_copy core_agent team_queue"_s);
    QCOMPARE(rules.back().condition, u"{}"_s);
    QVERIFY(rules.back().teamId.isNull());
}

void TestReferenceData::routingConditionsNameExistingCodes()
{
    const QStringList known{u"am_flag"_s,  u"value_class"_s, u"status"_s, u"area"_s,
                            u"industry"_s, u"product"_s,     u"channel"_s};
    for (const RoutingRule &rule : all<RoutingRule>()) {
        const auto condition = QJsonDocument::fromJson(rule.condition.toUtf8());
        QVERIFY2(condition.isObject(), qPrintable(rule.code));
        for (const QString &key : condition.object().keys())
            QVERIFY2(known.contains(key), qPrintable(rule.code + u' ' + key));
    }
}

void TestReferenceData::claimClocksAreThoseOfTheDesign()
{
    for (const RoutingRule &rule : all<RoutingRule>()) {
        QCOMPARE(rule.claimHoursA, 2);
        QCOMPARE(rule.claimHoursB, 4);
        QCOMPARE(rule.claimHoursOther, 8);
        QCOMPARE(rule.contactHoursA, 4);
        QCOMPARE(rule.contactHoursB, 8);
        QCOMPARE(rule.contactHoursOther, 16);
    }
}

void TestReferenceData::everyLocalTeamHasAnOperationsCentreAbove()
{
    QSet<QString> areas;
    QSet<QString> centres;
    QSet<QString> hotlines;
    for (const Team &team : all<Team>()) {
        areas.insert(team.areaId.text());
        if (team.kind == TeamKind::OperationsCentre && team.hasQueue)
            centres.insert(team.areaId.text());
        if (team.kind == TeamKind::Hotline && team.hasQueue)
            hotlines.insert(team.areaId.text());
    }
    QCOMPARE(centres, areas);
    areas.remove(referenceId(u"area", u"00").text());
    QCOMPARE(hotlines, areas);
}

void TestReferenceData::wrongItemsAreNamed_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("error"); // item and field
    QTest::newRow("no array") << QByteArray("{}") << u"0 json"_s;
    QTest::newRow("not JSON") << QByteArray("[{") << u"0 json"_s;
    QTest::newRow("an unknown field")
        << QByteArray(R"([{"code":"1","name":"a","level":"local","colour":"red"}])")
        << u"1 colour"_s;
    QTest::newRow("an unknown key")
        << QByteArray(R"([{"code":"1","name":"a","level":"planet"}])") << u"1 level"_s;
    QTest::newRow("a number for a text")
        << QByteArray(R"([{"code":1,"name":"a","level":"local"}])") << u"1 code"_s;
    QTest::newRow("a required field missing in the second item")
        << QByteArray(R"([{"code":"1","name":"a","level":"local"},{"code":"2","level":"local"}])")
        << u"2 name"_s;
    QTest::newRow("a text for a list")
        << QByteArray(R"([{"code":"1","name":"a","level":"local","aliases":"b"}])")
        << u"1 aliases"_s;
    QTest::newRow("a comma inside a word of a list")
        << QByteArray(R"([{"code":"1","name":"a","level":"local","aliases":["b,c"]}])")
        << u"1 aliases"_s;
}

void TestReferenceData::wrongItemsAreNamed()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, error);
    const auto table = readReferenceTable(m_catalog.entity(u"area"_s), toRow(Area{}), json);
    QVERIFY(!table);
    QCOMPARE(table.error().key(), u"reference_data.invalid"_s);
    QCOMPARE(table.error().args[1] + u' ' + table.error().args[2], error);
}

void TestReferenceData::aReferenceToNothingIsNamed()
{
    const auto table =
        readReferenceTable(m_catalog.entity(u"area"_s), toRow(Area{}),
                           R"([{"code":"1","name":"a","level":"local","parent_id":"nowhere"}])");
    QVERIFY(table);
    const auto checked = checkReferenceData(m_catalog, {*table});
    QVERIFY(!checked);
    QCOMPARE(checked.error().args.mid(0, 3).join(u' '), u"area 1 parent_id"_s);
    const auto doubled = checkReferenceData(m_catalog,
                                            {{u"area"_s, {table->rows[0], table->rows[0]}}});
    QVERIFY(!doubled);
    QCOMPARE(doubled.error().args[2], u"id"_s);
}

QTEST_APPLESS_MAIN(TestReferenceData)
#include "tst_reference_data.moc"
