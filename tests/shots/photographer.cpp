#include "photographer.h"

#include "commands/edit_record.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_transfer.h"
#include "domain/account.h"
#include "domain/contact.h"
#include "domain/opportunity.h"
#include "ui/pages/ask_dialog.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/state_pane.h"

#include <QAbstractItemView>
#include <QCoreApplication>
#include <QCursor>
#include <QDir>

#include <cstdio>

namespace keydesk::test {

using namespace Qt::StringLiterals;

namespace {

const auto manager = u"1101"_s;
const auto agent = u"1131"_s;
const auto dispatcher = u"1151"_s;
const auto administrator = u"1001"_s;
const auto supervisor = u"1161"_s;
// Sees both areas, so that the first load comes in several pages.
const auto newcomer = u"1002"_s;

/// The first record the person holds with this condition.
template <class T>
std::optional<T> first(DesktopDriver &driver, const QByteArray &where,
                       const std::vector<Cell> &values)
{
    Workbench &workbench = driver.workbench();
    const EntityInfo &entity = workbench.catalog().entity(QString::fromLatin1(Schema<T>::table));
    const auto rows = workbench.reader().store().select(entity,
                                                        where + " AND deleted_at IS NULL LIMIT 1",
                                                        values);
    return rows.empty() ? std::nullopt : std::optional(fromRow<T>(rows.front()));
}

} // namespace

Photographer::Photographer(DemoOffice &office, Language &language, Plan plan)
    : m_office(office)
    , m_language(language)
    , m_plan(std::move(plan))
{
}

std::unique_ptr<DesktopDriver> Photographer::desktopOf(const QString &user, const QString &folder)
{
    auto driver = std::make_unique<DesktopDriver>(user, m_language,
                                                  m_plan.folder + u'/'
                                                      + (folder.isEmpty() ? user : folder),
                                                  m_plan.size);
    const bool known = driver->workbench().isKnownHere(m_office.address(), user);
    driver->signIn(m_office.address(), user, DemoOffice::password(),
                   known ? QString() : m_office.enrolmentOf(user));
    return driver;
}

void Photographer::setTheme(ThemeMode mode)
{
    Theme theme = Theme::current();
    if (theme.mode == mode)
        return;
    theme.mode = mode;
    KeydeskStyle::install(theme);
    QCoreApplication::processEvents();
}

bool Photographer::write(DesktopDriver &driver, const QString &name)
{
    const QString language = m_language.current() == QLocale::Chinese ? u"zh"_s : u"en"_s;
    for (ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
        setTheme(mode);
        const QString theme = mode == ThemeMode::Dark ? u"dark"_s : u"light"_s;
        driver.shoot(m_plan.directory
                     + u"/%1-%2-%3%4.png"_s.arg(name, language, theme, m_plan.suffix));
        ++m_pictures;
    }
    setTheme(ThemeMode::Light);
    if (driver.problem().isEmpty())
        return true;
    // The scenes after this one have their own chance.
    std::fprintf(stderr, "keydesk-shots: %s: %s\n", qPrintable(name),
                 qPrintable(driver.takeProblem()));
    return false;
}

bool Photographer::shoot(DesktopDriver &driver, const QString &name, const Scene &scene)
{
    if (scene)
        scene(driver);
    driver.untilStill();
    return write(driver, name);
}

bool Photographer::queue(DesktopDriver &driver, const CommandCall &call)
{
    std::optional<Result<RunOutcome>> outcome;
    driver.workbench().run(call, [&](const Result<RunOutcome> &ran) { outcome = ran; });
    driver.until(u"queued: "_s + call.type, [&] { return outcome.has_value(); });
    if (outcome && !*outcome)
        std::fprintf(stderr, "keydesk-shots: %s: %s\n", qPrintable(call.type),
                     qPrintable(outcome->error().text()));
    return outcome && *outcome && driver.problem().isEmpty();
}

// Two desktops of one person: what the second does while the first is offline is what the first is
// refused for.
bool Photographer::prepare()
{
    const auto one = desktopOf(manager);
    const auto two = desktopOf(manager, u"second"_s);
    const Cell me(one->workbench().me().id.text());
    const auto claimable = first<Opportunity>(*one,
                                              "custody_state = 'dispatched' AND assignee_id = ?",
                                              {me});
    const auto account = first<Account>(*one, "owner_staff_id = ?", {me});
    if (!account || !claimable) {
        std::fprintf(stderr, "keydesk-shots: nothing to refuse in the demo data\n");
        return false;
    }
    const auto rename = [&](const QString &phone) {
        EditRecord edit;
        edit.entity = u"account"_s;
        edit.record = account->id;
        edit.patch = {{u"phone"_s, Cell(phone)}};
        edit.seen = {{u"phone"_s, Cell(account->phone)}};
        return callOf(edit);
    };
    one->setCable(false);
    ReturnOpportunity giveBack;
    giveBack.opportunity = claimable->id;
    giveBack.queue = operationsQueueOf(two->workbench(), claimable->areaId);
    giveBack.reason = u"不在我的区域"_s;
    giveBack.claimEpoch = claimable->claimEpoch;
    ClaimOpportunity claim;
    claim.opportunity = claimable->id;
    bool queued = queue(*two, callOf(giveBack)) && queue(*two, rename(u"0871-65123456"_s));
    two->untilSettled();
    queued = queued && queue(*one, callOf(claim)) && queue(*one, rename(u"0871-65120000"_s));
    if (!queued)
        return false;
    one->setCable(true).untilSettled();
    one->until(u"two commands are refused"_s,
               [&] { return one->workbench().rejected().size() == 2; });
    for (const auto *driver : {one.get(), two.get()}) {
        if (!driver->problem().isEmpty())
            std::fprintf(stderr, "keydesk-shots: %s\n", qPrintable(driver->problem()));
    }
    return one->problem().isEmpty() && two->problem().isEmpty();
}

bool Photographer::shootAll(QLocale::Language language)
{
    m_language.install(language);
    QCursor::setPos(m_plan.size.width() * 2, m_plan.size.height() * 2); // hovers over nothing
    bool well = m_plan.onlyImportant || signInScenes();
    well = managerScenes() && well;
    well = otherScenes() && well;
    return (m_plan.onlyImportant || errorScene()) && well;
}

bool Photographer::signInScenes()
{
    const QString fresh = m_plan.folder + u"/fresh-"_s
        + (m_language.current() == QLocale::Chinese ? u"zh"_s : u"en"_s);
    DesktopDriver driver(u"newcomer"_s, m_language, fresh, m_plan.size);
    bool well = shoot(driver, u"sign-in"_s);
    well = shoot(driver, u"sign-in-refused"_s,
                 [this](DesktopDriver &person) {
                     person.fill(u"login.server"_s, m_office.address());
                     person.fill(u"login.user"_s, newcomer);
                     person.fill(u"login.password"_s, u"wrong"_s);
                     person.fill(u"login.enrolment"_s, m_office.enrolmentOf(newcomer));
                     person.press(u"Return"_s);
                     person.until(u"a refusal is shown"_s,
                                  [&] { return person.find(u"login.signIn"_s) != nullptr; });
                 })
        && well;
    // The picture is taken when the first page has come and before the last has.
    int taken = 0;
    QObject::connect(&driver.workbench(), &Workbench::statusChanged, &driver.window(),
                     [&](const SyncStatus &status) {
                         if (taken == 0 && status.progress.loading && status.progress.rows > 0) {
                             ++taken;
                             write(driver, u"first-sync"_s);
                         }
                     });
    driver.signIn(m_office.address(), newcomer, DemoOffice::password(),
                  m_office.enrolmentOf(newcomer));
    if (!driver.problem().isEmpty() || taken == 0)
        std::fprintf(stderr, "keydesk-shots: first-sync: %s\n", qPrintable(driver.problem()));
    return well && taken == 1 && driver.problem().isEmpty();
}

bool Photographer::managerScenes()
{
    const auto driver = desktopOf(manager);
    DesktopDriver &am = *driver;
    bool well = shoot(am, u"today"_s);
    well = shoot(am, u"customers"_s,
                 [](DesktopDriver &person) {
                     person.press(u"Alt+2"_s).untilPage(u"customers"_s).press(u"Down"_s, 3);
                 })
        && well;
    well = shoot(am, u"customer-360"_s,
                 [](DesktopDriver &person) {
                     person.press(u"Return"_s).until(u"the customer is shown"_s, [&] {
                         return person.find(u"customer360"_s) != nullptr;
                     });
                 })
        && well;
    am.press(u"Escape"_s);
    well = shoot(am, u"opportunities-inbox"_s,
                 [](DesktopDriver &person) {
                     person.press(u"Alt+3"_s).untilPage(u"opportunities"_s).press(u"Down"_s);
                 })
        && well;
    well = shoot(am, u"opportunities-board"_s,
                 [](DesktopDriver &person) {
                     person.chooseView(u"board"_s);
                     person.tabTo(u"kanban.need"_s).press(u"Down"_s);
                 })
        && well;
    well = shoot(am, u"opportunities-table"_s,
                 [](DesktopDriver &person) {
                     person.chooseView(u"table"_s);
                     person.tabTo(u"opportunities.list"_s).press(u"Down"_s);
                 })
        && well;
    well = shoot(am, u"palette"_s,
                 [](DesktopDriver &person) {
                     person.press(u"Ctrl+K"_s).type(u"ds"_s);
                     person.until(u"the palette found something"_s, [&] {
                         auto *list = person.find<QAbstractItemView>(u"paletteList"_s);
                         return list && list->model()->rowCount() > 2;
                     });
                 })
        && well;
    am.press(u"Escape"_s);
    well = shoot(am, u"keys"_s,
                 [](DesktopDriver &person) {
                     person.press(u"Ctrl+/"_s).until(u"the keys are shown"_s, [&] {
                         return person.find(u"keySheet"_s) != nullptr;
                     });
                 })
        && well;
    am.press(u"Escape"_s);
    return syncScenes(am) && (m_plan.onlyImportant || stateScenes(am)) && well;
}

bool Photographer::syncScenes(DesktopDriver &am)
{
    bool well = shoot(am, u"sync-rejected"_s, [](DesktopDriver &person) {
        person.press(u"Ctrl+K"_s).type(u"同步"_s);
        person.press(u"Escape"_s).press(u"Alt+5"_s).untilPage(u"sync"_s);
        person.tabTo(u"sync.list"_s).press(u"Home"_s).press(u"Down"_s, 2);
        person.until(u"a refused command is shown"_s,
                     [&] { return person.find(u"sync.retry"_s) != nullptr; });
    });
    return shoot(am, u"sync-conflict"_s,
                 [](DesktopDriver &person) {
                     person.press(u"Down"_s).until(u"the conflict is shown"_s, [&] {
                         return person.find(u"sync.diff.phone"_s) != nullptr;
                     });
                 })
        && well;
}

bool Photographer::stateScenes(DesktopDriver &am)
{
    bool well = shoot(am, u"empty-filter"_s, [](DesktopDriver &person) {
        person.press(u"Alt+2"_s).untilPage(u"customers"_s);
        person.press(u"Ctrl+F"_s).type(u"没有这个客户"_s);
        person.until(u"the list is empty"_s, [&] {
            const auto *list = person.find<QAbstractItemView>(u"customers.list"_s);
            return list && list->model()->rowCount() == 0;
        });
    });
    am.press(u"Ctrl+A"_s).press(u"Delete"_s).until(u"the list is full again"_s, [&] {
        const auto *list = am.find<QAbstractItemView>(u"customers.list"_s);
        return list && list->model()->rowCount() > 0;
    });
    well = shoot(am, u"offline"_s,
                 [](DesktopDriver &person) {
                     person.setCable(false).press(u"Alt+1"_s).untilPage(u"today"_s);
                 })
        && well;
    well = shoot(am, u"offline-sync"_s,
                 [](DesktopDriver &person) { person.press(u"Alt+5"_s).untilPage(u"sync"_s); })
        && well;
    am.setCable(true);
    return well;
}

bool Photographer::errorScene()
{
    const auto driver = desktopOf(manager, u"broken-%1"_s.arg(int(m_language.current())));
    driver->breakReplica("account");
    return shoot(*driver, u"error"_s, [](DesktopDriver &person) {
        person.press(u"Alt+2"_s).until(u"the error is shown"_s, [&] {
            const auto *list = person.find<QAbstractItemView>(u"customers.list"_s);
            const auto *pane = list ? list->findChild<StatePane *>() : nullptr;
            return pane && pane->isVisible() && pane->state().kind == PaneState::Error;
        });
    });
}

bool Photographer::otherScenes()
{
    QString number;
    {
        const auto am = desktopOf(manager);
        const auto contact = first<Contact>(*am, "phone <> ''", {});
        number = contact ? contact->phone : QString();
    }
    bool well = true;
    {
        const auto seat = desktopOf(agent);
        well = shoot(*seat, u"today-agent"_s) && well;
        well = shoot(*seat, u"hotline-empty"_s,
                     [](DesktopDriver &person) {
                         person.press(u"Alt+4"_s).untilPage(u"hotline"_s);
                         person.press(u"Ctrl+N"_s); // the draft of the last language
                     })
            && well;
        well = shoot(*seat, u"hotline-filled"_s,
                     [&](DesktopDriver &person) {
                         person.fill(u"hotline.number"_s, number).press(u"Return"_s);
                         person.fill(u"opportunity.title"_s, u"总部专线扩容"_s);
                         person.fill(u"opportunity.need_summary"_s,
                                     u"办公楼新增两层，要 200M 专线"_s);
                         person.fill(u"opportunity.contact_name"_s, u"李工"_s);
                     })
            && well;
    }
    {
        const auto centre = desktopOf(dispatcher);
        well = shoot(*centre, u"dispatch"_s,
                     [](DesktopDriver &person) {
                         person.press(u"Ctrl+K"_s).type(u"分派台"_s);
                         person.press(u"Escape"_s).press(u"Alt+4"_s).untilPage(u"dispatch"_s);
                         person.press(u"Down"_s);
                     })
            && well;
        well = shoot(*centre, u"dispatch-load"_s,
                     [](DesktopDriver &person) { person.chooseView(u"load"_s).untilStill(); })
            && well;
    }
    const auto boss = desktopOf(administrator);
    well = shoot(*boss, u"admin-staff"_s,
                 [](DesktopDriver &person) {
                     person.press(u"Alt+3"_s).untilPage(u"admin"_s).press(u"Down"_s);
                 })
        && well;
    well = shoot(*boss, u"admin-rules"_s,
                 [](DesktopDriver &person) {
                     person.chooseView(u"rules"_s).tabTo(u"admin.rules.list"_s).press(u"Home"_s);
                 })
        && well;
    well = shoot(*boss, u"no-permission"_s,
                 [](DesktopDriver &person) { person.chooseView(u"assignments"_s); })
        && well;
    const auto head = desktopOf(supervisor);
    return shoot(*head, u"admin-assignments"_s,
                 [](DesktopDriver &person) {
                     person.press(u"Alt+5"_s).untilPage(u"admin"_s).chooseView(u"assignments"_s);
                     person.tabTo(u"admin.assignments.list"_s);
                 })
        && well;
}

} // namespace keydesk::test
