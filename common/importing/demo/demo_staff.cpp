#include "domain/reference_id.h"
#include "importing/demo/demo_steps.h"

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
    {41, 2, Role::HallClerk, "service_hall", "SH-%1"},
    {51, 2, Role::Dispatcher, "operations_centre", "OC-%1"},
    {61, 1, Role::Supervisor, "account_manager", "AM-%1-ZQ"},
    {62, 1, Role::Supervisor, "account_manager", "AM-%1-GS"},
    {71, 1, Role::DeptManager, "", ""},
};

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
            person.skills = i % 2
                ? QStringList{u"voice"_s, u"data"_s}
                : QStringList{u"data"_s, u"industry_application"_s, u"personalised"_s};
    }
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
        hundred += 100;
    }
    // One agent is away, so that routing has somebody to pass over.
    for (Staff &person : world.staff) {
        if (person.code == u"1124") {
            person.absentFrom = world.today.addDays(-3);
            person.absentUntil = world.today.addDays(4);
        }
    }
}

} // namespace keydesk
