#include "ui/exchange/previewloader.h"

#include "value/category.h"
#include "value/event.h"

#include <memory>
#include <utility>

namespace eventloupe {

namespace {

Result<ImportPreview> shownPreview(
    const ImportRequest& request, const Masks& masks, const CancelToken& cancel)
{
    auto preview = previewImport(request, 20, cancel);
    if (preview && !masks.isEmpty())
        for (Event& event : preview->events)
            (void)masks.ofEvent(event.type, categoryOf(event.stream))
                .mask(event.data, event.metadata);
    return preview;
}

} // namespace

PreviewLoader::PreviewLoader(std::shared_ptr<const Masks> masks, QObject* parent)
    : QObject(parent)
    , m_worker(new QObject)
    , m_masks(std::move(masks))
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
    const auto work = [this, request, masks = m_masks, cancelled = m_newer] {
        if (cancelled.isCancelled())
            return;
        const auto result = std::make_shared<const Result<ImportPreview>>(
            shownPreview(request, *masks, cancelled));
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
