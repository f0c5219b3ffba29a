#pragma once

#include "commands/registry.h"

namespace keydesk {

struct Opportunity;
struct Task;

/// Whether the task ends with an act of its opportunity, which waits for it: the first contact of
/// whoever owns it, or the answer to a question. Ticked off by itself it would be gone while the
/// opportunity's clock runs on.
bool endsWithItsAct(const Task &task, const Opportunity &opportunity);

// Gives somebody something to do: oneself, a colleague, or a team's queue. `values` is the form's
// content by field name; assignee_id and queue_id may be among them, without either it is one's
// own.
class CreateTask final : public Command
{
public:
    static constexpr const char *name = "CreateTask";
    static constexpr Label label{"新建任务", "Create task"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    FieldValues values;

    static constexpr std::tuple args{Arg{"values", &CreateTask::values}};

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;

private:
    Result<Task> taskFor(CommandContext &context) const;
};

class CompleteTask final : public Command
{
public:
    static constexpr const char *name = "CompleteTask";
    static constexpr Label label{"完成任务", "Complete task"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    RecordId task;
    QString result;

    static constexpr std::tuple args{
        Arg{"task", &CompleteTask::task},
        Arg{"result", &CompleteTask::result, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// Takes a completion back: open again, as if it had not been done. For whoever completed it.
class ReopenTask final : public Command
{
public:
    static constexpr const char *name = "ReopenTask";
    static constexpr Label label{"撤销完成", "Reopen task"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    RecordId task;

    static constexpr std::tuple args{Arg{"task", &ReopenTask::task}};

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

class SnoozeTask final : public Command
{
public:
    static constexpr const char *name = "SnoozeTask";
    static constexpr Label label{"稍后提醒", "Snooze task"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    RecordId task;
    Instant until;

    static constexpr std::tuple args{
        Arg{"task", &SnoozeTask::task},
        Arg{"until", &SnoozeTask::until},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// The time to be told about a task has come: run by the server's job, once for each such time. The
// server's reaction to it writes the notice.
class RemindTask final : public Command
{
public:
    static constexpr const char *name = "RemindTask";
    static constexpr Label label{"任务提醒", "Task reminder"};
    static constexpr OfflinePolicy offline = OfflinePolicy::OnlineOnly;

    RecordId task;
    Instant at; // Task::reminder() as the clock read it

    static constexpr std::tuple args{
        Arg{"task", &RemindTask::task},
        Arg{"at", &RemindTask::at},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

} // namespace keydesk
