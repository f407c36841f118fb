#pragma once

#include <QString>
#include <QStringList>

namespace eventloupe {

/// The candidate that a misspelt name most likely means: at most a third of its letters differ
/// (two swapped neighbours count as one). Empty when none is near.
[[nodiscard]] QString nearestName(const QString& name, const QStringList& candidates);

/// ", did you mean 'schema'?" or nothing.
[[nodiscard]] QString didYouMean(const QString& name, const QStringList& candidates);

} // namespace eventloupe
