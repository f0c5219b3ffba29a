#include "store/file_format.h"

namespace keydesk {

Result<> adoptFormat(Database &database, int format)
{
    Query stored = database.query("PRAGMA user_version");
    if (!stored.next())
        return stored.error().value_or(
            Error("storage.failed"_reason, {QStringLiteral("user_version")}));
    const qint64 version = stored.integer(0);
    stored.reset();
    if (version > format)
        return Error("storage.too_new"_reason, {}, database.path());
    if (version == format)
        return {};
    return database.execute("PRAGMA user_version=" + QByteArray::number(format));
}

} // namespace keydesk
