#pragma once

#include "workbench.h"

namespace keydesk {

// How the conflicts of one case are settled, and what each of its commands says when the case is
// sent again. Knows no widgets and sends nothing.
class CaseSettlement
{
public:
    // One field that was changed here and, otherwise, on the server.
    struct Conflict
    {
        qint64 localNo = 0;
        const FieldInfo *field = nullptr;
        Cell base;
        Cell mine;
        Cell theirs; // what the replica holds now
        QString editor; // who wrote theirs

        bool operator==(const Conflict &) const = default;
    };

    CaseSettlement() = default;
    /// The commands of the case in their order; `reader` tells what the server holds now.
    CaseSettlement(std::vector<RejectedCommand> commands, const ReplicaReader &reader,
                   const Catalog &catalog);

    const std::vector<RejectedCommand> &commands() const { return m_commands; }
    const std::vector<Conflict> &conflicts() const { return m_conflicts; }
    /// Whether it is about the same commands and the same values: choices made there hold here.
    bool isLike(const CaseSettlement &other) const;
    /// What the field shall hold; without a choice it is mine.
    void choose(const Conflict &conflict, const Cell &value);
    /// Every command of the case with its settled fields. A later command has seen what the earlier
    /// ones are now to write.
    Outbox::Chosen settled() const;

private:
    void addConflicts(const RejectedCommand &refused, const ReplicaReader &reader,
                      const Catalog &catalog);

    std::vector<RejectedCommand> m_commands;
    std::vector<Conflict> m_conflicts;
    std::map<std::pair<qint64, QString>, Cell> m_choices; // by command and field
};

} // namespace keydesk
