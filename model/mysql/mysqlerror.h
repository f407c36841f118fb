#pragma once

#include "value/result.h"

#include <QByteArray>

namespace eventloupe {

/// What a refusal is, by the number of MySQL's or MariaDB's that came with it (MySQL 8.0 Error
/// Message Reference; MariaDB Error Codes).
[[nodiscard]] ErrorCode codeOfMysqlError(unsigned number);

/// Whether the session is lost with it.
[[nodiscard]] bool isLostSession(unsigned number);

/// Whether the server ended the statement: by its limit of time, or since it was asked to.
[[nodiscard]] bool isStopped(unsigned number);

/// Whether another password may help.
[[nodiscard]] bool wantsPassword(unsigned number);

/// A message for people: one line, without the secret in any spelling.
[[nodiscard]] QString cleanMysqlMessage(const char* message, const QByteArray& secret);

} // namespace eventloupe
