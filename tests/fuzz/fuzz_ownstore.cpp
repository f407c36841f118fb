#include "fuzz/fuzztarget.h"
#include "fuzz/storefile.h"

#include "store/openstore.h"

#include <QFile>

// A store of ours.

using namespace eventloupe;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    readStoreFile(viewOfInput(data, size));
    return 0;
}

/// A small store, as its file is once it is closed.
QByteArrayList eventloupe::fuzzSeeds()
{
    const QString path = fuzzFolder() + QStringLiteral("/seed.eventlog");
    {
        const auto store = openStore(path, OpenMode::Create);
        if (!store)
            return {};
        for (int i = 0; i < 6; ++i) {
            AppendRequest request;
            request.stream = QStringLiteral("user-%1").arg(i % 2);
            NewEvent event;
            event.type = i < 2 ? QStringLiteral("CREATED") : QStringLiteral("CHANGED");
            event.data = "{\"n\":" + QByteArray::number(i) + '}';
            request.events.append(event);
            static_cast<void>((*store)->append(request));
        }
    }
    QFile file(path);
    return { file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray() };
}
