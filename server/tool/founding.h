#pragma once

#include "tool/data_dir.h"

#include "base/clock.h"
#include "security/password.h"

#include <QStringList>

#include <optional>

namespace keydesk {

// How a server begins.
struct Founding
{
    QString admin; // staff number of the first administrator
    QString password;
    std::optional<quint64> demoSeed; // also loads the demo business, everybody with this password
    QStringList hosts; // names and addresses that desktops will use
    PasswordCost passwordCost = {};
};

/// Makes the master database with the reference data, the certificate authority and certificate,
/// and the first administrator. Errors: record.exists when the directory already holds a server;
/// then and on any other failure it is left as it was.
Result<> foundServer(const DataDir &dir, const Founding &founding, const Clock &clock);

} // namespace keydesk
