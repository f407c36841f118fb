#include "mask/maskpatterns.h"

#include "mask/masked.h"

#include <QVarLengthArray>

#include <algorithm>
#include <cstddef>

namespace eventloupe {

namespace {

using Patterns = QVarLengthArray<const JsonPointer*, 16>;

bool isAny(const QByteArray& token)
{
    return token == "-";
}

bool fits(const QByteArray& one, const QByteArray& other)
{
    return one == other || isAny(one) || isAny(other);
}

/// Whether the two agree as far as both go.
bool agree(const QList<QByteArray>& one, const QList<QByteArray>& other)
{
    const auto common = std::min(one.size(), other.size());
    for (qsizetype i = 0; i < common; ++i)
        if (!fits(one.at(i), other.at(i)))
            return false;
    return true;
}

bool isMaskedAt(const Patterns& patterns, qsizetype depth)
{
    return std::any_of(patterns.begin(), patterns.end(),
        [depth](const JsonPointer* pattern) { return pattern->tokens().size() == depth; });
}

Patterns below(const Patterns& patterns, qsizetype depth, const QByteArray& token)
{
    Patterns found;
    for (const JsonPointer* pattern : patterns) {
        const QByteArray& wanted = pattern->tokens().at(depth);
        if (wanted == token || isAny(wanted))
            found.append(pattern);
    }
    return found;
}

JsonValue signValue()
{
    return JsonValue::fromString(
        QByteArray(maskSign.data(), static_cast<qsizetype>(maskSign.size())));
}

/// As deep as the patterns are.
JsonValue shownValue(const JsonValue& value, const Patterns& patterns, qsizetype depth)
{
    if (isMaskedAt(patterns, depth))
        return signValue();
    if (value.isString() && looksLikeJson(value.toView()))
        return signValue(); // No pattern leads into it.
    JsonValue shown = value;
    if (value.isObject()) {
        for (const JsonValue::Member& member : value.members())
            if (const auto inner = below(patterns, depth, member.key); !inner.isEmpty())
                shown.insert(member.key, shownValue(member.value, inner, depth + 1));
    } else if (value.isArray()) {
        for (qsizetype i = 0; i < value.size(); ++i)
            if (const auto inner = below(patterns, depth, QByteArray::number(i)); !inner.isEmpty())
                shown.setAt(i,
                    shownValue(
                        value.elements()[static_cast<std::size_t>(i)], inner, depth + 1));
    }
    return shown;
}

} // namespace

bool MaskPatterns::add(const JsonPointer& pattern)
{
    const auto isPrefix = [](const QList<QByteArray>& head, const QList<QByteArray>& whole) {
        return head.size() <= whole.size()
            && std::equal(head.begin(), head.end(), whole.begin(),
                [](const QByteArray& one, const QByteArray& other) {
                    return one == other || isAny(one);
                });
    };
    for (const JsonPointer& known : m_pointers)
        if (isPrefix(known.tokens(), pattern.tokens()))
            return false;
    m_pointers.append(pattern);
    return true;
}

bool MaskPatterns::add(const MaskPatterns& patterns)
{
    bool isNew = false;
    for (const JsonPointer& pattern : patterns.pointers())
        isNew = add(pattern) || isNew;
    return isNew;
}

bool MaskPatterns::touches(const QList<QByteArray>& place) const
{
    return std::any_of(m_pointers.begin(), m_pointers.end(),
        [&place](const JsonPointer& pattern) { return agree(pattern.tokens(), place); });
}

QList<QByteArray> MaskPatterns::visiblePart(const QList<QByteArray>& place) const
{
    qsizetype end = place.size();
    for (const JsonPointer& pattern : m_pointers)
        if (pattern.tokens().size() < end && agree(pattern.tokens(), place))
            end = pattern.tokens().size();
    return place.first(end);
}

MaskPatterns MaskPatterns::below(const QList<QByteArray>& place) const
{
    MaskPatterns patterns;
    for (const JsonPointer& pattern : m_pointers)
        if (agree(pattern.tokens(), place))
            patterns.add(JsonPointer(pattern.tokens().mid(place.size())));
    return patterns;
}

JsonValue MaskPatterns::shown(const JsonValue& value) const
{
    Patterns all;
    for (const JsonPointer& pattern : m_pointers)
        all.append(&pattern);
    return all.isEmpty() ? value : shownValue(value, all, 0);
}

} // namespace eventloupe
