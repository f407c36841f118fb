#pragma once

#include <QSet>
#include <QString>

namespace eventloupe {

/// "FOLDER/NAME.json" with a name that any file system takes, and none of those in `used`, whatever
/// the case of their letters. `used` learns it.
[[nodiscard]] QString definitionFileName(
    const QString& folder, const QString& name, QSet<QString>& used);

} // namespace eventloupe
