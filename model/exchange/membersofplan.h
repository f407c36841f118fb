#pragma once

#include "exchange/importplan.h"

namespace eventloupe {

/// Whether a member of ImportPlan::members is a pointer to what is inside an object.
[[nodiscard]] bool isNested(const ImportPlan& plan, const QString& member);

/// Whether a value of the member comes twice in the sample. Repeated values cannot be ids: log
/// files number their message templates "EventId".
[[nodiscard]] bool hasRepeats(const ImportPlan& plan, const QString& member);

} // namespace eventloupe
