#include "domain/upcaster.h"

#include "domain/domaintext.h"
#include "domain/eventvalues.h"
#include "domain/variables.h"
#include "value/json.h"

#include <algorithm>

namespace eventloupe {

namespace {

using Variables = std::array<Value, UpcastVariable::names.size()>;

Error inUpcast(qsizetype number, const QString& part, const Error& error)
{
    return { error.code,
        DomainText::tr("upcast %1, %2: %3").arg(number + 1).arg(part, error.message) };
}

void note(Upcaster::Type& type, const Expression& expression)
{
    for (std::size_t i = 0; i < type.uses.size(); ++i)
        type.uses.at(i) = type.uses.at(i) || expression.uses(i);
}

Upcaster::Type typeOf(const EventDefinition& event)
{
    Upcaster::Type type { event.type.toStdString(), &event, {} };
    for (const Upcast& upcast : event.upcasts) {
        note(type, upcast.when);
        for (const Upcast::Change& change : upcast.changes)
            if (change.value)
                note(type, *change.value);
    }
    return type;
}

Result<Variables> variablesFor(
    const Upcaster::Type& type, const EventView& event, const JsonValue& data)
{
    Variables variables;
    variables[UpcastVariable::Data] = Value::fromJson(data);
    if (type.uses[UpcastVariable::Metadata]) {
        auto metadata = event.metadata.empty()
            ? Result<Value>(Value::fromJson(JsonValue::emptyObject()))
            : jsonTextValue(event.metadata);
        if (!metadata)
            return metadata.error();
        variables[UpcastVariable::Metadata] = std::move(metadata).value();
    }
    if (type.uses[UpcastVariable::Event]) {
        auto value = eventValue(event);
        if (!value)
            return value.error();
        variables[UpcastVariable::Event] = std::move(value).value();
    }
    return variables;
}

/// Sets or removes; all values are of the data before the step.
Result<void> change(
    const Upcast& upcast, qsizetype number, const Variables& variables, JsonValue& next)
{
    for (const Upcast::Change& change : upcast.changes) {
        if (!change.value) {
            change.place.remove(next);
            continue;
        }
        const auto value = change.value->evaluate(variables);
        auto json = value ? value->toJson() : Result<JsonValue>(value.error());
        const auto done
            = json ? change.place.set(next, std::move(json).value()) : Result<void>(json.error());
        if (!done) {
            return inUpcast(number,
                QStringLiteral("set ") + QString::fromUtf8(change.place.toText()), done.error());
        }
    }
    return {};
}

Result<void> move(const Upcast& upcast, qsizetype number, JsonValue& next)
{
    for (const Upcast::Move& move : upcast.moves) {
        const JsonValue* found = move.from.resolve(next);
        if (!found)
            continue;
        JsonValue value = *found;
        move.from.remove(next);
        const auto done = move.to.set(next, std::move(value));
        if (!done) {
            return inUpcast(number,
                QStringLiteral("rename ") + QString::fromUtf8(move.from.toText()), done.error());
        }
    }
    return {};
}

/// Whether the step was for this data, which it changed then.
Result<bool> step(const Upcast& upcast, qsizetype number, Variables& variables, JsonValue& data)
{
    const auto applies = upcast.when.test(variables);
    if (!applies)
        return inUpcast(number, QStringLiteral("when"), applies.error());
    if (!*applies)
        return false;
    JsonValue next = data;
    auto done = move(upcast, number, next);
    if (done)
        done = change(upcast, number, variables, next);
    if (!done)
        return done.error();
    data = std::move(next);
    variables[UpcastVariable::Data] = Value::fromJson(data);
    return true;
}

} // namespace

Upcaster::Upcaster(std::shared_ptr<const Workspace> workspace)
    : m_workspace(std::move(workspace))
{
    for (const EventDefinition& event : m_workspace->events()) {
        const Type type = typeOf(event);
        if (!event.upcasts.isEmpty())
            m_types.emplace(type.present, type);
        for (const QString& older : event.was)
            m_types.emplace(older.toStdString(), type);
    }
}

Result<void> Upcaster::apply(const Type& type, EventView& event, QByteArray& data)
{
    const EventView stored = event;
    event.type = type.present;
    const QList<Upcast>& upcasts = type.definition->upcasts;
    if (upcasts.isEmpty())
        return {};
    auto value
        = stored.data.empty() ? Result<JsonValue>(JsonValue()) : parseStoredJson(stored.data);
    if (!value)
        return value.error();
    auto variables = variablesFor(type, stored, *value);
    if (!variables)
        return variables.error();
    bool isChanged = false;
    for (qsizetype i = 0; i < upcasts.size(); ++i) {
        const auto applied = step(upcasts.at(i), i, *variables, *value);
        if (!applied)
            return applied.error();
        isChanged = isChanged || *applied;
    }
    if (isChanged) {
        data = value->toJson();
        event.data = viewOf(data);
    }
    return {};
}

bool Upcaster::readsWholeEvents() const
{
    return std::any_of(m_types.begin(), m_types.end(), [](const auto& type) {
        return type.second.uses[UpcastVariable::Metadata]
            || type.second.uses[UpcastVariable::Event];
    });
}

} // namespace eventloupe
