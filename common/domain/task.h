#pragma once

#include "schema/schema.h"

#include <algorithm>

namespace keydesk {

struct Account;
struct Area;
struct Team;

enum class TaskKind { General, FirstContact, FollowUp, HallFollowUp, SupplyInfo, Visit, Callback, PreProposal };
template <>
struct EnumTable<TaskKind>
{
    static constexpr EnumKey keys[] = {
        {"general", {"一般任务", "Task"}},
        {"first_contact", {"首次联系", "First contact"}, true},
        {"follow_up", {"跟进", "Follow-up"}},
        {"hall_follow_up", {"服营厅办理后续维护", "Follow-up after the hall"}},
        {"supply_info", {"补充商机要素", "Supply information"}, true},
        {"visit", {"走访", "Visit"}},
        {"callback", {"回访", "Call back"}},
        {"pre_proposal", {"编制销售预案", "Write the pre-proposal"}},
    };
};

enum class TaskState { Open, Done, Cancelled };
template <>
struct EnumTable<TaskState>
{
    static constexpr EnumKey keys[] = {
        {"open", {"待办", "Open"}},
        {"done", {"已完成", "Done"}},
        {"cancelled", {"已取消", "Cancelled"}},
    };
};

enum class TaskPriority { Normal, High, GreenChannel };
template <>
struct EnumTable<TaskPriority>
{
    static constexpr EnumKey keys[] = {
        {"normal", {"普通", "Normal"}},
        {"high", {"优先", "High"}},
        {"green_channel", {"绿色通道", "Green channel"}},
    };
};

// Something a person has to do by a time. In a queue it belongs to nobody yet.
//
// A kind that is the server's goes with an opportunity: it is made when the opportunity is claimed
// or asked about, and ends with the first contact or the answer. Nobody ticks it off by itself.
struct Task : Record
{
    TaskKind kind = TaskKind::General;
    QString title;
    QString details;
    TaskState state = TaskState::Open;
    TaskPriority priority = TaskPriority::Normal;
    Instant dueAt;
    Instant remindAt;
    Instant snoozedUntil;
    Instant remindedAt; // the reminder that was given last: the time it was due at
    QString subjectEntity;
    RecordId subjectId;
    Ref<Account> accountId;
    Ref<Area> areaId;
    Ref<Staff> assigneeId;
    Ref<Team> queueId;
    Instant completedAt;
    Ref<Staff> completedBy;
    QString result;

    /// When the person is to be told: at the reminder, else when it is due, and not before a snooze
    /// is over. Null if never.
    Instant reminder() const
    {
        return std::max(remindAt.isNull() ? dueAt : remindAt, snoozedUntil);
    }
};

template <>
struct Schema<Task>
{
    using enum FieldFlag;
    static constexpr auto table = "task";
    static constexpr Label label{"任务", "Task"};
    static constexpr FieldTable fields{
        Field{"kind", &Task::kind, {"任务类型", "Kind"}},
        Field{"title", &Task::title, {"任务名称", "Title"}, Required | Searchable},
        Field{"details", &Task::details, {"任务内容", "Details"}, Long, Merge::Append},
        Field{"state", &Task::state, {"任务状态", "State"}, ServerOwned},
        Field{"priority", &Task::priority, {"优先级", "Priority"}},
        Field{"due_at", &Task::dueAt, {"截止时间", "Due"}},
        Field{"remind_at", &Task::remindAt, {"提醒时间", "Remind at"}, {}, Merge::LastWriter},
        Field{"snoozed_until", &Task::snoozedUntil, {"稍后提醒至", "Snoozed until"}, {}, Merge::LastWriter},
        Field{"reminded_at", &Task::remindedAt, {"已提醒", "Reminded"}, FieldFlags(ServerOwned) | Hidden},
        Field{"subject_entity", &Task::subjectEntity, {"关联类别", "About (kind)"}, Hidden},
        Field{"subject_id", &Task::subjectId, {"关联记录", "About"}, Hidden},
        Field{"account_id", &Task::accountId, {"所属客户", "Account"}},
        Field{"area_id", &Task::areaId, {"本地网", "Area"}, ServerOwned},
        Field{"assignee_id", &Task::assigneeId, {"执行人", "Assignee"}, ServerOwned},
        Field{"queue_id", &Task::queueId, {"所在队列", "Queue"}, ServerOwned},
        Field{"completed_at", &Task::completedAt, {"完成时间", "Completed at"}, ServerOwned},
        Field{"completed_by", &Task::completedBy, {"完成人", "Completed by"}, ServerOwned},
        Field{"result", &Task::result, {"处理结果", "Result"}, Long, Merge::Append},
    };
    static constexpr BucketColumn buckets[] = {{"user", "assignee_id"},
                                               {"org", "queue_id"},
                                               {"acct", "account_id"},
                                               {"area", "area_id"}};
};

} // namespace keydesk
