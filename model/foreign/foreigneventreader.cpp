#include "foreign/foreigneventreader.h"

#include "foreign/foreigntext.h"
#include "value/uuid.h"

#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace eventloupe {

namespace {

constexpr qint64 firstPage = 128;
constexpr qint64 largestPage = 1024;

Error cancelled()
{
    return { ErrorCode::Cancelled, ForeignText::tr("cancelled") };
}

/// An id as its column holds it: where that is binary, a UUID is its 16 bytes. Nothing where only a
/// look at the rows tells: SQLite's columns hold what they are given.
std::optional<ForeignValue> storedId(const QString& id, const QString& type, ForeignEngine engine)
{
    static const QRegularExpression binary(
        QStringLiteral("binary|blob|bytea"), QRegularExpression::CaseInsensitiveOption);
    if (!binary.match(type).hasMatch())
        return id.toUtf8();
    const auto bytes = packUuid(id.toStdString());
    if (!bytes || engine == ForeignEngine::Sqlite)
        return std::nullopt;
    return ForeignBlob { QByteArray(
        reinterpret_cast<const char*>(bytes->data()), static_cast<qsizetype>(bytes->size())) };
}

} // namespace

/// A run of positions that is under way.
struct ForeignEventReader::Run {
    Position next = 0; ///< The first that is not handed over yet.
    Position to = 0;
    Position rank = 0; ///< Of the first event of the page's first row.
    ForeignKey after; ///< The last row's; empty at first.
    qint64 rows = firstPage;
    qint64 most = largestPage;
    RowPage page; ///< Its own, since a visitor may read as well.
    std::vector<RankIndex::Asked> asked;
};

ForeignEventReader::ForeignEventReader(ForeignDatabase& database, ForeignLog& log)
    : m_database(database)
    , m_log(log)
{
}

Result<void> ForeignEventReader::check() const
{
    const QString reason = m_log.staleReason();
    if (reason.isEmpty())
        return {};
    return Error { ErrorCode::InputOutput,
        QStringLiteral("%1: %2.").arg(m_database.location(), reason) };
}

Error ForeignEventReader::stale() const
{
    m_log.setStale();
    return check().error();
}

ForeignEventReader::Shape& ForeignEventReader::shapeOf(ScanColumns columns)
{
    Shape& shape = m_shapes[columns.toInt()];
    if (shape.columns.columns.empty())
        shape.columns = m_log.sql().columns(columnsFor(m_log.profile(), columns));
    return shape;
}

const std::string& ForeignEventReader::text(Shape& shape, LogSql::Bound bound, bool skips)
{
    std::string& sql = shape.texts[{ bound, skips }];
    if (sql.empty())
        sql = m_log.sql().select(shape.columns, bound, skips, false);
    return sql;
}

Result<void> ForeignEventReader::readPage(Run& run, Shape& shape)
{
    // What a page was cut behind was read by the server for nothing.
    if (run.page.isCut())
        run.most = run.rows = std::max<qint64>(1, static_cast<qint64>(run.page.rows()));
    const qint64 wanted = std::min<qint64>(run.rows, run.to - run.next + 1);
    run.rows = std::min(run.most, run.rows * 2);
    if (!run.after.empty()) {
        std::vector<ForeignValue> parameters = run.after;
        parameters.emplace_back(wanted);
        run.rank = run.next;
        return m_database.select(text(shape, LogSql::Bound::After, false), parameters, run.page);
    }
    const RankIndex& index = m_log.index();
    const auto place = index.placeOf(run.next);
    if (place.rank == 0)
        return stale();
    const bool isCommits = index.hasCommits();
    // Of commits, how many rows have to be passed over shows only in them.
    const bool skips = place.skip > 0 && !isCommits;
    std::vector<ForeignValue> parameters = place.key;
    parameters.emplace_back(isCommits ? wanted + place.skip : wanted);
    if (skips)
        parameters.emplace_back(place.skip);
    run.rank = isCommits ? place.rank : run.next;
    const auto read
        = m_database.select(text(shape, LogSql::Bound::From, skips), parameters, run.page);
    if (!read)
        return read;
    if (run.page.rows() > 0 && place.isExact && run.page.value(0, 0) != place.key.front())
        return stale();
    return {};
}

/// A page that has rows.
Result<void> ForeignEventReader::readNextPage(Run& run, Shape& shape, const CancelToken& cancel)
{
    if (cancel.isCancelled())
        return cancelled();
    if (const auto fits = check(); !fits)
        return fits;
    if (const auto read = readPage(run, shape); !read)
        return read;
    return run.page.rows() > 0 ? Result<void>() : Result<void>(stale());
}

Result<void> ForeignEventReader::readRows(
    Position from, Position to, const CancelToken& cancel, const RowVisitor& visitor)
{
    const ForeignWatch watch(m_database, cancel);
    Run run;
    run.next = std::max<Position>(from, 1);
    run.to = std::min(to, m_log.index().head());
    Shape& shape = shapeOf(allScanColumns);
    RowReader reader(m_log.profile(), shape.columns);
    while (run.next <= run.to) {
        if (const auto read = readNextPage(run, shape, cancel); !read)
            return read;
        Position first = run.rank;
        for (std::size_t row = 0; row < run.page.rows() && first <= run.to; ++row) {
            reader.setRow(run.page, row);
            const qint64 events = m_log.index().hasCommits() ? reader.events() : 1;
            if (first + events > run.next)
                visitor(reader, first, events);
            first += events;
            run.after = reader.key();
        }
        run.next = std::max(run.next, first);
    }
    return {};
}

Result<bool> ForeignEventReader::readRun(Position from, Position to, ScanColumns columns,
    const CancelToken& cancel, const Visitor& visitor)
{
    const ForeignWatch watch(m_database, cancel);
    Run run;
    run.next = std::max<Position>(from, 1);
    run.to = std::min(to, m_log.index().head());
    Shape& shape = shapeOf(columns);
    while (run.next <= run.to) {
        if (const auto read = readNextPage(run, shape, cancel); !read)
            return read.error();
        const auto goesOn = handPage(run, shape, columns,
            [&](const EventView& event) { return !cancel.isCancelled() && visitor(event); });
        if (!goesOn || !*goesOn)
            return cancel.isCancelled() ? Result<bool>(cancelled()) : goesOn;
    }
    return true;
}

/// Hands the page's events to the visitor, those that are in the run.
Result<bool> ForeignEventReader::handPage(
    Run& run, Shape& shape, ScanColumns columns, const Visitor& visitor)
{
    RowReader reader(m_log.profile(), shape.columns);
    const bool isCommits = m_log.index().hasCommits();
    run.asked.resize(run.page.rows());
    std::vector<qint64> events(run.page.rows());
    Position rank = run.rank;
    for (std::size_t row = 0; row < run.page.rows(); ++row) {
        reader.setRow(run.page, row);
        RankIndex::Asked& asked = run.asked[row];
        asked = {};
        asked.stream = reader.streamKey();
        if (!isCommits)
            asked.version = reader.version();
        asked.position = rank;
        events[row] = isCommits ? reader.events() : 1;
        rank += events[row];
    }
    m_log.index().resolve(run.asked);
    for (std::size_t row = 0; row < run.page.rows(); ++row) {
        const RankIndex::Asked& asked = run.asked[row];
        if (asked.id == 0 && events[row] > 0)
            return stale();
        reader.setRow(run.page, row);
        for (qint64 event = 0; event < events[row]; ++event) {
            const Position position = asked.position + event;
            if (position < run.next)
                continue;
            if (position > run.to)
                return true;
            EventView view;
            view.position = position;
            view.streamId = asked.id;
            view.version = asked.number + event;
            const auto has = [columns](ScanColumn column) { return columns.testFlag(column); };
            const std::string type = has(ScanColumn::Type) ? reader.type(event) : std::string();
            const std::string id = has(ScanColumn::Id) ? reader.id(event) : std::string();
            const QByteArray data = has(ScanColumn::Data) ? reader.data(event) : QByteArray();
            const QByteArray metadata
                = has(ScanColumn::Metadata) ? reader.metadata() : QByteArray();
            const QByteArray origin
                = has(ScanColumn::Origin) ? reader.origin(asked.name) : QByteArray();
            if (has(ScanColumn::Stream))
                view.stream = asked.name;
            if (has(ScanColumn::Time))
                view.time = reader.time();
            view.type = type;
            view.id = id;
            view.data = viewOf(data);
            view.metadata = viewOf(metadata);
            view.origin = viewOf(origin);
            run.next = position + 1;
            if (!visitor(view))
                return false;
        }
        run.after = reader.key();
    }
    return true;
}

Result<bool> ForeignEventReader::readList(std::span<const Position> positions, ScanColumns columns,
    const CancelToken& cancel, const Visitor& visitor)
{
    const Position head = m_log.index().head();
    for (std::size_t first = 0; first < positions.size();) {
        if (cancel.isCancelled())
            return cancelled();
        std::size_t end = first + 1;
        while (end < positions.size() && positions[end] == positions[end - 1] + 1)
            ++end;
        if (positions[first] >= 1 && positions[first] <= head) {
            const auto goesOn
                = readRun(positions[first], positions[end - 1], columns, cancel, visitor);
            if (!goesOn || !*goesOn)
                return goesOn;
        }
        first = end;
    }
    return true;
}

Result<std::optional<std::vector<Position>>> ForeignEventReader::positionsOfId(const QString& id)
{
    using Found = std::optional<std::vector<Position>>;
    const StoreProfile& profile = m_log.profile();
    const ProfileField& field = profile.id;
    const bool isIndexed = field.isGiven() && !field.isInside() && profile.items.isEmpty()
        && field.column.table.isEmpty() && m_log.store().hasColumn(field.column)
        && m_log.store().tables.size() == 1
        && m_log.store().tables.first().hasIndexOn({ field.column.name });
    if (!isIndexed)
        return Found();
    const auto value = storedId(id, m_log.store().typeOf(field.column), m_database.engine());
    if (!value)
        return Found();
    RowPage keys;
    RowPage page;
    const auto read
        = m_database.select(m_log.sql().keysWhere(field.column), std::span(&*value, 1), keys);
    if (!read)
        return read.error();
    std::vector<Position> positions;
    for (std::size_t row = 0; row < keys.rows(); ++row) {
        ForeignKey key;
        for (int column = 0; column < keys.columns(); ++column)
            key.push_back(keys.value(row, column));
        const auto block = m_log.index().blockOf(key);
        if (!block)
            continue;
        // The rank within its block is found among the block's keys.
        Shape& shape = shapeOf({});
        std::vector<ForeignValue> parameters = block->key;
        parameters.emplace_back(RankIndex::rowsPerBlock);
        if (const auto sought
            = m_database.select(text(shape, LogSql::Bound::From, false), parameters, page);
            !sought)
            return sought.error();
        for (std::size_t at = 0; at < page.rows(); ++at)
            if (page.value(at, 0) == key.front())
                positions.push_back(block->rank + static_cast<Position>(at));
    }
    std::erase_if(positions, [head = m_log.index().head()](Position at) { return at > head; });
    std::sort(positions.begin(), positions.end());
    return Found(positions);
}

} // namespace eventloupe
