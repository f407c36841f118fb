#include "value/jsonstorage.h"
#include "value/jsonvalue.h"
#include "value/numbers.h"

namespace eventloupe {

JsonValue::Object& JsonValue::detachedObject()
{
    Q_ASSERT(isObject());
    auto& object = *std::get_if<ObjectPointer>(&m_content);
    if (object.use_count() > 1) {
        object = std::make_shared<Object>(*object);
    }
    return *object;
}

std::vector<JsonValue>& JsonValue::detachedArray()
{
    Q_ASSERT(isArray());
    auto& array = *std::get_if<ArrayPointer>(&m_content);
    if (array.use_count() > 1) {
        array = std::make_shared<Array>(*array);
    }
    return array->items;
}

void JsonValue::append(JsonValue element)
{
    detachedArray().push_back(std::move(element));
}

void JsonValue::insertAt(qsizetype index, JsonValue element)
{
    auto& items = detachedArray();
    Q_ASSERT(index >= 0 && index <= std::ssize(items));
    items.insert(items.begin() + index, std::move(element));
}

void JsonValue::removeAt(qsizetype index)
{
    auto& items = detachedArray();
    Q_ASSERT(index >= 0 && index < std::ssize(items));
    items.erase(items.begin() + index);
}

void JsonValue::setAt(qsizetype index, JsonValue element)
{
    auto& items = detachedArray();
    Q_ASSERT(index >= 0 && index < std::ssize(items));
    items[static_cast<std::size_t>(index)] = std::move(element);
}

void JsonValue::insert(const QByteArray& key, JsonValue value)
{
    Object& object = detachedObject();
    const auto at = object.indexOf(viewOf(key));
    if (at < 0) {
        object.add({ key, std::move(value) });
    } else {
        object.members[static_cast<std::size_t>(at)].value = std::move(value);
    }
}

bool JsonValue::remove(std::string_view key)
{
    if (find(key) == nullptr) {
        return false;
    }
    Object& object = detachedObject();
    object.members.erase(object.members.begin() + object.indexOf(key));
    if (object.members.size() > JsonIndex::smallest) {
        object.index.rebuild(object.members);
    } else {
        object.index.clear();
    }
    return true;
}

JsonValue* JsonValue::findMutable(std::string_view key)
{
    if (!isObject()) {
        return nullptr;
    }
    const auto at = std::get<ObjectPointer>(m_content)->indexOf(key);
    return at < 0 ? nullptr : &detachedObject().members[static_cast<std::size_t>(at)].value;
}

JsonValue* JsonValue::atMutable(qsizetype index)
{
    if (!isArray() || index < 0 || index >= size()) {
        return nullptr;
    }
    return &detachedArray()[static_cast<std::size_t>(index)];
}

namespace {

using Pairs = std::vector<std::pair<const JsonValue*, const JsonValue*>>;

bool sameNumber(const JsonValue& left, const JsonValue& right)
{
    using Type = JsonValue::Type;
    if (right.type() == Type::Double && left.type() != Type::Double) {
        return sameNumber(right, left);
    }
    if (left.type() == Type::Double) {
        if (right.type() == Type::Double) {
            return left.toDouble() == right.toDouble();
        }
        const auto order = right.type() == Type::Int
            ? compareNumbers(right.toInt(), left.toDouble())
            : compareNumbers(right.toUInt(), left.toDouble());
        return order == 0;
    }
    return left.type() == right.type() && left.toInt() == right.toInt()
        && left.toUInt() == right.toUInt();
}

/// Compares scalars at once and queues what is inside of containers.
bool compareOne(const JsonValue& left, const JsonValue& right, Pairs& queue)
{
    if (left.isNumber()) {
        return right.isNumber() && sameNumber(left, right);
    }
    if (left.type() != right.type()) {
        return false;
    }
    if (left.isArray() || left.isObject()) {
        if (!left.sharesStorageWith(right)) {
            queue.emplace_back(&left, &right);
        }
        return left.size() == right.size();
    }
    return left.toBool() == right.toBool() && left.toView() == right.toView();
}

bool compareChildren(const JsonValue& left, const JsonValue& right, Pairs& queue)
{
    for (std::size_t i = 0; i < left.elements().size(); ++i) {
        if (!compareOne(left.elements()[i], right.elements()[i], queue)) {
            return false;
        }
    }
    for (const auto& member : left.members()) {
        const JsonValue* other = right.find(viewOf(member.key));
        if (other == nullptr || !compareOne(member.value, *other, queue)) {
            return false;
        }
    }
    return true;
}

} // namespace

bool operator==(const JsonValue& left, const JsonValue& right)
{
    Pairs queue;
    bool same = compareOne(left, right, queue);
    while (same && !queue.empty()) {
        const auto [first, second] = queue.back();
        queue.pop_back();
        same = compareChildren(*first, *second, queue);
    }
    return same;
}

} // namespace eventloupe
