#pragma once

#include "log/logcolumns.h"
#include "log/matchlist.h"
#include "store/storeclient.h"

#include <QAbstractTableModel>
#include <QHash>

#include <functional>

namespace eventloupe {

class LogPages;

/// The log as a table: row r is position r+1 or, while a match list is set, the match r.
///
/// Holds a bounded number of pages and loads what is looked at on the store's interactive lane;
/// rows that are not there yet have empty texts and IsLoadedRole false, and dataChanged follows. A
/// row whose event is lost has its position and LossRole.
/// GUI thread. Put a WindowProxy between it and a view: a view on all rows of a long log is slow.
class EventLogModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit EventLogModel(StoreClient& client, QObject* parent = nullptr);
    ~EventLogModel() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

    /// The last row at or before the position; -1 when there is none. O(log n).
    [[nodiscard]] int rowOf(Position position) const;
    /// 0 when there is no such row.
    [[nodiscard]] Position positionOf(int row) const;
    /// nullptr while the row is not loaded, which it then will be, and where its event is lost, see
    /// LossRole. Valid until the event loop runs.
    /// Has no data and metadata where they are long: see hasWhole().
    [[nodiscard]] const Event* eventAt(int row) const;
    /// Whether the row is loaded with its data and metadata.
    [[nodiscard]] bool hasWhole(int row) const;
    /// Reads an event with all of its data, for `then`; failed() where that fails.
    void readWhole(
        Position position, QObject* context, const std::function<void(const Event&)>& then);

    /// Loads these rows next and nothing else: what was asked for before and is not being read yet
    /// is dropped, so that scrubbing never queues up the pages it passed over.
    void prefetch(int firstRow, int count);
    /// The same as a job of the caller's: it reads what is missing of these rows, on a store's
    /// thread, and returns what then is to be called on this one. Empty when nothing is missing.
    [[nodiscard]] std::function<std::function<void()>(EventStore&)> reader(int firstRow, int count);
    /// Pages in memory, and their size in bytes as estimated.
    [[nodiscard]] qint64 pageCount() const;
    [[nodiscard]] qint64 pageBytes() const;

    [[nodiscard]] bool hasMatches() const { return m_matches != nullptr; }
    /// Shows the matches only. A list that grew out of the present one inserts rows at its ends;
    /// else a reset.
    void setMatches(std::shared_ptr<const MatchList> matches);
    void clearMatches();

    /// Marks an event that could not be folded; an empty reason takes the mark away.
    void setFailure(Position position, const QString& reason);
    void clearFailures();

signals:
    /// A page could not be read.
    void failed(const eventloupe::Error& error);

private:
    void restart();
    void resetPages();
    void growTo(qint64 rows);
    void precede(std::shared_ptr<const MatchList> matches, int rows);
    [[nodiscard]] int pageRow(int row) const { return m_firstPageRow + row; }
    [[nodiscard]] QVariant display(int row, LogColumn column) const;

    StoreClient& m_client;
    std::unique_ptr<LogPages> m_pages;
    std::shared_ptr<const MatchList> m_matches;
    QHash<Position, QString> m_failures;
    int m_rows = 0;
    int m_firstPageRow = 0; ///< The pages' number of row 0; falls as rows come in before it.
};

} // namespace eventloupe
