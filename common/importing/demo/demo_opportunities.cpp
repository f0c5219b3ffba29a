#include "domain/reference_id.h"
#include "importing/demo/demo_script.h"
#include "importing/demo/demo_steps.h"
#include "importing/demo/demo_story.h"

#include <algorithm>
#include <optional>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

enum class Ending {
    Captured,
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
    {Ending::Invalid, 3, SalesStage::None, CustodyReason::Duplicate},
    {Ending::Returned, 6},
    {Ending::Expired, 5},
    {Ending::Queued, 5, SalesStage::None, CustodyReason::Incomplete},
    {Ending::Queued, 2, SalesStage::None, CustodyReason::NoCandidate},
    {Ending::Queued, 2, SalesStage::None, CustodyReason::NoAvailability},
    {Ending::Queued, 1, SalesStage::None, CustodyReason::RoutingFailed},
    {Ending::NeedsInfo, 5, SalesStage::None, CustodyReason::Incomplete},
    {Ending::Overdue, 4},
    {Ending::Dispatched, 20},
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
        return random.between(4, 9);
    case Ending::Queued:
    case Ending::NeedsInfo:
        return random.between(0, 1);
    default:
        return 0;
    }
}

/// When it must have been dispatched for `percent` of its claim clock to be over by now.
Instant waitingSince(const DemoWorld &world, ValueClass valueClass, int percent)
{
    const qint64 wanted = claimHours(valueClass).claim * percent / 100;
    Instant at = world.now + -10 * minute;
    while (world.calendar.workingTime(at, world.now) < wanted)
        at = at + -10 * minute;
    return at;
}

/// Somebody fit in the area, for a dispatcher to choose.
const Staff &choice(DemoWorld &world, const Account &account)
{
    std::vector<const Staff *> fit;
    for (const Staff *one :
         world.people(account.areaId,
                      account.ownerStaffId.isNull() ? Role::PartnerAgent : Role::AccountManager)) {
        if (!one->absentFrom.isValid())
            fit.push_back(one);
    }
    return *world.random.pick(fit);
}

const Staff &dispatcherOf(DemoWorld &world, const Account &account)
{
    return *world.random.pick(world.people(account.areaId, Role::Dispatcher));
}

const Staff &seatOf(DemoWorld &world, const Account &account)
{
    const int dice = world.random.between(1, 100);
    const Role role = dice <= 65 ? Role::HotlineAgent
        : dice <= 85             ? Role::HallClerk
                                 : Role::TeleManager;
    return *world.random.pick(world.people(account.areaId, role));
}

/// A moment at which it is claimed, before the clock takes it back.
Instant inTime(DemoWorld &world, const DemoStory &story)
{
    return std::min(later(world, story.time(), 15, 110), story.expiry());
}

void claimAndWork(DemoWorld &world, DemoStory &story, const Plan &plan)
{
    story.claim(inTime(world, story));
    if (plan.stage == SalesStage::Talk && world.random.chance(30))
        return;
    story.firstContact(later(world, story.time(), 20, 240));
    story.note(story.time(), story.opportunity.ownerId, NoteKind::Call,
               u"已与联系人通话，确认需求真实，约定下次沟通时间。"_s);
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
        story.claim(inTime(world, story));
        story.giveBack(later(world, story.time(), 60, 300), u"客户要求与所在行业的客户经理对接"_s);
    } else {
        story.expire();
    }
    const auto managers = world.people(account.areaId, Role::AccountManager);
    story.dispatch(later(world, story.time(), 10, 60), *world.random.pick(managers),
                   dispatcherOf(world, account));
}

/// The part after the first dispatch.
void followUp(DemoWorld &world, DemoStory &story, const Plan &plan, const Account &account)
{
    Instant back = world.now; // at the latest
    switch (plan.ending) {
    case Ending::Dispatched:
    case Ending::Overdue:
        story.remind();
        return;
    case Ending::Returned:
        if (world.random.chance(60))
            story.claim(inTime(world, story));
        else
            back = story.expiry();
        story.giveBack(std::min(later(world, story.time(), 60, 600), back),
                       world.random.chance(50) ? u"客户在异地，需转当地本地网跟进"_s
                                               : u"产品超出本渠道受理范围"_s);
        return;
    case Ending::Expired:
        story.expire();
        return;
    default:
        break;
    }
    if (world.random.chance(15) && story.expiry() + hour < world.now)
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

/// Into the queue: not routed at all, or because the rules find nobody.
bool waitForDispatcher(DemoWorld &world, DemoStory &story, CustodyReason reason)
{
    const Instant at = later(world, story.time(), 1, 2);
    if (reason == CustodyReason::Incomplete || reason == CustodyReason::RoutingFailed) {
        story.queue(at, reason);
        return true;
    }
    const bool given = story.route(at);
    Q_ASSERT_X(!given, "demo", "somebody is there after all");
    return !given;
}

/// Endings that never reach a sales channel. False if `plan` is not one of them.
bool endEarly(DemoWorld &world, DemoStory &story, const Plan &plan, const Account &account)
{
    switch (plan.ending) {
    case Ending::Captured:
        return true;
    case Ending::FirstContact:
        story.handleAtFirstContact(later(world, story.time(), 5, 30));
        return true;
    case Ending::Queued:
        return waitForDispatcher(world, story, plan.reason);
    case Ending::NeedsInfo:
        story.queue(later(world, story.time(), 1, 2), plan.reason);
        story.askInfo(later(world, story.time(), 5, 40), dispatcherOf(world, account),
                      u"请补充联系电话和意向产品，并确认客户是否愿意进一步接洽。"_s);
        return true;
    case Ending::Invalid:
        story.queue(later(world, story.time(), 1, 2), CustodyReason::Incomplete);
        story.discard(later(world, story.time(), 30, 300), plan.reason,
                      dispatcherOf(world, account));
        return true;
    default:
        return false;
    }
}

// One opportunity to be told: what becomes of it, whose it is, and when it was captured.
struct Draft
{
    Plan plan;
    Account account;
    Instant at;
};

const Account &accountFor(DemoWorld &world, const Plan &plan)
{
    // Who alone sells it is away, in one of the areas (demo_staff.cpp).
    const RecordId area = plan.reason == CustodyReason::NoAvailability
        ? referenceId(u"area", demoAreas().front())
        : RecordId();
    // Customers with a manager are few, but most business is theirs.
    const bool nobody = plan.reason == CustodyReason::NoCandidate
        || plan.reason == CustodyReason::NoAvailability;
    const bool managed = world.random.chance(60) && !nobody;
    for (;;) {
        const Account &account = world.random.pick(world.accounts);
        if (account.ownerStaffId.isNull() != managed && (area.isNull() || account.areaId == area))
            return account;
    }
}

Draft draft(DemoWorld &world, const Plan &plan)
{
    const Account &account = accountFor(world, plan);
    Instant at = world.daysAgo(ageOf(world.random, plan));
    if (plan.ending == Ending::Overdue)
        at = waitingSince(world, account.valueClass, world.random.between(108, 140)) + -3 * minute;
    else if (plan.ending == Ending::Expired)
        at = waitingSince(world, account.valueClass, world.random.between(170, 500));
    else if (plan.ending == Ending::Dispatched)
        at = waitingSince(world, account.valueClass, world.random.between(0, 95)) + -3 * minute;
    return {plan, account, at};
}

Told toldIn(const Plan &plan)
{
    if (plan.ending == Ending::Captured)
        return Told::NothingFirm;
    const bool incomplete = plan.reason == CustodyReason::Incomplete
        || plan.reason == CustodyReason::NotGenuine || plan.reason == CustodyReason::Duplicate;
    return incomplete ? Told::TooLittle : Told::Enough;
}

// What nobody sells (demo_staff.cpp), or only somebody who is away.
std::optional<ProductFamily> wantedIn(const Plan &plan)
{
    if (plan.reason == CustodyReason::NoCandidate)
        return ProductFamily::Personalised;
    if (plan.reason == CustodyReason::NoAvailability)
        return ProductFamily::Voice;
    return std::nullopt;
}

void tell(DemoWorld &world, Draft &draft)
{
    // Twice the same: of the customer who called just before.
    if (draft.plan.reason == CustodyReason::Duplicate && !world.opportunities.empty()) {
        for (const Account &account : world.accounts) {
            if (account.id == world.opportunities.back().accountId)
                draft.account = account;
        }
    }
    const Account &account = draft.account;
    DemoStory story(world, account, seatOf(world, account), draft.at);
    writeElements(world, story, account, toldIn(draft.plan), wantedIn(draft.plan));
    if (!endEarly(world, story, draft.plan, account)) {
        if (!story.route(later(world, story.time(), 1, 3)))
            story.dispatch(later(world, story.time(), 2, 5), choice(world, account),
                           dispatcherOf(world, account));
        followUp(world, story, draft.plan, account);
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

// In the order in which they came in, so that whoever has much to do already is asked last.
void addOpportunities(DemoWorld &world)
{
    std::vector<Draft> drafts;
    for (const Plan &plan : plans) {
        for (int i = 0; i < plan.count; ++i)
            drafts.push_back(draft(world, plan));
    }
    std::stable_sort(drafts.begin(), drafts.end(),
                     [](const Draft &one, const Draft &other) { return one.at < other.at; });
    for (Draft &one : drafts)
        tell(world, one);
    number(world);
}

} // namespace keydesk
