#pragma once

#include <QString>

namespace eventloupe::cli {

/// "1 event", "2 events": digits without groups, for whoever reads them by a program.
[[nodiscard]] QString eventsText(qint64 count);
/// That events are stored, #first to #last, and need not be stored again.
[[nodiscard]] QString storedText(qint64 first, qint64 last);
/// "1 stream", "2 streams"
[[nodiscard]] QString streamsText(qint64 count);
/// "1 fault", "2 faults"
[[nodiscard]] QString faultsText(qint64 count);

} // namespace eventloupe::cli
