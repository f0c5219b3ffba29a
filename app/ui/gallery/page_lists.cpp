#include "ui/gallery/gallery.h"
#include "ui/gallery/gallery_pages.h"
#include "ui/gallery/sample_models.h"
#include "ui/widgets/clock_ticker.h"
#include "ui/widgets/filter_chips.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/kanban_board.h"
#include "ui/widgets/kanban_column.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/record_table.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/view_switch.h"

#include <QAction>
#include <QBoxLayout>
#include <QGridLayout>

using namespace Qt::StringLiterals;

namespace keydesk {

namespace {

QAction *sampleAction(QWidget *owner, const QString &text, const QString &iconName,
                      const QKeySequence &key)
{
    auto *action = new QAction(icon(iconName), text, owner);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    owner->addAction(action);
    return action;
}

PageHeader *sampleHeader(QWidget *page)
{
    auto *header = new PageHeader;
    header->setTitle(Gallery::tr("Opportunities"));
    header->setSubtitle(Gallery::tr("24 of 240"));
    header->views().setChoices({{u"inbox"_s, Gallery::tr("Inbox"), u"inbox"_s},
                                {u"board"_s, Gallery::tr("Board"), u"square-kanban"_s},
                                {u"table"_s, Gallery::tr("Table"), u"list"_s}});
    header->views().setCurrent(u"table"_s);
    header->chips().setChips(
        {{u"mine"_s, Gallery::tr("Mine"), true, false, false, 24},
         {u"team"_s, Gallery::tr("Team"), false, false, false, 96},
         {u"sla"_s, Gallery::tr("Less than 2 hours left"), false, false, false, 3},
         {u"industry"_s, Gallery::tr("Industry"), false, false, true, -1},
         {u"adhoc"_s, Gallery::tr("Region Kunming"), true, true, false, -1}});
    header->enableSearch(Gallery::tr("Filter this list"), page);
    header->addButton(sampleAction(page, Gallery::tr("New opportunity"), u"plus"_s,
                                   QKeySequence(u"Ctrl+N"_s)),
                      Prominence::Primary);
    header->addButton(
        sampleAction(page, Gallery::tr("Export"), u"download"_s, QKeySequence(u"Ctrl+E"_s)));
    return header;
}

RecordTable *sampleTable(ClockTicker &ticker)
{
    auto *table = new RecordTable;
    table->setModel(sampleOpportunities(ticker.nowMs(), table));
    table->setTicker(&ticker);
    table->setListName(Gallery::tr("Opportunities"));
    table->setColumnWidths({128, 84, 230, 240, 110, 110, 100, 120});
    return table;
}

} // namespace

QWidget *makeHeaderPage(ClockTicker &)
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(sampleHeader(page));
    auto *plain = new PageHeader;
    plain->setTitle(Gallery::tr("Today"));
    plain->setSubtitle(Gallery::tr("6 tasks, 2 overdue"));
    plain->views().hide();
    column->addWidget(plain);
    column->addStretch();
    return page;
}

QWidget *makeTablePage(ClockTicker &ticker)
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 12);
    column->setSpacing(0);
    column->addWidget(sampleHeader(page));
    auto *body = new QHBoxLayout;
    body->setContentsMargins(16, 0, 16, 0);
    body->addWidget(sampleTable(ticker));
    column->addLayout(body, 1);
    return page;
}

QWidget *makeStatesPage(ClockTicker &)
{
    const PaneState states[] = {
        {PaneState::EmptyFirstUse,
         Gallery::tr("No visits yet"),
         Gallery::tr("Visits you log appear here and in the customer's timeline."),
         {},
         Gallery::tr("New visit"),
         -1,
         -1},
        {PaneState::EmptyByFilter,
         Gallery::tr("No level-A customer in Kunming"),
         {},
         {},
         {},
         -1,
         -1},
        {PaneState::Loading, Gallery::tr("Reading customers …"), {}, {}, {}, 41'200, 60'000},
        {PaneState::Offline,
         {},
         Gallery::tr("Company figures are kept on the server. As of 09:42."),
         {},
         {},
         -1,
         -1},
        {PaneState::Stale,
         Gallery::tr("This data is 26 hours old"),
         Gallery::tr("Your own changes are in it."),
         {},
         {},
         -1,
         -1},
        {PaneState::Error,
         Gallery::tr("Could not save"),
         Gallery::tr("Your text is kept."),
         u"STORAGE-17"_s,
         {},
         -1,
         -1},
        {PaneState::NoPermission,
         Gallery::tr("Revenue is visible to the owner and supervisors"),
         Gallery::tr("Ask Chen Jie, the supervisor of this customer."),
         {},
         {},
         -1,
         -1},
    };
    auto *page = new QWidget;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(16, 8, 16, 16);
    int at = 0;
    for (const PaneState &state : states) {
        auto *pane = new StatePane;
        pane->setMinimumHeight(210);
        pane->setState(state);
        grid->addWidget(pane, at / 3, at % 3);
        ++at;
    }
    return page;
}

QWidget *makeBoardPage(ClockTicker &ticker)
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(16, 8, 16, 12);
    auto *board = new KanbanBoard;
    const QString titles[] = {Gallery::tr("Lead"), Gallery::tr("Need clear"),
                              Gallery::tr("Solution"), Gallery::tr("Negotiation"),
                              Gallery::tr("Signed")};
    for (int stage = 0; stage < 5; ++stage) {
        KanbanColumn *one = board->addColumn(QString::number(stage), titles[stage]);
        one->setModel(sampleCards(stage, ticker.nowMs(), board));
        one->setTicker(&ticker);
        one->setSummary(stage < 4 ? Gallery::tr("1.2M yuan") : QString());
    }
    board->columns().first()->selectId(u"card-0-1"_s);
    column->addWidget(board);
    return page;
}

QWidget *makeTimelinePage(ClockTicker &ticker)
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(16, 8, 16, 12);
    auto *chips = new FilterChips;
    chips->setChips({{u"all"_s, Gallery::tr("All"), true, false, false, -1},
                     {u"calls"_s, Gallery::tr("Calls"), false, false, false, 12},
                     {u"visits"_s, Gallery::tr("Visits"), false, false, false, 4},
                     {u"faults"_s, Gallery::tr("Faults"), false, false, false, 1}});
    column->addWidget(chips);
    auto *timeline = new Timeline;
    timeline->setListName(Gallery::tr("Timeline"));
    timeline->setModel(sampleEvents(ticker.nowMs(), timeline));
    timeline->setCurrentIndex(timeline->model()->index(1, 0));
    column->addWidget(timeline);
    return page;
}

} // namespace keydesk
