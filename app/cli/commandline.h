#pragma once

#include <QStringList>

namespace eventloupe::cli {

/// Whether these words (without the program's name) are for the command line: they begin with a
/// verb, --help or --version. All else opens the window.
[[nodiscard]] bool isForCommandLine(const QStringList& words);

/// Carries them out and gives the exit code: 0 done, 1 refused or failed, 2 wrong usage. Needs a
/// QCoreApplication and no display.
[[nodiscard]] int runCommandLine(const QStringList& words);

class Terminal;

/// Runs a verb with its words inside of another one; gives the exit code.
[[nodiscard]] int runInnerVerb(const QStringList& words, Terminal& terminal);

} // namespace eventloupe::cli
