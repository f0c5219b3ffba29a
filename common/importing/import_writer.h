#pragma once

#include "commands/command.h"
#include "importing/importer.h"

namespace keydesk {

// Writes the records of an import, each as the system would: with author and time, beside its
// account, with what follows from it. Reads no file. An empty cell never clears what a record
// holds, and a map's defaults fill new records only.
class ImportWriter
{
public:
    ImportWriter(Transaction &transaction, const RowMapper &mapper, Instant now);

    /// Creates or changes the record that the row means. Errors: import.several_match, those of the
    /// commands that lie behind (assignments, custody).
    Result<ImportFate> write(const ImportRow &row);

private:
    Result<> create(CommandContext &context, const ImportRow &row);
    Result<> change(CommandContext &context, const Row &before, Row after);
    Result<> assignOwner(CommandContext &context, const RecordId &account, const Cell &owner);
    void placeBesideAccount(CommandContext &context, Row &row) const;
    bool is(const char *table) const;

    Transaction &m_tx;
    const RowMapper &m_mapper;
    const EntityInfo &m_entity;
    Instant m_now;
    Actor m_system;
};

} // namespace keydesk
