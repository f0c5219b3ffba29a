#pragma once

#include "domain/account_site.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/contact.h"
#include "domain/note.h"
#include "domain/notification.h"
#include "domain/opportunity.h"
#include "domain/opportunity_item.h"
#include "domain/routing_decision.h"
#include "domain/routing_rule.h"
#include "domain/staff.h"
#include "domain/task.h"
#include "domain/team.h"
#include "domain/transfer.h"
#include "importing/demo/demo_names.h"
#include "importing/demo/demo_random.h"
#include "importing/demo/demo_records.h"
#include "rules/work_calendar.h"

namespace keydesk {

// The demo data while it grows. Each step (demo_steps.h) adds what it is named after and reads what
// stands there already.
struct DemoWorld
{
    DemoWorld(quint64 seed, Instant at, const std::vector<EntityRows> &reference);
    DemoWorld(const DemoWorld &) = delete;
    DemoWorld &operator=(const DemoWorld &) = delete;

    DemoRandom random;
    DemoNames names;
    Instant now;
    QDate today;
    OfficeCalendar calendar = OfficeCalendar::shipped();
    DemoRecords records;
    std::vector<ProductOffering> products; // reference data
    std::vector<Team> teams; // reference data, with the leaders that the demo gives them

    std::vector<Staff> staff;
    std::vector<Account> accounts;
    std::vector<AccountSite> sites;
    std::vector<Contact> contacts;
    std::vector<Assignment> assignments;
    std::vector<Opportunity> opportunities;
    std::vector<OpportunityItem> items;
    std::vector<Transfer> transfers;
    std::vector<RoutingDecision> decisions;
    std::vector<Task> tasks;
    std::vector<Note> notes;
    std::vector<Notification> notifications;

    /// A record born at `at` by `by`: id and the columns of its birth.
    template <class T>
    T born(Instant at, const RecordId &by)
    {
        T record;
        const quint64 high = random.next();
        record.id = RecordId::fromParts(at.ms, high, random.next());
        record.createdAt = record.updatedAt = at;
        record.createdBy = record.updatedBy = by;
        return record;
    }

    /// An instant of `date` at this hour and minute of Chinese time.
    static Instant at(const QDate &date, int hours, int minutes = 0);
    /// A moment within working hours, `days` days ago, moved to before now if it is today.
    Instant daysAgo(int days);

    /// People of the area with this role, in the order of their codes.
    std::vector<const Staff *> people(const RecordId &areaId, Role role) const;
    const Staff &person(const RecordId &id) const;
    /// The name of a person or of a team; nothing for nobody.
    QString nameOf(const RecordId &staffOrTeam) const;
    /// Who leads the team; null for none.
    RecordId leaderOf(const RecordId &team) const;
    /// The person who holds this role for the account today; null if nobody does.
    const Staff *assigned(const Account &account, AssignmentRole role) const;
    std::vector<const Contact *> contactsOf(const Account &account) const;
};

/// The two local networks of the demo: 5301 and 3205.
const std::vector<QString> &demoAreas();
QString areaCodeOf(const RecordId &areaId);

} // namespace keydesk
