#include "value/jsonvalue.h"

#include "value/jsonstorage.h"

#include <algorithm>
#include <limits>

namespace eventloupe {

namespace {

JsonValue& valueOf(JsonValue& element)
{
    return element;
}
JsonValue& valueOf(JsonValue::Member& member)
{
    return member.value;
}

/// For a few members: the last value of a key in the place of its first.
void dropDuplicates(std::vector<JsonValue::Member>& members)
{
    auto end = members.begin();
    for (auto member = members.begin(); member != members.end(); ++member) {
        const auto same = std::find_if(members.begin(), end,
            [&](const JsonValue::Member& earlier) { return earlier.key == member->key; });
        if (same != end) {
            same->value = std::move(member->value);
        } else {
            if (end != member) {
                *end = std::move(*member);
            }
            ++end;
        }
    }
    members.erase(end, members.end());
}

} // namespace

/// Frees children without a call a level: past a few levels they are queued, and the outermost
/// destructor of the thread empties the queue.
template <class T> void JsonValue::dismantle(T& children)
{
    constexpr int nestedCalls = 50;
    thread_local int depth = 0;
    thread_local std::vector<JsonValue> queue;

    if (depth >= nestedCalls) {
        for (auto& child : children) {
            JsonValue& value = valueOf(child);
            if (value.isArray() || value.isObject()) {
                queue.push_back(std::move(value));
            }
        }
        return;
    }
    ++depth;
    children.clear();
    --depth;
    while (depth == 0 && !queue.empty()) {
        ++depth;
        {
            const JsonValue next = std::move(queue.back());
            queue.pop_back();
        }
        --depth;
    }
}

JsonValue JsonValue::fromBool(bool value)
{
    JsonValue result;
    result.m_content = value;
    return result;
}

JsonValue JsonValue::fromInt(qint64 value)
{
    JsonValue result;
    result.m_content = value;
    return result;
}

JsonValue JsonValue::fromUInt(quint64 value)
{
    JsonValue result;
    if (value <= static_cast<quint64>(std::numeric_limits<qint64>::max())) {
        result.m_content = static_cast<qint64>(value);
    } else {
        result.m_content = value;
    }
    return result;
}

JsonValue JsonValue::fromDouble(double value, QByteArray spelling)
{
    JsonValue result;
    result.m_content = Decimal { value, std::move(spelling) };
    return result;
}

JsonValue JsonValue::fromString(QByteArray utf8)
{
    JsonValue result;
    result.m_content = std::move(utf8);
    return result;
}

JsonValue JsonValue::fromString(const QString& text)
{
    return fromString(text.toUtf8());
}

JsonValue JsonValue::emptyArray()
{
    return fromElements({});
}

JsonValue JsonValue::emptyObject()
{
    return fromMembers({});
}

JsonValue JsonValue::fromElements(std::vector<JsonValue> elements)
{
    auto array = std::make_shared<Array>();
    array->items = std::move(elements);
    JsonValue result;
    result.m_content = std::move(array);
    return result;
}

JsonValue JsonValue::fromMembers(std::vector<Member> members)
{
    auto object = std::make_shared<Object>();
    if (members.size() <= JsonIndex::smallest) {
        dropDuplicates(members);
        object->members = std::move(members);
    } else {
        object->members.reserve(members.size());
        for (Member& member : members) {
            const auto at = object->indexOf(viewOf(member.key));
            if (at < 0) {
                object->add(std::move(member));
            } else {
                object->members[static_cast<std::size_t>(at)].value = std::move(member.value);
            }
        }
    }
    JsonValue result;
    result.m_content = std::move(object);
    return result;
}

JsonValue::Type JsonValue::type() const
{
    return static_cast<Type>(m_content.index());
}

bool JsonValue::isNumber() const
{
    return isInteger() || type() == Type::Double;
}

bool JsonValue::isInteger() const
{
    return type() == Type::Int || type() == Type::UInt;
}

bool JsonValue::toBool() const
{
    const auto* value = std::get_if<bool>(&m_content);
    return value != nullptr && *value;
}

qint64 JsonValue::toInt() const
{
    const auto* value = std::get_if<qint64>(&m_content);
    return value != nullptr ? *value : 0;
}

quint64 JsonValue::toUInt() const
{
    if (const auto* value = std::get_if<quint64>(&m_content)) {
        return *value;
    }
    return static_cast<quint64>(std::max<qint64>(0, toInt()));
}

double JsonValue::toDouble() const
{
    if (const auto* value = std::get_if<Decimal>(&m_content)) {
        return value->value;
    }
    return type() == Type::UInt ? static_cast<double>(toUInt()) : static_cast<double>(toInt());
}

QByteArray JsonValue::toUtf8() const
{
    const auto* value = std::get_if<QByteArray>(&m_content);
    return value != nullptr ? *value : QByteArray();
}

QString JsonValue::toString() const
{
    const auto text = toView();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string_view JsonValue::toView() const
{
    const auto* value = std::get_if<QByteArray>(&m_content);
    return value != nullptr ? viewOf(*value) : std::string_view();
}

std::string_view JsonValue::spelling() const
{
    const auto* value = std::get_if<Decimal>(&m_content);
    return value != nullptr ? viewOf(value->spelling) : std::string_view();
}

qsizetype JsonValue::size() const
{
    return static_cast<qsizetype>(isArray() ? elements().size() : members().size());
}

std::span<const JsonValue> JsonValue::elements() const
{
    const auto* array = std::get_if<ArrayPointer>(&m_content);
    return array != nullptr ? std::span<const JsonValue>((*array)->items)
                            : std::span<const JsonValue>();
}

std::span<const JsonValue::Member> JsonValue::members() const
{
    const auto* object = std::get_if<ObjectPointer>(&m_content);
    return object != nullptr ? std::span<const Member>((*object)->members)
                             : std::span<const Member>();
}

const JsonValue* JsonValue::find(std::string_view key) const
{
    const auto* object = std::get_if<ObjectPointer>(&m_content);
    if (object == nullptr) {
        return nullptr;
    }
    const auto at = (*object)->indexOf(key);
    return at < 0 ? nullptr : &(*object)->members[static_cast<std::size_t>(at)].value;
}

bool JsonValue::sharesStorageWith(const JsonValue& other) const
{
    if (isArray() && other.isArray()) {
        return std::get<ArrayPointer>(m_content) == std::get<ArrayPointer>(other.m_content);
    }
    return isObject() && other.isObject()
        && std::get<ObjectPointer>(m_content) == std::get<ObjectPointer>(other.m_content);
}

} // namespace eventloupe
