#pragma once

#include "store/openstore.h"
#include "value/canceltoken.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace eventloupe {

/// A store that is opened, used and closed on a thread of its own, beside another one that belongs
/// to the calling thread. One piece of work at a time; all members are for the calling thread.
class StoreThread final {
public:
    /// Waits until it is open. Fails as openStore() does.
    static Result<std::unique_ptr<StoreThread>> open(const QString& location, OpenMode mode);
    ~StoreThread(); ///< Ends what runs, and waits for it.
    StoreThread(const StoreThread&) = delete;
    StoreThread& operator=(const StoreThread&) = delete;

    /// As EventStore::location() and readOnlyReason() had it at open.
    [[nodiscard]] const QString& location() const { return m_location; }
    [[nodiscard]] const QString& readOnlyReason() const { return m_readOnlyReason; }

    /// Work that is under way. What it refers to has to live until it was waited for.
    template <class T> class Job {
    public:
        /// Waits for the end. Where `cancel` is set and the work does not see it by itself, its
        /// call of the store is ended: no wait takes much over 100 ms then.
        Result<T> wait(const CancelToken& cancel)
        {
            m_thread.wait(cancel);
            return std::move(**m_result);
        }

    private:
        friend class StoreThread;
        Job(StoreThread& thread, std::shared_ptr<std::optional<Result<T>>> result)
            : m_thread(thread)
            , m_result(std::move(result))
        {
        }
        StoreThread& m_thread;
        std::shared_ptr<std::optional<Result<T>>> m_result;
    };

    /// Begins work, which wait() ends.
    template <class T> Job<T> begin(std::function<Result<T>(EventStore&)> work)
    {
        auto result = std::make_shared<std::optional<Result<T>>>();
        post([result, work = std::move(work)](EventStore& store) { result->emplace(work(store)); });
        return Job<T>(*this, std::move(result));
    }
    /// Both in one.
    template <class T>
    Result<T> ask(const CancelToken& cancel, std::function<Result<T>(EventStore&)> work)
    {
        return begin<T>(std::move(work)).wait(cancel);
    }

private:
    StoreThread() = default;
    void serve(const QString& location, OpenMode mode);
    void post(std::function<void(EventStore&)> work);
    void wait(const CancelToken& cancel);

    std::mutex m_mutex; ///< Guards what follows, up to the blank line.
    std::condition_variable m_changed;
    std::function<void(EventStore&)> m_work; ///< Empty when nothing is under way.
    EventStore* m_store = nullptr;
    std::optional<Result<void>> m_opened;
    bool m_isOver = false;

    QString m_location;
    QString m_readOnlyReason;
    std::thread m_thread;
};

} // namespace eventloupe
