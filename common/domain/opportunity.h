#pragma once

#include "domain/account.h"
#include "domain/channel.h"
#include "domain/custody.h"
#include "domain/product_offering.h"
#include "domain/stage.h"

namespace keydesk {

struct Contact;
struct Team;

enum class OpportunityKind { Interaction, Lead, Opportunity };
template <>
struct EnumTable<OpportunityKind>
{
    static constexpr EnumKey keys[] = {
        {"interaction", {"接触记录", "Interaction only"}},
        {"lead", {"商机线索", "Lead"}},
        {"opportunity", {"商机", "Opportunity"}},
    };
};

// Whether the customer came to us or we went to the customer (S2, section 6.2).
enum class CaptureMode { Passive, Active };
template <>
struct EnumTable<CaptureMode>
{
    static constexpr EnumKey keys[] = {
        {"passive", {"客户主动来访", "Customer came to us"}},
        {"active", {"主动挖掘", "We went to the customer"}},
    };
};

enum class Urgency { Normal, Urgent, Critical };
template <>
struct EnumTable<Urgency>
{
    static constexpr EnumKey keys[] = {
        {"normal", {"一般", "Normal"}},
        {"urgent", {"紧急", "Urgent"}},
        {"critical", {"特急", "Critical"}},
    };
};

// The fifth element: what the customer wants.
enum class NeedKind { NewBusiness, Expansion, Change, Renewal, Trial, Solution, Consultation };
template <>
struct EnumTable<NeedKind>
{
    static constexpr EnumKey keys[] = {
        {"new_business", {"新装业务", "New business"}},
        {"expansion", {"扩容增加", "Expansion"}},
        {"change", {"业务变更", "Change"}},
        {"renewal", {"续约", "Renewal"}},
        {"trial", {"试用", "Trial"}},
        {"solution", {"信息化方案", "Solution"}},
        {"consultation", {"业务咨询", "Consultation"}},
    };
};

enum class Operator { Unknown, Telecom, Mobile, Unicom, Broadcast, Other };
template <>
struct EnumTable<Operator>
{
    static constexpr EnumKey keys[] = {
        {"unknown", {"未知", "Not known"}},
        {"telecom", {"中国电信", "China Telecom"}},
        {"mobile", {"中国移动", "China Mobile"}},
        {"unicom", {"中国联通", "China Unicom"}},
        {"broadcast", {"中国广电", "China Broadnet"}},
        {"other", {"其他", "Other"}},
    };
};

enum class InformatisationLevel { Unknown, None, Basic, Networked, Integrated, Leading };
template <>
struct EnumTable<InformatisationLevel>
{
    static constexpr EnumKey keys[] = {
        {"unknown", {"未了解", "Not known"}},
        {"none", {"无信息化", "None"}},
        {"basic", {"基础办公", "Basic office"}},
        {"networked", {"已联网", "Networked"}},
        {"integrated", {"系统集成", "Integrated"}},
        {"leading", {"行业领先", "Leading"}},
    };
};

// A chance to sell, from the first word of a customer to won or lost. Belongs to one account, is
// held by at most one person, is never deleted, only closed. Custody (who holds it) and stage (how
// far the sale is) are two machines: custody.h, stage.h.
struct Opportunity : Record
{
    // Element 1: basic information
    QString no; // SJ number, issued by the server
    OpportunityKind kind = OpportunityKind::Interaction;
    QString title;
    Ref<Account> accountId;
    QString accountName;                           // snapshot, for holders who lack the account's row
    ValueClass valueClass = ValueClass::Potential; // snapshot: clocks and lists go by it
    Ref<Area> areaId;
    bool productNamed = false;
    bool needStated = false;
    bool willing = false;
    bool purchasePlanned = false;
    Ref<ProductOffering> productId;
    int quantity = 0;
    Money valueFen; // a month
    BasisPoints probBp;
    QDate closeDate;
    Urgency urgency = Urgency::Normal;
    QString nextStep;
    QDate nextStepOn;
    // Element 2: the enterprise
    QString entName; // as told by the caller
    Ref<Industry> entIndustryId;
    Ownership entOwnership = Ownership::Unknown;
    int entEmployees = 0;
    int entBranches = 0;
    QString entAddress;
    // Element 3: the contact
    Ref<Contact> contactId;
    QString contactName;
    QString contactPhone;
    QString contactDepartment;
    QString contactTime;
    // Element 4: the key person
    Ref<Contact> keyPersonId;
    QString keyPersonName;
    QString keyPersonPhone;
    QString keyPersonTitle;
    int keyPersonAttitude = 0;
    // Element 5: the need
    Codes<NeedKind> needKinds;
    QString needSummary;
    QStringList needProducts; // other products that were mentioned
    int needSites = 0;
    int needUsers = 0;
    Money needBudgetFen;
    QDate needBy;
    QString needCompetitor;
    // Element 6: informatisation
    InformatisationLevel itLevel = InformatisationLevel::Unknown;
    QString itSystems;
    QString itNetwork;
    Operator itOperator = Operator::Unknown;
    Money itSpendFen; // a month
    QDate itContractUntil;
    int itTerminals = 0;
    QString itPlans;
    BasisPoints completenessBp;
    // Capture
    Ref<Channel> capturedChannel;
    CaptureMode captureMode = CaptureMode::Passive;
    Ref<Staff> capturedBy;
    Instant capturedAt;
    QString captureNote;
    // Custody
    CustodyState custodyState = CustodyState::Captured;
    CustodyReason custodyReason = CustodyReason::None;
    Instant custodySince;
    Ref<Channel> ownerChannel;
    Ref<Channel> handledByChannel; // closed at first contact
    int transferCount = 0;
    int claimEpoch = 0;
    Ref<Team> queueId; // only while it lies there unclaimed
    Ref<Staff> assigneeId;
    Ref<Staff> ownerId;
    Ref<Staff> followerId; // the telephone manager's double cover
    Instant dispatchedAt;
    Instant claimDueAt;
    int claimRemindLevel = 0; // of the clock that runs: 0 none, 1 at 50 %, 2 at 80 %, 3 at 100 %
    Instant claimedAt;
    Instant firstContactDueAt;
    Instant firstContactAt;
    Instant preProposalDueAt;
    Instant handoffAckAt;
    QString infoQuestion;
    Instant infoDueAt;
    QString infoAnswer;
    QString returnReason;
    Ref<Opportunity> mergedIntoId;
    // Stage
    SalesStage salesStage = SalesStage::None;
    Instant stageEnteredAt;
    QString preProposal;
    QString technicalSolution;
    QString commercialTerms;
    QString negotiationResult;
    QDate signedOn;
    LostReason lostReason = LostReason::None;
    QString lostCompetitor;
    QString lostNote;
    QDate revisitOn;
    Instant wonAt;
    Instant closedAt;
    QString statusText; // what the contact channel may tell the customer
    Instant lastActivityAt;
    QStringList tags;
    QString remarks;
};

template <>
struct Schema<Opportunity>
{
    using enum FieldFlag;
    using O = Opportunity;
    static constexpr auto table = "opportunity";
    static constexpr Label label{"商机", "Opportunity"};
    static constexpr FieldTable basicFields{
        Field{"no", &O::no, {"商机编号", "Number"}, ServerOwned | Searchable | BusinessKey},
        Field{"kind", &O::kind, {"商机类别", "Kind"}, ServerOwned},
        Field{"title", &O::title, {"商机名称", "Title"}, Required | Searchable},
        Field{"account_id", &O::accountId, {"所属客户", "Account"}, Required | ServerOwned},
        Field{"account_name", &O::accountName, {"客户名称", "Account name"}, ServerOwned | Searchable},
        Field{"value_class", &O::valueClass, {"价值分类", "Value class"}, ServerOwned},
        Field{"area_id", &O::areaId, {"本地网", "Area"}, ServerOwned},
        Field{"product_named", &O::productNamed, {"已提到产品名称", "Product named"}},
        Field{"need_stated", &O::needStated, {"已提出具体需求", "Need stated"}},
        Field{"willing", &O::willing, {"有进一步接洽意愿", "Willing to go on"}},
        Field{"purchase_planned", &O::purchasePlanned, {"计划办理", "Purchase planned"}},
        Field{"product_id", &O::productId, {"意向产品", "Product"}},
        Field{"quantity", &O::quantity, {"数量", "Quantity"}},
        Field{"value_fen", &O::valueFen, {"预计月收入", "Value a month"}, Confidential},
        Field{"prob_bp", &O::probBp, {"成功率", "Probability"}, ServerOwned},
        Field{"close_date", &O::closeDate, {"预计成交日期", "Expected close"}},
        Field{"urgency", &O::urgency, {"紧急程度", "Urgency"}},
        Field{"next_step", &O::nextStep, {"下一步", "Next step"}, {}, Merge::LastWriter},
        Field{"next_step_on", &O::nextStepOn, {"下一步日期", "Next step on"}, {}, Merge::LastWriter},
    };
    static constexpr FieldTable elementFields{
        Field{"ent_name", &O::entName, {"单位名称", "Organisation as told"}, Searchable},
        Field{"ent_industry_id", &O::entIndustryId, {"所属行业", "Industry"}},
        Field{"ent_ownership", &O::entOwnership, {"单位性质", "Ownership"}},
        Field{"ent_employees", &O::entEmployees, {"员工人数", "Employees"}},
        Field{"ent_branches", &O::entBranches, {"分支机构数", "Branches"}},
        Field{"ent_address", &O::entAddress, {"单位地址", "Address"}},
        Field{"contact_id", &O::contactId, {"联系人", "Contact"}},
        Field{"contact_name", &O::contactName, {"联系人姓名", "Contact name"}, Searchable | Personal},
        Field{"contact_phone", &O::contactPhone, {"联系电话", "Contact phone"}, Phone | Searchable | Personal},
        Field{"contact_department", &O::contactDepartment, {"联系人部门", "Contact's department"}},
        Field{"contact_time", &O::contactTime, {"方便联系时间", "Best time"}},
        Field{"key_person_id", &O::keyPersonId, {"关键人", "Key person"}},
        Field{"key_person_name", &O::keyPersonName, {"关键人姓名", "Key person's name"}, Searchable | Personal},
        Field{"key_person_phone", &O::keyPersonPhone, {"关键人电话", "Key person's phone"}, Phone | Searchable | Personal},
        Field{"key_person_title", &O::keyPersonTitle, {"关键人职务", "Key person's job"}},
        Field{"key_person_attitude", &O::keyPersonAttitude, {"关键人态度", "Key person's attitude"}}.within(-2, 2),
        Field{"need_kinds", &O::needKinds, {"需求类型", "Kind of need"}},
        Field{"need_summary", &O::needSummary, {"需求描述", "Need"}, Long | Searchable, Merge::Append},
        Field{"need_products", &O::needProducts, {"涉及产品", "Products mentioned"}},
        Field{"need_sites", &O::needSites, {"涉及地点数", "Sites"}},
        Field{"need_users", &O::needUsers, {"使用人数", "Users"}},
        Field{"need_budget_fen", &O::needBudgetFen, {"客户预算", "Budget"}, Confidential},
        Field{"need_by", &O::needBy, {"要求完成日期", "Needed by"}},
        Field{"need_competitor", &O::needCompetitor, {"竞争对手", "Competitors"}},
        Field{"it_level", &O::itLevel, {"信息化程度", "Informatisation"}},
        Field{"it_systems", &O::itSystems, {"现有信息系统", "Systems in use"}, Long},
        Field{"it_network", &O::itNetwork, {"现有网络", "Network in use"}, Long},
        Field{"it_operator", &O::itOperator, {"现用运营商", "Current operator"}},
        Field{"it_spend_fen", &O::itSpendFen, {"信息化月支出", "IT spend a month"}, Confidential},
        Field{"it_contract_until", &O::itContractUntil, {"现有合同到期", "Current contract ends"}},
        Field{"it_terminals", &O::itTerminals, {"终端数", "Terminals"}},
        Field{"it_plans", &O::itPlans, {"信息化规划", "Plans"}, Long},
        Field{"completeness_bp", &O::completenessBp, {"要素完整度", "Completeness"}, ServerOwned},
    };
    static constexpr FieldTable custodyFields{
        Field{"captured_channel", &O::capturedChannel, {"接触渠道", "Contact channel"}, ServerOwned},
        Field{"capture_mode", &O::captureMode, {"获取方式", "How it came"}},
        Field{"captured_by", &O::capturedBy, {"采集人", "Captured by"}, ServerOwned},
        Field{"captured_at", &O::capturedAt, {"采集时间", "Captured at"}, ServerOwned},
        Field{"capture_note", &O::captureNote, {"采集备注", "Note at capture"}, Long, Merge::Append},
        Field{"custody_state", &O::custodyState, {"保管状态", "Custody"}, ServerOwned},
        Field{"custody_reason", &O::custodyReason, {"状态原因", "Reason"}, ServerOwned},
        Field{"custody_since", &O::custodySince, {"状态起始时间", "Since"}, ServerOwned},
        Field{"owner_channel", &O::ownerChannel, {"销售服务渠道", "Sales channel"}, ServerOwned},
        Field{"handled_by_channel", &O::handledByChannel, {"办结渠道", "Handled by channel"}, ServerOwned},
        Field{"transfer_count", &O::transferCount, {"转移次数", "Transfers"}, ServerOwned},
        Field{"claim_epoch", &O::claimEpoch, {"认领版本", "Claim epoch"}, ServerOwned | Hidden},
        Field{"queue_id", &O::queueId, {"所在队列", "Queue"}, ServerOwned},
        Field{"assignee_id", &O::assigneeId, {"分派对象", "Dispatched to"}, ServerOwned},
        Field{"owner_id", &O::ownerId, {"认领人", "Owner"}, ServerOwned},
        Field{"follower_id", &O::followerId, {"双重覆盖", "Also covered by"}, ServerOwned},
        Field{"dispatched_at", &O::dispatchedAt, {"分派时间", "Dispatched at"}, ServerOwned},
        Field{"claim_due_at", &O::claimDueAt, {"认领时限", "Claim by"}, ServerOwned},
        Field{"claim_remind_level", &O::claimRemindLevel, {"催办级别", "Reminders"}, ServerOwned | Hidden},
        Field{"claimed_at", &O::claimedAt, {"认领时间", "Claimed at"}, ServerOwned},
        Field{"first_contact_due_at", &O::firstContactDueAt, {"首次联系时限", "First contact by"}, ServerOwned},
        Field{"first_contact_at", &O::firstContactAt, {"首次联系时间", "First contact"}, ServerOwned},
        Field{"pre_proposal_due_at", &O::preProposalDueAt, {"预案时限", "Pre-proposal by"}, ServerOwned},
        Field{"handoff_ack_at", &O::handoffAckAt, {"交接确认时间", "Handover acknowledged"}, ServerOwned},
        Field{"info_question", &O::infoQuestion, {"待补充问题", "Question"}, ServerOwned | Long},
        Field{"info_due_at", &O::infoDueAt, {"补充时限", "Answer by"}, ServerOwned},
        Field{"info_answer", &O::infoAnswer, {"补充说明", "Answer"}, ServerOwned | Long},
        Field{"return_reason", &O::returnReason, {"转回原因", "Why returned"}, ServerOwned},
        Field{"merged_into_id", &O::mergedIntoId, {"合并至", "Merged into"}, ServerOwned},
    };
    static constexpr FieldTable stageFields{
        Field{"sales_stage", &O::salesStage, {"销售阶段", "Stage"}, ServerOwned},
        Field{"stage_entered_at", &O::stageEnteredAt, {"进入阶段时间", "Stage since"}, ServerOwned},
        Field{"pre_proposal", &O::preProposal, {"销售预案", "Pre-proposal"}, Long},
        Field{"technical_solution", &O::technicalSolution, {"技术方案", "Technical solution"}, Long},
        Field{"commercial_terms", &O::commercialTerms, {"商务方案", "Commercial terms"}, Long | Confidential},
        Field{"negotiation_result", &O::negotiationResult, {"谈判结果", "Negotiation result"}, Long | Confidential},
        Field{"signed_on", &O::signedOn, {"签约日期", "Signed on"}},
        Field{"lost_reason", &O::lostReason, {"失败原因", "Why lost"}, ServerOwned},
        Field{"lost_competitor", &O::lostCompetitor, {"中标竞争对手", "Lost to"}, ServerOwned},
        Field{"lost_note", &O::lostNote, {"失败说明", "Note on the loss"}, Long, Merge::Append},
        Field{"revisit_on", &O::revisitOn, {"再次跟进日期", "Come back on"}, ServerOwned},
        Field{"won_at", &O::wonAt, {"成交时间", "Won at"}, ServerOwned},
        Field{"closed_at", &O::closedAt, {"了结时间", "Closed at"}, ServerOwned},
        Field{"status_text", &O::statusText, {"进展说明", "Progress"}, ServerOwned},
        Field{"last_activity_at", &O::lastActivityAt, {"最近动态时间", "Last activity"}, ServerOwned},
        Field{"tags", &O::tags, {"标签", "Tags"}, {}, Merge::LastWriter},
        Field{"remarks", &O::remarks, {"备注", "Remarks"}, Long, Merge::LastWriter},
    };
    static constexpr FieldTable fields{basicFields, elementFields, custodyFields, stageFields};
    static constexpr BucketColumn buckets[] = {
        {"acct", "account_id"}, {"area", "area_id"},      {"user", "owner_id"},
        {"user", "assignee_id"}, {"user", "follower_id"}, {"watch", "captured_by"},
        {"org", "queue_id"},
    };
};

} // namespace keydesk
