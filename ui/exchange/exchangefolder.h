#pragma once

#include <QString>

namespace eventloupe {

/// The folder in which a person last chose a file to import or export; the documents, or home, at
/// first.
[[nodiscard]] QString exchangeFolder();
/// Remembers the folder of a file, in the settings.
void rememberExchangeFolder(const QString& file);

} // namespace eventloupe
