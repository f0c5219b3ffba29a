#pragma once

#include "commands/registry.h"
#include "domain/custody.h"

namespace keydesk {

// Gives an opportunity back: always with a reason and the queue it is to lie in (domain.md 3.6).
class ReturnOpportunity final : public Command
{
public:
    static constexpr const char *name = "ReturnOpportunity";
    static constexpr Label label{"转回商机", "Return opportunity"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Requested;

    RecordId opportunity;
    RecordId queue;
    QString reason;
    int claimEpoch = 0; // as the person saw it; 0 is not compared

    static constexpr std::tuple args{
        Arg{"opportunity", &ReturnOpportunity::opportunity},
        Arg{"queue", &ReturnOpportunity::queue},
        Arg{"reason", &ReturnOpportunity::reason},
        Arg{"claim_epoch", &ReturnOpportunity::claimEpoch, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// The operations centre gives an opportunity to a person or into the queue of a team. Every
// transfer after the system's first is made this way (domain C7).
class DispatchOpportunity final : public Command
{
public:
    static constexpr const char *name = "DispatchOpportunity";
    static constexpr Label label{"分派", "Dispatch"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Requested;

    RecordId opportunity;
    RecordId staff; // exactly one of the two
    RecordId queue;
    QString note;
    int claimEpoch = 0; // as the dispatcher saw it; 0 is not compared

    static constexpr std::tuple args{
        Arg{"opportunity", &DispatchOpportunity::opportunity},
        Arg{"staff", &DispatchOpportunity::staff, Need::Optional},
        Arg{"queue", &DispatchOpportunity::queue, Need::Optional},
        Arg{"note", &DispatchOpportunity::note, Need::Optional},
        Arg{"claim_epoch", &DispatchOpportunity::claimEpoch, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// The contact channel did it all itself before anybody else had it (domain C4).
class CloseHandled final : public Command
{
public:
    static constexpr const char *name = "CloseHandled";
    static constexpr Label label{"首问办结", "Handled at first contact"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    RecordId opportunity;
    QString note;

    static constexpr std::tuple args{
        Arg{"opportunity", &CloseHandled::opportunity},
        Arg{"note", &CloseHandled::note, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// Not a genuine need, or the same one twice: taken out of work, never deleted.
class MarkInvalid final : public Command
{
public:
    static constexpr const char *name = "MarkInvalid";
    static constexpr Label label{"作废商机", "Discard opportunity"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Requested;

    RecordId opportunity;
    CustodyReason reason = CustodyReason::NotGenuine; // or Duplicate
    QString note;

    static constexpr std::tuple args{
        Arg{"opportunity", &MarkInvalid::opportunity},
        Arg{"reason", &MarkInvalid::reason, Need::Optional},
        Arg{"note", &MarkInvalid::note, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

} // namespace keydesk
