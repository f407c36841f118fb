#pragma once

#include <QtGlobal>

#include <cstdint>

namespace eventloupe {

/// Cuts off the end of stores, of their logs, or of files beside a log, and opens them. Prints the
/// figures as JSON; 1 where a loss was not noticed at open, or one was told of that was none.
int cutTails(qint64 rounds, std::uint64_t seed);

} // namespace eventloupe
