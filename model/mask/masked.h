#pragma once

#include <QByteArray>
#include <QString>

#include <string_view>

namespace eventloupe {

/// What stands for a masked value, in every view and every file: a text of which neither the length
/// nor anything else tells of the value. Nobody writes it, so it is also known again in a file.
inline constexpr std::string_view maskSign = "\u2592\u2592\u2592 masked";
/// The same in JSON, as programs write it that keep to ASCII.
inline constexpr std::string_view escapedMaskSign = R"(\u2592\u2592\u2592 masked)";

/// The same for widgets.
[[nodiscard]] inline QString maskSignText()
{
    return QString::fromUtf8(maskSign.data(), static_cast<qsizetype>(maskSign.size()));
}

/// Whether the sign stands somewhere in a JSON text, as a value or in one.
[[nodiscard]] inline bool holdsMaskSign(std::string_view json)
{
    return json.find(maskSign) != std::string_view::npos
        || json.find(escapedMaskSign) != std::string_view::npos;
}

/// Whether a text seems to be an object or an array of JSON, or a string that holds one.
[[nodiscard]] inline bool looksLikeJson(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos
        && (text[first] == '{' || text[first] == '[' || text[first] == '"');
}

} // namespace eventloupe
