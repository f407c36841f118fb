#pragma once

#include <QString>

namespace eventloupe {

/// A number with its thousands grouped: by the locale, and by commas where the locale is C.
[[nodiscard]] QString countText(qint64 number);

/// "1 event", "1,500 events"
[[nodiscard]] QString eventsText(qint64 count);
/// "1 stream", "1,500 streams"
[[nodiscard]] QString streamsText(qint64 count);

/// "1 row", "1,500 rows"
[[nodiscard]] QString rowsText(qint64 count);

/// A position as the window writes it: "#8,120".
[[nodiscard]] QString positionText(qint64 position);

} // namespace eventloupe
