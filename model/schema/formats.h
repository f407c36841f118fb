#pragma once

#include <string_view>

namespace eventloupe {

/// A `format` that is asserted (JSON Schema Validation 2020-12, section 7.3).
struct Format {
    std::string_view name;
    bool (*fits)(std::string_view utf8);
    const char* message; ///< For SchemaText::tr().
};

/// The format of that name, or nullptr when it is an annotation only.
[[nodiscard]] const Format* findFormat(std::string_view name);

} // namespace eventloupe
