#pragma once

#include "domain/custody.h"
#include "domain/opportunity.h"
#include "models/record_table_model.h"
#include "query/replica_reader.h"
#include "rules/completeness.h"

namespace keydesk {

/// The badge that a custody state has everywhere.
Badge custodyBadge(CustodyState state);

/// Whether the people chosen from the customer's file have a number there, as far as this desktop
/// knows.
FiledPhones filedPhones(const ReplicaReader &reader, const Opportunity &opportunity);

/// Clock of what is due next and badge of the custody state, for lists of opportunities.
void decorateOpportunities(RecordTableModel &model);
/// Columns that the clock is counted from, beside claim_due_at, custody_state and sales_stage; they
/// may be hidden.
QStringList clockFields();

/// "dispatch_due": until when a waiting opportunity may wait for the dispatcher. What was asked of
/// the channel has its own time; the rest may lie no longer than a customer of its class waits for
/// a claim (domain C5) [J]. Sorts what breaches next to the top.
ComputedField dispatchDue();

/// "holder_id": with whom it lies, its owner or whoever was given it.
ComputedField holderOf();

/// decorateOpportunities() with that clock; wants custody_since among the columns.
void decorateDispatch(RecordTableModel &model);

/// Title, customer, amount, next step and owner in the roles of a board's cards.
void decorateCards(RecordTableModel &model);

} // namespace keydesk
