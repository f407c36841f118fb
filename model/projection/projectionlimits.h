#pragma once

#include "domain/projection.h"
#include "projection/cell.h"
#include "projection/scratchfile.h"
#include "value/event.h"
#include "value/result.h"

namespace eventloupe {

/// Why a fold ends at an event, for people: which bound of ProjectionFold it met, and the mend.
/// The row's state got too large.
[[nodiscard]] Error rowIsTooLarge(
    const ProjectionDefinition& definition, Cell key, const EventView& event);
/// All rows together did.
[[nodiscard]] Error rowsAreTooLarge(
    const ProjectionDefinition& definition, qint64 bound, Position position);
/// The file gave nothing more: it is at its bound, or the device is full.
[[nodiscard]] Error historyIsFull(
    const ProjectionDefinition& definition, const ScratchFile& file, Position position);

} // namespace eventloupe
