#pragma once

#include <string_view>

namespace eventloupe {

/// The number of bytes of the UTF-8 sequence at `p`, which is before `end`; 0 when it is none
/// (RFC 3629, section 4: neither overlong, nor a surrogate, nor beyond U+10FFFF).
[[nodiscard]] int utf8Length(const char* p, const char* end);

/// Whether the whole text is UTF-8 by the same rule.
[[nodiscard]] bool isUtf8(std::string_view text);

} // namespace eventloupe
