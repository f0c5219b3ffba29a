#pragma once

#include <QString>

namespace keydesk {

/// The words a command is found by besides those it shows: its name in both languages and what
/// newcomers call it. Empty for a command that is not in the table.
QString searchWords(const QString &command);

} // namespace keydesk
