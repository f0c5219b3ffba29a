#include "sync/neighbour_device.h"

#include "store/database.h"
#include "sync/outbox.h"

#include <QDir>

namespace keydesk {

using namespace Qt::StringLiterals;

std::optional<NeighbourDevice> NeighbourDevice::beside(const QString &directory,
                                                       const QByteArray &pin)
{
    const QFileInfo own(directory);
    const auto folders = own.dir().entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QFileInfo &folder : folders) {
        const QString path = folder.filePath() + u"/outbox.db"_s;
        if (folder.fileName() == own.fileName() || !QFile::exists(path))
            continue;
        DatabaseOptions readOnly;
        readOnly.access = DatabaseOptions::Access::ReadOnly;
        auto file = Database::open(path, readOnly);
        if (!file)
            continue;
        const Outbox outbox(**file);
        const QString device = outbox.identity(u"device_id"_s);
        if (device.isEmpty()
            || outbox.identity(u"server_pin"_s) != QString::fromLatin1(pin.toHex()))
            continue;
        auto key = DeviceKey::deserialize(
            QByteArray::fromBase64(outbox.identity(u"device_key"_s).toLatin1()));
        if (key)
            return NeighbourDevice{device, *key};
    }
    return std::nullopt;
}

} // namespace keydesk
