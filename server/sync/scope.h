#pragma once

#include "domain/staff.h"
#include "protocol/messages.h"
#include "sync/change_log.h"

namespace keydesk {

using Grants = std::map<QString, Profile>;

/// Everything a person may hold on a device at this moment, by role and relation (sync.md,
/// "Shape" 7). The one place of this policy; `scope_grant` is its materialisation.
Grants scopeOf(Database &database, const Staff &staff, Instant now);

/// The stored grants of a person.
Grants grantsOf(Database &database, const QString &userId);

// Keeps `scope_grant` equal to scopeOf() as records change, inside the group that changes them.
class ScopeKeeper
{
public:
    ScopeKeeper(RowStore &store, ChangeLog &log)
        : m_store(store)
        , m_log(log)
    {
    }

    /// Looks at the changes logged since `from` and renews the grants they touch. A change of
    /// assignment or custody renews one account's grant of the people concerned; a change of a
    /// person renews all of his.
    Result<> follow(std::size_t from, Instant now);
    /// Grants that begin or end with time alone: opened accounts, dated assignments.
    Result<> renewAll(Instant now);
    /// One person's grants, all of them.
    Result<> renew(const RecordId &staff, Instant now);

    /// People whose grants changed in this group: their connections are poked.
    const QSet<QString> &changedUsers() const { return m_changedUsers; }
    void startGroup() { m_changedUsers.clear(); }

    /// Somebody looks into a customer's file for a while (domain: OpenAccount).
    Result<> openAccount(const RecordId &staff, const QString &accountId, Instant until,
                         Instant now);
    /// One person's grant of one account.
    Result<> renewAccount(const RecordId &staff, const QString &accountId, Instant now);

private:
    // Whose and which accounts a changed row concerns, before and after.
    struct Holding
    {
        std::set<QString> people;
        std::set<QString> accounts;
        bool isNew = false; // a reason more, for nobody one less
        bool isReminded = false; // so that the deputy of whoever has it sees it too
    };
    // How somebody's hold of an account may have changed: by his own hand or as whose leader, and
    // whether he may also have lost it.
    struct Relation
    {
        bool isOwn = false;
        bool mayHaveLost = false;
    };
    using Relations = std::map<std::pair<QString, QString>, Relation>; // by person and account
    void addRelations(const Holding &holding, Relations &relations);
    Result<> renewRelation(const RecordId &staff, const QString &accountId, const Relation &how,
                           Instant now);
    Profile storedProfile(const QString &userId, const QString &bucket);
    void addPresent(const QString &table, const QString &id, Holding &holding);
    Result<> write(const QString &userId, const QString &bucket, Profile wanted, Profile stored);
    std::optional<Staff> staffOf(const RecordId &id);
    void addDeputy(const QString &staffId, std::set<QString> &people);
    void addTeam(const QString &staffId, std::set<QString> &people);
    std::set<QString> teamMembers(const QString &oneTeam, const QString &otherTeam);

    RowStore &m_store;
    ChangeLog &m_log;
    QSet<QString> m_changedUsers;
};

} // namespace keydesk
