#pragma once

#include "domain/decider.h"

namespace eventloupe {

/// What an id is made for: ids of different purposes differ.
enum class IdPurpose { Event, Expression };

/// A UUIDv7 (RFC 9562, 5.7) that depends on nothing but the context, the purpose and the number:
/// its time is the context's, the number stands in rand_a so that ids of one command sort, and the
/// rest is a digest of the seed.
[[nodiscard]] QByteArray deriveUuid(
    const CommandContext& context, IdPurpose purpose, quint32 number);

} // namespace eventloupe
