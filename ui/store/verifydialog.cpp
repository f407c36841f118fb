#include "ui/store/verifydialog.h"

#include "ui/base/figures.h"
#include "ui/base/filedialog.h"
#include "ui/base/paddeddelegate.h"
#include "ui/base/plaintext.h"
#include "value/aside.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

/// Beside the damaged store; with a number when the name is taken. Asks the disk.
QString proposedFile(const QString& store)
{
    const QFileInfo info(store);
    const QDir folder = info.absoluteDir();
    QString name = info.completeBaseName() + QStringLiteral("-repaired.eventlog");
    for (int n = 2; folder.exists(name); ++n)
        name = QStringLiteral("%1-repaired-%2.eventlog")
                   .arg(info.completeBaseName(), QString::number(n));
    return folder.filePath(name);
}

} // namespace

VerifyDialog::VerifyDialog(StoreClient& client, Refusal refusal, QWidget* parent)
    : VerifyDialog(&client, {}, std::move(refusal), parent)
{
    // Behind the run's own, which tells that it has ended.
    connect(&client, &StoreClient::closed, this, &VerifyDialog::leaveStore);
    connect(&client, &StoreClient::opened, this, [this] { setRunning(m_run->isRunning()); });
}

VerifyDialog::VerifyDialog(const QString& file, QWidget* parent)
    : VerifyDialog(nullptr, file, {}, parent)
{
    setWindowTitle(titleText(tr("Verify %1").arg(QFileInfo(file).fileName())));
}

VerifyDialog::VerifyDialog(
    StoreClient* client, const QString& file, Refusal refusal, QWidget* parent)
    : QDialog(parent)
    , m_file(file)
    , m_refusal(std::move(refusal))
    , m_run(client ? new VerifyRun(*client, this) : new VerifyRun(file, this))
    , m_faults(new FaultModel(this))
    , m_summary(new PlainLabel(this))
    , m_note(new PlainLabel(this))
    , m_progress(new QProgressBar(this))
    , m_list(new QTreeView(this))
    , m_again(new QPushButton(this))
    , m_repair(new QPushButton(tr("&Repair To…"), this))
    , m_open(new QPushButton(tr("&Open the New Store"), this))
    , m_copy(new QPushButton(tr("&Copy List"), this))
{
    setObjectName(QStringLiteral("verifyDialog"));
    setWindowTitle(tr("Verify"));
    setAttribute(Qt::WA_DeleteOnClose);
    layOut();
    connectRun();
    connectButtons();
    begin();
}

void VerifyDialog::layOut()
{
    m_summary->setObjectName(QStringLiteral("verifySummary"));
    m_summary->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("verifyNote"));
    m_note->setWordWrap(true);
    m_progress->setObjectName(QStringLiteral("verifyProgress"));
    m_progress->setAccessibleName(tr("Progress"));
    m_list->setObjectName(QStringLiteral("verifyList"));
    m_list->setModel(m_faults);
    m_list->setItemDelegate(new PaddedDelegate(m_list));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAlternatingRowColors(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->header()->setSectionResizeMode(
        FaultModel::PositionColumn, QHeaderView::ResizeToContents);
    m_again->setObjectName(QStringLiteral("verifyAgain"));
    m_repair->setObjectName(QStringLiteral("verifyRepair"));
    m_open->setObjectName(QStringLiteral("verifyOpen"));
    m_copy->setObjectName(QStringLiteral("verifyCopy"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    for (auto* button : { m_again, m_repair, m_open, m_copy }) {
        buttons->addButton(button, QDialogButtonBox::ActionRole);
        button->setAutoDefault(false); // Return in the list goes to the event.
    }
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_summary);
    layout->addWidget(m_note);
    layout->addWidget(m_progress);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    resize(760, 420);
}

void VerifyDialog::connectRun()
{
    connect(m_run, &VerifyRun::progressed, this, &VerifyDialog::showProgress);
    connect(m_run, &VerifyRun::found, this,
        [this](const QList<FaultRange>& faults) { m_faults->append(faults); });
    connect(m_run, &VerifyRun::noted, this,
        [this](const QList<RepairNote>& notes) { m_faults->append(notes); });
    connect(m_run, &VerifyRun::passed, this,
        [this](qint64 findings) { m_faults->addUnlisted(findings); });
    connect(m_run, &VerifyRun::finished, this, &VerifyDialog::showVerified);
    connect(m_run, &VerifyRun::repaired, this, &VerifyDialog::showRepaired);
    connect(m_run, &VerifyRun::failed, this, &VerifyDialog::showFailure);
}

void VerifyDialog::connectButtons()
{
    connect(m_list, &QTreeView::activated, this, &VerifyDialog::activate);
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (m_run->isRunning())
            m_run->cancel();
        else
            begin();
    });
    connect(m_repair, &QPushButton::clicked, this, &VerifyDialog::askFile);
    connect(m_open, &QPushButton::clicked, this, [this] {
        const QString file = m_repaired;
        accept();
        emit openAsked(file);
    });
    connect(m_copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_faults->toText()); });
}

/// The list stays, to be copied; its positions and what is sound are not the next store's.
void VerifyDialog::leaveStore()
{
    m_isOfStore = false;
    m_canRepair = false;
    setRunning(m_run->isRunning());
}

void VerifyDialog::list(FaultModel::Kind kind)
{
    m_faults->clear(kind);
    m_list->setAccessibleName(
        m_faults->headerData(FaultModel::MessageColumn, Qt::Horizontal, Qt::DisplayRole)
            .toString());
}

/// What is to be known while it runs.
QString VerifyDialog::startNote() const
{
    if (!m_file.isEmpty())
        return tr("%1 is too damaged to be opened. What can be read of it is read here, and "
                  "nothing of it is changed.")
            .arg(visibleText(QDir::toNativeSeparators(m_file)));
    const QString library = m_run->library();
    if (library.isEmpty())
        return {};
    return tr("A store of %1 has no hash chain: order, versions and payloads are checked.")
        .arg(visibleText(library));
}

void VerifyDialog::begin()
{
    if (const QString why = refusal(); !why.isEmpty()) {
        m_summary->setText(why);
        setRunning(false);
        return;
    }
    m_isOfStore = m_file.isEmpty() && m_run->hasStore();
    m_isRepairing = false;
    m_canRepair = false;
    m_isVerified = false;
    m_repaired.clear();
    list(FaultModel::Kind::Faults);
    const QString note = startNote();
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_run->verify();
    setRunning(m_run->isRunning());
    showProgress(0, 0);
}

void VerifyDialog::askFile()
{
    if (std::exchange(m_isAsking, true))
        return; // Clicked twice.
    runAside(
        this, [store = m_run->location()] { return proposedFile(store); },
        [this](const QString& proposed) {
            m_isAsking = false;
            auto* dialog = new FileDialog(this, tr("Repair To"), QFileInfo(proposed).path(),
                tr("Event logs (*.eventlog);;All files (*)"));
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setAcceptMode(QFileDialog::AcceptSave);
            dialog->setOption(QFileDialog::DontConfirmOverwrite);
            dialog->selectFile(QFileInfo(proposed).fileName());
            connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
                if (!file.isEmpty() && m_canRepair)
                    repairTo(file);
            });
            dialog->open();
        });
}

void VerifyDialog::repairTo(const QString& file)
{
    if (m_run->isRunning())
        return;
    m_isRepairing = true;
    list(FaultModel::Kind::Notes);
    m_run->repair(file);
    setRunning(m_run->isRunning());
    showProgress(0, 0);
}

void VerifyDialog::setRunning(bool isRunning)
{
    m_progress->setVisible(isRunning);
    m_again->setText(isRunning ? tr("C&ancel") : tr("&Verify Again"));
    const QString why = refusal();
    m_again->setEnabled(isRunning || (m_run->hasStore() && why.isEmpty()));
    m_again->setToolTip(plainToolTip(isRunning ? QString() : why));
    m_repair->setEnabled(!isRunning && m_canRepair && m_run->hasStore());
    m_repair->setToolTip(plainToolTip(isRunning || m_canRepair || !m_isVerified
            ? tr("Copies the events that are sound into a new store")
            : tr("What is sound can be told in a file with a hash chain; copy this log by File > "
                 "Copy Log To… instead")));
    m_open->setVisible(!isRunning && !m_repaired.isEmpty());
    m_copy->setEnabled(!isRunning && m_faults->count() > 0);
}

void VerifyDialog::showProgress(qint64 done, qint64 total)
{
    if (!m_run->isRunning())
        return;
    constexpr int steps = 1000;
    m_progress->setRange(0, total > 0 ? steps : 0);
    if (total > 0)
        m_progress->setValue(static_cast<int>(std::min(done, total) * steps / total));
    QString text = m_isRepairing ? tr("Repairing…") : tr("Verifying…");
    if (total > 0 && done >= total)
        text = m_isRepairing ? tr("Saving the new store…") : tr("Looking at the file…");
    else if (total > 0)
        text += tr(" Event %1 of %2.").arg(countText(done), countText(total));
    if (!m_isRepairing && m_run->faults() > 0)
        text += QLatin1Char(' ') + faultsText();
    m_summary->setText(text);
}

QString VerifyDialog::faultsText() const
{
    const qint64 count = m_run->faults();
    if (!m_run->isRunning() && count > m_faults->listed())
        return tr("%1 faults, of which the first %2 are listed; eventloupe verify prints all.")
            .arg(countText(count), countText(m_faults->listed()));
    return count == 1 ? tr("1 fault.") : tr("%1 faults.").arg(countText(count));
}

void VerifyDialog::showVerified(const VerifySummary& summary)
{
    m_canRepair = summary.canRepair;
    m_isVerified = true;
    m_summary->setText(m_run->faults() == 0
            ? tr("✓ %1 verified, no fault.").arg(eventsText(summary.events))
            : tr("✗ %1 verified. %2").arg(eventsText(summary.events), faultsText()));
    QStringList notes;
    if (m_run->faults() > 0 && m_canRepair)
        notes.append(tr("Restore the store from a copy, or repair it to a new file: that only reads "
                        "this one, and copies what is sound, byte for byte."));
    if (!summary.unprovenEnd.isEmpty())
        notes.append(visibleText(summary.unprovenEnd));
    if (!notes.isEmpty()) {
        m_note->setText(notes.join(u' '));
        m_note->show();
    }
    setRunning(false);
}

void VerifyDialog::showRepaired(const QString& file, const RepairSummary& summary)
{
    m_repaired = file;
    const auto sign = summary.isWhole() ? QStringLiteral("✓") : QStringLiteral("⚠");
    QString text = tr("%1 %2 copied to %3, %4 left out%5.")
                       .arg(sign, eventsText(summary.copied), QDir::toNativeSeparators(file),
                           countText(summary.leftOut), summary.straysText());
    if (m_faults->count() > m_faults->listed())
        text += tr(" The first %1 of %2 notes are listed; eventloupe verify --repair-to prints "
                   "all.")
                    .arg(countText(m_faults->listed()), countText(m_faults->count()));
    if (!summary.notSought.isEmpty())
        text += u' ' + summary.notSought;
    m_summary->setText(visibleText(text));
    setRunning(false);
}

/// What was found until then stays.
void VerifyDialog::showFailure(const Error& error)
{
    const bool isCancelled = error.code == ErrorCode::Cancelled;
    if (isCancelled && m_run->hasStore())
        m_summary->setText(m_isRepairing ? tr("Cancelled; there is no new store.")
                                         : tr("Cancelled. %1").arg(faultsText()));
    else
        m_summary->setText(visibleText(error.message));
    m_canRepair = m_canRepair || m_isRepairing;
    setRunning(false);
}

void VerifyDialog::activate(const QModelIndex& index)
{
    const Position position = m_faults->positionAt(index.row());
    if (position > 0 && m_isOfStore)
        emit positionAsked(position);
}

} // namespace eventloupe
