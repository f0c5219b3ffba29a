#include "dispatch/status_text.h"

#include "domain/staff.h"
#include "domain/team.h"
#include "rules/progress_text.h"

namespace keydesk {

namespace {

template <class T>
QString nameOf(CommandContext &context, const RecordId &id)
{
    const auto found = context.tx.find<T>(id);
    return found ? found->name : QString();
}

} // namespace

QString statusTextOf(CommandContext &context, const Opportunity &opportunity)
{
    return progressText(opportunity,
                        {nameOf<Staff>(context, opportunity.assigneeId),
                         nameOf<Staff>(context, opportunity.ownerId),
                         nameOf<Team>(context, opportunity.queueId)},
                        QLocale::Chinese);
}

} // namespace keydesk
