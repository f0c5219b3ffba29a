#include "tool/people_requests.h"

#include "base/enrolment.h"
#include "commands/staff_commands.h"
#include "domain/area.h"
#include "domain/channel.h"
#include "domain/team.h"
#include "security/login_tables.h"
#include "security/pki.h"
#include "security/token.h"
#include "tool/master_file.h"

#include <QJsonArray>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

Error usageError(const QString &words)
{
    return Error("usage"_reason, {words});
}

// The record of that code, when one is named.
template <class T>
Result<Ref<T>> byCode(Transaction &tx, const QString &code)
{
    if (code.isEmpty())
        return Ref<T>();
    const auto found = tx.select<T>("code = ? ORDER BY id LIMIT 1", {code});
    if (found.empty())
        return Error("reference.missing"_reason, {Schema<T>::label.text()}, code);
    return Ref<T>(found.front().id);
}

Result<Codes<Role>> rolesOf(const QJsonArray &names)
{
    Codes<Role> roles;
    for (const auto &name : names) {
        const QString key = name.toString();
        const auto known = std::any_of(std::begin(EnumTable<Role>::keys),
                                       std::end(EnumTable<Role>::keys), [&](const EnumKey &role) {
                                           return key == QLatin1StringView(role.key);
                                       });
        if (!known)
            return usageError(u"There is no role “%1”."_s.arg(key));
        if (!roles.keys.contains(key))
            roles.keys.append(key);
    }
    if (roles.keys.isEmpty())
        return usageError(u"A person needs at least one --role."_s);
    return roles;
}

Result<Staff> staffFrom(Transaction &tx, const QJsonObject &request, const Codes<Role> &roles)
{
    Staff staff;
    staff.code = request[u"name"_s].toString();
    staff.name = request[u"full_name"_s].toString();
    staff.roles = roles;
    staff.station = request[u"station"_s].toString();
    const auto area = byCode<Area>(tx, request[u"area"_s].toString());
    if (!area)
        return area.error();
    const auto team = byCode<Team>(tx, request[u"team"_s].toString());
    if (!team)
        return team.error();
    const auto channel = byCode<Channel>(tx, request[u"channel"_s].toString());
    if (!channel)
        return channel.error();
    staff.areaId = *area;
    staff.teamId = *team;
    staff.channelId = *channel;
    return staff;
}

Result<LoginTables::Person> personOf(Authority &authority, const QJsonObject &request)
{
    const QString code = request[u"name"_s].toString();
    auto person = LoginTables(authority.store().database()).personByCode(code);
    if (!person)
        return Error("record.not_found"_reason, {}, u"staff "_s + code);
    return *person;
}

// The server's own name where it listens on every address.
QString reachable(const QString &served, const QString &hostName)
{
    auto address = ServerAddress::parse(served);
    if (!address || hostName.isEmpty() || (address->host != u"0.0.0.0" && address->host != u"::"))
        return served;
    return ServerAddress{hostName, address->port}.toString();
}

} // namespace

Result<> setPassword(Authority &authority, const RecordId &user, const QByteArray &hash)
{
    return LoginTables(authority.store().database()).setPasswordHash(user, hash, authority.now());
}

Result<QJsonObject> addPerson(Office &office, const QJsonObject &request, PasswordCost cost)
{
    const QString code = request[u"name"_s].toString().trimmed();
    const QString fullName = request[u"full_name"_s].toString().trimmed();
    if (code.isEmpty() || fullName.isEmpty())
        return usageError(u"A person needs a NAME and a --full-name."_s);
    const auto roles = rolesOf(request[u"roles"_s].toArray());
    if (!roles)
        return roles.error();
    const QString password = request[u"password"_s].toString();
    if (auto good = checkNewPassword(password, {code, fullName}); !good)
        return good.error();
    const auto hash = PasswordHasher(cost).hash(password);
    if (!hash)
        return hash.error();
    RecordId id = RecordId::create();
    const auto done = office.transact(
        [&](Authority &authority, Transaction &tx, AuditEntry &audit) -> Result<> {
            if (!tx.select<Staff>("code = ?", {code}).empty())
                return Error("record.exists"_reason, {Schema<Staff>::label.text(), code});
            auto staff = staffFrom(tx, request, *roles);
            if (!staff)
                return staff.error();
            staff->id = id;
            staff->createdAt = staff->updatedAt = authority.now();
            audit.action = u"user.add"_s;
            audit.object = id.text();
            audit.outcome = u"applied"_s;
            if (auto written = tx.insert(*staff); !written)
                return written;
            return setPassword(authority, id, *hash);
        });
    if (!done)
        return done.error();
    return QJsonObject{{u"user"_s, code}, {u"id"_s, id.text()}};
}

Result<QJsonObject> setAccess(Office &office, const QJsonObject &request, StaffStatus status)
{
    const QString action = status == StaffStatus::Active ? u"user.enable"_s : u"user.disable"_s;
    const auto done = office.transact(
        [&](Authority &authority, Transaction &, AuditEntry &) -> Result<> {
            const auto person = personOf(authority, request);
            if (!person)
                return person.error();
            // As the command of an administrator, so that what the person holds goes on too.
            SaveStaff command;
            command.staff = person->id;
            command.status = keyOf(status);
            const CmdResult result = authority.acceptJob(u"tool:people"_s, callOf(command));
            if (result.status == CmdResult::Rejected)
                return Error(findReason(result.reason), result.args, person->id.text());
            if (result.status != CmdResult::Applied)
                return Error("storage.failed"_reason, {result.reason});
            return authority.note({0, {}, {}, {}, action, person->id.text(), u"applied"_s});
        });
    if (!done)
        return done.error();
    return QJsonObject{{u"user"_s, request[u"name"_s]}};
}

Result<QJsonObject> resetPassword(Office &office, const QJsonObject &request, PasswordCost cost)
{
    const QString code = request[u"name"_s].toString();
    const QString password = request[u"password"_s].toString();
    if (auto good = checkNewPassword(password, {code}); !good)
        return good.error();
    const auto hash = PasswordHasher(cost).hash(password);
    if (!hash)
        return hash.error();
    bool active = true;
    const auto done = office.transact(
        [&](Authority &authority, Transaction &, AuditEntry &audit) -> Result<> {
            const auto person = personOf(authority, request);
            if (!person)
                return person.error();
            active = person->isActive;
            if (auto good = checkNewPassword(password, {code, person->name}); !good)
                return good;
            audit.action = u"user.reset"_s;
            audit.object = person->id.text();
            audit.outcome = u"applied"_s;
            if (auto written = setPassword(authority, person->id, *hash); !written)
                return written;
            return authority.endSessions(person->id.text());
        });
    if (!done)
        return done.error();
    return QJsonObject{{u"user"_s, code}, {u"disabled"_s, !active}};
}

Result<QJsonObject> listDevices(Office &office, const QJsonObject &request)
{
    auto reader = office.reader();
    if (!reader)
        return reader.error();
    LoginTables tables(**reader);
    const QString code = request[u"name"_s].toString();
    const auto person = tables.personByCode(code);
    if (!person)
        return Error("record.not_found"_reason, {}, u"staff "_s + code);
    QJsonArray devices;
    for (const LoginTables::Listed &device : tables.devicesOf(person->id))
        devices.append(
            QJsonObject{{u"device"_s, device.id},
                        {u"platform"_s, device.platform},
                        {u"status"_s, device.status},
                        {u"last_seen"_s, device.lastSeen.toLocal().toUTC().toString(Qt::ISODate)}});
    return QJsonObject{{u"user"_s, code}, {u"devices"_s, devices}};
}

Result<QJsonObject> wipeDevice(Office &office, const QJsonObject &request)
{
    const QString id = request[u"device"_s].toString();
    const auto done = office.transact(
        [&](Authority &authority, Transaction &, AuditEntry &audit) -> Result<> {
            const auto device = LoginTables(authority.store().database()).device(id);
            if (!device || device->publicKey.isEmpty())
                return Error("record.not_found"_reason, {}, u"device "_s + id);
            audit = {0, {}, {}, id, u"device.wipe"_s, device->user.text(), u"applied"_s};
            return device->isWiped ? Result<>() : authority.wipeDevice(id);
        });
    if (!done)
        return done.error();
    return QJsonObject{{u"device"_s, id}};
}

Result<QJsonObject> issueEnrolment(Office &office, const QJsonObject &request)
{
    const auto pin = Pki(office.dir().tlsFolder()).pin();
    if (!pin)
        return pin.error();
    const QString code = createEnrolmentCode();
    QString server = request[u"server"_s].toString();
    const auto done = office.transact(
        [&](Authority &authority, Transaction &, AuditEntry &audit) -> Result<> {
            Database &database = authority.store().database();
            const auto person = personOf(authority, {{u"name"_s, request[u"user"_s]}});
            if (!person)
                return person.error();
            if (!person->isActive)
                return Error("forbidden.disabled"_reason);
            if (server.isEmpty())
                server = reachable(serverSetting(database, server_setting::servedAddress),
                                   serverSetting(database, server_setting::hostName));
            if (server.isEmpty())
                return usageError(
                    u"Nothing was served yet: name the address with --server HOST:PORT."_s);
            audit.action = u"enrol.issue"_s;
            audit.object = person->id.text();
            audit.outcome = u"applied"_s;
            return LoginTables(database).addEnrolment(secretHash(code), person->id,
                                                      authority.now() + enrolmentCodeLifetime);
        });
    if (!done)
        return done.error();
    const auto address = ServerAddress::parse(server);
    if (!address)
        return address.error();
    return QJsonObject{{u"string"_s, Enrolment{*address, *pin, code}.toString()}};
}

} // namespace keydesk
