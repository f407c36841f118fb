#pragma once

#include "value/byteshash.h"

#include <functional>
#include <string>
#include <unordered_map>

namespace eventloupe {

/// A map of strings that is searched by a view of an event's bytes.
template <class T> using ByBytes = std::unordered_map<std::string, T, BytesHash, std::equal_to<>>;

} // namespace eventloupe
