#include "ui/pages/routing_view.h"

#include "base/both_words.h"
#include "base/date_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

// A refusal as it was stored: a key of CandidateRefusal, or of the reason for the whole queue in
// older decisions. A key of a newer server is shown as it is.
QString refusalWords(const QString &key)
{
    if (key.isEmpty() || key == u"none")
        return {};
    for (const EnumKey &known : EnumTable<CandidateRefusal>::keys)
        if (key == QLatin1StringView(known.key))
            return known.label.argument();
    for (const EnumKey &known : EnumTable<CustodyReason>::keys)
        if (key == QLatin1StringView(known.key))
            return known.label.argument();
    return key;
}

QString wordsOf(CustodyReason reason)
{
    return EnumTable<CustodyReason>::keys[std::size_t(reason)].label.argument();
}

QString destination(const RecordId &staff, const RecordId &queue, const RecordLookup &lookup)
{
    const QString person = lookup.title(u"staff"_s, staff.text());
    return person.isEmpty() ? lookup.title(u"team"_s, queue.text()) : person;
}

void chosenFirst(RoutingView &view)
{
    std::stable_sort(view.people.begin(), view.people.end(),
                     [](const auto &one, const auto &other) {
                         return one.refusal.isEmpty() && !other.refusal.isEmpty();
                     });
}

} // namespace

std::optional<RoutingView> latestRouting(const RecordId &opportunity, const ReplicaReader &reader,
                                         const RecordLookup &lookup)
{
    const auto decisions = reader.store().select(
        reader.catalog().entity(u"routing_decision"_s),
        "opportunity_id = ? AND deleted_at IS NULL ORDER BY decided_at DESC, id DESC LIMIT 1",
        {Cell(opportunity.text())});
    if (decisions.empty())
        return std::nullopt;
    return routingView(fromRow<RoutingDecision>(decisions.front()), lookup);
}

RoutingView routingView(const RoutingDecision &decision, const RecordLookup &lookup)
{
    RoutingView view;
    view.goesTo = destination(decision.chosenStaffId, decision.chosenQueueId, lookup);
    view.rule = bothWords(decision.ruleName, decision.ruleEnglishName);
    view.at = formatInstant(decision.decidedAt, businessZone()).mid(5);
    view.copy = lookup.title(u"staff"_s, decision.copyStaffId.text());
    if (decision.rejectedReason != CustodyReason::None)
        view.reason = wordsOf(decision.rejectedReason);
    const QJsonArray people = QJsonDocument::fromJson(decision.candidates.toUtf8()).array();
    for (const auto &one : people) {
        const QJsonObject person = one.toObject();
        view.people.push_back({person[u"name"].toString(), person[u"load"].toInt(),
                               person[u"capacity"].toInt(),
                               refusalWords(person[u"rejected"].toString())});
    }
    chosenFirst(view);
    return view;
}

RoutingView routingView(const RoutingOutcome &outcome, const RecordLookup &lookup)
{
    RoutingView view;
    view.goesTo = destination(outcome.staff, outcome.queue, lookup);
    view.rule = bothWords(outcome.rule.name, outcome.rule.englishName);
    view.copy = lookup.title(u"staff"_s, outcome.copy.text());
    if (outcome.reason != CustodyReason::None)
        view.reason = wordsOf(outcome.reason);
    for (const ConsideredCandidate &one : outcome.considered)
        view.people.push_back({one.name, one.load, one.capacity, refusalWords(keyOf(one.refusal))});
    chosenFirst(view);
    return view;
}

} // namespace keydesk
