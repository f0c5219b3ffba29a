#include "demo.h"

#include <QApplication>
#include <QCommandLineParser>

using namespace keydesk;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"keydesk"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Plays the main job on demo data, or opens desktops on it."_s);
    parser.addHelpOption();
    parser.addOption({u"data"_s, u"Where server and desktops keep their data."_s, u"DIR"_s});
    parser.addOption({u"shots"_s, u"Where the pictures go."_s, u"DIR"_s});
    parser.addOption({u"interactive"_s, u"Open the desktops instead of playing."_s});
    parser.process(application);
    if (!parser.isSet(u"data"_s) || !parser.isSet(u"shots"_s))
        parser.showHelp(2);
    test::Demo demo(parser.value(u"data"_s), parser.value(u"shots"_s));
    return parser.isSet(u"interactive"_s) ? demo.runInteractive() : demo.play();
}
