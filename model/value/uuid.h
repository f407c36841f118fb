#pragma once

#include <QByteArray>
#include <QString>

#include <array>
#include <optional>
#include <string_view>

namespace eventloupe {

/// A new UUIDv7 (RFC 9562, 5.7) in canonical lower-case text; later ones of a thread sort later.
[[nodiscard]] QString makeUuidV7();

/// The 16 bytes of a canonical UUID (36 characters, lower-case hex), else nothing: only a text
/// that unpackUuid() gives back to the letter is packed.
[[nodiscard]] std::optional<std::array<unsigned char, 16>> packUuid(std::string_view text);
[[nodiscard]] QByteArray unpackUuid(const unsigned char* bytes);

} // namespace eventloupe
