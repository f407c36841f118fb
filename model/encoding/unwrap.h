#pragma once

#include "encoding/payloaddecoder.h"

namespace eventloupe {

/// What came of taking a wrapper off.
struct Unwrapped {
    enum class Outcome : quint8 {
        Taken, ///< `bytes` is what was inside.
        Absent, ///< The bytes do not have this wrapper.
        Broken, ///< They have it, and `problem` says what is wrong with it, for people.
    };
    Outcome outcome = Outcome::Absent;
    QByteArray bytes;
    QString problem;
};

/// Takes one wrapper off. Raw deflate has no mark: it is Absent where nothing inflates.
[[nodiscard]] Unwrapped unwrap(
    Encoding wrapper, std::string_view bytes, const DecodeLimits& limits);

/// Whether the first bytes are those of gzip, or a zlib header (RFC 1950, 2.2).
[[nodiscard]] bool hasGzipMark(std::string_view bytes);
[[nodiscard]] bool hasZlibHeader(std::string_view bytes);

} // namespace eventloupe
