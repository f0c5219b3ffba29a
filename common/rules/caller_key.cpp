#include "rules/caller_key.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

namespace keydesk {

QString callerKey(const QString &normalForm, const RecordId &area)
{
    const QByteArray hash = QMessageAuthenticationCode::hash(normalForm.toUtf8(),
                                                             area.text().toUtf8(),
                                                             QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.left(16).toHex());
}

} // namespace keydesk
