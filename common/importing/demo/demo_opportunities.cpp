#include "importing/demo/demo_script.h"
#include "importing/demo/demo_steps.h"
#include "importing/demo/demo_story.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

enum class Ending {
    Captured,
    Identified,
    NeedsInfo,
    Queued,
    Dispatched,
    Overdue,
    Claimed,
    Shelved,
    Returned,
    Expired,
    Won,
    Lost,
    FirstContact,
    Invalid,
    Merged,
};

struct Plan
{
    Ending ending;
    int count;
    SalesStage stage = SalesStage::None; // how far the sale went
    CustodyReason reason = CustodyReason::None;
};

constexpr Plan plans[] = {
    {Ending::Won, 26, SalesStage::Signing},
    {Ending::Lost, 9, SalesStage::Proposal},
    {Ending::Lost, 7, SalesStage::Need},
    {Ending::Claimed, 14, SalesStage::Talk},
    {Ending::Claimed, 14, SalesStage::Need},
    {Ending::Claimed, 12, SalesStage::PreProposal},
    {Ending::Claimed, 12, SalesStage::Proposal},
    {Ending::Claimed, 8, SalesStage::Negotiation},
    {Ending::Claimed, 6, SalesStage::Signing},
    {Ending::Shelved, 6, SalesStage::Need},
    {Ending::FirstContact, 6},
    {Ending::Invalid, 4, SalesStage::None, CustodyReason::NotGenuine},
    {Ending::Merged, 3, SalesStage::None, CustodyReason::Duplicate},
    {Ending::Returned, 6},
    {Ending::Expired, 5},
    {Ending::Queued, 5, SalesStage::None, CustodyReason::Incomplete},
    {Ending::Queued, 2, SalesStage::None, CustodyReason::NoCandidate},
    {Ending::Queued, 2, SalesStage::None, CustodyReason::NoCapacity},
    {Ending::Queued, 1, SalesStage::None, CustodyReason::RoutingFailed},
    {Ending::NeedsInfo, 5, SalesStage::None, CustodyReason::Incomplete},
    {Ending::Overdue, 4},
    {Ending::Dispatched, 20},
    {Ending::Identified, 4},
    {Ending::Captured, 6},
};

Instant later(DemoWorld &world, Instant from, int atLeast, int atMost)
{
    return std::min(from + world.random.between(atLeast, atMost) * minute, world.now);
}

/// How long ago the opportunity was captured, in days.
int ageOf(DemoRandom &random, const Plan &plan)
{
    switch (plan.ending) {
    case Ending::Won:
    case Ending::Lost:
    case Ending::Invalid:
        return random.between(20, 420);
    case Ending::Shelved:
    case Ending::FirstContact:
        return random.between(15, 120);
    case Ending::Claimed:
        return plan.stage == SalesStage::Talk ? random.between(2, 9) : random.between(10, 75);
    case Ending::Returned:
    case Ending::Expired:
    case Ending::Merged:
        return random.between(4, 9);
    case Ending::Queued:
    case Ending::NeedsInfo:
        return random.between(0, 1);
    default:
        return 0;
    }
}

/// When it must have been dispatched for its claim clock to be over, but not by half as much again.
Instant overdueDispatch(const DemoWorld &world, ValueClass valueClass)
{
    const int hours = valueClass == ValueClass::A ? 2 : valueClass == ValueClass::B ? 4 : 8;
    for (Instant at = world.now;; at = at + -10 * minute) {
        if (demoWorkingHours(at, hours) <= world.now
            && demoWorkingHours(at, hours * 3 / 2) > world.now)
            return at;
        if (world.now - at > 10 * day)
            return at;
    }
}

/// The person whom the first transfer would go to: the main account manager, else a core agent.
const Staff &routed(DemoWorld &world, const Account &account)
{
    if (const Staff *manager = world.assigned(account, AssignmentRole::MainAm))
        return *manager;
    const Staff *agent = world.assigned(account, AssignmentRole::Agent);
    if (agent && !agent->absentFrom.isValid())
        return *agent;
    return *world.people(account.areaId,
                         Role::PartnerAgent)[std::size_t(world.random.between(0, 2))];
}

const Staff &seatOf(DemoWorld &world, const Account &account)
{
    const int dice = world.random.between(1, 100);
    const Role role = dice <= 65 ? Role::HotlineAgent
        : dice <= 85             ? Role::HallClerk
                                 : Role::TeleManager;
    return *world.random.pick(world.people(account.areaId, role));
}

void claimAndWork(DemoWorld &world, DemoStory &story, const Plan &plan)
{
    story.claim(later(world, story.time(), 15, 110));
    if (plan.stage != SalesStage::Talk || world.random.chance(70)) {
        story.firstContact(later(world, story.time(), 20, 240));
        story.note(story.time(), story.opportunity.ownerId, NoteKind::Call,
                   u"已与联系人通话，确认需求真实，约定下次沟通时间。"_s);
    }
    writeSale(world, story, plan.stage);
    const qint64 days = std::max<qint64>(1, (world.now - story.time()) / day);
    const int most = int(std::min<qint64>(days, 60));
    const Instant at = story.time() + world.random.between(most / 2, most) * day / 2;
    story.advanceTo(plan.stage, std::min(at, world.now));
}

/// A second hand got it: returned or expired once, then dispatched by a person.
void goRound(DemoWorld &world, DemoStory &story, const Account &account)
{
    if (world.random.chance(60)) {
        story.claim(later(world, story.time(), 15, 110));
        story.giveBack(later(world, story.time(), 60, 300), u"客户要求与所在行业的客户经理对接"_s);
    } else {
        story.expire(later(world, story.time(), 720, 1080));
    }
    const Staff &dispatcher = *world.random.pick(world.people(account.areaId, Role::Dispatcher));
    const auto managers = world.people(account.areaId, Role::AccountManager);
    story.dispatch(later(world, story.time(), 10, 60), *world.random.pick(managers), &dispatcher);
}

/// The part after the first dispatch.
void followUp(DemoWorld &world, DemoStory &story, const Plan &plan, const Account &account)
{
    switch (plan.ending) {
    case Ending::Dispatched:
        return;
    case Ending::Overdue:
        story.remind(3);
        return;
    case Ending::Returned:
        if (world.random.chance(60))
            story.claim(later(world, story.time(), 15, 110));
        story.giveBack(later(world, story.time(), 60, 600),
                       world.random.chance(50) ? u"客户在异地，需转当地本地网跟进"_s
                                               : u"产品超出本渠道受理范围"_s);
        return;
    case Ending::Expired:
        story.expire(later(world, story.time(), 2'000, 3'000));
        return;
    default:
        break;
    }
    if (world.random.chance(15))
        goRound(world, story, account);
    claimAndWork(world, story, plan);
    const Instant end = later(world, story.time(), 600, 5'000);
    if (plan.ending == Ending::Won)
        story.win(end);
    else if (plan.ending == Ending::Lost && plan.stage == SalesStage::Proposal)
        story.lose(end, LostReason::Competition,
                   world.random.chance(50) ? u"中国移动"_s : u"中国联通"_s);
    else if (plan.ending == Ending::Lost)
        story.lose(end, world.random.chance(50) ? LostReason::Budget : LostReason::NoNeed, {});
    else if (plan.ending == Ending::Shelved)
        story.shelve(end, world.today.addDays(world.random.between(-2, 40)));
}

/// Endings that never reach a sales channel. False if `plan` is not one of them.
bool endEarly(DemoWorld &world, DemoStory &story, const Plan &plan, const Account &account)
{
    switch (plan.ending) {
    case Ending::Captured:
        return true;
    case Ending::Identified:
        story.identify();
        return true;
    case Ending::FirstContact:
        story.handleAtFirstContact(later(world, story.time(), 5, 30));
        return true;
    case Ending::Queued:
    case Ending::NeedsInfo:
        story.queue(later(world, story.time(), 1, 2), plan.reason);
        if (plan.ending == Ending::NeedsInfo)
            story.askInfo(later(world, story.time(), 5, 40),
                          *world.people(account.areaId, Role::Dispatcher).front(),
                          u"请补充联系电话和意向产品，并确认客户是否愿意进一步接洽。"_s);
        return true;
    case Ending::Invalid:
    case Ending::Merged: {
        const bool merged = plan.ending == Ending::Merged;
        story.queue(later(world, story.time(), 1, 2),
                    merged ? CustodyReason::NoCapacity : CustodyReason::Incomplete);
        story.discard(later(world, story.time(), 30, 300),
                      merged ? CustodyState::Merged : CustodyState::Invalid, plan.reason,
                      merged ? RecordId(world.opportunities.back().id) : RecordId());
        return true;
    }
    default:
        return false;
    }
}

const Account &accountFor(DemoWorld &world, const Plan &plan)
{
    if (plan.ending == Ending::Merged) {
        for (const Account &account : world.accounts) {
            if (account.id == world.opportunities.back().accountId)
                return account;
        }
    }
    // Customers with a manager are few, but most business is theirs.
    const bool managed = world.random.chance(60) && plan.reason != CustodyReason::NoCapacity;
    for (;;) {
        const Account &account = world.random.pick(world.accounts);
        if (account.ownerStaffId.isNull() != managed)
            return account;
    }
}

void tell(DemoWorld &world, const Plan &plan)
{
    const Account &account = accountFor(world, plan);
    const Staff &seat = seatOf(world, account);
    Instant at = world.daysAgo(ageOf(world.random, plan));
    if (plan.ending == Ending::Overdue)
        at = overdueDispatch(world, account.valueClass) + -3 * minute;
    DemoStory story(world, account, seat, at);
    const bool interaction = plan.ending == Ending::Captured;
    const bool incomplete = plan.reason == CustodyReason::Incomplete
        || plan.reason == CustodyReason::NotGenuine;
    writeElements(world, story, account,
                  interaction      ? Told::NothingFirm
                      : incomplete ? Told::TooLittle
                                   : Told::Enough);
    if (!endEarly(world, story, plan, account)) {
        story.dispatch(later(world, story.time(), 1, 3), routed(world, account));
        followUp(world, story, plan, account);
    }
    story.finish();
}

/// SJ numbers in the order of capture, as the server would have issued them.
void number(DemoWorld &world)
{
    std::vector<Opportunity *> ordered;
    for (Opportunity &opportunity : world.opportunities)
        ordered.push_back(&opportunity);
    std::sort(ordered.begin(), ordered.end(), [](const Opportunity *a, const Opportunity *b) {
        return std::tie(a->capturedAt, a->id) < std::tie(b->capturedAt, b->id);
    });
    std::map<QString, int> series;
    for (Opportunity *opportunity : ordered) {
        const QString prefix = u"SJ-%1-%2-"_s
                                   .arg(areaCodeOf(opportunity->areaId),
                                        businessDate(opportunity->capturedAt).toString(u"yyyyMM"));
        opportunity->no = prefix + u"%1"_s.arg(++series[prefix], 4, 10, QLatin1Char('0'));
    }
}

} // namespace

void addOpportunities(DemoWorld &world)
{
    for (const Plan &plan : plans) {
        for (int i = 0; i < plan.count; ++i)
            tell(world, plan);
    }
    number(world);
}

} // namespace keydesk
