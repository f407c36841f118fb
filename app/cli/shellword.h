#pragma once

#include <QString>

namespace eventloupe::cli {

/// The word as a POSIX shell takes it for one: quoted where it has to be. For commands that a text
/// advises, to be copied
/// (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html, 2.2).
[[nodiscard]] QString shellWord(const QString& word);

} // namespace eventloupe::cli
