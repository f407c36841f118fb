#include "app/cli/counts.h"

#include "app/cli/terminal.h"

namespace eventloupe::cli {

QString eventsText(qint64 count)
{
    return count == 1 ? tr("1 event") : tr("%1 events").arg(count);
}

QString storedText(qint64 first, qint64 last)
{
    if (first == last)
        return tr("1 event is stored, #%1: do not do it again.").arg(first);
    return tr("%1 are stored, #%2 to #%3: do not do it again.")
        .arg(eventsText(last - first + 1))
        .arg(first)
        .arg(last);
}

QString streamsText(qint64 count)
{
    return count == 1 ? tr("1 stream") : tr("%1 streams").arg(count);
}

QString faultsText(qint64 count)
{
    return count == 1 ? tr("1 fault") : tr("%1 faults").arg(count);
}

} // namespace eventloupe::cli
