#pragma once

#include "store/row_store.h"

#include <QJsonArray>
#include <QJsonObject>

namespace keydesk {

// What one part of a verification found: how much it looked at, and what is wrong, at most 50 of a
// kind in words.
class VerifiedPart
{
public:
    void checked(qint64 count = 1) { m_checked += count; }
    void wrong(const QString &what);
    bool isFine() const { return m_wrong == 0; }
    QJsonObject toJson() const;

private:
    qint64 m_checked = 0;
    qint64 m_wrong = 0;
    QJsonArray m_findings;
};

/// No number was given that the head does not know of, and nothing after the end of the audit trail
/// tells of a line that is gone.
VerifiedPart checkHead(RowStore &store);
/// The newest change of each field that the history tells of is what the row holds.
VerifiedPart checkHistory(RowStore &store);
/// The results of each device lie without a hole up to its last number; old ones are removed from
/// the front (sync.md, G2).
VerifiedPart checkResults(Database &database);
/// Full text and telephone index hold as many entries as the rows give.
VerifiedPart checkSearch(RowStore &store);
/// No business key is held by two records.
VerifiedPart checkKeys(RowStore &store);

} // namespace keydesk
