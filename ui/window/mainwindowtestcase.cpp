// MainWindow: events and commands as tests.

#include "command/commandhandler.h"
#include "domain/workspace.h"
#include "store/storeclient.h"
#include "time/timecursor.h"
#include "ui/base/icons.h"
#include "ui/help/offerhelp.h"
#include "ui/log/logpanel.h"
#include "ui/log/logview.h"
#include "ui/testcase/testcasedialog.h"
#include "ui/window/mainwindow.h"
#include "ui/window/session.h"
#include "ui/window/statusarea.h"

#include <QAction>
#include <QMenu>

#include <memory>

namespace eventloupe {

void MainWindow::connectTestCases()
{
    m_inspect->addSection(tr("Tests"));
    auto* event = m_inspect->addAction(icon(Symbol::Export), tr("Export Event as a &Test…"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T), this,
        [this] { exportTest({ m_parts.cursor.position(), {}, 0 }); });
    const auto last = std::make_shared<TestCaseSubject>();
    auto* command = m_inspect->addAction(tr("Export &Last Command as a Test…"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R), this, [this, last] { exportTest(*last); });
    command->setEnabled(false);
    event->setEnabled(false);
    connect(&m_parts.cursor, &TimeCursor::positionChanged, this,
        [event](Position position) { event->setEnabled(position > 0); });
    // Refused ones as well: that is what a test is often about.
    connect(&m_parts.commands, &CommandHandler::finished, this,
        [this, last, command](const CommandRequest& request, const CommandOutcome&) {
            *last = { 0, { request.name, request.data, request.context }, m_parts.client.head() };
            command->setEnabled(true);
        });
    connect(&m_parts.client, &StoreClient::closed, this, [command] { command->setEnabled(false); });
    connect(&m_parts.client, &StoreClient::opened, this, [command] { command->setEnabled(false); });
    connect(&m_log->view(), &LogView::menuOpening, this, [this](QMenu& menu, const Event& at) {
        menu.addAction(icon(Symbol::Export), tr("Export as a Test…"), this,
            [this, position = at.position] { exportTest({ position, {}, 0 }); });
    });
}

void MainWindow::exportTest(const TestCaseSubject& subject)
{
    auto* dialog = new TestCaseDialog(
        m_parts.client, m_parts.commands.workspace(), Session::folder(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    offerHelp(*dialog, QStringLiteral("examples/from-a-log"));
    const auto key = QStringLiteral("testFormat");
    dialog->chooseFormat(m_session.text(key));
    connect(dialog, &TestCaseDialog::said, m_status, &StatusArea::say);
    connect(dialog, &TestCaseDialog::exampleSaved, this,
        [this](const QString& path) { m_status->say(tr("Saved %1").arg(path)); });
    connect(dialog, &QDialog::finished, this, [this, dialog, key] {
        m_session.setText(key, dialog->format());
    });
    dialog->showSubject(subject);
    dialog->open();
}

} // namespace eventloupe
