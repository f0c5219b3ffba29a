#include "support/sim/program.h"

#include "support/sim/sim_commands.h"

#include "domain/account.h"
#include "domain/area.h"
#include "domain/entities.h"

namespace keydesk {

namespace sim {

// Somebody called on a customer: what a later version of the program keeps and today's does not.
struct Visit : Record
{
    Ref<Account> accountId;
    Ref<Area> areaId;
    QString subject;
    QString rating; // from version 3 on
};

} // namespace sim

template <>
struct Schema<sim::Visit>
{
    using enum FieldFlag;
    static constexpr auto table = "sim_visit";
    static constexpr Label label{"拜访", "Visit"};
    static constexpr FieldTable fields{
        Field{"account_id", &sim::Visit::accountId, {"客户", "Account"}},
        Field{"area_id", &sim::Visit::areaId, {"本地网", "Area"}},
        Field{"subject", &sim::Visit::subject, {"事由", "Subject"}, Searchable},
        Field{"rating", &sim::Visit::rating, {"评价", "Rating"}},
    };
    static constexpr BucketColumn buckets[] = {{"acct", "account_id"}, {"area", "area_id"}};
};

namespace sim {

namespace {

// The entity without its last columns, as a program before them knows it.
EntityInfo withoutLast(const EntityInfo &entity, int columns)
{
    std::vector<FieldInfo> fields = entity.fields();
    fields.resize(fields.size() - std::size_t(columns));
    Row blank = entity.blank();
    blank.resize(fields.size());
    return EntityInfo(Schema<Visit>::table, entity.label(), std::move(fields),
                      Schema<Visit>::buckets, std::move(blank));
}

Catalog catalogOf(int version)
{
    std::vector<EntityInfo> entities = makeCatalog().entities();
    if (version >= 3)
        entities.push_back(describe<Visit>());
    else if (version == 2)
        entities.push_back(withoutLast(describe<Visit>(), 1));
    return Catalog(std::move(entities));
}

CommandRegistry registryOf(int version)
{
    std::vector<CommandType> types = makeCommandRegistry().types();
    types.push_back(commandType<SimSet>());
    types.push_back(version == 1 ? commandType<SimPair>() : commandType<LaterPair>());
    types.push_back(commandType<SimMake>());
    types.push_back(commandType<SimBreak>());
    return CommandRegistry(std::move(types));
}

} // namespace

Program::Program(int number)
    : version(number)
    , catalog(catalogOf(number))
    , registry(registryOf(number))
{
}

} // namespace sim

} // namespace keydesk
