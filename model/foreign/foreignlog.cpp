#include "foreign/foreignlog.h"

#include "foreign/foreigntext.h"
#include "foreign/rowreader.h"
#include "store/damagenotice.h"

#include <QHash>

#include <algorithm>
#include <system_error>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;

constexpr qint64 fewestRows = 64;
constexpr auto pollInterval = 200ms;
constexpr auto shortestBetweenCounts = 10s;
/// A count may take this part of the time.
constexpr int shareOfCounting = 20;

} // namespace

ForeignLog::ForeignLog(RecognisedStore store, ForeignEngine engine, OpenDatabase open)
    : m_store(std::move(store))
    , m_engine(engine)
    , m_open(std::move(open))
    , m_sql(m_store, engine)
{
    try {
        m_thread = std::thread([this] { run(); });
    } catch (const std::system_error&) {
        fail({ ErrorCode::InputOutput,
            ForeignText::tr("its events cannot be counted: the system gives no further thread; "
                            "close it and open it again") });
    }
}

ForeignLog::~ForeignLog()
{
    m_end.cancel();
    {
        const std::scoped_lock lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

Counting ForeignLog::counting() const
{
    const std::scoped_lock lock(m_mutex);
    return m_counting;
}

QString ForeignLog::staleReason() const
{
    const std::scoped_lock lock(m_mutex);
    return m_staleReason;
}

void ForeignLog::setStale()
{
    const std::scoped_lock lock(m_mutex);
    m_staleReason = ForeignText::tr(
        "events that were there have been changed, removed, or come between others since it was "
        "opened; close it and open it again to count them anew");
    m_counting = { false, 0, m_staleReason };
    m_changed.notify_all();
}

void ForeignLog::wake()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isWoken = true;
    }
    m_changed.notify_all();
}

std::optional<ForeignOutage> ForeignLog::outage() const
{
    const std::scoped_lock lock(m_mutex);
    return m_outage;
}

void ForeignLog::tryNow()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_mustTry = true;
        m_isWoken = true;
    }
    m_changed.notify_all();
}

/// After a call: tells what is in its way, and hears that it is not to be waited for.
void ForeignLog::noteOutage(ForeignDatabase& database)
{
    const std::scoped_lock lock(m_mutex);
    m_outage = database.outage();
    if (std::exchange(m_mustTry, false) && m_outage)
        database.tryNow();
}

void ForeignLog::waitUntilCounted(std::chrono::milliseconds atMost)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, atMost, [this] { return !m_counting.isUnderWay; });
}

void ForeignLog::fail(const Error& error)
{
    if (error.code == ErrorCode::Cancelled)
        return;
    {
        const std::scoped_lock lock(m_mutex);
        m_counting.isUnderWay = false;
        m_counting.fault = error.message;
    }
    m_changed.notify_all();
}

bool ForeignLog::pause(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, time, [this] { return m_isEnding || m_isWoken; });
    m_isWoken = false;
    return !m_isEnding && m_staleReason.isEmpty();
}

void ForeignLog::run()
{
    const auto database = m_open();
    if (!database) {
        fail(database.error());
        return;
    }
    const ForeignWatch watch(**database, m_end);
    qint64 about = 0;
    for (const ForeignTable& table : m_store.tables) {
        const auto rows = (*database)->aboutRows(table);
        about += rows ? *rows : 0;
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_counting.about = about;
    }
    follow(**database);
}

void ForeignLog::follow(ForeignDatabase& database)
{
    bool isWhole = false;
    auto nextCount = std::chrono::steady_clock::now() + shortestBetweenCounts;
    bool mustCount = false;
    for (;;) {
        const auto added = step(database);
        noteOutage(database);
        if (!added) {
            const bool passes = added.error().code == ErrorCode::Busy;
            if (!passes) {
                fail(added.error());
                return;
            }
        }
        if (added && *added && !m_end.isCancelled())
            continue;
        if (added && !isWhole && m_hasSettled) {
            isWhole = true;
            {
                const std::scoped_lock lock(m_mutex);
                m_counting.isUnderWay = false;
            }
            m_changed.notify_all();
        }
        for (bool hasChanged = !added || m_sighted.has_value(); !hasChanged;) {
            if (!pause(pollInterval))
                return;
            const auto changed = database.hasChanged();
            noteOutage(database);
            if (!changed && changed.error().code != ErrorCode::Busy) {
                fail(changed.error());
                return;
            }
            hasChanged = changed && *changed;
            mustCount = mustCount || hasChanged;
            const auto now = std::chrono::steady_clock::now();
            if (!mustCount || now < nextCount)
                continue;
            mustCount = false;
            if (const auto counted = checkCount(database);
                !counted && counted.error().code != ErrorCode::Busy) {
                fail(counted.error());
                return;
            }
            const auto end = std::chrono::steady_clock::now();
            nextCount = end
                + std::max<std::chrono::steady_clock::duration>(
                    shortestBetweenCounts, (end - now) * shareOfCounting);
        }
        if ((!added || m_sighted) && !pause(pollInterval / 4))
            return;
    }
}

/// False when there was nothing to be done.
Result<bool> ForeignLog::step(ForeignDatabase& database)
{
    if (m_isSighted)
        return addPage(database);
    if (const auto sighted = sightAll(database); !sighted)
        return sighted.error();
    m_isSighted = true;
    return true;
}

/// What stands before a damaged row is counted, down to the last event, or, where streams link to
/// events of others, to the last page of the fewest rows. False where the page cannot be smaller.
bool ForeignLog::narrowPage()
{
    const qint64 least = m_sql.hasLinks() ? fewestRows : 1;
    if (m_rowsAtOnce <= least)
        return false;
    m_rowsAtOnce = std::max(least, m_rowsAtOnce / 4);
    return true;
}

/// Adds the rows behind the last one; false when there were none to be added.
Result<bool> ForeignLog::addPage(ForeignDatabase& database)
{
    const bool hasLinks = m_sql.hasLinks();
    const LogColumns columns = m_sql.columns(columnsOfIndex(profile()));
    const auto last = m_index.lastKey();
    const auto bound = last ? LogSql::Bound::After : LogSql::Bound::None;
    std::vector<ForeignValue> parameters = last.value_or(ForeignKey());
    // What a page was cut behind was read by the server for nothing.
    if (m_page.isCut())
        m_rowsAtOnce = std::min(
            m_rowsAtOnce, std::max<qint64>(fewestRows, static_cast<qint64>(m_page.rows())));
    parameters.emplace_back(m_rowsAtOnce);
    const auto read
        = database.select(m_sql.select(columns, bound, false, hasLinks), parameters, m_page);
    if (!read && read.error().code == ErrorCode::Corrupt && narrowPage())
        return true;
    if (!read)
        return read.error();
    RowReader reader(profile(), columns);
    std::vector<IndexedRow> rows(m_page.rows());
    for (std::size_t at = 0; at < rows.size(); ++at) {
        reader.setRow(m_page, at);
        IndexedRow& row = rows[at];
        row.key = reader.key();
        row.stream = reader.streamKey();
        row.type = reader.type();
        row.version = reader.version();
        row.events = reader.events();
        for (qint64 event = 1; event < row.events; ++event)
            row.moreTypes.push_back(reader.type(event));
        row.isLink = at > 0 && row.key == rows[at - 1].key;
    }
    const bool isFull = static_cast<qint64>(rows.size()) == m_rowsAtOnce || m_page.isCut();
    // The last event may go on in the next page.
    if (hasLinks && isFull && rows.front().key != rows.back().key)
        while (rows.size() > 1 && rows.back().key == rows[rows.size() - 2].key)
            rows.pop_back();
    if (hasLinks && isFull && rows.front().key != rows.back().key)
        rows.pop_back();
    const auto settled = settledRows(database, rows, isFull);
    if (!settled)
        return settled.error();
    if (!*settled)
        return true;
    if (**settled > 0 && m_cycle.comesRound(rows[**settled - 1].key)) {
        DamageNotice::instance().note(database.location());
        return Error { ErrorCode::Corrupt,
            ForeignText::tr("the database is damaged: it gives the same events again and again; "
                            "let its own tools check it") };
    }
    addRows(rows, **settled);
    return **settled == rows.size() && !rows.empty();
}

void ForeignLog::addRows(const std::vector<IndexedRow>& rows, std::size_t count)
{
    const LogColumns columns = m_sql.columns(columnsOfIndex(profile()));
    RowReader reader(profile(), columns);
    const auto nameOf = [this, &reader](std::size_t row) {
        reader.setRow(m_page, row);
        return reader.streamName();
    };
    if (!m_index.add(std::span(rows).first(count), nameOf))
        fail({ ErrorCode::DiskFull,
            ForeignText::tr("there is no room left to index more of the events") });
}

/// Rows that came or went where they should not show in their number.
Result<void> ForeignLog::checkCount(ForeignDatabase& database)
{
    const auto last = m_index.lastKey();
    if (!last)
        return {};
    const qint64 expected = m_index.rows();
    RowPage page;
    if (const auto read = database.select(m_sql.count(), *last, page); !read)
        return read;
    if (page.rows() == 1 && page.integer(0, 0) != expected)
        setStale();
    return {};
}

std::shared_ptr<ForeignLog> sharedForeignLog(
    const QString& key, const std::function<std::shared_ptr<ForeignLog>()>& make)
{
    static std::mutex mutex;
    static QHash<QString, std::weak_ptr<ForeignLog>> logs;
    const std::scoped_lock lock(mutex);
    if (auto known = logs.value(key).lock(); known && known->staleReason().isEmpty())
        return known;
    auto made = make();
    for (auto log = logs.begin(); log != logs.end();)
        log = log->expired() ? logs.erase(log) : std::next(log);
    logs.insert(key, made);
    return made;
}

} // namespace eventloupe
