#pragma once

#include "foreign/foreigndatabase.h"

#include <string>

namespace eventloupe {

/// An identifier of another library's database in quotes, by our own rule: whatever is in it, it
/// stays one identifier. Names with a NUL are cut before it, since no database has any.
[[nodiscard]] std::string quoted(ForeignEngine engine, const QString& identifier);
/// A text as a literal, for the few places that take no parameter.
[[nodiscard]] std::string literal(ForeignEngine engine, const QString& text);
/// The parameter of that number, from 1.
[[nodiscard]] std::string placeholder(ForeignEngine engine, int number);
/// A table with its schema, where it has one.
[[nodiscard]] std::string tableName(ForeignEngine engine, const ForeignTable& table);

} // namespace eventloupe
