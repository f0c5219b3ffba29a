#include "domain/reference_id.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace keydesk {

RecordId referenceId(QStringView entity, QStringView code)
{
    const QByteArray seed = entity.toUtf8() + '/' + code.toUtf8();
    const QByteArray hash = QCryptographicHash::hash(seed, QCryptographicHash::Sha256);
    return RecordId::fromParts(0, qFromBigEndian<quint64>(hash.constData()),
                               qFromBigEndian<quint64>(hash.constData() + 8));
}

} // namespace keydesk
