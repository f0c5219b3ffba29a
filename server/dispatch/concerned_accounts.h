#pragma once

#include "commands/command.h"

#include <QStringList>

#include <set>

namespace keydesk {

// By entity the fields that something shown elsewhere is made of.
using ShownFields = std::map<QString, QStringList>;

/// Customers of whom a row changed in one of these fields: the one it belongs to, and the one it
/// left.
std::set<QString> concernedAccounts(CommandContext &context, const ShownFields &fields);

} // namespace keydesk
