#pragma once

#include "value/event.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace eventloupe {

class StreamColumns;
struct FieldColumn;

/// A value of a plotted line, and the event that made it.
struct PlotPoint {
    Position position = 0;
    StreamVersion version = 0; ///< In its stream; 0 where the line is of no stream.
    Timestamp time;
    double value = 0; ///< NaN where there is no number from here on.

    friend bool operator==(const PlotPoint&, const PlotPoint&) = default;
};

/// A line in steps: each value holds until the next point. Thinned out to a number of points where
/// there are more, so that of each stretch the first, the least, the greatest and the last are
/// kept: drawn at that width it looks the same.
struct PlotSeries {
    QString name; ///< What it is of: a stream, or a projection.
    QByteArray pointer; ///< The field; of a projection its column's name, "" for the rows' count.
    std::vector<PlotPoint> points;
    qint64 all = 0; ///< Points that there were before they were thinned out.
    StreamVersion version = 0; ///< Up to which the stream was read, and where that is.
    Position position = 0;
    Timestamp time;
    QString fault; ///< Why there is no line; empty where there is one, or it is still being read.
    bool isComplete = false;
};

/// Takes points in order, however many, and gives about as many as are wanted: memory is bounded.
class PlotSampler {
public:
    /// At most four points a stretch are kept, and at least half of the stretches are in use.
    explicit PlotSampler(std::size_t stretches);

    void add(const PlotPoint& point);
    [[nodiscard]] std::vector<PlotPoint> points() const;
    [[nodiscard]] qint64 count() const { return m_count; }

private:
    struct Stretch {
        PlotPoint first;
        PlotPoint least;
        PlotPoint greatest;
        PlotPoint last;
        bool hasGap = false; ///< NaN was among them.
        PlotPoint gap; ///< The first NaN.
        void join(const Stretch& next);
    };
    static Stretch stretchOf(const PlotPoint& point);

    std::size_t m_most;
    qint64 m_width = 1; ///< Points a stretch.
    qint64 m_inLast = 0; ///< Points in the last one.
    qint64 m_count = 0;
    std::vector<Stretch> m_stretches;
};

/// The line of a stream's field; `stretches` bounds its points.
[[nodiscard]] PlotSeries seriesOf(
    const StreamColumns& columns, const QByteArray& pointer, std::size_t stretches);

/// Lines as CSV (RFC 4180): series, field, position, version, time, value; no value where there is
/// no number.
[[nodiscard]] QByteArray plotCsv(const std::vector<PlotSeries>& list);

/// A number as it is written in CSV and JSON: the shortest text that gives it back.
[[nodiscard]] QByteArray plotNumber(double value);

} // namespace eventloupe
