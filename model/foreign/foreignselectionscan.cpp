#include "foreign/foreignselectionscan.h"

#include "value/byteshash.h"

#include <algorithm>
#include <optional>

namespace eventloupe {

namespace {

/// More streams than these are tested row by row.
constexpr qsizetype mostStreams = 64;
constexpr std::size_t everyFourth = 4;

using Names = std::unordered_set<std::string, BytesHash, std::equal_to<>>;

std::optional<Names> namesOf(const std::optional<QStringList>& texts)
{
    if (!texts)
        return std::nullopt;
    Names names;
    for (const QString& text : *texts)
        names.insert(text.toStdString());
    return names;
}

} // namespace

struct ForeignSelectionScan::Plan {
    NumberRange positions;
    NumberRange versions;
    NumberRange times;
    std::optional<Names> types;
    std::optional<Names> categories;
    std::optional<Names> ids;
    std::optional<std::unordered_set<StreamId>> streams;
    /// Ascending; all that can be admitted. Nothing: any position.
    std::optional<std::vector<Position>> places;
    ScanColumns tested;
    ScanColumns asked;
    CancelToken cancel;

    [[nodiscard]] bool testsNothing() const
    {
        return versions.isAll() && times.isAll() && !types && !categories && !ids && !streams;
    }
};

ForeignSelectionScan::ForeignSelectionScan(ForeignLog& log, ForeignEventReader& events)
    : m_log(log)
    , m_events(events)
{
}

Result<void> ForeignSelectionScan::findPositions(const LogSelection& selection, Plan& plan)
{
    if (selection.streams && selection.streams->size() <= mostStreams) {
        plan.places.emplace();
        for (const QString& name : *selection.streams) {
            const StreamId id = m_log.index().idOfName(name.toStdString());
            const auto found = m_log.index().positionsOf(id,
                m_log.index().versionAt(id, plan.positions.first - 1), plan.positions.last,
                std::numeric_limits<std::size_t>::max());
            plan.places->insert(plan.places->end(), found.begin(), found.end());
        }
    } else if (selection.streams) {
        plan.streams.emplace();
        for (const QString& name : *selection.streams)
            plan.streams->insert(m_log.index().idOfName(name.toStdString()));
    }
    if (!plan.places && selection.ids) {
        std::vector<Position> places;
        bool isIndexed = true;
        for (const QString& id : *selection.ids) {
            const auto found = m_events.positionsOfId(id);
            if (!found)
                return found.error();
            isIndexed = isIndexed && found->has_value();
            if (isIndexed)
                places.insert(places.end(), (*found)->begin(), (*found)->end());
        }
        if (isIndexed)
            plan.places = std::move(places);
    }
    if (plan.places) {
        std::ranges::sort(*plan.places);
        // Not std::ranges::unique, whose result clang 14 cannot compile.
        plan.places->erase(
            std::unique(plan.places->begin(), plan.places->end()), plan.places->end());
        std::erase_if(
            *plan.places, [&plan](Position position) { return !plan.positions.holds(position); });
    }
    return {};
}

Result<void> ForeignSelectionScan::run(const LogSelection& selection, Position from, Position to,
    ScanColumns columns, const CancelToken& cancel, const ForeignEventReader::Visitor& visitor)
{
    Plan plan;
    plan.positions = { std::max<Position>(from, 1), std::min(to, m_log.index().head()) };
    plan.positions.intersect(selection.positions);
    plan.versions = selection.versions;
    plan.times = selection.times;
    plan.types = namesOf(selection.types);
    plan.categories = namesOf(selection.categories);
    plan.ids = namesOf(selection.ids);
    plan.asked = columns;
    plan.cancel = cancel;
    if (plan.types)
        plan.tested |= ScanColumn::Type;
    if (!plan.times.isAll())
        plan.tested |= ScanColumn::Time;
    if (plan.categories)
        plan.tested |= ScanColumn::Stream;
    if (plan.ids)
        plan.tested |= ScanColumn::Id;
    const ForeignEventReader::Visitor visit = [&cancel, &visitor](const EventView& event) {
        return visitor(event) && !cancel.isCancelled();
    };
    if (plan.positions.first > plan.positions.last)
        return {};
    if (const auto found = findPositions(selection, plan); !found)
        return found;
    for (Position first = plan.positions.first; first <= plan.positions.last; first += blockSize) {
        const Position last = std::min(plan.positions.last, first + blockSize - 1);
        const auto goesOn = scanBlock(plan, first, last, visit);
        if (!goesOn)
            return goesOn.error();
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled, QStringLiteral("cancelled") };
        if (!*goesOn)
            return {};
    }
    return {};
}

bool ForeignSelectionScan::admits(const Plan& plan, const EventView& event)
{
    return plan.versions.holds(event.version) && plan.times.holds(event.time.microseconds)
        && (!plan.types || plan.types->contains(event.type))
        && (!plan.ids || plan.ids->contains(event.id))
        && (!plan.streams || plan.streams->contains(event.streamId))
        && (!plan.categories
            || plan.categories->contains(
                m_log.index().categoryNameOf(event.streamId).toStdString()));
}

Result<bool> ForeignSelectionScan::scanBlock(
    const Plan& plan, Position from, Position to, const ForeignEventReader::Visitor& visitor)
{
    const ScanColumns both = plan.asked | plan.tested;
    const ForeignEventReader::Visitor tested
        = [&](const EventView& event) { return !admits(plan, event) || visitor(event); };
    const ForeignEventReader::Visitor& visit = plan.testsNothing() ? visitor : tested;
    if (plan.places) {
        const auto first = std::ranges::lower_bound(*plan.places, from);
        const auto last = std::ranges::upper_bound(*plan.places, to);
        return m_events.readList(std::span(first, last), both, plan.cancel, visit);
    }
    if (plan.testsNothing() || both == plan.tested)
        return m_events.readRun(from, to, both, plan.cancel, visit);
    std::vector<Position> admitted;
    const auto looked
        = m_events.readRun(from, to, plan.tested, plan.cancel, [&](const EventView& event) {
              if (admits(plan, event))
                  admitted.push_back(event.position);
              return true;
          });
    if (!looked)
        return looked;
    // Most of them: in one go, rather than one by one.
    if (admitted.size() * everyFourth > static_cast<std::size_t>(to - from + 1))
        return m_events.readRun(from, to, both, plan.cancel, visit);
    return m_events.readList(admitted, plan.asked, plan.cancel, visitor);
}

} // namespace eventloupe
