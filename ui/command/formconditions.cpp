#include "ui/command/formconditions.h"

#include "value/event.h"

#include <utility>

namespace eventloupe {

namespace {

/// So many conditions of one object, at all depths, shape its form; the rest is left to the schema.
constexpr qsizetype mostConditions = 200;

JsonValue requiring(const QByteArray& key)
{
    auto names = JsonValue::emptyArray();
    names.append(JsonValue::fromString(key));
    auto schema = JsonValue::emptyObject();
    schema.insert("required", names);
    return schema;
}

JsonValue condition(const JsonValue& test, const JsonValue& then)
{
    auto object = JsonValue::emptyObject();
    object.insert("if", test);
    object.insert("then", then);
    return object;
}

} // namespace

JsonValue withConditions(const JsonValue& schema)
{
    const auto* known = schema.find(FormConditions::member);
    auto conditions = known != nullptr ? *known : JsonValue::emptyArray();
    auto rest = schema;
    const auto take = [&](std::string_view name) {
        const auto* found = schema.find(name);
        auto value = found != nullptr ? *found : JsonValue();
        rest.remove(name);
        return value;
    };
    if (const auto* test = schema.find("if")) {
        auto object = JsonValue::emptyObject();
        object.insert("if", *test);
        for (const auto* branch : { "then", "else" }) {
            if (const auto* part = schema.find(branch))
                object.insert(branch, *part);
        }
        conditions.append(object);
        for (const auto* name : { "if", "then", "else" })
            rest.remove(name);
    }
    const auto dependents = take("dependentSchemas");
    for (const auto& member : dependents.members())
        conditions.append(condition(requiring(member.key), member.value));
    const auto needs = take("dependentRequired");
    for (const auto& member : needs.members()) {
        auto then = JsonValue::emptyObject();
        then.insert("required", member.value);
        conditions.append(condition(requiring(member.key), then));
    }
    if (conditions.size() > 0)
        rest.insert(QByteArray(FormConditions::member.data()), conditions);
    return rest;
}

FormConditions::FormConditions(Schema whole, JsonValue schema, QList<QByteArray> references)
    : m_whole(std::move(whole))
    , m_schema(std::move(schema))
    , m_references(std::move(references))
{
    if (const auto* conditions = m_schema.find(member)) {
        for (const auto& condition : conditions->elements())
            noteAsked(*condition.find("if"));
    }
}

void FormConditions::noteAsked(const JsonValue& condition)
{
    QList<JsonValue> open { condition };
    while (!open.isEmpty()) {
        const auto part = open.takeLast();
        if (const auto* properties = part.find("properties")) {
            for (const auto& property : properties->members())
                m_asked.insert(property.key);
        }
        for (const auto* name : { "allOf", "anyOf", "oneOf" }) {
            if (const auto* parts = part.find(name)) {
                for (const auto& element : parts->elements())
                    open.append(element);
            }
        }
        if (const auto* opposite = part.find("not"))
            open.append(*opposite);
    }
}

std::optional<bool> FormConditions::holds(const JsonValue& condition, const JsonValue& value)
{
    const auto key = condition.toJson();
    auto found = m_tests.find(key);
    if (found == m_tests.end()) {
        const auto compiled = m_whole.part(condition);
        found = m_tests.insert(key, compiled ? std::optional(*compiled) : std::nullopt);
    }
    return *found ? std::optional((*found)->validate(value).isEmpty()) : std::nullopt;
}

JsonValue FormConditions::schemaFor(const JsonValue& value)
{
    auto schema = m_schema;
    QList<JsonValue> open;
    const auto takeOpen = [&open](JsonValue& from) {
        if (const auto* conditions = from.find(member)) {
            for (const auto& element : conditions->elements())
                open.append(element);
        }
        from.remove(member);
    };
    takeOpen(schema);
    for (qsizetype i = 0; i < open.size() && i < mostConditions; ++i) {
        const auto condition = JsonValue(open.at(i)); // The list grows below.
        const auto answer = holds(*condition.find("if"), value);
        const auto* branch = answer ? condition.find(*answer ? "then" : "else") : nullptr;
        if (branch == nullptr || !branch->isObject())
            continue;
        auto flat = flattened(m_whole, *branch, m_references).schema;
        if (const auto* nested = flat.find(member)) {
            for (const auto& element : nested->elements())
                noteAsked(*element.find("if"));
        }
        takeOpen(flat);
        schema = mergedSchemas(schema, flat);
    }
    return schema;
}

} // namespace eventloupe
