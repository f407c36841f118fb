#pragma once

#include "encoding/payloaddecoder.h"

namespace eventloupe {

/// What bytes are that nobody reads, by their first bytes or their look, for people: "Java
/// serialisation", "XML", "looks like protobuf", "unknown bytes". Never empty.
[[nodiscard]] QString kindOfBytes(std::string_view bytes);

/// Whether bytes are UTF-8 without control characters but white space.
[[nodiscard]] bool isPlainText(std::string_view bytes);

/// A payload shown as text where it is plain, else as bytes; of one over limits.shown the
/// beginning.
[[nodiscard]] Decoded unreadable(
    std::string_view bytes, const QString& problem, const DecodeLimits& limits);
/// The same whatever it looks like.
[[nodiscard]] Decoded shownAsText(std::string_view utf8, const DecodeLimits& limits);
[[nodiscard]] Decoded shownAsBytes(std::string_view bytes, const DecodeLimits& limits);

} // namespace eventloupe
