#pragma once

#include "commands/registry.h"
#include "domain/staff.h"

namespace keydesk {

// Creates a person, changes his file, or disables his login: administrators only. The password is
// no part of it and never leaves the server.
class SaveStaff final : public Command
{
public:
    static constexpr const char *name = "SaveStaff";
    static constexpr Label label{"维护员工", "Save staff"};
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;

    RecordId staff; // none: a new person
    FieldValues values;
    QString status; // a key of StaffStatus; empty: as it is

    static constexpr std::tuple args{
        Arg{"staff", &SaveStaff::staff, Need::Optional},
        Arg{"values", &SaveStaff::values, Need::Optional},
        Arg{"status", &SaveStaff::status, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// Creates or changes a line of the routing list: administrators, and dispatchers of the whole
// company, because the list holds for all areas. A rule that would catch nothing is refused; one
// that takes the place of another moves that one on.
class SaveRoutingRule final : public Command
{
public:
    static constexpr const char *name = "SaveRoutingRule";
    static constexpr Label label{"维护分派规则", "Save routing rule"};
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;

    RecordId rule; // none: a new one
    FieldValues values;

    static constexpr std::tuple args{
        Arg{"rule", &SaveRoutingRule::rule, Need::Optional},
        Arg{"values", &SaveRoutingRule::values},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// A seat looks into a customer's file while it talks to him: masked, for 24 hours, audited. The
// command changes no record; the server's reaction to it writes the grant.
class OpenAccount final : public Command
{
public:
    static constexpr const char *name = "OpenAccount";
    static constexpr Label label{"查看客户", "Open customer"};
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;
    static constexpr qint64 duration = 24 * hour;

    RecordId account;
    QString reason;

    static constexpr std::tuple args{
        Arg{"account", &OpenAccount::account},
        Arg{"reason", &OpenAccount::reason},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// The person has seen a notification, or all of his.
class MarkNotificationRead final : public Command
{
public:
    static constexpr const char *name = "MarkNotificationRead";
    static constexpr Label label{"标为已读", "Mark as read"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    RecordId notification; // none: all that he has not read

    static constexpr std::tuple args{
        Arg{"notification", &MarkNotificationRead::notification, Need::Optional}};

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

} // namespace keydesk
