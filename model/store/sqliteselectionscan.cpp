#include "store/sqliteselectionscan.h"

#include <QCoreApplication>

#include "store/sqlitetransaction.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr Position blockSize = Position(1) << 16;
/// A block's rows are sought one by one where they are no more than one in so many.
constexpr Position rowsPerSeek = 8;
/// More streams than these are tested row by row.
constexpr qsizetype mostStreams = 64;

bool isConstrained(const SqliteRowTest& test)
{
    return test.streams || test.categories || !test.versions.isAll() || !test.times.isAll();
}

} // namespace

struct SqliteSelectionScan::Plan {
    Source source = Source::Rows;
    SqliteRowTest test;
    NumberRange positions;
    std::vector<Position> ids; ///< Positions of the events with the ids, ascending.
    std::vector<StreamPlace> streams;
    bool isEmpty = false;
    /// Whether the index alone tells which events are admitted.
    bool isIndexWhole = false;
};

SqliteSelectionScan::SqliteSelectionScan(
    SqliteConnection& connection, SqliteEventReader& events, SqliteStreamReader& streams)
    : m_connection(connection)
    , m_events(events)
    , m_streams(streams)
{
}

Result<void> SqliteSelectionScan::run(const LogSelection& selection, Position from, Position to,
    ScanColumns columns, const CancelToken& cancel, const Visitor& visitor)
{
    const SqliteSnapshot snapshot(m_connection);
    const SqliteWatch watch(m_connection, cancel);
    auto plan = planFor(selection, from, to);
    if (!plan)
        return plan.error();
    if (plan->isEmpty)
        return {};
    const Position last = plan->positions.last;
    for (Position first = plan->positions.first; first <= last; first += blockSize) {
        const Position end = last - first < blockSize ? last : first + blockSize - 1;
        const auto goesOn = scanBlock(*plan, first, end, columns, cancel, visitor);
        if (!goesOn)
            return goesOn.error();
        if (!*goesOn || end == last)
            return {};
    }
    return {};
}

Result<SqliteSelectionScan::Plan> SqliteSelectionScan::planFor(
    const LogSelection& selection, Position from, Position to)
{
    Plan plan;
    plan.test.versions = selection.versions;
    plan.test.times = selection.times;
    plan.positions = { std::max<Position>(from, 1), to };
    plan.positions.intersect(selection.positions);
    if (selection.types) {
        if (const auto found = findTypes(*selection.types, plan); !found)
            return found.error();
    }
    if (selection.streams) {
        if (const auto found = findStreams(*selection.streams, plan.positions.first, plan); !found)
            return found.error();
    }
    if (selection.ids) {
        if (const auto found = findIds(*selection.ids, plan); !found)
            return found.error();
    }
    if (selection.categories) {
        if (!m_categories || m_categories->categories() != *selection.categories)
            m_categories.emplace(m_events.streamNames(), *selection.categories);
        plan.test.categories = &*m_categories;
    }
    plan.isEmpty = plan.isEmpty || plan.positions.first > plan.positions.last;
    const bool isOne = plan.source != Source::Types || !isConstrained(plan.test);
    plan.isIndexWhole = plan.source != Source::Rows && plan.source != Source::Ids && isOne
        && (plan.source != Source::Streams
            || (!plan.test.types && !plan.test.categories && plan.test.versions.isAll()
                && plan.test.times.isAll()));
    return plan;
}

Result<void> SqliteSelectionScan::findTypes(const QStringList& types, Plan& plan)
{
    NumberSet ids;
    auto statement = m_connection.prepare("SELECT id FROM event_type WHERE name = ?1");
    for (const QString& type : types) {
        const QByteArray name = type.toUtf8();
        statement.bindText(1, viewOf(name));
        const auto id = statement.number(0);
        if (!id)
            return id.error();
        if (*id > 0)
            ids.insert(*id);
    }
    plan.isEmpty = plan.isEmpty || ids.numbers().empty();
    plan.test.types = std::move(ids);
    plan.source = Source::Types;
    return {};
}

Result<void> SqliteSelectionScan::findStreams(const QStringList& streams, Position from, Plan& plan)
{
    NumberSet ids;
    for (const QString& name : streams) {
        const auto stream = m_streams.findStream(name);
        if (!stream)
            return stream.error();
        if (stream->has_value())
            ids.insert((*stream)->id);
    }
    plan.isEmpty = plan.isEmpty || ids.numbers().empty();
    if (ids.numbers().size() <= static_cast<std::size_t>(mostStreams)) {
        for (const StreamId id : ids.numbers()) {
            const auto version = m_streams.versionAt(id, from - 1);
            if (!version)
                return version.error();
            plan.streams.push_back({ id, *version });
        }
        plan.source = Source::Streams;
    }
    plan.test.streams = std::move(ids);
    return {};
}

Result<void> SqliteSelectionScan::findIds(const QStringList& ids, Plan& plan)
{
    auto statement = m_connection.prepare("SELECT position FROM event WHERE id = ?1");
    for (const QString& id : ids) {
        const QByteArray utf8 = id.toUtf8();
        statement.bindEventId(1, viewOf(utf8));
        const auto position = statement.number(0);
        if (!position)
            return position.error();
        if (*position > 0)
            plan.ids.push_back(*position);
    }
    std::sort(plan.ids.begin(), plan.ids.end());
    plan.ids.erase(std::unique(plan.ids.begin(), plan.ids.end()), plan.ids.end());
    plan.source = Source::Ids;
    if (plan.ids.empty()) {
        plan.isEmpty = true;
        return {};
    }
    plan.positions.intersect({ plan.ids.front(), plan.ids.back() });
    return {};
}

Result<bool> SqliteSelectionScan::scanBlock(Plan& plan, Position from, Position to,
    ScanColumns columns, const CancelToken& cancel, const Visitor& visitor)
{
    const bool isIndexEnough = plan.isIndexWhole && !columns;
    const auto size = static_cast<std::size_t>(to - from + 1);
    const auto collected
        = collect(plan, from, to, isIndexEnough ? size : size / std::size_t(rowsPerSeek));
    if (!collected)
        return collected.error();
    if (!*collected)
        return m_events.scanRows(from, to, columns, plan.test, cancel, visitor);
    if (!isIndexEnough)
        return m_events.scanRowsAt(m_positions, columns, plan.test, cancel, visitor);
    for (const Position position : m_positions) {
        EventView view;
        view.position = position;
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled,
                QCoreApplication::translate("SqliteStore", "cancelled") };
        if (!visitor(view))
            return false;
    }
    return true;
}

/// The block's positions by the plan's index; false when they are more than `most`.
Result<bool> SqliteSelectionScan::collect(Plan& plan, Position from, Position to, std::size_t most)
{
    m_positions.clear();
    switch (plan.source) {
    case Source::Rows:
        return false;
    case Source::Ids:
        m_positions.assign(std::lower_bound(plan.ids.begin(), plan.ids.end(), from),
            std::upper_bound(plan.ids.begin(), plan.ids.end(), to));
        return true;
    case Source::Streams:
        if (const auto all = collectStreams(plan, to, most); !all || !*all)
            return all;
        break;
    case Source::Types:
        if (const auto all = collectTypes(plan, from, to, most); !all || !*all)
            return all;
        break;
    }
    std::sort(m_positions.begin(), m_positions.end());
    return true;
}

Result<bool> SqliteSelectionScan::collectTypes(
    const Plan& plan, Position from, Position to, std::size_t most)
{
    // The position is the index's last column: no row of the log is touched.
    auto statement = m_connection.prepare("SELECT position FROM event INDEXED BY "
                                          "event_type_position WHERE type_id = ?1 AND position >= "
                                          "?2 AND position <= ?3 ORDER BY position");
    for (const qint64 type : plan.test.types->numbers()) {
        statement.bind(1, type).bind(2, from).bind(3, to);
        for (;;) {
            const auto stepped = statement.step();
            if (!stepped)
                return stepped.error();
            if (!*stepped)
                break;
            if (m_positions.size() == most)
                return false;
            m_positions.push_back(statement.integer(0));
        }
        statement.reset();
    }
    return true;
}

Result<bool> SqliteSelectionScan::collectStreams(Plan& plan, Position to, std::size_t most)
{
    auto statement
        = m_connection.prepare("SELECT position, version FROM event WHERE stream_id = ?1 AND "
                               "version > ?2 ORDER BY version");
    bool isAll = true;
    for (StreamPlace& stream : plan.streams) {
        statement.bind(1, stream.id).bind(2, stream.version);
        for (;;) {
            const auto stepped = statement.step();
            if (!stepped)
                return stepped.error();
            if (!*stepped || statement.integer(0) > to)
                break;
            // To the end of the block all the same: the next one goes on from there.
            stream.version = statement.integer(1);
            isAll = isAll && m_positions.size() < most;
            if (isAll)
                m_positions.push_back(statement.integer(0));
        }
        statement.reset();
    }
    return isAll;
}

} // namespace eventloupe
