#include "support/sim/history.h"

#include "commands/assignment_commands.h"
#include "commands/claim_job_commands.h"
#include "commands/export_command.h"
#include "commands/opportunity_stage.h"
#include "commands/record_commands.h"
#include "commands/staff_commands.h"
#include "commands/task_commands.h"
#include "support/sim/sim_commands.h"

// The rest of what the registry holds, so that a history may meet any of it; and commands that
// nobody should send.

namespace keydesk::sim {

using namespace Qt::StringLiterals;

// The id of some row of the table, as somebody may have it on the screen; now and then of none.
QString History::anyRow(const char *table)
{
    const QString name = QString::fromLatin1(table);
    std::vector<QString> ids;
    const auto &rows = m_server->latest().rows;
    for (auto row = rows.lower_bound({name, QString()});
         row != rows.end() && row->first.first == name; ++row)
        ids.push_back(row->first.second);
    return ids.empty() || chance(4) ? freshId().text() : anyOf(ids);
}

// One of those on the person's list that he ends and begins again himself, or nothing.
QString History::ownTask(SimClient &client, TaskState state)
{
    if (!client.replica().isReadable())
        return {};
    std::vector<QString> own;
    for (const Row &row :
         client.replica().current()->store().findAll(m_stage.catalog.entity(u"task"_s),
                                                     u"assignee_id"_s, client.user())) {
        const auto task = fromRow<Task>(row);
        if (task.state == state && !isServerOwned(task.kind))
            own.push_back(task.id.text());
    }
    return own.empty() ? QString() : anyOf(own);
}

CommandCall History::otherAct(SimClient &client)
{
    switch (pick(10)) {
    case 0: {
        MoveStage move;
        move.opportunity = RecordId(anyOpportunity());
        move.stage = chance(70) ? SalesStage::Talk : SalesStage::Need;
        return call(move);
    }
    case 1: {
        CreateRecord create;
        create.entity = u"contact"_s;
        create.values = {{u"name"_s, words(client, u"新联系人%1"_s.arg(m_step))},
                         {u"phone"_s, u"13700137%1"_s.arg(100 + pick(900))},
                         {u"account_id"_s, anyOf(m_stage.accounts)}};
        return call(create);
    }
    case 2: {
        RemoveRecord remove;
        remove.entity = u"contact"_s;
        remove.record = RecordId(anyRow("contact"));
        return call(remove);
    }
    case 3: {
        AddNote add;
        add.entity = u"opportunity"_s;
        add.record = RecordId(anyOpportunity());
        add.body = words(client, u"跟进%1"_s.arg(m_step));
        return call(add);
    }
    case 4:
        return officeAct();
    case 5: {
        ExportRecords exported;
        exported.entity = u"account"_s;
        exported.rows = 1 + pick(ExportRecords::mostRows + 1);
        exported.filter = u"步骤%1"_s.arg(m_step);
        return call(exported);
    }
    default:
        return taskAct(client);
    }
}

// Who has nothing on his list writes something down, mostly; who has, works on it.
CommandCall History::taskAct(SimClient &client)
{
    const QString open = ownTask(client, TaskState::Open);
    const QString done = ownTask(client, TaskState::Done);
    const bool idle = open.isEmpty() && done.isEmpty();
    if (chance(idle ? 60 : 15)) {
        CreateTask create;
        create.values = {{u"title"_s, words(client, u"回访%1"_s.arg(m_step))},
                         {u"assignee_id"_s, chance(60) ? client.user() : anyOf(m_stage.users)},
                         {u"due_at"_s, m_clock.now().ms + pick(72) * hour}};
        if (chance(50))
            create.values[u"account_id"_s] = anyOf(m_stage.accounts);
        return call(create);
    }
    const auto target = [this](const QString &own) {
        return RecordId(own.isEmpty() || chance(15) ? anyRow("task") : own);
    };
    const int what = pick(3);
    if (what == 0 || (what == 1 && done.isEmpty())) {
        CompleteTask complete;
        complete.task = target(open);
        return call(complete);
    }
    if (what == 1) {
        ReopenTask reopen;
        reopen.task = target(done);
        return call(reopen);
    }
    SnoozeTask snooze;
    snooze.task = target(open);
    snooze.until = m_clock.now() + (1 + pick(48)) * hour;
    return call(snooze);
}

// What administrators and leaders do; at most desktops it is refused.
CommandCall History::officeAct()
{
    switch (pick(4)) {
    case 0: {
        SaveRoutingRule save;
        save.rule = RecordId(anyRow("routing_rule"));
        save.values = {{u"name"_s, u"规则%1"_s.arg(m_step)}};
        return call(save);
    }
    case 1: {
        EndAssignment end;
        end.assignment = RecordId(anyRow("assignment"));
        end.until = businessDate(m_clock.now()).addDays(pick(3) - 1);
        return call(end);
    }
    case 2: {
        AssignAccount assign;
        assign.account = RecordId(anyOf(m_stage.accounts));
        assign.staff = RecordId(m_stage.users[std::size_t(pick(2))]);
        assign.from = businessDate(m_clock.now());
        assign.replace = true;
        return call(assign);
    }
    default: {
        SaveStaff save;
        save.staff = RecordId(anyOf(m_stage.users));
        save.values = {{u"name"_s, u"员工%1"_s.arg(m_step)}};
        return call(save);
    }
    }
}

// Of a newer program, without sense, too large, meant for the server's own jobs, or one that only
// the database refuses.
CommandCall History::badAct()
{
    const auto &types = m_stage.registry.types();
    CommandCall bad = call(types[std::size_t(pick(int(types.size())))].name, {});
    const int what = pick(6);
    if (what == 0) {
        bad.type = u"Unheard"_s;
    } else if (what == 1) {
        bad.version = 2;
    } else if (what == 2) {
        bad.arguments.values = {{u"opportunity"_s, u"nowhere"_s}, {u"entity"_s, u"nothing"_s}};
    } else if (what == 3) {
        bad.arguments.values[u"account"_s] = QString(20'000, u'长');
    } else if (what == 4) {
        ExpireClaim expire;
        expire.opportunity = RecordId(anyOpportunity());
        expire.claimEpoch = 1;
        return call(expire);
    } else {
        bad.type = QString::fromLatin1(SimBreak::name);
    }
    return bad;
}

} // namespace keydesk::sim
