#pragma once

#include <QString>

namespace eventloupe {

/// A number with its thousands grouped: by the locale, and by commas where the locale is C.
[[nodiscard]] QString countText(qint64 number);

/// A position as the window writes it: "#8,120".
[[nodiscard]] QString positionText(qint64 position);

} // namespace eventloupe
