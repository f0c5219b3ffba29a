#pragma once

#include "commands/registry.h"
#include "rules/claim_clock.h"

namespace keydesk {

// What the server's clock does about an opportunity that waits: to be claimed, for information, to
// be dispatched (domain C2, C5, C7). Permitted to the server alone. Carries the claim epoch it was
// decided for, so that one that comes late, or twice, changes nothing.
class ClaimJob : public Command
{
public:
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;

    RecordId opportunity;
    int claimEpoch = 0;

    static constexpr std::tuple args{
        Arg{"opportunity", &ClaimJob::opportunity},
        Arg{"claim_epoch", &ClaimJob::claimEpoch},
    };

    Result<> permit(CommandContext &context) const final;
    /// Errors: record.not_found; opportunity.stale when it does not wait any more as it did when
    /// the clock was read.
    Result<> apply(CommandContext &context) const final;

private:
    virtual const char *line() const = 0; // its line in the table of rights
    virtual bool isFor(CustodyState state) const = 0;
    virtual Result<> act(CommandContext &context, Opportunity &waiting) const = 0;
};

// 50 % or 80 % of the claim time is over: remembered, so that each reminder goes out once.
class RemindClaim final : public ClaimJob
{
public:
    static constexpr const char *name = "RemindClaim";
    static constexpr Label label{"认领提醒", "Claim reminder"};

    int level = 1; // 1 at 50 %, 2 at 80 %

    static constexpr std::tuple args = std::tuple_cat(ClaimJob::args,
                                                      std::tuple{
                                                          Arg{"level", &RemindClaim::level}});

private:
    const char *line() const override { return name; }
    bool isFor(CustodyState state) const override;
    Result<> act(CommandContext &context, Opportunity &waiting) const override;
};

// The claim time is over: from now on the supervisor and the deputy may claim it too.
class EscalateClaim final : public ClaimJob
{
public:
    static constexpr const char *name = "EscalateClaim";
    static constexpr Label label{"认领超时升级", "Claim escalation"};

private:
    const char *line() const override { return name; }
    bool isFor(CustodyState state) const override;
    Result<> act(CommandContext &context, Opportunity &waiting) const override;
};

// Half as long again: taken back into the queue of the operations centre.
class ExpireClaim final : public ClaimJob
{
public:
    static constexpr const char *name = "ExpireClaim";
    static constexpr Label label{"超时收回", "Claim expired"};

private:
    const char *line() const override { return name; }
    bool isFor(CustodyState state) const override;
    Result<> act(CommandContext &context, Opportunity &waiting) const override;
};

// Half of the time that the contact channel has to answer is over.
class RemindInfo final : public ClaimJob
{
public:
    static constexpr const char *name = "RemindInfo";
    static constexpr Label label{"补充提醒", "Reminder of information asked"};

private:
    const char *line() const override { return name; }
    bool isFor(CustodyState state) const override;
    Result<> act(CommandContext &context, Opportunity &waiting) const override;
};

// All of it, and no answer: back to the dispatcher, who goes on with what is known (domain C7).
class ExpireInfo final : public ClaimJob
{
public:
    static constexpr const char *name = "ExpireInfo";
    static constexpr Label label{"补充超时收回", "Information not given in time"};

private:
    const char *line() const override { return name; }
    bool isFor(CustodyState state) const override;
    Result<> act(CommandContext &context, Opportunity &waiting) const override;
};

// 80 % or all of the dispatcher's own time is over, and it still lies in the queue.
class RemindQueue final : public ClaimJob
{
public:
    static constexpr const char *name = "RemindQueue";
    static constexpr Label label{"分派催办", "Reminder of what lies in the queue"};

    int level = 2; // 2 at 80 %, 3 at 100 %

    static constexpr std::tuple args = std::tuple_cat(ClaimJob::args,
                                                      std::tuple{
                                                          Arg{"level", &RemindQueue::level}});

private:
    const char *line() const override { return name; }
    bool isFor(CustodyState state) const override;
    Result<> act(CommandContext &context, Opportunity &waiting) const override;
};

} // namespace keydesk
