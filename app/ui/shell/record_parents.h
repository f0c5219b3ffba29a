#pragma once

#include "query/replica_reader.h"

namespace keydesk {

// What a record belongs to and is shown with.
struct RecordParent
{
    QString entity;
    RecordId id;
};

/// The records that may show this one, nearest first: its subject, its opportunity, its customer.
/// Empty for what stands alone, and for what is not here.
std::vector<RecordParent> parentsOf(const ReplicaReader &reader, const QString &entity,
                                    const RecordId &record);

} // namespace keydesk
