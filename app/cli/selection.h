#pragma once

#include "app/cli/arguments.h"
#include "app/cli/terminal.h"
#include "exchange/exporter.h"

namespace eventloupe::cli {

/// The options that say which events leave: --from, --to, --stream, --type, --where.
[[nodiscard]] QList<Option> selectionOptions();

/// What they ask for; an Error's message is a reason of misuse.
[[nodiscard]] Result<ExportRequest> selectionOf(const Arguments& arguments);

/// Says of a masked place that --where reads what it is compared as: it finds nothing by its value.
void sayMasked(const ExportRequest& request, EventStore& store, const Terminal& terminal);

/// Says why nothing was found, where nothing was.
void sayNothingFound(
    const ExportRequest& request, const ExportSummary& summary, const Terminal& terminal);

/// Says which events --where could not be evaluated for.
void sayFailures(const ExportSummary& summary, const Terminal& terminal);

} // namespace eventloupe::cli
