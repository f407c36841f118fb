#pragma once

#include "exchange/importer.h"
#include "mask/masks.h"
#include "value/canceltoken.h"

#include <QObject>
#include <QThread>

#include <memory>

namespace eventloupe {

/// Reads the first events of a file off the GUI thread, and shows them as they are masked. Of
/// several requests only the last is answered. GUI thread.
class PreviewLoader final : public QObject {
    Q_OBJECT

public:
    explicit PreviewLoader(std::shared_ptr<const Masks> masks, QObject* parent = nullptr);
    ~PreviewLoader() override; ///< Waits for the reading that is under way.

    void load(const ImportRequest& request);

signals:
    void loaded(const eventloupe::ImportPreview& preview);
    /// Not even a reader can start: the file is missing, or of another kind.
    void failed(const eventloupe::Error& error);

private:
    QThread m_thread;
    QObject* m_worker; ///< Lives on the thread.
    std::shared_ptr<const Masks> m_masks;
    CancelToken m_newer; ///< Of the last request.
};

} // namespace eventloupe
