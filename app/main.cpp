#include "base/log.h"
#include "batch/batch.h"
#include "batch/stdin_lines.h"
#include "commands/rights_policy.h"
#include "domain/entities.h"
#include "ui/gallery/gallery.h"
#include "ui/shell/density_key.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/keydesk_style.h"
#include "ui/widgets/language.h"
#include "workbench.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>
#include <cstdio>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace keydesk;
using namespace Qt::StringLiterals;

namespace {

struct CommandLine
{
    Workbench::SignIn signIn;
    QString dataDirectory;
    QString language;
    QString theme;
    QString eventLog;
    bool batch = false;
    bool gallery = false;
    bool accessibleIds = false;
};

void complain(const QString &text)
{
    std::fprintf(stderr, "keydesk: %s\n", qPrintable(text));
}

// The first line of the file, without its end.
Result<QString> passwordFrom(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error("file.unreadable"_reason, {path, file.errorString()});
    QByteArray line = file.readLine(4096);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return QString::fromUtf8(line);
}

QString defaultDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(u"Key-account workbench for telecom sales"_s);
    parser.addVersionOption();
    parser.addOption({{u"h"_s, u"help"_s}, u"Shows this help, with --batch also its requests."_s});
    parser.addOption({u"server"_s, u"The server to work with."_s, u"HOST:PORT"_s});
    parser.addOption({u"user"_s, u"Staff number to sign in with."_s, u"U"_s});
    parser.addOption({u"password-file"_s, u"File whose first line is the password."_s, u"FILE"_s});
    parser.addOption({u"enrol"_s, u"Enrolment string, once per PC and person."_s, u"STRING"_s});
    parser.addOption({u"data"_s, u"Directory of local data."_s, u"DIR"_s});
    parser.addOption({u"lang"_s, u"zh_CN or en; otherwise as set."_s, u"LANGUAGE"_s});
    parser.addOption({u"theme"_s, u"light or dark; otherwise as set."_s, u"THEME"_s});
    parser.addOption({u"batch"_s, u"JSON requests on standard input, no window."_s});
    parser.addOption({u"a11y-ids"_s, u"Object names as accessible descriptions, for tests."_s});
    parser.addOption(
        {u"event-log"_s, u"Writes times of events as JSON lines, for tests."_s, u"FILE"_s});
    parser.addOption({u"gallery"_s, u"Shows every control of the visual system."_s});
}

Result<CommandLine> readOptions(const QCommandLineParser &parser)
{
    CommandLine line;
    line.signIn.server = parser.value(u"server"_s);
    line.signIn.user = parser.value(u"user"_s);
    line.signIn.enrolment = parser.value(u"enrol"_s);
    line.dataDirectory = parser.isSet(u"data"_s) ? parser.value(u"data"_s) : defaultDirectory();
    line.language = parser.value(u"lang"_s);
    line.theme = parser.value(u"theme"_s);
    line.eventLog = parser.value(u"event-log"_s);
    line.batch = parser.isSet(u"batch"_s);
    line.gallery = parser.isSet(u"gallery"_s);
    line.accessibleIds = parser.isSet(u"a11y-ids"_s);
    if (parser.isSet(u"password-file"_s)) {
        auto password = passwordFrom(parser.value(u"password-file"_s));
        if (!password)
            return password.error();
        line.signIn.password = *password;
    }
    if (line.batch
        && (line.signIn.user.isEmpty()
            || (line.signIn.server.isEmpty() && line.signIn.enrolment.isEmpty())))
        return Error("usage"_reason, {u"--batch needs --user and --server (or --enrol)"_s});
    return line;
}

Workbench::Options workbenchOptions(const CommandLine &line)
{
    Workbench::Options options;
    options.dataDirectory = line.dataDirectory;
    options.appVersion = QCoreApplication::applicationVersion();
    return options;
}

int runBatch(const CommandLine &line)
{
    Workbench workbench(workbenchOptions(line));
    Batch batch(workbench, [](const QByteArray &answer) {
        std::fwrite(answer.constData(), 1, std::size_t(answer.size()), stdout);
        std::fputc('\n', stdout);
        std::fflush(stdout);
    });
    StdinLines input;
    QObject::connect(&input, &StdinLines::lineRead, &batch, &Batch::takeLine);
    QObject::connect(&input, &StdinLines::ended, &batch, &Batch::endInput);
    QObject::connect(&batch, &Batch::complained, &batch,
                     [](const QString &text) { complain(text); });
    QObject::connect(&batch, &Batch::finished, qApp,
                     [](int code) { QCoreApplication::exit(code); });
    input.start();
    // The refusal of a malformed address must find the event loop running.
    QMetaObject::invokeMethod(
        &batch, [&batch, signIn = line.signIn] { batch.start(signIn); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

// Into the directory of local data; a disk that refuses it must not keep anybody from working.
LogFile logBeside(const QString &dataDirectory)
{
    const QString folder = dataDirectory + u"/log"_s;
    QDir().mkpath(folder);
    auto file = LogFile::open(folder + u"/keydesk.log"_s, {});
    if (file)
        return std::move(*file);
    complain(file.error().text(QLocale::English));
    return {};
}

int runWindows(const CommandLine &line)
{
    const SystemClock clock;
    const Log log(clock, logBeside(line.dataDirectory));
    Workbench workbench(workbenchOptions(line));
    Settings &settings = workbench.settings();
    Theme theme;
    const QString mode = line.theme.isEmpty() ? settings.value(setting::theme) : line.theme;
    theme.mode = mode == u"dark" ? ThemeMode::Dark : ThemeMode::Light;
    theme.density = densityOf(settings.value(setting::density));
    theme.textPercent = settings.value(setting::textScale);
    KeydeskStyle::install(theme);
    Language language;
    const QString words = line.language.isEmpty() ? settings.value(setting::language)
                                                  : line.language;
    language.install(words.startsWith(u"en"_s) ? QLocale::English : QLocale::Chinese);
    if (line.gallery) {
        Gallery gallery(language);
        gallery.show();
        return QApplication::exec();
    }
    MainWindow window(workbench, language, {line.signIn, line.eventLog, line.accessibleIds});
    window.show();
    // Without a window manager nobody else gives it the focus, and keys would reach no shortcut.
    window.activateWindow();
    return QApplication::exec();
}

// A script and a question about the program need no display, and there may be none: decided before
// the command line is read, which takes an application.
bool needsDisplay(int argc, char **argv)
{
    constexpr const char *without[] = {"--batch", "--help", "-h", "--version", "-v"};
    return std::none_of(argv + 1, argv + argc, [&](const char *given) {
        return std::any_of(std::begin(without), std::end(without),
                           [given](const char *one) { return qstrcmp(given, one) == 0; });
    });
}

} // namespace

int main(int argc, char *argv[])
{
#ifdef Q_OS_UNIX
    umask(077); // what this program writes is its user's alone
#endif
    const std::unique_ptr<QCoreApplication> application = needsDisplay(argc, argv)
        ? std::make_unique<QApplication>(argc, argv)
        : std::make_unique<QCoreApplication>(argc, argv);
    QCoreApplication::setApplicationName(u"keydesk"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(KEYDESK_VERSION));

    QCommandLineParser parser;
    addOptions(parser);
    parser.process(*application);
    if (parser.isSet(u"help"_s)) {
        std::printf("%s", qPrintable(parser.helpText()));
        std::printf("%s", qPrintable(Batch::help()));
        return 0;
    }
    auto line = readOptions(parser);
    if (!line) {
        complain(line.error().text(QLocale::English));
        return 1;
    }
    if (auto readable = checkRights(makeCommandRegistry(), makeCatalog()); !readable) {
        complain(readable.error().text(QLocale::English));
        return 1;
    }
    return line->batch ? runBatch(*line) : runWindows(*line);
}
