#include "app/gui.h"

#include "app/endsignals.h"
#include "app/serverlook.h"
#include "app/workbench.h"
#include "foreign/storeprofiles.h"
#include "ui/base/icons.h"
#include "ui/postgres/keyring.h"
#include "ui/postgres/passwordasker.h"
#include "ui/window/mainwindow.h"
#include "ui/window/session.h"

#include <QApplication>
#include <QSessionManager>

#include <memory>

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
    QObject::connect(&workbench, &Workbench::verifyOffered, &window, &MainWindow::offerVerify);
    QObject::connect(&workbench, &Workbench::choiceAsked, &window, &MainWindow::showChoice);
    QObject::connect(&workbench, &Workbench::mappingAsked, &window, &MainWindow::showMapping);
    QObject::connect(&workbench, &Workbench::warned, &window, &MainWindow::warn);
    workbench.setPreparation(window.session().preparation());
    window.setServerLook(lookAtDatabase);
}

void joinPasswords(Workbench& workbench, MainWindow& window, PasswordAsker& asker)
{
    asker.setWindow(&window);
    QObject::connect(&workbench, &Workbench::opening, &asker, &PasswordAsker::cancel);
    QObject::connect(&workbench, &Workbench::closed, &asker, &PasswordAsker::cancel);
    QObject::connect(&workbench, &Workbench::opened, &asker, &PasswordAsker::keepWhatWorked);
    QObject::connect(&window, &MainWindow::passwordsRenewed, &asker, &PasswordAsker::cancel);
    QObject::connect(&window, &MainWindow::passwordsWorked, &asker, &PasswordAsker::keepWhatWorked);
    QObject::connect(&asker, &PasswordAsker::keepingFailed, &window, &MainWindow::say);
}

void joinEnds(MainWindow& window, const EndSignals& ends)
{
    // exit() ends dialogs too, and quit() would ask the windows.
    QObject::connect(&ends, &EndSignals::endAsked, &window,
        [&window] { window.endNow([] { QCoreApplication::exit(0); }); });
    // The desktop's session ends, and may kill what is there afterwards.
    QObject::connect(
        qGuiApp, &QGuiApplication::commitDataRequest, &window,
        [&window](QSessionManager&) { window.keepNow(); }, Qt::DirectConnection);
}

int runWindow(const QString& store)
{
    QApplication::setWindowIcon(applicationIcon());
    Session session;
    Workbench workbench;
    addProfileFolder(Session::folder() + QStringLiteral("/stores"));
    // Gone before the workbench is, whose workers may wait for it.
    PasswordAsker asker(std::make_shared<DesktopKeyring>());
    setPasswordPrompt(asker.prompt());
    MainWindow window(workbench.parts(), session);
    joinWindow(workbench, window);
    joinPasswords(workbench, window, asker);
    const EndSignals ends;
    joinEnds(window, ends);
    window.show();
    const auto location = store.isEmpty() ? session.text(QStringLiteral("open")) : store;
    if (!location.isEmpty())
        workbench.open(location);
    return QApplication::exec();
}

} // namespace eventloupe
