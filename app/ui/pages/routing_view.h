#pragma once

#include "domain/routing_decision.h"
#include "query/record_lookup.h"
#include "rules/routing.h"

namespace keydesk {

// Who gets an opportunity and why, in words: what a stored decision and a routing tried beforehand
// have in common. Text only, its words in both languages (chosenWords()), so that they follow the
// reader; it decides nothing.
struct RoutingView
{
    struct Person
    {
        QString name;
        int load = 0;
        int capacity = 0;
        QString refusal; // in both languages; empty: chosen

        bool operator==(const Person &) const = default;
    };

    QString goesTo; // a person or a queue; empty: nobody yet
    QString rule; // what decided, in both languages; empty: a person did
    QString reason; // why it went to the operations centre, in both languages, if it did
    QString copy; // who is covered in as well
    QString at; // when it was decided; empty: only tried
    std::vector<Person> people; // considered, the chosen one first

    bool operator==(const RoutingView &) const = default;
};

/// The newest decision on an opportunity; none while no rule has routed it.
std::optional<RoutingView> latestRouting(const RecordId &opportunity, const ReplicaReader &reader,
                                         const RecordLookup &lookup);

RoutingView routingView(const RoutingDecision &decision, const RecordLookup &lookup);
RoutingView routingView(const RoutingOutcome &outcome, const RecordLookup &lookup);

} // namespace keydesk
