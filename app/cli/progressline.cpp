#include "app/cli/terminal.h"

#include <QLocale>

#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include <unistd.h>

namespace eventloupe::cli {

struct ProgressLine::Painter {
    Painter(const QString& name, const Progress& figures)
        : what(name)
        , progress(figures)
    {
        try {
            thread = std::thread([this] { run(); });
        } catch (const std::system_error&) {
            // The work goes on without.
            over = true;
        }
    }
    ~Painter()
    {
        {
            const std::lock_guard lock(mutex);
            over = true;
        }
        wake.notify_all();
        if (thread.joinable())
            thread.join();
        print("\r\x1b[K");
    }

    void run()
    {
        std::unique_lock lock(mutex);
        while (!wake.wait_for(lock, std::chrono::milliseconds(200), [this] { return over; }))
            print("\r" + line().toUtf8() + "\x1b[K");
    }

    [[nodiscard]] QString line() const
    {
        const QLocale locale;
        // Read once: the worker sets it meanwhile, to 0 as well.
        const qint64 total = progress.total();
        if (progress.phase() == Progress::Phase::Saving)
            return tr("%1: saving").arg(what);
        if (progress.phase() == Progress::Phase::Indexing && total > 0)
            return tr("%1: indexing, %2 %").arg(what).arg(100 * progress.done() / total);
        if (progress.phase() == Progress::Phase::Verifying && total > 0)
            return tr("%1: verifying, %2 %").arg(what).arg(100 * progress.done() / total);
        const qint64 events = progress.events();
        auto text = events == 1 ? tr("%1: 1 event").arg(what)
                                : tr("%1: %2 events").arg(what, locale.toString(events));
        if (total > 0)
            text += tr(", %1 %").arg(100 * progress.done() / total);
        return text;
    }

    static void print(const QByteArray& text)
    {
        [[maybe_unused]] const auto written
            = ::write(STDERR_FILENO, text.constData(), size_t(text.size()));
    }

    QString what;
    Progress progress;
    std::mutex mutex;
    std::condition_variable wake;
    bool over = false;
    std::thread thread; ///< Last: it uses all of the above.
};

ProgressLine::ProgressLine(const QString& what, const Progress& progress)
{
    if (::isatty(STDERR_FILENO) == 1)
        m_painter = std::make_unique<Painter>(what, progress);
}

ProgressLine::~ProgressLine() = default;

} // namespace eventloupe::cli
