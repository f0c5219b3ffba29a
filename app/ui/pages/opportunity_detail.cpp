#include "ui/pages/opportunity_detail.h"

#include "commands/edit_record.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_stage.h"
#include "commands/opportunity_transfer.h"
#include "commands/record_commands.h"
#include "ui/pages/ask_dialog.h"
#include "ui/pages/child_pane.h"
#include "ui/pages/opportunity_acts.h"
#include "ui/pages/opportunity_looks.h"
#include "ui/pages/opportunity_progress.h"
#include "ui/pages/record_form.h"
#include "ui/pages/route_pane.h"
#include "ui/pages/task_question.h"
#include "ui/pages/timeline_model.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/state_pane.h"
#include "ui/widgets/step_bar.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/timeline.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr SalesStage saleSteps[] = {SalesStage::Talk,        SalesStage::Need,
                                    SalesStage::PreProposal, SalesStage::Proposal,
                                    SalesStage::Negotiation, SalesStage::Signing,
                                    SalesStage::Won};

} // namespace

OpportunityDetail::OpportunityDetail(Desk &desk, QWidget *parent)
    : Workspace(desk, parent)
{
    setObjectName(u"opportunity.detail"_s);
    m_claim = addPageAction("opportunity.claim", u"user-check"_s, Qt::Key_C, [this] { claim(); });
    m_return = addPageAction("opportunity.return", u"corner-up-left"_s, Qt::Key_R,
                             [this] { giveBack(); });
    m_forward = addPageAction("opportunity.forward", u"arrow-right"_s,
                              QKeySequence(u"Ctrl+Right"_s), [this] { step(1); });
    m_back = addPageAction("opportunity.back", u"arrow-left"_s, QKeySequence(u"Ctrl+Left"_s),
                           [this] { step(-1); });
    m_contact = addPageAction("opportunity.contact", u"phone-call"_s, Qt::Key_F, [this] {
        MarkFirstContact command;
        command.opportunity = RecordId(m_id);
        run(command);
    });
    m_task = addPageAction("opportunity.task", u"clipboard-list"_s, Qt::Key_T, [this] {
        askForTask(this, this->desk(), u"opportunity"_s, RecordId(m_id));
    });
    m_note = addPageAction("opportunity.writeNote", u"sticky-note"_s, Qt::Key_N,
                           [this] { m_noteText->setFocus(); });
    m_lose = addPageAction("opportunity.lose", u"circle-x"_s, Qt::Key_X, [this] { lose(); });
    m_acts = new OpportunityActs(desk, this);
    build();
    retranslate();
    showOpportunity({});
    connect(&workbench(), &Workbench::changed, this, [this](const ChangeSet &changes) {
        if (!m_id.isEmpty()
            && (changes.touches(u"opportunity"_s, RecordId(m_id))
                || changes.touches(u"routing_decision"_s)))
            refresh();
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
    m_title = new TextLabel(TextRole::Section, Token::Text, m_body);
    m_title->setObjectName(u"opportunity.title"_s);
    m_title->setBold(true);
    m_title->setWordWrap(true);
    m_customer = new TextLabel(TextRole::Body, Token::Muted, m_body);
    m_badges = new BadgeLabel(m_body);
    m_badges->setObjectName(u"opportunity.badges"_s);
    layout->addWidget(m_title);
    layout->addWidget(m_customer);
    layout->addWidget(m_badges);

    auto *acts = new QHBoxLayout;
    for (QAction *action : {m_claim, m_contact, m_return, m_back, m_forward, m_lose}) {
        auto *button = new QToolButton(m_body);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setObjectName(action->objectName() + u".button"_s);
        acts->addWidget(button);
    }
    acts->addWidget(makeMoreButton());
    acts->addStretch(1);
    layout->addLayout(acts);
    m_asked = new InlineMessage(m_body);
    m_asked->setObjectName(u"opportunity.asked"_s);
    m_asked->addButton(m_acts->answerAction());
    layout->addWidget(m_asked);
    m_message = new InlineMessage(m_body);
    m_message->setClosable(true);
    m_message->hide();
    layout->addWidget(m_message);
    m_steps = new StepBar(m_body);
    m_steps->setObjectName(u"opportunity.steps"_s);
    layout->addWidget(m_steps);
    connect(m_steps, &StepBar::stepActivated, this,
            [this](const QString &id) { moveTo(fromKey<SalesStage>(id)); });
    m_route = new TextLabel(TextRole::Caption, Token::Muted, m_body);
    m_route->setWordWrap(true);
    m_route->setObjectName(u"opportunity.route"_s);
    layout->addWidget(m_route);

    auto *scroll = new QScrollArea(m_body);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *inside = new QWidget(scroll);
    buildForm(inside);
    scroll->setWidget(inside);
    layout->addWidget(scroll, 1);
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

// The six elements of S2 §5.2, each a group of the field table.
void OpportunityDetail::buildForm(QWidget *parent)
{
    auto *layout = new QVBoxLayout(parent);
    layout->setContentsMargins(0, 0, 8, 0);
    m_form = new RecordForm(desk(), u"opportunity"_s, 1, parent);
    m_form->addSection({"基本情况", "Basics"});
    m_form->addFields({u"title"_s, u"product_id"_s, u"quantity"_s, u"value_fen"_s, u"close_date"_s,
                       u"next_step"_s, u"next_step_on"_s});
    m_form->addSection({"联系人与关键人", "Contact and key person"});
    m_form->addFields({u"contact_name"_s, u"contact_phone"_s, u"key_person_name"_s,
                       u"key_person_title"_s, u"key_person_phone"_s});
    m_form->addSection({"需求与信息化", "Need and informatisation"});
    m_form->addFields({u"need_kinds"_s, u"need_summary"_s, u"need_by"_s, u"need_competitor"_s,
                       u"it_operator"_s, u"it_level"_s});
    m_form->addSection({"销售过程", "The sale"});
    m_form->addFields({u"pre_proposal"_s, u"technical_solution"_s, u"commercial_terms"_s,
                       u"negotiation_result"_s, u"signed_on"_s});
    layout->addWidget(m_form);
    m_save = new QPushButton(parent);
    m_save->setObjectName(u"opportunity.save"_s);
    m_save->setEnabled(false);
    layout->addWidget(m_save, 0, Qt::AlignRight);
    connect(m_form, &RecordForm::edited, m_save, [this] { m_save->setEnabled(true); });
    connect(m_save, &QPushButton::clicked, this, &OpportunityDetail::save);

    m_items = new ChildPane(desk(), u"opportunity.items"_s, u"opportunity_item"_s,
                            u"opportunity_id"_s,
                            {u"product_id"_s, u"action"_s, u"quantity"_s, u"monthly_fen"_s,
                             u"one_off_fen"_s, u"term_months"_s},
                            parent);
    m_items->setMinimumHeight(190);
    layout->addWidget(m_items);
    m_decision = new RoutePane(desk(), parent);
    layout->addWidget(m_decision);

    m_noteText = new QLineEdit(parent);
    m_noteText->setObjectName(u"opportunity.note"_s);
    layout->addWidget(m_noteText);
    connect(m_noteText, &QLineEdit::returnPressed, this, &OpportunityDetail::addNote);
    m_timeline = new Timeline(parent);
    m_timeline->setObjectName(u"opportunity.timeline"_s);
    m_timeline->setMinimumHeight(220);
    m_events = new TimelineModel(workbench().reader(), desk().lookup, this);
    m_timeline->setModel(m_events);
    layout->addWidget(m_timeline);
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
    m_more->setText(tr("More"));
    m_acts->retranslate();
    m_save->setText(tr("Save"));
    m_save->setShortcut(QKeySequence::Save); // a button forgets its key with its text
    m_noteText->setPlaceholderText(tr("Note; Enter adds it"));
    m_noteText->setAccessibleName(tr("Note"));
    m_timeline->setListName(tr("Story of the opportunity"));
    m_empty->setState({PaneState::EmptyFirstUse, tr("Choose an opportunity."), {}, {}, {}});
    if (!m_id.isEmpty())
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
    showHead(m_opportunity);
    showRoute();
    if (same)
        return;
    m_message->hide();
    m_form->show(*row);
    m_save->setEnabled(false);
    m_events->setSubject(u"opportunity_id"_s, id);
    m_items->showOf(m_opportunity.id);
    m_decision->showRouteOf(m_opportunity.id);
}

void OpportunityDetail::refresh()
{
    showOpportunity(m_id);
    const auto row = workbench().reader().findRow(u"opportunity"_s, RecordId(m_id));
    if (row && !m_form->isDirty())
        m_form->show(*row);
}

void OpportunityDetail::showHead(const Opportunity &opportunity)
{
    m_title->setText((opportunity.no.isEmpty() ? QString() : opportunity.no + u"  "_s)
                     + opportunity.title);
    const QString owner = desk().lookup.title(u"staff"_s, opportunity.ownerId.text());
    const QString assignee = desk().lookup.title(u"staff"_s, opportunity.assigneeId.text());
    m_customer->setText(opportunity.accountName
                        + (owner.isEmpty()
                               ? (assignee.isEmpty() ? QString() : u" · → "_s + assignee)
                               : u" · "_s + owner));
    QList<Badge> badges{custodyBadge(opportunity.custodyState),
                        {BadgeKind::Neutral, labelOf(opportunity.kind)},
                        {BadgeKind::Neutral, labelOf(opportunity.valueClass)}};
    const SyncWord word = workbench().wordOf(u"opportunity"_s, opportunity.id);
    if (word == SyncWord::Queued || word == SyncWord::SavedHere)
        badges.append({BadgeKind::Pending,
                       opportunity.ownerId == workbench().me().id
                           ? tr("queued: not yours until the server accepts")
                           : labelOf(word)});
    else if (word == SyncWord::NeedsYou)
        badges.append({BadgeKind::Danger, labelOf(word)});
    m_badges->setBadges(badges);

    QList<Step> steps;
    for (SalesStage stage : saleSteps) {
        Step step{keyOf(stage), labelOf(stage), {}, Step::State::Waiting};
        if (stage < opportunity.salesStage)
            step.state = Step::State::Done;
        else if (stage == opportunity.salesStage)
            step.state = stage == SalesStage::Won ? Step::State::Done : Step::State::Current;
        steps.append(step);
    }
    if (opportunity.salesStage == SalesStage::Lost || opportunity.salesStage == SalesStage::Shelved)
        steps.append({keyOf(opportunity.salesStage),
                      labelOf(opportunity.salesStage),
                      {},
                      Step::State::Failed});
    m_steps->setSteps(steps);
}

// What the contact channel may tell the customer, and what the operations centre waits for.
void OpportunityDetail::showRoute()
{
    QStringList words{progressText(m_opportunity, desk().lookup)};
    if (m_opportunity.custodyReason != CustodyReason::None)
        words.append(labelOf(m_opportunity.custodyReason));
    m_route->setText(words.join(u" · "_s));
    const bool asked = m_opportunity.custodyState == CustodyState::NeedsInfo;
    m_asked->setVisible(asked);
    if (asked)
        m_asked->showMessage(BadgeKind::Warn,
                             tr("The operations centre asks: %1").arg(m_opportunity.infoQuestion));
}

void OpportunityDetail::showActs()
{
    const bool any = !m_opportunity.id.isNull();
    const bool claimed = any && m_opportunity.custodyState == CustodyState::Claimed;
    const bool mine = claimed && m_opportunity.ownerId == workbench().me().id;
    ClaimOpportunity claimIt;
    claimIt.opportunity = RecordId(m_id);
    m_claim->setEnabled(any && !claimed && bool(workbench().mayRun(callOf(claimIt))));
    m_return->setEnabled(mine || (any && m_opportunity.assigneeId == workbench().me().id));
    m_forward->setEnabled(mine);
    m_back->setEnabled(mine && m_opportunity.salesStage > SalesStage::Talk);
    m_contact->setEnabled(mine && m_opportunity.firstContactAt.isNull());
    m_lose->setEnabled(mine);
    m_task->setEnabled(any);
    m_note->setEnabled(any);
    m_acts->follow(any ? m_opportunity : Opportunity());
    m_items->refreshRights();
}

void OpportunityDetail::explain(const Error &error)
{
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

void OpportunityDetail::giveBack()
{
    auto *ask =
        new AskDialog(tr("Return the opportunity"),
                      tr("It goes back to the operations centre. Why, and what should happen?"),
                      this);
    connect(ask, &AskDialog::answered, this, [this](const QString &reason) {
        ReturnOpportunity command;
        command.opportunity = RecordId(m_id);
        command.queue = operationsQueueOf(workbench(), m_opportunity.areaId);
        command.reason = reason;
        command.claimEpoch = m_opportunity.claimEpoch;
        run(command,
            [this](const RunOutcome &) { desk().toasts.show(tr("Returned"), BadgeKind::Ok); });
    });
    ask->open();
}

void OpportunityDetail::lose()
{
    auto *ask = new AskDialog(tr("Mark as lost"), tr("Why was it lost?"), this);
    ask->setChoices(EnumTable<LostReason>::keys);
    ask->setSecondQuestion(tr("Lost to (needed for competition)"));
    connect(ask, &AskDialog::answered, this, [this, ask](const QString &note) {
        CloseOpportunity command;
        command.opportunity = RecordId(m_id);
        command.outcome = SalesStage::Lost;
        command.lostReason = fromKey<LostReason>(ask->choice());
        command.lostCompetitor = ask->secondAnswer();
        command.note = note;
        run(command);
    });
    ask->open();
}

void OpportunityDetail::step(int direction)
{
    const auto at = std::find(std::begin(saleSteps), std::end(saleSteps), m_opportunity.salesStage);
    if (at == std::end(saleSteps))
        return moveTo(SalesStage::Talk);
    const auto index = std::distance(std::begin(saleSteps), at) + direction;
    if (index >= 0 && index < std::ssize(saleSteps))
        moveTo(saleSteps[index]);
}

void OpportunityDetail::moveTo(SalesStage stage)
{
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
    workbench().run(call, [this, alive = QPointer(this)](const Result<RunOutcome> &outcome) {
        if (alive && !outcome)
            explain(outcome.error());
    });
}

void OpportunityDetail::save()
{
    const auto patch = m_form->patch();
    if (!patch || patch->empty())
        return;
    EditRecord edit;
    edit.entity = u"opportunity"_s;
    edit.record = RecordId(m_id);
    edit.patch = *patch;
    for (const auto &[field, value] : *patch)
        edit.seen[field] = m_form->seen()[field];
    workbench().run(callOf(edit),
                    [this, alive = QPointer(this)](const Result<RunOutcome> &outcome) {
                        if (!alive)
                            return;
                        if (!outcome)
                            return explain(outcome.error());
                        m_save->setEnabled(false);
                        if (const auto row = workbench().reader().findRow(u"opportunity"_s,
                                                                          RecordId(m_id)))
                            m_form->show(*row);
                    });
}

void OpportunityDetail::addNote()
{
    AddNote note;
    note.entity = u"opportunity"_s;
    note.record = RecordId(m_id);
    note.body = m_noteText->text().trimmed();
    if (note.body.isEmpty())
        return;
    run(note, [this](const RunOutcome &) { m_noteText->clear(); });
}

void OpportunityDetail::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Workspace::changeEvent(event);
}

} // namespace keydesk
