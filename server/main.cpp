#include "tool/process_setup.h"
#include "tool/subcommands.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    keydesk::setUpProcess();
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("keydesk-server"));
    return keydesk::runSubcommand(QCoreApplication::arguments().mid(1));
}
