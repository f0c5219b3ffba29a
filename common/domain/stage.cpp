#include "domain/stage.h"

#include "domain/opportunity.h"

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

using enum SalesStage;

struct StageRule
{
    SalesStage stage;
    BasisPoints probability;
    const char *needs[4]; // field names, on top of the earlier stages' [J]
};

constexpr StageRule stageRules[] = {
    {None, {0}, {}},
    {Talk, {1000}, {"account_id", "title"}},
    {Need, {2000}, {"contact_name", "need_kinds"}},
    {PreProposal, {3000}, {"product_id", "need_summary", "key_person_name"}},
    {Proposal, {5000}, {"pre_proposal", "quantity", "value_fen"}},
    {Negotiation, {7500}, {"technical_solution", "commercial_terms", "close_date"}},
    {Signing, {9000}, {"negotiation_result"}},
    {Won, {10000}, {"signed_on"}},
    {Lost, {0}, {"lost_reason"}},
    {Shelved, {0}, {"revisit_on"}},
};

const StageRule &ruleOf(SalesStage stage)
{
    const StageRule &rule = stageRules[std::size_t(stage)];
    Q_ASSERT(rule.stage == stage);
    return rule;
}

/// An enum's first key, 0 and an empty text all mean "not filled in".
template <class M>
bool isFilled(const M &value)
{
    if constexpr (KeyedEnum<M>)
        return value != M{};
    const Cell cell = ValueTraits<M>::toCell(value);
    return cell.isInteger() ? cell.integer() != 0 : !cell.text().trimmed().isEmpty();
}

} // namespace

bool isOpen(SalesStage stage)
{
    return stage >= Talk && stage <= Signing;
}

bool mayMove(SalesStage from, SalesStage to)
{
    if (from == None)
        return to == Talk;
    if (from == Shelved)
        return isOpen(to) || to == Lost;
    if (!isOpen(from) || from == to)
        return false;
    if (to == Lost || to == Shelved)
        return true;
    if (to == Won)
        return from == Signing;
    return isOpen(to) && int(to) <= int(from) + 1;
}

BasisPoints probabilityOf(SalesStage stage)
{
    return ruleOf(stage).probability;
}

QStringList requiredFields(SalesStage stage)
{
    QStringList names;
    for (const StageRule &rule : stageRules) {
        const bool earlier = rule.stage < stage && (isOpen(stage) || stage == Won);
        if (rule.stage != stage && !earlier)
            continue;
        for (const char *name : rule.needs) {
            if (name)
                names.append(QString::fromLatin1(name));
        }
    }
    return names;
}

QStringList missingForStage(const Opportunity &opportunity, SalesStage stage)
{
    QStringList needed = requiredFields(stage);
    if (stage == Lost && opportunity.lostReason == LostReason::Competition)
        needed.append(u"lost_competitor"_s);
    forEachField<Opportunity>([&](const auto &field) {
        if (isFilled(opportunity.*(field.member)))
            needed.removeAll(QString::fromLatin1(field.name));
    });
    return needed;
}

} // namespace keydesk
