#pragma once

#include "store/transaction.h"

#include "domain/staff.h"

#include <functional>
#include <memory>

namespace keydesk {

// Who does something: the signed-in person as the server knows him, or a job of the server itself.
struct Actor
{
    Staff staff;
    bool isSystem = false; // jobs, imports and integrations: rights are checked where they enter

    const RecordId &id() const { return staff.id; }
    bool has(Role role) const { return staff.roles.contains(role); }
};

// What a command body sees while it runs. The same body runs on the desktop (a preview) and on the
// server (the truth), so it takes ids and time from here and nothing at random.
class CommandContext
{
public:
    enum class Place { Desktop, Server };

    CommandContext(Transaction &transaction, const Actor &who, const RecordId &command, Instant at,
                   Place where)
        : tx(transaction)
        , actor(who)
        , place(where)
        , m_command(command)
        , m_now(at)
    {
    }

    Transaction &tx;
    const Actor &actor;
    const Place place;

    /// The k-th id born in this command, the same at every replay.
    RecordId id(int k) const { return RecordId::derive(m_command, k); }
    const RecordId &commandId() const { return m_command; }
    Instant now() const { return m_now; }
    bool onServer() const { return place == Place::Server; }

    /// The record, or why not. A desktop that does not hold it answers record.not_found like a
    /// server that may not show it.
    template <class T>
    Result<T> require(const RecordId &recordId)
    {
        auto found = tx.find<T>(recordId);
        if (!found)
            return Error("record.not_found"_reason, {}, recordId.text());
        return std::move(*found);
    }
    /// A record with its common columns filled in: the k-th id, author and time of now.
    template <class T>
    T born(int k) const
    {
        T record;
        record.id = id(k);
        record.createdAt = record.updatedAt = m_now;
        record.createdBy = record.updatedBy = actor.id();
        return record;
    }
    /// Stamps author and time and writes what changed.
    template <class T>
    Result<> save(T record)
    {
        record.updatedAt = m_now;
        record.updatedBy = actor.id();
        return tx.update(record);
    }

private:
    RecordId m_command;
    Instant m_now;
};

// What happens to a command made while the server is out of reach (ux.md, "Offline policy").
enum class OfflinePolicy {
    Queued, // works, sent later
    Requested, // queued, but not promised: "not yours until the server accepts"
    OnlineOnly, // refused with a sentence
};

// Something a person or a job wants done, with its arguments. permit() reads the record, not the
// screen; apply() is a pure function of arguments and rows.
class Command
{
public:
    virtual ~Command() = default;
    /// Whether the actor may do this to this record. Deny by default.
    virtual Result<> permit(CommandContext &context) const = 0;
    virtual Result<> apply(CommandContext &context) const = 0;
};

} // namespace keydesk
