#pragma once

#include "store/database.h"

namespace keydesk {

/// That every page of the file can be read and its tables and indexes agree. An outbox is small:
/// this takes milliseconds. An error that isDamage() says that they do not; any other, that it
/// could not be found out now.
Result<> checkSound(Database &outbox);

/// Copies what can still be read of the damaged outbox at `path` into `fresh`, whose tables exist
/// and are empty; the damaged file stays as it is. What had a number on the wire gets a new one
/// when the server has said which it knows. Answers how many commands of the person were saved,
/// queued or refused; an error has saved nothing.
Result<qint64> salvageOutbox(const QString &path, Database &fresh);

} // namespace keydesk
