#pragma once

#include "dispatch/dispatch.h"
#include "sync/writer.h"
#include "tool/data_dir.h"

namespace keydesk {

// Where the work of the subcommands is done: on the database of a data directory, the same whether
// a server runs on it or not. Everything in it may wait; it is never used in the thread of the
// network.
class Office
{
public:
    Office(DataDir dir, const Catalog &catalog, const Clock &clock)
        : m_dir(std::move(dir))
        , m_catalog(catalog)
        , m_clock(clock)
    {
    }
    virtual ~Office() = default;

    /// Runs the deed and waits until it is durable.
    virtual Result<> transact(Writer::Deed deed) = 0;
    /// A read-only connection for the calling thread.
    Result<std::unique_ptr<Database>> reader() const;

    const DataDir &dir() const { return m_dir; }
    const Catalog &catalog() const { return m_catalog; }
    const Clock &clock() const { return m_clock; }
    QString masterPath() const;

private:
    DataDir m_dir;
    const Catalog &m_catalog;
    const Clock &m_clock;
};

// The office while no server runs: this process owns the directory and writes by itself.
class DirectOffice final : public Office
{
public:
    DirectOffice(DataDir dir, const Catalog &catalog, const CommandRegistry &registry,
                 const Clock &clock);

    Result<> open();
    Result<> transact(Writer::Deed deed) override;
    /// Writes rows outside any command: reference and demo data.
    Result<> load(const EntityInfo &entity, const std::vector<Row> &rows);

private:
    Result<> inGroup(const std::function<Result<>()> &work);

    const CommandRegistry &m_registry;
    const OfficeCalendar m_calendar = OfficeCalendar::shipped();
    std::unique_ptr<Database> m_database;
    std::unique_ptr<RowStore> m_store;
    std::unique_ptr<Dispatch> m_dispatch;
    std::unique_ptr<Authority> m_authority;
};

// The office beside a running server: its writer does the writing.
class WriterOffice final : public Office
{
public:
    WriterOffice(DataDir dir, const Catalog &catalog, const Clock &clock, Writer &writer)
        : Office(std::move(dir), catalog, clock)
        , m_writer(writer)
    {
    }

    Result<> transact(Writer::Deed deed) override { return m_writer.performNow(std::move(deed)); }

private:
    Writer &m_writer;
};

} // namespace keydesk
