#include "domain/reference_id.h"
#include "importing/demo/demo_steps.h"

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

struct Post
{
    int firstNo; // within the area's hundred
    int count;
    Role role;
    const char *channel; // code; empty: none
    const char *team; // code with %1 for the area; empty: the whole area
};

constexpr Post posts[] = {
    {1, 3, Role::AccountManager, "account_manager", "AM-%1-ZQ"},
    {4, 3, Role::AccountManager, "account_manager", "AM-%1-GS"},
    {11, 2, Role::TeleManager, "tele_manager", "TM-%1"},
    {21, 4, Role::PartnerAgent, "partner_agent", "PA-%1"},
    {31, 3, Role::HotlineAgent, "hotline", "HL-%1"},
    {35, 1, Role::TechSeat, "hotline", "HL-%1"},
    {41, 2, Role::HallClerk, "service_hall", "SH-%1"},
    {51, 2, Role::Dispatcher, "operations_centre", "OC-%1"},
    {61, 1, Role::Supervisor, "account_manager", "AM-%1-ZQ"},
    {62, 1, Role::Supervisor, "account_manager", "AM-%1-GS"},
    {71, 1, Role::DeptManager, "", ""},
    {72, 1, Role::FinanceManager, "", ""},
    {73, 1, Role::Executive, "", ""},
};

// Nobody sells what is made for one customer alone, and the fourth agent alone sells voice: what
// the rules cannot place lies before the dispatcher.
QStringList skillsOf(int agent)
{
    if (agent == 3)
        return {u"voice"_s, u"data"_s};
    return agent % 2 ? QStringList{u"data"_s} : QStringList{u"data"_s, u"industry_application"_s};
}

Staff &addPerson(DemoWorld &world, int code, Role role, const QString &area)
{
    auto person = world.born<Staff>(world.at(world.today.addDays(-900), 9), {});
    person.code = QString::number(code);
    person.name = world.names.person();
    person.roles.keys = {keyOf(role)};
    person.areaId = referenceId(u"area", area);
    person.email = u"%1@keydesk.example"_s.arg(code);
    world.staff.push_back(std::move(person));
    return world.staff.back();
}

void addPost(DemoWorld &world, const Post &post, const QString &area, int hundred)
{
    for (int i = 0; i < post.count; ++i) {
        Staff &person = addPerson(world, hundred + post.firstNo + i, post.role, area);
        if (*post.channel)
            person.channelId = referenceId(u"channel", QString::fromLatin1(post.channel));
        if (*post.team)
            person.teamId = referenceId(u"team", QString::fromLatin1(post.team).arg(area));
        person.phone = world.names.mobile();
        if (post.role == Role::PartnerAgent)
            person.skills = skillsOf(i);
    }
}

// The person of the area with this number within its hundred.
Staff *numbered(DemoWorld &world, int hundred, int number)
{
    const QString code = QString::number(hundred + number);
    const auto found = std::find_if(world.staff.begin(), world.staff.end(),
                                    [&](const Staff &one) { return one.code == code; });
    return found == world.staff.end() ? nullptr : &*found;
}

void setLeader(DemoWorld &world, const QString &team, const RecordId &leader)
{
    for (Team &one : world.teams) {
        if (one.code == team)
            one.leaderId = leader;
    }
}

// Each stands in for the next one of his post, so that no claim waits for one person alone. Agents
// are other firms.
void addDeputies(DemoWorld &world, const Post &post, int hundred)
{
    if (post.role == Role::PartnerAgent)
        return;
    for (int i = 0; i < post.count && post.count > 1; ++i)
        numbered(world, hundred, post.firstNo + i)->deputyId =
            numbered(world, hundred, post.firstNo + (i + 1) % post.count)->id;
}

// Sales teams are led by their supervisors, the operations centre by its first dispatcher, the rest
// by the head of the department.
void addLeaders(DemoWorld &world, const QString &area, int hundred)
{
    const RecordId head = numbered(world, hundred, 71)->id;
    for (const char *team : {"MG-%1", "HL-%1", "TM-%1", "PA-%1", "SH-%1"})
        setLeader(world, QString::fromLatin1(team).arg(area), head);
    setLeader(world, u"AM-%1-ZQ"_s.arg(area), numbered(world, hundred, 61)->id);
    setLeader(world, u"AM-%1-GS"_s.arg(area), numbered(world, hundred, 62)->id);
    setLeader(world, u"OC-%1"_s.arg(area), numbered(world, hundred, 51)->id);
}

} // namespace

void addStaff(DemoWorld &world)
{
    addPerson(world, 1001, Role::Administrator, u"00"_s);
    Staff &centre = addPerson(world, 1002, Role::Dispatcher, u"00"_s);
    centre.teamId = referenceId(u"team", u"OC-00");
    centre.channelId = referenceId(u"channel", u"operations_centre");
    int hundred = 1100;
    for (const QString &area : demoAreas()) {
        for (const Post &post : posts)
            addPost(world, post, area, hundred);
        for (const Post &post : posts)
            addDeputies(world, post, hundred);
        addLeaders(world, area, hundred);
        hundred += 100;
    }
    setLeader(world, u"OC-00"_s, world.staff[1].id);
    // One agent is away, so that routing has somebody to pass over.
    for (Staff &person : world.staff) {
        if (person.code == u"1124") {
            person.absentFrom = world.today.addDays(-3);
            person.absentUntil = world.today.addDays(4);
        }
    }
}

} // namespace keydesk
