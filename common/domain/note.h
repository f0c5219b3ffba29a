#pragma once

#include "schema/schema.h"

namespace keydesk {

struct Account;
struct Area;

enum class NoteKind { Note, Call, Visit, Mail, Meeting };
template <>
struct EnumTable<NoteKind>
{
    static constexpr EnumKey keys[] = {
        {"note", {"跟进记录", "Note"}},
        {"call", {"通话", "Call"}},
        {"visit", {"走访", "Visit"}},
        {"mail", {"邮件", "E-mail"}},
        {"meeting", {"会议", "Meeting"}},
    };
};

// What somebody wrote down about a record: the follow-up history. Stays with the record through
// every transfer.
struct Note : Record
{
    QString subjectEntity;
    RecordId subjectId;
    Ref<Account> accountId;
    Ref<Area> areaId;
    Ref<Staff> ownerId;    // who holds the opportunity it is about
    Ref<Staff> capturedBy; // who captured that opportunity
    Ref<Staff> authorId;
    NoteKind kind = NoteKind::Note;
    QString body;
    Instant at;
    bool pinned = false;
};

template <>
struct Schema<Note>
{
    using enum FieldFlag;
    static constexpr auto table = "note";
    static constexpr Label label{"跟进记录", "Note"};
    static constexpr FieldTable fields{
        Field{"subject_entity", &Note::subjectEntity, {"关联类别", "About (kind)"}, Hidden},
        Field{"subject_id", &Note::subjectId, {"关联记录", "About"}, Hidden},
        Field{"account_id", &Note::accountId, {"所属客户", "Account"}, ServerOwned},
        Field{"area_id", &Note::areaId, {"本地网", "Area"}, ServerOwned},
        Field{"owner_id", &Note::ownerId, {"处理人", "Held by"}, ServerOwned},
        Field{"captured_by", &Note::capturedBy, {"采集人", "Captured by"}, ServerOwned},
        Field{"author_id", &Note::authorId, {"记录人", "Author"}, ServerOwned},
        Field{"kind", &Note::kind, {"记录类型", "Kind"}},
        Field{"body", &Note::body, {"记录内容", "Text"}, Required | Searchable | Long, Merge::Append},
        Field{"at", &Note::at, {"发生时间", "When"}},
        Field{"pinned", &Note::pinned, {"置顶", "Pinned"}, {}, Merge::LastWriter},
    };
    static constexpr BucketColumn buckets[] = {{"acct", "account_id"},
                                               {"area", "area_id"},
                                               {"user", "owner_id"},
                                               {"watch", "captured_by"},
                                               {"watch", "author_id"}};
};

} // namespace keydesk
