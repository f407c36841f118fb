#pragma once

#include "support/storecontract.h"

#include <QTest>

namespace eventloupe {

// What the files of StoreContract share.

/// The value; a failure of the test where there is none.
template <class T> T taken(Result<T> result)
{
    if (!result)
        QTest::qFail(qPrintable(result.error().message), __FILE__, __LINE__);
    return result ? std::move(*result) : T {};
}

/// Three streams in two categories, seven events:
/// 1 user-1@1, 2 order-1@1, 3 user-1@2, 4 user-2@1, 5 order-1@2, 6 user-1@3, 7 order-1@3.
inline void fill(EventStore& store)
{
    const auto add = [&store](const char* stream, const char* type, qint64 time) {
        StoreContract::append(store, stream, { StoreContract::makeEvent(type, "{}", "", time) });
    };
    add("user-1", "CREATED", 100);
    add("order-1", "PLACED", 200);
    add("user-1", "RENAMED", 200);
    add("user-2", "CREATED", 300);
    add("order-1", "PAID", 400);
    add("user-1", "RENAMED", 500);
    add("order-1", "SHIPPED", 500);
}

} // namespace eventloupe
