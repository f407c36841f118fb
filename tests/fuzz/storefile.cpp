#include "fuzz/storefile.h"

#include "foreign/foreignstores.h"
#include "fuzz/fuzztarget.h"
#include "store/openstore.h"

#include <QFile>

namespace eventloupe {

namespace {

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
