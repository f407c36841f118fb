#include "ui/foreign/mappingloader.h"

#include <utility>

namespace eventloupe {

struct MappingLoader::Reader {
    OpenDatabase open;
    std::unique_ptr<ForeignDatabase> database;
    ForeignCatalog catalog;

    Result<void> ensure()
    {
        if (database)
            return {};
        auto opened = open();
        if (!opened)
            return opened.error();
        auto read = (*opened)->catalog();
        if (!read)
            return read.error();
        database = std::move(*opened);
        catalog = std::move(*read);
        return {};
    }

    Result<std::shared_ptr<const MappingGround>> ground(const CancelToken& end)
    {
        if (const auto ready = ensure(); !ready)
            return ready.error();
        const ForeignWatch watch(*database, end);
        auto proposals = proposeMappings(*database, catalog);
        if (!proposals)
            return proposals.error();
        return std::make_shared<const MappingGround>(
            MappingGround { catalog, std::move(*proposals), database->engine() });
    }

    Result<QList<Event>> preview(const StoreProfile& mapping, const CancelToken& cancel)
    {
        if (const auto ready = ensure(); !ready)
            return ready.error();
        const ForeignWatch watch(*database, cancel);
        return previewMapping(*database, catalog, mapping);
    }
};

MappingLoader::MappingLoader(OpenDatabase open, QObject* parent)
    : QObject(parent)
    , m_worker(new QObject)
    , m_reader(std::make_shared<Reader>())
{
    m_reader->open = std::move(open);
    m_worker->moveToThread(&m_thread);
    // The connection ends on the thread that it was opened on.
    connect(
        &m_thread, &QThread::finished, m_worker, [reader = m_reader] { reader->database.reset(); },
        Qt::DirectConnection);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

MappingLoader::~MappingLoader()
{
    m_end.cancel();
    m_newer.cancel();
    m_thread.quit();
    m_thread.wait();
}

void MappingLoader::loadGround()
{
    const auto work = [this, reader = m_reader, end = m_end] {
        const auto ground = reader->ground(end);
        QMetaObject::invokeMethod(
            this,
            [this, ground] {
                if (ground)
                    emit groundLoaded(*ground);
                else
                    emit failed(ground.error());
            },
            Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(m_worker, work, Qt::QueuedConnection);
}

void MappingLoader::loadPreview(const StoreProfile& mapping)
{
    m_newer.cancel();
    m_newer = CancelToken();
    const auto work = [this, reader = m_reader, mapping, cancelled = m_newer] {
        if (cancelled.isCancelled())
            return;
        const auto events
            = std::make_shared<const Result<QList<Event>>>(reader->preview(mapping, cancelled));
        QMetaObject::invokeMethod(
            this,
            [this, cancelled, events] {
                if (cancelled.isCancelled())
                    return;
                if (*events)
                    emit previewLoaded(events->value());
                else
                    emit previewFailed(events->error());
            },
            Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(m_worker, work, Qt::QueuedConnection);
}

} // namespace eventloupe
