#pragma once

#include "ui/foreign/mappingreasons.h"
#include "value/event.h"

#include <QHash>

namespace eventloupe {

/// What looks wrong in the events that a mapping gives, for people; by the part that is to blame.
/// None of it keeps the mapping from being used.
[[nodiscard]] QHash<MappingPart, QString> problemsOf(
    const QList<Event>& events, const StoreProfile& mapping);
/// Whether an event is one of those; for marking it.
[[nodiscard]] bool isProblem(const Event& event, MappingPart part, const StoreProfile& mapping);

/// What keeps a mapping from being used, for people; empty where nothing does.
[[nodiscard]] QString obstacleOf(const StoreProfile& mapping);

} // namespace eventloupe
