#pragma once

#include "foreign/foreigndatabase.h"
#include "foreign/storeprofile.h"
#include "value/jsonvalue.h"

#include <optional>

namespace eventloupe {

/// What some rows have in a column, or at a place in the JSON that is in a column.
struct SampledField {
    ProfileField field;
    QString name; ///< The column's, or that of the last member of the place.
    std::vector<JsonValue> values; ///< One a row; null where there is none.

    [[nodiscard]] bool isWhole() const; ///< A whole number in every row.
    [[nodiscard]] bool isUnique() const; ///< Each row has a value of its own.
    [[nodiscard]] bool isThere() const; ///< Nine rows of ten have a value.
    [[nodiscard]] std::size_t distinct() const;

    /// The unit in which all values are a time, whatever year that is.
    [[nodiscard]] std::optional<TimeUnit> timeUnit() const;
    /// The same, where they can be nothing else: dates with a time of day, or numbers that are a
    /// moment from 2000 to 2050.
    [[nodiscard]] std::optional<TimeUnit> evidentTimeUnit() const;
    /// How much the values look like types of events, 0 to 100: few different words as
    /// "OrderPlaced", "ORDER_PLACED", "order.placed".
    [[nodiscard]] int likenessToTypes() const;
    /// How much they look like streams, 0 to 100: "cart-7", "cart-" and a UUID, or a UUID, in
    /// several rows each.
    [[nodiscard]] int likenessToStreams() const;
    /// Each row a UUID of its own.
    [[nodiscard]] bool isIds() const;
    /// The values count up in each stream, and not over all rows.
    [[nodiscard]] bool countsIn(const SampledField& stream) const;
};

/// What some rows of a table hold.
struct MappingSample {
    std::vector<SampledField> columns;
    std::vector<SampledField> members; ///< Scalars in the columns' documents.
    QStringList documents; ///< Columns in which most rows hold an object or a list.

    [[nodiscard]] const SampledField* column(const QString& name) const;
};

/// Reads a hundred rows of a table.
[[nodiscard]] Result<MappingSample> sampleOf(ForeignDatabase& database, const ForeignTable& table);

} // namespace eventloupe
