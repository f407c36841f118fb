#pragma once

#include "value/jsonvalue.h"

namespace eventloupe {

/// {"name", "version", "qt", "sqlite", "system", "kernel", "processor", "made"}: what runs, and on
/// what. No name of a person or machine. Needs the application.
[[nodiscard]] JsonValue programFigures();

/// A report: {"eventloupe_report": 1, "made": time, "program": {...}}, to which the parts are
/// added.
[[nodiscard]] JsonValue newReport();

} // namespace eventloupe
