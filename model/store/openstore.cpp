#include "store/openstore.h"

#include "store/sqliteeventstore.h"
#include "store/storesecrets.h"

#include <QCoreApplication>

#include <algorithm>
#include <csignal>
#include <utility>
#include <vector>

namespace eventloupe {

namespace {

/// At a file-size limit the system would end the process; ignored, the write fails instead and is
/// reported as a full disk.
void ignoreFileSizeSignal()
{
#ifdef SIGXFSZ
    static const auto before = std::signal(SIGXFSZ, SIG_IGN);
    Q_UNUSED(before);
#endif
}

std::vector<StoreKind>& storeKinds()
{
    static std::vector<StoreKind> kinds;
    return kinds;
}

} // namespace

void addStoreKind(StoreKind kind)
{
    auto& kinds = storeKinds();
    if (std::ranges::find(kinds, kind.name, &StoreKind::name) == kinds.end())
        kinds.push_back(std::move(kind));
}

Result<std::unique_ptr<EventStore>> openStore(const QString& given, OpenMode mode)
{
    ignoreFileSizeSignal();
    const QString location = admitLocation(given);
    for (const StoreKind& kind : storeKinds()) {
        if (kind.claims(location))
            return kind.open(location, mode);
    }
    if (location.contains(QStringLiteral("://")))
        return Error { ErrorCode::Unsupported,
            QCoreApplication::translate(
                "EventStore", "%1: this is no file, and no other kind of store that is known here.")
                .arg(location) };
    return SqliteEventStore::open(location, mode);
}

} // namespace eventloupe
