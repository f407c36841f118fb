#include "state/streamlistmodel.h"

#include "state/outlinesteps.h"
#include "state/streamlistroles.h"
#include "state/streamlocation.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int maximumRowsRead = 256;

} // namespace

StreamListModel::StreamListModel(StoreClient& client, CursorFrame& frame, QObject* parent)
    : QAbstractTableModel(parent)
    , m_client(client)
    , m_frame(frame)
    , m_workspace(Workspace::empty())
    , m_search(client)
    , m_headlines(client)
{
    connect(&client, &StoreClient::opened, this, &StreamListModel::restart);
    connect(&client, &StoreClient::closed, this, &StreamListModel::restart);
    connect(&m_search, &StreamFinder::foundMore, this, [this] {
        m_pages.dropFound(true);
        dropReads();
        refresh();
    });
    connect(&m_search, &StreamFinder::finished, this, &StreamListModel::searchFinished);
    connect(&m_search, &StreamFinder::failed, this, &StreamListModel::failed);
    connect(&m_headlines, &StreamHeadlines::changed, this, [this] { updateRows(); });
    connect(&m_headlines, &StreamHeadlines::failed, this, &StreamListModel::failed);
    m_frame.add(*this);
}

StreamListModel::~StreamListModel()
{
    m_token.cancel();
    m_frame.remove(*this);
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
    dropReads();
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
        takeOutline(m_outline.withStreams(category, 0));
    const int header = static_cast<int>(m_outline.rowOf(place));
    emit dataChanged(index(header, 0), index(header, columnCount() - 1));
    dropReads();
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
    if (!m_job.isRunning() && !m_frame.isBehind())
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
            const qint64 row = answer ? rowOfLocation(*answer, m_outline, m_search.found()) : -1;
            emit streamLocated(name, static_cast<int>(row));
        });
}

/// Another store: nothing of the old one holds.
void StreamListModel::restart()
{
    dropReads();
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
    m_frame.refresh();
}

/// What is being read shows the rows as they were before a change that was made now.
void StreamListModel::dropReads()
{
    ++m_generation;
    m_token.cancel();
    m_job.reset();
}

FramePart::Read StreamListModel::prepare(Position position)
{
    m_headlines.pause();
    return [this, generation = m_generation, request = nextRequest(position)](
               EventStore& store, const std::optional<Event>&) -> Show {
        return [this, generation, position = request.position,
                   answer = readStreamList(store, request)] {
            const bool isStale = generation != m_generation;
            // What is being read of the position that is left would undo the frame.
            const bool isReading = m_job.isRunning();
            dropReads();
            m_position = position;
            if (!isStale)
                take(answer);
            if (isStale || isReading)
                refresh();
            else
                startLocating();
        };
    };
}

void StreamListModel::refresh()
{
    if (m_client.isOpen() && m_job.request())
        startRefresh();
}

/// The rows to read: those in view and, where they are others, those that were asked for.
StreamListRequest StreamListModel::nextRequest(Position position)
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
    request.position = position;
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
        [request = nextRequest(m_position)](
            EventStore& store, const CancelToken&) { return readStreamList(store, request); },
        [this](const Result<StreamListAnswer>& answer) {
            const bool isNewerWaiting = m_job.finish();
            take(answer);
            if (isNewerWaiting)
                refresh();
            else if (!m_frame.isBehind())
                startLocating();
        });
}

void StreamListModel::take(const Result<StreamListAnswer>& answer)
{
    if (!answer) {
        emit failed(answer.error());
        return;
    }
    m_expandedByDefault = answer->expandedByDefault;
    const auto changed = m_pages.insert(answer->pages);
    takeOutline(answer->outline);
    updateRows(changed);
    if (std::exchange(m_streams, answer->streams) != answer->streams)
        emit streamCountChanged(m_streams);
    wantHeadlines();
}

void StreamListModel::takeOutline(const StreamOutline& outline)
{
    const auto steps = stepsBetween(m_outline, outline);
    if (!steps) {
        beginResetModel();
        m_outline = outline;
        endResetModel();
        return;
    }
    for (const OutlineStep& step : *steps) {
        const int first = static_cast<int>(step.first);
        const int last = static_cast<int>(step.last);
        if (step.isInsertion)
            beginInsertRows({}, first, last);
        else
            beginRemoveRows({}, first, last);
        m_outline = step.after;
        if (step.isInsertion)
            endInsertRows();
        else
            endRemoveRows();
    }
}

/// Tells views to look again at those rows, in runs of neighbours.
void StreamListModel::updateRows(const QList<StreamOutline::Place>& places)
{
    std::vector<int> rows;
    for (const auto& place : places)
        if (const auto row = m_outline.rowOf(place); row >= 0)
            rows.push_back(static_cast<int>(row));
    std::sort(rows.begin(), rows.end());
    for (std::size_t first = 0; first < rows.size();) {
        std::size_t last = first;
        while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1)
            ++last;
        emit dataChanged(index(rows[first], 0), index(rows[last], columnCount() - 1));
        first = last + 1;
    }
}

/// Tells views to look at all rows again: headlines may have changed.
void StreamListModel::updateRows()
{
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

/// The row when it is at hand for the position that the list shows; what is missing is read.
const StreamListRow* StreamListModel::rowAt(int row) const
{
    const StreamOutline::Place place = m_outline.place(row);
    const StreamListPage* page = m_pages.pageOf(place);
    if (!page || page->position != m_position) {
        wantRow(row);
        return nullptr;
    }
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
    if (!index.isValid() || !checkIndex(index))
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
    // A headline of another version is that of another time.
    const Headline* headline = m_headlines.find(row->stream.info.id);
    if (headline && headline->version != row->stream.version)
        headline = nullptr;
    return streamData(row->stream, headline, column, role);
}

QVariant StreamListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return streamColumnTitle(static_cast<StreamColumn>(section));
}

} // namespace eventloupe
