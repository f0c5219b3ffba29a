#pragma once

#include "support/server_process.h"

namespace keydesk::test {

// A real keydesk-server on the invented business of demo data, in a folder that may have been
// filled by an earlier run. Knows the logins; opens no window.
class DemoOffice final
{
public:
    static constexpr int seed = 7;

    /// `home` stays; empty: a folder that goes with this object. `program`: keydesk-server.
    explicit DemoOffice(const QString &program, const QString &home = {});
    ~DemoOffice();

    /// Makes the demo data if the folder has none and serves on a free port. What went wrong, or
    /// nothing.
    QString open();
    /// SIGTERM, and waits for the end.
    void close();

    QString address() const;
    /// One password for every login of the demo.
    static QString password();
    /// A new enrolment string; empty if the server gives none.
    QString enrolmentOf(const QString &user);
    ServerProcess &server() { return m_server; }

private:
    ServerProcess m_server;
};

} // namespace keydesk::test
