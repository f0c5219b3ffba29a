#include "base/phone.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

class TestPhone : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneNumberHasOneKey_data();
    void oneNumberHasOneKey();
    void severalNumbersAreAllFound_data();
    void severalNumbersAreAllFound();
    void whatIsNoNumberStaysText_data();
    void whatIsNoNumberStaysText();
    void homeAreaCompletesLocalLandlines();
    void extensionsAreKeptApart_data();
    void extensionsAreKeptApart();
    void maskingHidesTheMiddle_data();
    void maskingHidesTheMiddle();
    void displayReadsBackToTheSameNumber_data();
    void displayReadsBackToTheSameNumber();
    void formsSayWhatIsWrong();
    void rawTextIsKeptAsTyped();
};

void TestPhone::oneNumberHasOneKey_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("key");
    QTest::addColumn<PhoneKind>("kind");
    const auto mobile = u"+8613800138000"_s;
    for (const QString &text : {u"13800138000"_s,
                                u"138 0013 8000"_s,
                                u"138-0013-8000"_s,
                                u"+86 138 0013 8000"_s,
                                u"+8613800138000"_s,
                                u"86 13800138000"_s,
                                u"008613800138000"_s,
                                u"013800138000"_s,
                                u"１３８００１３８０００"_s,
                                u"（＋86）138－0013－8000"_s,
                                u"1795113800138000"_s,
                                u"17951 013800138000"_s,
                                u"手机：13800138000"_s,
                                u"王经理 13800138000"_s,
                                u"13800138000（王）"_s,
                                u"\u202d13800138000\u202c"_s,
                                u"tel:+86-138-0013-8000"_s,
                                u"\"Wang\" <sip:13800138000@10.0.0.1:5060;user=phone>"_s,
                                u"SIP:+8613800138000@pbx"_s,
                                u"(+86) 138.0013.8000"_s,
                                u"１３８–0013—8000"_s})
        QTest::newRow(qPrintable(text)) << text << mobile << PhoneKind::Mobile;
    const auto landline = u"+8687163123456"_s;
    for (const QString &text :
         {u"0871-63123456"_s, u"0871-6312 3456"_s, u"(0871)63123456"_s, u"（0871）6312-3456"_s,
          u"+86 871 6312 3456"_s, u"+86 (0)871 63123456"_s, u"86-0871-63123456"_s,
          u"8687163123456"_s, u"087163123456"_s, u"871-63123456"_s, u"0086 871 63123456"_s})
        QTest::newRow(qPrintable(text)) << text << landline << PhoneKind::Landline;
    QTest::newRow("segment of 9") << u"0871-97035217"_s << u"+8687197035217"_s
                                  << PhoneKind::Landline;
    QTest::newRow("Beijing") << u"010-87654321"_s << u"+861087654321"_s << PhoneKind::Landline;
    QTest::newRow("Shanghai") << u"+86 21 6234 5678"_s << u"+862162345678"_s << PhoneKind::Landline;
    QTest::newRow("7-digit city") << u"0887-8223456"_s << u"+868878223456"_s << PhoneKind::Landline;
    QTest::newRow("400") << u"400-123-4567"_s << u"+864001234567"_s << PhoneKind::ServiceLine;
    QTest::newRow("800") << u"8008101234"_s << u"+868008101234"_s << PhoneKind::ServiceLine;
    QTest::newRow("carrier") << u"10086"_s << u"+8610086"_s << PhoneKind::ShortCode;
    QTest::newRow("emergency") << u"110"_s << u"+86110"_s << PhoneKind::ShortCode;
    QTest::newRow("bank") << u"95588"_s << u"+8695588"_s << PhoneKind::ShortCode;
    QTest::newRow("province") << u"96128"_s << u"+8696128"_s << PhoneKind::ShortCode;
    QTest::newRow("directory") << u"118114"_s << u"+86118114"_s << PhoneKind::ShortCode;
    QTest::newRow("message port") << u"1065502123456"_s << u"+861065502123456"_s
                                  << PhoneKind::ShortCode;
    QTest::newRow("short code there")
        << u"0871-12345"_s << u"+8687112345"_s << PhoneKind::ShortCode;
    QTest::newRow("Hong Kong") << u"+852 2345 6789"_s << u"+85223456789"_s
                               << PhoneKind::International;
    QTest::newRow("USA by 00") << u"001 650 253 0000"_s << u"+16502530000"_s
                               << PhoneKind::International;
    QTest::newRow("new 19x segment")
        << u"19912345678"_s << u"+8619912345678"_s << PhoneKind::Mobile;
}

void TestPhone::oneNumberHasOneKey()
{
    QFETCH(QString, text);
    QFETCH(QString, key);
    const PhoneNumber number = parsePhone(text);
    QCOMPARE(number.key, key);
    QTEST(number.kind, "kind");
    QVERIFY(number.isValid());
    QCOMPARE(parsePhone(number.key).key, key);
}

void TestPhone::severalNumbersAreAllFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("keys");
    const QStringList two{u"+8613800138000"_s, u"+8651262881234"_s};
    QTest::newRow("slash") << u"13800138000 / 0512-62881234"_s << two;
    QTest::newRow("full-width semicolon") << u"13800138000；0512-62881234"_s << two;
    QTest::newRow("enumeration comma") << u"13800138000、0512-62881234"_s << two;
    QTest::newRow("space") << u"13800138000 0512-62881234"_s << two;
    QTest::newRow("lines") << u"13800138000\n0512-62881234"_s << two;
    QTest::newRow("words") << u"手机13800138000，办公0512-62881234"_s << two;
    QTest::newRow("or") << u"13800138000或0512-62881234"_s << two;
    QTest::newRow("sister line") << u"0512-62881234/36"_s
                                 << QStringList{u"+8651262881234"_s, u"+8651262881236"_s};
    QTest::newRow("grouped mobiles") << u"138 0013 8000 139 0013 9000"_s
                                     << QStringList{u"+8613800138000"_s, u"+8613900139000"_s};
    QTest::newRow("mobile and group short number")
        << u"13800138000/668000"_s << QStringList{u"+8613800138000"_s, QString()};
}

void TestPhone::severalNumbersAreAllFound()
{
    QFETCH(QString, text);
    QStringList keys;
    for (const PhoneNumber &number : parsePhones(text))
        keys += number.key;
    QTEST(keys, "keys");
}

void TestPhone::whatIsNoNumberStaysText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<PhoneKind>("kind");
    QTest::newRow("mobile one short") << u"1380013800"_s << PhoneKind::Unknown;
    QTest::newRow("mobile one long") << u"138001380001"_s << PhoneKind::Unknown;
    QTest::newRow("12x is no mobile") << u"12800138000"_s << PhoneKind::Unknown;
    QTest::newRow("masked before") << u"138****8000"_s << PhoneKind::Unknown;
    QTest::newRow("masked by x") << u"138xxxx8000"_s << PhoneKind::Unknown;
    QTest::newRow("masked short code") << u"110****3456"_s << PhoneKind::Unknown;
    QTest::newRow("words") << u"无"_s << PhoneKind::Unknown;
    QTest::newRow("withheld") << u"anonymous"_s << PhoneKind::Unknown;
    QTest::newRow("local landline") << u"63123456"_s << PhoneKind::Local;
    QTest::newRow("group short number") << u"668000"_s << PhoneKind::GroupShort;
    QTest::newRow("area without number") << u"0871"_s << PhoneKind::Unknown;
    QTest::newRow("subscriber beginning with 1") << u"0871-13123456"_s << PhoneKind::Unknown;
    QTest::newRow("too long for E.164") << u"+1234567890123456"_s << PhoneKind::Unknown;
    QTest::newRow("date") << u"2026-01-05"_s << PhoneKind::Unknown;
    QTest::newRow("identity card") << u"530102199001011234"_s << PhoneKind::Unknown;
}

void TestPhone::whatIsNoNumberStaysText()
{
    QFETCH(QString, text);
    const PhoneNumber number = parsePhone(text);
    QVERIFY2(!number.isValid(), qPrintable(number.key));
    QCOMPARE(number.raw, text);
    QTEST(number.kind, "kind");
    QCOMPARE(number.display(), text);
}

void TestPhone::homeAreaCompletesLocalLandlines()
{
    QCOMPARE(parsePhone(u"63123456", u"0871").key, u"+8687163123456"_s);
    QCOMPARE(parsePhone(u"6312 3456 转 8001", u"871").extension, u"8001"_s);
    QCOMPARE(parsePhone(u"13800138000", u"0871").key, u"+8613800138000"_s);
    QCOMPARE(parsePhone(u"668000", u"0871").kind, PhoneKind::GroupShort);
}

void TestPhone::extensionsAreKeptApart_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text :
         {u"0871-63123456/转8001"_s, u"0871-6312 3456转8001"_s, u"0871-63123456-8001"_s,
          u"0871-63123456 ext. 8001"_s, u"0871-63123456x8001"_s, u"0871-63123456#8001"_s,
          u"0871-63123456,8001"_s, u"0871-63123456 分机：8001"_s, u"087163123456转8001#"_s})
        QTest::newRow(qPrintable(text)) << text;
}

void TestPhone::extensionsAreKeptApart()
{
    QFETCH(QString, text);
    const auto numbers = parsePhones(text);
    QCOMPARE(numbers.size(), std::size_t(1));
    QCOMPARE(numbers.front().key, u"+8687163123456"_s);
    QCOMPARE(numbers.front().extension, u"8001"_s);
    QCOMPARE(numbers.front().display(), u"0871-63123456-8001"_s);
}

void TestPhone::maskingHidesTheMiddle_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("masked");
    QTest::newRow("mobile") << u"+86 138 0013 1234"_s << u"138****1234"_s;
    QTest::newRow("landline") << u"0871-63123456转8001"_s << u"0871****3456"_s;
    QTest::newRow("Beijing") << u"010-87654321"_s << u"010****4321"_s;
    QTest::newRow("Hong Kong") << u"+852 2345 6789"_s << u"+852****6789"_s;
    QTest::newRow("service line is public") << u"4001234567"_s << u"400-123-4567"_s;
    QTest::newRow("short code is public") << u"10086"_s << u"10086"_s;
    QTest::newRow("broken number") << u"1380013800"_s << u"****00"_s;
    QTest::newRow("group short number") << u"668000"_s << u"****"_s;
    QTest::newRow("words") << u"请打给王经理"_s << u"****"_s;
    QTest::newRow("two") << u"13800131234/0871-63123456"_s << u"138****1234 / 0871****3456"_s;
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("masked twice") << u"138****1234"_s << u"****34"_s;
}

void TestPhone::maskingHidesTheMiddle()
{
    QFETCH(QString, text);
    QTEST(maskedPhones(text), "masked");
}

void TestPhone::displayReadsBackToTheSameNumber_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("dialled");
    QTest::newRow("mobile") << u"+8613800138000"_s << u"138 0013 8000"_s << u"13800138000"_s;
    QTest::newRow("landline") << u"+8687163123456"_s << u"0871-63123456"_s << u"087163123456"_s;
    QTest::newRow("short code there") << u"+8687112345"_s << u"0871-12345"_s << u"087112345"_s;
    QTest::newRow("400") << u"+864001234567"_s << u"400-123-4567"_s << u"4001234567"_s;
    QTest::newRow("foreign") << u"+85223456789"_s << u"+85223456789"_s << u"0085223456789"_s;
}

void TestPhone::displayReadsBackToTheSameNumber()
{
    QFETCH(QString, key);
    const PhoneNumber number = parsePhone(key);
    QTEST(number.display(), "shown");
    QTEST(number.nationalDigits(), "dialled");
    QCOMPARE(parsePhone(number.display()).key, key);
    QCOMPARE(parsePhone(number.nationalDigits()).key, key);
}

void TestPhone::formsSayWhatIsWrong()
{
    const auto refused = requirePhone(u" 1380013800 ");
    QVERIFY(!refused);
    QCOMPARE(refused.error().key(), u"value.not_phone"_s);
    QCOMPARE(refused.error().args, QStringList{u"1380013800"_s});
    QCOMPARE(requirePhone(u"138 0013 8000")->key, u"+8613800138000"_s);
}

void TestPhone::rawTextIsKeptAsTyped()
{
    QCOMPARE(parsePhone(u" 王经理：１３８ 0013 8000 ").raw, u"王经理：１３８ 0013 8000"_s);
    QVERIFY(parsePhones(u"   ").empty());
}

QTEST_GUILESS_MAIN(TestPhone)
#include "tst_phone.moc"
