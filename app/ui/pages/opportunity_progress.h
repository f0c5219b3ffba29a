#pragma once

#include "domain/opportunity.h"
#include "query/record_lookup.h"

namespace keydesk {

/// How far an opportunity is, as the contact channel may tell the customer: in the reader's
/// language, from custody, stage and people. The stored sentence (status_text) is the server's, in
/// Chinese.
QString progressText(const Opportunity &opportunity, const RecordLookup &lookup);

/// What a notice says, by its kind: the record it is about and, for an opportunity that is here,
/// how far that is now. Words that a person typed stay as they are.
QString noticeText(const Row &notice, const ReplicaReader &reader, const RecordLookup &lookup);

} // namespace keydesk
