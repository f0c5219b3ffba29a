#pragma once

#include "domain/opportunity.h"

namespace keydesk {

/// What the four facts of a contact make of it (S2, section 5.1; domain C1): an opportunity when a
/// product is named and either a need is stated by a willing customer or a purchase is planned; a
/// lead when the customer is at least willing; otherwise an interaction only.
constexpr OpportunityKind computeKind(bool productNamed, bool needStated, bool willing,
                                      bool purchasePlanned)
{
    if (productNamed && ((needStated && willing) || purchasePlanned))
        return OpportunityKind::Opportunity;
    return willing ? OpportunityKind::Lead : OpportunityKind::Interaction;
}

inline OpportunityKind computeKind(const Opportunity &opportunity)
{
    return computeKind(opportunity.productNamed, opportunity.needStated, opportunity.willing,
                       opportunity.purchasePlanned);
}

} // namespace keydesk
