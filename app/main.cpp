#include "app/gui.h"

#include <QApplication>

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("eventloupe"));
    QApplication::setApplicationDisplayName(QStringLiteral("Eventloupe"));
    QApplication::setApplicationVersion(QStringLiteral(EVENTLOUPE_VERSION));
    return eventloupe::runWindow(application, QApplication::arguments().value(1));
}
