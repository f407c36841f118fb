#include "fuzz/storefile.h"

#include "foreign/foreignstores.h"
#include "fuzz/fuzztarget.h"
#include "store/openstore.h"

#include <QFile>

#include <sqlite3.h>

namespace eventloupe {

namespace {

constexpr qint64 second = 1'000'000; ///< In microseconds.

void shrinkPages(const QString& path)
{
    sqlite3* handle = nullptr;
    const bool isDone = sqlite3_open(path.toUtf8().constData(), &handle) == SQLITE_OK
        && sqlite3_exec(handle,
               "PRAGMA journal_mode=DELETE; PRAGMA page_size=512; VACUUM; PRAGMA journal_mode=WAL;",
               nullptr, nullptr, nullptr)
            == SQLITE_OK;
    sqlite3_close(handle);
    require(isDone, "the seed cannot be made small");
}

void read(EventStore& store)
{
    const auto head = store.head();
    if (!head)
        return;
    static_cast<void>(store.openingFault());
    static_cast<void>(store.scanLog(1, *head, allScanColumns, {}, [](const EventView&) {
        return true;
    }));
    static_cast<void>(store.readAt({ *head, 1, *head / 2 }));
    static_cast<void>(store.readLog(*head / 2, 10));
    static_cast<void>(store.categoriesAt(*head, 1, 10));
    if (const auto streams = store.streamsAt(*head, 1, 5)) {
        for (const StreamAt& stream : *streams)
            static_cast<void>(store.readStream(stream.info.id, 0, *head, 5));
    }
    static_cast<void>(store.positionAtTime({ 0 }));
    static_cast<void>(store.types());
    static_cast<void>(store.verify({}, {}, [](const StoreFault& fault) {
        require(!fault.message.isEmpty(), "a fault says nothing");
    }));
}

} // namespace

QByteArray smallStore(int events)
{
    const QString path = fuzzFolder() + QStringLiteral("/seed.eventlog");
    for (const char* suffix : { "", ".head", "-wal", "-shm" })
        QFile::remove(path + QLatin1String(suffix));
    {
        const auto store = openStore(path, OpenMode::Create);
        require(store.ok(), "the seed cannot be made");
        for (int i = 0; i < events; ++i) {
            AppendRequest request;
            request.stream = QStringLiteral("user-%1").arg(i % 2);
            NewEvent event;
            event.type = i < 2 ? QStringLiteral("CREATED") : QStringLiteral("CHANGED");
            event.data = "{\"n\":" + QByteArray::number(i) + '}';
            event.time = { (i + 1) * second };
            event.id
                = QStringLiteral("01890a5d-ac96-774b-bcce-%1").arg(i, 12, 16, QLatin1Char('0'));
            request.events.append(event);
            require((*store)->append(request).ok(), "the seed cannot be made");
        }
    }
    shrinkPages(path);
    require(openStore(path, OpenMode::ReadOnly).ok(), "the seed cannot be opened");
    QFile file(path);
    require(file.open(QIODevice::ReadOnly), "the seed is gone");
    return file.readAll();
}

void readStoreFile(std::string_view bytes)
{
    static const bool isReady = (addForeignStores(), true);
    const QString path = writeFuzzFile(QStringLiteral("input.eventlog"), bytes);
    const auto store = openStore(path, OpenMode::ReadOnly);
    require(isReady && (store.ok() || !store.error().message.isEmpty()), "a failure says nothing");
    if (store) {
        waitUntilCounted(**store, {});
        read(**store);
    }
    QFile file(path);
    require(file.open(QIODevice::ReadOnly), "the file is gone");
    const QByteArray after = file.readAll();
    require(std::string_view(after.constData(), static_cast<std::size_t>(after.size())) == bytes,
        "the file was changed");
}

} // namespace eventloupe
