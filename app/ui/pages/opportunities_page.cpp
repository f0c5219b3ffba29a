#include "ui/pages/opportunities_page.h"

#include "base/money_text.h"
#include "domain/custody.h"
#include "ui/pages/opportunity_detail.h"
#include "ui/pages/opportunity_looks.h"
#include "ui/widgets/filter_chips.h"
#include "ui/widgets/kanban_board.h"
#include "ui/widgets/kanban_column.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/view_switch.h"

#include <QApplication>
#include <QEvent>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr SalesStage boardStages[] = {SalesStage::Talk,        SalesStage::Need,
                                      SalesStage::PreProposal, SalesStage::Proposal,
                                      SalesStage::Negotiation, SalesStage::Signing};

// Who leads looks at what his scope holds; the server gave him no more than that.
bool seesOthersWork(const Staff &person)
{
    constexpr Role leading[] = {Role::Supervisor, Role::DeptManager, Role::Executive,
                                Role::FinanceManager};
    return std::any_of(std::begin(leading), std::end(leading),
                       [&person](Role role) { return person.roles.contains(role); });
}

} // namespace

OpportunitiesPage::OpportunitiesPage(Desk &desk, QWidget *parent)
    : Workspace(desk, parent)
    , m_views(new QStackedWidget(this))
    , m_list(new ListPane(desk, u"opportunities"_s, this))
    , m_board(new KanbanBoard(this))
    , m_detail(new OpportunityDetail(desk, this))
    , m_sums(new LiveTally(desk.workbench.reader(), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    auto *across = new QSplitter(Qt::Horizontal, this);
    across->setChildrenCollapsible(false);
    layout->addWidget(across);
    auto *left = new QWidget(across);
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->addWidget(&m_list->header());
    m_views->addWidget(m_list);
    m_views->addWidget(m_board);
    leftLayout->addWidget(m_views, 1);
    across->addWidget(m_detail);
    across->setStretchFactor(0, 5);
    across->setStretchFactor(1, 4);
    left->setMinimumWidth(460);
    m_detail->setMinimumWidth(360);
    across->setSizes({700, 500});
    // The position is the user's: kept over the end of the program.
    const QString place = u"opportunities.across"_s;
    across->restoreState(desk.workbench.settings().state(place));
    connect(across, &QSplitter::splitterMoved, this, [this, across, place] {
        workbench().settings().saveState(place, across->saveState());
    });

    buildList();
    buildBoard();
    retranslate();
    connect(&m_list->header().views(), &ViewSwitch::changed, this, &OpportunitiesPage::switchView);
    showView(u"inbox"_s);
}

void OpportunitiesPage::buildList()
{
    decorateOpportunities(m_list->model());
    // The clocks of the inbox are counted from these.
    m_list->hideByDefault(clockFields());
    connect(m_list, &ListPane::currentChanged, this, [this](const QString &id) {
        if (!isBoard()) // what happens to a list out of sight is no choice of anybody
            m_detail->showOpportunity(id);
    });
    for (QAction *action : m_detail->actions()) {
        m_list->table().addKey(action);
        m_list->addAction(action);
    }
}

FilterSpec OpportunitiesPage::onBoard() const
{
    FilterSpec filter;
    filter.all = {Filter::is(u"custody_state"_s, keyOf(CustodyState::Claimed))};
    if (!seesOthersWork(workbench().me()))
        filter.all.push_back(Filter::is(u"owner_id"_s, workbench().me().id.text()));
    return filter;
}

void OpportunitiesPage::buildBoard()
{
    for (SalesStage stage : boardStages)
        addStage(stage);
    TallyQuery sums;
    sums.entity = u"opportunity"_s;
    sums.groupBy = u"sales_stage"_s;
    sums.sum = u"value_fen"_s;
    sums.filter = onBoard();
    if (!m_sums->setQuery(sums))
        Q_UNREACHABLE();
    connect(m_sums, &LiveTally::changed, this, &OpportunitiesPage::showSums);
    connect(m_board, &KanbanBoard::currentIdChanged, this, [this](const QString &id) {
        if (isBoard())
            m_detail->showOpportunity(id);
    });
    connect(m_board, &KanbanBoard::moveRequested, this, &OpportunitiesPage::moveCard);
}

void OpportunitiesPage::addStage(SalesStage stage)
{
    auto *model = new RecordTableModel(workbench().reader(), desk().lookup, this);
    RowQuery query;
    query.entity = u"opportunity"_s;
    query.fields = {u"title"_s,        u"account_name"_s, u"value_fen"_s,  u"next_step"_s,
                    u"next_step_on"_s, u"owner_id"_s,     u"value_class"_s};
    query.filter = onBoard();
    query.filter.all.push_back(Filter::is(u"sales_stage"_s, keyOf(stage)));
    query.order = {{u"next_step_on"_s, false}};
    decorateCards(*model);
    if (!model->setQuery(query))
        Q_UNREACHABLE();
    KanbanColumn *column = m_board->addColumn(keyOf(stage), labelOf(stage));
    column->setTicker(&desk().ticker);
    column->setModel(model);
    for (QAction *action : m_detail->actions())
        column->addKey(action);
}

void OpportunitiesPage::showSums()
{
    for (KanbanColumn *column : m_board->columns()) {
        const Tally stage = m_sums->of(Cell(column->id()));
        column->setSummary(stage.count == 0 ? QString()
                                            : shortMoney({stage.sum}, QLocale().language()));
    }
}

bool OpportunitiesPage::isBoard() const
{
    return m_view == u"board";
}

void OpportunitiesPage::moveCard(const QString &card, const QString &column)
{
    m_detail->showOpportunity(card);
    m_detail->moveTo(fromKey<SalesStage>(column));
}

// The record beside them stays where the other view holds it, and is the current one there.
void OpportunitiesPage::switchView(const QString &view)
{
    const QString id = m_detail->currentId();
    const bool wasBoard = isBoard();
    if (wasBoard)
        m_list->table().selectId(id);
    showView(view);
    if (isBoard())
        m_board->wantId(id);
    else if (wasBoard && !m_list->currentId().isEmpty())
        m_detail->showOpportunity(m_list->currentId());
}

void OpportunitiesPage::showView(const QString &view)
{
    m_view = view;
    m_list->header().views().setCurrent(view);
    // Hiding what holds the focus would send it through the form, which scrolls after it.
    const bool hadFocus = m_views->isAncestorOf(QApplication::focusWidget());
    if (hadFocus)
        m_views->setFocus();
    m_views->setCurrentWidget(isBoard() ? static_cast<QWidget *>(m_board) : m_list);
    // Filters, columns and export are the list's: on the board they would act on what is hidden.
    const bool board = isBoard();
    m_list->header().chips().setVisible(!board);
    m_list->header().searchField().setVisible(!board);
    m_list->exportAction()->setVisible(!board);
    m_list->header().setSubtitleVisible(!board);
    if (!board)
        showList();
    if (hadFocus)
        arrive();
}

void OpportunitiesPage::showList()
{
    const QString me = workbench().me().id.text();
    RowQuery query;
    query.entity = u"opportunity"_s;
    query.limit = 500;
    std::vector<ListFilter> filters = {
        {u"claim"_s, {"待认领", "To claim"}, {Filter::is(u"custody_state"_s, u"dispatched"_s)}},
        {u"claimed"_s, {"已认领", "Claimed"}, {Filter::is(u"custody_state"_s, u"claimed"_s)}},
        {u"mine"_s, {"我的", "Mine"}, {Filter::is(u"owner_id"_s, me)}},
        {u"captured"_s, {"我采集的", "Captured by me"}, {Filter::is(u"captured_by"_s, me)}},
    };
    if (m_view == u"inbox") {
        query.fields = {u"claim_due_at"_s, u"title"_s,     u"account_name"_s, u"custody_state"_s,
                        u"sales_stage"_s,  u"value_fen"_s, u"assignee_id"_s};
        query.fields += clockFields();
        query.filter.any = {{Filter::is(u"owner_id"_s, me), Filter::is(u"assignee_id"_s, me),
                             Filter::is(u"follower_id"_s, me), Filter::is(u"captured_by"_s, me)}};
        // What is over is in the table, not among what waits.
        query.filter.all = {Filter::isEmpty(u"closed_at"_s)};
        query.order = {{u"custody_state"_s, false}, {u"claim_due_at"_s, false}};
    } else {
        query.fields = {u"no"_s,
                        u"title"_s,
                        u"account_name"_s,
                        u"kind"_s,
                        u"custody_state"_s,
                        u"sales_stage"_s,
                        u"value_fen"_s,
                        u"prob_bp"_s,
                        u"next_step"_s,
                        u"next_step_on"_s,
                        u"captured_channel"_s,
                        u"owner_id"_s,
                        u"created_at"_s};
        query.order = {{u"created_at"_s, true}};
    }
    if (!m_holder.isEmpty()) {
        query.computed = {holderOf()};
        filters.push_back(
            {u"holder"_s,
             {"在办：", "Open with "},
             {Filter::is(u"holder_id"_s, m_holder),
              Filter::in(u"custody_state"_s,
                         {keyOf(CustodyState::Dispatched), keyOf(CustodyState::Claimed)})},
             desk().lookup.title(u"staff"_s, m_holder)});
    }
    m_list->setQuery(query, filters);
}

void OpportunitiesPage::retranslate()
{
    m_list->header().setTitle(tr("Opportunities"));
    m_list->header().views().setChoices({{u"inbox"_s, tr("Inbox"), u"inbox"_s},
                                         {u"board"_s, tr("Board"), u"square-kanban"_s},
                                         {u"table"_s, tr("Table"), u"list"_s}});
    m_list->setListName(tr("Opportunities"));
    m_list->header().searchField().setVisible(!isBoard());
    m_list->setEmpty(tr("No opportunity here."),
                     tr("What is dispatched to you appears here by itself."));
    for (KanbanColumn *column : m_board->columns())
        column->setTitle(labelOf(fromKey<SalesStage>(column->id())));
    showSums();
}

QList<QAction *> OpportunitiesPage::pageActions() const
{
    return m_detail->actions() + actions();
}

void OpportunitiesPage::arrive()
{
    if (isBoard())
        m_board->setFocus();
    else
        m_list->focusList();
}

bool OpportunitiesPage::showRecord(const QString &entity, const QString &id)
{
    if (entity != u"opportunity")
        return false;
    if (!workbench().reader().findRow(entity, RecordId(id)))
        return false;
    m_list->clearSearch(); // it might hide what is to be shown
    m_list->table().wantId(id);
    showView(u"table"_s);
    m_detail->showOpportunity(id);
    return true;
}

void OpportunitiesPage::showFiltered(const QString &filter)
{
    const QString ofPerson = u"holder/"_s;
    if (filter.startsWith(ofPerson))
        return showHolder(filter.mid(ofPerson.size()));
    showView(u"inbox"_s);
    m_list->showFiltered({filter});
}

// What one person holds or has been given: the records behind his load.
void OpportunitiesPage::showHolder(const QString &person)
{
    m_list->clearSearch();
    m_holder = person;
    showView(u"table"_s);
    m_list->showFiltered({u"holder"_s});
}

void OpportunitiesPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Workspace::changeEvent(event);
}

} // namespace keydesk
