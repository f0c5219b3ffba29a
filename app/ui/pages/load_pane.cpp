#include "ui/pages/load_pane.h"

#include "rules/routing_facts.h"
#include "ui/widgets/bar_chart.h"
#include "ui/widgets/page_header.h"

#include <QEvent>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostAreas = 1000; // also ends a circle that somebody edited into them

ComputedField counted(const QString &name, const Label &label, const QByteArray &sql)
{
    ComputedField field;
    field.field.name = name;
    field.field.label = label;
    field.field.kind = Kind::Integer;
    field.sql = sql;
    field.tables = {u"opportunity"_s};
    return field;
}

} // namespace

LoadPane::LoadPane(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_list(new ListPane(desk, u"dispatch.load"_s, this))
    , m_chart(new BarChart(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list);
    m_chart->setObjectName(u"dispatch.load.chart"_s);
    m_chart->setMinimumWidth(300);
    m_list->setDetail(m_chart, 3);
    m_list->model().setSyncColumn(false);
    // Whoever carries more than he can stands out.
    m_list->model().setLook(u"load"_s, BadgeRole, [](const RecordTableModel &rows, int row) {
        const qint64 load = rows.cellAt(row, u"load"_s).integer();
        const qint64 most = rows.cellAt(row, u"capacity"_s).integer();
        return QVariant::fromValue(Badge{load >= most               ? BadgeKind::Danger
                                             : load * 5 >= most * 4 ? BadgeKind::Warn
                                                                    : BadgeKind::Neutral,
                                         u"%1 / %2"_s.arg(load).arg(most)});
    });
    ask();
    connect(&m_list->model().query(), &LiveQuery::finished, this, &LoadPane::showBars);
    connect(m_list, &ListPane::opened, this, &LoadPane::open);
    connect(m_chart, &BarChart::activated, this, &LoadPane::open);
    retranslate();
}

void LoadPane::ask()
{
    const PersonLoadSql sql("t.id");
    RowQuery query;
    query.entity = u"staff"_s;
    query.computed = {counted(u"load"_s, {"负荷/容量", "Load / capacity"}, sql.load),
                      counted(u"held"_s, {"已认领", "Claimed"}, sql.held),
                      counted(u"offered"_s, {"待认领", "To be claimed"}, sql.offered)};
    query.fields = {u"name"_s,    u"load"_s,     u"held"_s, u"offered"_s,
                    u"team_id"_s, u"capacity"_s, u"roles"_s};
    query.filter.all = {Filter::is(u"status"_s, u"active"_s), Filter::in(u"area_id"_s, areas())};
    std::vector<Filter> sellers;
    for (const Role role : sellingRoles)
        sellers.push_back({u"roles"_s, FilterOp::Contains, {Cell(keyOf(role))}});
    query.filter.any = {sellers};
    query.order = {{u"load"_s, true}, {u"name"_s, false}};
    query.limit = 2000;
    m_list->hideByDefault({u"capacity"_s, u"roles"_s});
    m_list->setQuery(query,
                     {{u"am"_s,
                       {"客户经理", "Account managers"},
                       {{u"roles"_s, FilterOp::Contains, {Cell(keyOf(Role::AccountManager))}}}},
                      {u"partner"_s,
                       {"社会渠道", "Partners"},
                       {{u"roles"_s, FilterOp::Contains, {Cell(keyOf(Role::PartnerAgent))}}}}});
}

// Where this person dispatches: of people elsewhere he sees no opportunities to count.
QStringList LoadPane::areas() const
{
    QStringList within{m_desk.workbench.me().areaId.text()};
    for (qsizetype next = 0; next < within.size() && within.size() < mostAreas; ++next) {
        for (const Row &row :
             m_desk.workbench.reader().store().select(m_desk.workbench.catalog().entity(u"area"_s),
                                                      "parent_id = ? AND deleted_at IS NULL",
                                                      {Cell(within[next])}))
            within.append(row[common_column::Id].text());
    }
    return within;
}

// The bars follow the list: its filter, its order.
void LoadPane::showBars()
{
    const RecordTableModel &rows = m_list->model();
    QList<BarChart::Bar> bars;
    for (int row = 0; row < rows.rowCount() && row < BarChart::mostBars; ++row)
        bars.append({rows.idAt(row),
                     rows.textAt(row, u"name"_s),
                     {double(rows.cellAt(row, u"held"_s).integer()),
                      double(rows.cellAt(row, u"offered"_s).integer())}});
    m_chart->setBars(bars);
    m_chart->setSummary(
        bars.isEmpty()
            ? tr("Nobody is in the list.")
            : tr("Open opportunities by person: %1 has most, %2 claimed and %3 to be claimed.")
                  .arg(bars.first().label)
                  .arg(bars.first().parts[0])
                  .arg(bars.first().parts[1]));
}

void LoadPane::open(const QString &person) const
{
    m_desk.goTo(u"opportunities"_s, u"holder/"_s + person);
}

void LoadPane::retranslate()
{
    m_list->header().setTitle(tr("Dispatch"));
    m_list->setListName(tr("Load by person"));
    m_list->setEmpty(tr("Nobody here may be given opportunities."), {});
    m_chart->setParts({labelOf(CustodyState::Claimed), labelOf(CustodyState::Dispatched)});
    showBars();
}

void LoadPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace keydesk
