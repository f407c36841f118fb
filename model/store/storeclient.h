#pragma once

#include "store/eventstore.h"
#include "store/openstore.h"
#include "value/canceltoken.h"

#include <QObject>
#include <QPointer>

#include <any>
#include <functional>
#include <memory>

namespace eventloupe {

class StoreWorker;

/// The GUI thread's side of a store: the one place where data hops between threads.
///
/// Jobs are functions over an EventStore that run on a worker thread, each lane in order with a
/// connection of its own, so that a long scan never delays a page. Answers arrive on the thread of
/// this object, unless the context is gone or the job's token was cancelled. A job that was
/// cancelled before it started is dropped unrun.
class StoreClient final : public QObject {
    Q_OBJECT

public:
    enum class Lane {
        Interactive, ///< Pages, states, appends: each in milliseconds.
        Background, ///< Filters, searches, density, export, import, verify.
    };

    explicit StoreClient(QObject* parent = nullptr);
    ~StoreClient() override; ///< Interrupts, joins both workers.

    /// Opens a store on the workers; answers with opened() or failed(). Closes the present one.
    void open(const QString& location, OpenMode mode);
    void close();

    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] QString location() const;
    [[nodiscard]] QString readOnlyReason() const;
    /// The newest position that was reported.
    [[nodiscard]] Position head() const;

    /// Runs `job` on the lane's worker and hands its result to `done` on this object's thread.
    /// Cancel the returned token to drop the job or, where it looks at its token, to end it.
    template <class T>
    CancelToken run(Lane lane, QObject* context,
        std::function<Result<T>(EventStore&, const CancelToken&)> job,
        std::function<void(const Result<T>&)> done)
    {
        return post(
            lane, context,
            [job = std::move(job)](EventStore& store, const CancelToken& cancel) {
                return std::any(std::make_shared<const Result<T>>(job(store, cancel)));
            },
            [done = std::move(done)](const std::any& answer) {
                done(*std::any_cast<std::shared_ptr<const Result<T>>>(answer));
            });
    }

    /// Looks for growth at once instead of at the next poll; after an append, say.
    void checkForGrowth();

signals:
    void opened(const QString& location);
    void closed();
    /// The log grew: by an append of ours or by another process.
    void headChanged(eventloupe::Position head);
    /// Opening failed, or the store was lost while open.
    void failed(const eventloupe::Error& error);

private:
    using AnyJob = std::function<std::any(EventStore&, const CancelToken&)>;
    using AnyAnswer = std::function<void(const std::any&)>;
    CancelToken post(Lane lane, QObject* context, AnyJob job, AnyAnswer done);
};

} // namespace eventloupe
