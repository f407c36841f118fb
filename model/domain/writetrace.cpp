#include "domain/writetrace.h"

#include "value/event.h"

namespace eventloupe {

namespace {

/// An object of the patch, and the object that it is merged into.
struct Frame {
    const JsonValue* target;
    const JsonValue* patch;
    std::size_t next = 0;
};

StateWrite plainWrite(StateWrite::Kind kind, QList<QByteArray> tokens)
{
    StateWrite write;
    write.kind = kind;
    write.place = JsonPointer(std::move(tokens));
    return write;
}

/// Puts indices for "-". True when an element is made on the way.
bool resolveElements(QList<QByteArray>& tokens, const JsonValue& root)
{
    const JsonValue* present = &root;
    bool makesElement = false;
    for (QByteArray& token : tokens) {
        if (!present || !present->isArray()) {
            present = present ? present->find(viewOf(token)) : nullptr;
            continue;
        }
        const qsizetype index = token == "-" ? present->size() : token.toLongLong();
        token = QByteArray::number(index);
        makesElement = makesElement || index == present->size();
        present = index >= 0 && index < present->size()
            ? &present->elements()[static_cast<std::size_t>(index)]
            : nullptr;
    }
    return makesElement;
}

} // namespace

StateWrite setWrite(
    const JsonPointer& place, const JsonValue& state, const JsonValue& value, bool readsState)
{
    auto tokens = place.tokens();
    const bool makesElement = resolveElements(tokens, state);
    auto write = plainWrite(StateWrite::Kind::Set, std::move(tokens));
    write.isElement = makesElement;
    write.readsState = readsState && (value.isArray() || value.isObject());
    if (write.readsState) {
        const JsonValue* old = write.place.resolve(state);
        write.old = old ? *old : JsonValue();
        write.value = value;
    }
    return write;
}

StateWrite removeWrite(const JsonPointer& place, const JsonValue& state)
{
    if (place.isRoot())
        return plainWrite(StateWrite::Kind::Set, {});
    auto write = plainWrite(StateWrite::Kind::Remove, place.tokens());
    const JsonPointer above(place.tokens().first(place.tokens().size() - 1));
    const JsonValue* parent = above.resolve(state);
    write.isElement = parent && parent->isArray();
    return write;
}

void traceMergePatch(const JsonValue& state, const JsonValue& patch, WriteTrace& trace)
{
    if (!state.isObject()) {
        trace.push_back(plainWrite(StateWrite::Kind::Set, {}));
        return;
    }
    trace.reserve(trace.size() + static_cast<std::size_t>(patch.size()));
    QList<QByteArray> tokens;
    std::vector<Frame> frames { { &state, &patch } };
    while (!frames.empty()) {
        Frame& frame = frames.back();
        if (frame.next == static_cast<std::size_t>(frame.patch->size())) {
            frames.pop_back();
            if (!frames.empty())
                tokens.removeLast();
            continue;
        }
        const auto& member = frame.patch->members()[frame.next++];
        const JsonValue* present = frame.target->find(viewOf(member.key));
        if (member.value.isNull() && !present)
            continue;
        tokens.append(member.key);
        if (member.value.isObject() && present && present->isObject()) {
            frames.push_back({ present, &member.value });
            continue;
        }
        trace.push_back(plainWrite(
            member.value.isNull() ? StateWrite::Kind::Remove : StateWrite::Kind::Set, tokens));
        tokens.removeLast();
    }
}

} // namespace eventloupe
