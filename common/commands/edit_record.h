#pragma once

#include "commands/registry.h"

namespace keydesk {

// Changes plain fields of any record. `seen` holds what the person looked at, so that a true
// conflict is found per field and settled by the field's merge rule (sync.md, "Conflicts").
class EditRecord final : public Command
{
public:
    static constexpr const char *name = "EditRecord";
    static constexpr Label label{"修改资料", "Edit record"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    QString entity;
    RecordId record;
    FieldValues patch;
    FieldValues seen;

    static constexpr std::tuple args{
        Arg{"entity", &EditRecord::entity},
        Arg{"record", &EditRecord::record},
        Arg{"patch", &EditRecord::patch},
        Arg{"seen", &EditRecord::seen, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;

private:
    Result<> checkPatch(CommandContext &context, const EntityInfo &info, const Row &before) const;
    FieldValues merged(const EntityInfo &info, const Row &before) const;
    /// What a change of the fields means for the record as a whole.
    Result<> settle(CommandContext &context, const EntityInfo &info) const;
};

/// Every row of an account lies in the bucket of its area by a copy of that column: takes all of
/// them to the area of an account that has moved (sync.md, "Shape" 5).
Result<> moveAccountToArea(CommandContext &context, const RecordId &account, const Cell &area);

/// record.changed when `current` holds a field that is neither what was seen nor what is wanted,
/// and whose merge rule asks. A number that is absent and one that is 0 are the same.
Result<> refuseConflicts(const EntityInfo &entity, const Row &current, const FieldValues &patch,
                         const FieldValues &seen);

} // namespace keydesk
