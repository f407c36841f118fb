#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <functional>
#include <vector>

namespace eventloupe {

/// What is under way and is stopped before the window is closed: imports, exports and the like.
/// GUI thread.
class RunningWork final : public QObject {
    Q_OBJECT

public:
    struct Work {
        std::function<QString()> title; ///< Empty while it is not running.
        std::function<void()> cancel; ///< Answers at once; title() tells when it has ended.
        bool isOfStore = true; ///< It ends with the store that is open.
        /// Whether it keeps what it has done when it is stopped; without it, it keeps nothing.
        std::function<bool()> keepsPart = {};
    };
    /// A piece of work answers a cancel sooner; what does not is no longer waited for.
    static constexpr std::chrono::milliseconds patience { 1500 };

    explicit RunningWork(QObject* parent = nullptr);

    void add(const Work& work);
    /// Of what is running; with `ofStore`, only of what the open store's end would end.
    [[nodiscard]] QStringList titles(bool ofStore = false) const;
    /// What runs, and what becomes of it when it is stopped now; for people.
    [[nodiscard]] QString outlook(bool ofStore = false) const;
    /// Cancels what is running, and calls `then` once all of it has ended, or after the patience.
    /// Does not block; what was to be called before is not called.
    void stopThen(const std::function<void()>& then, bool ofStore = false);

private:
    void look();
    [[nodiscard]] std::vector<const Work*> running(bool ofStore) const;

    std::vector<Work> m_works;
    std::function<void()> m_then;
    bool m_isOfStore = false;
    QTimer m_look;
    std::chrono::milliseconds m_waited { 0 };
};

} // namespace eventloupe
