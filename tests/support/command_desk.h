#pragma once

#include "commands/registry.h"
#include "domain/account.h"
#include "domain/area.h"
#include "domain/channel.h"
#include "domain/opportunity.h"
#include "domain/team.h"
#include "store/database.h"

#include <QDateTime>

#include <functional>

namespace keydesk {

// A database in memory on which commands run as on the server (or a desktop), with nobody watching
// the rows: no log, no sync, no reactions unless a test adds them. Never for tests of sync.
class CommandDesk
{
public:
    using Place = CommandContext::Place;

    explicit CommandDesk(Place place = Place::Server);
    ~CommandDesk();

    /// Authorises and applies the command as `who`, in a savepoint that a refusal rolls back.
    template <class C>
    Result<> run(const Staff &who, const C &command)
    {
        return runCall(who, callOf(command));
    }
    /// The same, and the id of the k-th record it would make.
    Result<> runCall(const Staff &who, const CommandCall &call);
    /// The same, and undoes it in any case: what would have come of it.
    Result<> tryCall(const Staff &who, const CommandCall &call);
    Result<> runAsSystem(const CommandCall &call);
    /// The id under which the last command made its k-th record.
    RecordId born(int k) const { return RecordId::derive(m_lastCall, k); }

    template <class T>
    T get(const RecordId &id)
    {
        auto found = m_tx.find<T>(id);
        Q_ASSERT_X(found, "CommandDesk::get", qPrintable(id.text()));
        return *found;
    }
    template <class T>
    std::vector<T> all()
    {
        return m_tx.select<T>("1 = 1 ORDER BY id");
    }
    /// Writes a record as it is; gives it an id if it has none.
    template <class T>
    T put(T record)
    {
        if (record.id.isNull())
            record.id = RecordId::fromParts(1, 0, ++m_serial);
        const auto done = m_store.put(m_tx.info<T>(), toRow(record),
                                      m_store.find(m_tx.info<T>(), record.id));
        Q_ASSERT_X(done, "CommandDesk::put", "not written");
        return record;
    }

    Staff person(const QString &code, Role role, const RecordId &area = {},
                 const RecordId &team = {});
    Area area(const QString &code, const RecordId &parent = {});
    Team queue(const QString &code, TeamKind kind, const RecordId &area = {});
    Account account(const QString &name, const RecordId &area,
                    ValueClass valueClass = ValueClass::B);
    /// Makes him look after the account from long ago on; a main_am also becomes its owner.
    void assign(const Account &account, const Staff &staff, const QString &role);

    /// A context outside any command, for functions that take one.
    CommandContext context(const Staff &who);

    /// Local time of the business, UTC+8.
    static Instant at(const QString &isoDateTime);

    ManualClock clock{at(QStringLiteral("2026-03-02T10:00:00"))}; // a Monday
    std::function<Result<>(CommandContext &, const CommandCall &)> afterCommand;

    Transaction &tx() { return m_tx; }
    RowStore &store() { return m_store; }
    Database &database() { return *m_database; }

private:
    Result<> execute(const Actor &actor, const CommandCall &call);

    class Silence final : public RowObserver
    {
    public:
        Result<> rowChanging(const EntityInfo &, const Row *, Row &) override { return {}; }
    };

    Place m_place;
    std::unique_ptr<Database> m_database;
    Catalog m_catalog;
    RowStore m_store;
    Silence m_silence;
    Transaction m_tx;
    CommandRegistry m_registry;
    RecordId m_lastCall;
    quint64 m_serial = 0;
    Actor m_contextActor;
};

} // namespace keydesk
