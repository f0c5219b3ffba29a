#pragma once

#include "security/login_tables.h"
#include "security/token.h"
#include "support/light_desktop.h"

#include <sys/resource.h>

namespace keydesk {

/// As many open files as the machine lets this process have, and a server that it starts.
inline void allowManyFiles()
{
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

/// So many devices with a session each, of these people (by code) in turn, as as many enrolments
/// would have left them in the server's database; none when that failed. For crowds: a thousand
/// passwords would be checked for minutes.
inline std::vector<LightDesktop::Identity> enrolledDirectly(const QString &databasePath,
                                                            const QStringList &people, int count)
{
    const auto database = Database::open(databasePath);
    if (!database || !(*database)->execute("BEGIN IMMEDIATE"))
        return {};
    LoginTables tables(**database);
    const Instant now = SystemClock().now();
    std::vector<LightDesktop::Identity> identities;
    for (int i = 0; i < count; ++i) {
        const auto person = tables.personByCode(people[i % people.size()]);
        if (!person)
            return {};
        const QString secret = createToken();
        LightDesktop::Identity one{QStringLiteral("crowd-") + randomText(8), DeviceKey::create(),
                                   randomText(16), secret.toLatin1()};
        if (!tables.addDevice(one.device, person->id, one.key.publicKey(), QStringLiteral("test"),
                              now)
            || !tables.addSession({one.tokenId, person->id, secretHash(secret), now, now + day},
                                  one.device, {}))
            return {};
        identities.push_back(one);
    }
    return (*database)->execute("COMMIT") ? identities : std::vector<LightDesktop::Identity>();
}

} // namespace keydesk
