// MainWindow: the domain panel, what is wrong with definitions, and the reference.

#include "domain/workspace.h"
#include "ui/base/infobar.h"
#include "ui/command/commandpanel.h"
#include "ui/domain/describedialog.h"
#include "ui/domain/domainpanel.h"
#include "ui/help/helpwindow.h"
#include "ui/log/filterbar.h"
#include "ui/window/domaindock.h"
#include "ui/window/filemenu.h"
#include "ui/window/mainwindow.h"
#include "ui/window/problemsdialog.h"
#include "ui/window/statusarea.h"

#include <QApplication>

namespace eventloupe {

void MainWindow::connectDomain()
{
    connect(m_domain, &DomainPanel::saved, this, &MainWindow::reloadAsked);
    connect(m_domain, &DomainPanel::said, this,
        [this](const QString& message) { m_status->say(message); });
    connect(m_domain, &DomainPanel::describeAsked, this, &MainWindow::describeLog);
    connect(m_file, &FileMenu::describeAsked, this, &MainWindow::describeLog);
}

void MainWindow::describeLog()
{
    auto* dialog = new DescribeDialog(m_parts.client, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DescribeDialog::written, this,
        [this](const QString& folder) { leaveThen([this, folder] { emit openAsked(folder); }); });
    dialog->open();
}

void MainWindow::showFirstProblem()
{
    const auto& problems = m_workspace->problems();
    if (problems.isEmpty())
        return;
    ProblemsDialog dialog(*m_workspace, this);
    connect(&dialog, &ProblemsDialog::placeAsked, this,
        [this](const QString& file, int line, int column) {
            m_domainDock->bring();
            m_domain->openFile(file, line, column);
        });
    if (problems.size() == 1)
        emit dialog.placeAsked(
            problems.first().file, problems.first().line, problems.first().column);
    else
        dialog.exec();
}

void MainWindow::showReference()
{
    if (!m_help)
        m_help = new HelpWindow(this);
    const auto topic = helpTopic();
    if (!topic.isEmpty() || m_help->topic().isEmpty())
        m_help->showTopic(topic);
    m_help->show();
    m_help->raise();
    m_help->activateWindow();
}

// What the keyboard is in is what help is wanted with.
QString MainWindow::helpTopic() const
{
    for (const auto* widget = QApplication::focusWidget(); widget;
         widget = widget->parentWidget()) {
        if (widget == m_domain)
            return m_domain->helpTopic();
        if (widget == m_commands)
            return QStringLiteral("commands");
        if (widget == m_filterBar)
            return QStringLiteral("expressions");
    }
    return {};
}

} // namespace eventloupe
