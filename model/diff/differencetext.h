#pragma once

#include "diff/jsondifference.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace eventloupe {

/// One line a difference, with values as compact JSON: `+ /a: 1`, `- /b: 2`, `~ /c: 3 -> 4`. The
/// whole value has the place "/". Empty for none. For people: with signs as visibleLines() has them.
[[nodiscard]] QByteArray differenceLines(const QList<JsonDifference>& differences);

/// A JSON array: {"pointer","change","old","new"}, the last two where there are such values.
[[nodiscard]] JsonValue differenceJson(const QList<JsonDifference>& differences);

/// A table for a page or an issue, under a title: what the two sides are. Values of over 200
/// characters are cut, with an ellipsis. Says how many fields are masked, and so not compared.
[[nodiscard]] QByteArray differenceMarkdown(const QList<JsonDifference>& differences,
    const QString& title, const QString& before, const QString& after,
    qsizetype maskedFields = 0);

} // namespace eventloupe
