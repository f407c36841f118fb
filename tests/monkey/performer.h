#pragma once

#include "monkey/step.h"

class QWidget;

namespace eventloupe {

class WindowBench;

/// Does the steps to the program's window, with synthesised events as a display would send them.
/// What a step's target is not there for is left out. GUI thread.
class Performer final {
public:
    /// `folder` has what Open names.
    Performer(WindowBench& bench, QString folder);

    /// May run an event loop of a dialog or menu, and returns once that ends. Restart is not done
    /// here. False where the target is not there.
    bool perform(const Step& step);

private:
    bool trigger(const Step& step);
    bool press(const Step& step);
    bool pressKey(const Step& step);
    bool type(const Step& step);
    bool choose(const Step& step);
    bool leave(const Step& step);
    void drop(const QString& path);
    void append(int count);
    [[nodiscard]] QWidget* widgetOf(const Step& step) const;
    [[nodiscard]] QString pathOf(const QString& name) const;

    WindowBench& m_bench;
    QString m_folder;
    int m_appended = 0;
};

} // namespace eventloupe
