#pragma once

#include "dispatch/consequence.h"
#include "domain/notification.h"

namespace keydesk {

/// A notice for one person about a record. Nobody is told of what he has just done himself, and
/// nobody gets the same notice twice from one command.
Result<> notify(Consequence &consequence, const RecordId &staff, NotificationKind kind,
                Severity severity, const Opportunity &about, const QString &body = {});

/// Tells those concerned about each move of custody in the consequence, and makes or ends the tasks
/// that go with it: the first contact, the information asked for, the hall's follow-up.
Result<> announceMoves(Consequence &consequence);

/// What commands that move no custody have to tell: a stage, an assignment, a claim clock's mark.
Result<> announceCommand(Consequence &consequence);

} // namespace keydesk
