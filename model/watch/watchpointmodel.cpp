#include "watch/watchpointmodel.h"

#include "watch/watchtext.h"

#include <algorithm>

namespace eventloupe {

namespace {

QString absent()
{
    return QStringLiteral("–");
}

QString valueText(const QByteArray& json)
{
    constexpr qsizetype longest = 400; // A cell shows no more.
    return json.isEmpty() ? absent() : QString::fromUtf8(json.left(longest));
}

} // namespace

WatchPointModel::WatchPointModel(Content content, QObject* parent)
    : QAbstractTableModel(parent)
    , m_content(content)
{
}

void WatchPointModel::setRunner(WatchRunner* runner)
{
    if (m_runner)
        disconnect(m_runner, nullptr, this, nullptr);
    beginResetModel();
    m_runner = runner;
    m_rows = 0;
    m_failures.clear();
    m_failureCount = 0;
    endResetModel();
    if (runner == nullptr)
        return;
    connect(runner, &WatchRunner::restarted, this, [this] { setRunner(m_runner); });
    if (m_content == Content::Points)
        connect(runner, &WatchRunner::pointsAdded, this, &WatchPointModel::grow);
    else
        connect(runner, &WatchRunner::changed, this, &WatchPointModel::takeFailures);
    grow();
    takeFailures();
}

void WatchPointModel::grow()
{
    const int rows = m_content == Content::Points ? static_cast<int>(m_runner->points().size()) : 0;
    if (rows <= m_rows)
        return;
    beginInsertRows({}, m_rows, rows - 1);
    m_rows = rows;
    endInsertRows();
}

void WatchPointModel::takeFailures()
{
    if (m_content != Content::Failures || !m_runner)
        return;
    const WatchFailures& failures = m_runner->failures();
    if (failures.failed + failures.missing == m_failureCount)
        return;
    beginResetModel();
    m_failureCount = failures.failed + failures.missing;
    m_failures = failures.listed;
    if (failures.firstMissing)
        m_failures.push_back(*failures.firstMissing);
    m_rows = static_cast<int>(m_failures.size());
    endResetModel();
}

int WatchPointModel::rowAt(Position position) const
{
    if (!m_runner || m_content == Content::Failures)
        return -1;
    const auto& points = m_runner->points();
    const auto after = std::upper_bound(points.begin(), points.end(), position,
        [](Position wanted, const WatchPoint& point) { return wanted < point.position; });
    return static_cast<int>(after - points.begin()) - 1;
}

int WatchPointModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int WatchPointModel::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    const int all = static_cast<int>(WatchPointColumn::COUNT);
    return m_content == Content::Points ? all : all - 1;
}

QVariant WatchPointModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_runner || index.row() >= m_rows)
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const auto column = static_cast<WatchPointColumn>(index.column());
    const bool isPoint = m_content == Content::Points;
    switch (role) {
    case Qt::DisplayRole:
        return isPoint ? pointText(row, column) : failureText(row, column);
    case Qt::TextAlignmentRole:
        if (column == WatchPointColumn::At || column == WatchPointColumn::Version)
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case PointPositionRole:
        return isPoint ? m_runner->points()[row].position : m_failures[row].position;
    case PointStreamRole:
        return QString::fromUtf8(isPoint ? m_runner->points()[row].stream : m_failures[row].stream);
    default:
        return {};
    }
}

QVariant WatchPointModel::pointText(std::size_t row, WatchPointColumn column) const
{
    const WatchPoint& point = m_runner->points()[row];
    switch (column) {
    case WatchPointColumn::At:
        return point.position;
    case WatchPointColumn::Stream:
        return QString::fromUtf8(point.stream);
    case WatchPointColumn::Version:
        return point.version;
    case WatchPointColumn::Type:
        return QString::fromUtf8(point.type);
    case WatchPointColumn::Before:
        return valueText(point.before);
    default:
        return valueText(point.after);
    }
}

QVariant WatchPointModel::failureText(std::size_t row, WatchPointColumn column) const
{
    const WatchFailure& failure = m_failures[row];
    switch (column) {
    case WatchPointColumn::At:
        return failure.position;
    case WatchPointColumn::Stream:
        return QString::fromUtf8(failure.stream);
    case WatchPointColumn::Version:
        return failure.version;
    case WatchPointColumn::Type:
        return QString::fromUtf8(failure.type);
    default:
        return failure.reason.section(u'\n', 0, 0);
    }
}

QVariant WatchPointModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<WatchPointColumn>(section)) {
    case WatchPointColumn::At:
        return WatchText::tr("Position");
    case WatchPointColumn::Stream:
        return WatchText::tr("Stream");
    case WatchPointColumn::Version:
        return WatchText::tr("Version");
    case WatchPointColumn::Type:
        return WatchText::tr("Type");
    case WatchPointColumn::Before:
        return m_content == Content::Points ? WatchText::tr("Before") : WatchText::tr("Reason");
    case WatchPointColumn::After:
        return WatchText::tr("After");
    case WatchPointColumn::COUNT:
        break;
    }
    return {};
}

} // namespace eventloupe
