#include "ui/shell/workspace.h"

#include "ui/pages/admin_page.h"
#include "ui/pages/customers_page.h"
#include "ui/pages/dispatch_page.h"
#include "ui/pages/hotline_page.h"
#include "ui/pages/opportunities_page.h"
#include "ui/pages/sync_page.h"
#include "ui/pages/today_page.h"

namespace keydesk {

namespace {

bool hasAny(const Staff &person, std::initializer_list<Role> roles)
{
    for (Role role : roles) {
        if (person.roles.contains(role))
            return true;
    }
    return false;
}

bool everybody(const Staff &)
{
    return true;
}

bool customers(const Staff &person)
{
    return hasAny(person,
                  {Role::AccountManager, Role::TeleManager, Role::PartnerAgent, Role::HallClerk,
                   Role::HotlineAgent, Role::TechSeat, Role::Dispatcher, Role::Supervisor,
                   Role::DeptManager, Role::FinanceManager, Role::Executive});
}

bool seats(const Staff &person)
{
    return hasAny(person,
                  {Role::HotlineAgent, Role::HallClerk, Role::TechSeat, Role::TeleManager,
                   Role::AccountManager});
}

bool dispatchers(const Staff &person)
{
    return hasAny(person, {Role::Dispatcher});
}

bool administrators(const Staff &person)
{
    return hasAny(person,
                  {Role::Administrator, Role::Supervisor, Role::DeptManager, Role::Dispatcher});
}

template <class P>
Workspace *make(Desk &desk, QWidget *parent)
{
    return new P(desk, parent);
}

} // namespace

const std::vector<PageEntry> &pageList()
{
    static const std::vector<PageEntry> pages = {
        {QStringLiteral("today"),
         {"今日", "Today"},
         QStringLiteral("calendar"),
         false,
         everybody,
         make<TodayPage>,
         {QStringLiteral("task")}},
        {QStringLiteral("customers"),
         {"客户", "Customers"},
         QStringLiteral("building-2"),
         false,
         customers,
         make<CustomersPage>,
         {QStringLiteral("account"), QStringLiteral("contact"), QStringLiteral("account_site")}},
        {QStringLiteral("opportunities"),
         {"商机", "Opportunities"},
         QStringLiteral("target"),
         false,
         customers,
         make<OpportunitiesPage>,
         {QStringLiteral("opportunity")}},
        {QStringLiteral("hotline"),
         {"来电登记", "Calls"},
         QStringLiteral("headset"),
         false,
         seats,
         make<HotlinePage>,
         {QStringLiteral("caller_card")}},
        {QStringLiteral("dispatch"),
         {"分派台", "Dispatch"},
         QStringLiteral("split"),
         false,
         dispatchers,
         make<DispatchPage>},
        {QStringLiteral("sync"),
         {"同步中心", "Sync centre"},
         QStringLiteral("refresh-cw"),
         true,
         everybody,
         make<SyncPage>},
        {QStringLiteral("admin"),
         {"系统管理", "Administration"},
         QStringLiteral("settings"),
         true,
         administrators,
         make<AdminPage>,
         {QStringLiteral("staff"), QStringLiteral("assignment"), QStringLiteral("routing_rule")}},
    };
    return pages;
}

} // namespace keydesk
