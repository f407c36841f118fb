#include "app/gui.h"

#include "app/workbench.h"
#include "ui/base/icons.h"
#include "ui/window/mainwindow.h"
#include "ui/window/session.h"

#include <QApplication>

namespace eventloupe {

void joinWindow(Workbench& workbench, MainWindow& window)
{
    QObject::connect(&window, &MainWindow::openAsked, &workbench, &Workbench::open);
    QObject::connect(&window, &MainWindow::newStoreAsked, &workbench, &Workbench::createStore);
    QObject::connect(
        &window, &MainWindow::newWorkspaceAsked, &workbench, &Workbench::createWorkspace);
    QObject::connect(&window, &MainWindow::closeAsked, &workbench, &Workbench::close);
    QObject::connect(&workbench, &Workbench::opening, &window, &MainWindow::showOpening);
    QObject::connect(&workbench, &Workbench::opened, &window, &MainWindow::showStore);
    QObject::connect(&window, &MainWindow::reloadAsked, &workbench, &Workbench::lookForChanges);
    QObject::connect(&workbench, &Workbench::reloaded, &window, &MainWindow::showReloaded);
    QObject::connect(&workbench, &Workbench::closed, &window, &MainWindow::showNothing);
    QObject::connect(&workbench, &Workbench::failed, &window, &MainWindow::showFailure);
}

int runWindow(QApplication& application, const QString& store)
{
    QApplication::setWindowIcon(applicationIcon());
    Session session;
    Workbench workbench;
    MainWindow window(workbench.parts(), session);
    joinWindow(workbench, window);
    window.show();
    const auto location = store.isEmpty() ? session.text(QStringLiteral("open")) : store;
    if (!location.isEmpty())
        workbench.open(location);
    return application.exec();
}

} // namespace eventloupe
