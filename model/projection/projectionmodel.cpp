#include "projection/projectionmodel.h"

#include "domain/projection.h"
#include "projection/projectionwork.h"
#include "value/workpool.h"

#include <QElapsedTimer>

#include <limits>

namespace eventloupe {

namespace {

constexpr int showMilliseconds = 250; ///< Between two readings while the table is built.
constexpr int sureDigits = 15;
constexpr int turnMilliseconds = 60; ///< Of a job that folds.
/// So long a frame waits for a filter that looks at many rows; the rest is looked at behind it.
constexpr std::chrono::milliseconds frameSlice { 12 };
constexpr std::chrono::milliseconds readSlice { 25 };

} // namespace

ProjectionModel::ProjectionModel(StoreClient& client, CursorFrame& frame, QObject* parent)
    : QAbstractTableModel(parent)
    , m_client(client)
    , m_frame(frame)
    , m_workspace(Workspace::empty())
{
    m_readDue.setSingleShot(true);
    m_readDue.setInterval(showMilliseconds);
    connect(&m_readDue, &QTimer::timeout, this, &ProjectionModel::readOn);
    connect(&client, &StoreClient::opened, this, &ProjectionModel::restart);
    connect(&client, &StoreClient::closed, this, &ProjectionModel::restart);
    connect(&client, &StoreClient::headChanged, this, &ProjectionModel::tryAgain);
    frame.add(*this);
}

ProjectionModel::~ProjectionModel()
{
    m_frame.remove(*this);
    letGo();
}

void ProjectionModel::setWorkspace(const std::shared_ptr<const Workspace>& workspace)
{
    m_workspace = workspace;
    const auto& all = workspace->projections();
    auto projection = m_projection ? workspace->projection(m_projection->name) : nullptr;
    const bool isSame = projection && projection->source == m_projection->source
        && projection->hidesFailures == m_projection->hidesFailures
        && projection->masked.pointers() == m_projection->masked.pointers()
        && !projection->upcaster && !m_projection->upcaster;
    if (isSame) {
        emit projectionsChanged(); // Other files changed: what was folded holds.
        return;
    }
    m_projection = projection || all.isEmpty() ? projection : all.first();
    m_filterText.clear();
    m_query = {};
    restart();
    emit projectionsChanged();
}

void ProjectionModel::choose(const QString& name)
{
    const auto projection = m_workspace->projection(name);
    if (!projection || projection == m_projection)
        return;
    m_projection = projection;
    m_filterText.clear();
    m_query = {};
    restart();
    emit projectionsChanged();
}

void ProjectionModel::setActive(bool active)
{
    if (active == m_isActive)
        return;
    m_isActive = active;
    if (!active)
        m_folding.cancel();
    else if (m_work)
        tryAgain();
    else
        restart();
    if (active)
        m_frame.refresh();
}

/// Memory of millions of rows is given back on another thread.
void ProjectionModel::letGo()
{
    m_folding.cancel();
    m_reading.cancel();
    m_readDue.stop();
    m_isBuilding = false;
    if (m_work)
        letGoAside(std::move(m_work));
    m_work.reset();
}

/// Another table: nothing that was folded or read holds.
void ProjectionModel::restart()
{
    letGo();
    beginResetModel();
    m_content = {};
    m_rows = 0;
    m_status = {};
    endResetModel();
    if (m_isActive && m_projection && m_client.isOpen()) {
        auto history
            = ProjectionHistory::create(static_cast<std::size_t>(m_projection->columns.size()) + 1);
        if (history) {
            m_work = std::make_shared<ProjectionWork>();
            m_work->definition = m_projection;
            m_work->history = *history;
            m_work->view = std::make_unique<ProjectionView>(*history);
        } else {
            m_status.error = history.error().message;
        }
    }
    emit statusChanged();
    buildOn();
    m_frame.refresh();
}

/// What failed by chance, a connection or a reading, may go well the next time.
void ProjectionModel::tryAgain()
{
    const bool isOver = !m_work || (!m_isBuilding && m_work->fold && m_work->fold->isOver());
    if (!isOver && m_isActive && !m_status.error.isEmpty()) {
        m_status.error.clear();
        emit statusChanged();
    }
    buildOn();
}

void ProjectionModel::buildOn()
{
    if (!m_work || !m_isActive || m_isBuilding || !m_status.error.isEmpty())
        return;
    m_status.head = m_client.head();
    if (m_status.builtTo >= m_status.head)
        return;
    m_isBuilding = true;
    m_folding = CancelToken();
    // The client's own token stays untouched, so that the answer comes: only then may another
    // thread fold.
    m_client.run<Position>(
        StoreClient::Lane::Scan, this,
        [work = m_work, to = m_status.head, stop = m_folding](
            EventStore& store, const CancelToken&) -> Result<Position> {
            if (!work->fold)
                work->fold = std::make_unique<ProjectionFold>(work->definition, work->history);
            QElapsedTimer clock;
            clock.start();
            while (work->fold->position() < to && !stop.isCancelled()
                && !clock.hasExpired(turnMilliseconds)) {
                const auto done = work->fold->advance(store, to, stop);
                if (!done && done.error().code != ErrorCode::Cancelled)
                    return done.error();
            }
            return work->fold->position();
        },
        [this, work = m_work](const Result<Position>& answer) { takeSlice(answer, work); });
}

void ProjectionModel::takeSlice(
    const Result<Position>& answer, const std::shared_ptr<ProjectionWork>& work)
{
    if (work != m_work)
        return;
    m_isBuilding = false;
    m_status.head = m_client.head();
    if (answer)
        m_status.builtTo = *answer;
    else
        m_status.error = answer.error().message;
    const bool isBehind = m_content.position < m_frame.position();
    const bool isBuilt = m_status.builtTo >= m_status.head || !answer;
    if (isBehind && isBuilt)
        readOn();
    else if (isBehind && !m_readDue.isActive())
        m_readDue.start();
    emit statusChanged();
    buildOn();
}

ProjectionQuery ProjectionModel::queryFor(Position position) const
{
    ProjectionQuery query = m_query;
    query.position = position;
    return query;
}

std::shared_ptr<const ProjectionHistory> ProjectionModel::history() const
{
    return m_work ? m_work->history : nullptr;
}

FramePart::Read ProjectionModel::prepare(Position position)
{
    if (!m_work || !m_isActive)
        return {};
    m_reading.cancel();
    m_readDue.stop();
    return [this, work = m_work, query = queryFor(position), first = m_windowFirst,
               count = m_windowCount](EventStore&, const std::optional<Event>&) -> Show {
        auto content = readContent(*work->view, query, first - count, 3 * count, frameSlice);
        return [this, work, query, content = std::move(content)] {
            if (work == m_work && query == queryFor(query.position))
                take(content);
            else
                readOn();
        };
    };
}

/// Reads beside the frame: other rows, another order or filter, or what was built meanwhile.
void ProjectionModel::readOn()
{
    m_reading.cancel();
    m_readDue.stop();
    if (!m_work || !m_isActive)
        return;
    const auto query = queryFor(m_frame.position());
    m_reading = m_client.run<ProjectionContent>(
        StoreClient::Lane::Interactive, this,
        [work = m_work, query, first = m_windowFirst, count = m_windowCount](
            EventStore&, const CancelToken& cancel) -> Result<ProjectionContent> {
            return readContent(*work->view, query, first - count, 3 * count, readSlice, cancel);
        },
        [this, query](const Result<ProjectionContent>& content) {
            // A frame may have gone elsewhere since.
            if (query.position == m_frame.position())
                take(*content);
            else
                readOn();
        });
}

void ProjectionModel::take(const ProjectionContent& content)
{
    m_content = content;
    m_status.position = content.position;
    m_status.existing = content.existing;
    m_status.isFiltering = !content.isComplete;
    m_status.failures = content.failures;
    m_status.firstFailure = content.firstFailure;
    m_status.filterFailures = content.filterFailures;
    m_status.filterReason = content.filterReason;
    const int rows
        = static_cast<int>(std::min<qint64>(content.count, std::numeric_limits<int>::max()));
    const int before = m_rows;
    if (rows > before) {
        beginInsertRows({}, before, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else if (rows < before) {
        beginRemoveRows({}, rows, before - 1);
        m_rows = rows;
        endRemoveRows();
    }
    if (const int kept = std::min(rows, before); kept > 0)
        emit dataChanged(index(0, 0), index(kept - 1, columnCount() - 1));
    emit statusChanged();
    if (m_status.isFiltering || !isCovered())
        readOn();
    else if (content.position < std::min(m_frame.position(), m_status.builtTo)
        && !m_readDue.isActive())
        m_readDue.start();
}

Result<void> ProjectionModel::setFilter(const QString& text)
{
    if (text.trimmed().isEmpty() || !m_projection) {
        m_query.filter.reset();
    } else {
        auto filter = ProjectionFilter::compile(*m_projection, text.trimmed());
        if (!filter)
            return filter.error();
        m_query.filter = *filter;
    }
    m_filterText = text;
    readOn();
    return {};
}

void ProjectionModel::sort(int column, Qt::SortOrder order)
{
    m_query.sortedBy = column;
    m_query.isDescending = order == Qt::DescendingOrder;
    readOn();
}

void ProjectionModel::setWindow(qint64 first, qint64 count)
{
    m_windowFirst = first;
    m_windowCount = std::max<qint64>(count, 1);
    if (!isCovered())
        readOn();
}

bool ProjectionModel::isCovered() const
{
    const qint64 end = std::min<qint64>(m_windowFirst + m_windowCount, m_rows);
    return m_windowFirst >= end
        || (m_windowFirst >= m_content.first && end <= m_content.first + m_content.lines.size());
}

const ProjectionLine* ProjectionModel::lineAt(int row) const
{
    const qint64 place = row - m_content.first;
    return place >= 0 && place < m_content.lines.size() ? &m_content.lines.at(place) : nullptr;
}

int ProjectionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int ProjectionModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_projection ? 0
                                             : static_cast<int>(m_projection->columns.size()) + 1;
}

/// A time is shown as the log shows it, and of a number no more digits than a double is sure of:
/// what was added up has none behind them.
QString ProjectionModel::shownText(int column, const QString& cell) const
{
    const auto type
        = column == 0 ? ProjectionColumnType::Any : m_projection->columns.at(column - 1).type;
    if (type == ProjectionColumnType::Time) {
        const auto time = Timestamp::fromRfc3339(cell.toStdString());
        return time ? time->toLocalText() : cell;
    }
    if (type == ProjectionColumnType::Number && cell.size() > sureDigits && cell.contains(u'.')) {
        bool isNumber = false;
        const double number = cell.toDouble(&isNumber);
        return isNumber ? QString::number(number, 'g', sureDigits) : cell;
    }
    return cell;
}

QVariant ProjectionModel::data(const QModelIndex& index, int role) const
{
    const ProjectionLine* line = index.isValid() ? lineAt(index.row()) : nullptr;
    if (line == nullptr || index.column() >= line->cells.size())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return shownText(index.column(), line->cells.at(index.column()));
    case Qt::EditRole:
        return line->cells.at(index.column());
    case RowPositionRole:
        return line->position;
    case IsNumberRole:
        return line->kinds.at(index.column()) == Cell::Kind::Number;
    case RowFailureRole:
        if (!line->hasFailed)
            return QString();
        return line->failure.position > 0 ? tr("#%1 could not be folded. %2")
                                                .arg(line->failure.position)
                                                .arg(line->failure.message)
                                          : tr("An event could not be folded");
    default:
        return {};
    }
}

QVariant ProjectionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || !m_projection || section < 0
        || section > m_projection->columns.size())
        return {};
    if (role == IsNumberRole)
        return section > 0
            && m_projection->columns.at(section - 1).type == ProjectionColumnType::Number;
    if (role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Key") : m_projection->columns.at(section - 1).title;
}

} // namespace eventloupe
