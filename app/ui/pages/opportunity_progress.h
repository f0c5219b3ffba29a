#pragma once

#include "domain/notification.h"
#include "domain/opportunity.h"
#include "query/record_lookup.h"

namespace keydesk {

/// How far an opportunity is, as the contact channel may tell the customer: in the reader's
/// language, from custody, stage and people. The stored sentence (status_text) is the server's, in
/// Chinese.
QString progressText(const Opportunity &opportunity, const RecordLookup &lookup);

/// What a notice says beside its kind and its title: for a state of an opportunity that is here,
/// how far that is now. Words that a person typed stay as they are.
QString noticeBody(const Notification &notice, const ReplicaReader &reader,
                   const RecordLookup &lookup);

} // namespace keydesk
