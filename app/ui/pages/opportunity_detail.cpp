#include "ui/pages/opportunity_detail.h"

#include "base/both_words.h"
#include "commands/edit_record.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_stage.h"
#include "commands/opportunity_transfer.h"
#include "commands/record_commands.h"
#include "commands/task_commands.h"
#include "ui/pages/ask_dialog.h"
#include "ui/pages/child_pane.h"
#include "ui/pages/note_edit.h"
#include "ui/pages/opportunity_acts.h"
#include "ui/pages/opportunity_form.h"
#include "ui/pages/opportunity_head.h"
#include "ui/pages/record_acts.h"
#include "ui/pages/routing_panel.h"
#include "ui/pages/timeline_model.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/state_pane.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/view_switch.h"

#include <QEvent>
#include <QMenu>
#include <QPointer>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

OpportunityDetail::OpportunityDetail(Desk &desk, QWidget *parent)
    : Workspace(desk, parent)
{
    setObjectName(u"opportunity.detail"_s);
    m_claim = addPageAction("opportunity.claim", u"user-check"_s, Qt::Key_C, [this] { claim(); });
    m_return = addPageAction("opportunity.return", u"corner-up-left"_s, Qt::Key_R,
                             [this] { askToReturn(this->desk(), this, m_opportunity); });
    m_forward = addPageAction("opportunity.forward", u"arrow-right"_s,
                              QKeySequence(u"Ctrl+Right"_s), [this] { step(1); });
    m_back = addPageAction("opportunity.back", u"arrow-left"_s, QKeySequence(u"Ctrl+Left"_s),
                           [this] { step(-1); });
    m_contact = addPageAction("opportunity.contact", u"phone-call"_s, Qt::Key_F, [this] {
        m_message->hide();
        noteFirstContact(this->desk(), this, RecordId(m_id));
    });
    m_task = addPageAction("opportunity.task", u"clipboard-list"_s, Qt::Key_T, [this] {
        RecordActs(this->desk(), this).createTask(u"opportunity"_s, RecordId(m_id));
    });
    m_note = addPageAction("opportunity.writeNote", u"sticky-note"_s, Qt::Key_N, [this] {
        showPart(u"story"_s);
        m_noteText->setFocus();
    });
    m_edit = addPageAction("opportunity.edit", u"pencil"_s, Qt::Key_E,
                           [this] { showElement(Element::Basic); });
    m_lose = addPageAction("opportunity.lose", u"circle-x"_s, Qt::Key_X, [this] { lose(); });
    m_acts = new OpportunityActs(desk, this);
    build();
    retranslate();
    showPart(u"elements"_s);
    showOpportunity({});
    connect(&workbench(), &Workbench::changed, this, [this](const ChangeSet &changes) {
        if (m_id.isEmpty())
            return;
        if (changes.touches(u"opportunity"_s, RecordId(m_id)))
            refresh();
        else if (changes.touches(u"routing_decision"_s))
            showOpportunity(m_id); // the form has nothing of it
    });
}

void OpportunityDetail::build()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(12, 0, 0, 0);
    m_empty = new StatePane(this);
    m_body = new QWidget(this);
    outer->addWidget(m_empty, 1);
    outer->addWidget(m_body, 1);

    auto *layout = new QVBoxLayout(m_body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_head = new OpportunityHead(desk(), m_body);
    layout->addWidget(m_head);
    connect(m_head, &OpportunityHead::stageActivated, this, &OpportunityDetail::moveTo);
    connect(m_head, &OpportunityHead::elementActivated, this, &OpportunityDetail::showElement);
    layout->addWidget(buildActs());
    m_asked = new InlineMessage(m_body);
    m_asked->setObjectName(u"opportunity.asked"_s);
    m_asked->addButton(m_acts->answerAction());
    layout->addWidget(m_asked);
    m_message = new InlineMessage(m_body);
    m_message->setObjectName(u"opportunity.message"_s);
    m_message->setClosable(true);
    m_message->hide();
    layout->addWidget(m_message);
    m_parts = new ViewSwitch(m_body);
    m_parts->setObjectName(u"opportunity.parts"_s);
    layout->addWidget(m_parts, 0, Qt::AlignLeft);
    m_pages = new QStackedWidget(m_body);
    layout->addWidget(m_pages, 1);
    m_form = new OpportunityForm(desk(), m_body);
    m_pages->addWidget(m_form);
    connect(m_form, &OpportunityForm::refused, this, &OpportunityDetail::explain);
    connect(m_form, &OpportunityForm::saved, this, [this] {
        m_message->hide();
        desk().toasts.show(tr("Saved on this PC; it is sent by itself."), BadgeKind::Ok);
    });
    m_items = new ChildPane(desk(), u"opportunity.items"_s, u"opportunity_item"_s,
                            u"opportunity_id"_s,
                            {u"product_id"_s, u"action"_s, u"quantity"_s, u"monthly_fen"_s,
                             u"one_off_fen"_s, u"term_months"_s},
                            m_body);
    m_items->setUntitled();
    m_pages->addWidget(m_items);
    m_pages->addWidget(buildRoute());
    m_pages->addWidget(buildStory());
    connect(m_parts, &ViewSwitch::changed, this, &OpportunityDetail::showPart);
}

// They wrap: English names are twice as long as Chinese ones.
QWidget *OpportunityDetail::buildActs()
{
    auto *acts = new QWidget(m_body);
    auto *flow = new FlowLayout(acts, 4);
    for (QAction *action : {m_claim, m_contact, m_return, m_back, m_forward, m_lose}) {
        auto *button = new QToolButton(acts);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setObjectName(action->objectName() + u".button"_s);
        flow->addWidget(button);
    }
    flow->addWidget(makeMoreButton());
    return acts;
}

QWidget *OpportunityDetail::buildRoute()
{
    auto *scroll = new QScrollArea(m_body);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *inside = new QWidget(scroll);
    auto *layout = new QVBoxLayout(inside);
    layout->setContentsMargins(0, 0, 8, 0);
    m_route = new RoutingPanel(inside);
    m_route->setObjectName(u"opportunity.routing"_s);
    layout->addWidget(m_route);
    layout->addStretch(1);
    scroll->setWidget(inside);
    return scroll;
}

QWidget *OpportunityDetail::buildStory()
{
    auto *box = new QWidget(m_body);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_noteText = new NoteEdit(desk(), box);
    m_noteText->setObjectName(u"opportunity.note"_s);
    layout->addWidget(m_noteText);
    m_timeline = new Timeline(box);
    m_timeline->setObjectName(u"opportunity.timeline"_s);
    m_events = new TimelineModel(workbench().reader(), desk().lookup, this);
    m_timeline->setModel(m_events);
    layout->addWidget(m_timeline, 1);
    return box;
}

// The rarer acts, with their keys beside them.
QToolButton *OpportunityDetail::makeMoreButton()
{
    m_more = new QToolButton(m_body);
    m_more->setObjectName(u"opportunity.more"_s);
    m_more->setIcon(icon(u"ellipsis"_s));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_more);
    menu->addActions({m_task, m_note});
    menu->addActions(m_acts->actions());
    m_more->setMenu(menu);
    return m_more;
}

void OpportunityDetail::showPart(const QString &part)
{
    m_parts->setCurrent(part);
    const QStringList parts{u"elements"_s, u"items"_s, u"route"_s, u"story"_s};
    m_pages->setCurrentIndex(int(parts.indexOf(part)));
}

void OpportunityDetail::showElement(Element element)
{
    showPart(u"elements"_s);
    m_form->showElement(element);
}

void OpportunityDetail::retranslate()
{
    m_claim->setText(tr("Claim"));
    m_return->setText(tr("Return"));
    m_forward->setText(tr("Next stage"));
    m_back->setText(tr("Stage back"));
    m_contact->setText(tr("First contact made"));
    m_lose->setText(tr("Lost"));
    m_task->setText(tr("New task"));
    m_note->setText(tr("Write a note"));
    m_edit->setText(tr("Edit the elements"));
    m_more->setText(tr("More"));
    m_acts->retranslate();
    m_noteText->setPlaceholderText(tr("Note; Enter adds it"));
    m_noteText->setAccessibleName(tr("Note"));
    m_timeline->setListName(tr("Story of the opportunity"));
    m_parts->setChoices({{u"elements"_s, tr("Elements"), u"clipboard-list"_s},
                         {u"items"_s, tr("Products"), u"tag"_s},
                         {u"route"_s, tr("Routing"), u"split"_s},
                         {u"story"_s, tr("Story"), u"history"_s}});
    m_empty->setState({PaneState::EmptyFirstUse,
                       tr("Choose an opportunity."),
                       tr("Its clocks, elements, routing and story appear here."),
                       {},
                       {}});
    if (m_id.isEmpty())
        return;
    m_events->setSubject(u"opportunity_id"_s, m_id); // its words are made once
    m_message->hide(); // a refusal is told in the language it came in
    refresh();
}

void OpportunityDetail::showOpportunity(const QString &id)
{
    const bool same = id == m_id;
    m_id = id;
    const auto row = id.isEmpty() ? std::nullopt
                                  : workbench().reader().findRow(u"opportunity"_s, RecordId(id));
    m_body->setVisible(row.has_value());
    m_empty->setVisible(!row);
    m_opportunity = row ? fromRow<Opportunity>(*row) : Opportunity{};
    showActs();
    if (!row)
        return;
    m_head->show(m_opportunity);
    showRoute();
    if (same)
        return;
    m_message->hide();
    m_form->show(*row);
    m_noteText->setSubject(u"opportunity"_s, m_opportunity.id);
    m_events->setSubject(u"opportunity_id"_s, id);
    m_items->showOf(m_opportunity.id);
}

void OpportunityDetail::refresh()
{
    showOpportunity(m_id);
    const auto row = workbench().reader().findRow(u"opportunity"_s, RecordId(m_id));
    if (row)
        m_form->follow(*row);
}

// What the operations centre waits for, and who gets it and why.
void OpportunityDetail::showRoute()
{
    const bool asked = m_opportunity.custodyState == CustodyState::NeedsInfo;
    m_asked->setVisible(asked);
    if (asked)
        m_asked->showMessage(BadgeKind::Warn,
                             tr("The operations centre asks: %1").arg(m_opportunity.infoQuestion));
    m_route->showRouteOf(m_opportunity.id, workbench().reader(), desk().lookup);
    const auto view = latestRouting(m_opportunity.id, workbench().reader(), desk().lookup);
    m_head->setRoute(!view || view->rule.isEmpty()
                         ? QString()
                         : tr("Route: rule “%1”%2")
                               .arg(chosenWords(view->rule),
                                    view->goesTo.isEmpty() ? QString() : u" → "_s + view->goesTo));
}

void OpportunityDetail::showActs()
{
    const bool any = !m_opportunity.id.isNull();
    const bool claimed = any && m_opportunity.custodyState == CustodyState::Claimed;
    const bool mine = claimed && m_opportunity.ownerId == workbench().me().id;
    ClaimOpportunity claimIt;
    claimIt.opportunity = RecordId(m_id);
    m_claim->setEnabled(any && !claimed && bool(workbench().mayRun(callOf(claimIt))));
    m_return->setEnabled(any && mayReturn(workbench(), m_opportunity));
    m_forward->setEnabled(mine);
    m_back->setEnabled(mine && m_opportunity.salesStage > SalesStage::Talk);
    m_contact->setEnabled(mine && m_opportunity.firstContactAt.isNull());
    // What is behind one takes no room: the next acts move up.
    showButton(m_claim, !claimed);
    showButton(m_contact, !any || m_opportunity.firstContactAt.isNull());
    m_lose->setEnabled(mine);
    followRights(any);
    m_acts->follow(any ? m_opportunity : Opportunity());
    m_items->refreshRights();
}

void OpportunityDetail::followRights(bool any)
{
    const auto may = [&](const auto &command) {
        return any && bool(workbench().mayRun(callOf(command)));
    };
    EditRecord edit;
    edit.entity = u"opportunity"_s;
    edit.record = m_opportunity.id;
    AddNote note;
    note.entity = edit.entity;
    note.record = m_opportunity.id;
    note.body = u"-"_s; // one without words is none
    CreateTask task;
    task.values = {{u"subject_entity"_s, Cell(edit.entity)},
                   {u"subject_id"_s, Cell(m_opportunity.id.text())}};
    m_edit->setEnabled(may(edit));
    m_note->setEnabled(may(note));
    m_noteText->setEnabled(m_note->isEnabled());
    m_task->setEnabled(may(task));
}

void OpportunityDetail::showButton(const QAction *act, bool shown)
{
    if (auto *button = m_body->findChild<QToolButton *>(act->objectName() + u".button"_s))
        button->setVisible(shown);
}

void OpportunityDetail::explain(const Error &error)
{
    showPart(u"elements"_s); // where the field is that the refusal may name
    if (!m_form->showRefusal(error))
        m_message->showMessage(BadgeKind::Danger, error.text());
}

void OpportunityDetail::claim()
{
    ClaimOpportunity command;
    command.opportunity = RecordId(m_id);
    UndoClaim undo;
    undo.opportunity = command.opportunity;
    runUndoable(callOf(command), tr("Claimed %1").arg(m_opportunity.title), callOf(undo));
}

void OpportunityDetail::lose()
{
    auto *ask = new AskDialog(desk(), u"lose"_s, m_id, tr("Mark as lost"), tr("Why was it lost?"),
                              this);
    ask->setChoices(EnumTable<LostReason>::keys);
    ask->setSecondQuestion(tr("Lost to (needed for competition)"));
    ask->setCall([id = RecordId(m_id)](const AskDialog &answers) {
        CloseOpportunity command;
        command.opportunity = id;
        command.outcome = SalesStage::Lost;
        command.lostReason = fromKey<LostReason>(answers.choice());
        command.lostCompetitor = answers.secondAnswer();
        command.note = answers.text();
        return Result<CommandCall>(callOf(command));
    });
    ask->setDone(tr("Closed as lost"));
    ask->open();
}

void OpportunityDetail::step(int direction)
{
    const auto stages = saleStages();
    const auto at = std::find(stages.begin(), stages.end(), m_opportunity.salesStage);
    if (at == stages.end())
        return moveTo(SalesStage::Talk);
    const auto index = std::distance(stages.begin(), at) + direction;
    if (index >= 0 && index < std::ssize(stages))
        moveTo(stages[std::size_t(index)]);
}

void OpportunityDetail::moveTo(SalesStage stage)
{
    if (stage == m_opportunity.salesStage)
        return m_message->hide();
    CommandCall call;
    if (stage == SalesStage::Won) {
        CloseOpportunity close;
        close.opportunity = RecordId(m_id);
        close.outcome = stage;
        close.signedOn = m_opportunity.signedOn;
        call = callOf(close);
    } else {
        MoveStage move;
        move.opportunity = RecordId(m_id);
        move.stage = stage;
        call = callOf(move);
    }
    workbench().run(call,
                    [this, alive = QPointer(this), stage,
                     moved = m_id](const Result<RunOutcome> &outcome) {
                        if (!alive)
                            return;
                        if (!outcome
                            && moved != m_id) // another is shown by now: its form is not to blame
                            return desk().toasts.show(outcome.error().text(), BadgeKind::Danger);
                        if (!outcome)
                            return explain(outcome.error());
                        m_message->hide();
                        desk().toasts.show(tr("Stage: %1").arg(labelOf(stage)), BadgeKind::Ok);
                    });
}

void OpportunityDetail::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Workspace::changeEvent(event);
}

} // namespace keydesk
