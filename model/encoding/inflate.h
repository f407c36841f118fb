#pragma once

#include "value/result.h"

#include <QByteArray>

#include <string_view>

namespace eventloupe {

/// The three coats of RFC 1951's compressed bytes.
enum class Compression : quint8 { Gzip, Zlib, Raw };

/// Inflates all of `bytes` (of gzip, all members), with its checksum. Fails with the reason: they
/// are damaged, cut off, followed by something else, or give more than `limit` bytes; of the last
/// the code is Unsupported, of all else InvalidInput.
[[nodiscard]] Result<QByteArray> inflateBytes(
    Compression compression, std::string_view bytes, qsizetype limit);

} // namespace eventloupe
