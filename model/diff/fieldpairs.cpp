#include "diff/fieldpairs.h"

#include "value/event.h"

#include <span>

namespace eventloupe {

namespace {

using Members = std::span<const JsonValue::Member>;

bool isContainer(const JsonValue& value)
{
    return value.isObject() || value.isArray();
}

FieldPair memberPair(const QByteArray& name, const JsonValue* now, const JsonValue* old)
{
    FieldPair pair;
    pair.old = old;
    pair.now = now;
    pair.name = &name;
    return pair;
}

/// Adds the old members from `at` on that are gone, up to the first that is not.
void addRemoved(
    std::vector<FieldPair>& pairs, Members olds, std::size_t& at, const JsonValue* now)
{
    for (; at < olds.size() && (!now || !now->find(viewOf(olds[at].key))); ++at)
        pairs.push_back(memberPair(olds[at].key, nullptr, &olds[at].value));
}

std::vector<FieldPair> pairMembers(const JsonValue* now, const JsonValue* old)
{
    const Members news = now ? now->members() : Members();
    const Members olds = old ? old->members() : Members();
    std::vector<FieldPair> pairs;
    pairs.reserve(std::max(news.size(), olds.size()));
    std::size_t at = 0; // Walks the old members; each that is still there uses up one step.
    for (const JsonValue::Member& member : news) {
        const bool isInStep = at < olds.size() && olds[at].key == member.key;
        if (!isInStep)
            addRemoved(pairs, olds, at, now);
        const bool isNowInStep = at < olds.size() && olds[at].key == member.key;
        const JsonValue* before = isNowInStep ? &olds[at].value
            : old                             ? old->find(viewOf(member.key))
                                              : nullptr;
        pairs.push_back(memberPair(member.key, &member.value, before));
        if (before)
            ++at;
    }
    addRemoved(pairs, olds, at, now);
    return pairs;
}

std::vector<FieldPair> pairElements(const JsonValue* now, const JsonValue* old, SameValue same)
{
    const auto news = now ? now->elements() : std::span<const JsonValue>();
    const auto olds = old ? old->elements() : std::span<const JsonValue>();
    std::vector<FieldPair> pairs;
    pairs.reserve(std::max(news.size(), olds.size()));
    for (const AlignedElement& element : alignLists(olds, news, same)) {
        FieldPair pair;
        pair.oldIndex = element.old;
        pair.nowIndex = element.now;
        pair.old = element.old < 0 ? nullptr : &olds[static_cast<std::size_t>(element.old)];
        pair.now = element.now < 0 ? nullptr : &news[static_cast<std::size_t>(element.now)];
        pairs.push_back(pair);
    }
    return pairs;
}

} // namespace

QByteArray FieldPair::key() const
{
    return name ? *name : QByteArray::number(nowIndex >= 0 ? nowIndex : oldIndex);
}

FieldChange compareValues(const JsonValue* now, const JsonValue* old, SameValue same)
{
    if (!old)
        return FieldChange::Added;
    if (!now)
        return FieldChange::Removed;
    if (same(*old, *now))
        return FieldChange::Unchanged;
    const bool isInside = isContainer(*now) && now->type() == old->type();
    return isInside ? FieldChange::ChildChanged : FieldChange::Changed;
}

std::vector<FieldPair> pairFields(const JsonValue* now, const JsonValue* old, SameValue same)
{
    if (now && !isContainer(*now))
        return {};
    const bool isComparable = !now || (old && old->type() == now->type());
    const JsonValue* before = isComparable ? old : nullptr;
    const JsonValue* shape = now ? now : before;
    if (shape && shape->isArray())
        return pairElements(now, before, same);
    if (shape && shape->isObject())
        return pairMembers(now, before);
    return {};
}

} // namespace eventloupe
