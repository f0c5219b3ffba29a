#include "support/desktop/main_job.h"

#include "domain/account.h"
#include "domain/contact.h"
#include "domain/opportunity.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDateTime>
#include <QLabel>

namespace keydesk::test {

using namespace Qt::StringLiterals;

namespace {

const auto agentNo = u"1131"_s;
const auto managerNo = u"1101"_s;
const auto dispatcherNo = u"1151"_s;

QString textOf(const DesktopDriver &person, const QString &label)
{
    const auto *found = person.find<QLabel>(label);
    return found ? found->text() : QString();
}

int rowsOf(const DesktopDriver &person, const QString &list)
{
    const auto *view = person.find<QAbstractItemView>(list);
    return view && view->model() ? view->model()->rowCount() : 0;
}

} // namespace

const std::vector<MainJob::Step> &MainJob::steps()
{
    static const std::vector<Step> all = {
        {"the hotline agent signs in", &MainJob::agentSignsIn},
        {"the account manager signs in", &MainJob::managerSignsIn},
        {"the dispatcher signs in", &MainJob::dispatcherSignsIn},
        {"the agent looks up the caller", &MainJob::agentLooksUpTheCaller},
        {"the agent fills in the six elements", &MainJob::agentFillsInTheSixElements},
        {"the agent records the opportunity", &MainJob::agentRecords},
        {"the server dispatches it to the account manager", &MainJob::serverDispatches},
        {"the agent sees who gets it and why", &MainJob::agentSeesWhoGetsItAndWhy},
        {"the account manager sees it waiting", &MainJob::managerSeesItWaiting},
        {"the account manager claims it", &MainJob::managerClaims},
        {"the account manager goes offline", &MainJob::managerGoesOffline},
        {"offline: the first contact is made", &MainJob::managerNotesTheFirstContact},
        {"offline: a note is written", &MainJob::managerWritesANote},
        {"offline: the sale moves a stage", &MainJob::managerMovesTheStage},
        {"offline: a task is planned", &MainJob::managerPlansATask},
        {"the agent still sees the old state", &MainJob::agentStillSeesTheOldState},
        {"the account manager comes back online", &MainJob::managerComesBackOnline},
        {"the agent sees the new state", &MainJob::agentSeesTheNewState},
        {"the dispatcher sees the decision", &MainJob::dispatcherSeesTheDecision},
    };
    return all;
}

MainJob::MainJob(DemoOffice &office, Language &language, const QString &folder)
    : m_office(office)
    , m_agent(std::make_unique<DesktopDriver>(u"agent"_s, language, folder + u"/agent"_s))
    , m_manager(std::make_unique<DesktopDriver>(u"manager"_s, language, folder + u"/manager"_s))
    , m_dispatcher(
          std::make_unique<DesktopDriver>(u"dispatcher"_s, language, folder + u"/dispatcher"_s))
    , m_title(u"总部到分厂专线 "_s + QDateTime::currentDateTime().toString(u"MMdd-HHmmss"_s))
{
}

QString MainJob::play(const Step &step)
{
    (this->*step.play)();
    for (const auto *person : {m_agent.get(), m_manager.get(), m_dispatcher.get()}) {
        if (!person->problem().isEmpty())
            return person->problem();
    }
    return {};
}

void MainJob::shoot(const QString &directory, int number)
{
    for (auto *person : {m_agent.get(), m_manager.get(), m_dispatcher.get()}) {
        person->picture().save(
            directory + u"/%1-%2.png"_s.arg(number, 2, 10, QChar(u'0')).arg(person->name()));
    }
}

std::optional<Row> MainJob::seenBy(DesktopDriver &person) const
{
    return person.workbench().reader().findRow(u"opportunity"_s, RecordId(m_opportunity));
}

Cell MainJob::factSeenBy(DesktopDriver &person, const QString &field) const
{
    const auto row = seenBy(person);
    return row ? person.workbench().catalog().entity(u"opportunity"_s).cell(*row, field) : Cell();
}

// ---- Signing in

void MainJob::signIn(DesktopDriver &person, const QString &user)
{
    const bool known = person.workbench().isKnownHere(m_office.address(), user);
    person.signIn(m_office.address(), user, DemoOffice::password(),
                  known ? QString() : m_office.enrolmentOf(user));
    person.until(u"Today is shown"_s, [&] { return person.window().currentPage() == u"today"; });
}

void MainJob::agentSignsIn()
{
    signIn(*m_agent, agentNo);
}

void MainJob::managerSignsIn()
{
    signIn(*m_manager, managerNo);
    if (m_manager->problem().isEmpty())
        chooseCaller();
}

void MainJob::dispatcherSignsIn()
{
    signIn(*m_dispatcher, dispatcherNo);
}

// Somebody who calls: a contact, with a number, of a customer this manager looks after.
void MainJob::chooseCaller()
{
    Workbench &workbench = m_manager->workbench();
    RowStore &store = workbench.reader().store();
    for (const Row &row : store.select(workbench.catalog().entity(u"contact"_s),
                                       "phone <> '' AND deleted_at IS NULL ORDER BY id")) {
        const Contact contact = fromRow<Contact>(row);
        const auto account = workbench.reader().find<Account>(contact.accountId);
        if (!account || account->ownerStaffId != workbench.me().id)
            continue;
        m_customer = account->name;
        m_number = contact.phone.section(u'/', 0, 0);
        return;
    }
    m_manager->fail(u"no customer of this manager has a contact with a number"_s);
}

// ---- At the hotline

void MainJob::agentLooksUpTheCaller()
{
    m_agent->press(u"Alt+4"_s).untilPage(u"hotline"_s).untilFocused(u"hotline.number"_s);
    m_agent->type(m_number).press(u"Return"_s);
    m_agent->until(u"the caller's organisation is shown: "_s + m_customer,
                   [this] { return textOf(*m_agent, u"hotline.caller"_s).contains(m_customer); });
}

void MainJob::agentFillsInTheSixElements()
{
    DesktopDriver &agent = *m_agent;
    agent.fill(u"opportunity.title"_s, m_title);
    agent.tabTo(u"opportunity.need_stated"_s).press(u"Space"_s);
    agent.tabTo(u"opportunity.willing"_s).press(u"Space"_s);
    agent.fill(u"opportunity.need_summary"_s, u"两地之间要一条 100M 专线，月底前开通"_s);
    agent.fill(u"opportunity.contact_name"_s, u"李工"_s);
    agent.fill(u"opportunity.key_person_name"_s, u"周总"_s);
    agent.fill(u"opportunity.key_person_title"_s, u"分管副总"_s);
    agent.tabTo(u"opportunity.it_level"_s).press(u"Down"_s, 2);
    agent.tabTo(u"opportunity.it_operator"_s).press(u"Down"_s, 2);
}

void MainJob::agentRecords()
{
    const int before = rowsOf(*m_agent, u"hotline.captured.list"_s);
    m_agent->press(u"Ctrl+Return"_s);
    m_agent->until(u"it stands among what was captured"_s, [this, before] {
        return rowsOf(*m_agent, u"hotline.captured.list"_s) == before + 1;
    });
    Workbench &workbench = m_agent->workbench();
    const auto rows = workbench.reader().store().select(workbench.catalog().entity(
                                                            u"opportunity"_s),
                                                        "title = ?", {Cell(m_title)});
    if (rows.empty())
        return m_agent->fail(u"the opportunity is not in the replica"_s);
    m_opportunity = fromRow<Opportunity>(rows.front()).id.text();
}

void MainJob::serverDispatches()
{
    const QString manager = m_manager->workbench().me().id.text();
    m_manager->until(u"it is dispatched to the account manager"_s, [&] {
        return factSeenBy(*m_manager, u"custody_state"_s).text() == u"dispatched"
            && factSeenBy(*m_manager, u"assignee_id"_s).text() == manager;
    });
}

void MainJob::agentSeesWhoGetsItAndWhy()
{
    DesktopDriver &agent = *m_agent;
    agent.until(u"the agent holds the decision"_s,
                [&] { return factSeenBy(agent, u"custody_state"_s).text() == u"dispatched"; });
    agent.untilStill().tabTo(u"hotline.captured.list"_s).press(u"Home"_s).press(u"Return"_s);
    agent.untilPage(u"opportunities"_s);
    agent.until(u"the route names the manager and the rule"_s, [&] {
        const QString route = textOf(agent, u"opportunity.route"_s);
        return textOf(agent, u"opportunity.title"_s).contains(m_title)
            && route.contains(m_manager->workbench().me().name)
            && route.contains(u"客户经理标识"_s);
    });
}

// ---- At the account manager's desk

void MainJob::managerSeesItWaiting()
{
    DesktopDriver &manager = *m_manager;
    manager.press(u"Alt+3"_s).untilPage(u"opportunities"_s);
    manager.press(u"Ctrl+F"_s).type(m_title.right(11));
    manager.until(u"the inbox shows it alone"_s,
                  [&] { return rowsOf(manager, u"opportunities.list"_s) == 1; });
    manager.tabTo(u"opportunities.list"_s).press(u"Home"_s);
    manager.until(u"its detail is shown"_s,
                  [&] { return textOf(manager, u"opportunity.title"_s).contains(m_title); });
}

void MainJob::managerClaims()
{
    const QString me = m_manager->workbench().me().id.text();
    m_manager->press(u"C"_s);
    m_manager->until(u"it is mine here"_s,
                     [&] { return factSeenBy(*m_manager, u"owner_id"_s).text() == me; });
    m_manager->untilSettled();
    m_agent->until(u"the agent sees that it is claimed"_s, [this] {
        return factSeenBy(*m_agent, u"custody_state"_s).text() == u"claimed";
    });
}

void MainJob::managerGoesOffline()
{
    m_manager->setCable(false);
}

void MainJob::managerNotesTheFirstContact()
{
    m_manager->press(u"F"_s);
    m_manager->until(u"the first contact is noted and queued"_s, [this] {
        return !factSeenBy(*m_manager, u"first_contact_at"_s).isNull()
            && m_manager->workbench().status().queued == 1;
    });
}

void MainJob::managerWritesANote()
{
    m_manager->press(u"N"_s).untilFocused(u"opportunity.note"_s);
    m_manager->fill(u"opportunity.note"_s, u"已约周四上门勘察机房"_s).press(u"Return"_s);
    m_manager->until(u"the note is queued"_s,
                     [this] { return m_manager->workbench().status().queued == 2; });
    m_manager->until(u"the note stands in the story"_s,
                     [this] { return rowsOf(*m_manager, u"opportunity.timeline"_s) > 0; });
}

void MainJob::managerMovesTheStage()
{
    DesktopDriver &manager = *m_manager;
    // The gate of the stage asks for the kinds of the need: it takes the focus there.
    manager.tabTo(u"opportunities.list"_s).press(u"Ctrl+Right"_s);
    manager.untilFocused(u"opportunity.need_kinds"_s);
    manager.press(u"Space"_s).until(u"the choices are shown"_s, [] {
        return QApplication::activePopupWidget() != nullptr;
    });
    manager.press(u"Space"_s).press(u"Escape"_s).press(u"Ctrl+S"_s);
    manager.until(u"the kind of the need is queued"_s, [&] {
        return !factSeenBy(manager, u"need_kinds"_s).isEmpty()
            && manager.workbench().status().queued == 3;
    });
    manager.tabTo(u"opportunities.list"_s).press(u"Ctrl+Right"_s);
    m_manager->until(u"the sale is at the stage of the need"_s, [this] {
        return factSeenBy(*m_manager, u"sales_stage"_s).text() == u"need"
            && m_manager->workbench().status().queued == 4;
    });
}

void MainJob::managerPlansATask()
{
    DesktopDriver &manager = *m_manager;
    manager.press(u"T"_s).until(u"the question for a task is shown"_s, [] {
        return QApplication::activeWindow()
            && QApplication::activeWindow()->objectName() == u"create.task";
    });
    manager.type(u"周四上门勘察"_s).press(u"Ctrl+Return"_s);
    manager.until(u"the task is queued"_s,
                  [&] { return manager.workbench().status().queued == 5; });
    manager.press(u"Alt+1"_s).untilPage(u"today"_s);
}

void MainJob::agentStillSeesTheOldState()
{
    if (!factSeenBy(*m_agent, u"first_contact_at"_s).isNull())
        m_agent->fail(u"what was done offline is seen before it was sent"_s);
}

void MainJob::managerComesBackOnline()
{
    m_manager->setCable(true).untilSettled();
    m_manager->until(u"everything was accepted"_s, [this] {
        return m_manager->workbench().queue().empty() && m_manager->workbench().rejected().empty();
    });
}

// ---- What the others see

void MainJob::agentSeesTheNewState()
{
    m_agent->until(u"the agent sees contact and stage"_s, [this] {
        return !factSeenBy(*m_agent, u"first_contact_at"_s).isNull()
            && factSeenBy(*m_agent, u"sales_stage"_s).text() == u"need";
    });
}

void MainJob::openByPalette(DesktopDriver &person)
{
    person.press(u"Ctrl+K"_s).untilFocused(u"paletteEdit"_s).type(m_title.right(11));
    person.until(u"the palette finds it"_s, [&] {
        const auto *list = person.find<QAbstractItemView>(u"paletteList"_s);
        return list && list->currentIndex().data().toString().contains(m_title);
    });
    person.press(u"Return"_s).untilPage(u"opportunities"_s);
    person.until(u"the opportunity is shown"_s,
                 [&] { return textOf(person, u"opportunity.title"_s).contains(m_title); });
}

void MainJob::dispatcherSeesTheDecision()
{
    openByPalette(*m_dispatcher);
    m_dispatcher->until(u"the route names the manager and the rule"_s, [this] {
        const QString route = textOf(*m_dispatcher, u"opportunity.route"_s);
        return route.contains(m_manager->workbench().me().name)
            && route.contains(u"客户经理标识"_s);
    });
}

} // namespace keydesk::test
