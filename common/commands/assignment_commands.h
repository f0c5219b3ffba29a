#pragma once

#include "commands/registry.h"
#include "domain/assignment.h"

namespace keydesk {

// Makes a person look after a customer from a day on: this is what lets him hold the customer. No
// customer has two main account managers on one day.
class AssignAccount final : public Command
{
public:
    static constexpr const char *name = "AssignAccount";
    static constexpr Label label{"分配客户", "Assign customer"};
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;

    RecordId account;
    RecordId staff;
    AssignmentRole role = AssignmentRole::MainAm;
    QDate from; // none: today
    QDate until; // the last day; none: until further notice
    QString reason;
    bool replace = false; // ends the present main account manager's time the day before

    static constexpr std::tuple args{
        Arg{"account", &AssignAccount::account},
        Arg{"staff", &AssignAccount::staff},
        Arg{"role", &AssignAccount::role},
        Arg{"from", &AssignAccount::from, Need::Optional},
        Arg{"until", &AssignAccount::until, Need::Optional},
        Arg{"reason", &AssignAccount::reason, Need::Optional},
        Arg{"replace", &AssignAccount::replace, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;

private:
    Result<> checkPerson(CommandContext &context) const;
    Result<> makeRoom(CommandContext &context, const Assignment &wanted) const;
};

// Ends an assignment, at once unless a last day is given.
class EndAssignment final : public Command
{
public:
    static constexpr const char *name = "EndAssignment";
    static constexpr Label label{"终止归属", "End assignment"};
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;

    RecordId assignment;
    QDate until; // the last day; none: yesterday, so that it ends now
    QString reason;

    static constexpr std::tuple args{
        Arg{"assignment", &EndAssignment::assignment},
        Arg{"until", &EndAssignment::until, Need::Optional},
        Arg{"reason", &EndAssignment::reason, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// Brings what customers keep of their assignments in line with the day: the main account manager of
// today. Run by the server's job once a day and by the two commands above for their customer.
class ApplyAssignments final : public Command
{
public:
    static constexpr const char *name = "ApplyAssignments";
    static constexpr Label label{"生效客户归属", "Apply assignments"};
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;

    RecordId account;

    static constexpr std::tuple args{Arg{"account", &ApplyAssignments::account}};

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

/// The main account manager of the customer on `date`; null if it has none.
RecordId mainManagerOn(CommandContext &context, const RecordId &account, const QDate &date);

} // namespace keydesk
