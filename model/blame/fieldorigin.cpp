#include "blame/fieldorigin.h"

#include "diff/listalignment.h"
#include "value/event.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// As BlameTree has it.
constexpr qsizetype deepestCarried = 250;

bool isPrefix(const QList<QByteArray>& prefix, const QList<QByteArray>& tokens)
{
    return prefix.size() <= tokens.size()
        && std::equal(prefix.begin(), prefix.end(), tokens.begin());
}

/// A field in what a rule that reads the state wrote. False where it is an element of the old list,
/// or in one: then `tokens` leads to that.
FieldOrigin goBackInto(const StateWrite& write, QList<QByteArray>& tokens)
{
    const JsonValue* old = &write.old;
    const JsonValue* now = &write.value;
    const qsizetype start = write.place.tokens().size();
    for (qsizetype i = start; i < tokens.size() && i - start < deepestCarried; ++i) {
        if (!old || !now || old->type() != now->type())
            break;
        if (!now->isArray()) {
            old = old->find(viewOf(tokens.at(i)));
            now = now->find(viewOf(tokens.at(i)));
            continue;
        }
        const auto carried = carriedElements(old->elements(), now->elements());
        const qsizetype index = tokens.at(i).toLongLong();
        const bool isThere = index >= 0 && index < static_cast<qsizetype>(carried.size());
        const qsizetype from = isThere ? carried[static_cast<std::size_t>(index)] : -1;
        if (from < 0)
            return { true, true };
        tokens[i] = QByteArray::number(from);
        return {};
    }
    return { true, false };
}

FieldOrigin goBackOverSet(const StateWrite& write, QList<QByteArray>& tokens)
{
    const auto& place = write.place.tokens();
    if (!isPrefix(place, tokens))
        return { isPrefix(tokens, place), false };
    FieldOrigin origin = write.readsState ? goBackInto(write, tokens) : FieldOrigin { true, false };
    origin.isNew = origin.isNew || (origin.isSet && write.isElement);
    return origin;
}

FieldOrigin goBackOverRemove(const StateWrite& write, QList<QByteArray>& tokens)
{
    const auto& place = write.place.tokens();
    const qsizetype level = place.size() - 1;
    if (!write.isElement || tokens.size() <= level)
        return { isPrefix(place, tokens) || isPrefix(tokens, place), false };
    if (!isPrefix(place.first(level), tokens))
        return {};
    const qsizetype index = tokens.at(level).toLongLong();
    if (index >= place.constLast().toLongLong())
        tokens[level] = QByteArray::number(index + 1);
    return {};
}

} // namespace

FieldOrigin goBack(const WriteTrace& writes, QList<QByteArray>& tokens)
{
    FieldOrigin origin;
    for (auto write = writes.rbegin(); write != writes.rend() && !origin.isNew; ++write) {
        const auto one = write->kind == StateWrite::Kind::Remove ? goBackOverRemove(*write, tokens)
                                                                 : goBackOverSet(*write, tokens);
        origin.isSet = origin.isSet || one.isSet;
        origin.isNew = one.isNew;
    }
    return origin;
}

} // namespace eventloupe
