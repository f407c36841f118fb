#pragma once

#include <QString>

namespace eventloupe {

/// The text as one line, with a sign in place of each character that shows nothing by itself,
/// breaks the line or turns the writing direction: "¶" for a line end, "⟨NUL⟩" for a control
/// character, "⟨U+202E⟩" for all others. So what comes from a log can neither hide nor move its
/// neighbours. Characters that shape their neighbours (joiners between letters that join, variation
/// selectors) stay. For display alone: what is copied, exported or searched is the true text. Text
/// of one script mostly comes back as it is, without a copy. Linear; thread-safe.
[[nodiscard]] QString visibleText(const QString& text);

/// The same with line ends kept, for what may have several lines.
[[nodiscard]] QString visibleLines(const QString& text);

/// The same expression with "\u202e" in place of each such character, which must be inside of a
/// text in quotes (and no raw one): what stands in a field to be edited is the true text as well.
[[nodiscard]] QString visibleExpression(const QString& expression);

} // namespace eventloupe
