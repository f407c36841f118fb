#pragma once

#include "foreign/rowpage.h"
#include "postgres/postgresresult.h"

#include <span>

namespace eventloupe {

/// Copies a row of PostgreSQL's into a page without loss: whole numbers as such, also of `numeric`
/// where they fit into 64 bits; true and false as 1 and 0; bytea as bytes; all else as the text
/// that PostgreSQL spells, so that a `numeric` keeps its digits and a time its microseconds.
void copyRow(const PostgresResult& rows, int row, RowPage& page);

/// The values as a statement's parameters.
[[nodiscard]] PostgresParameters toParameters(std::span<const ForeignValue> values);

} // namespace eventloupe
