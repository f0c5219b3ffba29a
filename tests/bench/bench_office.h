#pragma once

#include "support/server_process.h"
#include "support/wire_client.h"
#include "tool/office.h"
#include "workbench.h"

#include <QElapsedTimer>

namespace keydesk::bench {

/// Runs the event loop until `done()`; false when that takes longer than `milliseconds`.
bool waitUntil(const std::function<bool()> &done, int milliseconds = 120'000);

// A real server on demo data and many more customers of one area (Kunming), and desktops for its
// people, in this process.
class BenchOffice
{
public:
    /// `accounts`: how many customers, each with one contact, are added to the demo's.
    explicit BenchOffice(int accounts);

    /// Makes the data and serves. What went wrong, or nothing.
    QString open();

    ServerProcess &server() { return m_server; }
    int accounts() const { return m_accounts; }
    const Catalog &catalog() const { return m_catalog; }
    /// A reading connection to the master of the running server.
    std::unique_ptr<Database> master() const;
    /// The only column of the first rows of the query.
    QStringList texts(const QByteArray &sql) const;

    /// A desktop of this person whose replica is complete; null when that failed.
    std::unique_ptr<Workbench> desktop(const QString &user, const QString &pc = {});
    /// The same before its first load: signed in is what signIn() will bring about.
    std::unique_ptr<Workbench> emptyDesktop(const QString &user, const QString &pc) const;
    Workbench::SignIn signIn(const QString &user);
    QString directory(const QString &user, const QString &pc) const;
    /// Signs a bare client in, on a device of its own.
    bool admit(WireClient &client, const QString &user);
    /// Staff numbers of so many hotline agents who are there for crowds alone, 300 at most.
    static QStringList crowdCodes(int count);
    /// Of the serving process; below 0 when it is not known.
    double residentMegabytes() const;

private:
    QString fill();
    QString hireCrowd(DirectOffice &office);

    const int m_accounts;
    const Catalog m_catalog;
    ServerProcess m_server;
};

} // namespace keydesk::bench
