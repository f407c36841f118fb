#include "store/losttail.h"

#include <QCoreApplication>

#include <algorithm>

namespace eventloupe {

namespace {

QString lostText(Position from, Position to)
{
    return from == to
        ? QCoreApplication::translate("SqliteStore",
              "The end of the log was lost: event %1 was stored and is missing. Restore the store, "
              "with its -wal file, from a copy.")
              .arg(from)
        : QCoreApplication::translate("SqliteStore",
              "The end of the log was lost: events %1 to %2 were stored and are missing. Restore "
              "the store, with its -wal file, from a copy.")
              .arg(from)
              .arg(to);
}

} // namespace

Result<std::optional<StoreFault>> findLostTail(
    const std::optional<LogHead>& known, SqliteEventReader& events)
{
    if (!known || known->position == 0)
        return std::optional<StoreFault>();
    const auto head = events.head();
    if (!head)
        return head.error();
    if (head->position < known->position) {
        // A damaged file may say that its last event stands before the first one.
        const Position lost = std::max<Position>(head->position, 0) + 1;
        return std::optional<StoreFault>({ lost, lostText(lost, known->position) });
    }
    const auto hash = events.hashAt(known->position);
    if (!hash && hash.error().code == ErrorCode::NotFound)
        return std::optional<StoreFault>({ known->position,
            QCoreApplication::translate("SqliteStore",
                "The store's last event, %1, is missing. Restore the store, with its -wal file, "
                "from a copy.")
                .arg(known->position) });
    if (!hash)
        return hash.error();
    if (*hash != known->hash)
        return std::optional<StoreFault>({ known->position,
            QCoreApplication::translate("SqliteStore",
                "Event %1 is not the one that was stored there: the store was replaced or "
                "changed.")
                .arg(known->position) });
    return std::optional<StoreFault>();
}

} // namespace eventloupe
