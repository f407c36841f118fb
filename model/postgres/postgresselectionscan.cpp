#include "postgres/postgresselectionscan.h"

#include <algorithm>

namespace eventloupe {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr Position firstRange = Position(1) << 16;
constexpr Position longestRange = Position(1) << 22;
constexpr auto quick = 50ms;
constexpr auto slow = 500ms;

std::string listOf(const std::vector<qint64>& numbers)
{
    std::string list;
    for (const qint64 number : numbers) {
        if (!list.empty())
            list += ',';
        list += std::to_string(number);
    }
    return list;
}

void addRange(std::string& conditions, const char* column, const NumberRange& range)
{
    const NumberRange all;
    if (range.first != all.first)
        conditions += std::string(" AND ") + column + " >= " + std::to_string(range.first);
    if (range.last != all.last)
        conditions += std::string(" AND ") + column + " <= " + std::to_string(range.last);
}

PostgresParameters textsOf(const QStringList& names)
{
    QByteArrayList utf8;
    std::vector<std::string_view> views;
    for (const QString& name : names)
        if (name.isValidUtf16() && !name.contains(QChar(0)))
            utf8.append(name.toUtf8());
    for (const QByteArray& each : std::as_const(utf8))
        views.push_back(viewOf(each));
    return PostgresParameters().addTexts(views);
}

} // namespace

Result<void> PostgresSelectionScan::run(const LogSelection& selection, Position from, Position to,
    ScanColumns columns, const CancelToken& cancel, const PostgresEventReader::Visitor& visitor)
{
    const PostgresSessionWatch watch(m_session, cancel);
    const auto plan = planFor(selection, from, to);
    if (!plan)
        return plan.error();
    m_size = {};
    Position size = plan->isNarrow ? longestRange : firstRange;
    const Position last = plan->positions.last;
    for (Position first = plan->positions.first; !plan->isEmpty && first <= last;) {
        const Position end = last - first < size ? last : first + size - 1;
        const auto begun = Clock::now();
        const auto goesOn = scanRange(*plan, first, end, columns, cancel, visitor);
        if (!goesOn)
            return goesOn.error();
        if (!*goesOn)
            return {};
        const auto taken = Clock::now() - begun;
        if (taken < quick)
            size = std::min(size * 4, longestRange);
        else if (taken > slow)
            size = std::max(size / 2, firstRange);
        first = end + 1;
    }
    return {};
}

Result<bool> PostgresSelectionScan::scanRange(const Plan& plan, Position from, Position to,
    ScanColumns columns, const CancelToken& cancel, const PostgresEventReader::Visitor& visitor)
{
    const std::string select = PostgresEventReader::selectText(columns)
        + " WHERE e.position <= " + std::to_string(to) + plan.conditions + " AND e.position >= ";
    for (Position next = from;;) {
        const int limit = m_size.rows();
        // Numbers stand in the text, so that the planner knows them.
        const auto rows = m_session.read(
            select + std::to_string(next) + " ORDER BY e.position LIMIT " + std::to_string(limit),
            plan.parameters, false);
        if (!rows)
            return rows.error();
        if (rows->rows() > 0)
            next = rows->integer(rows->rows() - 1, 0) + 1;
        const auto goesOn = m_events.hand(*rows, columns, cancel, visitor);
        if (!goesOn || !*goesOn || rows->rows() < limit)
            return goesOn;
        m_size.note(*rows);
    }
}

Result<PostgresSelectionScan::Plan> PostgresSelectionScan::planFor(
    const LogSelection& selection, Position from, Position to)
{
    const auto head = m_session.read("SELECT position FROM head");
    if (!head)
        return head.error();
    Plan plan;
    plan.positions = { std::max<Position>(from, 1), std::min(to, head->number(0)) };
    plan.positions.intersect(selection.positions);
    addRange(plan.conditions, "e.version", selection.versions);
    addRange(plan.conditions, "e.time", selection.times);
    if (selection.types)
        if (const auto added = addTypes(*selection.types, plan); !added)
            return added.error();
    if (selection.streams) {
        const auto added = addNumbersOf("SELECT id FROM stream WHERE name = ANY($1::text[])",
            " AND e.stream_id IN (%)", *selection.streams, plan);
        if (!added)
            return added.error();
        plan.isNarrow = true;
    }
    if (selection.categories) {
        const auto added = addNumbersOf("SELECT id FROM category WHERE name = ANY($1::text[])",
            " AND EXISTS (SELECT 1 FROM stream s WHERE s.id = e.stream_id"
            " AND s.category_id IN (%))",
            *selection.categories, plan);
        if (!added)
            return added.error();
    }
    if (selection.ids) {
        plan.conditions += " AND e.id = ANY($1::text[])";
        plan.parameters = textsOf(*selection.ids);
        plan.isNarrow = true;
        plan.isEmpty = plan.isEmpty || selection.ids->isEmpty();
    }
    return plan;
}

Result<void> PostgresSelectionScan::addTypes(const QStringList& types, Plan& plan)
{
    std::vector<qint64> numbers;
    for (const QString& type : types) {
        const auto number = m_names.typeNumber(type);
        if (!number)
            return number.error();
        if (*number > 0)
            numbers.push_back(*number);
    }
    plan.isEmpty = plan.isEmpty || numbers.empty();
    plan.conditions += " AND e.type_id IN (" + listOf(numbers) + ")";
    return {};
}

Result<void> PostgresSelectionScan::addNumbersOf(
    std::string_view sql, const char* condition, const QStringList& names, Plan& plan)
{
    const auto rows = m_session.read(sql, textsOf(names));
    if (!rows)
        return rows.error();
    std::vector<qint64> numbers;
    numbers.reserve(static_cast<std::size_t>(rows->rows()));
    for (int row = 0; row < rows->rows(); ++row)
        numbers.push_back(rows->integer(row, 0));
    plan.isEmpty = plan.isEmpty || numbers.empty();
    std::string text = condition;
    plan.conditions += text.replace(text.find('%'), 1, listOf(numbers));
    return {};
}

} // namespace eventloupe
