#pragma once

#include "encoding/jsonsink.h"

#include <string>

namespace eventloupe {

/// What a plain scalar of YAML is, by the rules of Ruby's Psych (lib/psych/scalar_scanner.rb).
struct YamlScalar {
    enum class Type : quint8 {
        Text,
        Symbol,
        Null,
        True,
        False,
        Number, ///< `text` is its JSON spelling.
        NotFinite,
        Time, ///< `text` is RFC 3339, or a date.
    };
    Type type = Type::Text;
    std::string text;
};

[[nodiscard]] YamlScalar resolveYamlScalar(std::string_view plain);
void writeYamlScalar(JsonSink& sink, const YamlScalar& scalar);

/// Ruby's BigDecimal as Psych dumps it, "18:0.1337e2", as a JSON number; what is no number as a
/// text.
void writeBigDecimal(JsonSink& sink, std::string_view dumped);

} // namespace eventloupe
