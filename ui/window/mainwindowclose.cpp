// MainWindow: how it ends, whoever wants it to.

#include "report/recenterrors.h"
#include "time/playback.h"
#include "ui/base/infobar.h"
#include "ui/base/plainmessagebox.h"
#include "ui/base/plaintext.h"
#include "ui/branch/branchactions.h"
#include "ui/domain/domainpanel.h"
#include "ui/exchange/exchangecontroller.h"
#include "ui/projection/projectionexporter.h"
#include "ui/projection/projectionpanel.h"
#include "ui/store/verifydialog.h"
#include "ui/window/mainwindow.h"
#include "ui/window/placekeeper.h"
#include "ui/window/runningwork.h"
#include "ui/window/session.h"
#include "ui/window/statusarea.h"

#include <QCloseEvent>
#include <QPointer>
#include <QPushButton>
#include <QTimer>

namespace eventloupe {

// A view that is hidden asks its model once more, and an editor in it hands over what was typed.
// Floating panels and dialogs are hidden as late as they go, when what they show is gone already.
MainWindow::~MainWindow()
{
    QList<QPointer<QWidget>> windows;
    for (QWidget* widget : findChildren<QWidget*>()) {
        if (widget->isWindow())
            windows.append(widget);
    }
    for (const auto& window : windows) {
        if (window)
            window->hide();
    }
    hide();
}

void MainWindow::connectWork()
{
    m_work = new RunningWork(this);
    m_work->add({ [this] { return m_exchange->usesStore() ? m_exchange->title() : QString(); },
        [this] { m_exchange->cancel(); }, true, [this] { return m_exchange->keepsPart(); } });
    m_work->add({ [this] { return m_exchange->usesStore() ? QString() : m_exchange->title(); },
        [this] { m_exchange->cancel(); }, false });
    m_work->add({ [this] {
                     return m_projections->exporter().isRunning() ? tr("Exporting a projection")
                                                                  : QString();
                 },
        [this] { m_projections->exporter().cancel(); }, true });
    auto* branch = findChild<BranchActions*>();
    m_work->add({ [branch] {
                     return branch->isAppending() ? tr("Appending a branch") : QString();
                 },
        [branch] { branch->cancelAppend(); }, true });
    for (const bool ofStore : { true, false })
        m_work->add({ [this, ofStore] {
                         return repairs(ofStore).isEmpty() ? QString()
                                                           : tr("Repairing to a new store");
                     },
            [this, ofStore] {
                for (auto* dialog : repairs(ofStore))
                    dialog->cancel();
            },
            ofStore });
}

/// Asks whether what is running is to be stopped. True where nothing is; else `then` is called once
/// it has stopped, if it is to be.
bool MainWindow::mayStop(const QString& toDo, bool ofStore, const std::function<void()>& then)
{
    const QString outlook = m_work->outlook(ofStore);
    if (outlook.isEmpty())
        return true;
    PlainMessageBox box(
        QMessageBox::Question, tr("Still Running"), outlook, QMessageBox::NoButton, this);
    box.setObjectName(QStringLiteral("stillRunningBox"));
    auto* stop = box.addButton(toDo, QMessageBox::AcceptRole);
    stop->setObjectName(QStringLiteral("stopWork"));
    box.setDefaultButton(box.addButton(tr("&Go On"), QMessageBox::RejectRole));
    // The question follows the work, and ends with it; a failure is to be read.
    QTimer look;
    const QString told = m_info->message();
    connect(&look, &QTimer::timeout, &box, [&] {
        const QString now = m_work->outlook(ofStore);
        if (now.isEmpty())
            box.reject();
        else
            box.setText(visibleLines(now));
    });
    look.start(100);
    box.exec();
    if (box.clickedButton() == nullptr && m_work->outlook(ofStore).isEmpty()
        && m_info->message() == told)
        return true;
    if (box.clickedButton() == stop) {
        m_status->sayUntilNext(tr("Stopping…"));
        m_work->stopThen(then, ofStore);
    } else {
        m_domain->stay();
    }
    return false;
}

void MainWindow::leaveThen(const std::function<void()>& ask)
{
    if (!m_domain->mayLeave())
        return;
    const auto leave = [this, ask] {
        m_keeper->keep();
        m_parts.playback.pause();
        ask();
    };
    if (mayStop(tr("&Stop It"), true, leave))
        leave();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    const bool mayClose = m_isEnding
        || (m_domain->mayLeave() && mayStop(tr("&Stop and Close"), false, [this] {
               m_isEnding = true;
               close();
           }));
    if (!mayClose) {
        event->ignore();
        return;
    }
    m_isEnding = true;
    m_keepDue.stop();
    keepWindow();
    QMainWindow::closeEvent(event);
}

void MainWindow::keepNow()
{
    keepWindow();
    m_session.flush();
}

void MainWindow::endNow(const std::function<void()>& then)
{
    m_isEnding = true;
    keepWindow();
    m_work->stopThen(then);
}

} // namespace eventloupe
