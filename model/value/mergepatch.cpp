#include "value/mergepatch.h"

#include "value/event.h"

#include <vector>

namespace eventloupe {

namespace {

/// An object of the patch that is being merged, and the object it is merged into.
struct Frame {
    JsonValue* target;
    const JsonValue* patch;
    std::size_t next = 0;
};

/// Merges one member; gives the target of a nested object, which is then to be merged itself.
JsonValue* mergeMember(JsonValue& target, const JsonValue::Member& member)
{
    const auto key = viewOf(member.key);
    if (member.value.isNull()) {
        target.remove(key);
        return nullptr;
    }
    if (!member.value.isObject()) {
        target.insert(member.key, member.value);
        return nullptr;
    }
    const JsonValue* present = target.find(key);
    if (present == nullptr || !present->isObject()) {
        target.insert(member.key, JsonValue::emptyObject());
    }
    return target.findMutable(key);
}

} // namespace

void applyMergePatch(JsonValue& target, const JsonValue& patch)
{
    if (!patch.isObject()) {
        target = JsonValue(patch); // The patch may be a part of the target.
        return;
    }
    if (!target.isObject()) {
        target = JsonValue::emptyObject();
    }
    const JsonValue kept = patch; // The target may hold the patch itself.
    std::vector<Frame> frames { { &target, &kept } };
    while (!frames.empty()) {
        Frame& frame = frames.back();
        if (frame.next == static_cast<std::size_t>(frame.patch->size())) {
            frames.pop_back();
            continue;
        }
        const auto& member = frame.patch->members()[frame.next++];
        if (JsonValue* nested = mergeMember(*frame.target, member)) {
            frames.push_back({ nested, &member.value });
        }
    }
}

} // namespace eventloupe
