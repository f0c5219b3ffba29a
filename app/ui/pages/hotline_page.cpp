#include "ui/pages/hotline_page.h"

#include "base/phone.h"
#include "commands/custody_step.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_transfer.h"
#include "domain/account.h"
#include "domain/caller_card.h"
#include "rules/opportunity_kind.h"
#include "rules/routing_facts.h"
#include "ui/pages/ask_dialog.h"
#include "ui/pages/caller_panel.h"
#include "ui/pages/contact_facts.h"
#include "ui/pages/element_bar.h"
#include "ui/pages/opportunity_looks.h"
#include "ui/pages/opportunity_progress.h"
#include "ui/pages/record_acts.h"
#include "ui/pages/record_form.h"
#include "ui/pages/routing_panel.h"
#include "ui/pages/willing_question.h"
#include "ui/widgets/icon_engine.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QVBoxLayout>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int previewPauseMs = 200;

} // namespace

HotlinePage::HotlinePage(Desk &desk, QWidget *parent)
    : Workspace(desk, parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    auto *across = new QSplitter(Qt::Horizontal, this);
    across->setChildrenCollapsible(false);
    layout->addWidget(across);
    across->addWidget(buildCaller());
    across->addWidget(buildForm());
    across->setStretchFactor(0, 2);
    across->setStretchFactor(1, 3);

    m_recordAct = addPageAction("hotline.record", u"check"_s, QKeySequence(u"Ctrl+Return"_s),
                                [this] { record(); });
    addPageAction("hotline.handledNow", u"circle-check"_s, QKeySequence(u"Ctrl+Shift+Return"_s),
                  [this] { recordHandled(); });
    addPageAction("hotline.next", u"phone-incoming"_s, QKeySequence::New, [this] { reset(); });
    m_numberAct = addPageAction("hotline.number", u"phone"_s, QKeySequence(u"Ctrl+Shift+L"_s),
                                [this] { arrive(); });
    m_previewPause.setSingleShot(true);
    m_previewPause.setInterval(previewPauseMs);
    connect(&m_previewPause, &QTimer::timeout, this, &HotlinePage::preview);
    connect(&workbench(), &Workbench::changed, &m_previewPause, qOverload<>(&QTimer::start));
    retranslate();
    restoreDraft();
    preview();
}

QWidget *HotlinePage::buildCaller()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 12, 0);
    layout->setSpacing(12);
    m_caller = new CallerPanel(desk(), box);
    layout->addWidget(m_caller);
    m_capturedTitle = new TextLabel(TextRole::Section, Token::Text, box); // the header is narrow
    m_capturedTitle->setBold(true);
    m_captured = new ListPane(desk(), u"hotline.captured"_s, box);
    layout->addWidget(m_capturedTitle);
    layout->addWidget(m_captured, 1);
    decorateOpportunities(m_captured->model());
    m_captured->model().setSyncColumn(true);
    // The server's sentence is in Chinese; the state behind it is not.
    m_captured->model().setLook(u"status_text"_s, Qt::DisplayRole,
                                [this](const RecordTableModel &rows, int row) {
                                    const auto found = workbench().reader().find<Opportunity>(
                                        RecordId(rows.idAt(row)));
                                    return found ? QVariant(progressText(*found, desk().lookup))
                                                 : QVariant();
                                });
    RowQuery captured;
    captured.entity = u"opportunity"_s;
    // How far it is comes first: in a narrow window the rest may be cut.
    captured.fields = {u"custody_state"_s, u"title"_s, u"account_name"_s, u"status_text"_s,
                       u"captured_at"_s};
    captured.filter.all = {Filter::is(u"captured_by"_s, workbench().me().id.text())};
    captured.order = {{u"created_at"_s, true}};
    m_captured->setQuery(captured);
    connect(m_captured, &ListPane::opened, this,
            [this](const QString &id) { this->desk().openRecord(u"opportunity"_s, id); });
    connect(m_captured, &ListPane::currentChanged, &m_previewPause, qOverload<>(&QTimer::start));
    connect(m_caller, &CallerPanel::callerChanged, this, &HotlinePage::followCaller);
    connect(m_caller, &CallerPanel::callerChanged, this, &HotlinePage::preview);
    connect(m_caller, &CallerPanel::callerChanged, this, &HotlinePage::goOn);
    connect(m_caller, &CallerPanel::numberEntered, this, &HotlinePage::takeNumber);
    return box;
}

// The six elements of S2, section 5.2, in the order one asks for them.
void HotlinePage::addElements()
{
    m_form->addSection({"需求", "Need"});
    m_form->addFields({u"need_kinds"_s, u"need_summary"_s, u"product_id"_s, u"quantity"_s,
                       u"need_by"_s, u"value_fen"_s});
    m_form->addSection({"基本信息", "Basics"});
    m_form->addFields({u"title"_s, u"urgency"_s, u"product_named"_s, u"need_stated"_s, u"willing"_s,
                       u"purchase_planned"_s});
    m_form->addSection({"联系人", "Contact"});
    m_form->addFields(
        {u"contact_name"_s, u"contact_phone"_s, u"contact_department"_s, u"contact_time"_s});
    m_form->addSection({"关键人", "Key person"});
    m_form->addFields({u"key_person_name"_s, u"key_person_title"_s, u"key_person_phone"_s});
    m_form->addSection({"单位信息", "Enterprise"});
    m_form->addFields({u"ent_name"_s, u"ent_industry_id"_s, u"ent_employees"_s, u"ent_address"_s});
    m_form->addSection({"信息化现状", "Informatisation"});
    m_form->addFields({u"it_level"_s, u"it_operator"_s, u"it_contract_until"_s});
    m_form->setOptional(u"title"_s);
    m_facts = new ContactFacts(*m_form); // before the draft is kept and the route looked up
}

// Somebody else calls while something stands in the form: it stays until it is settled whose it is.
QWidget *HotlinePage::buildOtherCaller(QWidget *parent)
{
    m_otherCaller = new InlineMessage(parent);
    m_otherCaller->setObjectName(u"hotline.otherCaller"_s);
    m_startNew = addPageAction("hotline.startNew", u"plus"_s, QKeySequence(u"Alt+N"_s),
                               [this] { startForCaller(); });
    m_keepTyped = addPageAction("hotline.keepTyped", u"check"_s, QKeySequence(u"Alt+B"_s), [this] {
        m_typedFor = m_caller->number();
        followCaller();
    });
    m_otherCaller->addButton(m_startNew);
    m_otherCaller->addButton(m_keepTyped);
    m_otherCaller->hide();
    return m_otherCaller;
}

QWidget *HotlinePage::buildForm()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(8, 0, 0, 0);
    m_elements = new ElementBar(box);
    m_elements->setObjectName(u"hotline.elements"_s);
    layout->addWidget(m_elements);
    layout->addWidget(buildOtherCaller(box));
    auto *scroll = new QScrollArea(box);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    m_form = new RecordForm(desk(), u"opportunity"_s, 2, scroll);
    addElements();
    scroll->setWidget(m_form);
    layout->addWidget(scroll, 1);
    m_route = new RoutingPanel(box);
    m_route->setObjectName(u"hotline.route"_s);
    m_route->setMostPeople(3);
    m_handled = new QPushButton(icon(u"circle-check"_s), {}, box);
    m_handled->setObjectName(u"hotline.handled"_s);
    m_record = new QPushButton(icon(u"check"_s), {}, box);
    m_record->setObjectName(u"hotline.record.button"_s);
    KeydeskStyle::setProminence(m_record, Prominence::Primary);
    m_clear = new QPushButton(box);
    m_clear->setObjectName(u"hotline.clear"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    for (QPushButton *button : {m_clear, m_handled, m_record})
        buttons->addWidget(button);
    layout->addWidget(m_route);
    layout->addLayout(buttons);
    connect(m_record, &QPushButton::clicked, this, &HotlinePage::record);
    connect(m_handled, &QPushButton::clicked, this, &HotlinePage::recordHandled);
    connect(m_clear, &QPushButton::clicked, this, &HotlinePage::reset);
    connect(m_form, &RecordForm::edited, this, &HotlinePage::saveDraft);
    connect(m_form, &RecordForm::edited, &m_previewPause, qOverload<>(&QTimer::start));
    connect(m_form, &RecordForm::edited, this, [this] { m_elements->setOpportunity(drafted()); });
    return box;
}

void HotlinePage::retranslate()
{
    m_record->setText(tr("Record and dispatch"));
    m_handled->setText(tr("Handled here"));
    m_handled->setToolTip(tr("Record it and close it: done at first contact (Ctrl+Shift+Enter)"));
    m_record->setToolTip(tr("Record and dispatch (Ctrl+Enter)"));
    m_clear->setToolTip(tr("Empty the form for the next call (Ctrl+N)"));
    m_clear->setText(tr("Next call"));
    m_capturedTitle->setText(tr("Captured here"));
    m_captured->setListName(tr("Captured here"));
    m_captured->setEmpty(tr("Nothing captured yet."),
                         tr("What you record stays here for life, with how far it is."));
    const std::map<QString, QString> words = {{u"hotline.record"_s, tr("Record and dispatch")},
                                              {u"hotline.handledNow"_s, tr("Handled here")},
                                              {u"hotline.next"_s, tr("Next call")},
                                              {u"hotline.number"_s, tr("Log a call")}};
    for (QAction *action : actions()) {
        if (const auto word = words.find(action->objectName()); word != words.end())
            action->setText(word->second);
    }
    m_startNew->setText(tr("New record for this caller"));
    m_keepTyped->setText(tr("It belongs to this call"));
}

void HotlinePage::arrive()
{
    m_caller->focusNumber();
}

// What the form has of the caller before goes; what the agent typed stays, and he is asked.
void HotlinePage::followCaller()
{
    if (m_filling)
        return;
    const QString number = m_caller->number();
    const bool taken = !m_takenNumber.isEmpty()
        && m_form->valueOf(u"contact_phone"_s).text() == m_takenNumber;
    if (number != m_takenNumber && taken) {
        m_form->suggest(u"contact_phone"_s, number.isEmpty() ? Cell() : Cell(number));
        m_takenNumber = number;
    }
    if (!m_form->isDirty())
        m_typedFor = number;
    const bool another = m_form->isDirty() && !m_typedFor.isEmpty() && !number.isEmpty()
        && number != m_typedFor;
    m_startNew->setEnabled(another);
    m_keepTyped->setEnabled(another);
    if (another)
        m_otherCaller->showMessage(BadgeKind::Warn,
                                   tr("What stands below was typed while %1 was calling.")
                                       .arg(maskedPhones(m_typedFor)));
    m_otherCaller->setVisible(another);
}

// Enter: the call is answered and its number goes into the form.
void HotlinePage::takeNumber()
{
    m_goOn = true;
    if (m_typedFor.isEmpty())
        m_typedFor = m_caller->number();
    followCaller();
    if (m_form->valueOf(u"contact_phone"_s).isEmpty()) {
        m_form->suggest(u"contact_phone"_s, Cell(m_caller->number()));
        m_takenNumber = m_caller->number();
    }
    goOn();
}

// Once it is known who calls, Enter on the number leads to what he wants; the server may know
// later.
void HotlinePage::goOn()
{
    if (!m_goOn || !m_caller->caller())
        return;
    m_goOn = false;
    m_form->focusField(u"need_kinds"_s);
}

// An empty form for who calls now; what stood there can be had back.
void HotlinePage::startForCaller()
{
    const FieldValues before = m_form->typed();
    const QString beforeFor = m_typedFor;
    m_form->clear();
    m_facts->startAnew();
    m_takenNumber.clear();
    takeNumber();
    saveDraft();
    preview();
    desk().toasts.showUndo(tr("New record for this caller"), [this, before, beforeFor] {
        m_form->clear();
        m_form->fill(before);
        m_typedFor = beforeFor;
        followCaller();
        saveDraft();
    });
}

FieldValues HotlinePage::withCaller(FieldValues values) const
{
    if (!m_caller->account().isEmpty())
        values[u"account_id"_s] = m_caller->account();
    if (!m_caller->contact().isEmpty())
        values[u"contact_id"_s] = m_caller->contact();
    return values;
}

// What the server would see of it now; the customer's part as far as this PC knows it.
Opportunity HotlinePage::drafted() const
{
    const EntityInfo &info = workbench().catalog().entity(u"opportunity"_s);
    Row row = toRow(Opportunity{});
    for (const auto &[name, value] : withCaller(m_form->typed()))
        row[std::size_t(info.indexOf(name))] = value;
    auto draft = fromRow<Opportunity>(row);
    draft.areaId = workbench().me().areaId;
    draft.capturedChannel = workbench().me().channelId;
    if (const auto caller = m_caller->caller())
        draft.accountName = caller->accountName;
    if (const auto account = workbench().reader().find<Account>(draft.accountId)) {
        draft.accountName = account->name;
        draft.valueClass = account->valueClass;
        draft.areaId = account->areaId;
    }
    draft.kind = computeKind(draft);
    draft.completenessBp = completenessOf(draft);
    return draft;
}

// Who gets it and why, before it is saved, by the same rules as on the server; between two calls
// what became of the current one of those recorded here.
void HotlinePage::preview()
{
    if (!workbench().isReady())
        return;
    const Opportunity draft = drafted();
    m_elements->setOpportunity(draft);
    const RecordId recorded(m_captured->currentId());
    if (!m_form->isDirty() && m_caller->number().isEmpty() && draft.accountId.isNull()
        && !recorded.isNull())
        return m_route->showRouteOf(recorded, workbench().reader(), desk().lookup);
    const bool held = draft.accountId.isNull()
        || workbench().reader().findRow(u"account"_s, draft.accountId).has_value();
    if (draft.kind == OpportunityKind::Interaction)
        return m_route->setUnknown(tr("So far a contact only: nothing to dispatch."));
    if (!passesGate(draft))
        return m_route->setUnknown(tr("Goes to the operations centre: elements incomplete."));
    if (!held)
        return m_route->setUnknown(tr("The server decides who gets it: the customer is not here."));
    RoutingFacts facts(workbench().reader().store(), {desk().ticker.nowMs()});
    const RoutingQuestion question = facts.questionFor(draft);
    m_route->setRouting(
        routingView(route(question, facts.rules(), facts.candidatesFor(question)), desk().lookup));
}

void HotlinePage::showFiltered(const QString &filter)
{
    const QString id = filter.section(u'/', 1);
    const auto account = workbench().reader().find<Account>(RecordId(id));
    if (!filter.startsWith(u"account/"_s) || !account)
        return;
    // What is being typed for somebody else is not given to this customer.
    if (m_form->isDirty() && m_caller->account() != id)
        return m_caller
            ->showMessage(BadgeKind::Warn, tr("The call that is open here was not recorded yet."),
                          tr("Record it or begin the next call; then choose the customer again."));
    m_caller->showCaller({u"account"_s, id, id, account->name, account->name});
    m_form->focusField(u"need_kinds"_s);
}

bool HotlinePage::showRecord(const QString &entity, const QString &id)
{
    const auto card = entity == u"caller_card" ? workbench().reader().find<CallerCard>(RecordId(id))
                                               : std::nullopt;
    if (card)
        m_caller->showCaller(
            {entity, id, card->accountId.text(),
             card->contactInitial.isEmpty() ? card->accountName : card->contactInitial + u"**"_s,
             card->accountName, true});
    return card.has_value();
}

void HotlinePage::record()
{
    if (!asksFirst())
        send(false, {});
}

// A mere contact is dispatched to nobody (domain C1): the agent hears so while the customer is
// still on the line, not from a colleague a week later.
bool HotlinePage::asksFirst()
{
    const Opportunity draft = drafted();
    if (draft.kind != OpportunityKind::Interaction || !m_form->patch())
        return false;
    askWhetherWilling(this, draft, [this](bool willing) {
        if (willing)
            m_form->suggest(u"willing"_s, Cell(qint64(1)));
        send(false, {});
    });
    return true;
}

// Done while the customer was on the line: nobody else has to have it (domain C4).
void HotlinePage::recordHandled()
{
    auto *ask = new AskDialog(desk(), u"handled"_s, u"hotline"_s, tr("Handled here"),
                              tr("What was done for the customer?"), this);
    connect(ask, &AskDialog::answered, this, [this](const QString &note) { send(true, note); });
    ask->open();
}

void HotlinePage::send(bool handled, const QString &handledNote)
{
    const auto values = m_form->patch();
    if (!values)
        return;
    RecordOpportunity command;
    command.values = withCaller(*values);
    command.handled = handled;
    command.handledNote = handledNote;
    const CommandCall call = callOf(command);
    workbench().run(call,
                    [this, alive = QPointer(this), id = RecordId::derive(call.id, born::Record)](
                        const Result<RunOutcome> &outcome) {
                        if (!alive)
                            return;
                        if (outcome)
                            return recorded(*outcome, id);
                        if (!m_form->showRefusal(outcome.error()))
                            m_caller->showMessage(BadgeKind::Danger, outcome.error().text());
                    });
}

// What became of it here; the server goes on from there by the same rules.
QString HotlinePage::wordsFor(const RecordId &recorded) const
{
    const auto opportunity = workbench().reader().find<Opportunity>(recorded);
    if (!opportunity)
        return tr("Recorded; the server decides what becomes of it.");
    switch (opportunity->custodyState) {
    case CustodyState::Closed:
        return tr("Recorded and closed: handled at first contact");
    case CustodyState::Claimed:
        return tr("Recorded; it is yours, as the customer is.");
    case CustodyState::Dispatching:
        return tr("Recorded; it goes to the operations centre: elements incomplete.");
    case CustodyState::Captured:
        return tr("Kept as a contact record; it is dispatched to nobody.");
    default:
        return tr("Recorded as %1; it is dispatched by the rules.").arg(labelOf(opportunity->kind));
    }
}

void HotlinePage::recorded(const RunOutcome &outcome, const RecordId &id)
{
    // Once it is sent, a mistake is marked as one; what is closed stays so.
    const auto held = workbench().reader().find<Opportunity>(id);
    MarkInvalid back;
    back.opportunity = id;
    back.reason = CustodyReason::NotGenuine;
    back.note = tr("Recorded by mistake");
    RecordActs(desk(), this)
        .offerUndo(wordsFor(id), outcome.localNo,
                   held && isFinal(held->custodyState) ? std::nullopt
                                                       : std::optional(callOf(back)));
    m_captured->select(id.text());
    reset();
}

void HotlinePage::reset()
{
    m_filling = true;
    m_form->clear();
    m_facts->startAnew();
    m_takenNumber.clear();
    m_typedFor.clear();
    m_caller->clear();
    m_filling = false;
    workbench().saveDraft(u"hotline"_s, {});
    AskDialog::forget(workbench(), u"handled"_s, u"hotline"_s);
    m_goOn = false;
    followCaller();
    const auto areas = findChildren<QScrollArea *>();
    for (QScrollArea *area : areas)
        area->verticalScrollBar()->setValue(0); // the next call begins at the top
    preview();
    m_route->setUnknown(tr("Who gets it appears here while you type."));
    arrive();
}

// The whole form with the caller, in the shape of a command's arguments.
void HotlinePage::saveDraft()
{
    if (m_filling)
        return;
    Arguments draft;
    draft.sets[u"values"_s] = m_form->typed();
    draft.values = {{u"number"_s, Cell(m_caller->number())}};
    if (const auto caller = m_caller->caller())
        draft.sets[u"caller"_s] = {{u"entity"_s, Cell(caller->entity)},
                                   {u"id"_s, Cell(caller->id)},
                                   {u"account"_s, Cell(caller->accountId)},
                                   {u"title"_s, Cell(caller->title)},
                                   {u"organisation"_s, Cell(caller->accountName)}};
    workbench().saveDraft(u"hotline"_s,
                          QString::fromUtf8(
                              QJsonDocument(draft.toJson()).toJson(QJsonDocument::Compact)));
}

// What was being typed when the program ended is here again.
void HotlinePage::restoreDraft()
{
    const QByteArray body = workbench().draft(u"hotline"_s).toUtf8();
    const auto draft = Arguments::fromJson(u"draft"_s, QJsonDocument::fromJson(body).object());
    if (body.isEmpty() || !draft)
        return;
    m_filling = true;
    std::optional<CallerMatch> caller;
    if (const auto set = draft->sets.find(u"caller"_s); set != draft->sets.end()) {
        const auto kept = [&set](const QString &name) {
            const auto value = set->second.find(name);
            return value == set->second.end() ? QString() : value->second.text();
        };
        caller = CallerMatch{kept(u"entity"_s), kept(u"id"_s),           kept(u"account"_s),
                             kept(u"title"_s),  kept(u"organisation"_s), false};
    }
    const auto number = draft->values.find(u"number"_s);
    m_caller->restore(number == draft->values.end() ? QString() : number->second.text(), caller);
    if (const auto values = draft->sets.find(u"values"_s); values != draft->sets.end())
        m_form->fill(values->second);
    m_typedFor = m_caller->number();
    if (m_form->valueOf(u"contact_phone"_s).text() == m_typedFor)
        m_takenNumber = m_typedFor;
    m_filling = false;
}

void HotlinePage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Workspace::changeEvent(event);
}

} // namespace keydesk
