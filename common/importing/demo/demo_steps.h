#pragma once

#include "importing/demo/demo_world.h"

namespace keydesk {

/// Administrator 1001, group dispatcher 1002, and in each area (11xx, 12xx) account managers 01-06,
/// telephone managers 11-12, core agents 21-24, hotline 31-33, technical seat 35, halls 41-42,
/// dispatchers 51-52, supervisors 61-62 (one a team), department manager 71, finance manager 72 and
/// executive 73, with their deputies and the leaders of the teams.
void addStaff(DemoWorld &world);
/// `count` accounts with levels that follow from their spend, sites and contacts.
void addAccounts(DemoWorld &world, int count);
/// Who looks after whom, today and before.
void addAssignments(DemoWorld &world);
/// Opportunities in every custody state and sales stage with their history.
void addOpportunities(DemoWorld &world);
/// Tasks, notes and notices beyond those that belong to an opportunity's own history.
void addWork(DemoWorld &world);

} // namespace keydesk
