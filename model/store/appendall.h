#pragma once

#include "store/eventstore.h"

#include <QHash>

#include <variant>

namespace eventloupe {

/// An event with the stream that it is for.
struct StreamEvent {
    QString stream;
    NewEvent event;
};

/// Events for several streams, to be appended in their order, together or not at all.
struct AppendAllRequest {
    QList<StreamEvent> events; ///< At least one.
    QHash<QString, ExpectedVersion> expected; ///< By stream; any() where none is given.
};

/// All is stored and durable (`version` is that of the last event's stream); or nothing is, since
/// these streams, each named once, are not where the writer believed them to be.
using AppendAllOutcome = std::variant<Appended, QList<VersionConflict>>;

/// Appends to several streams of any store, in the one transaction of a bulk load: versions are
/// checked while it holds off every other writer. As with EventStore::append(), a repeat is
/// acknowledged with wasStoredBefore: events that are all stored already, with the same streams,
/// contents and ids, in this order and together. Fails as that does.
[[nodiscard]] Result<AppendAllOutcome> appendAll(
    EventStore& store, const AppendAllRequest& request, const CancelToken& cancel = {});

} // namespace eventloupe
