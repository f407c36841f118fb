#include "log/logpages.h"

#include "log/eventsummary.h"

#include <algorithm>

namespace eventloupe {

namespace {
/// Views show a page or two; older wishes are of places that were left.
constexpr int maximumWishes = 4;
constexpr int maximumPrefetch = 8;
/// Texts and bookkeeping of a row beside its payload, roughly.
constexpr qint64 bytesPerRow = 600;
constexpr qsizetype pagesInView = 4;
} // namespace

namespace {

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// A row needs no more of a payload than its summary: a page of 64 events of 10 MB is no load.
LogRow rowOf(const EventView& view)
{
    const auto isLong = [](std::string_view payload) {
        return static_cast<qsizetype>(payload.size()) > LogPages::longestKept;
    };
    LogRow row;
    row.isCut = isLong(view.data) || isLong(view.metadata);
    row.event = { view.position, view.streamId, textOf(view.stream), view.version,
        textOf(view.type), view.time, textOf(view.id),
        row.isCut ? QByteArray() : toBytes(view.data),
        row.isCut ? QByteArray() : toBytes(view.metadata), toBytes(view.origin) };
    row.time = view.time.toLocalText();
    row.summary = summaryOf(view.data);
    return row;
}

LogRow lostRow(Position position, EventLoss loss)
{
    LogRow row;
    row.event.position = position;
    row.loss = loss;
    return row;
}

} // namespace

LogPages::LogPages(StoreClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client)
{
}

void LogPages::reset(std::shared_ptr<const MatchList> matches, int first, int end)
{
    ++m_generation;
    m_token.cancel();
    m_loading = -1;
    m_wanted.clear();
    m_pages.clear();
    m_bytes = 0;
    grow(std::move(matches), first, end);
}

void LogPages::grow(std::shared_ptr<const MatchList> matches, int first, int end)
{
    m_matches = std::move(matches);
    m_first = first;
    m_end = end;
}

const LogRow* LogPages::find(int row)
{
    const auto page = m_pages.find(row / rowsPerPage);
    if (page == m_pages.end())
        return nullptr;
    page->usedAt = ++m_clock;
    const int index = row - page->firstRow;
    return index >= 0 && index < std::ssize(page->rows)
        ? &page->rows[static_cast<std::size_t>(index)]
        : nullptr;
}

void LogPages::demand(int row)
{
    const int page = row / rowsPerPage;
    if (row < m_first || row >= m_end || page == m_loading)
        return;
    m_wanted.removeOne(page);
    m_wanted.append(page);
    if (m_wanted.size() > maximumWishes)
        m_wanted.removeFirst();
    loadNext();
}

/// The first and the last page of rows; none where the last is before the first.
std::pair<int, int> LogPages::pagesOf(int firstRow, int count) const
{
    const int last = static_cast<int>(std::min<qint64>(qint64 { firstRow } + count, m_end)) - 1;
    const int firstPage = std::max(firstRow, m_first) / rowsPerPage;
    return { firstPage,
        last < m_first ? -1 : std::min(last / rowsPerPage, firstPage + maximumPrefetch - 1) };
}

void LogPages::prefetch(int firstRow, int count)
{
    const auto [firstPage, lastPage] = pagesOf(firstRow, count);
    m_wanted.clear();
    for (int page = lastPage; page >= firstPage; --page) {
        if (page != m_loading && !isComplete(page))
            m_wanted.append(page);
    }
    loadNext();
}

std::function<LogPages::Take(EventStore&)> LogPages::reader(int firstRow, int count)
{
    const auto [firstPage, lastPage] = pagesOf(firstRow, count);
    m_wanted.clear();
    QList<Wish> wishes;
    for (int page = firstPage; page <= lastPage; ++page)
        if (!isComplete(page))
            wishes.append(wishFor(page));
    if (wishes.isEmpty())
        return {};
    return [this, wishes](EventStore& store) -> Take {
        QList<Answer> answers;
        for (const Wish& wish : wishes)
            answers.append(read(store, wish));
        return [this, wishes, answers] {
            for (qsizetype i = 0; i < wishes.size(); ++i)
                take(wishes[i], answers[i]);
        };
    };
}

bool LogPages::isComplete(int page) const
{
    const auto found = m_pages.constFind(page);
    return found != m_pages.constEnd()
        && found->rows.size() >= static_cast<std::size_t>(sizeOf(page));
}

int LogPages::firstRowOf(int page) const
{
    return std::max(page * rowsPerPage, m_first);
}

int LogPages::sizeOf(int page) const
{
    const qint64 end = std::min<qint64>((qint64 { page } + 1) * rowsPerPage, m_end);
    return static_cast<int>(std::max<qint64>(end - firstRowOf(page), 0));
}

LogPages::Wish LogPages::wishFor(int page) const
{
    const int firstRow = firstRowOf(page);
    Wish wish { firstRow, Position { firstRow } - m_first + 1, sizeOf(page), {}, page,
        m_generation };
    if (m_matches) {
        wish.positions.reserve(wish.limit);
        for (int row = firstRow; row < firstRow + wish.limit; ++row)
            wish.positions.append(m_matches->at(row - m_first));
    }
    return wish;
}

LogPages::Answer LogPages::read(EventStore& store, const Wish& wish)
{
    auto rows = std::make_shared<Rows>();
    rows->reserve(static_cast<std::size_t>(wish.limit));
    const auto take = [&rows](const EventView& event) {
        rows->push_back(rowOf(event));
        return true;
    };
    const auto scanned = wish.positions.isEmpty()
        ? store.scanLog(wish.from, wish.from + wish.limit - 1, allScanColumns, {}, take)
        : store.scanAt(wish.positions, allScanColumns, {}, take);
    if (!scanned) {
        // Another library's store has other reasons not to be read on.
        if (scanned.error().code != ErrorCode::Corrupt || !store.library().isEmpty())
            return scanned.error();
        if (const auto each = readEach(store, wish, *rows); !each)
            return each.error();
    }
    fillGaps(wish, *rows);
    return rows;
}

/// Where a page of the file is damaged, the events of the others are there.
Result<void> LogPages::readEach(EventStore& store, const Wish& wish, Rows& rows)
{
    rows.clear();
    for (int i = 0; i < wish.limit; ++i) {
        const Position position = wish.positionAt(i);
        const auto take = [&rows](const EventView& event) {
            rows.push_back(rowOf(event));
            return true;
        };
        const auto read = store.scanAt({ position }, allScanColumns, {}, take);
        if (!read && read.error().code != ErrorCode::Corrupt)
            return read;
        if (!read)
            rows.push_back(lostRow(position, EventLoss::Unreadable));
    }
    return {};
}

/// Gives what is not there a row, so that those behind it stand in their own. At the end of the log
/// some may be still to come.
void LogPages::fillGaps(const Wish& wish, Rows& rows)
{
    if (std::ssize(rows) == wish.limit)
        return;
    Rows placed;
    placed.reserve(static_cast<std::size_t>(wish.limit));
    auto next = rows.begin();
    for (int i = 0; i < wish.limit && next != rows.end(); ++i) {
        const Position position = wish.positionAt(i);
        if (next->event.position == position)
            placed.push_back(std::move(*next++));
        else
            placed.push_back(lostRow(position, EventLoss::Missing));
    }
    rows = std::move(placed);
}

void LogPages::loadNext()
{
    while (m_loading < 0 && !m_wanted.isEmpty()) {
        const int page = m_wanted.takeLast();
        const Wish wish = wishFor(page);
        if (wish.limit == 0 || isComplete(page))
            continue;
        m_loading = page;
        m_token = m_client.run<std::shared_ptr<Rows>>(
            StoreClient::Lane::Interactive, this,
            [wish](EventStore& store, const CancelToken&) { return read(store, wish); },
            [this, wish](const Answer& answer) {
                m_loading = -1;
                take(wish, answer);
                loadNext();
            });
    }
}

void LogPages::take(const Wish& wish, const Answer& answer)
{
    if (!answer) {
        if (answer.error().code != ErrorCode::Cancelled)
            emit failed(answer.error());
        return;
    }
    if (wish.generation != m_generation)
        return;
    Page& place = m_pages[wish.page];
    m_bytes -= place.bytes;
    place.rows = std::move(**answer);
    place.firstRow = wish.firstRow;
    place.bytes = 0;
    for (const LogRow& row : place.rows)
        place.bytes += bytesPerRow + row.event.data.size() + row.event.metadata.size();
    place.usedAt = ++m_clock;
    m_bytes += place.bytes;
    const int count = static_cast<int>(place.rows.size());
    // Rows that came while the page was read.
    if (wish.limit < sizeOf(wish.page))
        m_wanted.append(wish.page);
    evict();
    if (count > 0)
        emit loaded(wish.firstRow, wish.firstRow + count - 1);
}

void LogPages::evict()
{
    while (
        m_pages.size() > maximumPages || (m_bytes > maximumBytes && m_pages.size() > pagesInView)) {
        const auto oldest = std::min_element(m_pages.cbegin(), m_pages.cend(),
            [](const Page& left, const Page& right) { return left.usedAt < right.usedAt; });
        m_bytes -= oldest->bytes;
        m_pages.erase(oldest);
    }
}

} // namespace eventloupe
