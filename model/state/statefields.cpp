#include "state/statefields.h"

#include <algorithm>

namespace eventloupe {

namespace {

bool isContainer(const JsonValue* value)
{
    return value && (value->isObject() || value->isArray());
}

constexpr qsizetype rowsOfChanges = 500;

/// Collects rows up to the limit; makes no key for a row that is left out.
class Level {
public:
    explicit Level(qsizetype limit)
        : m_limit(limit)
    {
    }

    void add(const FieldPair& pair)
    {
        const FieldChange change = compareValues(pair.now, pair.old);
        const auto count = static_cast<qsizetype>(m_fields.size());
        const bool isChanged = change != FieldChange::Unchanged;
        const bool isShown = count < m_limit
            || (isChanged && count < m_limit + std::max(m_limit, rowsOfChanges));
        if (isShown)
            m_fields.push_back(
                { StateField::Kind::Member, pair.key(), pair.now, pair.old, change, 0 });
        else
            ++m_hidden;
        m_hidesChanges = m_hidesChanges || (isChanged && !isShown);
    }

    [[nodiscard]] std::vector<StateField> take()
    {
        if (m_hidden > 0) {
            StateField more;
            more.kind = StateField::Kind::More;
            more.hidden = m_hidden;
            more.change = m_hidesChanges ? FieldChange::Changed : FieldChange::Unchanged;
            m_fields.push_back(more);
        }
        return std::move(m_fields);
    }

private:
    qsizetype m_limit;
    qint64 m_hidden = 0;
    bool m_hidesChanges = false;
    std::vector<StateField> m_fields;
};

} // namespace

std::vector<StateField> fieldsBelow(const JsonValue* now, const JsonValue* old, qsizetype limit)
{
    Level level(limit);
    for (const FieldPair& pair : pairFields(now, old))
        level.add(pair);
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
