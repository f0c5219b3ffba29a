#include "ui/pages/claim_list.h"

#include "commands/opportunity_claim.h"
#include "ui/pages/list_pane.h"
#include "ui/pages/opportunity_looks.h"
#include "ui/pages/record_acts.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QHeaderView>
#include <QPointer>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int claimsInSight = 4; // the others are scrolled to

} // namespace

ClaimList::ClaimList(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_title(new TextLabel(TextRole::Section, Token::Text, this))
    , m_list(new ListPane(desk, u"today.claims"_s, this))
    , m_claim(new QAction(icon(u"user-check"_s), {}, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 8);
    layout->setSpacing(4);
    m_title->setBold(true);
    layout->addWidget(m_title);
    layout->addWidget(m_list);
    m_list->setCompact();
    decorateOpportunities(m_list->model());
    m_list->hideByDefault(clockFields());
    m_claim->setObjectName(u"today.claim"_s);
    m_claim->setShortcut(Qt::Key_C);
    m_claim->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(m_claim, &QAction::triggered, this, &ClaimList::claim);
    addAction(m_claim);
    m_list->table().addKey(m_claim);
    ask();
    connect(&desk.workbench, &Workbench::meChanged, this, &ClaimList::ask);
    connect(m_list, &ListPane::opened, this,
            [this](const QString &id) { m_desk.openRecord(u"opportunity"_s, id); });
    const RecordTableModel *rows = &m_list->model();
    connect(rows, &QAbstractItemModel::rowsInserted, this, &ClaimList::fit);
    connect(rows, &QAbstractItemModel::rowsRemoved, this, &ClaimList::fit);
    connect(rows, &QAbstractItemModel::modelReset, this, &ClaimList::fit);
    retranslate();
    fit();
}

// What was dispatched to this person and to the queue of his team, as it is now.
void ClaimList::ask()
{
    const Staff &me = m_desk.workbench.me();
    RowQuery query;
    query.entity = u"opportunity"_s;
    query.fields = QStringList{u"claim_due_at"_s, u"title"_s, u"account_name"_s, u"value_class"_s,
                               u"custody_state"_s}
        + clockFields();
    query.filter.all = {Filter::is(u"custody_state"_s, u"dispatched"_s)};
    query.filter.any = {
        {Filter::is(u"assignee_id"_s, me.id.text()), Filter::is(u"queue_id"_s, me.teamId.text())}};
    query.order = {{u"claim_due_at"_s, false}};
    m_list->setQuery(query);
}

int ClaimList::count() const
{
    return m_list->model().rowCount();
}

void ClaimList::focusList()
{
    m_list->focusList();
}

void ClaimList::fit()
{
    const RecordTable &table = m_list->table();
    const int rows = std::min(count(), claimsInSight);
    m_list->setFixedHeight(table.horizontalHeader()->sizeHint().height()
                           + rows * table.verticalHeader()->defaultSectionSize()
                           + 2 * table.frameWidth() + 2);
    setVisible(count() > 0);
    Q_EMIT counted();
}

void ClaimList::claim()
{
    const RecordId id(m_list->currentId());
    if (id.isNull())
        return;
    ClaimOpportunity command;
    command.opportunity = id;
    UndoClaim undo;
    undo.opportunity = id;
    const QString done = tr("Claimed %1").arg(m_desk.lookup.title(u"opportunity"_s, id.text()));
    m_desk.workbench.run(callOf(command),
                         [this, alive = QPointer(this), done,
                          back = callOf(undo)](const Result<RunOutcome> &outcome) {
                             if (!alive)
                                 return;
                             if (outcome)
                                 RecordActs(m_desk, this).offerUndo(done, outcome->localNo, back);
                             else
                                 m_desk.toasts.show(outcome.error().text(), BadgeKind::Danger);
                         });
}

void ClaimList::retranslate()
{
    m_title->setText(tr("To claim"));
    m_list->setListName(tr("To claim"));
    m_claim->setText(tr("Claim"));
}

void ClaimList::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace keydesk
