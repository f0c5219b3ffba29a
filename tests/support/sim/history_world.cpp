#include "support/sim/history.h"

#include "commands/assignment_commands.h"
#include "commands/edit_record.h"
#include "commands/staff_commands.h"
#include "support/sim/sim_commands.h"

// What happens at the server without a desktop of the history: a department manager elsewhere, the
// rows' own fate, and time.

namespace keydesk::sim {

using namespace Qt::StringLiterals;

void History::worldActs()
{
    if (m_faults.skew && chance(50)) {
        if (m_server->catalog().find(u"sim_visit"_s)) {
            const CommandCall act = visitAct();
            mortal(nullptr, [&] { m_server->commitJobs({act}); });
        }
        return;
    }
    const int what = pick(100);
    note("world", quint64(what));
    if (what < 14 || (what >= 74 && what < 88)) {
        const CommandCall act = what < 14 ? assignmentAct() : recordAct();
        mortal(nullptr, [&] { m_server->commitJobs({act}); });
        return;
    }
    std::vector<CommandCall> acts;
    if (what < 26) { // a customer gets another manager
        AssignAccount assign;
        assign.account = RecordId(anyOf(m_stage.accounts));
        assign.staff = RecordId(m_stage.users[std::size_t(pick(2))]);
        assign.from = businessDate(m_clock.now()).addDays(chance(20) ? 1 : 0);
        assign.replace = true;
        acts.push_back(call(assign));
    } else if (what < 36) { // a customer moves to another area, with all that is about it
        EditRecord edit;
        edit.entity = u"account"_s;
        edit.record = RecordId(anyOf(m_stage.accounts));
        edit.patch[u"area_id"_s] = anyOf(m_stage.areas);
        acts.push_back(call(edit));
    } else if (what < 74) {
        acts = custodyActs();
    } else {
        acts.push_back(chance(20) ? officeAct() : staffAct());
    }
    mortal(nullptr, [&] { m_server->commitAs(m_stage.elsewhere, acts); });
}

// What the manager sees needs a hand: it is taken back, and mostly given out anew.
std::vector<CommandCall> History::custodyActs()
{
    const QString target = chance(75) ? anyOf(m_stage.opportunities) : anyOpportunity();
    const auto row = m_server->latest().rows.find({u"opportunity"_s, target});
    if (row == m_server->latest().rows.end())
        return {hop(target, nullptr)};
    const EntityInfo &entity = m_stage.catalog.entity(u"opportunity"_s);
    const QString state = entity.cell(*row->second, u"custody_state"_s).text();
    if ((state != u"dispatched" && state != u"claimed") || chance(35))
        return {hop(target, row->second.get())};
    std::vector<CommandCall> acts{giveBack(RecordId(target), 0)};
    if (chance(70))
        acts.push_back(giveOut(RecordId(target), 0));
    return acts;
}

// Somebody looks after a customer too, no longer, or after another one.
CommandCall History::assignmentAct()
{
    SimSet set;
    set.entity = u"assignment"_s;
    set.record = RecordId::fromParts(1'690'000'050'000, 1, quint64(pick(6)));
    set.values = {{u"account_id"_s, anyOf(m_stage.accounts)},
                  {u"staff_id"_s, anyOf(m_stage.users)},
                  {u"role"_s, u"deputy"_s},
                  {u"deleted_at"_s, chance(40) ? Cell(m_clock.now().ms) : Cell()}};
    return call(set);
}

// What programs of today know nothing of: made, changed, moved or taken away.
CommandCall History::visitAct()
{
    SimSet set;
    set.entity = u"sim_visit"_s;
    set.record = RecordId::fromParts(1'690'000'060'000, 1, quint64(pick(8)));
    set.values = {{u"account_id"_s, anyOf(m_stage.accounts)},
                  {u"area_id"_s, anyOf(m_stage.areas)},
                  {u"subject"_s, u"拜访%1"_s.arg(m_step)},
                  {u"deleted_at"_s, chance(20) ? Cell(m_clock.now().ms) : Cell()}};
    if (m_server->catalog().entity(set.entity).indexOf(u"rating"_s) >= 0)
        set.values[u"rating"_s] = u"好%1"_s.arg(m_step);
    return call(set);
}

// An opportunity is deleted or comes back, or lies in another area.
CommandCall History::recordAct()
{
    SimSet set;
    set.entity = u"opportunity"_s;
    const QString target = anyOpportunity();
    set.record = RecordId(target);
    const EntityInfo &entity = m_stage.catalog.entity(set.entity);
    const auto row = m_server->store().find(entity, set.record);
    if (!row)
        set.record = RecordId(anyOf(m_stage.opportunities));
    const bool there = m_server->latest().rows.contains({set.entity, set.record.text()});
    if (!there || chance(50))
        set.values[u"deleted_at"_s] = there ? Cell(m_clock.now().ms) : Cell();
    else
        set.values[u"area_id"_s] = anyOf(m_stage.areas);
    return call(set);
}

// A person is disabled, or allowed back; or gets another role or team.
CommandCall History::staffAct()
{
    SaveStaff save;
    save.staff = RecordId(anyOf(m_stage.users));
    if (m_faults.roles && chance(70)) {
        const std::array<const char *, 6> roles{"account_manager", "dispatcher",
                                                "hotline_agent",   "supervisor",
                                                "hall_clerk",      "account_manager,dispatcher"};
        save.values[u"roles"_s] = QString::fromLatin1(roles[std::size_t(pick(6))]);
        if (chance(40))
            save.values[u"team_id"_s] = chance(50) ? m_stage.queue : m_stage.salesQueue;
        if (chance(30))
            save.values[u"area_id"_s] = anyOf(m_stage.areas);
        return call(save);
    }
    save.status = chance(60) ? u"active"_s : u"disabled"_s;
    return call(save);
}

// With the business day the assignments and grants turn before anything else happens.
void History::passTime(qint64 milliseconds)
{
    m_clock.advance(milliseconds);
    m_real.advance(milliseconds);
    (void)m_server->keepDay();
}

// Hours pass: what the host does every minute follows.
void History::jumpInTime()
{
    if (m_faults.clocks && chance(10))
        m_clock.advance(-(1 + pick(90)) * minute); // the server's clock was fast
    else
        passTime(chance(20) ? day : (20 + pick(100)) * minute);
    m_server->expireOpened();
    note("clock");
    mortal(nullptr, [&] { m_server->runClock(m_stage.calendar); });
}

} // namespace keydesk::sim
