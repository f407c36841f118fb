#pragma once

#include "store/storesecrets.h"

namespace eventloupe::cli {

/// Asks for a password on the terminal, without showing what is typed. Nothing where standard input
/// is no terminal, so that PGPASSFILE and PGPASSWORD are all there is, or where nothing was typed.
[[nodiscard]] std::optional<QByteArray> askOnTerminal(const PasswordRequest& request);

} // namespace eventloupe::cli
