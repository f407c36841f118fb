#pragma once

#include "projection/projectiontable.h"
#include "projection/scratchfile.h"

#include <QString>

#include <memory>
#include <mutex>
#include <unordered_map>

namespace eventloupe {

/// Why a row, or an event that came to no row, could not be folded.
struct ProjectionFailure {
    Position position = 0;
    QString message;
};

/// All that a projection's table ever was: the changes of its rows in order of position, in a
/// scratch file, and checkpoints of the whole table among them, so that the table at any position
/// is a checkpoint and the changes behind it.
///
/// Checkpoints are kept in memory, evenly; where they would be larger than their bound, every other
/// one goes, and from then on the distance is twice as long. Their bound is what the rows leave of
/// the projection's memory, and no more than maximumCheckpointBytes. One thread adds; what was
/// published is for any.
class ProjectionHistory {
public:
    /// Of all that a projection holds in memory: its rows, where they are folded and where they
    /// are read, and checkpoints.
    static constexpr qint64 maximumBytes = 1024LL * 1024 * 1024;
    static constexpr qint64 maximumCheckpointBytes = 256LL * 1024 * 1024;
    /// Changes from one checkpoint to the next, at first.
    static constexpr qint64 firstInterval = 16 * 1024;
    /// Rows of which the reason of a failure is kept.
    static constexpr std::size_t mostFailures = 10'000;

    /// How much it may take, in bytes.
    struct Bounds {
        qint64 memory = maximumBytes;
        qint64 checkpoints = maximumCheckpointBytes;
        qint64 scratch = ScratchFile::usualBound();
    };
    /// A table of so many cells a row. InputOutput where no scratch file can be made.
    static Result<std::shared_ptr<ProjectionHistory>> create(
        std::size_t cellsOfARow, const Bounds& bounds);
    static Result<std::shared_ptr<ProjectionHistory>> create(std::size_t cellsOfARow)
    {
        return create(cellsOfARow, Bounds());
    }

    /// Adding, on one thread.
    [[nodiscard]] ScratchFile& file() { return *m_file; }
    /// The table after all that was added.
    [[nodiscard]] const ProjectionTable& head() const { return m_head; }
    /// A change of a row; see ProjectionTable::Change. False where there is no room for it.
    [[nodiscard]] bool add(Position position, RowNumber row, quint64 flags, const quint64* cells);
    void addFailure(RowNumber row, const ProjectionFailure& failure);
    /// What the fold holds of the rows beside head(). False where the rows leave nothing of the
    /// memory.
    [[nodiscard]] bool setFoldBytes(qint64 bytes);
    /// Between two events: what was added is complete up to a position, and may be read.
    void publish(Position upTo);

    /// Reading, on any thread. The position up to which seek() knows the table.
    [[nodiscard]] Position publishedTo() const;
    /// Makes a table that another seek() left (or a new one) the one at a position, or at
    /// publishedTo() where that is less; gives where it is then.
    struct Cursor {
        std::size_t segment = 0;
        std::size_t word = 0;
    };
    /// What a seek() did to the rows.
    struct Changed {
        static constexpr std::size_t mostRows = 64 * 1024;
        bool isAny = false; ///< More rows than are listed may have changed.
        std::vector<RowNumber> rows; ///< A row may be there more than once.
    };
    Position seek(ProjectionTable& table, Cursor& cursor, Position position,
        Changed* changed = nullptr) const;
    /// Why a row failed first; empty where it is not kept.
    [[nodiscard]] ProjectionFailure failureOf(RowNumber row) const;
    /// Of the first event that came to no row.
    [[nodiscard]] ProjectionFailure firstFailure() const
    {
        return failureOf(ProjectionTable::Change::noRow);
    }
    [[nodiscard]] std::size_t cellsOfARow() const { return m_head.stride - 1; }

    struct Figures {
        qint64 changes = 0;
        qint64 scratchBytes = 0;
        qint64 checkpoints = 0;
        qint64 checkpointBytes = 0;
        qint64 rows = 0; ///< That were ever there.
        qint64 rowBytes = 0; ///< Where they are folded and where they are read, about.
    };
    [[nodiscard]] Figures figures() const;
    [[nodiscard]] const Bounds& bounds() const { return m_bounds; }

private:
    /// A run of changes, whose positions are counted from `base`.
    struct Segment {
        quint64* words = nullptr;
        std::size_t used = 0;
        Position base = 0;
    };
    struct Checkpoint {
        ProjectionTable table;
        Cursor cursor;
    };
    /// What can be read; never changed.
    struct Index {
        std::vector<Segment> segments;
        std::vector<std::shared_ptr<const Checkpoint>> checkpoints;
        Position upTo = 0;
        qint64 checkpointBytes = 0;
        qint64 changes = 0;
        qint64 scratchBytes = 0;
        qint64 rows = 0;
        qint64 rowBytes = 0;
    };

    ProjectionHistory(std::size_t cellsOfARow, const Bounds& bounds);
    bool openSegment(Position base);
    void keepCheckpoint();
    void thinOut();
    [[nodiscard]] std::shared_ptr<const Index> index() const;
    static void goTo(const Index& index, ProjectionTable& table, Cursor& cursor, Position position,
        Changed& changed);

    std::unique_ptr<ScratchFile> m_file;
    const Bounds m_bounds;
    ProjectionTable m_head;
    Index m_next; ///< What publish() publishes.
    qint64 m_interval = firstInterval;
    qint64 m_sinceCheckpoint = 0;

    mutable std::mutex m_mutex; ///< Guards what follows.
    std::shared_ptr<const Index> m_index;
    std::unordered_map<RowNumber, ProjectionFailure> m_failures;
};

} // namespace eventloupe
