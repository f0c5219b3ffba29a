#include "commands/opportunity_stage.h"

#include "base/date_text.h"
#include "commands/custody_step.h"
#include "commands/rights.h"
#include "commands/subject.h"
#include "domain/note.h"
#include "domain/task.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

QString stageLabel(SalesStage stage)
{
    return EnumTable<SalesStage>::keys[std::size_t(stage)].label.argument();
}

Result<> onlyOwner(CommandContext &context, const QString &act, const RecordId &id)
{
    const auto found = findOpportunity(context, id);
    if (!found)
        return found.error();
    if (!*found
        || mayDo(context, act, {.own = [&] { return (*found)->ownerId == context.actor.id(); }}))
        return {};
    return Error("opportunity.not_owner"_reason);
}

Result<> checkStageNeeds(CommandContext &context, const Opportunity &opportunity, SalesStage stage)
{
    const QStringList missing = missingForStage(opportunity, stage);
    if (missing.isEmpty())
        return {};
    const FieldInfo *field = context.tx.info<Opportunity>().field(missing.front());
    return Error("opportunity.stage_needs"_reason,
                 {stageLabel(stage), field ? field->label.argument() : missing.front(),
                  missing.front()});
}

void enterStage(CommandContext &context, Opportunity &opportunity, SalesStage stage)
{
    opportunity.salesStage = stage;
    opportunity.stageEnteredAt = context.now();
    opportunity.probBp = probabilityOf(stage);
    opportunity.lastActivityAt = context.now();
}

Note noteOn(CommandContext &context, const Opportunity &opportunity, const QString &body,
            Instant at)
{
    auto note = context.born<Note>(born::Note);
    note.subjectEntity = u"opportunity"_s;
    note.subjectId = opportunity.id;
    note.accountId = opportunity.accountId;
    note.areaId = opportunity.areaId;
    note.ownerId = opportunity.ownerId;
    note.capturedBy = opportunity.capturedBy;
    note.authorId = context.actor.id();
    note.body = body;
    note.at = at;
    return note;
}

// Comes back to its owner on the date he gave.
Task revisitTask(CommandContext &context, const Opportunity &opportunity)
{
    auto task = context.born<Task>(born::Task);
    task.kind = TaskKind::FollowUp;
    task.title = opportunity.title;
    task.dueAt = nineOn(opportunity.revisitOn);
    task.subjectEntity = u"opportunity"_s;
    task.subjectId = opportunity.id;
    task.accountId = opportunity.accountId;
    task.areaId = opportunity.areaId;
    task.assigneeId = opportunity.ownerId;
    return task;
}

} // namespace

Result<> MoveStage::permit(CommandContext &context) const
{
    return onlyOwner(context, QString::fromLatin1(name), opportunity);
}

Result<> MoveStage::apply(CommandContext &context) const
{
    auto found = findAnyOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    Opportunity moved = **found;
    if (moved.custodyState != CustodyState::Claimed)
        return wrongState(moved);
    if (!isOpen(stage) || !mayMove(moved.salesStage, stage))
        return Error("opportunity.stage_move"_reason,
                     {stageLabel(moved.salesStage), stageLabel(stage)});
    if (auto ready = checkStageNeeds(context, moved, stage); !ready)
        return ready;
    enterStage(context, moved, stage);
    moved.revisitOn = {};
    return context.save(moved);
}

Result<> CloseOpportunity::permit(CommandContext &context) const
{
    return onlyOwner(context, QString::fromLatin1(name), opportunity);
}

Result<> CloseOpportunity::checkOutcome(const CommandContext &context,
                                        const Opportunity &closing) const
{
    if (closing.custodyState != CustodyState::Claimed)
        return wrongState(closing);
    const bool ends = outcome == SalesStage::Won || outcome == SalesStage::Lost
        || outcome == SalesStage::Shelved;
    // Before the first contact there is no stage to leave, yet nothing to sell either.
    const bool early = closing.salesStage == SalesStage::None && outcome != SalesStage::Won;
    if (!ends || !(early || mayMove(closing.salesStage, outcome)))
        return Error("opportunity.stage_move"_reason,
                     {stageLabel(closing.salesStage), stageLabel(outcome)});
    if (outcome == SalesStage::Lost && closing.lostReason == LostReason::None)
        return Error("opportunity.lost_needs_reason"_reason);
    if (outcome == SalesStage::Lost && closing.lostReason == LostReason::Competition
        && closing.lostCompetitor.isEmpty())
        return Error("opportunity.lost_needs_competitor"_reason);
    if (outcome == SalesStage::Shelved && !closing.revisitOn.isValid())
        return Error("opportunity.shelve_needs_date"_reason);
    // Judged where the person sits: what waited offline until after its date is not refused later.
    if (outcome == SalesStage::Shelved && !context.onServer()
        && closing.revisitOn < businessDate(context.now()))
        return Error("opportunity.shelve_in_past"_reason, {formatDate(closing.revisitOn)});
    return {};
}

Result<> CloseOpportunity::apply(CommandContext &context) const
{
    auto found = findAnyOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    Opportunity closing = **found;
    if (outcome == SalesStage::Won && signedOn.isValid())
        closing.signedOn = signedOn;
    if (outcome == SalesStage::Lost) {
        closing.lostReason = lostReason;
        closing.lostCompetitor = lostCompetitor.trimmed();
        closing.lostNote = note.trimmed();
    }
    if (outcome == SalesStage::Shelved)
        closing.revisitOn = revisitOn;
    if (auto fits = checkOutcome(context, closing); !fits)
        return fits;
    if (outcome == SalesStage::Won) {
        if (auto ready = checkStageNeeds(context, closing, outcome); !ready)
            return ready;
        closing.wonAt = context.now();
    }
    enterStage(context, closing, outcome);
    if (outcome == SalesStage::Shelved) {
        if (auto done = context.tx.insert(revisitTask(context, closing)); !done)
            return done;
        return context.save(closing);
    }
    const bool won = outcome == SalesStage::Won;
    return takeStep(context, closing,
                    {.kind = TransferKind::Close,
                     .to = CustodyState::Closed,
                     .reason = won ? CustodyReason::Won : CustodyReason::Lost,
                     .staff = closing.ownerId,
                     .note = note.trimmed()});
}

Result<> MarkFirstContact::permit(CommandContext &context) const
{
    return onlyOwner(context, QString::fromLatin1(name), opportunity);
}

Result<> MarkFirstContact::apply(CommandContext &context) const
{
    auto found = findAnyOpportunity(context, opportunity);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    Opportunity contacted = **found;
    if (contacted.custodyState != CustodyState::Claimed)
        return wrongState(contacted);
    if (!contacted.firstContactAt.isNull())
        return Error("opportunity.already_handled"_reason);
    const Instant now = context.now();
    const Instant made = at.isNull() || now < at || at < contacted.claimedAt ? now : at;
    contacted.firstContactAt = made;
    if (contacted.salesStage == SalesStage::None)
        enterStage(context, contacted, SalesStage::Talk);
    contacted.lastActivityAt = context.now();
    for (Task task :
         context.tx.select<Task>("subject_id = ? AND kind = 'first_contact' AND state = 'open'",
                                 {opportunity.text()})) {
        task.state = TaskState::Done;
        task.completedAt = made;
        task.completedBy = context.actor.id();
        if (auto done = context.save(task); !done)
            return done;
    }
    if (!note.trimmed().isEmpty()) {
        if (auto done = context.tx.insert(noteOn(context, contacted, note.trimmed(), made)); !done)
            return done;
    }
    if (auto done = noteContact(context, contacted.accountId, made); !done)
        return done;
    return context.save(contacted);
}

} // namespace keydesk
