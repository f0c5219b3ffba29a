#pragma once

#include "rules/work_calendar.h"
#include "support/sim/program.h"
#include "support/sim/sim_files.h"

#include <array>

namespace keydesk::sim {

// What all histories of a run share: the schema and empty databases, made once.
class Stage
{
public:
    /// Changes a record of the first ones before it is written.
    using Dress = std::function<void(const EntityInfo &entity, Row &row)>;
    /// With `dress` there are first records of every kind about every customer.
    explicit Stage(const Dress &dress = {});

    SimDisk &disk() const { return *m_disk; }
    SpareConnections &spares() const { return *m_spares; }

    static constexpr Instant start{1'690'160'400'000}; // a Monday, 9:00 in China

    /// Today's program is the first, and what most histories run on both sides.
    const std::array<Program, Program::newest> programs{Program(1), Program(2), Program(3)};
    const Catalog &catalog = programs.front().catalog;
    const CommandRegistry &registry = programs.front().registry;
    const OfficeCalendar calendar = OfficeCalendar::shipped();
    QByteArray serverImage; // tables, a small organisation and its customers
    QByteArray replicaImage; // tables only
    QByteArray outboxImage; // tables only
    std::vector<QString> users;
    std::vector<QString> accounts;
    std::vector<QString> areas;
    std::vector<QString> opportunities;
    QString queue; // of the operations centre
    QString salesQueue; // of the team of the two account managers
    RecordId elsewhere; // manages, dispatches and administers everything; has no desktop here

private:
    std::unique_ptr<SimDisk> m_disk = std::make_unique<SimDisk>();
    std::unique_ptr<SpareConnections> m_spares = std::make_unique<SpareConnections>(*m_disk);

    class Furnisher;
    void furnish(const Dress &dress);
    void furnishPeople(Furnisher &furnisher);
    void furnishRules(Furnisher &furnisher) const;
    void furnishCustomer(Furnisher &furnisher, int i);
};

} // namespace keydesk::sim
