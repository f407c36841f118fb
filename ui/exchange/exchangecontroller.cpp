#include "ui/exchange/exchangecontroller.h"

#include "mask/masks.h"
#include "store/damagenotice.h"
#include "store/openstore.h"
#include "store/takeback.h"
#include "ui/base/figures.h"
#include "ui/base/filedialog.h"
#include "ui/exchange/copydialog.h"
#include "ui/exchange/exchangefolder.h"
#include "ui/exchange/exportdialog.h"
#include "ui/exchange/importdialog.h"

#include <QFileInfo>
#include <QLocale>
#include <QWidget>

namespace eventloupe {

namespace {

constexpr int pollMilliseconds = 100;

QString importFilter()
{
    return ExchangeController::tr(
        "Event logs (*.ndjson *.jsonl *.json *.csv *.tsv);;All files (*)");
}

/// On the thread of an import: makes the store and fills it. One that it failed to fill is not left
/// behind.
Result<ImportSummary> makeStore(const QString& location, const ImportRequest& request,
    const Progress& progress, const CancelToken& cancel)
{
    const auto takeBack = makeForEvents(location);
    if (!takeBack && takeBack.error().code == ErrorCode::AlreadyExists)
        return Error { ErrorCode::AlreadyExists,
            ExchangeController::tr("%1 exists already; choose another name, or open it and "
                                   "import into it")
                .arg(location) };
    if (!takeBack)
        return takeBack.error();
    Result<ImportSummary> result = [&]() -> Result<ImportSummary> {
        Result<std::unique_ptr<EventStore>> store = openStore(location, OpenMode::ReadWrite);
        if (!store)
            return store.error();
        return eventloupe::importFile(**store, request, progress, cancel);
    }();
    if (!result)
        (*takeBack)();
    return result;
}

} // namespace

ExchangeController::ExchangeController(StoreClient& client, QWidget* window)
    : QObject(window)
    , m_client(client)
    , m_window(window)
{
    m_poll.setInterval(pollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        emit progressed(taskText(), m_progress.done(), m_progress.total(), m_progress.events());
    });
    connect(&m_client, &StoreClient::closed, this, &ExchangeController::abandon);
}

ExchangeController::~ExchangeController()
{
    m_cancel.cancel();
    if (m_thread)
        m_thread->wait();
}

void ExchangeController::importFile(const QString& path)
{
    QString file = path;
    if (file.isEmpty())
        file = askOpenFileName(
            m_window, tr("Import Events"), exchangeFolder(), importFilter());
    if (file.isEmpty())
        return;
    rememberExchangeFolder(file);
    auto* dialog = new ImportDialog(file, m_client.masks(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (m_client.isOpen())
        dialog->setOpenStore(m_client.location(), writeRefusal());
    connect(dialog, &QDialog::accepted, this,
        [this, dialog] { runImport(dialog->request(), dialog->newStore()); });
    dialog->open();
}

/// Why nothing is imported into the open store; empty where it can be.
QString ExchangeController::writeRefusal() const
{
    const QString readOnly = m_client.readOnlyReason();
    return readOnly.isEmpty() ? damageRefusal(m_client.location()) : readOnly;
}

void ExchangeController::exportLog(const ExportContext& context)
{
    ExportContext known = context;
    known.store = m_client.isOpen() ? m_client.location() : QString();
    known.folder = m_exportFolder;
    known.isMasked = !m_client.masks()->isEmpty();
    // Nothing is put beside another library's database unless somebody says so.
    if (known.folder.isEmpty() && !m_client.facts().library.isEmpty())
        known.folder = exchangeFolder();
    auto* dialog = new ExportDialog(known, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_exportFolder = QFileInfo(dialog->request().file).absolutePath();
        runExport(dialog->request());
    });
    dialog->open();
}

QString ExchangeController::taskText() const
{
    switch (m_progress.phase()) {
    case Progress::Phase::Indexing:
        return tr("%1: building the indexes").arg(m_title);
    case Progress::Phase::Saving:
        return tr("%1: saving").arg(m_title);
    case Progress::Phase::Verifying:
        return tr("%1: verifying").arg(m_title);
    case Progress::Phase::Working:
        break;
    }
    const qint64 events = m_progress.events();
    return events > 0 ? tr("%1: %2").arg(m_title, eventsText(events)) : m_title;
}

bool ExchangeController::begin(const QString& title)
{
    if (m_running) {
        emit failed({ ErrorCode::Busy,
            tr("An import, export or copy is running; wait for it or cancel it first") });
        return false;
    }
    m_running = true;
    m_title = title;
    m_progress = Progress();
    m_poll.start();
    emit started(title);
    return true;
}

void ExchangeController::end()
{
    m_poll.stop();
    m_running = false;
    m_usesClient = false;
    m_kept.reset();
}

/// The store that the work is on was closed: no answer of it comes any more.
void ExchangeController::abandon()
{
    if (!m_usesClient)
        return;
    m_cancel.cancel();
    end();
    emit failed({ ErrorCode::Cancelled, tr("The store was closed; what was running has ended") });
}

void ExchangeController::cancel()
{
    m_cancel.cancel();
}

void ExchangeController::runImport(const ImportRequest& request, const QString& newStore)
{
    if (newStore.isEmpty() && !m_client.isOpen()) {
        emit failed({ ErrorCode::InvalidArgument,
            tr("No store is open; import into a new store instead") });
        return;
    }
    if (!begin(tr("Importing %1").arg(QFileInfo(request.file).fileName())))
        return;
    if (newStore.isEmpty())
        importIntoOpenStore(request);
    else
        importIntoNewStore(request, newStore);
}

/// The token is our own and the client's stays untouched: a job whose client token is cancelled
/// answers nothing, and the window waits for an answer.
void ExchangeController::importIntoOpenStore(const ImportRequest& request)
{
    m_cancel = CancelToken();
    m_usesClient = true;
    m_client.run<ImportSummary>(
        StoreClient::Lane::Background, this,
        [request, progress = m_progress, cancel = m_cancel](EventStore& store, const CancelToken&) {
            return eventloupe::importFile(store, request, progress, cancel);
        },
        [this, file = request.file](const Result<ImportSummary>& result) {
            reportImport(result, file);
            m_client.checkForGrowth();
        });
}

void ExchangeController::importIntoNewStore(const ImportRequest& request, const QString& location)
{
    m_cancel = CancelToken();
    const auto result = std::make_shared<std::optional<Result<ImportSummary>>>();
    m_thread.reset(
        QThread::create([request, location, progress = m_progress, cancel = m_cancel, result] {
            result->emplace(makeStore(location, request, progress, cancel));
        }));
    connect(m_thread.get(), &QThread::finished, this, [this, request, location, result] {
        const bool made = result->has_value() && (*result)->ok();
        if (made)
            emit storeMade(location);
        if (result->has_value())
            reportImport(**result, request.file);
    });
    m_thread->start();
}

void ExchangeController::reportImport(const Result<ImportSummary>& result, const QString& file)
{
    end();
    if (!result) {
        emit failed(result.error());
        return;
    }
    emit progressed(taskText(), m_progress.done(), m_progress.total(), result->events);
    const QString what = tr("Imported %1 of %2 from %3.")
                             .arg(eventsText(result->events), streamsText(result->streams),
                                 QFileInfo(file).fileName());
    emit finished((QStringList { what } + result->notes).join(QLatin1Char(' ')));
}

void ExchangeController::runExport(const ExportRequest& request)
{
    if (!m_client.isOpen()) {
        emit failed(
            { ErrorCode::InvalidArgument, tr("No store is open; there is nothing to export") });
        return;
    }
    if (!begin(tr("Exporting to %1").arg(QFileInfo(request.file).fileName())))
        return;
    m_cancel = CancelToken();
    m_usesClient = true;
    m_client.run<ExportSummary>(
        StoreClient::Lane::Background, this,
        [request, progress = m_progress, cancel = m_cancel](EventStore& store, const CancelToken&) {
            return exportEvents(store, request, progress, cancel);
        },
        [this, file = request.file](const Result<ExportSummary>& result) {
            end();
            if (!result) {
                emit failed(result.error());
                return;
            }
            emit progressed(taskText(), m_progress.done(), m_progress.total(), result->events);
            QString text = tr("Exported %1, %2, to %3.")
                               .arg(eventsText(result->events),
                                   QLocale().formattedDataSize(result->bytes), file);
            for (const QString& note : result->failures.toTexts(tr("The filter")))
                text += tr(" %1.").arg(note);
            if (result->tooLarge > 0)
                text += tr(" %1.").arg(result->tooLargeText());
            emit finished(text);
        });
}

void ExchangeController::copyLog()
{
    if (!m_client.isOpen())
        return;
    const QFileInfo store(m_client.location());
    const bool isBeside = m_client.facts().library.isEmpty() && store.exists()
        && QFileInfo(store.absolutePath()).isWritable();
    auto* dialog = new CopyDialog(
        m_client.location(), isBeside ? store.absolutePath() : exchangeFolder(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { runCopy(dialog->request()); });
    dialog->open();
}

void ExchangeController::runCopy(const CopyRequest& request)
{
    if (!m_client.isOpen()) {
        emit failed(
            { ErrorCode::InvalidArgument, tr("No store is open; there is no log to copy") });
        return;
    }
    if (!begin(tr("Copying %1").arg(QFileInfo(m_client.location()).fileName())))
        return;
    m_cancel = CancelToken();
    m_usesClient = true;
    m_kept = std::make_shared<std::atomic<qint64>>(0);
    CopyRequest told = request;
    told.kept = m_kept;
    m_client.run<CopySummary>(
        StoreClient::Lane::Background, this,
        [told, progress = m_progress, cancel = m_cancel](EventStore& store, const CancelToken&) {
            return eventloupe::copyLog(store, told, progress, cancel);
        },
        [this](const Result<CopySummary>& result) { reportCopy(result); });
}

void ExchangeController::reportCopy(const Result<CopySummary>& result)
{
    end();
    if (!result) {
        emit failed(result.error());
        return;
    }
    if (result->copied == 0 && result->fault.isEmpty()) {
        emit finished(
            tr("%1 has all of the log already, %2.").arg(result->to, eventsText(result->last)));
        return;
    }
    QString text = tr("Copied %1 to %2, read back and verified.")
                       .arg(eventsText(result->copied), result->to);
    if (result->skipped > 0)
        text += tr(" %1 were there before.").arg(eventsText(result->skipped));
    if (result->fault.isEmpty())
        emit finished(text);
    else
        emit failed({ ErrorCode::Corrupt,
            tr("%1 It is not the whole log: %2").arg(text, result->fault) });
}

} // namespace eventloupe
