#include "blame/blamefields.h"

namespace eventloupe {

namespace {

/// What is nested deeper is one field.
constexpr qsizetype deepestField = 1000;

/// A value that is still to be looked at. Values may be nested deeper than a stack is.
struct Open {
    QList<QByteArray> tokens;
    const JsonValue* value;
};

void addBelow(const Open& field, std::vector<Open>& open)
{
    const auto first = open.size();
    const auto push = [&](const QByteArray& token, const JsonValue& value) {
        auto tokens = field.tokens;
        tokens.append(token);
        open.push_back({ std::move(tokens), &value });
    };
    qsizetype index = 0;
    for (const JsonValue& element : field.value->elements())
        push(QByteArray::number(index++), element);
    for (const JsonValue::Member& member : field.value->members())
        push(member.key, member.value);
    std::reverse(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
}

} // namespace

QList<BlamedField> blamedFields(const AggregateState& state, const JsonPointer& place)
{
    QList<BlamedField> fields;
    const JsonValue* value = place.resolve(state.value);
    if (!value || !state.blame)
        return fields;
    std::vector<Open> open { { place.tokens(), value } };
    while (!open.empty()) {
        const Open field = std::move(open.back());
        open.pop_back();
        const bool isAsked = field.value == value && !place.isRoot();
        const bool isLeaf = field.value->size() == 0 || field.tokens.size() >= deepestField;
        if (isAsked || isLeaf)
            fields.append({ JsonPointer(field.tokens).toText(), *field.value,
                state.blame->setterOf(field.tokens) });
        if (!isLeaf)
            addBelow(field, open);
    }
    return fields;
}

void insertSetter(JsonValue& object, const SettingEventPointer& event)
{
    object.insert("type", event ? JsonValue::fromString(event->type) : JsonValue());
    object.insert("version", JsonValue::fromInt(event ? event->version : 0));
    object.insert("position", JsonValue::fromInt(event ? event->position : 0));
    object.insert("time", event ? JsonValue::fromString(event->time.toRfc3339()) : JsonValue());
}

JsonValue blameJson(const BlamedField& field)
{
    auto object = JsonValue::emptyObject();
    object.insert("pointer", JsonValue::fromString(field.pointer));
    object.insert("value", field.value);
    insertSetter(object, field.event);
    return object;
}

} // namespace eventloupe
