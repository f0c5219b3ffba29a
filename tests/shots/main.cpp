#include "photographer.h"

#include "ui/widgets/keydesk_style.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>

#include <cstdio>

using namespace keydesk;
using namespace keydesk::test;
using namespace Qt::StringLiterals;

namespace {

// The scale of a display is read when a program starts, so each scale is a process of its own.
bool shootScaled(const QStringList &arguments)
{
    QProcess scaled;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_SCALE_FACTOR"_s, u"1.25"_s);
    scaled.setProcessEnvironment(environment);
    scaled.setProcessChannelMode(QProcess::ForwardedChannels);
    scaled.start(QCoreApplication::applicationFilePath(), arguments + QStringList{u"--scaled"_s});
    return scaled.waitForFinished(600'000) && scaled.exitCode() == 0;
}

int shoot(const QString &directory, const QString &only, bool scaled)
{
    QElapsedTimer clock;
    clock.start();
    if (!QDir().mkpath(directory)) {
        std::fprintf(stderr, "keydesk-shots: %s cannot be made\n", qPrintable(directory));
        return 1;
    }
    DemoOffice office(QStringLiteral(KEYDESK_SERVER_PROGRAM));
    if (const QString problem = office.open(); !problem.isEmpty()) {
        std::fprintf(stderr, "keydesk-shots: %s\n", qPrintable(problem));
        return 1;
    }
    KeydeskStyle::install();
    Language language;
    language.install(QLocale::Chinese);
    QApplication::setCursorFlashTime(0); // a picture is not a matter of luck
    QTemporaryDir desktops;
    Photographer::Plan plan;
    plan.directory = directory;
    plan.folder = desktops.path();
    plan.onlyImportant = scaled;
    if (scaled) {
        plan.suffix = u"-125"_s;
        plan.size = QSize(1093, 615); // 1366x768 at 125 %
    }
    Photographer photographer(office, language, plan);
    bool well = photographer.prepare();
    if (only.isEmpty() || only == u"zh")
        well = photographer.shootAll(QLocale::Chinese) && well;
    if (only.isEmpty() || only == u"en")
        well = photographer.shootAll(QLocale::English) && well;
    std::printf("%d pictures in %s, %lld s\n", photographer.pictures(), qPrintable(directory),
                clock.elapsed() / 1000);
    std::fflush(stdout);
    return well ? 0 : 1;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Writes a picture of every page and important state."_s);
    parser.addHelpOption();
    parser.addOption({u"out"_s, u"Where the pictures go."_s, u"DIR"_s, u"shots"_s});
    parser.addOption({u"lang"_s, u"Only this language: zh or en."_s, u"LANGUAGE"_s});
    parser.addOption({u"scaled"_s, u"Only the most important pages, as this process is scaled."_s});
    parser.process(application);
    const QString directory = QDir(parser.value(u"out"_s)).absolutePath();
    const bool scaled = parser.isSet(u"scaled"_s);
    const int ended = shoot(directory, parser.value(u"lang"_s), scaled);
    if (scaled)
        return ended;
    return shootScaled(application.arguments().mid(1)) && ended == 0 ? 0 : 1;
}
