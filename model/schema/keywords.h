#pragma once

#include "schema/schemacompiler.h"

#include <span>

namespace eventloupe {

/// A keyword's name and how it is compiled. The factory may give nothing: on a fault, or when a
/// neighbour does the work.
struct KeywordFactory {
    const char* name;
    std::unique_ptr<Keyword> (*compile)(const SchemaCompiler::Source&, SchemaCompiler&);
    bool validates = false; ///< Of the validation vocabulary, which a dialect may lack.
};

/// The keywords by the file that implements them (JSON Schema Validation 2020-12, section 6;
/// JSON Schema Core 2020-12, sections 8, 10 and 11).
[[nodiscard]] std::span<const KeywordFactory> referenceKeywords();
[[nodiscard]] std::span<const KeywordFactory> valueKeywords();
[[nodiscard]] std::span<const KeywordFactory> numberKeywords();
[[nodiscard]] std::span<const KeywordFactory> stringKeywords();
[[nodiscard]] std::span<const KeywordFactory> objectKeywords();
[[nodiscard]] std::span<const KeywordFactory> arrayKeywords();
[[nodiscard]] std::span<const KeywordFactory> dependentKeywords();
[[nodiscard]] std::span<const KeywordFactory> logicKeywords();
[[nodiscard]] std::span<const KeywordFactory> unevaluatedKeywords();

} // namespace eventloupe
