#pragma once

#include "value/result.h"

#include <QByteArray>

namespace eventloupe {

/// What a refusal of the server is, by its SQLSTATE (PostgreSQL 15 documentation, appendix A).
[[nodiscard]] ErrorCode codeOfSqlState(const QByteArray& state);

/// Whether the same transaction is likely to work when it is tried again: a serialisation failure
/// or a deadlock.
[[nodiscard]] bool isWorthRetrying(const QByteArray& state);

/// libpq's text for people: one line, without its source location, and without the secret in any
/// spelling.
[[nodiscard]] QString cleanMessage(const char* message, const QByteArray& secret);

/// The SQLSTATE in a message of libpq's verbose form, else empty.
[[nodiscard]] QByteArray sqlStateIn(const char* verboseMessage);

} // namespace eventloupe
