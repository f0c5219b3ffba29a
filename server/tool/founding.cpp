#include "tool/founding.h"

#include "dispatch/account_tallies.h"
#include "dispatch/caller_cards.h"
#include "dispatch/number_series.h"
#include "domain/entities.h"
#include "importing/demo_data.h"
#include "importing/reference_data.h"
#include "security/login_tables.h"
#include "security/pki.h"
#include "tool/master_file.h"
#include "tool/office.h"

#include <QDir>
#include <QFile>
#include <QSysInfo>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t rowsPerDeed = 2000;

Result<> load(DirectOffice &office, const std::vector<EntityRows> &tables)
{
    for (const EntityRows &table : tables) {
        const EntityInfo &entity = office.catalog().entity(table.entity);
        for (std::size_t first = 0; first < table.rows.size(); first += rowsPerDeed) {
            const std::size_t last = std::min(first + rowsPerDeed, table.rows.size());
            const std::vector<Row> rows(table.rows.begin() + std::ptrdiff_t(first),
                                        table.rows.begin() + std::ptrdiff_t(last));
            if (auto done = office.load(entity, rows); !done)
                return done;
        }
    }
    return {};
}

Result<> addAdministrator(Transaction &tx, const Founding &founding, Instant now)
{
    if (!tx.select<Staff>("code = ?", {founding.admin}).empty())
        return {}; // one of the demo business
    Staff staff;
    staff.id = RecordId::create();
    staff.code = staff.name = founding.admin;
    staff.roles = {{keyOf(Role::Administrator)}};
    staff.createdAt = staff.updatedAt = now;
    return tx.insert(staff);
}

// One hash for all of a demo: a hundred of them would take a quarter of a minute.
Result<> settle(Office &office, const Founding &founding, const QByteArray &hash)
{
    return office.transact([&](Authority &authority, Transaction &tx,
                               AuditEntry &audit) -> Result<> {
        Database &database = authority.store().database();
        if (auto added = addAdministrator(tx, founding, authority.now()); !added)
            return added;
        for (const Staff &staff : tx.select<Staff>("1=1")) {
            if (auto set = LoginTables(database).setPasswordHash(staff.id, hash, authority.now());
                !set)
                return set;
        }
        const QString host = founding.hosts.isEmpty() ? QSysInfo::machineHostName()
                                                      : founding.hosts.first();
        audit.action = u"init"_s;
        audit.outcome = u"applied"_s;
        return setServerSetting(database, server_setting::hostName, host);
    });
}

// Demo data is written past the commands, and the directory of the seats follows from commands.
Result<> writeDirectory(Office &office)
{
    return office.transact(
        [](Authority &authority, Transaction &tx, AuditEntry &audit) -> Result<> {
            audit.action = u"directory"_s;
            audit.outcome = u"applied"_s;
            Actor system;
            system.isSystem = true;
            CommandContext context(tx, system, RecordId::create(), authority.now(),
                                   CommandContext::Place::Server);
            for (const Account &account : tx.select<Account>("1=1")) {
                if (auto done = refreshCallerCardsOf(context, account.id); !done)
                    return done;
                if (auto done = refreshTallyOf(context, account.id); !done)
                    return done;
            }
            return {};
        });
}

// The rows bear numbers already: the server's numbering goes on behind them.
Result<> continueNumbers(Office &office)
{
    return office.transact([](Authority &authority, Transaction &, AuditEntry &) -> Result<> {
        Database &database = authority.store().database();
        if (auto made = NumberSeries::createTable(database); !made)
            return made;
        return NumberSeries(database).passIssued();
    });
}

Result<> fillDatabase(const DataDir &dir, const Founding &founding, const QByteArray &hash,
                      const Clock &clock)
{
    const Catalog catalog = makeCatalog();
    const CommandRegistry registry = makeCommandRegistry();
    DirectOffice office(dir, catalog, registry, clock);
    if (auto opened = office.open(); !opened)
        return opened;
    const auto reference = loadReferenceData(catalog);
    if (!reference)
        return reference.error();
    if (auto loaded = load(office, *reference); !loaded)
        return loaded;
    if (founding.demoSeed) {
        DemoOptions options;
        options.seed = *founding.demoSeed;
        options.now = clock.now();
        if (auto loaded = load(office, makeDemoData(*reference, options)); !loaded)
            return loaded;
        if (auto written = writeDirectory(office); !written)
            return written;
        if (auto passed = continueNumbers(office); !passed)
            return passed;
    }
    return settle(office, founding, hash);
}

} // namespace

Result<> foundServer(const DataDir &dir, const Founding &founding, const Clock &clock)
{
    const QString master = dir.file(QLatin1StringView(masterFile));
    const Pki pki(dir.tlsFolder());
    if (QFile::exists(master) || pki.exists())
        return Error("server.exists"_reason, {dir.path()});
    if (founding.admin.trimmed().isEmpty())
        return Error("usage"_reason, {u"The first administrator needs a name."_s});
    if (auto good = checkNewPassword(founding.password, {founding.admin}); !good)
        return good;
    const auto hash = PasswordHasher(founding.passwordCost).hash(founding.password);
    if (!hash)
        return hash.error();
    QStringList names = founding.hosts;
    if (const QString machine = QSysInfo::machineHostName(); !names.contains(machine))
        names.append(machine);
    auto done = pki.create(names, clock.now());
    if (done)
        done = fillDatabase(dir, founding, *hash, clock);
    if (!done) {
        for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
            QFile::remove(master + suffix);
        QDir(dir.tlsFolder()).removeRecursively();
    }
    return done;
}

} // namespace keydesk
