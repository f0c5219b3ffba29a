#include "base/pinyin.h"

#include <QTest>

#include <algorithm>
#include <thread>

using namespace keydesk;
using namespace Qt::StringLiterals;

class TestPinyin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyThreadsShareOneTable(); // first: it builds the table
    void initialsOfOrganisations_data();
    void initialsOfOrganisations();
    void fullReadings_data();
    void fullReadings();
    void surnamesAreReadAsSurnames_data();
    void surnamesAreReadAsSurnames();
    void signsAreLeftOut();
    void namesSortByPinyin();

private:
    const Pinyin m_pinyin{};
};

void TestPinyin::initialsOfOrganisations_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("initials");
    const std::pair<QString, QString> cases[] = {{u"中国工商银行"_s, u"zggsyh"_s},
                                                 {u"平安银行"_s, u"payh"_s},
                                                 {u"任子行"_s, u"rzx"_s},
                                                 {u"重药控股"_s, u"cykg"_s},
                                                 {u"中联重科"_s, u"zlzk"_s},
                                                 {u"厦门信达"_s, u"xmxd"_s},
                                                 {u"亚厦股份"_s, u"ysgf"_s},
                                                 {u"长江证券"_s, u"cjzq"_s},
                                                 {u"成长股份"_s, u"czgf"_s},
                                                 {u"*ST国华"_s, u"stgh"_s},
                                                 {u"万科Ａ"_s, u"wka"_s},
                                                 {u"TCL科技"_s, u"tclkj"_s},
                                                 {u"360（北京）"_s, u"360bj"_s},
                                                 {u"张家港行"_s, u"zjgh"_s},
                                                 {u"西藏矿业"_s, u"xzky"_s},
                                                 {u"东阿阿胶"_s, u"deej"_s},
                                                 {u"重庆市乐清商会"_s, u"cqsyqsh"_s},
                                                 {u"世联行集团股份有限公司"_s, u"slhjtgfyxgs"_s},
                                                 {u"昆明市官渡区人民政府"_s, u"kmsgdqrmzf"_s},
                                                 {u"会计师事务所"_s, u"kjssws"_s},
                                                 {u"二〇二六项目部"_s, u"elelxmb"_s}};
    for (const auto &[name, initials] : cases)
        QTest::newRow(qPrintable(name)) << name << initials;
}

void TestPinyin::initialsOfOrganisations()
{
    QFETCH(QString, name);
    QTEST(m_pinyin.initials(name), "initials");
}

void TestPinyin::fullReadings_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("full");
    QTest::newRow("phrase") << u"长安银行"_s << u"changanyinhang"_s;
    QTest::newRow("umlaut is u") << u"绿城律师"_s << u"luchenglushi"_s;
    QTest::newRow("traditional") << u"臺灣銀器"_s << u"taiwanyinqi"_s;
    QTest::newRow("mixed") << u"5G专网"_s << u"5gzhuanwang"_s;
    QTest::newRow("accents") << u"Café 乐"_s << u"cafele"_s;
}

void TestPinyin::fullReadings()
{
    QFETCH(QString, name);
    QTEST(m_pinyin.full(name), "full");
}

void TestPinyin::surnamesAreReadAsSurnames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("full");
    QTest::newRow("单") << u"单芳"_s << u"shanfang"_s;
    QTest::newRow("曾") << u"曾志强"_s << u"zengzhiqiang"_s;
    QTest::newRow("仇") << u"仇英"_s << u"qiuying"_s;
    QTest::newRow("解") << u"解晓东"_s << u"xiexiaodong"_s;
    QTest::newRow("翟") << u"翟天"_s << u"zhaitian"_s;
    QTest::newRow("朴") << u"朴正"_s << u"piaozheng"_s;
    QTest::newRow("尉迟") << u"尉迟恭"_s << u"yuchigong"_s;
    QTest::newRow("only the first character") << u"王单"_s << u"wangdan"_s;
    QTest::newRow("common name") << u"王小明"_s << u"wangxiaoming"_s;
}

void TestPinyin::surnamesAreReadAsSurnames()
{
    QFETCH(QString, name);
    QTEST(m_pinyin.full(name, Pinyin::Name::Person), "full");
    QCOMPARE(m_pinyin.full(u"单位"), u"danwei"_s);
}

void TestPinyin::signsAreLeftOut()
{
    QCOMPARE(m_pinyin.initials(u"《昆明》·（集团） ★"), u"kmjt"_s);
    QCOMPARE(m_pinyin.initials(u"\U0001F600 \u200b\u202e"), QString());
    QCOMPARE(m_pinyin.initials(QString()), QString());
}

void TestPinyin::namesSortByPinyin()
{
    QStringList names{u"张家港行"_s, u"长江证券"_s, u"西安"_s, u"重庆钢铁"_s,
                      u"仙居"_s,     u"长江"_s,     u"安宁"_s};
    std::sort(names.begin(), names.end(), [this](const QString &a, const QString &b) {
        return m_pinyin.sortKey(a) < m_pinyin.sortKey(b);
    });
    const QStringList expected{u"安宁"_s, u"长江"_s, u"长江证券"_s, u"重庆钢铁"_s,
                               u"西安"_s, u"仙居"_s, u"张家港行"_s};
    QCOMPARE(names, expected);
}

void TestPinyin::manyThreadsShareOneTable()
{
    std::vector<std::thread> threads;
    std::vector<QString> answers(4);
    for (std::size_t i = 0; i < answers.size(); ++i)
        threads.emplace_back([this, &answers, i] { answers[i] = m_pinyin.full(u"昆明"); });
    for (std::thread &thread : threads)
        thread.join();
    for (const QString &answer : answers)
        QCOMPARE(answer, u"kunming"_s);
}

QTEST_GUILESS_MAIN(TestPinyin)
#include "tst_pinyin.moc"
