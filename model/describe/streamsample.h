#pragma once

#include "domain/evolver.h"
#include "store/eventstore.h"

#include <QSet>

#include <map>

namespace eventloupe {

/// What is learnt of a category from some of its streams.
class StreamSample {
public:
    /// Folds the stream's first events by default rules; `seen` learns their positions.
    Result<void> add(EventStore& store, const Evolver& evolver, const StreamInfo& stream,
        Position head, QSet<Position>& seen);

    [[nodiscard]] qint64 streams() const { return m_streams; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; } ///< Of data read.
    /// Fields of the states that tell them apart, best first: JSON Pointers, at most three.
    [[nodiscard]] QStringList headline() const;
    /// The member of the data that is what stands behind the first '-' of the stream's name;
    /// empty when there is none.
    [[nodiscard]] QString identity() const;

private:
    struct Field {
        qint64 count = 0;
        qint64 length = 0; ///< Characters, all together.
        bool isScalar = true;
        std::map<QByteArray, qint64> values; ///< While they are few.
    };
    void fold(const Evolver& evolver, AggregateState& state, const Event& event);
    void noteState(const JsonValue& state);
    void noteIdentity(const QString& stream, const JsonValue& data);
    [[nodiscard]] double weightOf(const QString& name, const Field& field) const;

    qint64 m_streams = 0;
    qint64 m_bytes = 0;
    qint64 m_states = 0;
    std::map<QString, Field> m_fields;
    std::map<QString, qint64> m_identities; ///< In how many streams' first events it is so.
};

} // namespace eventloupe
