#pragma once

#include "encoding/readers.h"
#include "value/event.h"
#include "value/json.h"

#include <QTest>

namespace eventloupe {

using PayloadReader = Result<void> (*)(std::string_view bytes, JsonSink& sink);

/// What a reader makes of bytes: its JSON text, then each loss behind " ! "; or "? " and the reason
/// where it fails.
inline QByteArray readPayload(
    PayloadReader reader, const QByteArray& bytes, const DecodeLimits& limits = {})
{
    JsonSink sink(limits);
    const auto result = reader(viewOf(bytes), sink);
    if (!result)
        return "? " + result.error().message.toUtf8();
    auto text = sink.take();
    if (const auto fault = findJsonFault(viewOf(text)))
        return "not JSON: " + fault->reason.toUtf8() + ": " + text;
    for (const auto& loss : sink.losses())
        text += " ! " + loss.toUtf8();
    return text;
}

} // namespace eventloupe
