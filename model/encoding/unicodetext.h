#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <string_view>

namespace eventloupe {

/// Text as UTF-8.
struct UnicodeText {
    QByteArray utf8;
    QString kind; ///< "UTF-16", "byte order mark": what was taken away.
};

/// Text that begins with a byte order mark, or looks like UTF-16 or UTF-32 (every other byte of its
/// first two characters is 0), as UTF-8 without a mark. Nothing where it has no such sign, and
/// where it is not valid: a lone surrogate, half a character at the end.
[[nodiscard]] std::optional<UnicodeText> unicodeTextOf(std::string_view bytes);

} // namespace eventloupe
