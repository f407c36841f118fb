#include "expression/containers.h"
#include "expression/value.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// What a scalar takes without its text.
constexpr qint64 scalarBytes = 4;

/// Adds up until there is enough.
class Counter {
public:
    explicit Counter(qint64 most)
        : m_left(most)
    {
    }

    [[nodiscard]] qint64 left() const { return m_left; }

    /// Calls itself a level, and a Value has a bounded number of them.
    void count(const Value& value)
    {
        if (const JsonValue* tree = value.json()) {
            countTree(*tree);
            return;
        }
        m_left -= scalarBytes + static_cast<qint64>(value.toView().size());
        if (const Value* held = value.held()) {
            count(*held);
        } else if (value.type() == ValueType::List) {
            for (qsizetype i = 0; i < value.size() && m_left > 0; ++i) {
                count(value.at(i));
            }
        } else if (value.type() == ValueType::Map) {
            for (qsizetype i = 0; i < value.size() && m_left > 0; ++i) {
                const auto [key, item] = value.entryAt(i);
                count(key);
                count(item);
            }
        }
    }

private:
    /// However deep it is.
    void countTree(const JsonValue& root)
    {
        m_trees.push_back(&root);
        const std::size_t bottom = m_trees.size();
        while (m_trees.size() >= bottom && m_left > 0) {
            const JsonValue& tree = *m_trees.back();
            m_trees.pop_back();
            m_left -= scalarBytes + static_cast<qint64>(tree.toView().size());
            m_left -= static_cast<qint64>(tree.spelling().size());
            for (const JsonValue& element : tree.elements()) {
                m_trees.push_back(&element);
            }
            for (const auto& [key, child] : tree.members()) {
                m_left -= key.size();
                m_trees.push_back(&child);
            }
        }
    }

    qint64 m_left;
    std::vector<const JsonValue*> m_trees;
};

} // namespace

qint64 Value::writtenSize(qint64 most) const
{
    Counter counter(most);
    counter.count(*this);
    return most - std::max<qint64>(counter.left(), 0);
}

int Value::depth() const
{
    if (const auto* list = std::get_if<std::shared_ptr<const ListValue>>(&m_content)) {
        return (*list)->depth;
    }
    if (const auto* map = std::get_if<std::shared_ptr<const MapValue>>(&m_content)) {
        return (*map)->depth();
    }
    const auto* optional = std::get_if<std::shared_ptr<const OptionalValue>>(&m_content);
    return optional != nullptr ? (*optional)->depth : 0;
}

} // namespace eventloupe
