#include "tool/office.h"

#include "tool/master_file.h"

namespace keydesk {

QString Office::masterPath() const
{
    return m_dir.file(QLatin1StringView(masterFile));
}

Result<std::unique_ptr<Database>> Office::reader() const
{
    DatabaseOptions options;
    options.access = DatabaseOptions::Access::ReadOnly;
    return Database::open(masterPath(), options);
}

DirectOffice::DirectOffice(DataDir dir, const Catalog &catalog, const CommandRegistry &registry,
                           const Clock &clock)
    : Office(std::move(dir), catalog, clock)
    , m_registry(registry)
{
}

Result<> DirectOffice::open()
{
    auto opened = openMaster(masterPath(), catalog());
    if (!opened)
        return opened.error();
    m_database = std::move(*opened);
    m_store = std::make_unique<RowStore>(*m_database, catalog());
    m_dispatch = std::make_unique<Dispatch>(*m_store, m_calendar);
    m_authority = std::make_unique<Authority>(*m_store, m_registry, m_dispatch.get());
    return {};
}

Result<> DirectOffice::inGroup(const std::function<Result<>()> &work)
{
    if (auto begun = m_authority->beginGroup(clock().now()); !begun)
        return begun;
    if (auto done = work(); !done) {
        m_authority->rollbackGroup();
        return done;
    }
    const auto committed = m_authority->commitGroup();
    return committed ? Result<>() : committed.error();
}

Result<> DirectOffice::transact(Writer::Deed deed)
{
    return inGroup([&] {
        return m_authority->perform(
            [&](Transaction &tx, AuditEntry &entry) { return deed(*m_authority, tx, entry); });
    });
}

Result<> DirectOffice::load(const EntityInfo &entity, const std::vector<Row> &rows)
{
    return inGroup([&] { return m_authority->load(entity, rows); });
}

} // namespace keydesk
