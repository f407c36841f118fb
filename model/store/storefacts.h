#pragma once

#include "store/eventstore.h"
#include "store/storenotices.h"

#include <QStringList>

namespace eventloupe {

/// What holds for a store as long as it is open; see EventStore.
struct StoreFacts {
    QString library;
    QStringList advice;
    bool hasLinkedStreams = false;
};

[[nodiscard]] inline StoreFacts factsOf(const EventStore& store)
{
    return { store.library(), store.advice(), store.hasLinkedStreams() };
}

/// How a store is just now.
struct StoreStatus {
    Counting counting;
    StoreServer server;

    friend bool operator==(const StoreStatus&, const StoreStatus&) = default;
};

} // namespace eventloupe
