#pragma once

#include "base/clock.h"
#include "store/row_store.h"

namespace keydesk {

/// The name of the master database in a data directory.
inline constexpr char masterFile[] = "keydesk.db";

/// Opens the master database for writing, creates it or brings its tables up to date. The caller
/// owns the data directory.
Result<std::unique_ptr<Database>> openMaster(const QString &path, const Catalog &catalog);

/// One line of the server's own settings; empty when it was never set.
QString serverSetting(Database &database, const QString &name);
Result<> setServerSetting(Database &database, const QString &name, const QString &value);

// The settings that exist.
namespace server_setting {
inline const QString hostName = QStringLiteral("host_name"); // for enrolment strings
inline const QString servedAddress = QStringLiteral(
    "served_address"); // host:port, of the last serve
} // namespace server_setting

} // namespace keydesk
