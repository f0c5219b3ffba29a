#pragma once

#include "support/sim/sim_client.h"
#include "support/sim/sim_server.h"

namespace keydesk::sim {

// Judges a history from outside: recomputes scope from the policy and the records of a cut, never
// from grants, log or buckets of the code under test (reliability.md 3.1). Each function answers an
// empty text, or what is wrong.
class Oracle
{
public:
    explicit Oracle(const Catalog &catalog)
        : m_catalog(catalog)
    {
    }

    /// After a checkpoint: the replica with its pending commands taken away equals the server's
    /// records at the checkpoint's cut, cut to the person's scope and masked by it (G5, G8, G9).
    QString checkReplica(SimClient &client, const SimServer &server) const;
    /// At the end: each applied command has exactly one effect, no opportunity two owners (G2,
    /// G11).
    QString checkEffects(const std::vector<std::unique_ptr<SimClient>> &clients,
                         SimServer &server) const;

    /// No command that waits here or was refused speaks of a record which a command was to make
    /// that has been sent again since as another one: that record never exists. What is on the wire
    /// is left out: it follows when it is answered.
    QString checkReferences(SimClient &client, SimServer &server) const;

    /// Profile under which the person may hold the record at the cut; None if not at all.
    Profile profileByName(const QString &table, const Row &row, const QString &user) const;
    Profile profileOf(const Cut &cut, const QString &user, const QString &table,
                      const Row &row) const;

private:
    QString checkDangling(SimServer &server) const;
    Profile accountProfile(const Cut &cut, const Row &staff, const QString &account) const;
    qint64 number(const QString &table, const Row &row, const char *column) const;
    QString text(const QString &table, const Row &row, const char *column) const;
    const Row *find(const Cut &cut, const char *table, const QString &id) const;

    const Catalog &m_catalog;
};

} // namespace keydesk::sim
