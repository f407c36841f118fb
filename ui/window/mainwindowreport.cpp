// MainWindow: the report for a bug, which holds nothing of what is stored.

#include "report/programreport.h"
#include "report/recenterrors.h"
#include "report/storereport.h"
#include "report/workspacereport.h"
#include "store/storeclient.h"
#include "ui/window/mainwindow.h"
#include "ui/window/reportdialog.h"
#include "ui/window/windowreport.h"

namespace eventloupe {

void MainWindow::showReport()
{
    auto report = newReport();
    report.insert("window", windowFigures(diagnosticsOf(m_parts), m_session, *this));
    report.insert("errors", m_errors->figures());
    if (m_workspace)
        report.insert("workspace", workspaceFigures(*m_workspace));
    StoreClient& client = m_parts.client;
    const QString location = client.isOpen() ? client.location() : QString();
    auto* dialog = new ReportDialog(location, this);
    dialog->show();
    if (!client.isOpen()) {
        dialog->setReport(report.toIndentedJson() + '\n');
        return;
    }
    // Where the store is closed first, no answer comes of it.
    connect(&client, &StoreClient::closed, dialog, [dialog, report] {
        if (!dialog->hasReport())
            dialog->setReport(report.toIndentedJson() + '\n');
    });
    client.run<JsonValue>(
        StoreClient::Lane::Background, dialog,
        [location](EventStore& store, const CancelToken& cancel) -> Result<JsonValue> {
            return storeFigures(store, location, cancel);
        },
        [dialog, report](const Result<JsonValue>& figures) mutable {
            if (figures)
                report.insert("store", *figures);
            dialog->setReport(report.toIndentedJson() + '\n');
        });
}

} // namespace eventloupe
