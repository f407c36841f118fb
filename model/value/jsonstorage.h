#pragma once

#include "value/event.h"
#include "value/jsonindex.h"
#include "value/jsonvalue.h"

namespace eventloupe {

/// What an array shares between copies.
struct JsonValue::Array {
    Array() = default;
    Array(const Array&) = default;
    Array& operator=(const Array&) = delete;
    ~Array() { dismantle(items); }

    std::vector<JsonValue> items;
};

/// What an object shares between copies. Keys are unique.
struct JsonValue::Object {
    Object() = default;
    Object(const Object&) = default;
    Object& operator=(const Object&) = delete;
    ~Object() { dismantle(members); }

    /// The member's number, or -1.
    [[nodiscard]] qsizetype indexOf(std::string_view key) const
    {
        if (!index.isEmpty()) {
            return index.find(members, key);
        }
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (viewOf(members[i].key) == key) {
                return static_cast<qsizetype>(i);
            }
        }
        return -1;
    }

    /// Appends a member whose key is known to be new.
    void add(Member member)
    {
        members.push_back(std::move(member));
        if (members.size() > JsonIndex::smallest) {
            index.addLast(members);
        }
    }

    std::vector<Member> members;
    JsonIndex index;
};

} // namespace eventloupe
