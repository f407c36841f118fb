#pragma once

#include "value/jsonvalue.h"

#include <QString>

namespace eventloupe {

/// How many fields two values, as the masks show them, both have and neither shows: whether those
/// differ is not to be told. Walks both. Any thread.
[[nodiscard]] qsizetype countMaskedFields(const JsonValue& old, const JsonValue& now);

/// "3 masked fields are not compared", for people; empty for 0.
[[nodiscard]] QString maskedFieldsText(qsizetype count);

/// "Nothing that is shown differs from v1 to v2; 3 masked fields are not compared.", for people;
/// with no such fields that there is no difference.
[[nodiscard]] QString noDifferenceText(
    const QString& before, const QString& after, qsizetype maskedFields);

} // namespace eventloupe
