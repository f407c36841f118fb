#include "value/handover.h"

#include <QCoreApplication>
#include <QEvent>
#include <QRunnable>

#include <atomic>

namespace eventloupe {

namespace {

/// How often something was handed over. Whoever takes has seen the count of who gave, which is all
/// that ThreadSanitizer knows of Qt's queues.
std::atomic<unsigned> handOvers { 0 };

void noteGiven()
{
    handOvers.fetch_add(1, std::memory_order_release);
}

void noteTaken()
{
    static_cast<void>(handOvers.load(std::memory_order_acquire));
}

class Work final : public QRunnable {
public:
    explicit Work(std::function<void()> work)
        : m_work(std::move(work))
    {
    }

    void run() override
    {
        noteTaken();
        m_work();
    }

private:
    std::function<void()> m_work;
};

QEvent::Type callType()
{
    static const auto type = static_cast<QEvent::Type>(QEvent::registerEventType());
    return type;
}

class CallEvent final : public QEvent {
public:
    explicit CallEvent(std::function<void()> made)
        : QEvent(callType())
        , call(std::move(made))
    {
    }

    std::function<void()> call;
};

} // namespace

void runOn(QThreadPool& pool, std::function<void()> work)
{
    auto* runnable = new Work(std::move(work)); // The pool's, which deletes it.
    noteGiven();
    pool.start(runnable);
}

void CallReceiver::post(std::function<void()> call)
{
    auto* event = new CallEvent(std::move(call)); // The event loop's, which deletes it.
    noteGiven();
    QCoreApplication::postEvent(this, event);
}

bool CallReceiver::event(QEvent* event)
{
    noteTaken();
    if (event->type() != callType())
        return QObject::event(event);
    static_cast<CallEvent*>(event)->call();
    return true;
}

CallReceiver& guiCalls()
{
    // Never deleted: a thread may post while the program ends.
    static CallReceiver* const receiver = [] {
        auto* made = new CallReceiver;
        made->moveToThread(QCoreApplication::instance()->thread());
        return made;
    }();
    return *receiver;
}

} // namespace eventloupe
