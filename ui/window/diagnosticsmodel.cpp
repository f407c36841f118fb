#include "ui/window/diagnosticsmodel.h"

#include "ui/base/figures.h"
#include "ui/base/plaintext.h"

#include <QDir>

namespace eventloupe {

namespace {

QString bytesText(qint64 bytes)
{
    constexpr double kibi = 1024;
    const auto amount = static_cast<double>(bytes);
    if (bytes < 1024)
        return DiagnosticsModel::tr("%1 bytes").arg(bytes);
    if (amount < kibi * kibi)
        return DiagnosticsModel::tr("%1 KiB").arg(amount / kibi, 0, 'f', 1);
    if (amount < kibi * kibi * kibi)
        return DiagnosticsModel::tr("%1 MiB").arg(amount / kibi / kibi, 0, 'f', 1);
    return DiagnosticsModel::tr("%1 GiB").arg(amount / kibi / kibi / kibi, 0, 'f', 2);
}

QString memoryText(qint64 bytes)
{
    return bytes < 0 ? DiagnosticsModel::tr("not known on this system") : bytesText(bytes);
}

QString checkpointsText(const Diagnostics::Checkpoints& kept)
{
    return DiagnosticsModel::tr("%1, about %2 of at most %3")
        .arg(countText(kept.count), bytesText(kept.bytes), bytesText(kept.maximumBytes));
}

/// Four figures of the projection that is shown; what it holds is a bound of their sum.
struct ProjectionTexts {
    explicit ProjectionTexts(const Diagnostics::Projection& now)
    {
        if (!now.isThere)
            return;
        rows = DiagnosticsModel::tr("%1, about %2; with the checkpoints at most %3")
                   .arg(countText(now.rows), bytesText(now.rowBytes), bytesText(now.maximumBytes));
        checkpoints = checkpointsText(now.checkpoints);
        history = DiagnosticsModel::tr("%1 of at most %2")
                      .arg(bytesText(now.scratchBytes), bytesText(now.maximumScratchBytes));
        built = now.builtTo < now.head ? DiagnosticsModel::tr("%1 of %2, building")
                                             .arg(countText(now.builtTo), countText(now.head))
                                       : DiagnosticsModel::tr("all");
    }
    QString rows = DiagnosticsModel::tr("none is shown");
    QString checkpoints = rows;
    QString history = rows;
    QString built = rows;
};

QString libraryText(const Diagnostics& now)
{
    if (now.location.isEmpty())
        return DiagnosticsModel::tr("none is open");
    return now.library.isEmpty()
        ? DiagnosticsModel::tr("Eventloupe's own")
        : DiagnosticsModel::tr("%1, opened as it is").arg(visibleText(now.library));
}

QString eventCountText(const Diagnostics& now)
{
    if (!now.isCounting)
        return countText(now.events);
    return DiagnosticsModel::tr("%1 of about %2, being counted")
        .arg(countText(now.events), countText(now.aboutEvents));
}

QString timeText(double milliseconds)
{
    return DiagnosticsModel::tr("%1 ms").arg(milliseconds, 0, 'f', 1);
}

} // namespace

DiagnosticsModel::DiagnosticsModel(QObject* parent)
    : QAbstractTableModel(parent)
    , m_rows(rowsOf({}))
{
}

void DiagnosticsModel::show(const Diagnostics& diagnostics)
{
    m_rows = rowsOf(diagnostics);
    emit dataChanged(index(0, Name), index(rowCount() - 1, Figure));
}

QList<DiagnosticsModel::Row> DiagnosticsModel::rowsOf(const Diagnostics& now)
{
    const bool isOpen = !now.location.isEmpty();
    const auto frame = [&](double milliseconds) {
        return now.frames == 0 ? tr("none yet") : timeText(milliseconds);
    };
    const ProjectionTexts projection(now.projection);
    return {
        { tr("Store"),
            isOpen ? visibleText(QDir::toNativeSeparators(now.location)) : tr("none is open") },
        { tr("Whose store it is"), libraryText(now) },
        { tr("Server"), now.server.isEmpty() ? tr("none") : visibleText(now.server) },
        { tr("Transport"), now.transport.isEmpty() ? tr("none") : visibleText(now.transport) },
        { tr("Missing indexes"),
            now.advice.isEmpty() ? tr("none") : visibleText(now.advice.join(u' ')) },
        { tr("Size of the file"), bytesText(now.storeBytes) },
        { tr("Not yet merged into it (WAL)"), bytesText(now.walBytes) },
        { tr("Events"), eventCountText(now) },
        { tr("Position shown"), positionText(now.position) },
        { tr("Streams there"), countText(now.streams) },
        { tr("Pages of the log in memory"),
            tr("%1, about %2").arg(countText(now.logPages), bytesText(now.logPageBytes)) },
        { tr("Checkpoints for states"), checkpointsText(now.states) },
        { tr("Checkpoints for headlines"), checkpointsText(now.headlines) },
        { tr("Matches of the filter"),
            tr("%1, about %2").arg(countText(now.matches), bytesText(now.matchBytes)) },
        { tr("Rows of the projection"), projection.rows },
        { tr("Checkpoints of the projection"), projection.checkpoints },
        { tr("History of the projection, in a temporary file"), projection.history },
        { tr("Events folded into the projection"), projection.built },
        { tr("Last frame, asked to painted"), frame(now.lastFrame) },
        { tr("Median of the last %1").arg(now.frames), frame(now.medianFrame) },
        { tr("99 % of them within"), frame(now.slowFrame) },
        { tr("Jobs of the interactive lane"), countText(now.interactiveJobs) },
        { tr("Jobs of the background lane"), countText(now.backgroundJobs) },
        { tr("Jobs of the scan lane"), countText(now.scanJobs) },
        { tr("Memory of the process"), memoryText(now.memory) },
        { tr("At most so far"), memoryText(now.peakMemory) },
    };
}

QString DiagnosticsModel::toText() const
{
    QString text;
    for (const Row& row : m_rows)
        text += tr("%1: %2").arg(row.name, row.figure) + u'\n';
    return text;
}

int DiagnosticsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DiagnosticsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DiagnosticsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !checkIndex(index) || role != Qt::DisplayRole)
        return {};
    const Row& row = m_rows.at(index.row());
    return index.column() == Name ? row.name : row.figure;
}

QVariant DiagnosticsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("What") : tr("Now");
}

} // namespace eventloupe
