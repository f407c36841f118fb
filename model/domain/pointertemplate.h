#pragma once

#include "value/result.h"

#include <QByteArray>
#include <QList>

namespace eventloupe {

/// Splits a JSON Pointer whose tokens may hold expressions in braces ("/items/{data.sku}") into
/// the sources of its tokens' templates: at each '/' outside braces, with "~0" and "~1" outside
/// braces decoded. Strings inside an expression may hold braces and slashes.
[[nodiscard]] Result<QList<QByteArray>> splitPointerTemplate(const QByteArray& source);

} // namespace eventloupe
