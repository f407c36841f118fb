// MainWindow: is the log what was stored?

#include "branch/branchsession.h"
#include "report/storereport.h"
#include "store/damagenotice.h"
#include "store/storeclient.h"
#include "time/timecursor.h"
#include "ui/base/infobar.h"
#include "ui/help/offerhelp.h"
#include "ui/store/verifydialog.h"
#include "ui/window/filemenu.h"
#include "ui/window/mainwindow.h"
#include "ui/window/session.h"
#include "ui/window/statusarea.h"

namespace eventloupe {

void MainWindow::connectVerify()
{
    connect(m_file, &FileMenu::verifyAsked, this, &MainWindow::showVerify);
    // Of what was noticed at open or met by reading, else of the indexes that are missing.
    connect(m_info, &InfoBar::actionTriggered, this, [this] {
        if (m_parts.client.isReplaced())
            openAgain();
        else if (m_parts.client.openingFault().isEmpty()
            && !isDamaged(m_parts.branch.mainLocation()))
            showAdvice();
        else
            showVerify();
    });
    connect(&m_parts.client, &StoreClient::isBack, this, &MainWindow::showConditions);
    connect(&DamageNotice::instance(), &DamageNotice::found, this, [this] {
        if (m_parts.client.isOpen() && isDamaged(m_parts.branch.mainLocation()))
            showConditions();
    });
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
    auto* dialog = findChild<VerifyDialog*>();
    if (!dialog) {
        dialog = new VerifyDialog(m_parts.client, refusal, this);
        offerHelp(*dialog, QStringLiteral("stores/verify"));
        connect(dialog, &VerifyDialog::positionAsked, &m_parts.cursor, &TimeCursor::moveTo);
        connect(dialog, &VerifyDialog::openAsked, this, [this](const QString& file) {
            leaveThen([this, file] { emit openAsked(file); });
        });
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

} // namespace eventloupe
