#pragma once

#include "exchange/mapping.h"

#include <optional>

namespace eventloupe {

/// A member's name without case, '_', '-' and spaces: "Event_Type" is "eventtype".
[[nodiscard]] QString plainName(const QString& member);

/// Whether the name is the exchange format's "position", which no import takes from a file.
[[nodiscard]] bool isPositionName(const QString& member);

/// Whether the name is, to the letter, one that the exchange format writes.
[[nodiscard]] bool isExchangeMember(const QString& member);

/// The member that most likely is the field, or nothing. A name that is spelled as the exchange
/// format does wins over every other spelling; of those, the more telling wins. A date and a time
/// in two members become a template of both, unless the members are those of the exchange format.
[[nodiscard]] std::optional<FieldSource> proposedSource(
    EventField field, const QStringList& members);

} // namespace eventloupe
