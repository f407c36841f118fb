#include "state/streamlistmodel.h"

#include "state/streamlistroles.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int maximumRowsRead = 256;
/// Where more groups than this change at once, a reset is cheaper for the views.
constexpr std::ptrdiff_t maximumGroupsChanged = 32;

} // namespace

StreamListModel::StreamListModel(StoreClient& client, TimeCursor& cursor, QObject* parent)
    : QAbstractTableModel(parent)
    , m_client(client)
    , m_cursor(cursor)
    , m_workspace(Workspace::empty())
    , m_search(client)
    , m_headlines(client)
{
    connect(&client, &StoreClient::opened, this, &StreamListModel::restart);
    connect(&client, &StoreClient::closed, this, &StreamListModel::restart);
    connect(&cursor, &TimeCursor::positionChanged, this, &StreamListModel::refresh);
    connect(&m_search, &StreamFinder::foundMore, this, [this] {
        m_pages.dropFound(true);
        refresh();
    });
    connect(&m_search, &StreamFinder::finished, this, &StreamListModel::searchFinished);
    connect(&m_search, &StreamFinder::failed, this, &StreamListModel::failed);
    connect(&m_headlines, &StreamHeadlines::changed, this, &StreamListModel::updateRows);
    connect(&m_headlines, &StreamHeadlines::failed, this, &StreamListModel::failed);
}

StreamListModel::~StreamListModel()
{
    m_token.cancel();
}

void StreamListModel::setWorkspace(const std::shared_ptr<const Workspace>& workspace)
{
    m_workspace = workspace;
    m_headlines.reset(workspace);
    updateRows();
    wantHeadlines();
}

void StreamListModel::setSearch(const QString& text)
{
    if (text == m_search.text())
        return;
    m_token.cancel();
    m_job.reset();
    beginResetModel();
    m_search.start(text);
    m_pages.dropFound(false);
    m_outline
        = m_search.isActive() ? StreamOutline::flat(StreamOutline::Found, 0) : StreamOutline();
    endResetModel();
    refresh();
}

const QString& StreamListModel::search() const
{
    return m_search.text();
}

bool StreamListModel::isSearching() const
{
    return m_search.isRunning();
}

void StreamListModel::setExpanded(int row, bool expanded)
{
    if (row < 0 || row >= rowCount() || m_outline.isFlat())
        return;
    const StreamOutline::Place place = m_outline.place(row);
    const qint64 category = place.index + 1;
    const bool isTooMany
        = static_cast<qint64>(m_outline.expanded().size()) >= maximumExpanded && expanded;
    if (place.group != StreamOutline::Headers || isExpanded(category) == expanded || isTooMany)
        return;
    m_expansion.insert(category, expanded);
    if (!expanded)
        setRowsOf(category, 0);
    const int header = static_cast<int>(m_outline.rowOf(place));
    emit dataChanged(index(header, 0), index(header, columnCount() - 1));
    // What is under way would show the rows as they were.
    m_token.cancel();
    m_job.reset();
    refresh();
}

void StreamListModel::toggle(int row)
{
    const QModelIndex header = index(row, 0);
    setExpanded(row, !header.data(IsExpandedRole).toBool());
}

void StreamListModel::prefetch(int firstRow, int count)
{
    m_firstRow = std::max(0, firstRow);
    m_rows = std::clamp(count, 1, maximumRowsRead);
    const int end = std::min(m_firstRow + m_rows, rowCount());
    for (int row = m_firstRow; row < end; ++row)
        (void)rowAt(row);
    wantHeadlines();
}

void StreamListModel::rowOfStream(const QString& name)
{
    m_toLocate = name;
    if (!m_job.isRunning())
        startLocating();
}

void StreamListModel::startLocating()
{
    const QString name = std::exchange(m_toLocate, {});
    if (name.isEmpty())
        return;
    if (!m_client.isOpen()) {
        emit streamLocated(name, -1);
        return;
    }
    m_client.run<StreamLocation>(
        StoreClient::Lane::Interactive, this,
        [name, position = m_position](
            EventStore& store, const CancelToken&) { return locateStream(store, name, position); },
        [this, name](const Result<StreamLocation>& answer) {
            emit streamLocated(name, answer ? static_cast<int>(rowOf(*answer)) : -1);
        });
}

qint64 StreamListModel::rowOf(const StreamLocation& location) const
{
    if (location.id == 0)
        return -1;
    switch (m_outline.group()) {
    case StreamOutline::AllStreams:
        return m_outline.rowOf({ StreamOutline::AllStreams, location.id - 1 });
    case StreamOutline::Found: {
        const QList<StreamInfo>& found = m_search.found();
        const auto at = std::lower_bound(found.begin(), found.end(), location.id,
            [](const StreamInfo& info, StreamId id) { return info.id < id; });
        return at != found.end() && at->id == location.id
            ? m_outline.rowOf({ StreamOutline::Found, std::distance(found.begin(), at) })
            : -1;
    }
    case StreamOutline::Headers:
        break;
    }
    const qint64 row = m_outline.rowOf({ location.category, location.index });
    return row >= 0 ? row : m_outline.rowOf({ StreamOutline::Headers, location.category - 1 });
}

/// Another store: nothing of the old one holds.
void StreamListModel::restart()
{
    m_token.cancel();
    m_job.reset();
    beginResetModel();
    m_outline = {};
    m_pages.clear();
    m_expansion.clear();
    m_expandedByDefault = 0;
    m_position = 0;
    m_firstRow = 0;
    m_missedFirst = m_missedLast = -1;
    m_headlines.reset(m_workspace);
    m_search.start(m_search.text());
    endResetModel();
    if (std::exchange(m_streams, 0) != 0)
        emit streamCountChanged(0);
    refresh();
}

void StreamListModel::refresh()
{
    if (m_client.isOpen() && m_job.request())
        startRefresh();
}

/// The rows to read: those in view and, where they are others, those that were asked for.
StreamListRequest StreamListModel::nextRequest()
{
    if (m_missedFirst >= 0) {
        const int first = std::min(m_firstRow, m_missedFirst);
        const int end = std::max(m_firstRow + m_rows, m_missedLast + 1);
        const bool isNear = end - first <= maximumRowsRead;
        m_firstRow = isNear ? first : m_missedFirst;
        m_rows = std::min(isNear ? end - first : m_missedLast - m_missedFirst + 1, maximumRowsRead);
        m_missedFirst = m_missedLast = -1;
    }
    StreamListRequest request;
    request.position = m_cursor.position();
    request.firstRow = m_firstRow;
    request.rows = m_rows;
    request.expansion = m_expansion;
    request.expandedByDefault = m_expandedByDefault;
    if (m_search.isActive())
        request.found = m_search.found();
    return request;
}

void StreamListModel::startRefresh()
{
    m_token = m_client.run<StreamListAnswer>(
        StoreClient::Lane::Interactive, this,
        [request = nextRequest()](
            EventStore& store, const CancelToken&) { return readStreamList(store, request); },
        [this](const Result<StreamListAnswer>& answer) {
            const bool isNewerWaiting = m_job.finish();
            if (answer)
                take(*answer);
            else
                emit failed(answer.error());
            if (isNewerWaiting)
                refresh();
            else
                startLocating();
        });
}

void StreamListModel::take(const StreamListAnswer& answer)
{
    m_position = answer.position;
    m_expandedByDefault = answer.expandedByDefault;
    m_pages.insert(answer.pages);
    takeOutline(answer.outline);
    updateRows();
    if (std::exchange(m_streams, answer.streams) != answer.streams)
        emit streamCountChanged(m_streams);
    wantHeadlines();
}

/// Goes from the rows that are to those that should be, group by group: streams are only ever
/// born, so that a group grows and shrinks at its end.
void StreamListModel::takeOutline(const StreamOutline& outline)
{
    using Expanded = StreamOutline::Expanded;
    const std::vector<Expanded> before = m_outline.expanded();
    const auto isOther = [&](const Expanded& entry) {
        return m_outline.streamsShown(entry.category) != outline.streamsShown(entry.category);
    };
    const auto others = std::count_if(before.begin(), before.end(), isOther)
        + std::count_if(outline.expanded().begin(), outline.expanded().end(), isOther);
    if (outline.group() != m_outline.group() || others > maximumGroupsChanged) {
        beginResetModel();
        m_outline = outline;
        endResetModel();
        return;
    }
    for (const Expanded& entry : before)
        setRowsOf(entry.category, outline.streamsShown(entry.category));
    setCount(outline.count());
    for (const Expanded& entry : outline.expanded())
        setRowsOf(entry.category, entry.streams);
}

void StreamListModel::setRowsOf(qint64 category, qint64 streams)
{
    const qint64 shown = m_outline.streamsShown(category);
    const auto header = static_cast<int>(m_outline.rowOf({ StreamOutline::Headers, category - 1 }));
    if (streams > shown) {
        beginInsertRows(
            {}, header + 1 + static_cast<int>(shown), header + static_cast<int>(streams));
        m_outline = m_outline.withStreams(category, streams);
        endInsertRows();
    } else if (streams < shown) {
        beginRemoveRows(
            {}, header + 1 + static_cast<int>(streams), header + static_cast<int>(shown));
        m_outline = m_outline.withStreams(category, streams);
        endRemoveRows();
    }
}

/// Headers, or a flat list's rows, come and go at the end.
void StreamListModel::setCount(qint64 count)
{
    const qint64 change = count - m_outline.count();
    const int rows = rowCount();
    if (change > 0) {
        beginInsertRows({}, rows, rows + static_cast<int>(change) - 1);
        m_outline = m_outline.withCount(count);
        endInsertRows();
    } else if (change < 0) {
        beginRemoveRows({}, rows + static_cast<int>(change), rows - 1);
        m_outline = m_outline.withCount(count);
        endRemoveRows();
    }
}

/// Tells views to look at all rows again: versions and headlines may have changed.
void StreamListModel::updateRows()
{
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

/// The row when it is at hand, perhaps as of another position; what is missing is read.
const StreamListRow* StreamListModel::rowAt(int row) const
{
    const StreamOutline::Place place = m_outline.place(row);
    const StreamListPage* page = m_pages.pageOf(place);
    if (!page || page->position != m_position)
        wantRow(row);
    return m_pages.find(place);
}

void StreamListModel::wantRow(int row) const
{
    const bool isFirst = m_missedFirst < 0;
    m_missedFirst = isFirst ? row : std::min(m_missedFirst, row);
    m_missedLast = std::max(m_missedLast, row);
    // Asked for once the view has asked for all it shows.
    if (isFirst)
        QMetaObject::invokeMethod(
            const_cast<StreamListModel*>(this), &StreamListModel::refresh, Qt::QueuedConnection);
}

void StreamListModel::wantHeadlines()
{
    QList<StreamAt> streams;
    const int end = std::min(m_firstRow + m_rows, rowCount());
    for (int row = m_firstRow; row < end; ++row) {
        const StreamListRow* found = m_pages.find(m_outline.place(row));
        if (found && !found->category)
            streams.append(found->stream);
    }
    m_headlines.want(streams);
}

bool StreamListModel::isExpanded(qint64 category) const
{
    return m_expansion.value(category, category <= m_expandedByDefault);
}

int StreamListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_outline.rowCount());
}

int StreamListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(StreamColumn::COUNT);
}

QVariant StreamListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const StreamOutline::Place place = m_outline.place(index.row());
    const auto column = static_cast<StreamColumn>(index.column());
    const bool isHeader = place.group == StreamOutline::Headers;
    if (role == IsCategoryRole)
        return isHeader;
    if (role == IsExpandedRole)
        return isHeader && isExpanded(place.index + 1);
    const StreamListRow* row = rowAt(index.row());
    if (!row)
        return {};
    if (row->category)
        return categoryData(*row->category, column, role);
    return streamData(row->stream, m_headlines.find(row->stream.info.id), column, role);
}

QVariant StreamListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return streamColumnTitle(static_cast<StreamColumn>(section));
}

} // namespace eventloupe
