// What a command and an incremental pull cost the server, and how that grows with the customers.

#include "benches.h"
#include "support/master_world.h"

#include <unistd.h>

namespace keydesk::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int smaller = 100; // times, the other office
constexpr int commands = 600;
constexpr int news = 150;

// Processor time of the server so far, in microseconds.
double worked(BenchOffice &office)
{
    QFile stat(u"/proc/%1/stat"_s.arg(office.server().processId()));
    if (!stat.open(QFile::ReadOnly))
        return 0;
    const QByteArray line = stat.readAll();
    const auto fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    return (fields.value(11).toDouble() + fields.value(12).toDouble()) * 1e6
        / double(::sysconf(_SC_CLK_TCK));
}

QStringList managedAccounts(BenchOffice &office)
{
    return office.texts("SELECT id FROM account WHERE owner_staff_id = (SELECT id FROM staff "
                        "WHERE code='1101') LIMIT 20");
}

// Microseconds of the server for one recorded opportunity, nobody else being connected.
double perCommand(BenchOffice &office)
{
    WireClient client(office.server().port());
    if (!office.admit(client, u"1131"_s))
        return 0;
    const QStringList accounts = managedAccounts(office);
    const double before = worked(office);
    for (int n = 1; n <= commands; ++n) {
        client.send(
            MasterWorld::message(n,
                                 MasterWorld::capture(RecordId(accounts[n % accounts.size()]),
                                                      u"专线"_s)));
        client.socket->flush();
        const auto result = client.receive<CmdResult>();
        if (!result || result->status != CmdResult::Applied)
            return 0;
    }
    return (worked(office) - before) / commands;
}

// The same with the desktops of the agent and of the manager, both of which pull what is new.
double perCommandAndPulls(BenchOffice &office)
{
    const auto agent = office.desktop(u"1131"_s, u"-growth"_s);
    const auto manager = office.desktop(u"1101"_s, u"-growth"_s);
    if (!agent || !manager)
        return 0;
    const QStringList accounts = managedAccounts(office);
    const double before = worked(office);
    for (int n = 0; n < news; ++n) {
        const CommandCall call = MasterWorld::capture(RecordId(accounts[n % accounts.size()]),
                                                      u"专线"_s);
        agent->run(call);
        const auto arrived = [&] {
            return manager->reader()
                .findRow(u"opportunity"_s, RecordId::derive(call.id, 0))
                .has_value();
        };
        if (!waitUntil(arrived, 20'000))
            return 0;
    }
    return (worked(office) - before) / news;
}

Figure timesMore(const QString &what, BenchOffice &office, double small, double large)
{
    return {what + u"_%1_accounts"_s.arg(office.accounts()),
            large,
            u"us"_s,
            small,
            1.3,
            Figure::Wanted::AtMostTimes};
}

} // namespace

std::vector<Figure> growth(BenchOffice &office)
{
    BenchOffice little(std::max(1, office.accounts() / smaller));
    const bool opened = little.open().isEmpty();
    const double command = opened ? perCommand(little) : 0;
    const double pulled = opened ? perCommandAndPulls(little) : 0;
    return {timesMore(u"server_cpu_per_command"_s, office, command, perCommand(office)),
            timesMore(u"server_cpu_per_command_and_two_pulls"_s, office, pulled,
                      perCommandAndPulls(office))};
}

} // namespace keydesk::bench
