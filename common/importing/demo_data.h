#pragma once

#include "base/clock.h"
#include "importing/reference_data.h"

namespace keydesk {

// What the demo data is made from; the same three give the same rows on every machine.
struct DemoOptions
{
    quint64 seed = 2008;
    Instant now; // everything lies around this moment, nothing that has happened after it
    int accounts = 240;
};

/// Rows of an invented business in the two local networks 昆明 and 苏州: staff, the teams of the
/// reference data once more with their leaders (to be written over those), customers with 24 months
/// of spend, opportunities in every state that lasts with their history, tasks, notes and notices.
/// `reference` is what loadReferenceData() gives; the rows refer to it. Tables come in the order in
/// which they may be inserted. Nobody in it exists, and no number has been given to anybody.
/// Logins: 1001 administrator, 1002 dispatcher of the group; 昆明 11xx and 苏州 12xx with account
/// managers 01-06, telephone managers 11-12, core agents 21-24, hotline 31-33, technical seat 35,
/// halls 41-42, dispatchers 51-52, supervisors 61-62, department manager 71, finance manager 72,
/// executive 73. Whoever writes the rows gives them their passwords.
std::vector<EntityRows> makeDemoData(const std::vector<EntityRows> &reference,
                                     const DemoOptions &options);

} // namespace keydesk
