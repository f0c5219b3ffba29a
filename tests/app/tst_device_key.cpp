#include "security/device_signature.h"
#include "security/token.h"
#include "sync/device_key.h"

#include <QTest>

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

AuthTranscript transcript()
{
    return {QByteArray(32, 'n'), QByteArray(32, 'c'), u"device-1"_s, u"token-1"_s};
}

} // namespace

class TestDeviceKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signatureOfTheDeviceVerifies()
    {
        const DeviceKey key = DeviceKey::create();
        QVERIFY(isDevicePublicKey(key.publicKey()));
        QVERIFY(deviceSigned(transcript(), key.sign(transcript().bytes()), key.publicKey()));
    }

    void anyChangedPartBreaksTheSignature()
    {
        const DeviceKey key = DeviceKey::create();
        const QByteArray signature = key.sign(transcript().bytes());
        AuthTranscript other = transcript();
        other.nonce = QByteArray(32, 'm');
        QVERIFY(!deviceSigned(other, signature, key.publicKey()));
        other = transcript();
        other.certificateHash = QByteArray(32, 'd');
        QVERIFY(!deviceSigned(other, signature, key.publicKey()));
        other = transcript();
        other.deviceId = u"device-2"_s;
        QVERIFY(!deviceSigned(other, signature, key.publicKey()));
        other = transcript();
        other.tokenId.clear();
        QVERIFY(!deviceSigned(other, signature, key.publicKey()));
        QVERIFY(!deviceSigned(transcript(), signature, DeviceKey::create().publicKey()));
    }

    void wrongSizesAreNoSignature()
    {
        const DeviceKey key = DeviceKey::create();
        const QByteArray signature = key.sign(transcript().bytes());
        QVERIFY(!deviceSigned(transcript(), signature.chopped(1), key.publicKey()));
        QVERIFY(!deviceSigned(transcript(), {}, key.publicKey()));
        QVERIFY(!deviceSigned(transcript(), signature, {}));
        AuthTranscript shortNonce = transcript();
        shortNonce.nonce.chop(1);
        QVERIFY(!deviceSigned(shortNonce, key.sign(shortNonce.bytes()), key.publicKey()));
    }

    void storedKeyIsTheSameKey()
    {
        const DeviceKey key = DeviceKey::create();
        const auto restored = DeviceKey::deserialize(key.serialize());
        QVERIFY(restored);
        QCOMPARE(restored->publicKey(), key.publicKey());
        QCOMPARE(restored->sign("x"), key.sign("x"));
        QVERIFY(!DeviceKey::deserialize(key.serialize().chopped(1)));
    }
};

QTEST_GUILESS_MAIN(TestDeviceKey)
#include "tst_device_key.moc"
