#pragma once

#include <QByteArray>
#include <QString>

#include <array>
#include <optional>
#include <string_view>

namespace eventloupe {

/// The characters of a canonical UUID.
inline constexpr std::size_t uuidLength = 36;

/// A new UUIDv7 (RFC 9562, 5.7) in canonical lower-case text; later ones of a thread sort later.
[[nodiscard]] QString makeUuidV7();

/// The 16 bytes of a canonical UUID (36 characters, lower-case hex), else nothing: only a text
/// that unpackUuid() gives back to the letter is packed.
[[nodiscard]] std::optional<std::array<unsigned char, 16>> packUuid(std::string_view text);
[[nodiscard]] QByteArray unpackUuid(const unsigned char* bytes);
/// The same into the uuidLength characters at `text`.
void unpackUuid(const unsigned char* bytes, char* text);

} // namespace eventloupe
