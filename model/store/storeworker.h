#pragma once

#include "store/fileidentity.h"
#include "store/openstore.h"
#include "store/storefacts.h"
#include "value/canceltoken.h"

#include <QThread>

#include <any>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace eventloupe {

class AnnouncingStore;

/// One lane of a StoreClient: a thread with a connection of its own, which it opens, uses and
/// closes, and a queue of jobs that run in order.
///
/// The object belongs to the client's thread, its signals come from the worker's: connect with a
/// context. It stops by itself where the store cannot be opened.
class StoreWorker final : public QThread {
    Q_OBJECT

public:
    using Job = std::function<std::any(EventStore&, const CancelToken&)>;

    /// `pollInterval` is how often the worker looks for growth by others; zero for never. Where
    /// `first` is known, only that file is opened.
    StoreWorker(QString location, OpenMode mode, std::chrono::milliseconds pollInterval,
        const FileIdentity& first = {});
    ~StoreWorker() override; ///< Ends the running job, drops the others, joins.

    void post(quint64 number, const CancelToken& token, Job job);
    /// Jobs that wait or run.
    [[nodiscard]] qsizetype jobCount();
    /// Looks for growth before the next job.
    void checkForGrowth();
    /// The same, and a store that is in trouble is tried at once.
    void tryNow();
    /// Ends the running job where its token was cancelled since it began. Call now and then: a
    /// token has no voice of its own, and an interrupt between two reads is lost.
    void interruptIfCancelled();
    /// Ends the running job and the thread soon, and drops what waits; does not block.
    void stop();
    /// Whether opening failed; final once failed() was told.
    [[nodiscard]] bool hasNoStore();
    /// Of the file that was opened; final once opened() was told.
    [[nodiscard]] FileIdentity identity();
    /// The newest position that was seen; the next growth is signalled again.
    Position takeHead();

signals:
    /// Before opened().
    void described(const eventloupe::StoreFacts& facts);
    /// How the store is has changed; only where it is polled.
    void statusChanged(const eventloupe::StoreStatus& status);
    void opened(
        const QString& readOnlyReason, const QString& openingFault, eventloupe::Position head);
    void failed(const eventloupe::Error& error);
    /// The file is another one by now, or was put back to an earlier state: what is known of the
    /// log does not hold any more. Once, only where it is polled; nothing grows until it is back.
    void replaced(const eventloupe::Error& error);
    /// The file that was moved away is in its place again, and is followed.
    void isBack();
    /// At least one growth since takeHead(); further ones are silent until it is called.
    void grew();
    /// The answer is empty where the job was dropped. Comes after the grew() that it caused.
    void answered(quint64 number, const std::any& answer);
    /// See StoreNotices::troubled.
    void troubled(const QString& trouble);
    /// See StoreNotices::waits.
    void waits(qint64 milliseconds);

protected:
    void run() override;

private:
    struct Entry {
        quint64 number = 0;
        CancelToken token;
        Job job;
    };

    void serve(EventStore& store);
    std::optional<Entry> takeEntry();
    void execute(EventStore& store, Entry& entry);
    void lookForGrowth(EventStore& store);
    void noteStatus(const EventStore& store);
    [[nodiscard]] bool isWatchedFile(const EventStore& store) const;
    bool noteMoved(EventStore& store);
    bool noteOverwritten(EventStore& store);
    bool noteShortened(const EventStore& store, Position head);
    [[nodiscard]] std::chrono::milliseconds pauseBetweenLooks() const;
    [[nodiscard]] bool isStopping();

    const QString m_location;
    const OpenMode m_mode;
    const std::chrono::milliseconds m_pollInterval;
    const FileIdentity m_first;

    std::mutex m_mutex; ///< Guards what follows, up to the blank line.
    std::condition_variable m_wake;
    std::deque<Entry> m_entries;
    std::optional<CancelToken> m_running;
    EventStore* m_store = nullptr;
    FileIdentity m_identity;
    bool m_mustLook = false;
    bool m_isStopping = false;

    std::atomic<Position> m_head { 0 };
    std::atomic<bool> m_isGrowthTold { false };
    std::atomic<bool> m_mustTry { false };
    bool m_isFailureTold = false; ///< Worker's thread, as what follows.
    bool m_isReplaced = false;
    /// It has been another log, or none, at every look since then.
    std::optional<std::chrono::steady_clock::time_point> m_otherSince;
    bool m_isShortened = false; ///< Or overwritten; which it stays.
    AnnouncingStore* m_announcing = nullptr; ///< The store, where it is one.
    StoreStatus m_status; ///< As it was told last; worker's thread.
};

} // namespace eventloupe
