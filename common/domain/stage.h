#pragma once

#include "base/money.h"
#include "schema/value.h"

#include <QStringList>

namespace keydesk {

struct Opportunity;

// How far the sale is (domain 4.3). Moves only while the opportunity is claimed and survives every
// transfer.
enum class SalesStage {
    None,
    Talk,
    Need,
    PreProposal,
    Proposal,
    Negotiation,
    Signing,
    Won,
    Lost,
    Shelved,
};
template <>
struct EnumTable<SalesStage>
{
    static constexpr EnumKey keys[] = {
        {"none", {"未开始", "Not started"}},
        {"talk", {"销售沟通", "Sales talk"}},
        {"need", {"需求挖掘", "Need analysis"}},
        {"pre_proposal", {"销售预案", "Pre-proposal"}},
        {"proposal", {"销售方案", "Proposal"}},
        {"negotiation", {"客户谈判", "Negotiation"}},
        {"signing", {"签约", "Signing"}},
        {"won", {"成交", "Won"}},
        {"lost", {"失败", "Lost"}},
        {"shelved", {"搁置", "Shelved"}},
    };
};

enum class LostReason { None, Competition, Price, Technical, Budget, NoNeed, Timing, Relation, Other };
template <>
struct EnumTable<LostReason>
{
    static constexpr EnumKey keys[] = {
        {"none", {"无", "None"}},
        {"competition", {"竞争", "Competition"}},
        {"price", {"价格", "Price"}},
        {"technical", {"技术或资源不满足", "Technical or resources"}},
        {"budget", {"客户无预算", "No budget"}},
        {"no_need", {"需求取消", "Need gone"}},
        {"timing", {"时限不满足", "Too slow"}},
        {"relation", {"客情关系", "Relationship"}},
        {"other", {"其他", "Other"}},
    };
};

/// Whether the machine of domain 4.3 knows the move: one step forward, back to any earlier stage to
/// correct, from an open stage to Lost or Shelved, from Shelved to any open stage. Won only follows
/// Signing. Nothing leads out of Won and Lost; staying is no move.
bool mayMove(SalesStage from, SalesStage to);
/// Talk to Signing: the stages in which work goes on.
bool isOpen(SalesStage stage);
/// The chance of success that a stage stands for, in basis points; 0 for None, Lost and Shelved.
BasisPoints probabilityOf(SalesStage stage);
/// Fields that have to be filled in before the stage is entered, those of earlier stages included.
QStringList requiredFields(SalesStage stage);
/// Those of requiredFields() that `opportunity` lacks, in the order of the table. Lost also needs
/// the competitor when the reason is competition.
QStringList missingForStage(const Opportunity &opportunity, SalesStage stage);

} // namespace keydesk
