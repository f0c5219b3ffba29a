#include "ui/pages/customer_lists.h"

#include "ui/pages/child_pane.h"
#include "ui/pages/opportunity_looks.h"
#include "ui/pages/org_chart.h"
#include "ui/pages/record_acts.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/view_switch.h"

#include <QAction>
#include <QEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

CustomerLists::CustomerLists(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_switch(new ViewSwitch(this, ViewSwitch::Wraps))
    , m_views(new QStackedWidget(this))
{
    setObjectName(u"customer360.lists"_s);
    m_switch->setObjectName(u"customer360.switch"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 0, 0, 0);
    layout->addWidget(m_switch);
    layout->addWidget(m_views, 1);
    addChildren(u"people"_s, u"contact"_s,
                {u"name"_s, u"role"_s, u"job_title"_s, u"phone"_s, u"influence"_s, u"attitude"_s,
                 u"reports_to_id"_s, u"department"_s});
    ListPane *opportunities = addList(u"opportunities"_s, u"opportunity"_s,
                                      {u"title"_s, u"custody_state"_s, u"sales_stage"_s,
                                       u"value_fen"_s, u"owner_id"_s},
                                      {u"created_at"_s, true});
    decorateOpportunities(opportunities->model());
    connect(opportunities, &ListPane::opened, this,
            [this](const QString &id) { m_desk.openRecord(u"opportunity"_s, id); });
    addList(u"team"_s, u"assignment"_s,
            {u"staff_id"_s, u"role"_s, u"valid_from"_s, u"valid_until"_s, u"reason"_s},
            {u"valid_from"_s, true});
    addChildren(u"sites"_s, u"account_site"_s,
                {u"name"_s, u"kind"_s, u"district"_s, u"address"_s, u"is_primary"_s});
    ListPane *tasks = addList(u"tasks"_s, u"task"_s,
                              {u"due_at"_s, u"title"_s, u"kind"_s, u"assignee_id"_s},
                              {u"due_at"_s, false}, {Filter::is(u"state"_s, u"open"_s)});
    connect(tasks, &ListPane::opened, this,
            [this](const QString &id) { m_desk.openRecord(u"task"_s, id); });
    m_org = new OrgChart(m_desk, m_views);
    m_views->addWidget(m_org);
    connect(m_org, &OrgChart::opened, this, [this](const RecordId &contact) {
        RecordActs(m_desk, this).edit(u"contact"_s, contact);
    });
    connect(m_switch, &ViewSwitch::changed, this, &CustomerLists::showList);
    retranslate();
    showList(u"people"_s);
}

// Records that are made and changed in their list.
void CustomerLists::addChildren(const QString &name, const QString &entity,
                                const QStringList &fields)
{
    auto *children = new ChildPane(m_desk, u"customer360."_s + name, entity, u"account_id"_s,
                                   fields, m_views);
    children->setUntitled();
    m_views->addWidget(children);
    m_lists.push_back({name, &children->list(), children, {}, {}});
    connect(&children->list().model(), &RecordTableModel::totalChanged, this,
            &CustomerLists::showChoices);
}

ListPane *CustomerLists::addList(const QString &name, const QString &entity,
                                 const QStringList &fields, const SortKey &order,
                                 std::vector<Filter> conditions)
{
    auto *pane = new ListPane(m_desk, u"customer360."_s + name, m_views);
    if (entity != u"task") // its act is in the header
        pane->setCompact();
    m_views->addWidget(pane);
    RowQuery query;
    query.entity = entity;
    query.fields = fields;
    query.order = {order};
    m_lists.push_back({name, pane, nullptr, query, std::move(conditions)});
    connect(&pane->model(), &RecordTableModel::totalChanged, this, &CustomerLists::showChoices);
    return pane;
}

void CustomerLists::show(const RecordId &account)
{
    m_account = account;
    m_org->showOf(account);
    for (List &list : m_lists) {
        if (list.children) {
            list.children->showOf(account);
            continue;
        }
        list.query.filter.all = list.conditions;
        list.query.filter.all.push_back(Filter::is(u"account_id"_s, account.text()));
        list.pane->setQuery(list.query);
    }
}

void CustomerLists::addKey(QAction *action)
{
    for (const List &list : m_lists)
        list.pane->table().addKey(action);
}

void CustomerLists::offerTask(QAction *action)
{
    for (const List &list : m_lists) {
        if (list.name == u"tasks")
            list.pane->header().addButton(action);
    }
}

void CustomerLists::showList(const QString &name)
{
    for (std::size_t i = 0; i < m_lists.size(); ++i)
        if (m_lists[i].name == name)
            m_views->setCurrentIndex(int(i));
    if (name == u"org")
        m_views->setCurrentWidget(m_org);
    m_switch->setCurrent(name);
}

bool CustomerLists::showRecord(const QString &entity, const QString &id)
{
    for (const List &list : m_lists) {
        if (list.pane->model().query().query().entity != entity)
            continue;
        showList(list.name);
        list.pane->select(id);
        return true;
    }
    return false;
}

void CustomerLists::focusList()
{
    const auto at = std::size_t(m_views->currentIndex());
    if (at < m_lists.size())
        m_lists[at].pane->focusList();
    else
        m_org->setFocus();
}

// Each list's name with how many there are.
void CustomerLists::showChoices()
{
    const std::map<QString, QString> words = {{u"people"_s, tr("People")},
                                              {u"opportunities"_s, tr("Opportunities")},
                                              {u"team"_s, tr("In charge")},
                                              {u"sites"_s, tr("Sites")},
                                              {u"tasks"_s, tr("Tasks")}};
    QList<ViewChoice> choices;
    for (const List &list : m_lists) {
        const qint64 count = list.pane->model().query().total();
        const QString &word = words.at(list.name);
        choices.append({list.name, count > 0 ? u"%1 %2"_s.arg(word).arg(count) : word, {}});
    }
    choices.append({u"org"_s, tr("Org chart"), {}});
    m_switch->setChoices(choices);
}

void CustomerLists::retranslate()
{
    showChoices();
    const auto pane = [this](int at) { return m_lists[std::size_t(at)].pane; };
    // What people and sites are called is the business of their panes.
    pane(1)->setListName(tr("Opportunities"));
    pane(1)->setEmpty(tr("No opportunity yet."),
                      tr("What is recorded for this customer appears here."));
    pane(2)->setListName(tr("In charge"));
    pane(2)->setEmpty(tr("Nobody is in charge."), tr("A supervisor assigns the customer."));
    pane(4)->setListName(tr("Open tasks"));
    pane(4)->setEmpty(tr("No open task for this customer."), {});
}

void CustomerLists::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace keydesk
