#pragma once

#include <QString>

namespace eventloupe {

/// The absolute name of the file that a path leads to, or that would be made there: by the links of
/// the folders that it goes through, as the system follows them. QFileInfo::absoluteFilePath() takes
/// "link/.." for the folder that the link is in. Asks the disk.
[[nodiscard]] QString placeOf(const QString& path);

} // namespace eventloupe
