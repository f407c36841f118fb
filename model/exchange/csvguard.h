#pragma once

#include <string_view>

namespace eventloupe {

/// Spreadsheets run a cell that begins with = + - @, a tab or a carriage return as a formula
/// (OWASP, "CSV Injection"). Our exports put an apostrophe before such a cell unless it is a
/// number. So that this can be undone exactly, a cell that already begins with apostrophes and one
/// of these characters is given one more. Only a file with the very columns of our exports has them
/// removed again on import: in other files an apostrophe is text.
[[nodiscard]] bool needsGuard(std::string_view cell);
/// The cell without the apostrophe that an export put there, if it did.
[[nodiscard]] std::string_view withoutGuard(std::string_view cell);

} // namespace eventloupe
