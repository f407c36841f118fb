// MainWindow: is the log what was stored?

#include "branch/branchsession.h"
#include "report/storereport.h"
#include "store/damagenotice.h"
#include "store/storeclient.h"
#include "time/timecursor.h"
#include "ui/base/infobar.h"
#include "ui/command/commandpanel.h"
#include "ui/help/offerhelp.h"
#include "ui/store/verifydialog.h"
#include "ui/window/filemenu.h"
#include "ui/window/mainwindow.h"
#include "ui/window/session.h"
#include "ui/window/statusarea.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// That of a file, or with an empty name that of the open store; null where there is none.
VerifyDialog* verifyDialogOf(const QWidget& window, const QString& file)
{
    const auto dialogs = window.findChildren<VerifyDialog*>();
    const auto found = std::find_if(dialogs.begin(), dialogs.end(),
        [&file](const auto* dialog) { return dialog->file() == file; });
    return found == dialogs.end() ? nullptr : *found;
}

void bringUp(QDialog& dialog)
{
    dialog.show();
    dialog.raise();
    dialog.activateWindow();
}

} // namespace

void MainWindow::connectVerify()
{
    connect(m_file, &FileMenu::verifyAsked, this, &MainWindow::showVerify);
    // Of what was noticed at open or met by reading, else of the indexes that are missing.
    connect(m_info, &InfoBar::actionTriggered, this, [this] {
        if (!m_unopened.isEmpty() && m_info->message() == m_unopenedText)
            showVerifyOf(m_unopened);
        else if (m_parts.client.isReplaced())
            openAgain();
        else if (m_parts.client.openingFault().isEmpty()
            && !isDamaged(m_parts.branch.mainLocation()))
            showAdvice();
        else
            showVerify();
    });
    connect(&m_parts.client, &StoreClient::isBack, this, &MainWindow::showConditions);
    connect(m_commands, &CommandPanel::mendAsked, this, [this] {
        if (m_parts.client.isReplaced())
            openAgain();
        else
            showVerify();
    });
    connect(&DamageNotice::instance(), &DamageNotice::found, this, [this] {
        if (m_parts.client.isOpen() && isDamaged(m_parts.branch.mainLocation()))
            showConditions();
    });
    connect(&DamageNotice::instance(), &DamageNotice::forgotten, this, [this](const QString& file) {
        if (m_parts.client.isOpen() && file == m_parts.branch.mainLocation())
            showConditions();
    });
}

/// In the status line, and where events are appended. A branch takes events: it is no part of the
/// file.
void MainWindow::showDamage()
{
    if (m_parts.client.isReplaced()) {
        const QString why = tr("The store's file was replaced, and this one takes no new events: "
                               "open it again.");
        m_commands->setDamage(why, tr("Open Again"));
        m_status->showFault(tr("replaced"), why);
        return;
    }
    const QString fault = m_parts.client.openingFault();
    const QString file = m_parts.branch.mainLocation();
    const QString refusal = damageRefusal(file);
    m_commands->setDamage(m_parts.branch.isActive() ? QString() : refusal, tr("Verify…"));
    QString tip = fault.isEmpty() ? refusal : fault;
    if (fault.isEmpty() && !m_parts.client.facts().library.isEmpty())
        tip = tr("The file is damaged. Verify… in the File menu names what is wrong; restore it "
                 "from a copy, or copy what can be read (File > Copy Log To…).");
    const bool isFaulty = !fault.isEmpty() || isDamaged(file);
    m_status->showFault(isFaulty ? tr("damaged") : QString(), isFaulty ? tip : QString());
}

/// Another file is in the place of the one that is open: that one is shown then.
void MainWindow::openAgain()
{
    leaveThen([this] { emit openAsked(m_session.text(QStringLiteral("open"))); });
}

void MainWindow::showVerify()
{
    const auto refusal = [this] {
        return m_parts.branch.isActive()
            ? tr("Leave the branch first: what is verified is the log below it")
            : QString();
    };
    if (m_parts.branch.isActive()) {
        m_status->say(refusal());
        return;
    }
    auto* dialog = verifyDialogOf(*this, {});
    if (!dialog) {
        dialog = new VerifyDialog(m_parts.client, refusal, this);
        connectVerifyDialog(*dialog);
    }
    bringUp(*dialog);
}

void MainWindow::offerVerify(const QString& file)
{
    m_unopened = file;
    m_info->show(InfoBar::Kind::Failure, m_failure, tr("Verify…"));
    m_unopenedText = m_info->message();
}

/// Whatever is open stays open.
void MainWindow::showVerifyOf(const QString& file)
{
    auto* dialog = verifyDialogOf(*this, file);
    if (!dialog) {
        dialog = new VerifyDialog(file, this);
        connectVerifyDialog(*dialog);
    }
    bringUp(*dialog);
}

void MainWindow::connectVerifyDialog(VerifyDialog& dialog)
{
    offerHelp(dialog, QStringLiteral("stores/verify"));
    connect(&dialog, &VerifyDialog::positionAsked, &m_parts.cursor, &TimeCursor::moveTo);
    connect(&dialog, &VerifyDialog::openAsked, this,
        [this](const QString& file) { leaveThen([this, file] { emit openAsked(file); }); });
}

/// Those that repair the open store, or else files.
QList<VerifyDialog*> MainWindow::repairs(bool ofStore) const
{
    auto dialogs = findChildren<VerifyDialog*>();
    dialogs.removeIf([ofStore](const auto* dialog) {
        return !dialog->isRepairing() || dialog->file().isEmpty() != ofStore;
    });
    return dialogs;
}

} // namespace eventloupe
