#pragma once

#include "commands/registry.h"

namespace keydesk {

// Takes the responsibility for an opportunity that was dispatched (S2, section 6.1). Of several
// claims exactly one is applied; the others are told who was first (sync.md, G11).
class ClaimOpportunity final : public Command
{
public:
    static constexpr const char *name = "ClaimOpportunity";
    static constexpr Label label{"认领商机", "Claim opportunity"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Requested;

    RecordId opportunity;

    static constexpr std::tuple args{Arg{"opportunity", &ClaimOpportunity::opportunity}};

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// Takes a claim back within ten minutes, by the same person: the clock goes on, nothing is counted
// (domain C7).
class UndoClaim final : public Command
{
public:
    static constexpr const char *name = "UndoClaim";
    static constexpr Label label{"撤销认领", "Undo claim"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Requested;
    static constexpr qint64 window = 10 * minute;

    RecordId opportunity;

    static constexpr std::tuple args{Arg{"opportunity", &UndoClaim::opportunity}};

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

} // namespace keydesk
