#pragma once

#include <QByteArray>
#include <QString>

#include <string_view>

namespace eventloupe {

/// Lays JSON out over lines, two spaces a level, and changes nothing else: key order, duplicate
/// keys, number spelling and escapes stay as they came. Text that is not JSON comes out readable
/// as well. Linear; thread-safe.
[[nodiscard]] QByteArray layOutJson(std::string_view text);

/// Text as a text view can take it: control characters visible, no line longer than `lineLength`
/// characters (a QPlainTextEdit takes quadratic time for one), and at most `limit` characters.
/// Cut lines end with "↩". `wasCut` tells whether the end is missing. Thread-safe.
[[nodiscard]] QString textForView(
    const QByteArray& utf8, qsizetype lineLength, qsizetype limit, bool* wasCut = nullptr);

} // namespace eventloupe
