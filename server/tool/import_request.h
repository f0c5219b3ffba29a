#pragma once

#include "tool/office.h"

#include <QJsonObject>

#include <functional>

namespace keydesk {

/// {"kind", "file", "errors", "map", "dry_run", "skip_bad"}: brings the records of a CSV file into
/// the master. `file` must not change meanwhile; what is wrong with it is written to `errors`.
/// The whole file is checked first, beside whatever else goes on. If a record is rejected, nothing
/// is written unless "skip_bad" is set. The rest is written in one transaction, so all of it stands
/// or nothing does; with "skip_bad", and beyond 20,000 records, in several, each a deed of the
/// server with its line in the audit trail. Answers {"read", "created", "updated", "unchanged",
/// "rejected", "applied", "problems": [the first few, as text]}; counts are what would have
/// happened for a dry run, and what did happen otherwise.
Result<QJsonObject> importRecords(Office &office, const QJsonObject &request,
                                  const std::function<void(const QJsonObject &)> &progress);

} // namespace keydesk
