#include "state/statenode.h"

#include "value/jsonpointer.h"

namespace eventloupe {

namespace {

constexpr qsizetype mostCompared = 1000;

bool hasFieldsBelow(const JsonValue* now, const JsonValue* old)
{
    const JsonValue* shape = now ? now : old;
    if (!shape)
        return false;
    return shape->size() > 0 || (old && old->type() == shape->type() && old->size() > 0);
}

bool isSameValue(const JsonValue& mine, bool isThere, const JsonValue* other)
{
    if (!other || !isThere)
        return !other && !isThere;
    if (mine.sharesStorageWith(*other))
        return true;
    // To look through a hundred thousand members costs more than to show them again.
    return other->size() <= mostCompared && mine == *other;
}

} // namespace

StateNode::StateNode(
    StateNode* parentNode, int rowNumber, const StateField& field, qsizetype firstRows)
    : firstLimit(firstRows)
    , parent(parentNode)
    , row(rowNumber)
    , kind(field.kind)
    , key(field.key)
    , limit(firstRows)
{
    assign(field);
}

bool StateNode::assign(const StateField& field)
{
    const bool isSame = change == field.change && hidden == field.hidden
        && isSameValue(now, hasNow, field.now) && isSameValue(old, hasOld, field.old);
    hasNow = field.now != nullptr;
    now = hasNow ? *field.now : JsonValue();
    hasOld = field.old != nullptr;
    old = hasOld ? *field.old : JsonValue();
    change = field.change;
    hidden = field.hidden;
    return !isSame;
}

bool StateNode::fits(const StateField& field) const
{
    const bool isSameKey = key.constData() == field.key.constData() || key == field.key;
    return kind == field.kind && isSameKey
        && (isMore() || hasFields() == hasFieldsBelow(field.now, field.old));
}

std::vector<StateField> StateNode::fields() const
{
    return parent ? fieldsBelow(nowValue(), oldValue(), limit) : topFields(now, old, limit);
}

bool StateNode::hasFields() const
{
    return !isMore() && hasFieldsBelow(nowValue(), oldValue());
}

QList<QByteArray> StateNode::tokens() const
{
    QList<QByteArray> path;
    for (const StateNode* node = this; node->parent; node = node->parent)
        if (node->kind == StateField::Kind::Member)
            path.prepend(node->key);
    return path;
}

bool StateNode::hasPointer() const
{
    qsizetype length = 0;
    for (const StateNode* node = this; node->parent; node = node->parent)
        length += node->key.size();
    return !isMore() && length <= longestPath;
}

QByteArray StateNode::pointer() const
{
    return JsonPointer(tokens()).toText();
}

} // namespace eventloupe
