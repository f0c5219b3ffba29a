#pragma once

#include "domain/staff.h"
#include "security/password.h"
#include "tool/office.h"

#include <QJsonObject>

namespace keydesk {

// The requests about people, as plain JSON so that they travel over the admin socket as they are.
// They check, write through the office and answer; messages are for the person at the terminal.

/// {"name", "full_name", "roles": [..], "password", "area", "team", "channel", "station"}: a new
/// person with a login. `name` is the staff number; area, team and channel are codes.
Result<QJsonObject> addPerson(Office &office, const QJsonObject &request, PasswordCost cost = {});
/// {"name"}: lets the person in again, or ends his access. When it ends, nothing of his is deleted;
/// live sessions end, and the opportunities he holds go to the operations centre. Errors:
/// staff.last_administrator.
Result<QJsonObject> setAccess(Office &office, const QJsonObject &request, StaffStatus status);
/// {"name", "password"}: a new password; all sessions end. A disabled person stays disabled; the
/// answer's "disabled" says so.
Result<QJsonObject> resetPassword(Office &office, const QJsonObject &request,
                                  PasswordCost cost = {});
/// {"user", "server"}: {"string": the enrolment string}, good once within 24 hours. Without
/// "server" it names the address last served.
Result<QJsonObject> issueEnrolment(Office &office, const QJsonObject &request);

/// Gives the person of that staff number this password; inside a deed.
Result<> setPassword(Authority &authority, const RecordId &user, const QByteArray &hash);

/// {"name"} -> the person's devices.
Result<QJsonObject> listDevices(Office &office, const QJsonObject &request);
/// {"device"}: it hands over its queue and destroys what it holds. Errors: record.not_found.
Result<QJsonObject> wipeDevice(Office &office, const QJsonObject &request);

} // namespace keydesk
