#include "describe/shapesampler.h"

#include "schema/formats.h"
#include "value/event.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

/// Of several that fit, the first is meant.
constexpr std::array<std::string_view, 7> formatNames { "uuid", "date-time", "date", "time",
    "email", "ipv4", "uri" };

constexpr qsizetype longestChoice = 40; ///< Bytes.
constexpr qint64 leastRepeats = 5; ///< Of each text of a choice, on the average.
constexpr qint64 leastTexts = 20;

JsonValue textValue(std::string_view text)
{
    return JsonValue::fromString(toBytes(text));
}

} // namespace

void ShapeSampler::add(const JsonValue& value, int depth)
{
    ++m_count;
    m_nulls += value.isNull() ? 1 : 0;
    m_booleans += value.isBool() ? 1 : 0;
    m_integers += value.isInteger() ? 1 : 0;
    m_doubles += value.isNumber() && !value.isInteger() ? 1 : 0;
    if (value.isString()) {
        addText(value.toUtf8());
    } else if (value.isArray()) {
        ++m_arrays;
        if (depth == 0)
            return;
        if (!m_elements)
            m_elements = std::make_unique<ShapeSampler>();
        for (const JsonValue& element : value.elements())
            m_elements->add(element, depth - 1);
    } else if (value.isObject()) {
        ++m_objects;
        if (depth > 0)
            addMembers(value, depth);
    }
}

void ShapeSampler::addText(const QByteArray& text)
{
    ++m_texts;
    for (std::size_t i = 0; i < formatNames.size(); ++i) {
        const Format* format = findFormat(formatNames.at(i));
        if (!format || !format->fits(viewOf(text)))
            m_misfits |= 1U << i;
    }
    if (m_areTextsMany)
        return;
    if (text.size() <= longestChoice && !text.isEmpty())
        ++m_known[text];
    m_areTextsMany = m_known.size() > mostTexts || text.size() > longestChoice || text.isEmpty();
    if (m_areTextsMany)
        m_known.clear();
}

void ShapeSampler::addMembers(const JsonValue& object, int depth)
{
    if (m_isMap)
        return;
    for (const JsonValue::Member& member : object.members()) {
        auto found = std::find_if(m_members.begin(), m_members.end(),
            [&](const Member& known) { return known.name == member.key; });
        if (found == m_members.end()) {
            m_isMap = m_members.size() == mostMembers;
            if (m_isMap) {
                m_members.clear();
                return;
            }
            m_members.push_back({ member.key, std::make_unique<ShapeSampler>() });
            found = m_members.end() - 1;
        }
        found->shape->add(member.value, depth - 1);
    }
}

/// The first one that all texts fit; their number where there is none.
std::size_t ShapeSampler::format() const
{
    std::size_t format = 0;
    while (format < formatNames.size() && (m_misfits & (1U << format)) != 0)
        ++format;
    return format;
}

bool ShapeSampler::isChoice() const
{
    const auto distinct = static_cast<qint64>(m_known.size());
    const bool isOnlyText = m_texts == m_count;
    return format() == formatNames.size() && !m_areTextsMany && isOnlyText && m_texts >= leastTexts
        && m_texts >= distinct * leastRepeats;
}

bool ShapeSampler::listsTexts() const
{
    return isChoice() || (m_elements && m_elements->listsTexts())
        || std::ranges::any_of(
            m_members, [](const Member& member) { return member.shape->listsTexts(); });
}

void ShapeSampler::describeTexts(JsonValue& schema) const
{
    if (const std::size_t found = format(); found < formatNames.size()) {
        schema.insert("format", textValue(formatNames.at(found)));
        return;
    }
    if (!isChoice())
        return;
    std::vector<JsonValue> choices;
    for (const auto& known : m_known)
        choices.push_back(JsonValue::fromString(known.first));
    schema.insert("enum", JsonValue::fromElements(std::move(choices)));
}

void ShapeSampler::describeMembers(JsonValue& schema) const
{
    if (m_members.empty())
        return;
    std::vector<JsonValue> required;
    JsonValue properties = JsonValue::emptyObject();
    for (const Member& member : m_members) {
        properties.insert(member.name, member.shape->schema());
        if (member.shape->count() == m_objects)
            required.push_back(JsonValue::fromString(member.name));
    }
    if (!required.empty())
        schema.insert("required", JsonValue::fromElements(std::move(required)));
    schema.insert("properties", properties);
}

JsonValue ShapeSampler::schema() const
{
    if (m_count == 0)
        return JsonValue::fromBool(true);
    std::vector<JsonValue> types;
    const auto addType = [&](qint64 count, std::string_view name) {
        if (count > 0)
            types.push_back(textValue(name));
    };
    addType(m_texts, "string");
    addType(m_doubles, "number");
    addType(m_doubles > 0 ? 0 : m_integers, "integer");
    addType(m_booleans, "boolean");
    addType(m_objects, "object");
    addType(m_arrays, "array");
    addType(m_nulls, "null");
    JsonValue schema = JsonValue::emptyObject();
    schema.insert(
        "type", types.size() == 1 ? types.front() : JsonValue::fromElements(std::move(types)));
    if (m_texts > 0)
        describeTexts(schema);
    if (m_objects > 0)
        describeMembers(schema);
    if (m_elements && m_elements->count() > 0)
        schema.insert("items", m_elements->schema());
    return schema;
}

} // namespace eventloupe
