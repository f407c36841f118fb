#include "domain/jsondifference.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// A pair of values that is still to be compared. Values may be nested deeper than a stack is.
struct Pair {
    JsonPointer place;
    const JsonValue* expected = nullptr;
    const JsonValue* came = nullptr;
};

JsonPointer below(const JsonPointer& place, const QByteArray& token)
{
    QList<QByteArray> tokens = place.tokens();
    tokens.append(token);
    return JsonPointer(std::move(tokens));
}

std::optional<JsonValue> copyOf(const JsonValue* value)
{
    return value ? std::optional<JsonValue>(*value) : std::nullopt;
}

/// The pairs of what two values hold, or nothing where they are not of one kind.
std::optional<QList<Pair>> partsOf(const Pair& pair)
{
    QList<Pair> parts;
    if (pair.expected->isObject() && pair.came->isObject()) {
        for (const JsonValue::Member& member : pair.expected->members())
            parts.append({ below(pair.place, member.key), &member.value,
                pair.came->find(std::string_view(
                    member.key.constData(), static_cast<std::size_t>(member.key.size()))) });
        for (const JsonValue::Member& member : pair.came->members()) {
            const std::string_view key(
                member.key.constData(), static_cast<std::size_t>(member.key.size()));
            if (!pair.expected->find(key))
                parts.append({ below(pair.place, member.key), nullptr, &member.value });
        }
        return parts;
    }
    if (!pair.expected->isArray() || !pair.came->isArray())
        return {};
    const auto expected = pair.expected->elements();
    const auto came = pair.came->elements();
    for (std::size_t i = 0; i < std::max(expected.size(), came.size()); ++i)
        parts.append({ below(pair.place, QByteArray::number(static_cast<qint64>(i))),
            i < expected.size() ? &expected[i] : nullptr, i < came.size() ? &came[i] : nullptr });
    return parts;
}

} // namespace

QList<JsonDifference> findDifferences(const JsonValue& expected, const JsonValue& came)
{
    QList<JsonDifference> differences;
    QList<Pair> open { { {}, &expected, &came } };
    while (!open.isEmpty()) {
        const Pair pair = open.takeLast();
        if (pair.expected && pair.came && pair.expected->toView() == "*")
            continue;
        if (pair.expected && pair.came) {
            if (auto parts = partsOf(pair)) {
                std::reverse(parts->begin(), parts->end());
                open.append(*parts);
                continue;
            }
            if (*pair.expected == *pair.came)
                continue;
        }
        differences.append({ pair.place, copyOf(pair.expected), copyOf(pair.came) });
    }
    return differences;
}

} // namespace eventloupe
