// MainWindow: the domain panel, what is wrong with definitions, and the reference.

#include "domain/workspace.h"
#include "domain/workspacechecker.h"
#include "mask/masks.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "ui/causation/causationpanel.h"
#include "ui/command/commandpanel.h"
#include "ui/domain/describedialog.h"
#include "ui/domain/domainpanel.h"
#include "ui/help/helpwindow.h"
#include "ui/log/filterbar.h"
#include "ui/state/statepanel.h"
#include "ui/time/markspanel.h"
#include "ui/window/domaindock.h"
#include "ui/window/filemenu.h"
#include "ui/window/mainwindow.h"
#include "ui/window/maskbadge.h"
#include "ui/window/problemsdialog.h"
#include "ui/window/statusarea.h"

#include <QApplication>
#include <QStatusBar>

namespace eventloupe {

namespace {

/// The examples that do not hold and those of which that is not known, counted as their dialog
/// does; empty when all hold.
QString badExamples(const WorkspaceCheck& check)
{
    const auto faults = check.faults();
    const auto failures = check.failures() - faults;
    const auto notRun = check.notRun.size();
    const auto count = check.examples.size() + notRun;
    QStringList parts;
    if (failures > 0)
        parts.append(MainWindow::tr("%1 of %2 examples fail").arg(failures).arg(count));
    if (faults > 0)
        parts.append(MainWindow::tr("%1 of %2 examples not compared").arg(faults).arg(count));
    if (notRun > 0)
        parts.append(MainWindow::tr("%1 of %2 examples not run").arg(notRun).arg(count));
    return parts.join(QStringLiteral(", "));
}

} // namespace

void MainWindow::connectDomain()
{
    addMaskBadge(*statusBar(), m_parts.client);
    connect(m_domain, &DomainPanel::saved, this, &MainWindow::reloadAsked);
    connect(m_domain, &DomainPanel::said, this,
        [this](const QString& message) { m_status->say(message); });
    connect(m_domain, &DomainPanel::attentionAsked, m_domainDock, &DomainDock::bring);
    connect(m_domain, &DomainPanel::describeAsked, this, &MainWindow::describeLog);
    connect(m_file, &FileMenu::describeAsked, this, &MainWindow::describeLog);
    connect(m_checker, &WorkspaceChecker::finished, this,
        [this](const std::shared_ptr<const WorkspaceCheck>& check) { tellExamples(*check); });
}

void MainWindow::describeLog()
{
    auto* dialog = new DescribeDialog(m_parts.client, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DescribeDialog::written, this,
        [this](const QString& folder) { leaveThen([this, folder] { emit openAsked(folder); }); });
    dialog->open();
}

void MainWindow::showReloaded(const std::shared_ptr<const Workspace>& workspace,
    const QStringList& kept, const QStringList& gone)
{
    m_workspace = workspace;
    m_kept = kept;
    m_gone = gone;
    m_domain->setWorkspace(workspace, kept);
    // It could be read, so what kept it from that is over.
    if (const auto failure = std::exchange(m_failure, {});
        !failure.isEmpty() && m_info->message() == failure)
        showConditions();
    else
        showProblems();
    m_reloadTold = kept.isEmpty() ? tr("Read the workspace's definitions again") : keptText();
    m_status->say(m_reloadTold);
    // A definition that was changed may have broken what its examples promise.
    m_checker->check();
}

QString MainWindow::keptText() const
{
    QStringList broken = m_kept;
    for (const QString& file : m_gone)
        broken.removeAll(file);
    QStringList texts;
    if (!broken.isEmpty())
        texts.append(tr("%1: broken, so its last good text stays in use.").arg(broken.join(u", ")));
    if (!m_gone.isEmpty())
        texts.append(tr("%1: gone, but others need it, so its last text stays in use.")
                         .arg(m_gone.join(u", ")));
    return texts.join(u' ');
}

void MainWindow::tellExamples(const WorkspaceCheck& check)
{
    // One check a reload; others are the dialog's.
    const auto told = std::exchange(m_reloadTold, {});
    if (told.isEmpty())
        return;
    const auto count = check.examples.size() + check.notRun.size();
    const auto bad = badExamples(check);
    const bool wereBad = std::exchange(m_hadFailures, !bad.isEmpty());
    if (!bad.isEmpty())
        m_status->say(tr("%1 · %2 (Ctrl+Shift+E shows them)").arg(told, bad));
    else if (wereBad && count > 0)
        m_status->say(tr("%1 · all %2 examples hold again").arg(told, QString::number(count)));
}

void MainWindow::showProblems()
{
    const auto& problems = m_workspace->problems();
    if (problems.isEmpty()) {
        m_problems->dismiss();
        return;
    }
    const auto first = visibleText(firstLine(problemText(problems.first())));
    QString text;
    if (m_workspace->masks()->isEverything())
        text = tr("All data is masked, since it cannot be told what the workspace masks. %1")
                   .arg(first);
    else if (problems.size() == 1 && m_kept.isEmpty())
        text = tr("One definition is disabled. %1").arg(first);
    else if (problems.size() == 1 && m_gone.isEmpty())
        text = tr("One definition is broken; its last good text stays in use. %1").arg(first);
    else if (problems.size() == 1)
        text = first;
    else // One definition can have several.
        text = tr("%1 problems in the workspace's definitions. The first: %2")
                   .arg(problems.size())
                   .arg(first);
    if ((problems.size() > 1 && !m_kept.isEmpty()) || !m_gone.isEmpty())
        text += u' ' + visibleText(keptText());
    m_problems->show(
        InfoBar::Kind::Warning, text, problems.size() == 1 ? tr("Show") : tr("Show All"));
}

void MainWindow::showFirstProblem()
{
    const auto& problems = m_workspace->problems();
    if (problems.isEmpty())
        return;
    ProblemsDialog dialog(*m_workspace, this);
    connect(&dialog, &ProblemsDialog::placeAsked, this, &MainWindow::showPlace);
    if (problems.size() == 1)
        emit dialog.placeAsked(
            problems.first().file, problems.first().line, problems.first().column);
    else
        dialog.exec();
}

void MainWindow::showPlace(const QString& file, int line, int column)
{
    activateWindow();
    m_domainDock->bring();
    m_domain->openFile(file, line, column);
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
        if (widget == m_state)
            return QStringLiteral("blame");
        if (widget == m_commands)
            return QStringLiteral("commands");
        if (widget->objectName() == QLatin1String("branchPanel"))
            return QStringLiteral("branches");
        if (widget == m_causation)
            return QStringLiteral("causation");
        if (widget == m_marksPanel)
            return QStringLiteral("marks");
        if (widget == m_filterBar)
            return QStringLiteral("expressions");
        const auto topic = widget->property("helpTopic").toString();
        if (!topic.isEmpty())
            return topic;
    }
    return {};
}

} // namespace eventloupe
