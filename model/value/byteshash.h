#pragma once

#include <functional>
#include <string_view>

namespace eventloupe {

/// Hashes keys of std::string so that a std::string_view finds them: for unordered containers, with
/// std::equal_to<>.
struct BytesHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view bytes) const
    {
        return std::hash<std::string_view>()(bytes);
    }
};

} // namespace eventloupe
