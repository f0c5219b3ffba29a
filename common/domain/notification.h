#pragma once

#include "schema/schema.h"

namespace keydesk {

struct Account;

enum class NotificationKind {
    General,
    Dispatched,
    ClaimReminder,
    ClaimEscalation,
    Expired,
    Returned,
    Claimed,
    InfoAsked,
    InfoAnswered,
    Assigned,
    TaskDue,
    Progress,
    QueueReminder,
    QueueOverdue,
};
template <>
struct EnumTable<NotificationKind>
{
    static constexpr EnumKey keys[] = {
        {"general", {"通知", "Notice"}},
        {"dispatched", {"新商机待认领", "An opportunity to claim"}},
        {"claim_reminder", {"认领提醒", "Claim reminder"}},
        {"claim_escalation", {"认领超时升级", "Claim overdue"}},
        {"expired", {"商机已收回", "Opportunity taken back"}},
        {"returned", {"商机被转回", "Opportunity returned"}},
        {"claimed", {"商机已认领", "Opportunity claimed"}},
        {"info_asked", {"请补充商机要素", "Information asked"}},
        {"info_answered", {"商机要素已补充", "Information given"}},
        {"assigned", {"新客户归属", "A customer assigned to you"}},
        {"task_due", {"任务到期", "Task due"}},
        {"progress", {"商机进展", "Progress"}},
        {"queue_reminder", {"商机待分派", "Waits to be dispatched"}},
        {"queue_overdue", {"商机分派超时", "Not dispatched in time"}},
    };
};

enum class Severity { Info, Important, Urgent };
template <>
struct EnumTable<Severity>
{
    static constexpr EnumKey keys[] = {
        {"info", {"一般", "Information"}},
        {"important", {"重要", "Important"}},
        {"urgent", {"紧急", "Urgent"}},
    };
};

// Something one person should know. The kind is the sentence; title and body only fill it in.
struct Notification : Record
{
    Ref<Staff> staffId;
    NotificationKind kind = NotificationKind::General;
    Severity severity = Severity::Info;
    QString title;
    QString body;
    QString subjectEntity;
    RecordId subjectId;
    Ref<Account> accountId;
    Instant at;
    Instant readAt;
};

template <>
struct Schema<Notification>
{
    using enum FieldFlag;
    using N = Notification;
    static constexpr auto table = "notification";
    static constexpr Label label{"通知", "Notification"};
    static constexpr FieldTable fields{
        Field{"staff_id", &N::staffId, {"接收人", "For"}, Required | ServerOwned},
        Field{"kind", &N::kind, {"通知类型", "Kind"}, ServerOwned},
        Field{"severity", &N::severity, {"重要程度", "Severity"}, ServerOwned},
        Field{"title", &N::title, {"通知标题", "Title"}, Required | ServerOwned},
        Field{"body", &N::body, {"通知内容", "Text"}, ServerOwned | Long},
        Field{"subject_entity", &N::subjectEntity, {"关联类别", "About (kind)"}, ServerOwned | Hidden},
        Field{"subject_id", &N::subjectId, {"关联记录", "About"}, ServerOwned | Hidden},
        Field{"account_id", &N::accountId, {"所属客户", "Account"}, ServerOwned},
        Field{"at", &N::at, {"通知时间", "At"}, ServerOwned},
        Field{"read_at", &N::readAt, {"阅读时间", "Read at"}, ServerOwned},
    };
    static constexpr BucketColumn buckets[] = {{"user", "staff_id"}};
};

} // namespace keydesk
