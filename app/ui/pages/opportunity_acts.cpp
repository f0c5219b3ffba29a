#include "ui/pages/opportunity_acts.h"

#include "commands/opportunity_capture.h"
#include "commands/opportunity_stage.h"
#include "commands/opportunity_transfer.h"
#include "ui/pages/ask_dialog.h"
#include "ui/pages/record_acts.h"
#include "ui/pages/record_dialog.h"
#include "ui/pages/record_form.h"
#include "ui/widgets/icon_engine.h"

#include <QPlainTextEdit>
#include <QPointer>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// Why an opportunity is taken out of work.
constexpr EnumKey discardReasons[] = {
    EnumTable<CustodyReason>::keys[std::size_t(CustodyReason::Duplicate)],
    EnumTable<CustodyReason>::keys[std::size_t(CustodyReason::NotGenuine)],
};

} // namespace

OpportunityActs::OpportunityActs(Desk &desk, QWidget *page)
    : QObject(page)
    , m_desk(desk)
    , m_page(page)
    , m_answer(
          makeAct("opportunity.answer", u"message-square"_s, Qt::Key_I, &OpportunityActs::answer))
    , m_shelve(makeAct("opportunity.shelve", u"pause"_s, Qt::Key_L, &OpportunityActs::shelve))
    , m_handled(makeAct("opportunity.handled", u"circle-check"_s, Qt::Key_H,
                        &OpportunityActs::closeHandled))
    , m_discard(makeAct("opportunity.discard", u"trash-2"_s, QKeySequence(u"Shift+X"_s),
                        &OpportunityActs::discard))
{
    follow({});
    retranslate();
}

QAction *OpportunityActs::makeAct(const char *name, const QString &iconName,
                                  const QKeySequence &key, void (OpportunityActs::*does)())
{
    auto *act = new QAction(icon(iconName), {}, this);
    act->setObjectName(QString::fromLatin1(name));
    act->setShortcut(key);
    act->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    act->setAutoRepeat(false);
    connect(act, &QAction::triggered, this, does);
    m_page->addAction(act);
    return act;
}

QList<QAction *> OpportunityActs::actions() const
{
    return {m_answer, m_shelve, m_handled, m_discard};
}

void OpportunityActs::retranslate()
{
    m_answer->setText(tr("Give the information"));
    m_shelve->setText(tr("Shelve"));
    m_handled->setText(tr("Handled at first contact"));
    m_discard->setText(tr("Discard"));
}

void OpportunityActs::follow(const Opportunity &opportunity)
{
    m_opportunity = opportunity;
    const bool any = !opportunity.id.isNull();
    Workbench &workbench = m_desk.workbench;
    const auto may = [&workbench, any](bool state, auto command) {
        return any && state && bool(workbench.mayRun(callOf(command)));
    };
    const CustodyState state = opportunity.custodyState;
    AnswerInfo answering;
    CloseHandled handling;
    MarkInvalid discarding;
    answering.opportunity = handling.opportunity = discarding.opportunity = opportunity.id;
    m_answer->setEnabled(may(state == CustodyState::NeedsInfo, answering));
    m_handled->setEnabled(
        may(state == CustodyState::Captured || state == CustodyState::Identified, handling));
    m_discard->setEnabled(may(!isFinal(state), discarding));
    m_shelve->setEnabled(any && state == CustodyState::Claimed
                         && opportunity.ownerId == workbench.me().id
                         && opportunity.salesStage != SalesStage::Shelved);
}

void OpportunityActs::answer()
{
    askForAnswer(m_desk, m_page, m_opportunity.id);
}

void OpportunityActs::discard()
{
    askToDiscard(m_desk, m_page, m_opportunity.id);
}

void OpportunityActs::shelve()
{
    auto *dialog = new RecordDialog(m_desk, u"opportunity"_s, u"shelve"_s, m_opportunity.id.text(),
                                    tr("Shelve"), m_page);
    dialog->setHint(tr("It stays yours and comes back as a task on the day you name."));
    dialog->form().addFields({u"revisit_on"_s}, {u"revisit_on"_s});
    dialog->form().allow({u"revisit_on"_s});
    dialog->form().clear();
    dialog->form().focusField(u"revisit_on"_s);
    dialog->setCall([id = m_opportunity.id](const FieldValues &typed) {
        CloseOpportunity command;
        command.opportunity = id;
        command.outcome = SalesStage::Shelved;
        if (const auto given = typed.find(u"revisit_on"_s); given != typed.end())
            command.revisitOn = ValueTraits<QDate>::fromCell(given->second);
        return callOf(command);
    });
    dialog->setThen([desk = &m_desk](const CommandCall &, const RunOutcome &) {
        desk->toasts.show(tr("Shelved"), BadgeKind::Ok);
    });
    dialog->open();
}

void OpportunityActs::closeHandled()
{
    auto *ask = new AskDialog(m_desk, u"handled"_s, m_opportunity.id.text(),
                              tr("Handled at first contact"), tr("What was done for the customer?"),
                              m_page);
    ask->setCall([id = m_opportunity.id](const AskDialog &answers) {
        CloseHandled command;
        command.opportunity = id;
        command.note = answers.text();
        return Result<CommandCall>(callOf(command));
    });
    ask->setDone(tr("Closed: handled at first contact"));
    ask->open();
}

bool mayReturn(Workbench &workbench, const Opportunity &opportunity)
{
    if (!mayMove(opportunity.custodyState, CustodyState::Returned))
        return false;
    // Whole, but for the answers that are asked for later: rights do not depend on them.
    ReturnOpportunity command;
    command.opportunity = opportunity.id;
    command.queue = operationsQueueOf(workbench, opportunity.areaId);
    command.reason = ReturnOpportunity::label.argument();
    return bool(workbench.mayRun(callOf(command)));
}

void askToReturn(Desk &desk, QWidget *parent, const Opportunity &opportunity)
{
    auto *ask =
        new AskDialog(desk, u"return"_s, opportunity.id.text(),
                      OpportunityActs::tr("Return the opportunity"),
                      OpportunityActs::tr(
                          "It goes back to the operations centre. Why, and what should happen?"),
                      parent);
    ask->setReasons(returnReasons());
    ask->setTargets(OpportunityActs::tr("Queue to return to"),
                    returnTargets(desk.workbench, opportunity.areaId));
    ask->setCall([id = opportunity.id, epoch = opportunity.claimEpoch](const AskDialog &answers) {
        ReturnOpportunity command;
        command.opportunity = id;
        command.queue = RecordId(answers.target());
        command.reason = answers.text();
        command.claimEpoch = epoch;
        return Result<CommandCall>(callOf(command));
    });
    ask->setDone(OpportunityActs::tr("Returned"));
    ask->open();
}

void askToDiscard(Desk &desk, QWidget *parent, const RecordId &opportunity)
{
    auto *ask = new AskDialog(desk, u"invalid"_s, opportunity.text(),
                              OpportunityActs::tr("Discard the opportunity"),
                              OpportunityActs::tr("Why is it no opportunity?"), parent);
    ask->setChoices(discardReasons);
    ask->setCall([opportunity](const AskDialog &answers) {
        MarkInvalid command;
        command.opportunity = opportunity;
        command.reason = fromKey<CustodyReason>(answers.choice());
        command.note = answers.text();
        return Result<CommandCall>(callOf(command));
    });
    ask->setDone(OpportunityActs::tr("Discarded"));
    ask->open();
}

void askForAnswer(Desk &desk, QWidget *parent, const RecordId &opportunity)
{
    const auto row = desk.workbench.reader().findRow(u"opportunity"_s, opportunity);
    if (!row)
        return desk.toasts.show(OpportunityActs::tr("This opportunity is not on this PC."),
                                BadgeKind::Warn);
    const auto asked = fromRow<Opportunity>(*row);
    if (asked.custodyState != CustodyState::NeedsInfo)
        return desk.toasts.show(OpportunityActs::tr("Nobody waits for information on it any more."),
                                BadgeKind::Info);
    auto *dialog = new RecordDialog(desk, u"opportunity"_s, u"answer"_s, opportunity.text(),
                                    OpportunityActs::tr("Give the information"), parent);
    dialog->setHint(OpportunityActs::tr("The operations centre asks: %1").arg(asked.infoQuestion));
    RecordForm &form = dialog->form();
    for (const Element element : {Element::Need, Element::Contact, Element::KeyPerson,
                                  Element::Enterprise, Element::Informatisation})
        form.addElement(element);
    form.show(*row);
    QPlainTextEdit &answer = dialog->addText(u"answer.text"_s, OpportunityActs::tr("Answer"));
    dialog->setCall([opportunity, text = &answer, shown = form.seen()](const FieldValues &typed) {
        AnswerInfo command;
        command.opportunity = opportunity;
        command.answer = text->toPlainText().trimmed();
        command.values = typed;
        for (const auto &[field, value] : typed)
            command.seen[field] = shown.at(field);
        return callOf(command);
    });
    dialog->setThen([toasts = &desk.toasts](const CommandCall &, const RunOutcome &) {
        toasts->show(OpportunityActs::tr("Given to the operations centre"), BadgeKind::Ok);
    });
    dialog->open();
}

void noteFirstContact(Desk &desk, QWidget *parent, const RecordId &opportunity)
{
    MarkFirstContact command;
    command.opportunity = opportunity;
    command.at = {desk.ticker.nowMs()};
    desk.workbench.run(callOf(command),
                       [desk = &desk, page = QPointer(parent)](const Result<RunOutcome> &outcome) {
                           if (!outcome)
                               return desk->toasts.show(outcome.error().text(), BadgeKind::Danger);
                           if (page)
                               RecordActs(*desk, page)
                                   .offerUndo(OpportunityActs::tr("First contact noted"),
                                              outcome->localNo, std::nullopt);
                       });
}

} // namespace keydesk
