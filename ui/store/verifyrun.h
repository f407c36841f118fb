#pragma once

#include "store/faultranges.h"
#include "store/storeclient.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace eventloupe {

/// What a verification came to, when it came to its end.
struct VerifySummary {
    qint64 events = 0; ///< So many were read.
    bool canRepair = false; ///< Whether repairStore() can tell what is sound in such a store.
    QString unprovenEnd; ///< See unprovenEnd().
};

/// Verifies a store, and copies what is sound of it: one of the two at a time. The store is the one
/// that a client has open, on its background lane, or a file that need not be open anywhere, and
/// may be too damaged for that: each run opens it by itself, on a thread of the pool. GUI thread.
class VerifyRun final : public QObject {
    Q_OBJECT

public:
    /// A damaged file may have a fault an event: what is found behind so many between two looks is
    /// counted alone.
    static constexpr qsizetype mostBetween = 100'000;
    /// The client must outlive it.
    explicit VerifyRun(
        StoreClient& client, QObject* parent = nullptr, qsizetype most = mostBetween);
    explicit VerifyRun(const QString& file, QObject* parent = nullptr);
    ~VerifyRun() override; ///< Cancels what runs.

    [[nodiscard]] bool isRunning() const { return m_running; }
    /// Whether there is a store to run on: that of a client may be closed.
    [[nodiscard]] bool hasStore() const { return !m_client || m_client->isOpen(); }
    [[nodiscard]] QString location() const { return m_client ? m_client->location() : m_file; }
    /// The faults that were found until now, each event's for itself.
    [[nodiscard]] qint64 faults() const;
    /// See EventStore::library().
    [[nodiscard]] QString library() const;
    /// Each ends in finished(), repaired() or failed(). Nothing is done while one runs, or while no
    /// store is open.
    void verify();
    /// `file` must not exist.
    void repair(const QString& file);
    /// failed(Cancelled) follows.
    void cancel();

signals:
    /// Ten times a second; positions. A total of 0 is unknown.
    void progressed(qint64 done, qint64 total);
    /// What was found since the last time, in the order in which it was, and has come to its end.
    void found(const QList<eventloupe::FaultRange>& faults);
    void noted(const QList<eventloupe::RepairNote>& notes);
    /// So many more were found or noted behind those, faster than anybody reads: they are counted.
    void passed(qint64 findings);
    void finished(const eventloupe::VerifySummary& summary);
    void repaired(const QString& file, const eventloupe::RepairSummary& summary);
    void failed(const eventloupe::Error& error);

private:
    struct Findings; ///< Shared with the worker.
    template <class T>
    void run(const std::function<Result<T>(EventStore&)>& job,
        const std::function<void(const Result<T>&)>& done);
    bool begin();
    void end();
    void tell();
    void abandon();

    StoreClient* m_client = nullptr;
    QString m_file; ///< Where there is no client.
    QTimer m_poll;
    Progress m_progress;
    CancelToken m_cancel;
    std::shared_ptr<Findings> m_findings; ///< Of what runs.
    qsizetype m_most = mostBetween;
    bool m_running = false;
};

} // namespace eventloupe
