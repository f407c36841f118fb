#pragma once

#include "exchange/rawjson.h"

#include <QString>
#include <QStringList>

namespace eventloupe {

/// An array whose first element is an object.
[[nodiscard]] bool isArrayOfObjects(std::string_view value);

/// An object of objects by their keys, as {"e1": {...}, "e2": {...}}: none of its members is named
/// as a part of an event is.
[[nodiscard]] bool isKeyedObject(std::string_view value);

/// JSON Pointers to what in the document can be records, arrays of objects and objects by their
/// keys at its first level and below objects there; the largest first.
[[nodiscard]] QStringList recordPlaces(std::string_view document);

/// Why there are no records at a pointer (its tokens unescaped): no such place, with the nearest
/// and those that could do, or not a value that holds records.
[[nodiscard]] QString noRecordsAt(
    std::string_view document, const QString& pointer, const QList<QByteArray>& tokens);

/// "a, b and 3 more": at most ten.
[[nodiscard]] QString someOf(const QStringList& names);

} // namespace eventloupe
