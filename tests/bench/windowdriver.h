#pragma once

#include "app/workbench.h"
#include "ui/window/mainwindow.h"
#include "ui/window/session.h"

#include <QElapsedTimer>

#include <functional>
#include <vector>

namespace eventloupe {

/// The program's window, driven without a person: moves the cursor and waits until all panels show
/// and have painted where it stands.
class WindowDriver final : public QObject {
    Q_OBJECT

public:
    WindowDriver();
    ~WindowDriver() override;

    /// False when it cannot be opened.
    [[nodiscard]] bool open(const QString& location);
    [[nodiscard]] bool create(const QString& file);
    [[nodiscard]] WindowParts parts() { return m_workbench.parts(); }
    [[nodiscard]] MainWindow& window() { return *m_window; }
    [[nodiscard]] Position head() { return parts().cursor.head(); }

    /// Runs the event loop until what the cursor asks for is shown and painted.
    void settle();
    /// Milliseconds from the move until all is painted.
    double step(Position position);
    void waitFor(const std::function<bool()>& isDone, int milliseconds = 600'000);

    /// A stream of so many events that lies about the middle of all; empty when none is found.
    [[nodiscard]] QString streamOfLength(StreamVersion least, StreamVersion most);
    /// The positions of so many random versions of a stream; fewer where it is missing.
    [[nodiscard]] std::vector<Position> randomVersions(const QString& stream, int count);
    /// The positions of so many neighbouring versions before the middle of a stream, newest first.
    std::vector<Position> versionsBefore(const QString& stream, int count);
    /// Milliseconds between two turns of the event loop while `work` goes on. It is asked to end
    /// after some seconds.
    [[nodiscard]] std::vector<double> pausesWhile(const std::function<bool()>& isDone);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool isShown();
    template <class T> T ask(std::function<Result<T>(EventStore&, const CancelToken&)> job);

    Session m_session;
    Workbench m_workbench;
    std::unique_ptr<MainWindow> m_window;
    int m_paints = 0; ///< Of the log.
    int m_paintsBefore = 0; ///< When the newest frame was shown.
};

} // namespace eventloupe
