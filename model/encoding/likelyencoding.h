#pragma once

#include "encoding/encodingspec.h"

#include <string_view>
#include <vector>

namespace eventloupe {

/// The encodings whose readers should be tried on bytes that are no JSON, likeliest first, by their
/// first bytes and their lengths. Reading all of them without a fault is the proof.
[[nodiscard]] std::vector<Encoding> likelyEncodings(std::string_view bytes);

/// What a column is encoded in, guessed from some of its payloads.
struct EncodingGuess {
    EncodingSpec spec; ///< "auto" where payloads differ, or nothing fits.
    double certainty = 0; ///< 0 to 1: the part of the payloads that it reads.
};

/// Empty payloads are passed over.
[[nodiscard]] EncodingGuess guessEncoding(const std::vector<std::string_view>& payloads);

} // namespace eventloupe
