#pragma once

#include "exchange/importer.h"
#include "value/canceltoken.h"

#include <QObject>
#include <QThread>

namespace eventloupe {

/// Reads the first events of a file off the GUI thread. Of several requests only the last is
/// answered. GUI thread.
class PreviewLoader final : public QObject {
    Q_OBJECT

public:
    explicit PreviewLoader(QObject* parent = nullptr);
    ~PreviewLoader() override; ///< Waits for the reading that is under way.

    void load(const ImportRequest& request);

signals:
    void loaded(const eventloupe::ImportPreview& preview);
    /// Not even a reader can start: the file is missing, or of another kind.
    void failed(const eventloupe::Error& error);

private:
    QThread m_thread;
    QObject* m_worker; ///< Lives on the thread.
    CancelToken m_newer; ///< Of the last request.
};

} // namespace eventloupe
