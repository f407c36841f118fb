#include "log/eventlogmodel.h"

#include "log/logpages.h"

#include <algorithm>
#include <limits>

namespace eventloupe {

namespace {

int toRowCount(qint64 rows)
{
    return static_cast<int>(std::clamp<qint64>(rows, 0, std::numeric_limits<int>::max()));
}

/// Where the rows of matches begin to count for the pages: at the first of a page, with as many
/// numbers before as after.
constexpr int middleRow = 1 << 30;

} // namespace

EventLogModel::EventLogModel(StoreClient& client, QObject* parent)
    : QAbstractTableModel(parent)
    , m_client(client)
    , m_pages(std::make_unique<LogPages>(client))
{
    connect(&m_client, &StoreClient::opened, this, [this] { restart(); });
    connect(&m_client, &StoreClient::closed, this, [this] { restart(); });
    connect(&m_client, &StoreClient::masksChanged, this, [this] {
        resetPages();
        if (m_rows > 0)
            emit dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
    });
    connect(&m_client, &StoreClient::headChanged, this, [this](Position head) {
        if (!m_matches)
            growTo(head);
    });
    // Who shows rows that could not be read meanwhile asks for them again.
    connect(&m_client, &StoreClient::troubled, this, [this](const QString& trouble) {
        if (trouble.isEmpty() && m_rows > 0)
            emit dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
    });
    connect(m_pages.get(), &LogPages::failed, this, &EventLogModel::failed);
    connect(m_pages.get(), &LogPages::loaded, this, [this](int first, int last) {
        first -= m_firstPageRow;
        last = std::min(last - m_firstPageRow, m_rows - 1);
        if (first <= last)
            emit dataChanged(index(first, 0), index(last, columnCount() - 1));
    });
    restart();
}

EventLogModel::~EventLogModel() = default;

int EventLogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int EventLogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(LogColumn::COUNT);
}

QVariant EventLogModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !checkIndex(index, CheckIndexOption::ParentIsInvalid))
        return {};
    const int row = index.row();
    switch (role) {
    case Qt::DisplayRole:
        return display(row, static_cast<LogColumn>(index.column()));
    case PositionRole:
        return positionOf(row);
    case FailureRole:
        return m_failures.value(positionOf(row));
    case IsLoadedRole:
        return m_pages->find(pageRow(row)) != nullptr;
    case LossRole: {
        const LogRow* loaded = m_pages->find(pageRow(row));
        return static_cast<int>(loaded ? loaded->loss : EventLoss::None);
    }
    case EventRole:
    case TimeRole:
    case StreamRole:
    case CategoryRole:
        break;
    default:
        return {};
    }
    const Event* event = eventAt(row);
    if (!event)
        return {};
    switch (role) {
    case EventRole:
        return QVariant::fromValue(*event);
    case TimeRole:
        return event->time.microseconds;
    case StreamRole:
        return event->stream;
    default:
        return categoryOf(event->stream);
    }
}

QVariant EventLogModel::display(int row, LogColumn column) const
{
    const LogRow* loaded = m_pages->find(pageRow(row));
    if (!loaded) {
        m_pages->demand(pageRow(row));
        return QString();
    }
    if (loaded->loss != EventLoss::None && column != LogColumn::Position)
        return QString();
    switch (column) {
    case LogColumn::Position:
        return QString::number(loaded->event.position);
    case LogColumn::Time:
        return loaded->time;
    case LogColumn::Stream:
        return loaded->event.stream;
    case LogColumn::Version:
        return QString::number(loaded->event.version);
    case LogColumn::Type:
        return loaded->event.type;
    case LogColumn::Summary:
        return loaded->summary;
    case LogColumn::COUNT:
        break;
    }
    return {};
}

QVariant EventLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<LogColumn>(section)) {
    case LogColumn::Position:
        return tr("Position");
    case LogColumn::Time:
        return tr("Time");
    case LogColumn::Stream:
        return tr("Stream");
    case LogColumn::Version:
        return tr("Version");
    case LogColumn::Type:
        return tr("Type");
    case LogColumn::Summary:
        return tr("Summary");
    case LogColumn::COUNT:
        break;
    }
    return {};
}

int EventLogModel::rowOf(Position position) const
{
    const qint64 row = m_matches ? m_matches->lastAtOrBefore(position) : position - 1;
    return static_cast<int>(std::clamp<qint64>(row, -1, m_rows - 1));
}

Position EventLogModel::positionOf(int row) const
{
    if (row < 0 || row >= m_rows)
        return 0;
    return m_matches ? m_matches->at(row) : Position { row } + 1;
}

const Event* EventLogModel::eventAt(int row) const
{
    if (row < 0 || row >= m_rows)
        return nullptr;
    if (const LogRow* loaded = m_pages->find(pageRow(row)))
        return loaded->loss == EventLoss::None ? &loaded->event : nullptr;
    m_pages->demand(pageRow(row));
    return nullptr;
}

bool EventLogModel::hasWhole(int row) const
{
    const LogRow* loaded = row < 0 || row >= m_rows ? nullptr : m_pages->find(pageRow(row));
    return loaded && !loaded->isCut && loaded->loss == EventLoss::None;
}

void EventLogModel::readWhole(
    Position position, QObject* context, const std::function<void(const Event&)>& then)
{
    m_client.run<QList<Event>>(
        StoreClient::Lane::Background, context,
        [position](EventStore& store, const CancelToken&) { return store.readAt({ position }); },
        [this, then](const Result<QList<Event>>& events) {
            if (!events)
                emit failed(events.error());
            else if (!events->isEmpty())
                then(events->constFirst());
        });
}

void EventLogModel::prefetch(int firstRow, int count)
{
    m_pages->prefetch(pageRow(firstRow), count);
}

std::function<std::function<void()>(EventStore&)> EventLogModel::reader(int firstRow, int count)
{
    return m_pages->reader(pageRow(firstRow), count);
}

qint64 EventLogModel::pageCount() const
{
    return m_pages->pageCount();
}

qint64 EventLogModel::pageBytes() const
{
    return m_pages->bytes();
}

void EventLogModel::setMatches(std::shared_ptr<const MatchList> matches)
{
    if (!matches) {
        clearMatches();
        return;
    }
    const auto growth = m_matches ? matches->growthSince(*m_matches) : std::nullopt;
    // Rows that are past what a view can number are left out, and then a row has no fixed place.
    if (growth && (growth->before == 0 || growth->after == 0) && matches->count() < middleRow) {
        if (growth->before > 0) {
            precede(std::move(matches), static_cast<int>(growth->before));
        } else {
            m_matches = std::move(matches);
            growTo(m_matches->count());
        }
        return;
    }
    beginResetModel();
    m_matches = std::move(matches);
    m_rows = toRowCount(m_matches->count());
    resetPages();
    endResetModel();
}

void EventLogModel::clearMatches()
{
    if (!m_matches)
        return;
    beginResetModel();
    m_matches.reset();
    m_rows = toRowCount(m_client.isOpen() ? m_client.head() : 0);
    resetPages();
    endResetModel();
}

void EventLogModel::setFailure(Position position, const QString& reason)
{
    if (reason.isEmpty() ? m_failures.remove(position) == 0 : m_failures.value(position) == reason)
        return;
    if (!reason.isEmpty())
        m_failures.insert(position, reason);
    const int row = rowOf(position);
    if (row >= 0 && positionOf(row) == position)
        emit dataChanged(index(row, 0), index(row, columnCount() - 1), { FailureRole });
}

void EventLogModel::clearFailures()
{
    const QHash<Position, QString> marked = std::exchange(m_failures, {});
    if (!marked.isEmpty() && m_rows > 0)
        emit dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1), { FailureRole });
}

void EventLogModel::restart()
{
    beginResetModel();
    m_matches.reset();
    m_failures.clear();
    m_rows = toRowCount(m_client.isOpen() ? m_client.head() : 0);
    resetPages();
    endResetModel();
}

void EventLogModel::resetPages()
{
    m_firstPageRow = m_matches && m_rows < middleRow ? middleRow : 0;
    m_pages->reset(m_matches, pageRow(0), pageRow(m_rows));
}

void EventLogModel::precede(std::shared_ptr<const MatchList> matches, int rows)
{
    beginInsertRows({}, 0, rows - 1);
    m_matches = std::move(matches);
    m_rows += rows;
    m_firstPageRow -= rows;
    m_pages->grow(m_matches, pageRow(0), pageRow(m_rows));
    endInsertRows();
}

void EventLogModel::growTo(qint64 rows)
{
    const int count = toRowCount(rows);
    if (count > m_rows) {
        beginInsertRows({}, m_rows, count - 1);
        m_rows = count;
        m_pages->grow(m_matches, pageRow(0), pageRow(m_rows));
        endInsertRows();
    } else if (count < m_rows) {
        restart(); // A log only grows; this is another one under the same name.
    } else {
        m_pages->grow(m_matches, pageRow(0), pageRow(m_rows));
    }
}

} // namespace eventloupe
