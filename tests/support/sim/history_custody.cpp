#include "support/sim/history.h"

#include "commands/opportunity_capture.h"
#include "commands/opportunity_claim.h"
#include "commands/opportunity_stage.h"
#include "commands/opportunity_transfer.h"

// The hops of an opportunity from hand to hand, as whoever sees it may want them.

namespace keydesk::sim {

using namespace Qt::StringLiterals;

// What fits the state that is shown, now and then anything; nothing shown: anything.
CommandCall History::hop(const QString &opportunity, const Row *shown)
{
    const EntityInfo &entity = m_stage.catalog.entity(u"opportunity"_s);
    const RecordId id(opportunity);
    const QString state = shown ? entity.cell(*shown, u"custody_state"_s).text() : QString();
    const int epoch = shown && chance(60) ? int(entity.cell(*shown, u"claim_epoch"_s).integer())
                                          : 0;
    if (chance(12))
        return anyHop(id, epoch);
    if (state == u"dispatching" || state == u"returned" || state == u"expired")
        return chance(75) ? giveOut(id, epoch) : ask(id);
    if (state == u"needs_info")
        return answerQuestion(id);
    if (state == u"claimed")
        return endClaim(id, epoch);
    if (state == u"dispatched" && chance(50))
        return giveBack(id, epoch);
    if (state == u"dispatched") {
        ClaimOpportunity claim;
        claim.opportunity = id;
        return call(claim);
    }
    return anyHop(id, epoch);
}

CommandCall History::giveOut(const RecordId &opportunity, int epoch)
{
    DispatchOpportunity dispatch;
    dispatch.opportunity = opportunity;
    if (chance(50))
        dispatch.staff = RecordId(m_stage.users[std::size_t(pick(2))]);
    else
        dispatch.queue = RecordId(m_stage.salesQueue);
    dispatch.claimEpoch = epoch;
    return call(dispatch);
}

CommandCall History::giveBack(const RecordId &opportunity, int epoch)
{
    ReturnOpportunity back;
    back.opportunity = opportunity;
    back.queue = RecordId(m_stage.queue);
    back.reason = u"客户要求换人"_s;
    back.claimEpoch = epoch;
    return call(back);
}

CommandCall History::ask(const RecordId &opportunity)
{
    RequestInfo question;
    question.opportunity = opportunity;
    question.question = u"联系人是谁？"_s;
    return call(question);
}

CommandCall History::answerQuestion(const RecordId &opportunity)
{
    AnswerInfo answer;
    answer.opportunity = opportunity;
    answer.answer = u"已补充"_s;
    if (chance(70))
        answer.values = {{u"willing"_s, 1},
                         {u"need_kinds"_s, u"expansion"_s},
                         {u"contact_phone"_s, u"13900139001"_s}};
    return call(answer);
}

CommandCall History::endClaim(const RecordId &opportunity, int epoch)
{
    const int what = pick(100);
    if (what < 45) {
        UndoClaim undo;
        undo.opportunity = opportunity;
        return call(undo);
    }
    if (what < 85)
        return giveBack(opportunity, epoch);
    if (what < 95) {
        MarkFirstContact contact;
        contact.opportunity = opportunity;
        return call(contact);
    }
    CloseOpportunity close;
    close.opportunity = opportunity;
    close.lostReason = LostReason::Price;
    close.note = u"价格"_s;
    return call(close);
}

CommandCall History::anyHop(const RecordId &opportunity, int epoch)
{
    switch (pick(7)) {
    case 0:
        return giveOut(opportunity, epoch);
    case 1:
        return giveBack(opportunity, epoch);
    case 2:
        return ask(opportunity);
    case 3:
        return answerQuestion(opportunity);
    case 4:
    case 5:
        return endClaim(opportunity, epoch);
    default:
        break;
    }
    if (chance(80)) {
        CloseHandled handled;
        handled.opportunity = opportunity;
        handled.note = u"已办结"_s;
        return call(handled);
    }
    MarkInvalid invalid;
    invalid.opportunity = opportunity;
    return call(invalid);
}

} // namespace keydesk::sim
