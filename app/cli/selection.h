#pragma once

#include "app/cli/arguments.h"
#include "exchange/exporter.h"

namespace eventloupe::cli {

/// The options that say which events leave: --from, --to, --stream, --type, --where.
[[nodiscard]] QList<Option> selectionOptions();

/// What they ask for; an Error's message is a reason of misuse.
[[nodiscard]] Result<ExportRequest> selectionOf(const Arguments& arguments);

} // namespace eventloupe::cli
