#pragma once

#include "value/json.h"
#include "value/jsonscan.h"

#include <QByteArray>
#include <QList>

#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace eventloupe {

/// Slices of JSON text that findJsonFault() found valid, so that bytes can be kept as they stand.
/// None of these functions checks the text; on text that is not valid JSON they give nonsense, but
/// never read outside of it.

using RawMember = JsonMember;

/// The members in file order, duplicates included; false when the text is no object.
bool splitRawObject(std::string_view text, std::vector<RawMember>& members);
/// The elements, the first `most` of them; false when the text is no array.
bool splitRawArray(std::string_view text, std::vector<std::string_view>& elements,
    std::size_t most = std::numeric_limits<std::size_t>::max());
/// The value that unescaped JSON Pointer tokens lead to; of duplicate members the last.
[[nodiscard]] std::optional<std::string_view> resolveRaw(
    std::string_view text, const QList<QByteArray>& tokens);
/// A name or a string's inside, with its escapes resolved.
[[nodiscard]] QByteArray unescapedJson(std::string_view inside);

} // namespace eventloupe
