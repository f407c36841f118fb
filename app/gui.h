#pragma once

#include <QString>

class QApplication;

namespace eventloupe {

class MainWindow;
class Workbench;

/// Lets the workbench do what the window asks for, and the window show what came of it.
void joinWindow(Workbench& workbench, MainWindow& window);

/// Shows the window and runs the application until it is closed. An empty store is what was open
/// when the program ended last. Returns the exit code.
int runWindow(QApplication& application, const QString& store);

} // namespace eventloupe
