#include "branch/inferredcommand.h"

#include "value/json.h"

#include <QRegularExpression>

#include <algorithm>

namespace eventloupe {

namespace {

QString textAt(const JsonValue& json, std::string_view key)
{
    const JsonValue* found = json.find(key);
    return found ? found->toString() : QString();
}

/// Where in a command's data an expression reads, when it is nothing but "data.a.b".
std::optional<JsonPointer> placeInData(const QByteArray& source)
{
    const QByteArray text = source.trimmed();
    if (text == "data")
        return JsonPointer();
    static const QRegularExpression path(
        QStringLiteral("^data(\\.[A-Za-z_][A-Za-z0-9_]*)+$"));
    if (!path.match(QString::fromUtf8(text)).hasMatch())
        return std::nullopt;
    QList<QByteArray> tokens = text.split('.');
    tokens.removeFirst();
    return JsonPointer(tokens);
}

const CommandDefinition* findCommand(
    const Workspace& workspace, const QString& name, const QString& type, const QString& category)
{
    if (const auto* named = name.isEmpty() ? nullptr : workspace.command(name))
        return named;
    const CommandDefinition* only = nullptr;
    for (const CommandDefinition& each : workspace.commands()) {
        const bool emits = std::any_of(each.emissions.begin(), each.emissions.end(),
            [&type](const Emission& emission) { return emission.type == type; });
        if (!emits || (!each.category.isEmpty() && each.category != category))
            continue;
        if (only)
            return nullptr;
        only = &each;
    }
    return only;
}

/// What the command's definition takes over into the event's data.
void turnRound(const Emission& emission, const JsonValue& event, JsonValue& data)
{
    if (emission.dataExpressions.isEmpty() && emission.dataSource.isNull() && event.isObject())
        data = event;
    for (const auto& [place, expression] : emission.dataExpressions) {
        const auto from = placeInData(expression.source());
        const JsonValue* value = place.resolve(event);
        if (!from || !value)
            continue;
        if (!from->isRoot())
            (void)from->set(data, *value);
        else if (value->isObject())
            data = *value;
    }
}

/// What stands in the stream's name for an expression of its template.
void turnRound(const TextTemplate& stream, const QString& name, JsonValue& data)
{
    QString pattern = QStringLiteral("^");
    for (qsizetype i = 0; i < stream.literals().size(); ++i) {
        pattern += QRegularExpression::escape(QString::fromUtf8(stream.literals().at(i)));
        if (i < stream.expressions().size())
            pattern += QStringLiteral("(.+)");
    }
    const auto match = QRegularExpression(pattern + u'$').match(name);
    if (!match.hasMatch())
        return;
    for (qsizetype i = 0; i < stream.expressions().size(); ++i) {
        const auto place = placeInData(stream.expressions().at(i).source());
        if (place && !place->isRoot() && !place->resolve(data))
            (void)place->set(data, JsonValue::fromString(match.captured(int(i) + 1)));
    }
}

} // namespace

InferredCommand inferCommand(
    const Workspace& workspace, const Event& event, const QString& category)
{
    InferredCommand inferred;
    const auto metadata = parseStoredJson(viewOf(event.metadata));
    const JsonValue meta = metadata ? *metadata : JsonValue();
    inferred.commandId = textAt(meta, "causationId");
    inferred.actor = textAt(meta, "actor");
    inferred.command = findCommand(workspace, textAt(meta, "command"), event.type, category);
    const auto parsed = parseStoredJson(viewOf(event.data));
    if (!inferred.command || !parsed)
        return inferred;
    JsonValue data = JsonValue::emptyObject();
    for (const Emission& each : inferred.command->emissions)
        if (each.type == event.type)
            turnRound(each, *parsed, data);
    turnRound(inferred.command->stream, event.stream, data);
    inferred.data.append(data);
    JsonValue whole = data;
    for (const JsonValue::Member& each : parsed->members())
        if (!whole.find(viewOf(each.key)))
            whole.insert(each.key, each.value);
    if (whole.size() != data.size())
        inferred.data.append(whole);
    return inferred;
}

} // namespace eventloupe
