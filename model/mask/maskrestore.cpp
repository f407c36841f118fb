#include "mask/masked.h"
#include "mask/maskpatterns.h"

#include "value/event.h"
#include "value/json.h"

#include <QCoreApplication>

namespace eventloupe {

namespace {

/// Puts the whole value's parts where the edited one has the sign in their place.
void restore(JsonValue& edited, const JsonValue& whole, const JsonPointer& pattern, qsizetype depth)
{
    const bool isJsonText = whole.isString() && looksLikeJson(whole.toView());
    if (depth == pattern.tokens().size() || isJsonText) {
        if (edited.toView() == maskSign)
            edited = whole;
        return;
    }
    const QByteArray& token = pattern.tokens().at(depth);
    const bool isAny = token == "-";
    if (edited.isObject() && whole.isObject()) {
        for (const JsonValue::Member& member : whole.members())
            if (isAny || member.key == token)
                if (JsonValue* inner = edited.findMutable(viewOf(member.key)))
                    restore(*inner, member.value, pattern, depth + 1);
    } else if (edited.isArray() && whole.isArray()) {
        for (qsizetype i = 0; i < std::min(edited.size(), whole.size()); ++i)
            if (isAny || QByteArray::number(i) == token)
                restore(*edited.atMutable(i), whole.elements()[static_cast<std::size_t>(i)],
                    pattern, depth + 1);
    }
}

} // namespace

Result<QByteArray> MaskPatterns::restored(const QByteArray& edited, const QByteArray& whole) const
{
    QByteArray shown;
    if (!mask(viewOf(whole), shown))
        shown = whole;
    if (edited == shown)
        return whole; // Its bytes stay as they are.
    if (!holdsMaskSign(viewOf(edited)))
        return edited;
    auto value = parseJson(viewOf(edited));
    if (!value)
        return value.error();
    const auto stored = parseStoredJson(viewOf(whole));
    for (const JsonPointer& pattern : m_pointers)
        if (stored)
            restore(*value, *stored, pattern, 0);
    QByteArray text = value->toJson();
    if (holdsMaskSign(viewOf(text)))
        return Error { ErrorCode::InvalidInput,
            QCoreApplication::translate("Masks",
                "\"%1\" stands for a value only where the workspace masks one: type a value instead")
                .arg(maskSignText()) };
    return text;
}

} // namespace eventloupe
