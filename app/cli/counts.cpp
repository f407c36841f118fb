#include "app/cli/counts.h"

#include "app/cli/terminal.h"

namespace eventloupe::cli {

QString eventsText(qint64 count)
{
    return count == 1 ? tr("1 event") : tr("%1 events").arg(count);
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
