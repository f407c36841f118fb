#include "domain/statesize.h"

#include <vector>

namespace eventloupe {

namespace {

constexpr qint64 scalarBytes = 8;

} // namespace

qint64 jsonSize(const JsonValue& value, qint64 limit)
{
    if (!value.isArray() && !value.isObject())
        return scalarBytes + static_cast<qint64>(value.toView().size());
    qint64 size = 0;
    std::vector<const JsonValue*> open { &value };
    while (!open.empty() && size <= limit) {
        const JsonValue* part = open.back();
        open.pop_back();
        size += scalarBytes + static_cast<qint64>(part->toView().size());
        for (const JsonValue& element : part->elements())
            open.push_back(&element);
        for (const JsonValue::Member& member : part->members()) {
            size += member.key.size();
            open.push_back(&member.value);
        }
    }
    return size;
}

} // namespace eventloupe
