#include "app/cli/commandline.h"
#include "app/gui.h"
#include "app/tour/runtour.h"
#include "branch/openbranches.h"
#include "foreign/foreignstores.h"
#include "report/messagetemplates.h"
#include "server/serverstores.h"
#include "value/privatefile.h"

#include <QApplication>

#include <cstdio>

namespace {

void nameProgram()
{
    QCoreApplication::setApplicationName(QStringLiteral("eventloupe"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EVENTLOUPE_VERSION));
}

QStringList wordsOf(int argc, char** argv)
{
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    return words;
}

/// Without any, QApplication would end the program by an abort.
bool hasDisplay(const QStringList& words)
{
#ifdef Q_OS_LINUX
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM")
        || words.contains(QStringLiteral("-platform"));
#else
    Q_UNUSED(words)
    return true;
#endif
}

} // namespace

int main(int argc, char** argv)
{
    eventloupe::beginPrivately();
    nameProgram();
    eventloupe::addServerStores();
    eventloupe::addForeignStores();
    eventloupe::addBranchKind();
    const auto words = wordsOf(argc, argv);
    if (eventloupe::cli::isForCommandLine(words)) {
        const QCoreApplication application(argc, argv);
        eventloupe::MessageTemplates::instance();
        return eventloupe::cli::runCommandLine(words);
    }
    if (!hasDisplay(words)) {
        std::fputs(
            "eventloupe: there is no display for the window (see: eventloupe --help)\n", stderr);
        return 1;
    }
    QApplication application(argc, argv);
    eventloupe::MessageTemplates::instance();
    QApplication::setApplicationDisplayName(QStringLiteral("Eventloupe"));
    const auto arguments = QApplication::arguments();
    // What was behind Qt's own options.
    if (eventloupe::cli::isForCommandLine(arguments.mid(1)))
        return eventloupe::cli::runCommandLine(arguments.mid(1));
    if (arguments.value(1) == QLatin1String("--tour") && arguments.size() == 3)
        return eventloupe::runTour(application, arguments[2]);
    return eventloupe::runWindow(QApplication::arguments().value(1));
}
