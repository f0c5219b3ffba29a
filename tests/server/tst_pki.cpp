#include "security/certificate.h"
#include "security/pki.h"

#include <QFileInfo>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

QSslCertificate firstCertificate(const QString &path)
{
    const auto certificates = QSslCertificate::fromPath(path);
    return certificates.isEmpty() ? QSslCertificate() : certificates.first();
}

} // namespace

class TestPki : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home.emplace();
        m_folder = m_home->filePath(u"tls"_s);
    }

    void keysAreForTheirOwnerAlone()
    {
        const Pki pki(m_folder);
        QVERIFY(!pki.exists());
        QVERIFY(pki.create({}, now));
        QVERIFY(pki.exists());
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther
            | QFile::WriteOther | QFile::ExeGroup | QFile::ExeOther;
        for (const char *file : {"", "/ca-key.pem", "/ca.pem", "/server.pem"}) {
            const QFileInfo info(m_folder + QString::fromLatin1(file));
            QVERIFY2(info.exists() && !(info.permissions() & others), file);
        }
    }

    void serverCertificateNamesTheGivenHostsAndThisMachine()
    {
        const Pki pki(m_folder);
        QVERIFY(pki.create({u"crm.example.cn"_s, u"10.1.2.3"_s, u"2001:db8::8"_s}, now));
        const auto names = firstCertificate(m_folder + u"/server.pem"_s).subjectAlternativeNames();
        QCOMPARE(names.values(QSsl::DnsEntry).size(), 2);
        for (const QString &name : {u"crm.example.cn"_s, u"localhost"_s})
            QVERIFY2(names.values(QSsl::DnsEntry).contains(name), qPrintable(name));
        for (const QString &address : {u"10.1.2.3"_s, u"127.0.0.1"_s})
            QVERIFY2(names.values(QSsl::IpAddressEntry).contains(address), qPrintable(address));
        QCOMPARE(names.values(QSsl::IpAddressEntry).size(), 4);
    }

    void certificatesLastTenYearsAndOneYear()
    {
        const Pki pki(m_folder);
        QVERIFY(pki.create({}, now));
        const auto ca = firstCertificate(m_folder + u"/ca.pem"_s);
        const auto server = firstCertificate(m_folder + u"/server.pem"_s);
        const QDateTime today = QDateTime::fromMSecsSinceEpoch(now.ms);
        QCOMPARE(today.daysTo(ca.expiryDate()), 3653);
        QCOMPARE(today.daysTo(server.expiryDate()), 365);
        QVERIFY(server.effectiveDate() < today);
        QVERIFY(ca.isSelfSigned());
        QCOMPARE(server.issuerInfo(QSslCertificate::CommonName),
                 ca.subjectInfo(QSslCertificate::CommonName));
        QCOMPARE(ca.publicKey().algorithm(), QSsl::Ec);
        QCOMPARE(ca.publicKey().length(), 256);
    }

    void textThatIsNoHostNameIsRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("empty") << u""_s;
        QTest::newRow("blank") << u"a b"_s;
        QTest::newRow("another entry") << u"a,DNS:evil.example"_s;
        QTest::newRow("with port") << u"host:7443"_s;
        QTest::newRow("zone index") << u"fe80::1%eth0"_s;
        QTest::newRow("Chinese") << u"服务器"_s;
        QTest::newRow("wildcard") << u"*.example.cn"_s;
    }
    void textThatIsNoHostNameIsRefused()
    {
        QFETCH(QString, name);
        const auto made = Pki(m_folder).create({name}, now);
        QVERIFY(!made);
        QCOMPARE(made.error().key(), u"certificate.name_malformed"_s);
        QVERIFY(!Pki(m_folder).exists());
    }

    void secondAuthorityIsRefused()
    {
        const Pki pki(m_folder);
        QVERIFY(pki.create({}, now));
        const auto pin = pki.pin();
        const auto again = pki.create({}, now);
        QVERIFY(!again);
        QCOMPARE(again.error().key(), u"record.exists"_s);
        QCOMPARE(*pki.pin(), *pin);
    }

    void pinIsTheHashOfThePublicKeyInfo()
    {
        const Pki pki(m_folder);
        QVERIFY(pki.create({}, now));
        // The DER of a public QSslKey is the SubjectPublicKeyInfo.
        const QByteArray der = firstCertificate(m_folder + u"/ca.pem"_s).publicKey().toDer();
        QCOMPARE(*pki.pin(), QCryptographicHash::hash(der, QCryptographicHash::Sha256));
    }

    void renewalWaitsUntilSixtyDaysAreLeft()
    {
        const Pki pki(m_folder);
        QVERIFY(pki.create({u"crm.example.cn"_s}, now));
        const auto hash = pki.certificateHash();
        QCOMPARE(*pki.renewIfDue(now + 304 * day), Pki::Renewal::NotDue);
        QCOMPARE(*pki.certificateHash(), *hash);
    }

    void renewalKeepsPinAndNames()
    {
        const Pki pki(m_folder);
        QVERIFY(pki.create({u"crm.example.cn"_s, u"10.1.2.3"_s}, now));
        const auto pin = pki.pin();
        const auto hash = pki.certificateHash();
        const Instant later = now + 306 * day;
        QCOMPARE(*pki.renewIfDue(later), Pki::Renewal::Renewed);
        QCOMPARE(*pki.pin(), *pin);
        QVERIFY(*pki.certificateHash() != *hash);
        QVERIFY(*pki.validUntil() - later > 364 * day);
        const auto names = firstCertificate(m_folder + u"/server.pem"_s).subjectAlternativeNames();
        QVERIFY(names.values(QSsl::DnsEntry).contains(u"crm.example.cn"_s));
        QVERIFY(names.values(QSsl::IpAddressEntry).contains(u"10.1.2.3"_s));
        QVERIFY(pki.configuration());
    }

    void renewalWithoutTheCaKeySaysSo()
    {
        const Pki pki(m_folder);
        QVERIFY(pki.create({}, now));
        QVERIFY(QFile::remove(m_folder + u"/ca-key.pem"_s));
        QCOMPARE(*pki.renewIfDue(now + 306 * day), Pki::Renewal::CaKeyAbsent);
        QVERIFY(pki.configuration());
    }

    void serverCertificateNeverOutlivesItsAuthority()
    {
        const Pki pki(m_folder);
        QVERIFY(pki.create({}, now));
        QVERIFY(pki.reissue({}, now + 3600 * day));
        QVERIFY(*pki.validUntil() - now <= 3653 * day);
    }

    void configurationIsTls13WithTheWholeChain()
    {
        const Pki pki(m_folder);
        QVERIFY(pki.create({}, now));
        const auto configuration = pki.configuration();
        QVERIFY(configuration);
        QCOMPARE(configuration->protocol(), QSsl::TlsV1_3);
        QCOMPARE(configuration->localCertificateChain().size(), 2);
        QVERIFY(!configuration->privateKey().isNull());
        QCOMPARE(configuration->localCertificate().digest(QCryptographicHash::Sha256),
                 *pki.certificateHash());
    }

    void keyOfAnotherCertificateIsRefused()
    {
        const auto one = makeAuthority(u"one"_s, now);
        const auto two = makeAuthority(u"two"_s, now);
        QVERIFY(checkPair(*one));
        QVERIFY(!checkPair({one->keyPem, two->certificatePem}));
    }

    void damagedFilesAreErrorsNotCrashes_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello\n");
        QTest::newRow("empty block")
            << QByteArray("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
        QTest::newRow("wrong base64")
            << QByteArray("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n");
    }
    void damagedFilesAreErrorsNotCrashes()
    {
        QFETCH(QByteArray, content);
        const Pki pki(m_folder);
        QVERIFY(pki.create({}, now));
        QFile file(m_folder + u"/server.pem"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        QVERIFY(!pki.configuration());
        QVERIFY(!pki.certificateHash());
        QVERIFY(!pki.renewIfDue(now));
    }

private:
    std::optional<QTemporaryDir> m_home;
    QString m_folder;
    const Instant now = SystemClock().now();
};

QTEST_GUILESS_MAIN(TestPki)
#include "tst_pki.moc"
