#include "base/date_text.h"
#include "base/money_text.h"

#include <QTest>

#include <limits>

using namespace keydesk;
using namespace Qt::StringLiterals;

class TestMoneyText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void amountsAreReadExactly_data();
    void amountsAreReadExactly();
    void badAmountsAreRefused_data();
    void badAmountsAreRefused();
    void amountsSurviveWritingAndReading_data();
    void amountsSurviveWritingAndReading();
    void tilesAreShort_data();
    void tilesAreShort();
    void ratesAreReadAsPercent_data();
    void ratesAreReadAsPercent();
    void wholeNumbersAreWhole();
    void daysAreReadInEveryForm_data();
    void daysAreReadInEveryForm();
    void badDaysAreRefused_data();
    void badDaysAreRefused();
    void momentsKnowTheirZone_data();
    void momentsKnowTheirZone();
    void skippedTimesAreRefused();
    void yesAndNoAreReadInBothLanguages();
};

namespace {
const qint64 highest = std::numeric_limits<qint64>::max();
const qint64 lowest = std::numeric_limits<qint64>::min();
} // namespace

void TestMoneyText::amountsAreReadExactly_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("fen");
    const std::pair<QString, qint64> cases[] = {{u"1,284,000.00"_s, 128'400'000},
                                                {u"1284000"_s, 128'400'000},
                                                {u"￥1,284,000"_s, 128'400'000},
                                                {u"128.4万"_s, 128'400'000},
                                                {u"128.4 万元"_s, 128'400'000},
                                                {u"1.2亿元"_s, 12'000'000'000},
                                                {u"0.1"_s, 10},
                                                {u".5"_s, 50},
                                                {u"5."_s, 500},
                                                {u"-5"_s, -500},
                                                {u"−5"_s, -500},
                                                {u"(5.00)"_s, -500},
                                                {u"-¥5.10"_s, -510},
                                                {u"１２３．４５"_s, 12'345},
                                                {u"12.5K"_s, 1'250'000},
                                                {u"3M"_s, 300'000'000},
                                                {u" 7 元 "_s, 700},
                                                {u"1.230000"_s, 123},
                                                {u"0.0001万"_s, 100},
                                                {u"RMB 20"_s, 2'000},
                                                {u"20 rmb"_s, 2'000},
                                                {u"1万亿"_s, 100'000'000'000'000},
                                                {u"0"_s, 0},
                                                {u"92233720368547758.07"_s, highest},
                                                {u"-92233720368547758.08"_s, lowest}};
    for (const auto &[text, fen] : cases)
        QTest::newRow(qPrintable(text)) << text << fen;
}

void TestMoneyText::amountsAreReadExactly()
{
    QFETCH(QString, text);
    const auto amount = parseMoney(text);
    QVERIFY2(amount, qPrintable(amount ? QString() : amount.error().key()));
    QTEST(amount->fen, "fen");
}

void TestMoneyText::badAmountsAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    for (const QString &text :
         {QString(), u"面议"_s, u"12,84"_s, u"1,28,400"_s, u",500"_s, u"1.2.3"_s, u"--5"_s,
          u"1e5"_s, u"5元5"_s, u"."_s, u"-"_s, u"$5"_s, u"0x10"_s, u"五百"_s, u"1 2"_s})
        QTest::newRow(qPrintable(u"no amount: "_s + text)) << text << u"value.not_amount"_s;
    QTest::newRow("part of a fen") << u"1.234"_s << u"value.too_precise"_s;
    QTest::newRow("part of a fen in 万") << u"1.2345678万"_s << u"value.too_precise"_s;
    QTest::newRow("one fen too many") << u"92233720368547758.08"_s << u"value.out_of_range"_s;
    QTest::newRow("one fen too few") << u"-92233720368547758.09"_s << u"value.out_of_range"_s;
    QTest::newRow("overflow by the unit") << u"999999999亿"_s << u"value.out_of_range"_s;
    QTest::newRow("thousand digits") << QString(1000, u'9') << u"value.out_of_range"_s;
}

void TestMoneyText::badAmountsAreRefused()
{
    QFETCH(QString, text);
    const auto amount = parseMoney(text);
    QVERIFY(!amount);
    QTEST(amount.error().key(), "reason");
}

void TestMoneyText::amountsSurviveWritingAndReading_data()
{
    QTest::addColumn<qint64>("fen");
    QTest::addColumn<QString>("shown");
    QTest::newRow("zero") << qint64(0) << u"0.00"_s;
    QTest::newRow("five fen") << qint64(5) << u"0.05"_s;
    QTest::newRow("minus") << qint64(-123456) << u"-1,234.56"_s;
    QTest::newRow("thousand") << qint64(100'000) << u"1,000.00"_s;
    QTest::newRow("hundreds") << qint64(99'999) << u"999.99"_s;
    QTest::newRow("list") << qint64(128'400'000) << u"1,284,000.00"_s;
    QTest::newRow("highest") << highest << u"92,233,720,368,547,758.07"_s;
    QTest::newRow("lowest") << lowest << u"-92,233,720,368,547,758.08"_s;
}

void TestMoneyText::amountsSurviveWritingAndReading()
{
    QFETCH(qint64, fen);
    QTEST(formatMoney(Money{fen}), "shown");
    QCOMPARE(parseMoney(formatMoney(Money{fen}))->fen, fen);
    QCOMPARE(parseMoney(plainMoney(Money{fen}))->fen, fen);
}

void TestMoneyText::tilesAreShort_data()
{
    QTest::addColumn<qint64>("fen");
    QTest::addColumn<QString>("zh");
    QTest::addColumn<QString>("en");
    QTest::newRow("small") << qint64(12'345) << u"123.5"_s << u"123.5"_s;
    QTest::newRow("fen") << qint64(5) << u"0.05"_s << u"0.05"_s;
    QTest::newRow("thousands") << qint64(500'000) << u"5,000"_s << u"5K"_s;
    QTest::newRow("list") << qint64(128'400'000) << u"128.4万"_s << u"1.28M"_s;
    QTest::newRow("亿") << qint64(12'840'000'000) << u"1.28亿"_s << u"128.4M"_s;
    QTest::newRow("rounds up to the unit") << qint64(9'999'999'999) << u"1亿"_s << u"100M"_s;
    QTest::newRow("rounds up to 万") << qint64(999'999) << u"1万"_s << u"10K"_s;
    QTest::newRow("minus") << qint64(-128'400'000) << u"-128.4万"_s << u"-1.28M"_s;
    QTest::newRow("lowest") << lowest << u"-92,233.7万亿"_s << u"-92,233,720.4B"_s;
}

void TestMoneyText::tilesAreShort()
{
    QFETCH(qint64, fen);
    QTEST(shortMoney(Money{fen}, QLocale::Chinese), "zh");
    QTEST(shortMoney(Money{fen}, QLocale::English), "en");
}

void TestMoneyText::ratesAreReadAsPercent_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("points");
    QTest::addColumn<QString>("shown");
    QTest::newRow("percent") << u"12.5%"_s << 1250 << u"12.5%"_s;
    QTest::newRow("full width") << u"１２．５％"_s << 1250 << u"12.5%"_s;
    QTest::newRow("without sign") << u"12.5"_s << 1250 << u"12.5%"_s;
    QTest::newRow("hundred") << u"100 %"_s << 10'000 << u"100%"_s;
    QTest::newRow("one point") << u"0.01%"_s << 1 << u"0.01%"_s;
    QTest::newRow("minus") << u"-3%"_s << -300 << u"-3%"_s;
}

void TestMoneyText::ratesAreReadAsPercent()
{
    QFETCH(QString, text);
    const auto rate = parsePercent(text);
    QVERIFY(rate);
    QTEST(rate->value, "points");
    QTEST(formatPercent(*rate), "shown");
    QCOMPARE(parsePercent(u"12.345%").error().key(), u"value.too_precise"_s);
    QCOMPARE(parsePercent(u"30000000%").error().key(), u"value.out_of_range"_s);
    QCOMPARE(parsePercent(u"many").error().key(), u"value.not_percent"_s);
}

void TestMoneyText::wholeNumbersAreWhole()
{
    QCOMPARE(*parseInteger(u"1,234"), 1234);
    QCOMPARE(*parseInteger(u"-９"), -9);
    QCOMPARE(*parseInteger(u"3.0"), 3);
    QCOMPARE(parseInteger(u"2.5").error().key(), u"value.not_integer"_s);
    QCOMPARE(parseInteger(u"").error().key(), u"value.not_integer"_s);
    QCOMPARE(parseInteger(u"9223372036854775808").error().key(), u"value.out_of_range"_s);
    QCOMPARE(formatInteger(-1'234'567), u"-1,234,567"_s);
}

void TestMoneyText::daysAreReadInEveryForm_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text :
         {u"2026-01-05"_s, u"2026-1-5"_s, u"2026/1/5"_s, u"2026.01.05"_s, u"20260105"_s,
          u"2026年1月5日"_s, u"2026 年 1 月 5 日"_s, u"２０２６－０１－０５"_s, u" 2026-01-05 "_s,
          u"2026-01-05 00:00:00"_s, u"2026/1/5 0:00"_s})
        QTest::newRow(qPrintable(text)) << text;
}

void TestMoneyText::daysAreReadInEveryForm()
{
    QFETCH(QString, text);
    const auto date = parseDate(text);
    QVERIFY(date);
    QCOMPARE(*date, QDate(2026, 1, 5));
    QCOMPARE(formatDate(*date), u"2026-01-05"_s);
}

void TestMoneyText::badDaysAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    for (const QString &text :
         {QString(), u"5/1/2026"_s, u"26-01-05"_s, u"2026-01"_s, u"202601051"_s, u"昨天"_s,
          u"2026-01-05 09:30"_s, u"2026-01-055"_s, u"46027"_s})
        QTest::newRow(qPrintable(u"no date: "_s + text)) << text << u"value.not_date"_s;
    for (const QString &text : {u"2026-02-30"_s, u"20261301"_s, u"2026年0月5日"_s, u"0000-01-01"_s})
        QTest::newRow(qPrintable(u"no such day: "_s + text)) << text << u"value.no_such_day"_s;
}

void TestMoneyText::badDaysAreRefused()
{
    QFETCH(QString, text);
    const auto date = parseDate(text);
    QVERIFY(!date);
    QTEST(date.error().key(), "reason");
}

void TestMoneyText::momentsKnowTheirZone_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text :
         {u"2026-01-05 09:30"_s, u"2026/1/5 9:30:00"_s, u"2026-01-05T01:30:00.000Z"_s,
          u"2026-01-05T09:30:00+08:00"_s, u"2026年1月5日 09:30"_s, u"2026-01-04 20:30 -0500"_s})
        QTest::newRow(qPrintable(text)) << text;
}

void TestMoneyText::momentsKnowTheirZone()
{
    QFETCH(QString, text);
    const QTimeZone shanghai("Asia/Shanghai");
    const auto at = parseInstant(text, shanghai);
    QVERIFY(at);
    QCOMPARE(isoInstant(*at), u"2026-01-05T01:30:00.000Z"_s);
    QCOMPARE(formatInstant(*at, shanghai), u"2026-01-05 09:30"_s);
    QCOMPARE(*parseInstant(isoInstant(*at), shanghai), *at);
    QCOMPARE(formatInstant({}, shanghai), QString());
    QCOMPARE(parseInstant(u"2026-01-05 25:00", shanghai).error().key(), u"value.not_instant"_s);
    QCOMPARE(parseInstant(u"2026-02-30 09:00", shanghai).error().key(), u"value.no_such_day"_s);
    QCOMPARE(parseInstant(u"2026-01-05 09:00 +99:00", shanghai).error().key(),
             u"value.not_instant"_s);
}

void TestMoneyText::skippedTimesAreRefused()
{
    // Berlin put its clocks forward from 02:00 to 03:00 that night.
    QVERIFY(!parseInstant(u"2026-03-29 02:30", QTimeZone("Europe/Berlin")));
    QVERIFY(parseInstant(u"2026-03-29 03:30", QTimeZone("Europe/Berlin")));
}

void TestMoneyText::yesAndNoAreReadInBothLanguages()
{
    for (const QString &text : {u"是"_s, u"YES"_s, u" y "_s, u"１"_s, u"True"_s, u"√"_s, u"有"_s})
        QVERIFY2(*parseBoolean(text), qPrintable(text));
    for (const QString &text : {u"否"_s, u"No"_s, u"n"_s, u"0"_s, u"FALSE"_s, u"×"_s, u"无"_s})
        QVERIFY2(!*parseBoolean(text), qPrintable(text));
    for (const QString &text : {QString(), u"2"_s, u"也许"_s, u"yesno"_s})
        QCOMPARE(parseBoolean(text).error().key(), u"value.not_yes_no"_s);
    QCOMPARE(formatBoolean(true, QLocale::Chinese), u"是"_s);
    QCOMPARE(formatBoolean(false, QLocale::English), u"no"_s);
}

QTEST_GUILESS_MAIN(TestMoneyText)
#include "tst_money_text.moc"
