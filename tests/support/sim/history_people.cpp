#include "support/sim/history.h"

#include "commands/edit_record.h"
#include "commands/opportunity_capture.h"
#include "commands/opportunity_claim.h"
#include "commands/staff_commands.h"
#include "support/sim/sim_commands.h"

// What people do at their desktops in a history.

namespace keydesk::sim {

using namespace Qt::StringLiterals;

void History::personActs(SimClient &client)
{
    if (chance(15)) {
        workOnMadeRecords(client);
        // At once: what was just done is not on the wire yet.
        return chance(40) && client.isRunning() ? dealWithRefused(client) : void();
    }
    if (chance(15))
        return dealWithRefused(client);
    if (chance(m_faults.poison ? 25 : 4)) {
        // Past the desktop's own judgement, as a newer or a broken program would queue it.
        const CommandCall act = badAct();
        if (client.outbox().append(act, m_clock.now()))
            client.promised.insert(act.id.text());
        return;
    }
    if (chance(5))
        return runHere(client, taskAct(client));
    runHere(client, chance(12) ? otherAct(client) : anyAct(client));
}

void History::runHere(SimClient &client, const CommandCall &act)
{
    mortal(&client, [&] {
        if (client.replica().run(act, client.serverNow(m_real.now())))
            client.promised.insert(act.id.text());
    });
}

CommandCall History::anyAct(SimClient &client)
{
    const QString target = anyOpportunity();
    if (!client.claimed.isNull() && chance(30)) // what was claimed last is undone or given back
        return endClaim(std::exchange(client.claimed, {}), 0);
    if (chance(m_faults.claimPercent)) {
        ClaimOpportunity claim;
        claim.opportunity = client.claimed = RecordId(target);
        return call(claim);
    }
    const int what = pick(100);
    if (what < 30)
        return appendTag(client, target);
    if (what < 62) {
        const auto shown = client.replica().isReadable()
            ? client.replica().current()->store().find(m_stage.catalog.entity(u"opportunity"_s),
                                                       RecordId(target))
            : std::nullopt;
        return hop(target, shown ? &*shown : nullptr);
    }
    if (what < 68) {
        EditRecord edit;
        edit.entity = u"opportunity"_s;
        edit.record = RecordId(target);
        edit.patch[u"title"_s] = words(client, u"题%1"_s.arg(m_step));
        edit.seen[u"title"_s] = u"商机0"_s;
        return call(edit);
    }
    if (what < 80)
        return capture(client);
    if (what < 86) {
        OpenAccount open;
        open.account = RecordId(anyOf(m_stage.accounts));
        open.reason = u"来电核实"_s;
        return call(open);
    }
    if (what < 90)
        return call(MarkNotificationRead());
    LaterPair pair;
    pair.first = RecordId(target);
    pair.second = RecordId(anyOf(m_stage.opportunities));
    return client.program().version > 1 ? call(pair) : call(static_cast<const SimPair &>(pair));
}

// Appends a tag to what this desktop shows of the text.
CommandCall History::appendTag(SimClient &client, const QString &opportunity)
{
    const EntityInfo &entity = m_stage.catalog.entity(u"opportunity"_s);
    const RecordId id = freshId();
    QString seen;
    if (client.replica().isReadable()) {
        if (const auto row = client.replica().current()->store().find(entity,
                                                                      RecordId(opportunity)))
            seen = entity.cell(*row, u"need_summary"_s).text();
    }
    EditRecord edit;
    edit.entity = entity.name();
    edit.record = RecordId(opportunity);
    // Whoever watches wants to tell what is typed from what was shown.
    edit.patch[u"need_summary"_s] = QString((m_watch ? QString() : seen) + u'#' + id.text() + u';');
    edit.seen[u"need_summary"_s] = seen.isEmpty() ? Cell() : Cell(seen);
    return {id, QString::fromLatin1(EditRecord::name), 1, argumentsOf(edit)};
}

// Something that is routed, something below the gate, or only a contact with a customer.
CommandCall History::capture(SimClient &client)
{
    RecordOpportunity record;
    record.values = {{u"title"_s, words(client, u"新商机%1"_s.arg(m_step))}};
    if (chance(85))
        record.values[u"account_id"_s] = anyOf(m_stage.accounts);
    else
        record.values[u"ent_name"_s] = u"单位%1"_s.arg(pick(3));
    if (chance(80)) {
        record.values[u"willing"_s] = 1;
        record.values[u"need_kinds"_s] = u"expansion"_s;
        record.values[u"urgency"_s] = chance(50) ? u"normal"_s
            : chance(50)                         ? u"urgent"_s
                                                 : u"critical"_s;
        if (chance(75))
            record.values[u"contact_phone"_s] = phone(client, u"13900139001"_s);
    }
    record.handled = chance(5);
    CommandCall made = call(record);
    if (m_opportunities.size() < 12)
        m_opportunities.push_back(RecordId::derive(made.id, 0).text());
    return made;
}

// Makes a contact, or does something with one that was to be made here, whatever became of it: a
// page may still show it.
void History::workOnMadeRecords(SimClient &client)
{
    const RecordId id = freshId();
    CommandCall act{id, u"SimMake"_s, 1, {}};
    if (client.makers.empty() || chance(40)) {
        act.arguments.values[u"account"_s] = anyOf(m_stage.accounts);
        act.arguments.values[u"title"_s] = words(client, u"联系人%1"_s.arg(m_step));
        client.makers.push_back(id);
    } else {
        RecordId maker = client.makers[std::size_t(pick(int(client.makers.size())))];
        const auto refused = client.outbox().rejected();
        if (!refused.empty() && chance(50))
            maker = refused[std::size_t(pick(int(refused.size())))].call.id;
        const QString contact = RecordId::derive(maker, 0).text();
        act.arguments.values[u"entity"_s] = u"contact"_s;
        act.arguments.values[u"record"_s] = contact;
        if (chance(50)) {
            act.type = u"EditRecord"_s;
            act.arguments.sets[u"patch"_s][u"name"_s] = words(client, u"改名%1"_s.arg(m_step));
        } else {
            act.type = u"AddNote"_s;
            act.arguments.values[u"body"_s] = words(client, u"记录%1"_s.arg(m_step));
        }
    }
    runHere(client, act);
}

// Sends a refused command again, sometimes with all of its colleagues, or puts it aside.
void History::dealWithRefused(SimClient &client)
{
    const auto refused = client.outbox().rejected();
    if (refused.empty())
        return;
    const Outbox::Rejected &one = refused[std::size_t(pick(int(refused.size())))];
    if (chance(10)) {
        client.dismissed.insert(one.call.id.text());
        mortal(&client, [&] { (void)client.outbox().dismiss(one.localNo); });
        return;
    }
    Outbox::Chosen chosen{{one.localNo, std::nullopt}};
    for (const Outbox::Rejected &other : refused) {
        if (chance(30))
            chosen[other.localNo] = std::nullopt;
        if (chosen.contains(other.localNo))
            client.retried.insert(other.call.id.text());
    }
    const auto held = [&] {
        return client.outbox().entries().size() + client.outbox().rejected().size();
    };
    const std::size_t before = held();
    note("retry", quint64(before));
    mortal(&client, [&] { (void)client.replica().retry(chosen, client.serverNow(m_real.now())); });
    if (!client.isRunning())
        return;
    if (held() != before)
        m_violation = u"G10: %1 commands became %2 by a retry"_s.arg(before).arg(held());
    if (m_violation.isEmpty())
        m_violation = m_oracle.checkReferences(client, *m_server);
}

} // namespace keydesk::sim
