#include "ui/pages/customers_page.h"

#include "commands/record_commands.h"
#include "domain/account.h"
#include "ui/pages/customer_360.h"
#include "ui/pages/record_acts.h"
#include "ui/widgets/page_header.h"

#include <QEvent>
#include <QKeyEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// "open_count": how many opportunities of the customer are not closed.
ComputedField openOpportunities()
{
    ComputedField open;
    open.field.name = u"open_count"_s;
    open.field.label = {"在办商机", "Open opp."};
    open.field.kind = Kind::Integer;
    open.sql = "(SELECT count(*) FROM opportunity o WHERE o.account_id = t.id "
               "AND o.closed_at IS NULL AND o.deleted_at IS NULL)";
    open.tables = {u"opportunity"_s};
    return open;
}

} // namespace

CustomersPage::CustomersPage(Desk &desk, QWidget *parent)
    : Workspace(desk, parent)
    , m_views(new QStackedWidget(this))
    , m_list(new ListPane(desk, u"customers"_s, m_views))
    , m_detail(new Customer360(desk, m_views))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->addWidget(m_views);
    m_views->addWidget(m_list);
    m_views->addWidget(m_detail);

    RowQuery query;
    query.entity = u"account"_s;
    query.computed = {openOpportunities()};
    query
        .fields = {u"name"_s,          u"value_class"_s,     u"owner_staff_id"_s,  u"open_count"_s,
                   u"service_level"_s, u"mgmt_tier"_s,       u"status"_s,          u"industry_id"_s,
                   u"area_id"_s,       u"spend_month_fen"_s, u"last_contact_at"_s, u"group_code"_s,
                   u"employees"_s};
    query.order = {{u"name"_s, false}};
    m_list->setQuery(query,
                     {{u"ab"_s,
                       {"A/B 类", "Class A/B"},
                       {Filter::in(u"value_class"_s,
                                   {keyOf(ValueClass::A), keyOf(ValueClass::B)})}},
                      {u"risk"_s,
                       {"有流失风险", "At risk"},
                       {Filter::is(u"status"_s, keyOf(AccountStatus::AtRisk))}},
                      {u"potential"_s,
                       {"潜在客户", "Potential"},
                       {Filter::is(u"status"_s, keyOf(AccountStatus::Potential))}},
                      {u"tier"_s,
                       {"一级", "Tier one"},
                       {Filter::is(u"mgmt_tier"_s, keyOf(MgmtTier::One))}}});
    connect(m_list, &ListPane::opened, this, &CustomersPage::open);
    connect(m_detail, &Customer360::backRequested, this, &CustomersPage::showList);

    CreateRecord making;
    making.entity = u"account"_s;
    m_new = addPageAction("customers.new", u"plus"_s, QKeySequence::New, [this] { startNew(); });
    m_new->setEnabled(bool(workbench().mayRun(callOf(making))));
    m_new->setVisible(m_new->isEnabled());
    m_list->header().addButton(m_new);
    connect(m_list, &ListPane::emptyAction, this, &CustomersPage::startNew);
    m_open = addPageAction("customers.open", u"external-link"_s, {},
                           [this] { open(m_list->currentId()); });
    m_next = addPageAction("customers.next", u"arrow-down"_s, QKeySequence(u"Ctrl+Down"_s),
                           [this] { neighbour(1); });
    m_previous = addPageAction("customers.previous", u"arrow-up"_s, QKeySequence(u"Ctrl+Up"_s),
                               [this] { neighbour(-1); });
    for (QAction *leafs : {m_next, m_previous})
        leafs->setAutoRepeat(true);
    m_back = addPageAction("customers.back", u"arrow-left"_s, {}, [this] { showList(); });
    retranslate();
}

void CustomersPage::retranslate()
{
    m_list->header().setTitle(tr("Customers"));
    m_list->setListName(tr("Customers"));
    m_list->setEmpty(tr("No customer is assigned to you."),
                     tr("Ask your supervisor to assign customers to you."),
                     m_new->isEnabled() ? tr("New customer") : QString());
    m_new->setText(tr("New customer"));
    m_open->setText(tr("Open customer"));
    m_next->setText(tr("Next customer"));
    m_previous->setText(tr("Previous customer"));
    m_back->setText(tr("Back to the list"));
}

// Where one was: coming back to a customer must not lose him.
void CustomersPage::arrive()
{
    if (m_views->currentWidget() == m_detail)
        m_detail->takeFocus();
    else
        m_list->focusList();
}

void CustomersPage::showList()
{
    m_views->setCurrentWidget(m_list);
    if (isVisible())
        m_list->focusList();
}

QList<QAction *> CustomersPage::pageActions() const
{
    return m_views->currentWidget() == m_detail ? m_detail->actions() + actions() : actions();
}

// Whoever made it looks after it or passes it on; either way it is opened at once.
void CustomersPage::startNew()
{
    if (!m_new->isEnabled())
        return;
    RecordActs(desk(), this).create(u"account"_s, {}, [this](const RecordId &id) {
        m_list->select(id.text());
        open(id.text());
    });
}

void CustomersPage::open(const QString &id)
{
    if (!m_detail->show(RecordId(id))) {
        desk().toasts.show(tr("This customer is not on this PC."), BadgeKind::Warn);
        return;
    }
    m_views->setCurrentWidget(m_detail);
    m_detail->takeFocus();
}

bool CustomersPage::showRecord(const QString &entity, const QString &id)
{
    QString account = id;
    if (entity == u"contact" || entity == u"account_site") {
        const auto row = workbench().reader().findRow(entity, RecordId(id));
        if (!row)
            return false;
        account = workbench().catalog().entity(entity).cell(*row, u"account_id"_s).text();
    } else if (entity != u"account") {
        return false;
    }
    m_list->select(account);
    if (!m_detail->show(RecordId(account)))
        return false;
    m_views->setCurrentWidget(m_detail);
    if (entity != u"account")
        m_detail->showPart(entity, id);
    return true;
}

// To the record before or after in the list, without going back to it.
void CustomersPage::neighbour(int step)
{
    const RecordTableModel &model = m_list->model();
    const int row = model.rowOf(m_detail->account().text()) + step;
    if (m_views->currentWidget() != m_detail || row < 0 || row >= model.rowCount())
        return;
    m_list->select(model.idAt(row));
    open(model.idAt(row));
}

void CustomersPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_views->currentWidget() == m_detail)
        return showList();
    Workspace::keyPressEvent(event);
}

void CustomersPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Workspace::changeEvent(event);
}

} // namespace keydesk
