#include "exchange/storethread.h"

#include "exchange/exchangetext.h"

#include <chrono>
#include <system_error>
#include <utility>

namespace eventloupe {

namespace {

constexpr auto patience = std::chrono::milliseconds(20); // between two looks at the token
constexpr int looksBeforeInterrupt = 3; // work that sees the token ends more tidily by itself

} // namespace

Result<std::unique_ptr<StoreThread>> StoreThread::open(const QString& location, OpenMode mode)
{
    std::unique_ptr<StoreThread> thread(new StoreThread);
    try {
        thread->m_thread
            = std::thread([own = thread.get(), location, mode] { own->serve(location, mode); });
    } catch (const std::system_error&) {
        return Error { ErrorCode::InputOutput,
            ExchangeText::tr("%1 cannot be opened: the system gives no further thread")
                .arg(location) };
    }
    std::unique_lock lock(thread->m_mutex);
    thread->m_changed.wait(lock, [&thread] { return thread->m_opened.has_value(); });
    const Result<void> opened = *thread->m_opened;
    lock.unlock();
    if (!opened)
        return opened.error();
    return thread;
}

StoreThread::~StoreThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isOver = true;
        if (m_store != nullptr && m_work)
            m_store->interrupt();
        m_changed.notify_all();
    }
    if (m_thread.joinable())
        m_thread.join();
}

void StoreThread::serve(const QString& location, OpenMode mode)
{
    const auto store = openStore(location, mode);
    std::unique_lock lock(m_mutex);
    if (store) {
        m_store = store->get();
        m_location = m_store->location();
        m_readOnlyReason = m_store->readOnlyReason();
        m_opened.emplace();
    } else {
        m_opened.emplace(store.error());
    }
    m_changed.notify_all();
    while (m_store != nullptr) {
        m_changed.wait(lock, [this] { return m_isOver || m_work; });
        if (!m_work)
            break;
        lock.unlock();
        m_work(*m_store); // Set by post(), and taken away below alone.
        lock.lock();
        m_work = nullptr;
        m_changed.notify_all();
    }
    m_store = nullptr; // Before it goes: nobody interrupts it any more.
}

void StoreThread::post(std::function<void(EventStore&)> work)
{
    const std::lock_guard lock(m_mutex);
    Q_ASSERT(!m_work);
    m_work = std::move(work);
    m_changed.notify_all();
}

void StoreThread::wait(const CancelToken& cancel)
{
    std::unique_lock lock(m_mutex);
    for (int looks = 0; m_work;) {
        m_changed.wait_for(lock, patience);
        if (m_work && cancel.isCancelled() && ++looks > looksBeforeInterrupt)
            m_store->interrupt();
    }
}

} // namespace eventloupe
