#pragma once

#include <QString>

namespace eventloupe::cli {

/// "1 event", "2 events": digits without groups, for whoever reads them by a program.
[[nodiscard]] QString eventsText(qint64 count);
/// "1 stream", "2 streams"
[[nodiscard]] QString streamsText(qint64 count);
/// "1 fault", "2 faults"
[[nodiscard]] QString faultsText(qint64 count);

} // namespace eventloupe::cli
