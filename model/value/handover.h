#pragma once

#include <QObject>
#include <QThreadPool>

#include <functional>

namespace eventloupe {

/// Runs `work` on a thread of the pool. Any thread.
///
/// As QThreadPool::start(), whose own locks ThreadSanitizer does not see, since Qt's libraries are
/// built without it: here it sees that all before this call comes before the work.
void runOn(QThreadPool& pool, std::function<void()> work);

/// Makes calls on its own thread, which has to have an event loop, in the order in which they were
/// posted. As QMetaObject::invokeMethod(), and seen by ThreadSanitizer (see runOn()). A call that
/// waits when the receiver goes is dropped.
class CallReceiver final : public QObject {
public:
    /// Any thread, also the receiver's own: it does not call at once.
    void post(std::function<void()> call);

protected:
    bool event(QEvent* event) override;
};

/// The one on the application object's thread.
[[nodiscard]] CallReceiver& guiCalls();

} // namespace eventloupe
