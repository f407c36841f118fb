#include "fuzz/fuzztarget.h"
#include "fuzz/storefile.h"

#include "store/openstore.h"

#include <QFile>

#include <sqlite3.h>

// A store of ours.

using namespace eventloupe;

namespace {

/// Pages of 512 bytes make it a tenth as large: a search hits what matters, and is not cut.
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

} // namespace

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
            require((*store)->append(request).ok(), "the seed cannot be made");
        }
    }
    shrinkPages(path);
    require(openStore(path, OpenMode::ReadOnly).ok(), "the seed cannot be opened");
    QFile file(path);
    return { file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray() };
}
