#include "plot/plottedprojection.h"

#include "plot/plottext.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace eventloupe {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// The row of a key; nothing while it is not there.
std::optional<RowNumber> findRow(const ProjectionTable& table, const QString& key, RowNumber from)
{
    const std::string wanted = key.toStdString();
    std::string text;
    for (RowNumber row = from; row < table.rows(); ++row) {
        text.clear();
        table.cell(row, 0).appendPlain(text);
        if (text == wanted)
            return row;
    }
    return std::nullopt;
}

double valueOf(const ProjectionTable& table, const PlottedProjection& line, RowNumber row)
{
    if (!table.exists(row))
        return nothing;
    const Cell cell = table.cell(row, line.cell);
    return cell.kind() == Cell::Kind::Number ? cell.toDouble() : nothing;
}

/// The places that are looked at, the last one among them.
QList<Position> placesUpTo(Position last, std::size_t samples)
{
    QList<Position> places;
    const auto count = std::min<Position>(last, static_cast<Position>(samples));
    for (Position i = 1; i <= count; ++i)
        places.append(i * last / count);
    return places;
}

/// Names the events that stand at the points.
Result<void> readTimes(EventStore& store, PlotSeries& series, const QList<Position>& places)
{
    const auto events = store.readAt(places);
    if (!events)
        return events.error();
    for (qsizetype i = 0; i < std::min(places.size(), events->size()); ++i)
        series.points[static_cast<std::size_t>(i)].time = events->at(i).time;
    return {};
}

} // namespace

Result<PlotSeries> seriesOf(EventStore& store, const PlottedProjection& line, std::size_t samples,
    const CancelToken& cancel)
{
    PlotSeries series;
    series.name = line.column.isEmpty() ? line.name : line.name + u' ' + line.key;
    series.pointer = line.column.isEmpty() ? PlotText::tr("rows").toUtf8() : line.column.toUtf8();
    const QList<Position> places = placesUpTo(line.history->publishedTo(), samples);
    ProjectionTable table(line.history->cellsOfARow());
    ProjectionHistory::Cursor cursor;
    std::optional<RowNumber> row;
    RowNumber searched = 0;
    for (const Position place : places) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled, PlotText::tr("The plot was cancelled.") };
        line.history->seek(table, cursor, place);
        if (!row && !line.column.isEmpty()) {
            row = findRow(table, line.key, searched);
            searched = static_cast<RowNumber>(table.rows());
        }
        const double value = line.column.isEmpty() ? static_cast<double>(table.existing)
            : row                                  ? valueOf(table, line, *row)
                                                   : nothing;
        series.points.push_back({ place, 0, {}, value });
    }
    if (const auto read = readTimes(store, series, places); !read)
        return read.error();
    if (!series.points.empty()) {
        series.position = series.points.back().position;
        series.time = series.points.back().time;
    }
    series.all = static_cast<qint64>(series.points.size());
    series.isComplete = true;
    // A value that stays needs no further point.
    const auto isSame = [](const PlotPoint& left, const PlotPoint& right) {
        return left.value == right.value || (std::isnan(left.value) && std::isnan(right.value));
    };
    series.points.erase(
        std::unique(series.points.begin(), series.points.end(), isSame), series.points.end());
    return series;
}

} // namespace eventloupe
