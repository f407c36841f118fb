#pragma once

#include "store/checkedevents.h"
#include "store/hashchain.h"
#include "value/canceltoken.h"
#include "value/event.h"
#include "value/logselection.h"
#include "value/progress.h"
#include "value/result.h"

#include <QList>

#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace eventloupe {

/// What a writer believes a stream's version to be.
class ExpectedVersion {
public:
    enum class Kind { Any, NoStream, StreamExists, Exactly };
    static ExpectedVersion any() { return { Kind::Any, 0 }; }
    static ExpectedVersion noStream() { return { Kind::NoStream, 0 }; }
    static ExpectedVersion streamExists() { return { Kind::StreamExists, 0 }; }
    /// exactly(0) is noStream().
    static ExpectedVersion exactly(StreamVersion version) { return { Kind::Exactly, version }; }

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] StreamVersion version() const { return m_version; }
    [[nodiscard]] bool admits(StreamVersion actual) const;
    [[nodiscard]] QString toText() const; ///< "version 3", "no stream", ...

private:
    ExpectedVersion(Kind kind, StreamVersion version)
        : m_kind(kind)
        , m_version(version)
    {
    }
    Kind m_kind;
    StreamVersion m_version;
};

/// Events for one stream, to be appended together or not at all.
struct AppendRequest {
    QString stream;
    ExpectedVersion expected = ExpectedVersion::any();
    QList<NewEvent> events; ///< At least one.
};

/// The events are stored and durable.
struct Appended {
    Position first = 0;
    Position last = 0;
    StreamVersion version = 0; ///< The stream's version after them.
    bool wasStoredBefore = false; ///< A repeated append, acknowledged again.
};

/// The stream is not where the writer believed it to be; nothing was stored.
struct VersionConflict {
    QString stream;
    ExpectedVersion expected = ExpectedVersion::any();
    StreamVersion actual = 0;
    [[nodiscard]] QString toText() const;
};

using AppendOutcome = std::variant<Appended, VersionConflict>;

/// A stream as it is now.
struct StreamInfo {
    StreamId id = 0;
    QString name;
    QString category;
    Position firstPosition = 0;
    StreamVersion headVersion = 0;
    Position headPosition = 0;
};

/// A stream as it was at a position.
struct StreamAt {
    StreamInfo info;
    StreamVersion version = 0;
};

/// A category as it was at a position. Numbers are dense from 1, in order of birth.
struct CategoryAt {
    qint64 id = 0;
    QString name;
    qint64 streams = 0;
};

/// Events inserted in bulk, in one transaction: all of them or, unless commit() is called, none.
/// After a failure nothing is stored, and nothing more is taken.
class BulkAppend {
public:
    virtual ~BulkAppend() = default; ///< Rolls back what was not committed.
    /// Appends one event at the head of its stream; gives its version.
    virtual Result<StreamVersion> add(const QString& stream, const NewEvent& event) = 0;
    /// The same for events that were checked before, on whatever thread. `versions` gets one for
    /// each that was taken; after a failure it is the next one that was refused.
    virtual Result<void> add(const CheckedEvents& events, std::vector<StreamVersion>& versions) = 0;
    /// How many streams got events.
    [[nodiscard]] virtual qint64 streams() const = 0;
    /// Makes everything durable and builds what indexes were put off. `cancel` is looked at;
    /// `progress` goes through its phases Indexing, where there is something to index, and Saving.
    virtual Result<Appended> commit(const CancelToken& cancel, const Progress& progress = {}) = 0;
};

/// A fault that verify() found. Position 0 concerns the store as a whole.
struct StoreFault {
    Position position = 0;
    QString message;
};

/// How far a store is that has to count its events before it knows them all, as that of another
/// library; head() grows meanwhile.
struct Counting {
    bool isUnderWay = false;
    Position about = 0; ///< An estimate of all events; 0 where there is none.
    QString fault; ///< Why the rest cannot be read, for people; empty where it can.

    friend bool operator==(const Counting&, const Counting&) = default;
};

/// Which file a path stood for: another one may be put in its place at any time.
struct FileIdentity {
    quint64 device = 0;
    quint64 inode = 0; ///< 0: not known, as where the system has none.

    [[nodiscard]] bool isKnown() const { return inode != 0; }
    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// A log of events: the contract of every store.
///
/// An instance belongs to the thread that opened it; only interrupt() may be called from another.
/// Positions are dense from 1 to head(), versions gapless from 1. A read sees one consistent
/// snapshot of the log; a position up to head() never changes. Every call may fail with
/// InputOutput, Corrupt, Busy (another process holds a lock for over five seconds) or Cancelled
/// (after interrupt()); other failures are named at the call.
class EventStore {
public:
    virtual ~EventStore() = default;

    /// A file name or a URI without password, for captions.
    [[nodiscard]] virtual QString location() const = 0;
    /// Empty when events can be appended, else why not, for people.
    [[nodiscard]] virtual QString readOnlyReason() const = 0;

    /// What was noticed at open and does not keep the store from being read, such as a lost tail;
    /// empty when nothing was.
    [[nodiscard]] virtual QString openingFault() const = 0;

    /// The library whose store it is, for people: "Emmett (SQLite)"; empty for one of our own.
    [[nodiscard]] virtual QString library() const { return {}; }
    /// Whether an event may be read in more streams than the one that it names.
    [[nodiscard]] virtual bool hasLinkedStreams() const { return false; }
    /// Whether the events are still being counted. Any thread.
    [[nodiscard]] virtual Counting counting() const { return {}; }
    /// What would let the store be read faster, such as a missing index; for people.
    [[nodiscard]] virtual QStringList advice() const { return {}; }
    /// Of the file that is open; unknown where it is none.
    [[nodiscard]] virtual FileIdentity identity() const { return {}; }

    /// The position of the last event; 0 when the log is empty. One seek.
    virtual Result<Position> head() = 0;
    /// The hash of an event, which covers the log up to it (see HashChain): two stores with the
    /// same one at a position hold the same events up to there. Zeros at 0; nothing where the store
    /// keeps no hashes. NotFound past the head. One seek.
    virtual Result<std::optional<EventHash>> hashAt(Position position);
    /// Whether another connection may have changed the log since the last call. Microseconds.
    virtual Result<bool> hasChanged() = 0;

    /// Events from..from+limit-1, oldest first; fewer at the head. O(limit).
    virtual Result<QList<Event>> readLog(Position from, int limit) = 0;
    /// The events at these positions, in their order; positions past the head are left out.
    virtual Result<QList<Event>> readAt(const QList<Position>& positions) = 0;
    /// The same without copies, of the columns asked for. Return false to stop. `cancel` is looked
    /// at.
    virtual Result<void> scanAt(const QList<Position>& positions, ScanColumns columns,
        const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
        = 0;
    /// Events of a stream with version > after and position <= upTo, oldest first.
    virtual Result<QList<Event>> readStream(
        StreamId stream, StreamVersion after, Position upTo, int limit)
        = 0;
    /// The same without copies: data and metadata are views. Return false to stop.
    virtual Result<void> scanStream(StreamId stream, StreamVersion after, Position upTo,
        ScanColumns columns, const std::function<bool(const EventView&)>& visitor)
        = 0;
    /// All events from..to in order of position. Return false to stop. `cancel` is looked at.
    virtual Result<void> scanLog(Position from, Position to, ScanColumns columns,
        const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
        = 0;
    /// The events from..to that the selection admits, in order of position, by way of an index
    /// where that is less work. Where no columns are asked for, the views may hold the position
    /// alone.
    virtual Result<void> scanSelected(const LogSelection& selection, Position from, Position to,
        ScanColumns columns, const CancelToken& cancel,
        const std::function<bool(const EventView&)>& visitor)
        = 0;

    /// By name; nothing when there is no such stream.
    virtual Result<std::optional<StreamInfo>> findStream(const QString& name) = 0;
    /// How many streams exist at the position: they are those with ids 1..count. O(log n).
    virtual Result<qint64> streamCountAt(Position position) = 0;
    /// Streams with ids first..first+limit-1 that exist at the position. O(limit log n).
    virtual Result<QList<StreamAt>> streamsAt(Position position, StreamId first, int limit) = 0;
    /// The names of the streams with ids first..last, in order of their ids.
    virtual Result<void> scanStreamNames(StreamId first, StreamId last,
        const std::function<void(StreamId, std::string_view)>& visitor)
        = 0;
    virtual Result<qint64> categoryCountAt(Position position) = 0;
    /// Categories first..first+limit-1 that exist at the position.
    virtual Result<QList<CategoryAt>> categoriesAt(Position position, qint64 first, int limit) = 0;
    /// Streams of a category that exist at the position, in order of birth, skipping `skip`.
    virtual Result<QList<StreamAt>> streamsOfCategoryAt(
        qint64 category, Position position, qint64 skip, int limit)
        = 0;
    /// Streams that exist at the position and whose name contains the text (case-insensitive),
    /// with id > after; reads names until `limit` are found. `cancel` is looked at.
    virtual Result<QList<StreamAt>> searchStreams(const QString& text, Position position,
        StreamId after, int limit, const CancelToken& cancel)
        = 0;
    /// The version of a stream at a position; 0 before its first event. O(log n).
    virtual Result<StreamVersion> versionAt(StreamId stream, Position position) = 0;
    /// The position of an event, by its stream and version; NotFound.
    virtual Result<Position> positionOf(StreamId stream, StreamVersion version) = 0;

    /// The last position p of a binary search with time(p) <= time < time(p+1); 0 before the first
    /// event. Where caller-set times run backwards there can be several such places. O(log n).
    virtual Result<Position> positionAtTime(Timestamp time) = 0;
    /// All event types, in order of first use.
    virtual Result<QStringList> types() = 0;

    /// Appends in one durable transaction: when it returns Appended, a power cut loses nothing.
    /// A repeated append (all ids stored already, with the same stream and content) is acknowledged
    /// with wasStoredBefore. Fails with ReadOnly, DiskFull, DuplicateEvent (an id is stored with
    /// other content) or InvalidInput (payload that is not JSON, an empty or over-long name or id);
    /// then nothing was stored and the next append works.
    virtual Result<AppendOutcome> append(const AppendRequest& request) = 0;
    /// Starts a bulk load. No other append may run on this instance until it is destroyed.
    virtual Result<std::unique_ptr<BulkAppend>> beginBulk() = 0;

    /// Reads everything and reports each fault: hash chain, gaps, JSON, indexes, a lost tail.
    /// `progress` gets positions done. Returns the number of events read.
    virtual Result<qint64> verify(const CancelToken& cancel,
        const std::function<void(Position)>& progress,
        const std::function<void(const StoreFault&)>& report)
        = 0;

    /// Ends a running call from another thread; that call fails with Cancelled.
    virtual void interrupt() = 0;
};

/// Waits until the events of a store have been counted; false when `cancel` came first.
bool waitUntilCounted(const EventStore& store, const CancelToken& cancel);

} // namespace eventloupe
