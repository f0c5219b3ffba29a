#pragma once

#include "commands/registry.h"
#include "rules/claim_clock.h"

namespace keydesk {

// What the server's clock does about opportunities that wait to be claimed, or for information
// (domain C5, C7). Permitted to the server alone. Each carries the claim epoch it was decided for,
// so that one that comes late, or twice, changes nothing.

// 50 % or 80 % of the claim time is over: remembered, so that each reminder goes out once.
class RemindClaim final : public Command
{
public:
    static constexpr const char *name = "RemindClaim";
    static constexpr Label label{"认领提醒", "Claim reminder"};
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;

    RecordId opportunity;
    int claimEpoch = 0;
    int level = 1; // 1 at 50 %, 2 at 80 %

    static constexpr std::tuple args{
        Arg{"opportunity", &RemindClaim::opportunity},
        Arg{"claim_epoch", &RemindClaim::claimEpoch},
        Arg{"level", &RemindClaim::level},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// The claim time is over: from now on the supervisor and the deputy may claim it too.
class EscalateClaim final : public Command
{
public:
    static constexpr const char *name = "EscalateClaim";
    static constexpr Label label{"认领超时升级", "Claim escalation"};
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;

    RecordId opportunity;
    int claimEpoch = 0;

    static constexpr std::tuple args{
        Arg{"opportunity", &EscalateClaim::opportunity},
        Arg{"claim_epoch", &EscalateClaim::claimEpoch},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// Half as long again: taken back into the queue of the operations centre.
class ExpireClaim final : public Command
{
public:
    static constexpr const char *name = "ExpireClaim";
    static constexpr Label label{"超时收回", "Claim expired"};
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;

    RecordId opportunity;
    int claimEpoch = 0;

    static constexpr std::tuple args{
        Arg{"opportunity", &ExpireClaim::opportunity},
        Arg{"claim_epoch", &ExpireClaim::claimEpoch},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// Half of the time that the contact channel has to answer is over.
class RemindInfo final : public Command
{
public:
    static constexpr const char *name = "RemindInfo";
    static constexpr Label label{"补充提醒", "Reminder of information asked"};
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;

    RecordId opportunity;
    int claimEpoch = 0;

    static constexpr std::tuple args{
        Arg{"opportunity", &RemindInfo::opportunity},
        Arg{"claim_epoch", &RemindInfo::claimEpoch},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// All of it, and no answer: back to the dispatcher, who goes on with what is known (domain C7).
class ExpireInfo final : public Command
{
public:
    static constexpr const char *name = "ExpireInfo";
    static constexpr Label label{"补充超时收回", "Information not given in time"};
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;

    RecordId opportunity;
    int claimEpoch = 0;

    static constexpr std::tuple args{
        Arg{"opportunity", &ExpireInfo::opportunity},
        Arg{"claim_epoch", &ExpireInfo::claimEpoch},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

} // namespace keydesk
