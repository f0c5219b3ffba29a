#pragma once

#include "commands/registry.h"

namespace keydesk {

// A customer said something that may become a sale: writes it down and puts it on its way. Where it
// goes is the server's business (server/dispatch). `values` is the form's content by field name,
// account_id among them if the customer is known; otherwise the organisation's name ("ent_name")
// makes a potential Account with its Contact in the same command, unless the name or the number
// left is one existing customer's. A number of several is left to the dispatcher, with a note.
class RecordOpportunity final : public Command
{
public:
    static constexpr const char *name = "RecordOpportunity";
    static constexpr Label label{"登记商机", "Record opportunity"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    FieldValues values;
    bool handled = false; // done at first contact by the channel that met the customer (domain C4)
    QString handledNote;

    static constexpr std::tuple args{
        Arg{"values", &RecordOpportunity::values},
        Arg{"handled", &RecordOpportunity::handled, Need::Optional},
        Arg{"handled_note", &RecordOpportunity::handledNote, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// The dispatcher asks the contact channel for what is missing (domain C7); not a transfer.
class RequestInfo final : public Command
{
public:
    static constexpr const char *name = "RequestInfo";
    static constexpr Label label{"要求补充", "Ask for information"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Requested;

    RecordId opportunity;
    QString question;

    static constexpr std::tuple args{
        Arg{"opportunity", &RequestInfo::opportunity},
        Arg{"question", &RequestInfo::question},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;
};

// The contact channel answers: back to the operations centre, with more elements filled in.
class AnswerInfo final : public Command
{
public:
    static constexpr const char *name = "AnswerInfo";
    static constexpr Label label{"补充商机要素", "Give the information"};
    static constexpr OfflinePolicy offline = OfflinePolicy::Queued;

    RecordId opportunity;
    QString answer;
    FieldValues values;
    FieldValues seen; // what the form showed of them, where it showed anything

    static constexpr std::tuple args{
        Arg{"opportunity", &AnswerInfo::opportunity},
        Arg{"answer", &AnswerInfo::answer, Need::Optional},
        Arg{"values", &AnswerInfo::values, Need::Optional},
        Arg{"seen", &AnswerInfo::seen, Need::Optional},
    };

    Result<> permit(CommandContext &context) const override;
    Result<> apply(CommandContext &context) const override;

private:
    Result<> checkFields(CommandContext &context, const EntityInfo &info, const Row &current) const;
};

} // namespace keydesk
