#include "ui/exchange/previewloader.h"

#include <memory>

namespace eventloupe {

PreviewLoader::PreviewLoader(QObject* parent)
    : QObject(parent)
    , m_worker(new QObject)
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

PreviewLoader::~PreviewLoader()
{
    m_newer.cancel();
    m_thread.quit();
    m_thread.wait();
}

void PreviewLoader::load(const ImportRequest& request)
{
    m_newer.cancel();
    m_newer = CancelToken();
    const auto work = [this, request, cancelled = m_newer] {
        if (cancelled.isCancelled())
            return;
        const auto result
            = std::make_shared<const Result<ImportPreview>>(previewImport(request, 20, cancelled));
        const auto report = [this, cancelled, result] {
            if (cancelled.isCancelled())
                return;
            if (*result)
                emit loaded(result->value());
            else
                emit failed(result->error());
        };
        QMetaObject::invokeMethod(this, report, Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(m_worker, work, Qt::QueuedConnection);
}

} // namespace eventloupe
