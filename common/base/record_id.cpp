#include "base/record_id.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QRandomGenerator>
#include <QUuid>
#include <QtEndian>

namespace keydesk {

RecordId RecordId::fromParts(qint64 unixMilliseconds, quint64 high, quint64 low)
{
    // RFC 9562, section 5.7: 48 bits of time, version 7, 12 random bits, variant 10, 62 random
    // bits.
    const auto time = quint64(unixMilliseconds);
    const auto data3 = ushort(0x7000u | (high & 0x0fffu));
    uchar tail[8];
    qToBigEndian<quint64>((low & 0x3fffffffffffffffull) | 0x8000000000000000ull, tail);
    const QUuid uuid(uint(time >> 16), ushort(time & 0xffffu), data3, tail[0], tail[1], tail[2],
                     tail[3], tail[4], tail[5], tail[6], tail[7]);
    return RecordId(uuid.toString(QUuid::WithoutBraces));
}

RecordId RecordId::create()
{
    auto *random = QRandomGenerator::system();
    return fromParts(QDateTime::currentMSecsSinceEpoch(), random->generate64(),
                     random->generate64());
}

RecordId RecordId::derive(const RecordId &commandId, int k)
{
    const QByteArray seed = commandId.text().toLatin1() + '/' + QByteArray::number(k);
    const QByteArray hash = QCryptographicHash::hash(seed, QCryptographicHash::Sha256);
    // The birth time of the command is kept, so that derived ids sort beside it.
    const QString &text = commandId.text();
    const qint64 time = QStringView(text).left(8).toLongLong(nullptr, 16) << 16
        | QStringView(text).mid(9, 4).toLongLong(nullptr, 16);
    return fromParts(time, qFromBigEndian<quint64>(hash.constData()),
                     qFromBigEndian<quint64>(hash.constData() + 8));
}

bool RecordId::looksLike(QStringView text)
{
    return text.size() == 36 && text[8] == u'-' && text[13] == u'-' && text[18] == u'-'
        && text[23] == u'-';
}

} // namespace keydesk
