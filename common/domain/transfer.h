#pragma once

#include "domain/custody.h"
#include "schema/schema.h"

namespace keydesk {

struct Account;
struct Area;
struct Channel;
struct Opportunity;
struct Team;

enum class TransferKind {
    Dispatch,
    Queue,
    Claim,
    UndoClaim,
    Return,
    Expire,
    AskInfo,
    AnswerInfo,
    Handover,
    Close,
    Discard,
};
template <>
struct EnumTable<TransferKind>
{
    static constexpr EnumKey keys[] = {
        {"dispatch", {"分派", "Dispatched"}},
        {"queue", {"转入队列", "Put in a queue"}},
        {"claim", {"认领", "Claimed"}},
        {"undo_claim", {"撤销认领", "Claim undone"}},
        {"return", {"转回", "Returned"}},
        {"expire", {"超时收回", "Expired"}},
        {"ask_info", {"要求补充", "Information asked"}},
        {"answer_info", {"补充完成", "Information given"}},
        {"handover", {"交接", "Handed over"}},
        {"close", {"了结", "Closed"}},
        {"discard", {"作废", "Discarded"}},
    };
};

// One move of an opportunity from hand to hand: the history of its custody. Never changed.
struct Transfer : Record
{
    Ref<Opportunity> opportunityId;
    // See OpportunityItem: copies that place the row in the opportunity's buckets.
    Ref<Account> accountId;
    Ref<Area> areaId;
    Ref<Staff> ownerId;
    Ref<Staff> capturedBy;
    int seq = 0; // 1, 2, 3 ... within the opportunity
    TransferKind kind = TransferKind::Dispatch;
    CustodyState fromState = CustodyState::Captured;
    CustodyState toState = CustodyState::Captured;
    Ref<Staff> fromStaffId;
    Ref<Staff> toStaffId;
    Ref<Team> fromQueueId;
    Ref<Team> toQueueId;
    Ref<Channel> fromChannel;
    Ref<Channel> toChannel;
    bool bySystem = false;
    CustodyReason reason = CustodyReason::None;
    QString note;
    int transferCount = 0; // the opportunity's count after the move
    Instant at;
    Instant dueAt;
};

template <>
struct Schema<Transfer>
{
    using enum FieldFlag;
    using T = Transfer;
    static constexpr auto table = "transfer";
    static constexpr Label label{"商机转移", "Transfer"};
    static constexpr FieldTable fields{
        Field{"opportunity_id", &T::opportunityId, {"所属商机", "Opportunity"}, Required | ServerOwned},
        Field{"account_id", &T::accountId, {"所属客户", "Account"}, ServerOwned},
        Field{"area_id", &T::areaId, {"本地网", "Area"}, ServerOwned},
        Field{"owner_id", &T::ownerId, {"处理人", "Held by"}, ServerOwned},
        Field{"captured_by", &T::capturedBy, {"采集人", "Captured by"}, ServerOwned},
        Field{"seq", &T::seq, {"序号", "No."}, ServerOwned},
        Field{"kind", &T::kind, {"转移类型", "Move"}, ServerOwned},
        Field{"from_state", &T::fromState, {"原状态", "From state"}, ServerOwned},
        Field{"to_state", &T::toState, {"新状态", "To state"}, ServerOwned},
        Field{"from_staff_id", &T::fromStaffId, {"转出人", "From"}, ServerOwned},
        Field{"to_staff_id", &T::toStaffId, {"转入人", "To"}, ServerOwned},
        Field{"from_queue_id", &T::fromQueueId, {"转出队列", "From queue"}, ServerOwned},
        Field{"to_queue_id", &T::toQueueId, {"转入队列", "To queue"}, ServerOwned},
        Field{"from_channel", &T::fromChannel, {"转出渠道", "From channel"}, ServerOwned},
        Field{"to_channel", &T::toChannel, {"转入渠道", "To channel"}, ServerOwned},
        Field{"by_system", &T::bySystem, {"系统转移", "By the system"}, ServerOwned},
        Field{"reason", &T::reason, {"转移原因", "Reason"}, ServerOwned},
        Field{"note", &T::note, {"转移说明", "Note"}, ServerOwned | Long},
        Field{"transfer_count", &T::transferCount, {"转移次数", "Transfers"}, ServerOwned},
        Field{"at", &T::at, {"转移时间", "At"}, ServerOwned},
        Field{"due_at", &T::dueAt, {"认领时限", "Claim by"}, ServerOwned},
    };
    static constexpr BucketColumn buckets[] = {
        {"acct", "account_id"}, {"area", "area_id"}, {"user", "owner_id"}, {"watch", "captured_by"}};
};

} // namespace keydesk
