#include "projection/projectionfold.h"

#include "domain/evolvelookup.h"
#include "mask/masked.h"
#include "mask/masks.h"
#include "projection/projectionlimits.h"
#include "projection/projectiontext.h"
#include "store/maskedeventstore.h"
#include "value/json.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

using Change = ProjectionTable::Change;

constexpr double wantedMilliseconds = 12;
constexpr int eventsBetweenLooks = 256; ///< At the clock.
constexpr Position shortestPiece = 1024;
constexpr Position longestPiece = Position(1) << 20;
constexpr Position mostGrowth = 4;
constexpr std::size_t bytesOfAJsonByte = 4; ///< In a tree, about.
constexpr quint32 changesBetweenMeasures = 16; ///< Of rows that are trees.

/// Whether one of the places is inside of the other, or they are the same.
bool overlap(const JsonPointer& left, const JsonPointer& right)
{
    const qsizetype count = std::min(left.tokens().size(), right.tokens().size());
    return std::equal(left.tokens().begin(), left.tokens().begin() + count, right.tokens().begin());
}

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

/// An event type that the projection lists.
struct ProjectionFold::Type {
    std::string name;
    const ProjectionEvent* event = nullptr;
    const EvolvePlan* plan = nullptr;
    const LogEvolver::Type* rules = nullptr;
    std::vector<std::size_t> columns; ///< That its rules may change.
};

ProjectionFold::ProjectionFold(std::shared_ptr<const ProjectionDefinition> definition,
    std::shared_ptr<ProjectionHistory> history)
    : m_definition(std::move(definition))
    , m_history(std::move(history))
    , m_rules(m_definition->rules)
    , m_evolver(m_rules)
    , m_texts(m_history->file())
    , m_keys(m_history->head())
    , m_size(shortestPiece)
{
    for (const ProjectionColumn& column : m_definition->columns) {
        m_places.push_back(m_evolver.place(column.pointer));
        m_masks.push_back(m_definition->masked.below(column.pointer.tokens()));
    }
    QStringList types = m_definition->events.keys();
    types.sort();
    for (const QString& name : types) {
        auto type = std::make_unique<Type>();
        type->name = name.toStdString();
        type->event = &*m_definition->events.constFind(name);
        type->plan = m_rules.lookup().plan(type->name);
        type->rules = &m_evolver.type(type->name);
        const EventDefinition& rules = *type->plan->definition;
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            const bool mayChange = rules.kind == EvolveKind::Merge
                || std::any_of(rules.rules.begin(), rules.rules.end(), [&](const EvolveRule& rule) {
                       return !rule.fixedPointer
                           || overlap(*rule.fixedPointer, m_places[i].pointer);
                   });
            if (mayChange)
                type->columns.push_back(i);
        }
        m_types.push_back(std::move(type));
    }
    m_selection.types = types + m_definition->olderTypes;
}

ProjectionFold::~ProjectionFold() = default;

Result<void> ProjectionFold::advance(EventStore& store, Position to, const CancelToken& cancel)
{
    if (m_error)
        return *m_error;
    const Position from = m_position + 1;
    const Position last = std::min(to, m_position + m_size);
    if (last < from)
        return {};
    QElapsedTimer clock;
    clock.start();
    Position folded = m_position;
    bool isLate = false;
    int events = 0;
    const auto scanned = trueStore(store).scanSelected(
        m_selection, from, last, m_definition->scanColumns, cancel, [&](const EventView& event) {
            fold(event);
            if (!m_error)
                folded = event.position;
            // A checkpoint or a larger table takes its time at any event.
            isLate = ++events % eventsBetweenLooks == 0
                && clock.hasExpired(static_cast<qint64>(wantedMilliseconds) * 3 / 2);
            return !m_error && !isLate;
        });
    // What was folded stays so, and is not folded again.
    m_position = scanned && !m_error && !isLate ? last : folded;
    if (!m_history->setFoldBytes(bytes()) && !m_error)
        m_error = rowsAreTooLarge(*m_definition, m_history->bounds().memory, m_position);
    m_history->publish(m_position);
    if (m_error)
        return *m_error;
    if (!scanned)
        return scanned;
    const double milliseconds = std::max(static_cast<double>(clock.nsecsElapsed()) / 1e6, 0.01);
    const Position done = m_position - from + 1;
    const double wanted = static_cast<double>(done) * wantedMilliseconds / milliseconds;
    const auto most = static_cast<double>(std::min(m_size * mostGrowth, longestPiece));
    if (done >= m_size || wanted < static_cast<double>(m_size))
        m_size = std::max(static_cast<Position>(std::min(wanted, most)), shortestPiece);
    return {};
}

const ProjectionFold::Type* ProjectionFold::typeOf(std::string_view name) const
{
    const auto found = std::find_if(
        m_types.begin(), m_types.end(), [&](const auto& type) { return type->name == name; });
    return found == m_types.end() ? nullptr : found->get();
}

void ProjectionFold::fold(const EventView& stored)
{
    EventView event = stored;
    const auto upcast = m_definition->upcaster ? m_definition->upcaster->apply(event, m_upcastData)
                                               : Result<void>();
    const Type* type = typeOf(event.type);
    if (type == nullptr)
        return;
    if (!upcast) {
        fail(Change::noRow, event, upcast.error().message);
        return;
    }
    m_eventKeys.clear();
    const ProjectionKeys& keys = type->event->keys;
    for (const FieldExpression& expression : keys.expressions) {
        if (!addKeys(expression, keys.areLists, event))
            return;
    }
    for (const RowKey& key : m_eventKeys)
        foldRow(*type, event, key);
}

bool ProjectionFold::addKeys(const FieldExpression& expression, bool isList, const EventView& event)
{
    const auto value = expression.evaluate(event, nullptr);
    QString reason;
    bool isGood = value.ok();
    if (!value)
        reason = value.error().message;
    else if (!isList)
        isGood = addRowKey(m_eventKeys, *value, reason);
    else if (value->type() != ValueType::List) {
        isGood = value->type() == ValueType::Null;
        reason = ProjectionText::tr("\"keys\" gives a list of keys, such as [data.from, data.to]");
    }
    for (qsizetype i = 0; isGood && isList && i < value->size(); ++i)
        isGood = addRowKey(m_eventKeys, value->at(i), reason);
    if (!isGood)
        fail(Change::noRow, event,
            ProjectionText::tr("its key, %1: %2")
                .arg(QString::fromUtf8(expression.source()), reason));
    return isGood;
}

JsonValue ProjectionFold::initialRow(const RowKey& key) const
{
    JsonValue row = JsonValue::emptyObject();
    const auto json = key.text.isEmpty() ? key.cell.toValue().toJson()
        : key.isNumber                   ? parseStoredJson(viewOf(key.text))
                                         : Result<JsonValue>(JsonValue::fromString(key.text));
    row.insert("key", json ? *json : JsonValue());
    for (const JsonValue::Member& member : m_definition->initialRow.members())
        row.insert(member.key, member.value);
    return row;
}

bool ProjectionFold::holds(
    const FieldExpression& condition, const EventView& event, const JsonValue& row, QString& reason)
{
    const auto value = condition.evaluate(event, &row);
    if (value && value->type() == ValueType::Bool)
        return value->toBool();
    reason = QStringLiteral("%1: %2").arg(QString::fromUtf8(condition.source()),
        value ? ProjectionText::tr("gives neither true nor false") : value.error().message);
    return false;
}

Cell ProjectionFold::shownKey(const RowKey& key)
{
    const bool isMasked = m_definition->masked.touches({ QByteArrayLiteral("key") });
    return isMasked ? m_texts.cellOfText(maskSign) : key.cellIn(m_texts);
}

RowNumber ProjectionFold::makeRow(const RowKey& key)
{
    if (m_rows.size() >= maximumRows) {
        m_error = Error { ErrorCode::Unsupported,
            ProjectionText::tr("The projection has more than %1 rows; choose a key that gives "
                               "fewer.")
                .arg(maximumRows) };
        return Change::noRow;
    }
    m_rows.emplace_back();
    const auto number = static_cast<RowNumber>(m_rows.size() - 1);
    m_keys.add(number, key.view());
    return number;
}

void ProjectionFold::foldRow(const Type& type, const EventView& event, const RowKey& key)
{
    if (m_error)
        return;
    auto number = m_keys.find(key.view());
    const bool isThere = number && m_rows[*number].exists;
    QString reason;
    if (type.event->when) {
        JsonValue row;
        if (type.event->when->usesRow())
            row = isThere ? m_evolver.toTree(m_rows[*number]) : initialRow(key);
        const bool isWanted = holds(*type.event->when, event, row, reason);
        if (!reason.isEmpty())
            fail(isThere ? *number : Change::noRow, event, reason);
        if (!isWanted)
            return;
    }
    const bool isNew = !number;
    if (isNew)
        number = makeRow(key);
    if (m_error)
        return;
    LogState& row = m_rows[*number];
    if (!isThere)
        m_evolver.begin(row, initialRow(key));
    quint64 flags = isThere && m_history->head().hasFailed(*number) ? Change::failed : 0;
    if (!m_evolver.evolve(row, *type.rules, m_evolver.category({}), event))
        reason = reasonOf(type, row, event);
    bool isGone = type.event->isDelete;
    if (type.event->deleteWhen && reason.isEmpty())
        isGone = holds(*type.event->deleteWhen, event,
            type.event->deleteWhen->usesRow() ? m_evolver.toTree(row) : JsonValue(), reason);
    m_cells.clear();
    if (isNew)
        m_cells.push_back(shownKey(key).bits());
    flags |= isNew ? 1U : 0U;
    flags |= readCells(type, *number, !isThere);
    if (m_isRowTooLarge) {
        m_error = rowIsTooLarge(*m_definition, shownKey(key), event);
        return;
    }
    if (isGone)
        m_evolver.end(row);
    else
        flags |= Change::exists;
    if (!reason.isEmpty()) {
        flags |= Change::failed;
        m_history->addFailure(*number, failureOf(event, reason));
    }
    note(event.position, *number, flags);
}

/// The reasons of rules that failed, which a fold by the million does not word.
QString ProjectionFold::reasonOf(const Type& type, const LogState& row, const EventView& event)
{
    if (type.plan->definition->kind == EvolveKind::Merge)
        return ProjectionText::tr("its data is no JSON");
    JsonValue tree = m_evolver.toTree(row);
    const auto applied = applyEvolveRules(*type.plan, tree, event);
    return applied ? QString() : applied.error().message;
}

/// Puts what changed among the columns into m_cells; gives their mask.
quint64 ProjectionFold::readCells(const Type& type, RowNumber number, bool isNew)
{
    const LogState& row = m_rows[number];
    const ProjectionTable& head = m_history->head();
    const bool isKnown = number < head.rows();
    quint64 mask = 0;
    // Rows are flat while they are small, and to measure a tree costs what it is long.
    if (row.tree && m_changesOfTrees++ % changesBetweenMeasures == 0)
        measure(number);
    const auto read = [&](std::size_t column) {
        m_text.clear();
        const Cell before = isKnown ? head.cell(number, column + 1) : Cell();
        const bool isThere = m_evolver.appendField(m_text, row, m_places[column]);
        m_isRowTooLarge = m_isRowTooLarge || m_text.size() > maximumRowBytes;
        if (m_isRowTooLarge)
            return;
        if (QByteArray shown; isThere && m_masks[column].mask(m_text, shown))
            m_text.assign(shown.constData(), static_cast<std::size_t>(shown.size()));
        const Cell now = isThere ? m_texts.cellOfJson(m_text, before) : Cell();
        if (now == before)
            return;
        m_cells.push_back(now.bits());
        mask |= quint64(2) << column;
    };
    for (std::size_t i = 0; isNew && i < m_places.size(); ++i)
        read(i);
    for (std::size_t i = 0; !isNew && i < type.columns.size(); ++i)
        read(type.columns[i]);
    return mask;
}

void ProjectionFold::measure(RowNumber row)
{
    m_text.clear();
    m_evolver.appendJson(m_text, m_rows[row]);
    m_isRowTooLarge = m_text.size() > maximumRowBytes;
    std::size_t& known = m_trees[row];
    m_treeBytes += m_text.size() - std::exchange(known, m_text.size());
}

/// Of the rows, about.
qint64 ProjectionFold::bytes() const
{
    return static_cast<qint64>(m_rows.size() * sizeof(LogState) + m_evolver.flatBytes()
        + m_keys.bytes() + m_treeBytes * bytesOfAJsonByte);
}

void ProjectionFold::note(Position position, RowNumber row, quint64 flags)
{
    if (m_history->add(position, row, flags, m_cells.data()) && !m_texts.isFull())
        return;
    m_error = historyIsFull(*m_definition, m_history->file(), position);
}

ProjectionFailure ProjectionFold::failureOf(const EventView& event, const QString& reason) const
{
    return { event.position,
        textOf(event.type) + QStringLiteral(": ")
            + (m_definition->hidesFailures ? Masks::hiddenReason() : reason) };
}

/// The event could not be folded: its row, if it came to one, is as it was.
void ProjectionFold::fail(RowNumber row, const EventView& event, const QString& reason)
{
    m_history->addFailure(row, failureOf(event, reason));
    m_cells.clear();
    const bool isOfRow = row != Change::noRow;
    note(event.position, row, isOfRow ? Change::exists | Change::failed : 0);
}

} // namespace eventloupe
