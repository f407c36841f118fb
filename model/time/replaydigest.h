#pragma once

#include "time/replayshard.h"
#include "value/canceltoken.h"

#include <memory>
#include <vector>

namespace eventloupe {

/// SHA-256, hex, over every stream's name, version, existence and state, in order of birth; each
/// text follows its length, so that the encoding has no ambiguity. Texts are written on as many
/// threads as there are shards. Empty when cancelled.
[[nodiscard]] QByteArray replayDigest(
    const std::vector<std::unique_ptr<ReplayShard>>& shards, const CancelToken& cancel);

} // namespace eventloupe
