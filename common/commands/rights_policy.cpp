#include "commands/rights_policy.h"

#include "base/both_words.h"
#include "commands/policy_reader.h"
#include "commands/registry.h"
#include "commands/subject.h"

#include <QFile>
#include <QLoggingCategory>
#include <QSet>

#include <algorithm>

Q_LOGGING_CATEGORY(lcRights, "keydesk.rights", QtInfoMsg)

// A resource in a static library is only there once its initialiser was named; the macro has to
// stand outside any namespace.
static void initRightsResource()
{
    Q_INIT_RESOURCE(keydesk_rights);
}

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *recordCommands[] = {"EditRecord", "CreateRecord", "RemoveRecord"};

QByteArray shippedText()
{
    initRightsResource();
    QFile file(u":/rights/policy.txt"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

RightsPolicy readShipped()
{
    auto policy = RightsPolicy::parse(shippedText());
    if (policy)
        return std::move(*policy);
    qCCritical(lcRights) << "rights cannot be read:" << policy.error().args;
    return {};
}

template <class Visit>
void forEachRole(const Codes<Role> &roles, Visit visit)
{
    for (const QString &key : roles.keys) {
        for (std::size_t role = 0; role < RightsPolicy::roleCount; ++role) {
            if (key == QLatin1StringView(EnumTable<Role>::keys[role].key))
                visit(role);
        }
    }
}

} // namespace

Result<RightsPolicy> RightsPolicy::parse(const QByteArray &text)
{
    return PolicyReader().read(text);
}

const RightsPolicy &RightsPolicy::shipped()
{
    static const RightsPolicy policy = readShipped();
    return policy;
}

Relations RightsPolicy::relationsFor(const QString &act, const Codes<Role> &roles) const
{
    Relations relations;
    const auto line = m_acts.constFind(act);
    if (line == m_acts.constEnd())
        return relations;
    forEachRole(roles, [&](std::size_t role) { relations |= line->cells[role]; });
    return relations;
}

bool RightsPolicy::isForJobs(const QString &act) const
{
    const auto line = m_acts.constFind(act);
    return line != m_acts.constEnd() && line->forJobs;
}

std::optional<Role> RightsPolicy::whoMay(const QString &act) const
{
    const auto line = m_acts.constFind(act);
    if (line == m_acts.constEnd())
        return std::nullopt;
    const auto found = std::find_if(m_order.begin(), m_order.end(), [&](Role role) {
        return bool(line->cells[std::size_t(role)]);
    });
    return found == m_order.end() ? std::nullopt : std::optional(*found);
}

Sight RightsPolicy::sight(Place place, const Codes<Role> &roles) const
{
    Sight best = Sight::None;
    forEachRole(roles, [&](std::size_t role) {
        best = std::max(best, m_sights[std::size_t(place)][role]);
    });
    return best;
}

Sight RightsPolicy::areaSight(const Staff &staff) const
{
    Sight best = Sight::None;
    forEachRole(staff.roles, [&](std::size_t role) {
        if (staff.teamId.isNull() || m_sights[std::size_t(Place::Team)][role] == Sight::None)
            best = std::max(best, m_sights[std::size_t(Place::Area)][role]);
    });
    return best;
}

QStringList allActs(const CommandRegistry &registry, const Catalog &catalog)
{
    QStringList acts{u"EditRecord account.area_id"_s, u"CreateTask staff"_s, u"CreateTask team"_s};
    for (const CommandType &type : registry.types()) {
        const bool onRecords = std::any_of(std::begin(recordCommands), std::end(recordCommands),
                                           [&](const char *one) {
                                               return type.name == QLatin1StringView(one);
                                           });
        if (onRecords) {
            for (const EntityInfo &entity : catalog.entities()) {
                // Made by AddNote and CreateTask, whatever the command is called.
                const bool special = entity.name() == u"note" || entity.name() == u"task";
                if (!(special && type.name == u"CreateRecord"))
                    acts.append(type.name + u' ' + entity.name());
            }
        } else if (type.name == u"AddNote" || type.name == u"CreateTask") {
            for (const QString &entity : subjectEntities())
                acts.append(type.name + u' ' + entity);
        } else {
            acts.append(type.name);
        }
    }
    return acts;
}

Result<> checkRights(const QByteArray &policy, const CommandRegistry &registry,
                     const Catalog &catalog)
{
    const auto read = RightsPolicy::parse(policy);
    if (!read)
        return read.error();
    const QStringList wanted = allActs(registry, catalog);
    const QStringList held = read->acts();
    const QSet<QString> known(held.begin(), held.end());
    for (const QString &act : wanted) {
        if (!known.contains(act))
            return Error("rights.policy"_reason,
                         {u"-"_s, bothWords(u"缺少一行"_s, u"a line is missing"_s), act});
    }
    for (const QString &act : held) {
        if (!wanted.contains(act))
            return Error("rights.policy"_reason,
                         {u"-"_s, bothWords(u"没有这个操作"_s, u"there is no such act"_s), act});
    }
    return {};
}

Result<> checkRights(const CommandRegistry &registry, const Catalog &catalog)
{
    return checkRights(shippedText(), registry, catalog);
}

} // namespace keydesk
