#pragma once

#include "store/eventstore.h"

#include <QHash>
#include <QList>
#include <QStringList>

#include <vector>

namespace eventloupe {

/// What was read of a log at single positions, for its density. A position never changes, so what
/// was read stays good. Not thread-safe.
class DensitySamples final {
public:
    struct Sample {
        Timestamp time;
        int category = 0; ///< Its number in categories().
    };
    /// What a job on a store's worker brings.
    struct Batch {
        std::vector<std::pair<Position, Sample>> samples;
        QStringList categories; ///< Of this batch alone: what its samples' numbers mean.
        qsizetype done = 0; ///< How many positions were asked for.
    };

    /// Reads at `wanted` from `start` on, until all are read or the time for one job is over, but
    /// at least one.
    static Result<Batch> read(EventStore& store, const CancelToken& cancel,
        const QList<Position>& wanted, qsizetype start);

    void add(const Batch& batch);
    void clear();
    /// Drops what `keeps` is false for.
    template <class Predicate> void keepOnly(const Predicate& keeps)
    {
        m_samples.removeIf([&keeps](const auto& entry) { return !keeps(entry.key()); });
    }

    [[nodiscard]] bool contains(Position position) const { return m_samples.contains(position); }
    /// Null where the position was not read.
    [[nodiscard]] const Sample* find(Position position) const;
    [[nodiscard]] Timestamp timeAt(Position position) const
    {
        return m_samples.value(position).time;
    }
    [[nodiscard]] qsizetype size() const { return m_samples.size(); }
    [[nodiscard]] const QStringList& categories() const { return m_categories; }

private:
    QHash<Position, Sample> m_samples;
    QStringList m_categories; ///< In order of their first sample.
    QHash<QString, int> m_numbers; ///< Where a name stands there.
};

} // namespace eventloupe
