#include "importing/demo_data.h"

#include "importing/demo/demo_steps.h"

namespace keydesk {

namespace {

template <class T>
void append(std::vector<EntityRows> &tables, const std::vector<T> &records)
{
    EntityRows table{QString::fromLatin1(Schema<T>::table), {}};
    table.rows.reserve(records.size());
    for (const T &record : records)
        table.rows.push_back(toRow(record));
    tables.push_back(std::move(table));
}

} // namespace

std::vector<EntityRows> makeDemoData(const std::vector<EntityRows> &reference,
                                     const DemoOptions &options)
{
    DemoWorld world(options.seed, options.now, reference);
    Q_ASSERT(!world.products.empty());
    addStaff(world);
    addAccounts(world, options.accounts);
    addAssignments(world);
    for (const Staff &one : world.staff)
        world.records.put(one);
    for (const Account &one : world.accounts)
        world.records.put(one);
    for (const Assignment &one : world.assignments)
        world.records.put(one);
    addOpportunities(world);
    addWork(world);

    std::vector<EntityRows> tables;
    append(tables, world.staff);
    append(tables, world.teams);
    append(tables, world.accounts);
    append(tables, world.sites);
    append(tables, world.contacts);
    append(tables, world.assignments);
    append(tables, world.opportunities);
    append(tables, world.items);
    append(tables, world.transfers);
    append(tables, world.decisions);
    append(tables, world.tasks);
    append(tables, world.notes);
    append(tables, world.notifications);
    return tables;
}

} // namespace keydesk
