#pragma once

#include "domain/evolver.h"
#include "store/eventstore.h"
#include "value/jsonpointer.h"

#include <QList>

#include <vector>

namespace eventloupe {

/// The versions of one stream, one by one, to ask by the plainest means what blame asks otherwise:
/// for states whose lists are only ever written as a whole.
class PlainBlame {
public:
    PlainBlame(EventStore& store, const Evolver& evolver, const StreamInfo& stream);

    [[nodiscard]] const JsonValue& stateAt(StreamVersion version) const
    {
        return m_states[static_cast<std::size_t>(version)];
    }
    /// The last version at which the field was another than at the version before; 0: never.
    [[nodiscard]] StreamVersion lastChanged(const JsonPointer& field, StreamVersion version) const;
    /// The last version whose event writes the field by its definition; 0: none.
    [[nodiscard]] StreamVersion lastSet(const JsonPointer& field, StreamVersion version) const;

private:
    [[nodiscard]] bool sets(const JsonPointer& field, StreamVersion version) const;

    std::shared_ptr<const Workspace> m_workspace;
    StreamInfo m_stream;
    QList<Event> m_events;
    std::vector<JsonValue> m_states; ///< By version, from 0.
    std::vector<bool> m_failed;
};

/// A random field of a state that holds no others; the root for a state without any.
[[nodiscard]] JsonPointer randomField(const JsonValue& state, quint32 seed);

} // namespace eventloupe
