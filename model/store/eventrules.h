#pragma once

#include "value/event.h"
#include "value/result.h"

namespace eventloupe {

constexpr qsizetype maximumNameBytes = 1000; ///< Of a stream's or a type's name.
constexpr qsizetype maximumIdBytes = 200;

/// An event that any store may take: names in UTF-8, an id, payloads that are JSON.
struct CheckedEvent {
    QByteArray type;
    QByteArray id;
    QByteArray data;
    QByteArray metadata;
    Timestamp time;
};

/// The name's UTF-8. InvalidInput when it is empty, longer than maximumNameBytes, not valid
/// Unicode, or holds a NUL. `what` names it in the message: "stream name".
[[nodiscard]] Result<QByteArray> checkName(const QString& name, const QString& what);
/// checkName() of a stream's name.
[[nodiscard]] Result<QByteArray> checkStreamName(const QString& name);

/// The same rules for texts that are UTF-8 already, or should be.
[[nodiscard]] Result<void> checkStreamName(std::string_view utf8);
[[nodiscard]] Result<void> checkTypeName(std::string_view utf8);
/// An empty id is fine here: a store gives one.
[[nodiscard]] Result<void> checkEventId(std::string_view utf8);
[[nodiscard]] Result<void> checkEventTime(Timestamp time);

/// Checks an event that is to be stored. An empty id is given a UUIDv7, an empty payload is `{}`.
/// InvalidInput names what is wrong: a name or id, a payload that is not JSON with its byte, a time
/// outside the years 0001 to 9999, which no file format could spell.
[[nodiscard]] Result<CheckedEvent> checkEvent(const NewEvent& event);

} // namespace eventloupe
