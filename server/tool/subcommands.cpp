#include "tool/subcommands.h"

#include "base/enrolment.h"
#include "base/log.h"
#include "domain/entities.h"
#include "host.h"
#include "net/admin_client.h"
#include "security/private_file.h"
#include "tool/admin_requests.h"
#include "tool/audit_verification.h"
#include "tool/backup.h"
#include "tool/command_line.h"
#include "tool/founding.h"
#include "tool/import_spool.h"
#include "tool/termination.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

namespace keydesk {

using namespace Qt::StringLiterals;

namespace {

constexpr int done = 0;
constexpr int failed = 1;
constexpr int misused = 2;

void print(std::FILE *where, const QByteArray &line)
{
    std::fwrite(line.constData(), 1, std::size_t(line.size()), where);
    std::fputc('\n', where);
    std::fflush(where);
}

int fail(const Error &why)
{
    print(stderr,
          "keydesk-server: " + why.text(QLocale::English).toUtf8()
              + (why.detail.isEmpty() ? QByteArray() : " (" + why.detail.toUtf8() + ')'));
    return why.key() == u"usage" ? misused : failed;
}

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<QString> passwordFrom(const QString &path)
{
    const auto bytes = readPrivateFile(path, 4096);
    if (!bytes)
        return bytes.error();
    return QString::fromUtf8(*bytes).section(u'\n', 0, 0).trimmed();
}

// An address to listen on: unlike one to connect to, its port may be 0.
Result<ServerAddress> listenAddress(const QString &text)
{
    const bool anyPort = text.endsWith(u":0");
    auto address = ServerAddress::parse(anyPort ? text.chopped(1) + u'1' : text);
    if (!address)
        return Error("usage"_reason, {u"--listen needs HOST:PORT"_s}, text);
    if (anyPort)
        address->port = 0;
    return address;
}

// Through the running server if there is one, else by ourselves.
Result<QJsonObject> ask(const QString &dataPath, const QJsonObject &request)
{
    const auto progress = [](const QJsonObject &state) { print(stderr, json(state)); };
    if (!QFileInfo::exists(dataPath))
        return Error("usage"_reason, {u"%1 is no data directory"_s.arg(dataPath)});
    auto dir = DataDir::own(dataPath);
    if (!dir) {
        if (dir.error().key() != u"storage.locked")
            return dir.error();
        return askRunningServer(DataDir::adminSocketOf(dataPath), request, progress);
    }
    if (!Pki(dir->tlsFolder()).exists())
        return Error("usage"_reason, {u"%1 holds no server: run init first."_s.arg(dataPath)});
    const SystemClock clock;
    const Catalog catalog = makeCatalog();
    const CommandRegistry registry = makeCommandRegistry();
    DirectOffice office(*dir, catalog, registry, clock);
    if (auto opened = office.open(); !opened)
        return opened.error();
    return answerRequest(office, request, progress);
}

QString roleNames()
{
    QStringList names;
    for (const EnumKey &role : EnumTable<Role>::keys)
        names.append(QString::fromLatin1(role.key));
    return names.join(u", "_s);
}

// Reads the words; an exit code when there is nothing more to do.
std::optional<int> settled(CommandLine &line, const QStringList &words)
{
    if (auto read = line.read(words); !read)
        return fail(read.error());
    if (!line.wantsHelp())
        return std::nullopt;
    print(stdout, line.help().toUtf8());
    return done;
}

int runInit(const QStringList &words)
{
    CommandLine line(u"init"_s,
                     u"Makes a new server: database, certificates, first administrator."_s);
    line.option(u"admin"_s, u"NAME"_s, u"Staff number of the first administrator."_s, true)
        .option(u"password-file"_s, u"FILE"_s, u"Holds the administrator's password."_s, true)
        .option(u"demo"_s, u"SEED"_s,
                u"Also loads an invented business; everybody has that password."_s)
        .option(u"host"_s, u"NAME"_s, u"Name or address of this machine; may be given again."_s);
    if (const auto code = settled(line, words))
        return *code;
    Founding founding;
    founding.admin = line.value(u"admin"_s);
    founding.hosts = line.values(u"host"_s);
    if (line.isSet(u"demo"_s)) {
        bool isNumber = false;
        founding.demoSeed = line.value(u"demo"_s).toULongLong(&isNumber);
        if (!isNumber)
            return fail(Error("usage"_reason, {u"--demo needs a whole number as its seed"_s}));
    }
    const auto password = passwordFrom(line.value(u"password-file"_s));
    if (!password)
        return fail(password.error());
    founding.password = *password;
    const auto dir = DataDir::own(line.value(u"data"_s));
    if (!dir)
        return fail(dir.error());
    const auto founded = foundServer(*dir, founding, SystemClock());
    return founded ? done : fail(founded.error());
}

int runServe(const QStringList &words)
{
    CommandLine
        line(u"serve"_s,
             u"Runs the server until SIGTERM. Log lines (JSON) go to standard error.\n"
             "Exit codes: 0 after SIGTERM, 1 when it could not start, 2 for wrong arguments,\n"
             "70 when the writer hung, 74 when the disk failed or the database is damaged."_s);
    line.option(u"listen"_s, u"HOST:PORT"_s, u"Where to listen; port 0 takes a free one."_s, true);
    if (const auto code = settled(line, words))
        return *code;
    const auto address = listenAddress(line.value(u"listen"_s));
    if (!address)
        return fail(address.error());
    const auto dir = DataDir::own(line.value(u"data"_s));
    if (!dir)
        return fail(dir.error());
    const SystemClock clock;
    const Log log(clock, LogFile());
    Host host(*dir, clock);
    const auto listening = host.start(*address);
    if (!listening) {
        (void)fail(listening.error());
        return failed; // the words were right, the machine would not
    }
    Termination termination;
    QObject::connect(&termination, &Termination::requested, &host, &Host::stop);
    QObject::connect(&host, &Host::stopped, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    print(stdout, "listening " + listening->toString().toUtf8());
    return QCoreApplication::exec();
}

int runUserAdd(const QStringList &words)
{
    CommandLine line(u"user add"_s, u"Adds a person who may sign in."_s);
    line.positional(u"NAME"_s, u"Staff number."_s)
        .option(u"role"_s, u"ROLE"_s, u"A role, may be given again: "_s + roleNames() + u'.', true)
        .option(u"full-name"_s, u"TEXT"_s, u"The person's name."_s, true)
        .option(u"password-file"_s, u"FILE"_s, u"Holds the first password."_s, true)
        .option(u"area"_s, u"CODE"_s, u"Local network."_s)
        .option(u"team"_s, u"CODE"_s, u"Team."_s)
        .option(u"channel"_s, u"CODE"_s, u"Channel."_s)
        .option(u"station"_s, u"CODE"_s, u"Station."_s);
    if (const auto code = settled(line, words))
        return *code;
    const auto password = passwordFrom(line.value(u"password-file"_s));
    if (!password)
        return fail(password.error());
    QJsonObject request{{u"do"_s, u"user.add"_s},
                        {u"name"_s, line.position(0)},
                        {u"full_name"_s, line.value(u"full-name"_s)},
                        {u"password"_s, *password},
                        {u"roles"_s, QJsonArray::fromStringList(line.values(u"role"_s))}};
    for (const QString &name : {u"area"_s, u"team"_s, u"channel"_s, u"station"_s})
        request[name] = line.value(name);
    const auto answer = ask(line.value(u"data"_s), request);
    return answer ? done : fail(answer.error());
}

int changeAccess(CommandLine &line, const QStringList &words, const QString &request)
{
    line.positional(u"NAME"_s, u"Staff number."_s);
    if (const auto code = settled(line, words))
        return *code;
    const auto answer = ask(line.value(u"data"_s),
                            {{u"do"_s, request}, {u"name"_s, line.position(0)}});
    return answer ? done : fail(answer.error());
}

int runUserDisable(const QStringList &words)
{
    CommandLine line(u"user disable"_s, u"Ends a person's access at once; nothing is deleted."_s);
    return changeAccess(line, words, u"user.disable"_s);
}

int runUserEnable(const QStringList &words)
{
    CommandLine line(u"user enable"_s, u"Lets a person in again who was disabled."_s);
    return changeAccess(line, words, u"user.enable"_s);
}

int runUserReset(const QStringList &words)
{
    CommandLine line(u"user reset"_s, u"Gives a person a new password and ends the sessions."_s);
    line.positional(u"NAME"_s, u"Staff number."_s)
        .option(u"password-file"_s, u"FILE"_s, u"Holds the new password."_s, true);
    if (const auto code = settled(line, words))
        return *code;
    const auto password = passwordFrom(line.value(u"password-file"_s));
    if (!password)
        return fail(password.error());
    const auto answer = ask(line.value(u"data"_s),
                            {{u"do"_s, u"user.reset"_s},
                             {u"name"_s, line.position(0)},
                             {u"password"_s, *password}});
    if (!answer)
        return fail(answer.error());
    if ((*answer)[u"disabled"_s].toBool())
        print(stderr,
              "note: " + line.position(0).toUtf8()
                  + " is disabled and stays so; let the person in with `user enable`");
    return done;
}

int runDeviceList(const QStringList &words)
{
    CommandLine line(u"device list"_s, u"Prints a person's devices, one JSON object a line."_s);
    line.positional(u"NAME"_s, u"Staff number."_s);
    if (const auto code = settled(line, words))
        return *code;
    const auto answer = ask(line.value(u"data"_s),
                            {{u"do"_s, u"device.list"_s}, {u"name"_s, line.position(0)}});
    if (!answer)
        return fail(answer.error());
    const QJsonArray devices = (*answer)[u"devices"_s].toArray();
    for (const auto &device : devices)
        print(stdout, json(device.toObject()));
    return done;
}

int runDeviceWipe(const QStringList &words)
{
    CommandLine line(u"device wipe"_s,
                     u"Has a PC hand over its queue and destroy all it holds of this server,\n"
                     "at once if it is connected, else when it next signs in. It cannot sign in\n"
                     "again; `device list` says wiped when it has confirmed."_s);
    line.positional(u"DEVICE"_s, u"As `device list` names it."_s);
    if (const auto code = settled(line, words))
        return *code;
    const auto answer = ask(line.value(u"data"_s),
                            {{u"do"_s, u"device.wipe"_s}, {u"device"_s, line.position(0)}});
    return answer ? done : fail(answer.error());
}

int runEnrol(const QStringList &words)
{
    CommandLine line(u"enrol"_s,
                     u"Prints an enrolment string: good for one PC, once, within 24 hours."_s);
    line.option(u"user"_s, u"NAME"_s, u"Staff number of who will use the PC."_s, true)
        .option(u"server"_s, u"HOST:PORT"_s,
                u"Where the PC finds the server; else where it was last served."_s);
    if (const auto code = settled(line, words))
        return *code;
    const auto answer = ask(line.value(u"data"_s),
                            {{u"do"_s, u"enrol"_s},
                             {u"user"_s, line.value(u"user"_s)},
                             {u"server"_s, line.value(u"server"_s)}});
    if (!answer)
        return fail(answer.error());
    print(stdout, (*answer)[u"string"_s].toString().toUtf8());
    return done;
}

int runBackup(const QStringList &words)
{
    CommandLine line(u"backup"_s,
                     u"Copies the whole database into FILE, also beside a running server."_s);
    line.positional(u"FILE"_s, u"The backup; replaced if it exists."_s);
    if (const auto code = settled(line, words))
        return *code;
    const QString file = QFileInfo(line.position(0)).absoluteFilePath();
    const auto answer = ask(line.value(u"data"_s), {{u"do"_s, u"backup"_s}, {u"file"_s, file}});
    if (!answer)
        return fail(answer.error());
    print(stdout, json(*answer));
    return done;
}

int runRestore(const QStringList &words)
{
    CommandLine line(u"restore"_s,
                     u"Puts the backup FILE in the place of the database; no server may run."_s);
    line.positional(u"FILE"_s, u"The backup."_s);
    if (const auto code = settled(line, words))
        return *code;
    const auto dir = DataDir::own(line.value(u"data"_s));
    if (!dir)
        return fail(dir.error());
    const Catalog catalog = makeCatalog();
    const CommandRegistry registry = makeCommandRegistry();
    const auto answer = restoreBackup(*dir, line.position(0), catalog, registry, SystemClock());
    if (!answer)
        return fail(answer.error());
    print(stdout, json(*answer));
    return done;
}

int runVerify(const QStringList &words)
{
    CommandLine line(u"verify"_s, u"Holds the database against itself and prints a report."_s);
    line.option(u"head"_s, u"FILE"_s,
                u"Signed heads of the audit trail kept elsewhere: a copy of the server's log."_s);
    if (const auto code = settled(line, words))
        return *code;
    QJsonObject request{{u"do"_s, u"verify"_s}};
    if (line.isSet(u"head"_s)) {
        const auto heads = headLinesOf(line.value(u"head"_s));
        if (!heads)
            return fail(heads.error());
        request[u"heads"_s] = *heads;
    }
    const auto answer = ask(line.value(u"data"_s), request);
    if (!answer)
        return fail(answer.error());
    print(stdout, json(*answer));
    return (*answer)[u"ok"_s].toBool() ? done : failed;
}

// The map travels inside the request, so it has to be small; a real one has a few kilobytes.
Result<QJsonObject> mapFrom(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error("file.unreadable"_reason, {path, file.errorString()});
    QJsonParseError parsed;
    const auto document = QJsonDocument::fromJson(file.read(256 * 1024), &parsed);
    if (!document.isObject())
        return Error("import.map_malformed"_reason, {path + u": "_s + parsed.errorString()});
    return document.object();
}

// What came of an import: problems for the person, one line for the script.
int reportImport(QJsonObject answer, const QString &errorFile, bool skipBad)
{
    const QJsonArray problems = answer.take(u"problems"_s).toArray();
    for (const auto &problem : problems)
        print(stderr, problem.toString().toUtf8());
    const qint64 rejected = answer[u"rejected"_s].toInteger();
    const bool refused = rejected > 0 && !skipBad;
    if (rejected > 0)
        print(stderr,
              "rejected: " + QByteArray::number(rejected) + " (" + errorFile.toUtf8() + ')');
    if (refused)
        print(stderr, "nothing was imported; --skip-bad takes the rest without them");
    if (!errorFile.isEmpty())
        answer[u"errors"_s] = errorFile;
    print(stdout, json(answer));
    return refused ? failed : done;
}

// A file that cannot be imported at all still ends with the line that scripts read.
int reportRefused(const Error &why)
{
    const int code = fail(why);
    QJsonObject answer;
    for (const auto count : {"read"_L1, "created"_L1, "updated"_L1, "unchanged"_L1, "rejected"_L1})
        answer[count] = 0;
    answer[u"refused"_s] = why.text(QLocale::English);
    print(stdout, json(answer));
    return code;
}

int runImport(const QStringList &words)
{
    CommandLine
        line(u"import"_s,
             u"Imports a CSV file: new records are created, known ones (found by their key)\n"
             "changed where the file says something else; an empty cell says nothing.\n"
             "KIND: accounts, contacts, staff, products, opportunities. A line that cannot\n"
             "be imported is listed in FILE.errors.csv, and then nothing is imported.\n"
             "The last line on standard output is JSON: read, created, updated, unchanged,\n"
             "rejected. People imported as staff cannot sign in before `user reset`.\n"
             "MAP: {\"columns\": {HEADER: FIELD or [FIELD..] or null}, \"key\": [FIELD..],\n"
             "\"defaults\": {FIELD: VALUE}, \"values\": {HEADER: {IN FILE: MEANT}}, \"units\":\n"
             "{HEADER: TEXT}}; without it headers must be fields' names or labels."_s);
    line.positional(u"KIND"_s, u"What is in it."_s)
        .positional(u"FILE"_s, u"CSV in UTF-8 or GB18030."_s)
        .option(u"map"_s, u"FILE"_s, u"JSON that says which column goes where."_s)
        .flag(u"dry-run"_s, u"Only says what would happen."_s)
        .flag(u"skip-bad"_s, u"Imports the good lines although others are rejected."_s);
    if (const auto code = settled(line, words))
        return *code;
    const QString source = QFileInfo(line.position(1)).absoluteFilePath();
    const bool skipBad = line.isSet(u"skip-bad"_s);
    QJsonObject request{{u"do"_s, u"import"_s},
                        {u"kind"_s, line.position(0)},
                        {u"dry_run"_s, line.isSet(u"dry-run"_s)},
                        {u"skip_bad"_s, skipBad}};
    if (line.isSet(u"map"_s)) {
        const auto map = mapFrom(line.value(u"map"_s));
        if (!map)
            return reportRefused(map.error());
        request[u"map"_s] = *map;
    }
    ImportSpool spool(QFileInfo(line.value(u"data"_s)).absoluteFilePath());
    if (auto taken = spool.take(source); !taken)
        return reportRefused(taken.error());
    request[u"file"_s] = spool.file();
    request[u"errors"_s] = spool.errors();
    const auto answer = ask(line.value(u"data"_s), request);
    if (!answer)
        return reportRefused(answer.error());
    const auto errors = spool.giveErrors(source);
    return errors ? reportImport(*answer, *errors, skipBad) : fail(errors.error());
}

struct Subcommand
{
    const char16_t *name;
    int (*run)(const QStringList &words);
};
constexpr Subcommand subcommands[] = {
    {u"init", runInit},
    {u"serve", runServe},
    {u"user add", runUserAdd},
    {u"user disable", runUserDisable},
    {u"user enable", runUserEnable},
    {u"user reset", runUserReset},
    {u"device list", runDeviceList},
    {u"device wipe", runDeviceWipe},
    {u"enrol", runEnrol},
    {u"import", runImport},
    {u"backup", runBackup},
    {u"restore", runRestore},
    {u"verify", runVerify},
};

} // namespace

int runSubcommand(const QStringList &arguments)
{
    // The first word of some stands for a group: `user --help` tells of `user add` and the others.
    const QString group = arguments.value(0) + u' ';
    QStringList names;
    QStringList ofGroup;
    for (const Subcommand &one : subcommands) {
        const QStringList words = QString::fromUtf16(one.name).split(u' ');
        if (arguments.mid(0, words.size()) == words)
            return one.run(arguments.mid(words.size()));
        names.append(words.join(u' '));
        if (names.back().startsWith(group))
            ofGroup.append(names.back());
    }
    const QStringList asked = ofGroup.isEmpty() ? arguments.mid(0, 1) : arguments;
    const bool help = asked.contains(u"--help"_s) || asked.contains(u"-h"_s);
    if (!ofGroup.isEmpty())
        names = ofGroup;
    print(help ? stdout : stderr,
          "usage: keydesk-server SUBCOMMAND --data DIR ... (--help after it tells more)\n"
          "subcommands: "
              + names.join(u", "_s).toUtf8());
    return help ? done : misused;
}

} // namespace keydesk
