#include "domain/knownmembers.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int mostDepth = 16;
constexpr std::size_t mostProperties = 5000;

bool isFalse(const JsonValue* value)
{
    return value && value->isBool() && !value->toBool();
}

} // namespace

KnownMembers::KnownMembers(const Schema& schema)
    : KnownMembers(schema, { schema.document() })
{
}

KnownMembers::KnownMembers(Schema whole, const std::vector<JsonValue>& schemas)
    : m_whole(std::move(whole))
    , m_isClosed(!schemas.empty())
{
    for (const JsonValue& schema : schemas)
        m_isClosed = take(schema, 0) && m_isClosed;
    m_isClosed = m_isClosed && m_properties.size() < mostProperties;
    for (const JsonValue::Member& property : m_properties)
        m_names.append(QString::fromUtf8(property.key));
    m_names.removeDuplicates();
}

/// Takes in what a schema and its parts name; whether it leaves no room for others.
bool KnownMembers::take(const JsonValue& schema, int depth)
{
    if (depth > mostDepth || !schema.isObject() || m_properties.size() >= mostProperties)
        return false;
    const JsonValue* properties = schema.find("properties");
    for (const JsonValue::Member& property :
        properties ? properties->members() : std::span<const JsonValue::Member>())
        m_properties.push_back(property);
    bool isClosed = !schema.find("patternProperties")
        && (isFalse(schema.find("additionalProperties"))
            || isFalse(schema.find("unevaluatedProperties")));
    for (const char* keyword : { "$ref", "$dynamicRef" }) {
        const JsonValue* reference = schema.find(keyword);
        const auto target = reference ? m_whole.target(reference->toUtf8()) : std::nullopt;
        if (target)
            isClosed = take(*target, depth + 1) || isClosed;
    }
    const auto elements = [&schema](const char* keyword) {
        const JsonValue* list = schema.find(keyword);
        return list ? list->elements() : std::span<const JsonValue>();
    };
    for (const JsonValue& part : elements("allOf"))
        isClosed = take(part, depth + 1) || isClosed;
    for (const char* keyword : { "oneOf", "anyOf" }) {
        bool areClosed = !elements(keyword).empty();
        for (const JsonValue& option : elements(keyword))
            areClosed = take(option, depth + 1) && areClosed;
        isClosed = areClosed || isClosed;
    }
    for (const char* keyword : { "if", "then", "else" }) {
        if (const JsonValue* branch = schema.find(keyword))
            static_cast<void>(take(*branch, depth + 1));
    }
    if (const JsonValue* dependents = schema.find("dependentSchemas")) {
        for (const JsonValue::Member& dependent : dependents->members())
            static_cast<void>(take(dependent.value, depth + 1));
    }
    return isClosed;
}

KnownMembers KnownMembers::of(const QString& name) const
{
    const QByteArray key = name.toUtf8();
    std::vector<JsonValue> schemas;
    for (const JsonValue::Member& property : m_properties) {
        if (property.key == key)
            schemas.push_back(property.value);
    }
    return { m_whole, schemas };
}

} // namespace eventloupe
