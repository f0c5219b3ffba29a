#include "ui/pages/dispatch_page.h"

#include "base/both_words.h"
#include "domain/opportunity.h"
#include "domain/transfer.h"
#include "rules/routing_facts.h"
#include "ui/pages/dispatch_acts.h"
#include "ui/pages/dispatch_picker.h"
#include "ui/pages/load_pane.h"
#include "ui/pages/opportunity_acts.h"
#include "ui/pages/opportunity_looks.h"
#include "ui/pages/routing_panel.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/view_switch.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int followPauseMs = 100;

} // namespace

DispatchPage::DispatchPage(Desk &desk, QWidget *parent)
    : Workspace(desk, parent)
    , m_views(new QStackedWidget(this))
    , m_list(new ListPane(desk, u"dispatch"_s, m_views))
    , m_load(new LoadPane(desk, m_views))
    , m_acts(new DispatchActs(desk, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->addWidget(m_views);
    m_views->addWidget(m_list);
    m_views->addWidget(m_load);
    for (ListPane *pane : {m_list, &m_load->list()})
        connect(&pane->header().views(), &ViewSwitch::changed, this, &DispatchPage::showView);
    m_list->setDetail(buildDetail());
    decorateDispatch(m_list->model());

    RowQuery query;
    query.entity = u"opportunity"_s;
    // What runs out leads, then what one speaks of it by.
    query.computed = {dispatchDue()};
    query.fields = {u"dispatch_due"_s,   u"no"_s,
                    u"title"_s,          u"custody_state"_s,
                    u"account_name"_s,   u"value_class"_s,
                    u"custody_reason"_s, u"captured_channel"_s,
                    u"transfer_count"_s, u"captured_at"_s,
                    u"custody_since"_s};
    query.filter.all = {Filter::in(u"custody_state"_s,
                                   {u"dispatching"_s, u"returned"_s, u"expired"_s, u"identified"_s,
                                    u"captured"_s, u"needs_info"_s}),
                        Filter::isFilled(u"queue_id"_s)};
    query.order = {{u"dispatch_due"_s, false}, {u"captured_at"_s, false}};
    m_list->hideByDefault({u"custody_since"_s});
    m_list->setQuery(
        query,
        {{u"new"_s, {"未分派", "Unassigned"}, {Filter::is(u"transfer_count"_s, Cell(0))}},
         {u"returned"_s, {"已转回", "Returned"}, {Filter::is(u"custody_state"_s, u"returned"_s)}},
         {u"expired"_s, {"超时", "Expired"}, {Filter::is(u"custody_state"_s, u"expired"_s)}},
         {u"incomplete"_s,
          {"资料不全", "Incomplete"},
          {Filter::is(u"custody_reason"_s, u"incomplete"_s)}},
         {u"asked"_s,
          {"等待补充", "Waiting for information"},
          {Filter::is(u"custody_state"_s, u"needs_info"_s)}}});
    connect(m_list, &ListPane::currentChanged, this, &DispatchPage::showCurrent);
    connect(m_list, &ListPane::opened, this, &DispatchPage::accept);

    m_follow.setSingleShot(true);
    m_follow.setInterval(followPauseMs);
    connect(&m_follow, &QTimer::timeout, this, [this] { showCurrent(m_id); });
    connect(&workbench(), &Workbench::changed, this, &DispatchPage::follow);
    connect(&desk.ticker, &ClockTicker::ticked, this, &DispatchPage::soundBreach);
    connect(m_acts, &DispatchActs::dispatched, m_list, &ListPane::focusList);
    buildKeys();
    retranslate();
    showView(u"queue"_s);
}

void DispatchPage::buildKeys()
{
    const auto id = [this] { return RecordId(m_id); };
    const QList<QAction *> keys = {
        addPageAction("dispatch.ask", u"message-square"_s, Qt::Key_Q,
                      [this, id] { m_acts->askForInfo(id()); }),
        addPageAction("dispatch.invalid", u"circle-x"_s, Qt::Key_X,
                      [this, id] { askToDiscard(this->desk(), this, id()); }),
        addPageAction("dispatch.choose", u"users"_s, Qt::Key_A, [this] { m_people->setFocus(); }),
        addPageAction("dispatch.batch", u"list"_s, Qt::Key_B,
                      [this] { m_acts->dispatchMany(m_list->table().selectedIds()); }),
        addPageAction("dispatch.other", u"search"_s, Qt::Key_P, [this] { chooseOther(); }),
    };
    for (QAction *key : keys)
        m_list->table().addKey(key);
}

QWidget *DispatchPage::buildDetail()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(12, 0, 0, 0);
    m_title = new TextLabel(TextRole::Section, Token::Text, box);
    m_title->setObjectName(u"dispatch.title"_s);
    m_title->setBold(true);
    m_title->setWordWrap(true);
    m_badges = new BadgeLabel(box);
    m_why = new TextLabel(TextRole::Body, Token::Text2, box);
    m_why->setWordWrap(true);
    m_people = new QListWidget(box);
    m_people->setObjectName(u"dispatch.people"_s);
    m_people->setWordWrap(true);
    m_people->setMinimumHeight(Theme::of(this).rowHeight() * 4);
    m_accept = new QPushButton(icon(u"user-check"_s), {}, box);
    m_accept->setObjectName(u"dispatch.accept"_s);
    KeydeskStyle::setProminence(m_accept, Prominence::Primary);
    m_accept->setDefault(true);
    m_other = new QPushButton(icon(u"search"_s), {}, box);
    m_other->setObjectName(u"dispatch.other.button"_s);
    m_ask = new QPushButton(icon(u"message-square"_s), {}, box);
    m_ask->setObjectName(u"dispatch.ask.button"_s);
    m_invalid = new QPushButton(icon(u"circle-x"_s), {}, box);
    m_invalid->setObjectName(u"dispatch.invalid.button"_s);
    auto *others = new QHBoxLayout;
    others->addWidget(m_ask, 1);
    others->addWidget(m_invalid, 1);
    // How it came here has what height is left: a small screen scrolls it.
    auto *past = new QWidget(box);
    m_routed = new RoutingPanel(past);
    m_routed->setObjectName(u"dispatch.routed"_s);
    m_routed->setMostPeople(4);
    m_history = new TextLabel(TextRole::Caption, Token::Muted, past);
    m_history->setWordWrap(true);
    auto *pastLayout = new QVBoxLayout(past);
    pastLayout->setContentsMargins(0, 0, 0, 0);
    pastLayout->addWidget(m_routed);
    pastLayout->addWidget(m_history);
    pastLayout->addStretch(1);
    auto *scroll = new QScrollArea(box);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(past);
    for (QWidget *part : std::initializer_list<QWidget *>{m_title, m_badges, m_why})
        layout->addWidget(part);
    layout->addWidget(m_people, 1);
    layout->addWidget(m_accept);
    layout->addWidget(m_other);
    layout->addLayout(others);
    layout->addWidget(scroll, 1);
    connect(m_accept, &QPushButton::clicked, this, &DispatchPage::accept);
    connect(m_people, &QListWidget::itemActivated, this, &DispatchPage::accept);
    connect(m_other, &QPushButton::clicked, this, &DispatchPage::chooseOther);
    connect(m_ask, &QPushButton::clicked, this, [this] { m_acts->askForInfo(RecordId(m_id)); });
    connect(m_invalid, &QPushButton::clicked, this,
            [this] { askToDiscard(this->desk(), this, RecordId(m_id)); });
    return box;
}

void DispatchPage::retranslate()
{
    for (ListPane *pane : {m_list, &m_load->list()})
        pane->header().views().setChoices(
            {{u"queue"_s, tr("Queue"), u"inbox"_s}, {u"load"_s, tr("Load"), u"users"_s}});
    m_list->header().setTitle(tr("Dispatch"));
    m_list->setListName(tr("To be dispatched"));
    m_list->setEmpty(tr("Nothing waits for a dispatcher."),
                     tr("What the rules could not place, and what was returned, appears here."));
    m_accept->setText(tr("Dispatch to the chosen person (Enter)"));
    m_other->setText(tr("Somebody else or a queue (P)"));
    m_ask->setText(tr("Ask the contact channel"));
    m_invalid->setText(tr("Discard"));
    m_people->setAccessibleName(tr("Suggested people"));
    const std::map<QString, QString> words =
        {{u"dispatch.ask"_s, tr("Ask the contact channel")},
         {u"dispatch.invalid"_s, tr("Discard")},
         {u"dispatch.choose"_s, tr("Choose a person")},
         {u"dispatch.batch"_s, tr("Dispatch the selected ones to their suggestions")},
         {u"dispatch.other"_s, tr("Somebody else or a queue")}};
    for (QAction *action : actions())
        action->setText(words.at(action->objectName()));
    showCurrent(m_id);
}

// Once for each clock that runs out while one works, never for those found that way.
void DispatchPage::soundBreach(qint64 nowMs)
{
    int over = 0;
    for (int row = 0; row < m_list->model().rowCount(); ++row)
        over += m_list->model().cellAt(row, u"dispatch_due"_s).integer() < nowMs ? 1 : 0;
    const int before = std::exchange(m_over, over);
    if (before >= 0 && over > before && workbench().settings().value(setting::breachSound))
        QApplication::beep();
}

void DispatchPage::arrive()
{
    shownPane().focusList();
}

ListPane &DispatchPage::shownPane() const
{
    return m_views->currentWidget() == m_load ? m_load->list() : *m_list;
}

void DispatchPage::showView(const QString &view)
{
    const bool bySwitch = m_views->currentWidget()->isAncestorOf(QApplication::focusWidget());
    m_views->setCurrentWidget(view == u"load" ? static_cast<QWidget *>(m_load) : m_list);
    for (ListPane *pane : {m_list, &m_load->list()})
        pane->header().views().setCurrent(view);
    // Each list has a header of its own: one stays on the switch that was moved.
    auto *place = shownPane().header().findChild<QWidget *>(u"view."_s + view);
    if (bySwitch && place)
        place->setFocus(Qt::TabFocusReason);
}

// Somebody took it, answered for it, or the rules looked at it again. In a batch that happens many
// times a second.
void DispatchPage::follow(const ChangeSet &changes)
{
    if (!m_id.isEmpty() && !m_follow.isActive()
        && (changes.touches(u"opportunity"_s, RecordId(m_id))
            || changes.touches(u"routing_decision"_s)))
        m_follow.start();
}

void DispatchPage::showCurrent(const QString &id)
{
    const QListWidgetItem *at = id == m_id ? m_people->currentItem() : nullptr;
    const QVariant chosen = at ? at->data(Qt::UserRole) : QVariant();
    m_id = id;
    m_people->clear();
    const auto found = workbench().reader().find<Opportunity>(RecordId(id));
    for (QPushButton *button : {m_accept, m_other, m_ask, m_invalid})
        button->setEnabled(found.has_value());
    if (found) {
        const bool open = mayBeGiven(*found);
        m_accept->setEnabled(open);
        m_other->setEnabled(open);
        m_ask->setEnabled(mayMove(found->custodyState, CustodyState::NeedsInfo));
    }
    m_title->setText(found ? found->title : tr("Choose an opportunity."));
    m_why->setText({});
    m_history->setText({});
    for (QWidget *part : std::initializer_list<QWidget *>{m_badges, m_people, m_routed})
        part->setVisible(found.has_value());
    if (!found)
        return;
    QList<Badge> badges{custodyBadge(found->custodyState),
                        {BadgeKind::Neutral, labelOf(found->valueClass)}};
    if (found->custodyReason != CustodyReason::None)
        badges.append({BadgeKind::Neutral, labelOf(found->custodyReason)});
    if (found->transferCount > 1)
        badges.append({BadgeKind::Warn, tr("%n transfers", nullptr, found->transferCount)});
    m_badges->setBadges(badges);
    QStringList why{found->accountName};
    if (!found->needSummary.isEmpty())
        why.append(found->needSummary);
    if (found->custodyState == CustodyState::NeedsInfo)
        why.append(tr("asked: %1", "question to the contact channel").arg(found->infoQuestion));
    else if (!found->infoAnswer.isEmpty())
        why.append(tr("answered: %1").arg(found->infoAnswer));
    m_why->setText(why.join(u" · "_s));
    suggestFor(*found);
    for (int row = 0; row < m_people->count(); ++row) {
        if (chosen.isValid() && m_people->item(row)->data(Qt::UserRole) == chosen)
            m_people->setCurrentRow(row);
    }
    showRouted(*found);
    showHistory(id);
}

// What the rules made of it before it came here.
void DispatchPage::showRouted(const Opportunity &opportunity)
{
    m_routed->setPast(opportunity.transferCount > 0
                      && waitsForDispatcher(opportunity.custodyState));
    m_routed->showRouteOf(opportunity.id, workbench().reader(), desk().lookup);
}

void DispatchPage::showHistory(const QString &id)
{
    QStringList hops;
    for (const Row &row : workbench().reader().store().select(
             workbench().catalog().entity(u"transfer"_s),
             "opportunity_id = ? AND deleted_at IS NULL ORDER BY seq", {Cell(id)})) {
        const Transfer hop = fromRow<Transfer>(row);
        hops.append(labelOf(hop.kind) + u' ' + desk().lookup.title(u"staff"_s, hop.toStaffId.text())
                    + desk().lookup.title(u"team"_s, hop.toQueueId.text())
                    + (hop.note.isEmpty() ? QString() : u" “%1”"_s.arg(chosenWords(hop.note))));
    }
    m_history->setText(hops.join(u" → "_s));
}

// The best three with what speaks for each, by the same rules as on the server.
void DispatchPage::suggestFor(const Opportunity &opportunity)
{
    RoutingFacts facts(workbench().reader().store(), {desk().ticker.nowMs()});
    const RoutingQuestion question = facts.questionFor(opportunity);
    QStringList why;
    for (const RoutingSuggestion &person : suggest(question, facts.candidatesFor(question))) {
        why.clear();
        for (const Label &label : person.why)
            why.append(label.text());
        auto *item = new QListWidgetItem(tr("%1   load %2/%3", "name, open items, capacity")
                                                 .arg(person.name)
                                                 .arg(person.load)
                                                 .arg(person.capacity)
                                             + u'\n'
                                             + why.join(QLocale().language() == QLocale::Chinese
                                                            ? u"，"_s
                                                            : u", "_s),
                                         m_people);
        item->setData(Qt::UserRole, person.staff.text());
    }
    if (m_people->count() > 0)
        m_people->setCurrentRow(0);
    else
        m_people->addItem(tr("No suggestion: choose somebody else or a queue (P)."));
}

void DispatchPage::accept()
{
    const QStringList selected = m_list->table().selectedIds();
    if (m_acts->isSettling())
        return;
    if (selected.size() > 1)
        return m_acts->dispatchMany(selected);
    const QListWidgetItem *item = m_people->currentItem();
    const RecordId staff(item ? item->data(Qt::UserRole).toString() : QString());
    if (!staff.isNull())
        m_acts->dispatch(RecordId(m_id), staff);
}

// Second transfers are a person's decision: everybody and every queue is open to it.
void DispatchPage::chooseOther()
{
    const auto found = workbench().reader().find<Opportunity>(RecordId(m_id));
    if (!found)
        return;
    auto *picker = new DispatchPicker(desk(), *found, this);
    connect(picker, &DispatchPicker::chosen, this,
            [this, id = found->id](const RecordId &staff, const RecordId &queue,
                                   const QString &note) {
                m_acts->dispatch(id, staff, queue, note);
            });
    picker->open();
}

void DispatchPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Workspace::changeEvent(event);
}

} // namespace keydesk
