#pragma once

#include "value/result.h"

#include <QString>

namespace eventloupe {

/// The absolute name of the file that a path leads to, or that would be made there: by the links
/// of the folders that it goes through, as the system follows them. QFileInfo::absoluteFilePath()
/// takes "link/.." for the folder that the link is in. Asks the disk.
[[nodiscard]] QString resolvedFile(const QString& path);

/// A path as it is, or its resolvedFile() where ".." in it goes through a link, which whoever cleans
/// a path would follow to another folder. Asks the disk.
[[nodiscard]] QString straightPath(const QString& path);

/// InvalidArgument where a name that was not UTF-8 has lost bytes, and names no file: it may stand
/// for several. Asks the disk.
[[nodiscard]] Result<void> checkDecoded(const QString& path);

} // namespace eventloupe
