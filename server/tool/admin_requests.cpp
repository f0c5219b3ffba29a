#include "tool/admin_requests.h"

#include "tool/backup.h"
#include "tool/import_request.h"
#include "tool/people_requests.h"
#include "tool/verification.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

Result<QJsonObject> verify(Office &office, const QJsonObject &request)
{
    std::optional<std::vector<AuditHead>> heads;
    if (request.contains(u"heads"_s))
        heads = headsIn(request[u"heads"_s].toString().toUtf8());
    auto reader = office.reader();
    if (!reader)
        return reader.error();
    return verifyMaster(**reader, office.catalog(), office.clock().now(), heads);
}

} // namespace

Result<QJsonObject> answerRequest(Office &office, const QJsonObject &request,
                                  const std::function<void(const QJsonObject &)> &progress)
{
    const QString what = request[u"do"_s].toString();
    if (what == u"user.add")
        return addPerson(office, request);
    if (what == u"user.disable")
        return setAccess(office, request, StaffStatus::Disabled);
    if (what == u"user.enable")
        return setAccess(office, request, StaffStatus::Active);
    if (what == u"user.reset")
        return resetPassword(office, request);
    if (what == u"device.list")
        return listDevices(office, request);
    if (what == u"device.wipe")
        return wipeDevice(office, request);
    if (what == u"enrol")
        return issueEnrolment(office, request);
    if (what == u"import")
        return importRecords(office, request, progress);
    if (what == u"backup")
        return backUp(office, request[u"file"_s].toString());
    if (what == u"verify")
        return verify(office, request);
    return Error("usage"_reason, {u"unknown request "_s + what});
}

} // namespace keydesk
