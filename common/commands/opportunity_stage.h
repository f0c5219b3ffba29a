#pragma once

#include "commands/registry.h"
#include "domain/stage.h"

namespace keydesk {

// Moves a sale between the open stages, forward one step or back to correct. Only the owner, only
// while it is claimed; the first field that the stage needs and lacks is named.
class MoveStage final : public Command
{
public:
    static constexpr const char *name = "MoveStage";
    static constexpr Label label{"推进阶段", "Move stage"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Requested;

    RecordId opportunity;
    SalesStage stage = SalesStage::Talk;

    static constexpr std::tuple args{
        Arg{"opportunity", &MoveStage::opportunity},
        Arg{"stage", &MoveStage::stage},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// Ends a sale as won or lost, or shelves it until a date. Shelved stays with its owner.
class CloseOpportunity final : public Command
{
public:
    static constexpr const char *name = "CloseOpportunity";
    static constexpr Label label{"了结商机", "Close opportunity"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Requested;

    RecordId opportunity;
    SalesStage outcome = SalesStage::Lost; // Won, Lost or Shelved
    QDate signedOn; // won
    LostReason lostReason = LostReason::None;
    QString lostCompetitor; // lost, when the reason is competition
    QString note;
    QDate revisitOn; // shelved

    static constexpr std::tuple args{
        Arg{"opportunity", &CloseOpportunity::opportunity},
        Arg{"outcome", &CloseOpportunity::outcome},
        Arg{"signed_on", &CloseOpportunity::signedOn, Need::Optional},
        Arg{"lost_reason", &CloseOpportunity::lostReason, Need::Optional},
        Arg{"lost_competitor", &CloseOpportunity::lostCompetitor, Need::Optional},
        Arg{"note", &CloseOpportunity::note, Need::Optional},
        Arg{"revisit_on", &CloseOpportunity::revisitOn, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;

private:
    Result<> checkOutcome(const CommandContext &context, const Opportunity &closing) const;
};

// The owner has spoken to the customer: ends the clock of the first contact (domain C5). Counts
// from when he did, also if the desktop was offline then; a time before the claim or in the future
// of the server does not count, and it is now.
class MarkFirstContact final : public Command
{
public:
    static constexpr const char *name = "MarkFirstContact";
    static constexpr Label label{"登记首次联系", "Record first contact"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    RecordId opportunity;
    QString note;
    Instant at;

    static constexpr std::tuple args{
        Arg{"opportunity", &MarkFirstContact::opportunity},
        Arg{"note", &MarkFirstContact::note, Need::Optional},
        Arg{"at", &MarkFirstContact::at, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

} // namespace keydesk
