#pragma once

#include "value/event.h"

#include <QFlags>
#include <QStringList>

#include <limits>
#include <optional>

namespace eventloupe {

/// What a scan hands to its visitor; columns not asked for are empty views and cost nothing.
enum class ScanColumn {
    Stream = 1,
    Type = 2,
    Time = 4,
    Id = 8,
    Data = 16,
    Metadata = 32,
    Origin = 64, ///< What another library calls the event; empty in a store of our own.
};
Q_DECLARE_FLAGS(ScanColumns, ScanColumn)
Q_DECLARE_OPERATORS_FOR_FLAGS(ScanColumns)
inline constexpr ScanColumns allScanColumns { ScanColumn::Stream, ScanColumn::Type,
    ScanColumn::Time, ScanColumn::Id, ScanColumn::Data, ScanColumn::Metadata, ScanColumn::Origin };

/// Numbers first..last, both inclusive; the default holds every one.
struct NumberRange {
    qint64 first = std::numeric_limits<qint64>::min();
    qint64 last = std::numeric_limits<qint64>::max();

    [[nodiscard]] bool holds(qint64 number) const { return first <= number && number <= last; }
    [[nodiscard]] bool isAll() const { return *this == NumberRange(); }
    void intersect(const NumberRange& other)
    {
        first = std::max(first, other.first);
        last = std::min(last, other.last);
    }
    friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

/// Which events a scan visits, in terms that a store has columns or indexes for: all of them hold
/// together. The default selects every event.
struct LogSelection {
    NumberRange positions;
    NumberRange versions;
    NumberRange times; ///< UTC microseconds. Times may run backwards: no range of positions.
    /// The event's is one of these; nothing: any. An empty list selects no event.
    std::optional<QStringList> types;
    std::optional<QStringList> streams;
    std::optional<QStringList> categories;
    std::optional<QStringList> ids;

    [[nodiscard]] bool isAll() const
    {
        return positions.isAll() && versions.isAll() && times.isAll() && !types && !streams
            && !categories && !ids;
    }
};

} // namespace eventloupe
