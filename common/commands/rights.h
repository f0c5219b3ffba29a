#pragma once

#include "commands/command.h"
#include "commands/rights_policy.h"

#include <functional>

namespace keydesk {

struct Opportunity;

/// The one question before any command, on the server and on the desktop: may this person do this,
/// by the command's own permit()? A disabled person may do nothing.
Result<> authorize(CommandContext &context, const Command &command);

// What a record is to the actor, each asked only where the table of rights makes it count.
struct Standing
{
    std::function<bool()> own = {};
    std::function<bool()> led = {};
    std::function<bool()> area = {};
    std::function<bool()> vacant = {};
};

/// Whether the table of rights (resources/rights/policy.txt) lets the actor do this to a record of
/// that standing. `act` is a line of it; a job is asked by its own column.
bool mayDo(const CommandContext &context, const QString &act, const Standing &standing = {});
/// Whether a role of his may do it to any record at all.
bool mayDoToSome(const CommandContext &context, const QString &act);

/// The refusal of somebody whose role does not do this; names the role that does.
Error wrongRole(const QString &act);
/// The same refusal for any record that is not the actor's.
Error notYours();

/// Whether this person's roles let him own an opportunity (sellingRoles).
bool maySell(const Staff &staff);
/// Whether this person's channel sells and serves, which whoever owns an opportunity must do (S2,
/// section 6.1; domain C4). Somebody without a channel is judged by his role alone, as in routing.
bool channelMayOwn(CommandContext &context, const Staff &staff);

/// Deeper than any real order of areas; ends a cycle that somebody edited into it.
inline constexpr int maxAreaDepth = 8;

/// Whether `area` is `top` or lies below it.
bool liesWithin(CommandContext &context, const RecordId &area, const RecordId &top);
/// Whether it lies in the actor's area or below.
bool liesInMyArea(CommandContext &context, const RecordId &area);
/// In his area, and he has no team to lead instead. Whether he leads is the table's to say.
bool leadsArea(CommandContext &context, const RecordId &area);
/// Has an assignment to the customer today, or holds one of its opportunities.
bool servesAccount(CommandContext &context, const RecordId &account);
/// Leads its area, or the team of somebody who serves it.
bool leadsAccount(CommandContext &context, const RecordId &account);
bool leadsStaff(CommandContext &context, const Staff &staff);
/// Refuses a change of a person that would leave nobody in service who administers; `after` is how
/// he will be. Errors: staff.last_administrator.
Result<> keepsAnAdministrator(CommandContext &context, const Staff &after);
/// Leads its customer, its area, or the person who holds it.
bool leadsOpportunity(CommandContext &context, const Opportunity &opportunity);

/// What a record of any kind that may be edited is to the actor; nothing for other kinds.
Standing standingOf(CommandContext &context, const EntityInfo &entity, const Row &record);

/// Whether the actor may change plain fields of this record at all: the one rule for forms and
/// EditRecord. Deny by default (architecture.md, promise 5).
Result<> mayEdit(CommandContext &context, const EntityInfo &entity, const Row &record);
/// Whether he may change this field of it: no server-owned one, and none he sees masked.
Result<> mayEditField(CommandContext &context, const EntityInfo &entity, const Row &record,
                      const FieldInfo &field);
/// Whether he may create or remove such a record by CreateRecord and RemoveRecord.
Result<> mayCreate(CommandContext &context, const EntityInfo &entity, const Row &record);
Result<> mayRemove(CommandContext &context, const EntityInfo &entity, const Row &record);

/// Whether any of the record's buckets is the actor's by role and relation (sync.md, "Shape" 7). A
/// record he does not see answers like one that does not exist. On a desktop all that is held is
/// seen.
bool seesRecord(CommandContext &context, const EntityInfo &entity, const Row &record);

/// The living row if the actor sees it. Errors: entity.unknown, record.not_found.
Result<Row> findVisible(CommandContext &context, const QString &entity, const RecordId &id);

/// Whether the actor reads personal and confidential fields of the record in clear, as the grants
/// of sync.md ("Shape" 7) give them to his role and relation.
bool seesInClear(CommandContext &context, const EntityInfo &entity, const Row &record);

} // namespace keydesk
