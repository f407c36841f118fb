#include "blame/fieldhistory.h"

#include "blame/fieldorigin.h"

#include "mask/masked.h"
#include "mask/masks.h"
#include "store/maskedeventstore.h"

#include <algorithm>
#include <functional>

namespace eventloupe {

namespace {

/// Elements of lists that the writes of a piece may hold, at some 50 bytes each.
constexpr qint64 mostHeldElements = 1'000'000;

qint64 heldElements(const WriteTrace& writes)
{
    qint64 held = 0;
    for (const StateWrite& write : writes)
        held += write.old.size() + write.value.size();
    return held;
}

/// Nothing after the aggregate's end; before its first event there is the initial state.
std::optional<JsonValue> valueAt(const QList<QByteArray>& tokens, const AggregateState& state)
{
    if (!state.exists && state.version > 0)
        return {};
    const JsonValue* value = JsonPointer(tokens).resolve(state.value);
    return value ? std::optional<JsonValue>(*value) : std::nullopt;
}

/// Folds what follows the state, up to a version; the visitor has the state after each event.
Result<void> foldOn(EventStore& store, const StreamInfo& stream, const Evolver& evolver,
    AggregateState& state, StreamVersion to, WriteTrace* trace,
    const std::function<bool(const EventView&)>& visitor)
{
    if (state.version >= to)
        return {};
    const QByteArray name = stream.name.toUtf8();
    return trueStore(store).scanStream(stream.id, state.version,
        std::numeric_limits<Position>::max(), foldColumns(evolver) | ScanColumn::Time,
        [&](EventView event) {
            event.stream = viewOf(name);
            (void)evolver.evolve(state, event, trace); // What fails writes nothing.
            return visitor(event) && event.version < to;
        });
}

} // namespace

FieldHistory::FieldHistory(StreamInfo stream, const JsonPointer& field, StreamVersion version)
    : m_stream(std::move(stream))
    , m_tokens(field.tokens())
    , m_reached(version)
{
}

Result<QList<FieldWrite>> FieldHistory::next(
    EventStore& store, Replayer& replayer, qint64 maximumEvents)
{
    QList<FieldWrite> found;
    if (m_isComplete)
        return found;
    // Whether a name in what is masked was ever there would tell it.
    const Masks& masks = *replayer.evolver().workspace()->masks();
    m_tokens = masks.ofState(m_stream.category).visiblePart(m_tokens);
    const qint64 most = std::clamp<qint64>(m_most, 1, std::max<qint64>(maximumEvents, 1));
    StreamVersion start = std::max<StreamVersion>(0, m_reached - most);
    // Where a state is kept, none has to be folded first.
    if (const auto kept = replayer.keptUpTo(m_stream, start); m_reached - kept <= 2 * most)
        start = kept;
    auto state = replayer.trueStateWithin(store, m_stream, start, maximumEvents);
    if (!state)
        return state.error();
    if (!*state)
        return found; // It is nearer now.
    (*state)->blame.reset();
    const auto traced = trace(store, replayer.evolver(), **state);
    if (!traced)
        return traced.error();
    if (!*traced) {
        m_most = std::max<qint64>(1, most / 4);
        return found;
    }
    const auto hits = findHits(**traced);
    if (!hits.empty()) {
        auto writes = readValues(store, replayer.evolver(), std::move(**state), **traced, hits);
        if (!writes)
            return writes;
        found = *std::move(writes);
    }
    m_reached = start;
    if (m_reached == 0 && !m_isComplete) {
        if (auto initial = initialWrite(replayer.evolver()))
            found.append(*std::move(initial));
        m_isComplete = true;
    }
    maskWrites(*replayer.evolver().workspace(), found);
    return found;
}

void FieldHistory::maskWrites(const Workspace& workspace, QList<FieldWrite>& writes) const
{
    const MaskPatterns& masked = workspace.masks()->ofState(m_stream.category);
    if (masked.isEmpty())
        return;
    for (FieldWrite& write : writes) {
        const MaskPatterns here = masked.below(write.place.tokens());
        if (write.old)
            write.old = here.shown(*write.old);
        if (write.now)
            write.now = here.shown(*write.now);
    }
}

/// Nothing where the writes would take too much memory.
Result<std::optional<std::vector<FieldHistory::Traced>>> FieldHistory::trace(
    EventStore& store, const Evolver& evolver, AggregateState state) const
{
    std::vector<Traced> traced;
    qint64 held = 0;
    const bool isAlone = m_reached - state.version <= 1;
    WriteTrace writes;
    const auto done = foldOn(
        store, m_stream, evolver, state, m_reached, &writes, [&](const EventView& event) {
            held += heldElements(writes);
            traced.push_back({ { event.version, event.position, event.time,
                                   QString::fromUtf8(event.type.data(),
                                       static_cast<qsizetype>(event.type.size())) },
                std::exchange(writes, {}) });
            return held <= mostHeldElements || isAlone;
        });
    if (!done)
        return done.error();
    if (held > mostHeldElements && !isAlone)
        return std::optional<std::vector<Traced>>();
    return std::optional(std::move(traced));
}

/// Goes back through the piece; newest first.
std::vector<FieldHistory::Hit> FieldHistory::findHits(const std::vector<Traced>& traced)
{
    std::vector<Hit> hits;
    for (auto one = traced.rbegin(); one != traced.rend() && !m_isComplete; ++one) {
        const auto after = m_tokens;
        const FieldOrigin origin = goBack(one->writes, m_tokens);
        if (origin.isSet)
            hits.push_back({ one->event.version, m_tokens, after });
        m_isComplete = origin.isNew;
        if (origin.isNew)
            hits.back().before.clear();
    }
    return hits;
}

Result<QList<FieldWrite>> FieldHistory::readValues(EventStore& store, const Evolver& evolver,
    AggregateState state, const std::vector<Traced>& traced, const std::vector<Hit>& hits) const
{
    QList<FieldWrite> writes;
    auto hit = hits.rbegin();
    const bool isOldestNew = m_isComplete;
    const StreamVersion first = traced.front().event.version;
    AggregateState before = state; // In time for the next hit: a copy makes the next event dearer.
    const auto done = foldOn(store, m_stream, evolver, state, hits.front().version, nullptr,
        [&](const EventView& event) {
            if (event.version == hit->version) {
                const auto& one = traced[static_cast<std::size_t>(event.version - first)];
                const bool isNew = isOldestNew && hit == hits.rbegin();
                FieldWrite write { std::make_shared<const SettingEvent>(one.event),
                    JsonPointer(hit->after),
                    isNew ? std::nullopt : valueAt(hit->before, before),
                    valueAt(hit->after, state) };
                // What it was to be a part of was written without it.
                if (write.old || write.now)
                    writes.prepend(std::move(write));
                ++hit;
            }
            if (hit != hits.rend() && event.version + 1 == hit->version)
                before = state;
            return hit != hits.rend();
        });
    if (!done)
        return done.error();
    return writes;
}

std::optional<FieldWrite> FieldHistory::initialWrite(const Evolver& evolver) const
{
    auto value = valueAt(m_tokens, evolver.initialState(m_stream.category));
    if (!value)
        return {};
    return FieldWrite { nullptr, JsonPointer(m_tokens), std::nullopt, std::move(value) };
}

} // namespace eventloupe
