// MainWindow: databases that are not ours, and servers that come and go.

#include "domain/workspace.h"
#include "store/storeclient.h"
#include "time/timecursor.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "ui/command/commandpanel.h"
#include "ui/domain/domainpanel.h"
#include "ui/foreign/mappingdialog.h"
#include "ui/foreign/storechoicedialog.h"
#include "ui/help/offerhelp.h"
#include "ui/postgres/serverdialog.h"
#include "ui/postgres/serverform.h"
#include "ui/window/advicedialog.h"
#include "ui/window/filemenu.h"
#include "ui/window/mainwindow.h"
#include "ui/window/session.h"
#include "ui/window/statusarea.h"
#include "ui/window/welcomepage.h"
#include "value/storelocation.h"

namespace eventloupe {

void MainWindow::connectPlaces()
{
    connect(m_file, &FileMenu::serverAsked, this, &MainWindow::askServer);
    connect(m_welcome, &WelcomePage::serverAsked, this, &MainWindow::askServer);
    connect(&m_parts.client, &StoreClient::statusChanged, this, &MainWindow::showStatus);
    connect(&m_parts.client, &StoreClient::troubled, this, [this](const QString& trouble) {
        showStatus();
        if (trouble.isEmpty())
            m_status->say(tr("The store answers again"));
        else
            m_status->sayUntilNext(trouble);
    });
    connect(m_status, &StatusArea::tryAsked, this, [this] {
        emit passwordsRenewed();
        m_parts.client.tryNow();
    });
}

void MainWindow::setServerLook(const ServerLook& look)
{
    m_serverLook = look;
}

void MainWindow::askServer()
{
    QStringList recent;
    for (const QString& location : m_session.recent())
        if (isNoFile(location))
            recent.append(location);
    auto* dialog = new ServerDialog(m_serverLook ? m_serverLook : lookAtServer, recent, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    offerHelp(*dialog, QStringLiteral("stores/database-servers"));
    connect(dialog, &ServerDialog::testBegan, this, &MainWindow::passwordsRenewed);
    connect(dialog, &ServerDialog::testWorked, this, &MainWindow::passwordsWorked);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        leaveThen([this, location = dialog->location()] { emit openAsked(location); });
    });
    dialog->open();
}

void MainWindow::showChoice(const QString& location, const QString& workspace,
    const std::shared_ptr<const RecognisedStores>& found, bool isMasked)
{
    noteNotOpened();
    auto* dialog = new StoreChoiceDialog(location, *found, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    offerHelp(*dialog, QStringLiteral("stores/recognition"));
    connect(dialog, &StoreChoiceDialog::mappingAsked, this,
        [=, this] { showMapping(location, workspace, isMasked); });
    connect(dialog, &QDialog::accepted, this, [=, this] {
        // With its workspace, whose rules and masks are the store's.
        const QString& named = workspace.isEmpty() ? location : workspace;
        const QString chosen = ForeignLocation { named, dialog->choice() }.text();
        leaveThen([this, chosen] { emit openAsked(chosen); });
    });
    dialog->open();
}

void MainWindow::showMapping(const QString& location, const QString& workspace, bool isMasked)
{
    noteNotOpened();
    const QString open = m_workspace ? m_workspace->folder() : QString();
    auto* dialog = new MappingDialog(
        { location, [location] { return openForeignDatabase(location); },
            workspace.isEmpty() ? open : workspace, Session::folder(), isMasked },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    offerHelp(*dialog, QStringLiteral("stores/mappings"));
    connect(dialog, &QDialog::accepted, this, [this, dialog, workspace] {
        // A workspace's own store is what its mapping fits.
        const QString made = workspace.isEmpty() ? dialog->toOpen() : workspace;
        leaveThen([this, made] { emit openAsked(made); });
    });
    dialog->open();
}

/// What was open still is; the question is in a dialog.
void MainWindow::noteNotOpened()
{
    m_domain->stay();
    if (!m_parts.client.isOpen())
        showNothing();
    m_status->say({});
}

void MainWindow::showStatus()
{
    const StoreStatus& status = m_parts.client.status();
    const QString trouble = m_parts.client.trouble();
    m_status->showStatus(status, trouble, m_parts.client.nextTry());
    m_commands->setTroubled(!trouble.isEmpty());
    if (!status.counting.fault.isEmpty() && m_info->message().isEmpty())
        m_info->show(InfoBar::Kind::Failure, visibleText(status.counting.fault));
    showCounts();
}

void MainWindow::say(const QString& message)
{
    m_status->say(message);
}

void MainWindow::showAdvice()
{
    const QStringList& advice = m_parts.client.facts().advice;
    if (!advice.isEmpty())
        AdviceDialog(advice, this).exec();
}

} // namespace eventloupe
