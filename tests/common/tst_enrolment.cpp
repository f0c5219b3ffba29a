#include "base/enrolment.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {
const QString pinText = u"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"_s;
}

class TestEnrolment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stringReadsBackAsItsParts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        const QString tail = u"/#"_s + pinText + u"/7KQF-2MZT-9VXA"_s;
        QTest::newRow("name") << u"keydesk://sales.example.cn:7443"_s + tail
                              << u"sales.example.cn"_s << 7443;
        QTest::newRow("IPv4") << u"keydesk://10.0.0.8:1"_s + tail << u"10.0.0.8"_s << 1;
        QTest::newRow("IPv6") << u"keydesk://[2001:db8::8]:65535"_s + tail << u"2001:db8::8"_s
                              << 65535;
        QTest::newRow("IPv6 loopback") << u"keydesk://[::1]:7443"_s + tail << u"::1"_s << 7443;
    }
    void stringReadsBackAsItsParts()
    {
        QFETCH(QString, text);
        const auto enrolment = Enrolment::parse(text);
        QVERIFY(enrolment);
        QTEST(enrolment->server.host, "host");
        QTEST(int(enrolment->server.port), "port");
        QCOMPARE(enrolment->pin, QByteArray::fromHex(pinText.toLatin1()));
        QCOMPARE(enrolment->code, u"7KQF-2MZT-9VXA"_s);
        QCOMPARE(enrolment->toString(), text);
    }

    void spaceAroundAndHexCaseAreForgiven()
    {
        const auto enrolment = Enrolment::parse(u"  keydesk://h:1/#"_s + pinText.toUpper()
                                                + u"/AB\r\n"_s);
        QVERIFY(enrolment);
        QCOMPARE(enrolment->toString(), u"keydesk://h:1/#"_s + pinText + u"/AB"_s);
    }

    void malformedStringNamesTheWrongPart_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("part");
        const QString tail = u"/#"_s + pinText + u"/CODE"_s;
        QTest::newRow("empty") << u""_s << u"scheme"_s;
        QTest::newRow("another scheme") << u"https://h:1"_s + tail << u"scheme"_s;
        QTest::newRow("no port") << u"keydesk://h"_s + tail << u"port"_s;
        QTest::newRow("port 0") << u"keydesk://h:0"_s + tail << u"port"_s;
        QTest::newRow("port 65536") << u"keydesk://h:65536"_s + tail << u"port"_s;
        QTest::newRow("port with sign") << u"keydesk://h:+1"_s + tail << u"port"_s;
        QTest::newRow("full-width port") << u"keydesk://h:７"_s + tail << u"port"_s;
        QTest::newRow("no host") << u"keydesk://:1"_s + tail << u"port"_s;
        QTest::newRow("space in host") << u"keydesk://a b:1"_s + tail << u"host"_s;
        QTest::newRow("user part") << u"keydesk://me@h:1"_s + tail << u"host"_s;
        QTest::newRow("bare IPv6") << u"keydesk://::1:7443"_s + tail << u"port"_s;
        QTest::newRow("open bracket") << u"keydesk://[::1:7443"_s + tail << u"host"_s;
        QTest::newRow("name in brackets") << u"keydesk://[host]:1"_s + tail << u"host"_s;
        QTest::newRow("zone index") << u"keydesk://[fe80::1%eth0]:1"_s + tail << u"host"_s;
        QTest::newRow("no fingerprint") << u"keydesk://h:1/CODE"_s << u"fingerprint"_s;
        QTest::newRow("short fingerprint") << u"keydesk://h:1/#00ff/CODE"_s << u"fingerprint"_s;
        QTest::newRow("fingerprint not hex")
            << u"keydesk://h:1/#zz"_s + pinText.mid(2) + u"/CODE"_s << u"fingerprint"_s;
        QTest::newRow("no code") << u"keydesk://h:1/#"_s + pinText << u"code"_s;
        QTest::newRow("empty code") << u"keydesk://h:1/#"_s + pinText + u"/"_s << u"code"_s;
        QTest::newRow("code with slash") << u"keydesk://h:1/#"_s + pinText + u"/A/B"_s << u"code"_s;
        QTest::newRow("endless code")
            << u"keydesk://h:1/#"_s + pinText + u"/"_s + QString(65, u'A') << u"code"_s;
    }
    void malformedStringNamesTheWrongPart()
    {
        QFETCH(QString, text);
        const auto enrolment = Enrolment::parse(text);
        QVERIFY(!enrolment);
        QCOMPARE(enrolment.error().key(), u"enrol.string_malformed"_s);
        QTEST(enrolment.error().detail, "part");
    }
};

QTEST_GUILESS_MAIN(TestEnrolment)
#include "tst_enrolment.moc"
