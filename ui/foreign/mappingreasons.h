#pragma once

#include "foreign/mappingproposal.h"

#include <QString>

namespace eventloupe {

/// The parts of an event that a mapping says a place for.
enum class MappingPart { Order, Stream, Version, Type, Data, Metadata, Time, Id, COUNT };

[[nodiscard]] QString mappingPartName(MappingPart part); ///< "Position", for people.
/// The columns that a mapping has for a part, in order.
[[nodiscard]] QStringList columnsOf(const StoreProfile& mapping, MappingPart part);
/// Its fields, with the places in them.
[[nodiscard]] QList<ProfileField> fieldsOf(const StoreProfile& mapping, MappingPart part);
/// Why a proposal has these columns for a part, for people: what was looked at, and what it found.
[[nodiscard]] QString reasonFor(
    const MappingProposal& proposal, MappingPart part, const ForeignTable& table);

} // namespace eventloupe
