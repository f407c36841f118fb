#pragma once

#include "causation/causationtree.h"
#include "store/eventstore.h"
#include "value/progress.h"

#include <QSet>

#include <functional>

namespace eventloupe {

/// Which events belong together, and what is known of that so far.
struct CausationKey {
    /// All events with it; empty: those that are linked by causes alone.
    QByteArray correlation;
    /// Ids of what is in the chain, where there is no correlation; grows while the log is scanned.
    QSet<QByteArray> chain;
    QList<CausedEvent> found; ///< While the key was made: the event, and its causes.
    Position near = 1; ///< Where to look first.
    bool isInData = false; ///< The ids stand in the events' data.
    QString condition; ///< A filter for the events of the correlation; may be empty.
};

/// No tree holds more events than this; those nearest to the event that was asked about.
inline constexpr qsizetype mostCausedEvents = 100'000;

/// What an event belongs to. NotFound where there is no such position. Looks up the causes by their
/// ids, up to where one is not in the log. On a store's thread, as all below.
[[nodiscard]] Result<CausationKey> causationKeyAt(
    EventStore& store, Position position, const CancelToken& cancel);
/// Of a correlation, which may have no event.
[[nodiscard]] CausationKey causationKeyOf(const QByteArray& correlation);

/// Hands over events of the key among from..to, in bundles; one may come twice. False ends it.
using CausationVisitor = std::function<bool(const QList<CausedEvent>&)>;

/// Reads from..to. With a correlation: on all cores, from key.near outwards, parsing only what
/// holds the id's bytes; without one, on this thread, in order. `progress` counts events. True
/// where it was done, false where mostCausedEvents or the visitor ended it.
[[nodiscard]] Result<bool> scanCausation(EventStore& store, CausationKey& key, Position from,
    Position to, const CancelToken& cancel, const Progress& progress,
    const CausationVisitor& visitor);

/// Looks up, by their ids, causes that are named and not among the events (those of another
/// correlation, say), and their causes. Appends what is found.
[[nodiscard]] Result<void> findCauses(
    EventStore& store, std::vector<CausedEvent>& events, const CancelToken& cancel);

/// An event and what it says of its cause.
[[nodiscard]] CausedEvent causedEvent(const Event& event, bool isInData = false);

} // namespace eventloupe
