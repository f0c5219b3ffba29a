#include "domain/entities.h"

#include "domain/account.h"
#include "domain/account_site.h"
#include "domain/account_tally.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/caller_card.h"
#include "domain/channel.h"
#include "domain/channel_coverage.h"
#include "domain/contact.h"
#include "domain/industry.h"
#include "domain/note.h"
#include "domain/notification.h"
#include "domain/opportunity.h"
#include "domain/opportunity_item.h"
#include "domain/product_offering.h"
#include "domain/routing_decision.h"
#include "domain/routing_rule.h"
#include "domain/staff.h"
#include "domain/tag.h"
#include "domain/task.h"
#include "domain/team.h"
#include "domain/transfer.h"

namespace keydesk {

Catalog makeCatalog()
{
    return Catalog({
        // Reference data, in an order in which each refers to earlier ones where it can
        describe<Area>(),
        describe<Industry>(),
        describe<Channel>(),
        describe<ChannelCoverage>(),
        describe<ProductOffering>(),
        describe<Tag>(),
        describe<Team>(),
        describe<Staff>(),
        describe<RoutingRule>(),
        // Customers
        describe<Account>(),
        describe<AccountSite>(),
        describe<Contact>(),
        describe<Assignment>(),
        describe<CallerCard>(),
        describe<AccountTally>(),
        // Opportunities
        describe<Opportunity>(),
        describe<OpportunityItem>(),
        describe<Transfer>(),
        describe<RoutingDecision>(),
        // Work
        describe<Task>(),
        describe<Note>(),
        describe<Notification>(),
    });
}

} // namespace keydesk
