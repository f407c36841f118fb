#include "support/plainblame.h"

#include "expression/value.h"
#include "value/json.h"

#include <QRandomGenerator>

#include <limits>

namespace eventloupe {

namespace {

bool isPrefix(const QList<QByteArray>& prefix, const QList<QByteArray>& tokens)
{
    return prefix.size() <= tokens.size() && tokens.first(prefix.size()) == prefix;
}

bool touchesInside(const JsonValue& patch, const JsonValue& old)
{
    for (const auto& member : patch.members()) {
        const JsonValue* before = old.find(viewOf(member.key));
        if (member.value.isNull() ? before != nullptr
                : !member.value.isObject() || !before || !before->isObject()
                || touchesInside(member.value, *before))
            return true;
    }
    return false;
}

/// By RFC 7396: whether merging the patch into the old state writes the field.
bool mergeSets(const JsonValue& patch, const JsonValue& old, const QList<QByteArray>& field)
{
    if (!patch.isObject() || !old.isObject())
        return true;
    const JsonValue* part = &patch;
    const JsonValue* before = &old;
    for (const QByteArray& token : field) {
        part = part->find(viewOf(token));
        before = before->find(viewOf(token));
        if (!part)
            return false;
        if (part->isNull())
            return before != nullptr;
        if (!part->isObject() || !before || !before->isObject())
            return true;
    }
    return touchesInside(*part, *before);
}

QList<QByteArray> placeOf(const EvolveRule& rule, const JsonValue& data)
{
    if (rule.fixedPointer)
        return rule.fixedPointer->tokens();
    const std::array<Value, 3> variables { Value(), Value::fromJson(data), Value() };
    QList<QByteArray> tokens;
    for (const TextTemplate& part : rule.pointer)
        tokens.append(*part.evaluate(variables));
    return tokens;
}

} // namespace

PlainBlame::PlainBlame(EventStore& store, const Evolver& evolver, const StreamInfo& stream)
    : m_workspace(evolver.workspace())
    , m_stream(stream)
    , m_events(*store.readStream(
          stream.id, 0, std::numeric_limits<Position>::max(), std::numeric_limits<int>::max()))
{
    AggregateState state = evolver.initialState(stream.category);
    m_states.push_back(state.value);
    m_failed.push_back(false);
    for (const Event& event : m_events) {
        const QByteArray name = event.stream.toUtf8();
        const QByteArray type = event.type.toUtf8();
        const QByteArray id = event.id.toUtf8();
        const auto done = evolver.evolve(state,
            { event.position, event.streamId, viewOf(name), event.version, viewOf(type), event.time,
                viewOf(id), viewOf(event.data), viewOf(event.metadata) });
        m_states.push_back(state.value);
        m_failed.push_back(!done);
    }
}

StreamVersion PlainBlame::lastChanged(const JsonPointer& field, StreamVersion version) const
{
    for (; version > 0; --version) {
        const JsonValue* now = field.resolve(stateAt(version));
        const JsonValue* before = field.resolve(stateAt(version - 1));
        if (!now != !before || (now && !(*now == *before)))
            return version;
    }
    return 0;
}

StreamVersion PlainBlame::lastSet(const JsonPointer& field, StreamVersion version) const
{
    while (version > 0 && !sets(field, version))
        --version;
    return version;
}

bool PlainBlame::sets(const JsonPointer& field, StreamVersion version) const
{
    const Event& event = m_events.at(version - 1);
    const AggregateDefinition* aggregate = m_workspace->aggregate(m_stream.category);
    const bool isIgnored
        = aggregate && !aggregate->events.isEmpty() && !aggregate->events.contains(event.type);
    if (m_failed[static_cast<std::size_t>(version)] || isIgnored)
        return false;
    const JsonValue data
        = event.data.isEmpty() ? JsonValue() : *parseStoredJson(viewOf(event.data));
    const EventDefinition* definition = m_workspace->event(event.type);
    if (!definition || definition->kind == EvolveKind::Merge)
        return !data.isNull() && mergeSets(data, stateAt(version - 1), field.tokens());
    if (definition->kind == EvolveKind::Delete)
        return true;
    for (const EvolveRule& rule : definition->rules) {
        const auto place = placeOf(rule, data);
        const bool isThere = rule.value || JsonPointer(place).resolve(stateAt(version - 1));
        if (isThere && (isPrefix(place, field.tokens()) || isPrefix(field.tokens(), place)))
            return true;
    }
    return false;
}

JsonPointer randomField(const JsonValue& state, quint32 seed)
{
    QRandomGenerator random(seed);
    QList<QByteArray> tokens;
    const JsonValue* value = &state;
    while (value->size() > 0) {
        const auto index
            = static_cast<std::size_t>(random.bounded(static_cast<int>(value->size())));
        if (value->isArray()) {
            tokens.append(QByteArray::number(static_cast<qint64>(index)));
            value = &value->elements()[index];
        } else {
            tokens.append(value->members()[index].key);
            value = &value->members()[index].value;
        }
    }
    return JsonPointer(tokens);
}

} // namespace eventloupe
