#pragma once

#include "exchange/mapping.h"

namespace eventloupe {

/// A field's source as one types it: a member's name as it is, a /pointer, "a constant" in quotes,
/// a template with {members} in braces, nothing for none.
[[nodiscard]] QString sourceText(const FieldSource* source);

/// The source that a text means. A text that is the name of a member is that member, whatever it
/// looks like; `pointers` says whether a leading slash begins a JSON Pointer (not in a table).
[[nodiscard]] FieldSource sourceFromText(
    const QString& text, const QStringList& members, bool pointers);

} // namespace eventloupe
