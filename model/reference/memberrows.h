#pragma once

#include "domain/definitionformat.h"

namespace eventloupe {

/// A Markdown table of the members that a definition file may have, nested ones too.
[[nodiscard]] QString memberTable(DefinitionKind kind);
/// The same of the JSON Schema keywords.
[[nodiscard]] QString keywordTable();
/// Of the functions, methods and macros of the expression language, with an example each.
[[nodiscard]] QString languageTable();

} // namespace eventloupe
