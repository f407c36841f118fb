#pragma once

#include <QString>
#include <QStringList>

namespace eventloupe {

/// ", did you mean 'schema'?" when a candidate is near the name, else nothing: for the names in
/// definitions what nearestNameHint() is for those in expressions.
[[nodiscard]] QString didYouMean(const QString& name, const QStringList& candidates);

/// The candidate that is meant, else empty.
[[nodiscard]] QString nearestOf(const QString& name, const QStringList& candidates);

} // namespace eventloupe
