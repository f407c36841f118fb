#pragma once

#include <QStringList>

namespace eventloupe {

/// From now on this process and its threads to come can write, make and remove files in these
/// folders only (Landlock, Linux 5.13). False where the system has no such thing: then nothing is
/// confined. Call it before any other thread is there.
[[nodiscard]] bool confineWritesTo(const QStringList& folders);

} // namespace eventloupe
