#include "ui/pages/today_page.h"

#include "commands/staff_commands.h"
#include "commands/task_commands.h"
#include "domain/task.h"
#include "ui/widgets/highlights_bar.h"
#include "ui/widgets/page_header.h"

#include <QEvent>
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

} // namespace

TodayPage::TodayPage(Desk &desk, QWidget *parent)
    : Workspace(desk, parent)
    , m_list(new ListPane(desk, u"today"_s, this))
    , m_tiles(new HighlightsBar(KpiTile::Size::Compact, this))
    , m_toClaim(new LiveTally(desk.workbench.reader(), this))
    , m_mine(new LiveTally(desk.workbench.reader(), this))
    , m_tasks(new LiveTally(desk.workbench.reader(), this))
    , m_notices(new LiveTally(desk.workbench.reader(), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->addWidget(m_tiles);
    layout->addWidget(m_list, 1);

    m_done = addPageAction("today.done", u"check"_s, Qt::Key_D, [this] { done(); });
    m_later = addPageAction("today.later", u"clock"_s, Qt::Key_L, [this] { later(); });
    m_open = addPageAction("today.open", u"external-link"_s, {},
                           [this] { openSubject(m_list->currentId()); });
    m_list->table().addKey(m_done);
    m_list->table().addKey(m_later);
    m_list->header().addButton(m_done, Prominence::Primary);
    m_list->header().addButton(m_later);
    connect(m_list, &ListPane::opened, this, &TodayPage::openSubject);

    m_list->model().setLook(u"due_at"_s, ClockRole, taskClock);
    watchCounts();
    connect(m_tiles, &HighlightsBar::triggered, this, [this](const QString &id) {
        if (id == u"tasks")
            m_list->focusList();
        else if (id == u"notices")
            run(MarkNotificationRead{});
        else
            this->desk().goTo(u"opportunities"_s);
    });
    retranslate();
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
    watch(m_toClaim, u"opportunity"_s,
          {Filter::is(u"assignee_id"_s, me), Filter::is(u"custody_state"_s, u"dispatched"_s)});
    watch(m_mine, u"opportunity"_s,
          {Filter::is(u"owner_id"_s, me), Filter::is(u"custody_state"_s, u"claimed"_s)});
    watch(m_tasks, u"task"_s,
          {Filter::is(u"assignee_id"_s, me), Filter::is(u"state"_s, u"open"_s)});
    watch(m_notices, u"notification"_s,
          {Filter::is(u"staff_id"_s, me), Filter::isEmpty(u"read_at"_s)});

    RowQuery tasks;
    tasks.entity = u"task"_s;
    tasks.fields = {u"due_at"_s,     u"kind"_s,     u"title"_s,
                    u"account_id"_s, u"priority"_s, u"created_at"_s};
    tasks.filter.all = {Filter::is(u"state"_s, u"open"_s)};
    tasks.filter.any = {{Filter::is(u"assignee_id"_s, me),
                         Filter::is(u"queue_id"_s, workbench().me().teamId.text())}};
    tasks.order = {{u"due_at"_s, false}};
    m_list->setQuery(tasks);
}

void TodayPage::showCounts()
{
    const auto tile = [](const QString &id, const QString &label, qint64 count) {
        KpiValue value;
        value.label = label;
        value.value = QString::number(count);
        return HighlightsBar::Item{id, value};
    };
    m_tiles->setItems({tile(u"claim"_s, tr("To claim"), m_toClaim->count()),
                       tile(u"mine"_s, tr("Mine under way"), m_mine->count()),
                       tile(u"tasks"_s, tr("Open tasks"), m_tasks->count()),
                       tile(u"notices"_s, tr("Unread notices"), m_notices->count())});
}

void TodayPage::retranslate()
{
    m_list->header().setTitle(tr("Today"));
    m_list->setListName(tr("What to do"));
    m_list->setEmpty(tr("Nothing waits for you."),
                     tr("New opportunities and tasks appear here by themselves."));
    m_done->setText(tr("Done"));
    m_later->setText(tr("In an hour"));
    m_open->setText(tr("Open"));
    showCounts();
}

void TodayPage::arrive()
{
    m_list->focusList();
}

bool TodayPage::showRecord(const QString &entity, const QString &id)
{
    return entity == u"task" && m_list->select(id);
}

void TodayPage::done()
{
    const QString id = m_list->currentId();
    if (id.isEmpty())
        return;
    CompleteTask command;
    command.task = RecordId(id);
    run(command, [this](const RunOutcome &outcome) {
        desk().toasts.showUndo(tr("Task done"), [this, localNo = outcome.localNo] {
            workbench().withdraw(localNo, [this](const Result<> &withdrawn) {
                if (!withdrawn)
                    desk().toasts.show(tr("It has been sent already."), BadgeKind::Warn);
            });
        });
    });
}

void TodayPage::later()
{
    const QString id = m_list->currentId();
    if (id.isEmpty())
        return;
    SnoozeTask command;
    command.task = RecordId(id);
    command.until = {desk().ticker.nowMs() + hour};
    run(command);
}

void TodayPage::openSubject(const QString &task)
{
    const auto found = workbench().reader().find<Task>(RecordId(task));
    if (found && !found->subjectId.isNull())
        desk().openRecord(found->subjectEntity, found->subjectId.text());
}

void TodayPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Workspace::changeEvent(event);
}

} // namespace keydesk
