#pragma once

#include "base/result.h"
#include "domain/staff.h"

#include <QHash>

#include <array>
#include <optional>

namespace keydesk {

class Catalog;
class CommandRegistry;

// What a record is to a person. The letters are those of resources/rights/policy.txt.
enum class Relation : quint8 { Own = 1, Led = 2, Area = 4, Vacant = 8, Any = 16 };
Q_DECLARE_FLAGS(Relations, Relation)
Q_DECLARE_OPERATORS_FOR_FLAGS(Relations)

/// How much of what lies somewhere a person sees; ordered.
enum class Sight : quint8 { None, Masked, Full };

// The table of rights: for each thing that is seen or done and each role, what it takes. It knows
// no record and never asks the database; rights.h finds out what a record is to somebody.
class RightsPolicy
{
public:
    static constexpr std::size_t roleCount = std::size(EnumTable<Role>::keys);
    enum class Place { Queue, Directory, Area, Team };

    /// Reads the table. Errors: rights.policy, naming line and cell.
    static Result<RightsPolicy> parse(const QByteArray &text);
    /// The table that ships. Where it cannot be read nobody may do anything; see checkRights().
    static const RightsPolicy &shipped();

    /// What it takes to do this, for the best of these roles; nothing for an act without a line.
    Relations relationsFor(const QString &act, const Codes<Role> &roles) const;
    bool isForJobs(const QString &act) const;
    /// The first role of the table that may do it to some record: whom a refusal names.
    std::optional<Role> whoMay(const QString &act) const;
    Sight sight(Place place, const Codes<Role> &roles) const;
    /// Of his area: a role that leads has it only where there is no team to lead instead.
    Sight areaSight(const Staff &staff) const;
    QStringList acts() const { return m_acts.keys(); }

private:
    struct Act
    {
        std::array<Relations, roleCount> cells;
        bool forJobs = false;
    };
    friend class PolicyReader;
    QHash<QString, Act> m_acts;
    std::array<std::array<Sight, roleCount>, 4> m_sights{};
    std::vector<Role> m_order; // of the columns
};

/// Every act there must be a line for: each command, those on any record once for each entity.
QStringList allActs(const CommandRegistry &registry, const Catalog &catalog);

/// Whether the shipped table can be read and has exactly the lines of allActs(). Both programs ask
/// before they start. Errors: rights.policy.
Result<> checkRights(const CommandRegistry &registry, const Catalog &catalog);
/// The same for another text.
Result<> checkRights(const QByteArray &policy, const CommandRegistry &registry,
                     const Catalog &catalog);

} // namespace keydesk
