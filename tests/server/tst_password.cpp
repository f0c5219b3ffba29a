#include "security/password.h"
#include "security/token.h"

#include <QSet>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {
constexpr PasswordCost cheap{1, 8192};
}

class TestPassword : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rightPasswordMatchesAndWrongDoesNot()
    {
        const PasswordHasher hasher(cheap);
        const auto hash = hasher.hash(u"北京的秋天很凉爽"_s);
        QVERIFY(hash);
        QVERIFY(hash->startsWith("$argon2id$v=19$m=8,t=1,p=1$"));
        QVERIFY(hasher.matches(*hash, u"北京的秋天很凉爽"_s));
        QVERIFY(!hasher.matches(*hash, u"北京的秋天很凉"_s));
        QVERIFY(!hasher.matches(*hash, u""_s));
    }

    void samePasswordHasTwoHashes()
    {
        const PasswordHasher hasher(cheap);
        QVERIFY(*hasher.hash(u"correct horse"_s) != *hasher.hash(u"correct horse"_s));
    }

    void defaultCostIsTheOneOfTheChecklist()
    {
        const auto hash = PasswordHasher().hash(u"correct horse"_s);
        QVERIFY(hash->startsWith("$argon2id$v=19$m=65536,t=3,p=1$"));
    }

    void unknownUserNeverMatches()
    {
        const PasswordHasher hasher(cheap);
        QVERIFY(!hasher.matches({}, u"anything"_s));
        QVERIFY(!hasher.matches(QByteArray(), u"anything"_s));
        QVERIFY(!hasher.matches(QByteArray("$argon2id$nonsense"), u"anything"_s));
    }

    void hashOfAnotherCostAsksForRehash()
    {
        const PasswordHasher old(cheap);
        const PasswordHasher dearer({2, 16384});
        const auto hash = old.hash(u"correct horse"_s);
        QVERIFY(!old.needsRehash(*hash));
        QVERIFY(dearer.needsRehash(*hash));
        QVERIFY(dearer.matches(*hash, u"correct horse"_s));
    }

    void fullWidthTypingIsTheSamePassword()
    {
        const PasswordHasher hasher(cheap);
        const auto hash = hasher.hash(u"Ｓｅｃｒｅｔ１２"_s);
        QVERIFY(hasher.matches(*hash, u"Secret12"_s));
    }

    void newPasswordIsJudged_data()
    {
        QTest::addColumn<QString>("password");
        QTest::addColumn<QString>("reason"); // empty: allowed
        QTest::newRow("7 characters") << u"x7 Qpz!"_s << u"password.too_short"_s;
        QTest::newRow("8 characters") << u"x7 Qpz!k"_s << u""_s;
        QTest::newRow("8 Chinese characters") << u"西湖边的柳树绿了"_s << u""_s;
        QTest::newRow("4 characters outside the BMP") << u"𠀀𠀁𠀂𠀃"_s << u"password.too_short"_s;
        QTest::newRow("128 characters") << u"pq7"_s.repeated(42) + u"zz"_s << u""_s;
        QTest::newRow("129 characters") << u"pq7"_s.repeated(43) << u"password.too_long"_s;
        QTest::newRow("top list") << u"password1"_s << u"password.common"_s;
        QTest::newRow("top list in capitals") << u"PASSWORD1"_s << u"password.common"_s;
        QTest::newRow("full-width top list") << u"１２３４５６７８"_s << u"password.common"_s;
        QTest::newRow("Chinese habit") << u"woaini1314"_s << u"password.common"_s;
        QTest::newRow("first of the list") << u"!qaz2wsx"_s << u"password.common"_s;
        QTest::newRow("one character") << u"mmmmmmmmmmmm"_s << u"password.common"_s;
        QTest::newRow("part of a listed word") << u"assword1"_s << u""_s;
        QTest::newRow("two neighbours of the list") << u"0.0.0.000 00000000"_s << u""_s;
        QTest::newRow("staff number") << u"hello-GD10086x"_s << u"password.context"_s;
        QTest::newRow("own name") << u"我是王小明不会忘"_s << u"password.context"_s;
        QTest::newRow("product") << u"MyKeyDesk-77"_s << u"password.context"_s;
        QTest::newRow("short context word is ignored") << u"mulberry lizard"_s << u""_s;
        QTest::newRow("no digits, no capitals") << u"correct horse battery"_s << u""_s;
    }
    void newPasswordIsJudged()
    {
        QFETCH(QString, password);
        QFETCH(QString, reason);
        const auto checked = checkNewPassword(password,
                                              {u"王小明"_s, u"gd10086"_s, u"li"_s, u""_s});
        QCOMPARE(checked ? QString() : checked.error().key(), reason);
    }

    void tokensAre256BitsAndDiffer()
    {
        QSet<QString> tokens;
        for (int i = 0; i < 100; ++i)
            tokens.insert(createToken());
        QCOMPARE(tokens.size(), 100);
        QCOMPARE(QByteArray::fromBase64(tokens.begin()->toLatin1(), QByteArray::Base64UrlEncoding)
                     .size(),
                 32);
    }

    void secretIsKnownByItsHashAlone()
    {
        const QString token = createToken();
        const QByteArray hash = secretHash(token);
        QCOMPARE(hash.size(), 32);
        QVERIFY(secretMatches(token, hash));
        QVERIFY(!secretMatches(createToken(), hash));
        QVERIFY(!secretMatches(token, QByteArray()));
    }

    void typedCodeIsForgivenItsLooks()
    {
        const QString code = createEnrolmentCode();
        QCOMPARE(code.size(), 24);
        QCOMPARE(normalizedEnrolmentCode(code), code);
        QString typed = code.toLower();
        typed.replace(u'0', u'o').replace(u'1', u'l').replace(u'-', u' ');
        QCOMPARE(normalizedEnrolmentCode(u' ' + typed), code);
    }

    void whatIsNoCodeIsRefused_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("empty") << u""_s;
        QTest::newRow("too short") << u"7KQF-2MZT-9VXA-01BC-DEF"_s;
        QTest::newRow("too long") << u"7KQF-2MZT-9VXA-01BC-DEFGH"_s;
        QTest::newRow("U is not used") << u"UKQF-2MZT-9VXA-01BC-DEFG"_s;
        QTest::newRow("Chinese") << u"七KQF-2MZT-9VXA-01BC-DEFG"_s;
    }
    void whatIsNoCodeIsRefused()
    {
        QFETCH(QString, typed);
        QVERIFY(!normalizedEnrolmentCode(typed));
    }
};

QTEST_GUILESS_MAIN(TestPassword)
#include "tst_password.moc"
