#include "store/unprovenend.h"

#include "store/headfile.h"
#include "store/repairstore.h"

#include <QCoreApplication>

namespace eventloupe {

QString unprovenEnd(EventStore& store)
{
    const auto head = store.head();
    if (!canRepair(store) || !head || *head == 0)
        return {};
    const HeadFile file(store.location());
    // Something else by this name is a fault of its own.
    if (file.isTaken() || file.read())
        return {};
    return QCoreApplication::translate("SqliteStore",
        "Whether events are gone from the end cannot be told: %1, which remembers the last one, is "
        "not there. The next append makes it anew.")
        .arg(file.path());
}

} // namespace eventloupe
