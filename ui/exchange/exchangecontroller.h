#pragma once

#include "exchange/copylog.h"
#include "exchange/exporter.h"
#include "exchange/importer.h"
#include "store/storeclient.h"

#include <QObject>
#include <QPointer>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <memory>

class QWidget;

namespace eventloupe {

/// What the window shows when an export is asked for.
struct ExportContext {
    QByteArray filter; ///< The filter expression; empty: none.
    QString stream; ///< The selected stream; empty: none.
    Position cursor = 0;
    Position head = 0;
    QString store = {}; ///< The location of the open store; a proposed file is named after it.
    QString folder = {}; ///< Of the last export of this session; empty: the store's.
    bool isMasked = false; ///< The workspace masks something.
};

/// Imports, exports and copies for the window: dialogs, the work on the store's background lane
/// (or, for an import into a new store, on a thread of its own), progress and cancel. One piece of
/// work at a time; a second is answered with failed(Busy). GUI thread.
class ExchangeController final : public QObject {
    Q_OBJECT

public:
    /// `window` is the dialogs' parent and must outlive this, as must the client.
    ExchangeController(StoreClient& client, QWidget* window);
    ~ExchangeController() override;

    [[nodiscard]] bool isRunning() const { return m_running; }
    /// What is running, as started() told it; empty while nothing is.
    [[nodiscard]] QString title() const { return m_running ? m_title : QString(); }
    /// What is running ends when the open store is closed.
    [[nodiscard]] bool usesStore() const { return m_usesClient; }
    /// Stopped now, it keeps what it has done: a copy that has stored something, which goes on from
    /// there another time.
    [[nodiscard]] bool keepsPart() const { return m_kept && m_kept->load() > 0; }

public slots:
    /// Shows the import dialog for a file; an empty path asks for one first.
    void importFile(const QString& path);
    /// Shows the export dialog.
    void exportLog(const eventloupe::ExportContext& context);
    /// Shows the dialog that asks where the log is copied to.
    void copyLog();
    /// Without a dialog; an empty `newStore` is the open store.
    void runImport(const eventloupe::ImportRequest& request, const QString& newStore = {});
    void runExport(const eventloupe::ExportRequest& request);
    void runCopy(const eventloupe::CopyRequest& request);
    /// Ends the running work; failed(Cancelled) follows.
    void cancel();

signals:
    /// What is being done, for the status bar: "Importing orders.ndjson".
    void started(const QString& title);
    /// Ten times a second. Units are bytes of a file, or events of a log; a total of 0 is unknown.
    /// `task` is the title of started() with what is done just now: an import reads, then builds
    /// indexes, then saves, each counted by itself.
    void progressed(const QString& task, qint64 done, qint64 total, qint64 events);
    /// What was done, a sentence or some.
    void finished(const QString& summary);
    void failed(const eventloupe::Error& error);
    /// An import made this store; the window opens it.
    void storeMade(const QString& location);

private:
    [[nodiscard]] QString writeRefusal() const;
    [[nodiscard]] QString taskText() const;
    bool begin(const QString& title);
    void end();
    void abandon();
    void importIntoOpenStore(const ImportRequest& request);
    void importIntoNewStore(const ImportRequest& request, const QString& location);
    void reportImport(const Result<ImportSummary>& result, const QString& file);
    void reportCopy(const Result<CopySummary>& result);

    StoreClient& m_client;
    QPointer<QWidget> m_window;
    QTimer m_poll;
    Progress m_progress;
    QString m_title; ///< Of the running work.
    CancelToken m_cancel;
    QString m_exportFolder; ///< Of the last export of this session.
    std::unique_ptr<QThread> m_thread; ///< Of an import into a new store.
    bool m_running = false;
    std::shared_ptr<std::atomic<qint64>> m_kept; ///< Of a copy that runs.
    bool m_usesClient = false; ///< The running work is a job of the client's.
};

} // namespace eventloupe
