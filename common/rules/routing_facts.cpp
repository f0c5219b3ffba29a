#include "rules/routing_facts.h"

#include "domain/account.h"
#include "domain/area.h"
#include "domain/assignment.h"
#include "domain/channel_coverage.h"
#include "domain/industry.h"
#include "domain/team.h"

#include <QJsonArray>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int maxDepth = 8; // of areas and industries; ends a cycle that somebody edited into them
constexpr std::size_t suggestionCount = 3;

template <class T>
std::optional<T> find(RowStore &store, const RecordId &id)
{
    if (id.isNull())
        return std::nullopt;
    const auto row = store.find(store.catalog().entity(QString::fromLatin1(Schema<T>::table)), id);
    if (!row || !(*row)[common_column::DeletedAt].isNull())
        return std::nullopt;
    return fromRow<T>(*row);
}

template <class T>
std::vector<T> select(RowStore &store, const QByteArray &condition,
                      const std::vector<Cell> &values = {})
{
    std::vector<T> records;
    const EntityInfo &info = store.catalog().entity(QString::fromLatin1(Schema<T>::table));
    for (const Row &row : store.select(info, "deleted_at IS NULL AND " + condition, values))
        records.push_back(fromRow<T>(row));
    return records;
}

// The record and those above it.
template <class T>
std::vector<T> chain(RowStore &store, const RecordId &id)
{
    std::vector<T> records;
    RecordId at = id;
    while (int(records.size()) < maxDepth) {
        const auto one = find<T>(store, at);
        if (!one)
            break;
        records.push_back(*one);
        at = one->parentId;
    }
    return records;
}

template <class T>
QJsonArray codesOf(const std::vector<T> &records)
{
    QJsonArray codes;
    for (const T &one : records)
        codes.append(one.code);
    return codes;
}

template <class T>
QList<RecordId> idsOf(const std::vector<T> &records)
{
    QList<RecordId> ids;
    for (const T &one : records)
        ids.append(one.id);
    return ids;
}

bool isAbsent(const Staff &staff, const QDate &date)
{
    if (!staff.absentFrom.isValid() && !staff.absentUntil.isValid())
        return false;
    return (!staff.absentFrom.isValid() || staff.absentFrom <= date)
        && (!staff.absentUntil.isValid() || date <= staff.absentUntil);
}

} // namespace

RecordId RoutingFacts::serving(const RecordId &account, const char *role)
{
    const QDate today = businessDate(m_now);
    for (const Assignment &one :
         select<Assignment>(m_store,
                            "account_id = ? AND role = ? ORDER BY valid_from DESC, id DESC",
                            {Cell(account.text()), Cell(QString::fromLatin1(role))})) {
        if (one.isCurrent(today))
            return one.staffId;
    }
    return {};
}

RecordId RoutingFacts::deputyOf(const Staff &staff)
{
    if (!m_deputy)
        m_deputy = m_account.isNull() ? RecordId() : serving(m_account, "deputy");
    return m_deputy->isNull() || *m_deputy == staff.id ? RecordId(staff.deputyId) : *m_deputy;
}

RecordId RoutingFacts::operationsQueue(const QList<RecordId> &areas)
{
    const QByteArray condition = "kind = 'operations_centre' AND has_queue = 1 AND active = 1 AND "
                                 "area_id IS ? ORDER BY code";
    for (const RecordId &area : areas) {
        const auto teams = select<Team>(m_store, condition, {Cell(area.text())});
        if (!teams.empty())
            return teams.front().id;
    }
    const auto teams = select<Team>(m_store, condition, {Cell()});
    return teams.empty() ? RecordId() : RecordId(teams.front().id);
}

RoutingQuestion RoutingFacts::questionFor(const Opportunity &opportunity)
{
    m_account = opportunity.accountId;
    m_channels.clear();
    m_deputy.reset();
    const auto account = find<Account>(m_store, opportunity.accountId);
    const auto areas = chain<Area>(m_store, opportunity.areaId);
    const RecordId industry = account && !account->industryId.isNull()
        ? RecordId(account->industryId)
        : RecordId(opportunity.entIndustryId);
    const auto industries = chain<Industry>(m_store, industry);
    const auto product = find<ProductOffering>(m_store, opportunity.productId);
    const auto channel = find<Channel>(m_store, opportunity.capturedChannel);

    RoutingQuestion question;
    question.valueClass = opportunity.valueClass;
    question.area = opportunity.areaId;
    question.areas = idsOf(areas);
    question.industries = idsOf(industries);
    question.productCode = product ? product->code : QString();
    question.productFamily = product ? keyOf(product->family) : QString();
    question.mainManager = account ? RecordId(account->ownerStaffId) : RecordId();
    question.agent = serving(opportunity.accountId, "agent");
    question.teleManager = serving(opportunity.accountId, "tele_am");
    question.operationsQueue = operationsQueue(question.areas);
    question.facts = QJsonObject{
        {u"am_flag"_s, !question.mainManager.isNull()},
        {u"potential"_s, opportunity.valueClass == ValueClass::Potential},
        {u"value_class"_s, keyOf(opportunity.valueClass)},
        {u"kind"_s, keyOf(opportunity.kind)},
        {u"urgency"_s, keyOf(opportunity.urgency)},
        {u"channel"_s, channel ? channel->code : QString()},
        {u"area"_s, codesOf(areas)},
        {u"industry"_s, codesOf(industries)},
        {u"product"_s, question.productCode},
        {u"product_family"_s, question.productFamily},
    };
    return question;
}

void RoutingFacts::addLoad(RoutingCandidate &candidate)
{
    const HeldLoad held = m_memory ? m_memory->loads.of(candidate.staff)
                                   : readHeldLoad(m_store.database(), candidate.staff);
    candidate.load = held.weight;
    candidate.lastGiven = held.lastGiven;
}

PersonLoadSql::PersonLoadSql(const QByteArray &person)
{
    QByteArray weight = "CASE value_class";
    for (const EnumKey &key : EnumTable<ValueClass>::keys)
        weight += QByteArray(" WHEN '") + key.key + "' THEN "
            + QByteArray::number(loadWeight(fromKey<ValueClass>(QString::fromLatin1(key.key))));
    weight += " ELSE 1 END";
    const auto over = [&person](const QByteArray &what, const QByteArray &whose) {
        return "(SELECT " + what + " FROM opportunity WHERE " + whose + " = " + person
            + (whose == "assignee_id" ? " AND owner_id IS NOT " + person : QByteArray()) + " AND "
            + weighsSql + ')';
    };
    held = over("count(*)", "owner_id");
    offered = over("count(*)", "assignee_id");
    const QByteArray sum = "coalesce(sum(" + weight + "), 0)";
    load = '(' + over(sum, "owner_id") + " + " + over(sum, "assignee_id") + ')';
}

RoutingFacts::ChannelFit RoutingFacts::channelFit(const RecordId &id, ValueClass valueClass)
{
    const auto known = m_channels.find(id);
    if (known != m_channels.end())
        return known->second;
    ChannelFit how;
    if (const auto channel = find<Channel>(m_store, id)) {
        const auto covers = select<ChannelCoverage>(m_store, "channel_id = ? AND value_class = ?",
                                                    {Cell(id.text()), Cell(keyOf(valueClass))});
        const bool anyCoverage = !select<ChannelCoverage>(m_store, "1 = 1 LIMIT 1").empty();
        how.fit = channel->canSell && channel->canServe;
        how.coversClass = !anyCoverage || !covers.empty();
        how.main = covers.empty() || covers.front().role == CoverageRole::Main;
    }
    m_channels.emplace(id, how);
    return how;
}

RecordId RoutingFacts::industryOf(const RecordId &id)
{
    const auto known = m_industries.find(id);
    if (known != m_industries.end())
        return known->second;
    const auto team = find<Team>(m_store, id);
    return m_industries.emplace(id, team ? RecordId(team->industryId) : RecordId()).first->second;
}

RoutingCandidate RoutingFacts::describe(const Staff &staff, const RoutingQuestion &question)
{
    RoutingCandidate candidate;
    candidate.staff = staff.id;
    candidate.name = staff.name;
    candidate.roles = staff.roles;
    candidate.active = staff.status == StaffStatus::Active;
    candidate.absent = isAbsent(staff, businessDate(m_now));
    candidate.deputy = deputyOf(staff);
    candidate.area = staff.areaId;
    candidate.industry = industryOf(staff.teamId);
    candidate.skills = staff.skills;
    candidate.capacity = staff.capacity;
    const ChannelFit channel = channelFit(staff.channelId, question.valueClass);
    candidate.channelFit = channel.fit;
    candidate.coversClass = channel.coversClass;
    candidate.mainChannel = channel.main;
    addLoad(candidate);
    return candidate;
}

std::vector<RoutingCandidate> RoutingFacts::candidatesFor(const RoutingQuestion &question)
{
    std::vector<RoutingCandidate> candidates;
    const auto isIn = [&](const RecordId &staff) {
        return std::any_of(candidates.begin(), candidates.end(),
                           [&](const RoutingCandidate &one) { return one.staff == staff; });
    };
    for (const RecordId &area : question.areas) {
        const auto read = m_memory ? std::vector<Staff>() : readSellers(m_store, area);
        for (const Staff &staff : m_memory ? m_memory->sellers.in(area) : read)
            candidates.push_back(describe(staff, question));
    }
    for (const RecordId &staff : {question.mainManager, question.agent, question.teleManager}) {
        const auto person = find<Staff>(m_store, staff);
        if (person && !isIn(staff))
            candidates.push_back(describe(*person, question));
        const auto deputy = person ? find<Staff>(m_store, deputyOf(*person)) : std::nullopt;
        if (deputy && !isIn(deputy->id))
            candidates.push_back(describe(*deputy, question));
    }
    return candidates;
}

std::optional<RoutingCandidate> RoutingFacts::candidate(const RecordId &staff,
                                                        const RoutingQuestion &question)
{
    const auto person = find<Staff>(m_store, staff);
    return person ? std::optional(describe(*person, question)) : std::nullopt;
}

std::vector<RoutingRule> RoutingFacts::rules()
{
    auto rules = select<RoutingRule>(m_store, "active = 1 ORDER BY position, code");
    std::erase_if(rules, [today = businessDate(m_now)](const RoutingRule &rule) {
        return !rule.isInForce(today);
    });
    return rules;
}

Result<> RoutingFacts::createIndexes(Database &database)
{
    return database.execute(
        QByteArray("CREATE INDEX IF NOT EXISTS opportunity_owned ON opportunity(owner_id, "
                   "value_class, dispatched_at, custody_state, deleted_at) WHERE ")
        + weighsSql
        + "; CREATE INDEX IF NOT EXISTS opportunity_assigned ON opportunity(assignee_id, owner_id, "
          "value_class, dispatched_at, custody_state, deleted_at) WHERE "
        + weighsSql
        + "; CREATE INDEX IF NOT EXISTS opportunity_of_account ON opportunity(account_id, "
          "custody_state, owner_id, assignee_id, follower_id) WHERE deleted_at IS NULL");
}

std::vector<RoutingSuggestion> suggest(const RoutingQuestion &question,
                                       const std::vector<RoutingCandidate> &candidates)
{
    struct Ranked
    {
        const RoutingCandidate *candidate;
        int score;
        RoutingSuggestion suggestion;
    };
    std::vector<Ranked> ranked;
    for (const RoutingCandidate &one : candidates) {
        const bool own = one.staff == question.mainManager || one.staff == question.agent
            || one.staff == question.teleManager;
        if (refusalOf(question, one, own) != CandidateRefusal::None)
            continue;
        Ranked line{&one, 0, {one.staff, one.name, one.load, one.capacity, {}}};
        const auto speaksFor = [&](bool so, int weight, Label why) {
            if (!so)
                return;
            line.score += weight;
            line.suggestion.why.append(why);
        };
        speaksFor(one.staff == question.mainManager, 100,
                  {"该客户的客户经理", "Manages the customer"});
        speaksFor(own && one.staff != question.mainManager, 50,
                  {"已在服务该客户", "Already serves the customer"});
        speaksFor(!one.industry.isNull(), 10, {"行业对口", "Knows the industry"});
        speaksFor(!question.productCode.isEmpty() && !one.skills.isEmpty(), 10,
                  {"具备该产品技能", "Has the product skill"});
        speaksFor(one.mainChannel, 5, {"主渠道", "Main channel for the class"});
        speaksFor(one.load * 2 <= one.capacity, 3, {"负荷较轻", "Has room"});
        ranked.push_back(std::move(line));
    }
    std::sort(ranked.begin(), ranked.end(), [](const Ranked &one, const Ranked &other) {
        if (one.score != other.score)
            return one.score > other.score;
        if (one.candidate->load != other.candidate->load)
            return one.candidate->load < other.candidate->load;
        return one.candidate->staff < other.candidate->staff;
    });
    std::vector<RoutingSuggestion> best;
    for (std::size_t i = 0; i < std::min(suggestionCount, ranked.size()); ++i)
        best.push_back(ranked[i].suggestion);
    return best;
}

} // namespace keydesk
