#pragma once

#include <QString>

namespace eventloupe {

class EndSignals;
class MainWindow;
class PasswordAsker;
class Workbench;

/// Lets the workbench do what the window asks for, and the window show what came of it.
void joinWindow(Workbench& workbench, MainWindow& window);

/// Lets passwords be asked for over the window, and none longer than what they are for is wanted.
void joinPasswords(Workbench& workbench, MainWindow& window, PasswordAsker& asker);

/// Lets the window end without a question when the process, or the desktop's session, is ended.
void joinEnds(MainWindow& window, const EndSignals& ends);

/// Shows the window and runs the QApplication until it is closed. An empty store is what was open
/// when the program ended last. Returns the exit code.
int runWindow(const QString& store);

} // namespace eventloupe
