#include "ui/pages/today_page.h"

#include "base/date_text.h"
#include "commands/staff_commands.h"
#include "commands/task_commands.h"
#include "domain/notification.h"
#include "domain/task.h"
#include "ui/pages/claim_list.h"
#include "ui/pages/notice_list.h"
#include "ui/pages/opportunity_acts.h"
#include "ui/pages/record_acts.h"
#include "ui/pages/record_dialog.h"
#include "ui/pages/record_form.h"
#include "ui/pages/task_card.h"
#include "ui/widgets/highlights_bar.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/view_switch.h"
#include "ui/widgets/week_strip.h"

#include <QEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// A task's clock counts from its creation to its due time.
QVariant taskClock(const RecordTableModel &model, int row)
{
    const qint64 due = model.cellAt(row, u"due_at"_s).integer();
    const qint64 born = model.cellAt(row, u"created_at"_s).integer();
    return due == 0 ? QVariant() : QVariant::fromValue(ClockValue{due, due - born, {}});
}

// From the beginning of one day to the end of the other.
std::vector<Filter> dueWithin(QDate first, QDate last)
{
    const auto start = [](QDate date) {
        return Cell(date.startOfDay(businessZone()).toMSecsSinceEpoch());
    };
    return {{u"due_at"_s, FilterOp::GreaterEqual, {start(first)}},
            {u"due_at"_s, FilterOp::Less, {start(last.addDays(1))}}};
}

} // namespace

TodayPage::TodayPage(Desk &desk, QWidget *parent)
    : Workspace(desk, parent)
    , m_views(new QStackedWidget(this))
    , m_list(new ListPane(desk, u"today"_s, m_views))
    , m_told(new ListPane(desk, u"today.notices"_s, m_views))
    , m_tiles(new HighlightsBar(KpiTile::Size::Compact, this))
    , m_mine(new LiveTally(desk.workbench.reader(), this))
    , m_tasks(new LiveTally(desk.workbench.reader(), this))
    , m_notices(new LiveTally(desk.workbench.reader(), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    for (ListPane *pane : panes()) {
        layout->addWidget(&pane->header());
        connect(&pane->header().views(), &ViewSwitch::changed, this, &TodayPage::showFiltered);
    }
    layout->addWidget(m_tiles);
    layout->addWidget(m_views, 1);
    m_toDo = new QWidget(m_views);
    auto *toDo = new QVBoxLayout(m_toDo);
    toDo->setContentsMargins(0, 0, 0, 0);
    m_claims = new ClaimList(desk, m_toDo);
    toDo->addWidget(m_claims);
    toDo->addWidget(m_list, 1);
    m_week = new WeekStrip(m_toDo);
    m_week->setObjectName(u"today.week"_s);
    toDo->addWidget(m_week);
    m_dueSoon = new LiveQuery(desk.workbench.reader(), this);
    connect(m_dueSoon, &LiveQuery::finished, this, &TodayPage::showWeek);
    connect(m_week, &WeekStrip::chosen, this, [this] { narrow(); });
    connect(m_claims, &ClaimList::counted, this, &TodayPage::showCounts);
    m_views->addWidget(m_toDo);
    m_views->addWidget(m_told);
    buildTasks();
    buildNotices();
    watchCounts();
    connect(m_tiles, &HighlightsBar::triggered, this, &TodayPage::followTile);
    retranslate();
    showFiltered(u"tasks"_s);
}

void TodayPage::buildTasks()
{
    m_open = addPageAction("today.open", u"external-link"_s, {},
                           [this] { openSubject(m_list->currentId()); });
    m_done = addPageAction("today.done", u"check"_s, Qt::Key_D, [this] { done(); });
    m_later = addPageAction("today.later", u"clock"_s, Qt::Key_L, [this] { later(); });
    m_tomorrow = addPageAction("today.tomorrow", u"clock"_s, QKeySequence(u"Shift+L"_s), [this] {
        const QDate next = businessDate({desk().ticker.nowMs()}).addDays(1);
        snooze(nineOn(next), tr("Out of the list until tomorrow at nine"));
    });
    m_laterDate = addPageAction("today.laterDate", u"calendar"_s, Qt::Key_U,
                                [this] { snoozeUntil(); });
    m_list->table().addKey(m_tomorrow);
    m_list->table().addKey(m_laterDate);
    m_list->table().addKey(m_done);
    m_list->table().addKey(m_later);
    m_answer = addPageAction("today.answer", u"message-square"_s, Qt::Key_I, [this] { answer(); });
    m_new = addPageAction("today.new", u"plus"_s, QKeySequence::New,
                          [this] { RecordActs(desk(), this).createTask(); });
    m_list->table().addKey(m_answer);
    m_list->header().addButton(m_new);
    m_card = new TaskCard(desk(), {m_open, m_done, m_later, m_answer}, this);
    connect(m_list, &ListPane::currentChanged, this, [this](const QString &id) {
        const auto task = workbench().reader().find<Task>(RecordId(id));
        m_answer->setEnabled(task && task->kind == TaskKind::SupplyInfo);
    });
    m_answer->setEnabled(false);
    m_list->setDetail(m_card);
    m_list->model().setLook(u"due_at"_s, ClockRole, taskClock);
    m_list->model().setSyncColumn(false);
    m_list->hideByDefault({u"created_at"_s});
    connect(m_list, &ListPane::currentChanged, m_card, &TaskCard::show);
    connect(m_list, &ListPane::opened, this, &TodayPage::openSubject);
    connect(&desk().ticker, &ClockTicker::ticked, this, &TodayPage::hideSnoozed);
    connect(&workbench(), &Workbench::meChanged, this, [this] {
        showTasks(); // another team's queue, perhaps
        m_snoozedAt = 0;
        hideSnoozed();
    });
    hideSnoozed();
    showTasks();
}

// What the list shows and the tile counts: his own and those of his team's queue.
FilterSpec TodayPage::openTasks(std::vector<std::vector<Filter>> also) const
{
    FilterSpec open;
    open.all = {Filter::is(u"state"_s, u"open"_s)};
    open.any = std::move(also);
    open.any.push_back({Filter::is(u"assignee_id"_s, workbench().me().id.text()),
                        Filter::is(u"queue_id"_s, workbench().me().teamId.text())});
    return open;
}

void TodayPage::showTasks()
{
    RowQuery tasks;
    tasks.entity = u"task"_s;
    tasks.fields = {u"due_at"_s,     u"kind"_s,     u"title"_s,
                    u"account_id"_s, u"priority"_s, u"created_at"_s};
    tasks.filter = openTasks();
    tasks.order = {{u"due_at"_s, false}};
    m_list->setQuery(tasks,
                     {{u"contact"_s,
                       {"首次联系", "First contact"},
                       {Filter::is(u"kind"_s, u"first_contact"_s)}},
                      {u"visit"_s, {"走访", "Visits"}, {Filter::is(u"kind"_s, u"visit"_s)}},
                      {u"high"_s,
                       {"优先", "High priority"},
                       {Filter::isNot(u"priority"_s, u"normal"_s)}}});
}

void TodayPage::buildNotices()
{
    m_read = addPageAction("today.read", u"check"_s, QKeySequence(u"Shift+M"_s),
                           [this] { run(MarkNotificationRead{}); });
    m_readOne = addPageAction("today.readOne", u"eye"_s, Qt::Key_M, [this] { readOne(); });
    for (QAction *action : {m_read, m_readOne})
        m_told->table().addKey(action);
    m_told->header().addButton(m_read);
    setUpNotices(*m_told, desk());
    connect(m_told, &ListPane::opened, this, &TodayPage::openNotice);
}

void TodayPage::watchCounts()
{
    const QString me = workbench().me().id.text();
    const auto watch = [this](LiveTally *tally, const QString &entity,
                              std::vector<Filter> filters) {
        TallyQuery query;
        query.entity = entity;
        query.filter.all = std::move(filters);
        if (tally->setQuery(query))
            connect(tally, &LiveTally::changed, this, &TodayPage::showCounts);
    };
    watch(m_mine, u"opportunity"_s,
          {Filter::is(u"owner_id"_s, me), Filter::is(u"custody_state"_s, u"claimed"_s)});
    connect(m_tasks, &LiveTally::changed, this, &TodayPage::showCounts);
    watch(m_notices, u"notification"_s,
          {Filter::is(u"staff_id"_s, me), Filter::isEmpty(u"read_at"_s)});
}

void TodayPage::showCounts()
{
    const auto tile = [](const QString &id, const QString &label, qint64 count) {
        KpiValue value;
        value.label = label;
        value.value = QString::number(count);
        return HighlightsBar::Item{id, value};
    };
    m_tiles->setItems({tile(u"claim"_s, tr("To claim"), m_claims->count()),
                       tile(u"mine"_s, tr("Mine under way"), m_mine->count()),
                       tile(u"tasks"_s, tr("Open tasks"), m_tasks->count()),
                       tile(u"notices"_s, tr("Unread notices"), m_notices->count())});
}

void TodayPage::followTile(const QString &id)
{
    if (id == u"tasks" || id == u"notices") {
        // What is counted, whatever the list was narrowed to.
        if (id == u"notices")
            m_told->showFiltered({u"unread"_s});
        else
            m_list->showFiltered({});
        return showFiltered(id);
    }
    if (id == u"claim" && m_claims->count() > 0) {
        showFiltered(u"tasks"_s);
        return m_claims->focusList();
    }
    desk().goTo(u"opportunities"_s, id);
}

void TodayPage::showFiltered(const QString &filter)
{
    const bool notices = filter == u"notices";
    m_views->setCurrentWidget(notices ? static_cast<QWidget *>(m_told) : m_toDo);
    for (ListPane *pane : panes())
        pane->header().views().setCurrent(notices                    ? u"notices"_s
                                              : filter == u"snoozed" ? filter
                                                                     : u"tasks"_s);
    showHeader();
    m_read->setVisible(notices);
    m_readOne->setVisible(notices);
    m_new->setVisible(!notices);
    m_snoozedShown = filter == u"snoozed";
    if (!notices) {
        m_week->setCurrent({});
        m_snoozedAt = 0;
        hideSnoozed();
    }
    (notices ? m_told : m_list)->focusList();
}

// Above the numbers, each list's own: what it says and does is about the list that is shown.
void TodayPage::showHeader()
{
    const bool notices = m_views->currentWidget() == m_told;
    m_list->header().setVisible(!notices);
    m_told->header().setVisible(notices);
}

void TodayPage::showTitle()
{
    const QDate today = businessDate({desk().ticker.nowMs()});
    const QString format = tr("dddd d MMMM", "date format of Qt: weekday, day and month");
    for (ListPane *pane : panes())
        pane->header().setTitle(tr("Today, %1", "date").arg(QLocale().toString(today, format)));
}

void TodayPage::retranslate()
{
    showTitle();
    for (ListPane *pane : panes())
        pane->header().views().setChoices({{u"tasks"_s, tr("To do"), u"clipboard-list"_s},
                                           {u"snoozed"_s, tr("Later", "tasks put off"), u"clock"_s},
                                           {u"notices"_s, tr("Notices"), u"bell"_s}});
    m_list->setListName(tr("What to do"));
    narrow();
    m_told->setListName(tr("Notices"));
    showHeader();
    m_told->setEmpty(tr("No notice yet."),
                     tr("What the server has to tell you appears here by itself."));
    m_done->setText(tr("Done"));
    m_later->setText(tr("In an hour"));
    m_tomorrow->setText(tr("Tomorrow"));
    m_laterDate->setText(tr("On a date …"));
    m_open->setText(tr("Open"));
    m_read->setText(tr("Mark all as read"));
    m_readOne->setText(tr("Mark as read"));
    m_answer->setText(tr("Give the information"));
    m_new->setText(tr("New task"));
    showCounts();
}

void TodayPage::arrive()
{
    (m_views->currentWidget() == m_told ? m_told : m_list)->focusList();
}

bool TodayPage::showRecord(const QString &entity, const QString &id)
{
    if (entity != u"task" || !m_list->table().selectId(id))
        return false;
    showFiltered(u"tasks"_s);
    return true;
}

// What was put off is out of the way until its time has come; by the minute, as nobody waits for
// the second.
void TodayPage::hideSnoozed()
{
    const qint64 now = desk().ticker.nowMs();
    if (now / minute == m_snoozedAt)
        return;
    m_snoozedAt = now / minute;
    showTitle(); // midnight passes too
    const FilterSpec due = openTasks({{Filter::isEmpty(u"snoozed_until"_s),
                                       {u"snoozed_until"_s, FilterOp::LessEqual, {Cell(now)}}}});
    TallyQuery count;
    count.entity = u"task"_s;
    count.filter = due;
    if (!m_tasks->setQuery(count))
        Q_UNREACHABLE();
    watchWeek();
    narrow();
}

// What the list shows of the open tasks: what is put off or not, and the day chosen below it.
void TodayPage::narrow()
{
    const Cell now(desk().ticker.nowMs());
    std::vector<Filter> conditions;
    const QDate chosen = m_week->current();
    if (chosen.isValid())
        conditions = dueWithin(chosen, chosen);
    if (chosen.isValid())
        m_list->setEmpty(tr("Nothing is due on that day."), tr("Choose the day again to see all."));
    else
        m_list->setEmpty(tr("Nothing waits for you."),
                         tr("New opportunities and tasks appear here by themselves."));
    if (m_snoozedShown)
        conditions.push_back({u"snoozed_until"_s, FilterOp::Greater, {now}});
    m_list->setScope(std::move(conditions),
                     m_snoozedShown
                         ? std::vector<Filter>()
                         : std::vector<Filter>{Filter::isEmpty(u"snoozed_until"_s),
                                               {u"snoozed_until"_s, FilterOp::LessEqual, {now}}});
}

// The open tasks of the week that today lies in.
void TodayPage::watchWeek()
{
    const QDate today = businessDate({desk().ticker.nowMs()});
    const QDate monday = today.addDays(1 - today.dayOfWeek());
    RowQuery due;
    due.entity = u"task"_s;
    due.fields = {u"due_at"_s, u"kind"_s};
    due.filter = openTasks();
    for (Filter &condition : dueWithin(monday, monday.addDays(6)))
        due.filter.all.push_back(std::move(condition));
    due.order = {{u"due_at"_s, false}};
    due.limit = 5000;
    m_monday = monday;
    if (!m_dueSoon->setQuery(due))
        Q_UNREACHABLE();
}

void TodayPage::showWeek()
{
    QList<WeekStrip::Day> days;
    for (int i = 0; i < Qt::Sunday; ++i)
        days.append({m_monday.addDays(i)});
    const int dueAt = m_dueSoon->columnOf(u"due_at"_s);
    const int kind = m_dueSoon->columnOf(u"kind"_s);
    for (const ResultRow &row : m_dueSoon->rows()) {
        const QDate date = businessDate({row.cells[std::size_t(dueAt)].integer()});
        WeekStrip::Day &there = days[std::clamp<qsizetype>(m_monday.daysTo(date), 0, 6)];
        const bool visit = row.cells[std::size_t(kind)].text() == keyOf(TaskKind::Visit);
        ++(visit ? there.visits : there.others);
    }
    m_week->setDays(days, businessDate({desk().ticker.nowMs()}));
}

void TodayPage::readOne()
{
    MarkNotificationRead read;
    read.notification = RecordId(m_told->currentId());
    if (!read.notification.isNull())
        run(read);
}

void TodayPage::answer()
{
    const auto task = workbench().reader().find<Task>(RecordId(m_list->currentId()));
    if (task)
        askForAnswer(desk(), this, task->subjectId);
}

void TodayPage::openNotice(const QString &id)
{
    const auto notice = workbench().reader().find<Notification>(RecordId(id));
    if (!notice)
        return;
    MarkNotificationRead read;
    read.notification = notice->id;
    run(read);
    if (!notice->subjectId.isNull())
        desk().openRecord(notice->subjectEntity, notice->subjectId.text());
}

void TodayPage::done()
{
    const auto task = workbench().reader().find<Task>(RecordId(m_list->currentId()));
    if (!task)
        return;
    const auto opportunity = workbench().reader().find<Opportunity>(task->subjectId);
    if (opportunity && endsWithItsAct(*task, *opportunity)) {
        if (task->kind == TaskKind::SupplyInfo)
            return answer();
        return noteFirstContact(desk(), this, opportunity->id);
    }
    CompleteTask command;
    command.task = task->id;
    ReopenTask again;
    again.task = command.task;
    runUndoable(callOf(command), tr("Task done"), callOf(again));
}

void TodayPage::later()
{
    snooze({desk().ticker.nowMs() + hour}, tr("Out of the list for an hour"));
}

void TodayPage::snoozeUntil()
{
    if (m_list->currentId().isEmpty())
        return;
    auto *dialog = new RecordDialog(desk(), u"task"_s, u"snooze"_s, m_list->currentId(),
                                    tr("Put off until …"), this);
    dialog->form().addFields({u"snoozed_until"_s}, {u"snoozed_until"_s});
    dialog->form().allow({u"snoozed_until"_s});
    dialog->form().clear();
    dialog->form().focusField(u"snoozed_until"_s);
    dialog->setCall([id = RecordId(m_list->currentId())](const FieldValues &typed) {
        SnoozeTask command;
        command.task = id;
        if (const auto given = typed.find(u"snoozed_until"_s); given != typed.end())
            command.until = {given->second.integer()};
        return callOf(command);
    });
    dialog->setThen([this](const CommandCall &, const RunOutcome &) {
        m_snoozedAt = 0;
        hideSnoozed();
        desk().toasts.show(tr("Out of the list until then"), BadgeKind::Ok);
    });
    dialog->open();
}

void TodayPage::snooze(Instant until, const QString &done)
{
    const QString id = m_list->currentId();
    if (id.isEmpty())
        return;
    SnoozeTask command;
    command.task = RecordId(id);
    command.until = until;
    SnoozeTask back;
    back.task = command.task;
    back.until = {desk().ticker.nowMs()};
    m_snoozedAt = 0;
    runUndoable(callOf(command), done, callOf(back));
}

void TodayPage::openSubject(const QString &task)
{
    const auto found = workbench().reader().find<Task>(RecordId(task));
    if (!found)
        return;
    if (!found->subjectId.isNull())
        desk().openRecord(found->subjectEntity, found->subjectId.text());
    else if (!found->accountId.isNull())
        desk().openRecord(u"account"_s, found->accountId.text());
}

void TodayPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Workspace::changeEvent(event);
}

} // namespace keydesk
