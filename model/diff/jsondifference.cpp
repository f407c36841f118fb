#include "diff/jsondifference.h"

#include "value/event.h"

#include <algorithm>
#include <vector>

namespace eventloupe {

namespace {

std::optional<JsonValue> copyOf(const JsonValue* value)
{
    return value ? std::optional<JsonValue>(*value) : std::nullopt;
}

struct Walk {
    SameValue same;
    QList<QByteArray> tokens;
    QList<JsonDifference> found;

    void visit(const JsonValue* old, const JsonValue* now)
    {
        const FieldChange change = compareValues(now, old, same);
        if (change == FieldChange::Unchanged)
            return;
        if (!old || !now || !comparesInside(*old, *now, tokens.size())) {
            const bool isWhole = change == FieldChange::ChildChanged;
            found.append({ JsonPointer(tokens), isWhole ? FieldChange::Changed : change,
                copyOf(old), copyOf(now) });
            return;
        }
        for (const FieldPair& pair : pairFields(now, old, same)) {
            tokens.append(pair.key());
            visit(pair.old, pair.now);
            tokens.removeLast();
        }
    }
};

using Pairs = std::vector<std::pair<const JsonValue*, const JsonValue*>>;

/// Queues what two containers hold; false where they cannot be alike.
bool queueParts(const JsonValue& expected, const JsonValue& came, Pairs& queue)
{
    if (expected.size() != came.size())
        return false;
    for (std::size_t i = 0; i < expected.elements().size(); ++i)
        queue.emplace_back(&expected.elements()[i], &came.elements()[i]);
    for (const JsonValue::Member& member : expected.members()) {
        const JsonValue* other = came.find(viewOf(member.key));
        if (!other)
            return false;
        queue.emplace_back(&member.value, other);
    }
    return true;
}

} // namespace

bool comparesInside(const JsonValue& old, const JsonValue& now, qsizetype depth)
{
    const bool isInside = (old.isObject() || old.isArray()) && old.type() == now.type();
    return isInside && depth < deepestDifference;
}

QList<JsonDifference> findDifferences(const JsonValue& old, const JsonValue& now, SameValue same)
{
    Walk walk { same, {}, {} };
    walk.visit(&old, &now);
    return walk.found;
}

bool isExpectedJson(const JsonValue& expected, const JsonValue& came)
{
    Pairs queue { { &expected, &came } };
    while (!queue.empty()) {
        const auto [first, second] = queue.back();
        queue.pop_back();
        if (first->toView() == "*" || first->sharesStorageWith(*second))
            continue;
        const bool isInside
            = (first->isObject() || first->isArray()) && first->type() == second->type();
        if (isInside ? !queueParts(*first, *second, queue) : !(*first == *second))
            return false;
    }
    return true;
}

} // namespace eventloupe
