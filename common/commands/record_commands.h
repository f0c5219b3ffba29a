#pragma once

#include "commands/registry.h"
#include "domain/note.h"

namespace keydesk {

// Creates a record that needs no command of its own: customers, their people and places, items,
// tags, reference data. Tasks and notes are passed on to CreateTask and AddNote.
class CreateRecord final : public Command
{
public:
    static constexpr const char *name = "CreateRecord";
    static constexpr Label label{"新建资料", "Create record"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    QString entity;
    FieldValues values;

    static constexpr std::tuple args{
        Arg{"entity", &CreateRecord::entity},
        Arg{"values", &CreateRecord::values},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;

private:
    Row rowFor(CommandContext &context, const EntityInfo &info) const;
    std::unique_ptr<Command> special() const;
};

// Takes such a record away; the server keeps the row.
class RemoveRecord final : public Command
{
public:
    static constexpr const char *name = "RemoveRecord";
    static constexpr Label label{"删除资料", "Remove record"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    QString entity;
    RecordId record;

    static constexpr std::tuple args{
        Arg{"entity", &RemoveRecord::entity},
        Arg{"record", &RemoveRecord::record},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// Writes down what happened with a customer, a person or an opportunity.
class AddNote final : public Command
{
public:
    static constexpr const char *name = "AddNote";
    static constexpr Label label{"添加跟进记录", "Add note"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    QString entity;
    RecordId record;
    QString body;
    NoteKind kind = NoteKind::Note;
    Instant at; // none: now

    static constexpr std::tuple args{
        Arg{"entity", &AddNote::entity},
        Arg{"record", &AddNote::record},
        Arg{"body", &AddNote::body},
        Arg{"kind", &AddNote::kind, Need::Optional},
        Arg{"at", &AddNote::at, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

} // namespace keydesk
