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
#include "ui/pages/record_acts.h"
#include "ui/pages/record_form.h"
#include "ui/pages/routing_panel.h"
#include "ui/pages/willing_question.h"
#include "ui/widgets/inline_message.h"

#include <QEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

namespace keydesk {

using namespace Qt::StringLiterals;

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
    m_goOn = m_caller->isAsking();
    if (m_typedFor.isEmpty())
        m_typedFor = m_caller->number();
    followCaller();
    if (m_form->valueOf(u"contact_phone"_s).isEmpty()) {
        m_form->suggest(u"contact_phone"_s, Cell(m_caller->number()));
        m_takenNumber = m_caller->number();
    }
    // Not before this Enter is over: it would press what has the focus then.
    QMetaObject::invokeMethod(this, &HotlinePage::goOn, Qt::QueuedConnection);
}

// Once it is known who calls, Enter on the number leads to what he wants. The server may know
// later: who works elsewhere by then stays there.
void HotlinePage::goOn()
{
    m_goOn = m_goOn && m_caller->isAsking();
    if (!m_goOn || !m_caller->caller())
        return;
    m_goOn = false;
    m_form->focusField(u"need_kinds"_s);
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
    draft.completenessBp = completenessOf(draft, filedPhones(workbench().reader(), draft));
    return draft;
}

// Who gets it and why, before it is saved, by the same rules as on the server; between two calls
// what became of the current one of those recorded here.
void HotlinePage::preview()
{
    if (!workbench().isReady())
        return;
    const Opportunity draft = drafted();
    const FiledPhones filed = filedPhones(workbench().reader(), draft);
    m_elements->setOpportunity(draft, filed);
    const RecordId recorded(m_captured->currentId());
    if (!m_form->isDirty() && m_caller->number().isEmpty() && draft.accountId.isNull()
        && !recorded.isNull())
        return m_route->showRouteOf(recorded, workbench().reader(), desk().lookup);
    const bool held = draft.accountId.isNull()
        || workbench().reader().findRow(u"account"_s, draft.accountId).has_value();
    if (draft.kind == OpportunityKind::Interaction)
        return m_route->setUnknown(tr("So far a contact only: nothing to dispatch."));
    if (!passesGate(draft, filed))
        return m_route->setUnknown(tr("Goes to the operations centre: elements incomplete."));
    if (!held)
        return m_route->setUnknown(tr("The server decides who gets it: the customer is not here."));
    RoutingFacts facts(workbench().reader().store(), {desk().ticker.nowMs()});
    const RoutingQuestion question = facts.questionFor(draft);
    m_route->setRouting(
        routingView(route(question, facts.rules(), facts.candidatesFor(question)), desk().lookup));
}

// What is being typed for another customer is not given to this one; where nobody was found for the
// number, this is who calls.
bool HotlinePage::keepsFor(const QString &account)
{
    const QString &before = m_caller->account();
    if (!m_form->isDirty() || before.isEmpty() || before == account)
        return false;
    m_caller->showMessage(BadgeKind::Warn, tr("The call that is open here was not recorded yet."),
                          tr("Record it or begin the next call; then choose the customer again."));
    return true;
}

void HotlinePage::showFiltered(const QString &filter)
{
    const QString id = filter.section(u'/', 1);
    const auto account = workbench().reader().find<Account>(RecordId(id));
    if (!filter.startsWith(u"account/"_s) || !account)
        return;
    if (keepsFor(id))
        return;
    m_caller->showCaller({u"account"_s, id, id, account->name, account->name});
    m_form->focusField(u"need_kinds"_s);
}

bool HotlinePage::showRecord(const QString &entity, const QString &id)
{
    const auto card = entity == u"caller_card" ? workbench().reader().find<CallerCard>(RecordId(id))
                                               : std::nullopt;
    if (card && !keepsFor(card->accountId.text()))
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
    if (m_sending)
        return;
    const auto values = m_form->patch();
    if (!values)
        return;
    setSending(true);
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
                        setSending(false);
                        if (outcome)
                            return recorded(*outcome, id);
                        if (!m_form->showRefusal(outcome.error()))
                            m_caller->showMessage(BadgeKind::Danger, outcome.error().text());
                    });
}

// Until it is answered nothing is recorded twice, and no word of the next call is typed where the
// answer empties the form.
void HotlinePage::setSending(bool sending)
{
    m_sending = sending;
    if (sending)
        m_lastFocus = window()->focusWidget();
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_caller, m_form, m_clear, m_handled, m_record})
        part->setEnabled(!sending);
    const auto acts = actions();
    for (QAction *act : acts)
        act->setEnabled(!sending);
    if (sending)
        return;
    followCaller(); // what it asks has acts of its own
    if (m_lastFocus && !window()->focusWidget())
        m_lastFocus->setFocus();
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
    back.note = Label{"误登记", "Recorded by mistake"}.argument();
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

void HotlinePage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Workspace::changeEvent(event);
}

} // namespace keydesk
