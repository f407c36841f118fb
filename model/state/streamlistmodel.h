#pragma once

#include "state/statecolumns.h"
#include "state/streamfinder.h"
#include "state/streamheadlines.h"
#include "state/streamlistreader.h"
#include "state/streampages.h"
#include "time/cursorframe.h"
#include "time/newestjob.h"

#include <QAbstractTableModel>

#include <memory>

namespace eventloupe {

/// The streams that exist at the frame's position, by category: a header row each, and below the
/// expanded ones their streams. While there is a search, the streams it found; where no stream's
/// name has a category (as "a", "b"), all streams without headers.
///
/// Rows are virtual: what is read is what is looked at. The names come first, headlines (folded
/// states) follow for the rows in view. All of up to 8 categories are expanded to begin with.
class StreamListModel final : public QAbstractTableModel, public FramePart {
    Q_OBJECT

public:
    StreamListModel(StoreClient& client, CursorFrame& frame, QObject* parent = nullptr);
    ~StreamListModel() override;

    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);
    /// Lists the streams whose name contains the text; an empty text ends that.
    void setSearch(const QString& text);
    [[nodiscard]] const QString& search() const;
    /// The frame's position that the rows are for.
    [[nodiscard]] Position position() const { return m_position; }
    /// Streams there, whether shown or not.
    [[nodiscard]] qint64 streamCount() const { return m_streams; }
    /// The checkpoints that are kept for headlines.
    [[nodiscard]] const CheckpointFigures& checkpoints() const { return m_headlines.checkpoints(); }
    [[nodiscard]] bool isSearching() const; ///< A search is still under way.

    /// Shows or hides the streams of a header's category; nothing for any other row.
    void setExpanded(int row, bool expanded);
    void toggle(int row);
    /// The rows in view: they are read first, and they alone get headlines.
    void prefetch(int firstRow, int count);
    /// Answers with streamLocated().
    void rowOfStream(const QString& name);

    [[nodiscard]] Read prepare(Position position) override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(
        const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    /// The row of a stream, or of its category's header while that is collapsed; -1 when the list
    /// does not show it.
    void streamLocated(const QString& name, int row);
    /// Streams at the cursor, whether shown or not.
    void streamCountChanged(qint64 streams);
    void searchFinished();
    void failed(const eventloupe::Error& error);

private:
    void restart();
    void dropReads();
    void refresh();
    void startRefresh();
    void take(const Result<StreamListAnswer>& answer);
    void takeOutline(const StreamOutline& outline);
    void updateRows();
    void updateRows(const QList<StreamOutline::Place>& places);
    void wantRow(int row) const;
    [[nodiscard]] StreamListRequest nextRequest(Position position);
    void wantHeadlines();
    void startLocating();
    [[nodiscard]] const StreamListRow* rowAt(int row) const;
    [[nodiscard]] bool isExpanded(qint64 category) const;

    StoreClient& m_client;
    CursorFrame& m_frame;
    std::shared_ptr<const Workspace> m_workspace;
    StreamFinder m_search;
    StreamHeadlines m_headlines;
    StreamOutline m_outline;
    StreamPages m_pages;
    QHash<qint64, bool> m_expansion;
    qint64 m_expandedByDefault = 0;
    Position m_position = 0; ///< That the rows are for.
    quint64 m_generation = 0; ///< Of what is listed; what was read for an older one is stale.
    qint64 m_streams = 0;
    int m_firstRow = 0; ///< The rows in view.
    int m_rows = 64;
    QString m_toLocate;
    NewestJob m_job;
    CancelToken m_token;
    /// Rows that were asked for and are not at hand: the next to be read.
    mutable int m_missedFirst = -1;
    mutable int m_missedLast = -1;
};

} // namespace eventloupe
