#pragma once

#include "value/jsonvalue.h"

#include <QRandomGenerator>

namespace eventloupe {

/// A value of few kinds, so that two of them often have something in common.
inline JsonValue randomJson(QRandomGenerator& random, int depth)
{
    const int kind = random.bounded(depth > 0 ? 7 : 4);
    if (kind == 0)
        return JsonValue::fromInt(random.bounded(4));
    if (kind == 1)
        return JsonValue::fromString(QByteArray(1, static_cast<char>('a' + random.bounded(3))));
    if (kind == 2)
        return JsonValue::fromBool(random.bounded(2) == 0);
    if (kind == 3)
        return {};
    auto value = kind < 5 ? JsonValue::emptyObject() : JsonValue::emptyArray();
    for (int i = random.bounded(6); i > 0; --i) {
        if (value.isArray())
            value.append(randomJson(random, depth - 1));
        else
            value.insert(QByteArray(1, static_cast<char>('p' + random.bounded(5))),
                randomJson(random, depth - 1));
    }
    return value;
}

} // namespace eventloupe
