#pragma once

#include <QString>

class QApplication;

namespace eventloupe {

/// Opens the sample workspace `users` in a throw-away folder and walks the Tour through the window.
/// Its pictures and export.ndjson go to `folder`, which is made when it is missing. Settings of the
/// user are neither read nor written. Returns the exit code: 1 on any difference.
int runTour(QApplication& application, const QString& folder);

} // namespace eventloupe
