#pragma once

#include "domain/blametree.h"
#include "value/event.h"
#include "value/jsonvalue.h"

#include <QMetaType>

#include <memory>
#include <optional>

namespace eventloupe {

/// A stream's state at the cursor, and before the stream's last event at or before the cursor.
/// Immutable once it is shared.
struct StateView {
    QString stream; ///< Empty when there is nothing to show.
    StreamVersion version = 0; ///< At the cursor; 0: the stream does not exist yet.
    Position position = 0; ///< The cursor's position that this belongs to.
    Position lastPosition = 0; ///< Of the stream's last event at or before the cursor.
    bool exists = false; ///< False before the first event and after the aggregate's end.
    JsonValue now = JsonValue::emptyObject(); ///< An empty object when it does not exist.
    JsonValue before = JsonValue::emptyObject(); ///< The same before the last event.
    /// Which events set the fields of `now`; nothing where that is not known.
    std::optional<BlameTree> blame;
    /// What `now` lacks of `before` was removed by the last event; else by who knows which.
    bool isStep = true;
    QString lastType; ///< Of the stream's last event at or before the cursor.
    /// Its type is not among those that the aggregate evolves by, so it left the state as it was.
    bool isLeftOut = false;
    QString failure; ///< Why the first event that could not be folded could not; else empty.
    Position failedPosition = 0;
    /// The stream is long, and is folded up to this version so far: `now` and `before` are to come.
    std::optional<StreamVersion> foldedTo;
    QString unreadable; ///< Why the state could not be read; else empty.
};

} // namespace eventloupe

Q_DECLARE_METATYPE(std::shared_ptr<const eventloupe::StateView>)
