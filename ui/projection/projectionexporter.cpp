#include "ui/projection/projectionexporter.h"

#include "projection/projectionmodel.h"
#include "ui/base/figures.h"
#include "ui/base/filedialog.h"
#include "ui/base/plaintext.h"
#include "ui/exchange/exchangefolder.h"

#include <QDir>
#include <QFileInfo>

#include <array>

namespace eventloupe {

namespace {

constexpr int pollMilliseconds = 100;

/// The formats as the dialog offers them.
const std::array<std::pair<ExchangeFormat, QString>, 3>& formats()
{
    static const std::array<std::pair<ExchangeFormat, QString>, 3> all {
        std::pair(ExchangeFormat::Csv, QStringLiteral("csv")),
        std::pair(ExchangeFormat::Json, QStringLiteral("json")),
        std::pair(ExchangeFormat::Ndjson, QStringLiteral("ndjson"))
    };
    return all;
}

} // namespace

ProjectionExporter::ProjectionExporter(StoreClient& client, ProjectionModel& model, QWidget* panel)
    : QObject(panel)
    , m_client(client)
    , m_model(model)
    , m_panel(panel)
{
    m_poll.setInterval(pollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this,
        [this] { emit progressed(m_progress.done(), m_progress.total()); });
    connect(&client, &StoreClient::closed, this, [this] {
        if (!m_isRunning)
            return;
        m_cancel.cancel();
        end(tr("The store was closed; the export has ended"));
    });
}

ProjectionExporter::~ProjectionExporter()
{
    m_cancel.cancel();
}

void ProjectionExporter::ask()
{
    if (!m_model.projection())
        return;
    auto* dialog
        = new FileDialog(m_panel, tr("Export %1").arg(titleText(m_model.projection()->title)));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDirectory(exchangeFolder());
    dialog->setNameFilters({ tr("CSV (*.csv)"), tr("JSON (*.json)"), tr("NDJSON (*.ndjson)") });
    dialog->setDefaultSuffix(formats().front().second);
    dialog->selectFile(m_model.projection()->name + QStringLiteral(".csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        const auto index = static_cast<std::size_t>(dialog->nameFilters().indexOf(filter));
        dialog->setDefaultSuffix(formats().at(index).second);
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog](const QString& file) {
        const QString suffix = QFileInfo(file).suffix().toLower();
        const auto chosen
            = static_cast<std::size_t>(dialog->nameFilters().indexOf(dialog->selectedNameFilter()));
        ProjectionExport target { file, formats().at(chosen).first, {} };
        for (const auto& [format, name] : formats()) {
            if (name == suffix)
                target.format = format;
        }
        rememberExchangeFolder(file);
        exportTo(target);
    });
    dialog->open();
}

void ProjectionExporter::exportTo(const ProjectionExport& target)
{
    const auto history = m_model.history();
    if (m_isRunning || !history)
        return;
    m_isRunning = true;
    m_cancel = CancelToken();
    m_progress = Progress();
    m_poll.start();
    emit started();
    // What is shown may change meanwhile, and a filter is for one thread.
    m_client.run<qint64>(
        StoreClient::Lane::Background, this,
        [history, target = target, definition = m_model.projection(), filter = m_model.filter(),
            query = m_model.queryFor(m_model.status().position), progress = m_progress,
            stop = m_cancel](
            EventStore& store, const CancelToken& cancel) mutable -> Result<qint64> {
            target.store = store.location();
            if (query.filter) {
                auto own = ProjectionFilter::compile(*definition, filter.trimmed());
                if (!own)
                    return own.error();
                query.filter = *own;
            }
            ProjectionView view(history);
            return exportProjection(view, query, *definition, target, progress, stop, cancel);
        },
        [this, file = target.file](const Result<qint64>& rows) {
            if (rows)
                end(tr("Exported %1 to %2").arg(rowsText(*rows), QDir::toNativeSeparators(file)));
            else
                end(rows.error().message);
        });
}

void ProjectionExporter::end(const QString& summary)
{
    m_poll.stop();
    m_isRunning = false;
    emit finished(summary);
}

} // namespace eventloupe
