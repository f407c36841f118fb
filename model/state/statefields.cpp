#include "state/statefields.h"

#include <algorithm>

namespace eventloupe {

namespace {

bool isContainer(const JsonValue* value)
{
    return value && (value->isObject() || value->isArray());
}

std::string_view viewOfKey(const JsonValue::Member& member)
{
    return { member.key.constData(), static_cast<std::size_t>(member.key.size()) };
}

/// Collects rows up to the limit; makes no key for a row that is left out.
class Level {
public:
    explicit Level(qsizetype limit)
        : m_limit(limit)
    {
    }

    template <class Key> void add(const Key& key, const JsonValue* now, const JsonValue* old)
    {
        const FieldChange change = compareValues(now, old);
        const auto count = static_cast<qsizetype>(m_fields.size());
        const bool isShown
            = count < m_limit || (change != FieldChange::Unchanged && count < 2 * m_limit);
        if (isShown)
            m_fields.push_back({ StateField::Kind::Member, key(), now, old, change, 0 });
        else
            ++m_hidden;
    }

    [[nodiscard]] std::vector<StateField> take()
    {
        if (m_hidden > 0) {
            StateField more;
            more.kind = StateField::Kind::More;
            more.hidden = m_hidden;
            m_fields.push_back(more);
        }
        return std::move(m_fields);
    }

private:
    qsizetype m_limit;
    qint64 m_hidden = 0;
    std::vector<StateField> m_fields;
};

void addElements(Level& level, const JsonValue* now, const JsonValue* old)
{
    const auto news = now ? now->elements() : std::span<const JsonValue>();
    const auto olds = old ? old->elements() : std::span<const JsonValue>();
    for (std::size_t i = 0; i < std::max(news.size(), olds.size()); ++i)
        level.add([i] { return QByteArray::number(static_cast<qulonglong>(i)); },
            i < news.size() ? &news[i] : nullptr, i < olds.size() ? &olds[i] : nullptr);
}

using Members = std::span<const JsonValue::Member>;

/// Adds the old members from `at` on that are gone, up to the first that is not.
void addRemoved(Level& level, Members olds, std::size_t& at, const JsonValue* now)
{
    for (; at < olds.size() && (!now || !now->find(viewOfKey(olds[at]))); ++at)
        level.add([&] { return olds[at].key; }, nullptr, &olds[at].value);
}

void addMembers(Level& level, const JsonValue* now, const JsonValue* old)
{
    const Members news = now ? now->members() : Members();
    const Members olds = old ? old->members() : Members();
    std::size_t at = 0; // Walks the old members; each that is still there uses up one step.
    for (const JsonValue::Member& member : news) {
        const bool isInStep = at < olds.size() && olds[at].key == member.key;
        if (!isInStep)
            addRemoved(level, olds, at, now);
        const bool isNowInStep = at < olds.size() && olds[at].key == member.key;
        const JsonValue* before = isNowInStep ? &olds[at].value
            : old                             ? old->find(viewOfKey(member))
                                              : nullptr;
        level.add([&] { return member.key; }, &member.value, before);
        if (before)
            ++at;
    }
    addRemoved(level, olds, at, now);
}

} // namespace

FieldChange compareValues(const JsonValue* now, const JsonValue* old)
{
    if (!old)
        return FieldChange::Added;
    if (!now)
        return FieldChange::Removed;
    if (now->sharesStorageWith(*old) || *now == *old)
        return FieldChange::Unchanged;
    const bool isInside = isContainer(now) && now->type() == old->type();
    return isInside ? FieldChange::ChildChanged : FieldChange::Changed;
}

std::vector<StateField> fieldsBelow(const JsonValue* now, const JsonValue* old, qsizetype limit)
{
    Level level(limit);
    if (now && !isContainer(now))
        return {};
    const bool isComparable = !now || (old && old->type() == now->type());
    const JsonValue* before = isComparable ? old : nullptr;
    const JsonValue* shape = now ? now : before;
    if (shape && shape->isArray())
        addElements(level, now, before);
    else if (shape && shape->isObject())
        addMembers(level, now, before);
    return level.take();
}

std::vector<StateField> topFields(const JsonValue& now, const JsonValue& old, qsizetype limit)
{
    const auto isNothing = [](const JsonValue& value) { return value.isObject() && !value.size(); };
    StateField whole;
    whole.kind = StateField::Kind::Whole;
    if (!isContainer(&now)) {
        whole.now = &now;
        whole.old = isNothing(old) ? nullptr : &old;
    } else if (isNothing(now) && !isContainer(&old)) {
        whole.old = &old;
    } else {
        return fieldsBelow(&now, &old, limit);
    }
    whole.change = compareValues(whole.now, whole.old);
    return { whole };
}

} // namespace eventloupe
