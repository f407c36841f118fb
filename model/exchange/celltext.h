#pragma once

#include <QByteArray>

#include <string_view>

namespace eventloupe {

/// A cell as JSON among a record's other cells: what is spelled as JSON spells a number within the
/// 64-bit integers or a fraction, true or false is taken as it stands, all else is a string. An
/// empty cell is left out by the caller.
void appendCellValue(QByteArray& out, std::string_view cell);

/// Whether the cell stands for a JSON document: it begins with { [ or ", or is a value as above, or
/// null. All else is a text.
[[nodiscard]] bool isJsonCell(std::string_view cell);

} // namespace eventloupe
