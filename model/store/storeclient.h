#pragma once

#include "store/eventstore.h"
#include "store/openstore.h"
#include "store/storefacts.h"
#include "value/canceltoken.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <any>
#include <array>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace eventloupe {

class Masks;
class StoreWorker;

/// The GUI thread's side of a store: the one place where data hops between threads.
///
/// Jobs are functions over an EventStore that run on a worker thread, each lane in order with a
/// connection of its own, so that a long scan never delays a page. Answers arrive on the thread of
/// this object, unless the context is gone or the job's token was cancelled. A job that was
/// cancelled before it started is dropped unrun, and so is one that is posted while no store is
/// open (before opened(), after closed()): its answer never comes. A running job that is cancelled
/// has its reads ended within 100 ms. The headChanged() that a job caused comes before its answer.
///
/// Jobs see the store through the masks that were set last: a MaskedEventStore. What folds or
/// decides asks trueStore() for the events themselves.
///
/// A lane whose connection cannot be had answers its jobs with the Error, and tries again at the
/// next one; but without the interactive one the store is closed.
class StoreClient final : public QObject {
    Q_OBJECT

public:
    enum class Lane {
        Interactive, ///< Pages, states, appends: each in milliseconds.
        Background, ///< Searches, density, export, import, verify.
        Scan, ///< Pieces of a scan of the whole log, scanWidth() at a time, in no order.
    };
    /// How many jobs of the Scan lane run side by side: one a core, each on a connection of its own
    /// that is opened when it is first needed.
    [[nodiscard]] static int scanWidth();

    explicit StoreClient(QObject* parent = nullptr);
    ~StoreClient() override; ///< Ends what runs, drops what waits, joins all workers.

    /// Opens a store on the workers; answers with opened() or failed(). Closes the present one.
    void open(const QString& location, OpenMode mode);
    /// What jobs that are posted from now on do not see. Whoever shows what others read reads
    /// again.
    void setMasks(const std::shared_ptr<const Masks>& masks);
    [[nodiscard]] const std::shared_ptr<const Masks>& masks() const { return m_masks; }
    /// Ends what runs and drops what waits: no answer of this store comes any more. Does not block.
    void close();

    /// From opened() to closed(); what follows, up to head(), is of the open store.
    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] QString location() const { return m_location; }
    [[nodiscard]] QString readOnlyReason() const { return m_readOnlyReason; }
    /// See EventStore::openingFault().
    [[nodiscard]] QString openingFault() const { return m_openingFault; }
    [[nodiscard]] const StoreFacts& facts() const { return m_facts; }
    /// As it was reported last.
    [[nodiscard]] const StoreStatus& status() const { return m_status; }
    /// What troubled() told last.
    [[nodiscard]] QString trouble() const { return m_trouble; }
    /// While it is in trouble: when it is tried again. Expired while a try is under way.
    [[nodiscard]] QDeadlineTimer nextTry() const { return m_nextTry; }
    /// Whether the file was replaced or put back meanwhile, which failed() told: what is read is no
    /// longer what its location stands for.
    [[nodiscard]] bool isReplaced() const { return m_isReplaced; }
    /// The newest position that was reported.
    [[nodiscard]] Position head() const { return m_head; }

    /// Jobs of the lane that wait or run, with those that were cancelled and are not dropped yet.
    [[nodiscard]] qsizetype jobCount(Lane lane) const;

    /// Runs `job` on the lane's worker and hands its result to `done` on this object's thread.
    /// Cancel the returned token to drop the job or, where it looks at its token, to end it.
    template <class T>
    CancelToken run(Lane lane, QObject* context,
        std::function<Result<T>(EventStore&, const CancelToken&)> job,
        std::function<void(const Result<T>&)> done)
    {
        const auto wrapped = [](Result<T> result) {
            return std::any(std::make_shared<const Result<T>>(std::move(result)));
        };
        return post(
            lane, context,
            [job = std::move(job), wrapped](EventStore& store, const CancelToken& cancel) {
                return wrapped(job(store, cancel));
            },
            [wrapped](const Error& error) { return wrapped(error); },
            [done = std::move(done)](const std::any& answer) {
                done(*std::any_cast<std::shared_ptr<const Result<T>>>(answer));
            });
    }

    /// Looks for growth at once instead of at the next poll; after an append, say.
    void checkForGrowth();
    /// Tries a store that is in trouble at once.
    void tryNow();

signals:
    void opened(const QString& location);
    void closed();
    /// The log grew: by an append of ours or by another process.
    void headChanged(eventloupe::Position head);
    /// Opening failed, or the store was lost while open.
    void failed(const eventloupe::Error& error);
    /// The file that was replaced or moved away is in its place again; what failed() said of it does
    /// not hold any more.
    void isBack();
    /// Other masks hold: what was read before may show what they hide.
    void masksChanged();
    /// What keeps a store that is far away from answering, for people; empty when it answers again.
    /// It stays open meanwhile.
    void troubled(const QString& trouble);
    /// How far the store is counted, which server answers, or when it is tried again: see status()
    /// and nextTry().
    void statusChanged();

private:
    using AnyJob = std::function<std::any(EventStore&, const CancelToken&)>;
    using AnyFailure = std::function<std::any(const Error&)>;
    using AnyAnswer = std::function<void(const std::any&)>;
    CancelToken post(Lane lane, QObject* context, AnyJob job, AnyFailure failure, AnyAnswer done);

    /// What is done with a job's answer; stays on this object's thread.
    struct Pending {
        QPointer<QObject> context;
        bool hasContext = false;
        CancelToken token;
        AnyFailure failure; ///< Makes the answer of a job that could not run.
        AnyAnswer done;
        std::size_t worker = 0;
    };
    static constexpr std::size_t mostScanners = 4;

    [[nodiscard]] std::size_t workerFor(Lane lane) const;
    void start(std::size_t worker);
    void noteOpened(std::size_t worker, const QString& readOnlyReason, const QString& openingFault,
        Position head);
    void noteFailure(std::size_t worker, const Error& error);
    void noteReplaced(const Error& error);
    void failJobs(std::size_t worker, const Error& error);
    void noteGrowth(std::size_t worker);
    void noteTrouble(const QString& trouble);
    void answer(quint64 number, const std::any& result);
    void retire(std::unique_ptr<StoreWorker> worker);
    void watch();

    std::array<std::unique_ptr<StoreWorker>, 2 + mostScanners> m_workers;
    std::vector<std::unique_ptr<StoreWorker>> m_retired; ///< Stopping, not yet stopped.
    std::unordered_map<quint64, Pending> m_pending; ///< By the job's number.
    quint64 m_lastNumber = 0;
    quint64 m_generation = 0; ///< Counts what open() and close() did; older signals are stale.
    OpenMode m_mode = OpenMode::ReadOnly;
    bool m_isOpen = false;
    bool m_isReplaced = false;
    QString m_location;
    QString m_readOnlyReason;
    QString m_openingFault;
    std::shared_ptr<const Masks> m_masks; ///< Never null.
    QString m_trouble;
    QDeadlineTimer m_nextTry;
    StoreFacts m_facts;
    StoreStatus m_status;
    Position m_head = 0;
    QTimer m_watch; ///< Runs while jobs do.
};

} // namespace eventloupe
