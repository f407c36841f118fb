#include "plot/plotseries.h"

#include "plot/plottext.h"
#include "plot/streamcolumns.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace eventloupe {

namespace {

void appendCell(QByteArray& out, QByteArray cell)
{
    // What a spreadsheet would take for a formula is a text.
    const bool isFormula = !cell.isEmpty() && QByteArrayLiteral("=+-@\t\r").contains(cell.front());
    if (isFormula)
        cell.prepend('\'');
    out += '"' + cell.replace("\"", "\"\"") + '"';
}

} // namespace

QByteArray plotNumber(double value)
{
    std::array<char, 32> text {};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return { text.data(), static_cast<qsizetype>(end - text.data()) };
}

PlotSampler::PlotSampler(std::size_t stretches)
    : m_most(std::max<std::size_t>(stretches, 2) * 2)
{
}

PlotSampler::Stretch PlotSampler::stretchOf(const PlotPoint& point)
{
    Stretch stretch { point, point, point, point, std::isnan(point.value), point };
    return stretch;
}

void PlotSampler::Stretch::join(const Stretch& next)
{
    const auto isLess = [](const PlotPoint& left, const PlotPoint& right) {
        return std::isnan(right.value) || left.value < right.value;
    };
    if (!std::isnan(next.least.value) && isLess(next.least, least))
        least = next.least;
    if (!std::isnan(next.greatest.value)
        && (std::isnan(greatest.value) || greatest.value < next.greatest.value))
        greatest = next.greatest;
    if (next.hasGap && !hasGap)
        gap = next.gap;
    hasGap = hasGap || next.hasGap;
    last = next.last;
}

void PlotSampler::add(const PlotPoint& point)
{
    ++m_count;
    if (m_inLast > 0 && m_inLast < m_width) {
        m_stretches.back().join(stretchOf(point));
        ++m_inLast;
        return;
    }
    if (m_stretches.size() == m_most) {
        for (std::size_t i = 0; i < m_most / 2; ++i) {
            m_stretches[i] = m_stretches[2 * i];
            m_stretches[i].join(m_stretches[2 * i + 1]);
        }
        m_stretches.resize(m_most / 2);
        m_width *= 2;
    }
    m_stretches.push_back(stretchOf(point));
    m_inLast = 1;
}

std::vector<PlotPoint> PlotSampler::points() const
{
    std::vector<PlotPoint> points;
    for (const Stretch& stretch : m_stretches) {
        std::vector<PlotPoint> kept { stretch.first, stretch.least, stretch.greatest,
            stretch.last };
        if (stretch.hasGap)
            kept.push_back(stretch.gap);
        std::sort(kept.begin(), kept.end(), [](const PlotPoint& left, const PlotPoint& right) {
            return left.position < right.position;
        });
        for (const PlotPoint& point : kept) {
            if (points.empty() || points.back().position != point.position)
                points.push_back(point);
        }
    }
    return points;
}

PlotSeries seriesOf(const StreamColumns& columns, const QByteArray& pointer, std::size_t stretches)
{
    PlotSeries series;
    series.name = columns.stream().name;
    series.pointer = pointer;
    series.version = columns.version();
    if (series.version > 0) {
        series.position = columns.event(series.version).position;
        series.time = columns.event(series.version).time;
    }
    const FieldColumn* column = columns.column(pointer);
    if (column == nullptr || !column->hasNumbers) {
        if (columns.isMasked(pointer))
            series.fault = PlotText::tr("%1 is masked by the workspace, and is not plotted")
                               .arg(QString::fromUtf8(pointer));
        return series;
    }
    PlotSampler sampler(stretches);
    bool wasNumber = false;
    for (const FieldColumn::Entry& entry : column->entries) {
        if (!entry.isNumber() && !wasNumber)
            continue;
        wasNumber = entry.isNumber();
        const auto& event = columns.event(entry.version);
        sampler.add({ event.position, entry.version, event.time,
            wasNumber ? entry.number() : std::numeric_limits<double>::quiet_NaN() });
    }
    series.points = sampler.points();
    series.all = sampler.count();
    return series;
}

QByteArray plotCsv(const std::vector<PlotSeries>& list)
{
    QByteArray csv = "series,field,position,version,time,value\r\n";
    for (const PlotSeries& series : list) {
        for (const PlotPoint& point : series.points) {
            appendCell(csv, series.name.toUtf8());
            csv += ',';
            appendCell(csv, series.pointer);
            csv += ',' + QByteArray::number(point.position) + ',';
            if (point.version > 0)
                csv += QByteArray::number(point.version);
            csv += ',' + point.time.toRfc3339() + ',';
            if (!std::isnan(point.value))
                csv += plotNumber(point.value);
            csv += "\r\n";
        }
    }
    return csv;
}

} // namespace eventloupe
