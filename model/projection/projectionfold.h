#pragma once

#include "domain/logevolver.h"
#include "domain/projection.h"
#include "projection/projectionhistory.h"
#include "projection/rowkey.h"
#include "store/eventstore.h"

#include <deque>
#include <memory>
#include <unordered_map>

namespace eventloupe {

/// Folds a log's events into a projection's rows, once each, in order of position, and writes what
/// they change into a history: cells as the projection's masks show them, so that nothing that is
/// sorted, searched, plotted or exported has more. Memory: the rows. One thread at a time.
class ProjectionFold {
public:
    /// More rows end the fold with an error.
    static constexpr std::size_t maximumRows = 8'000'000;
    /// So many bytes of JSON in a row do too. A row whose state is a tree is measured at some of
    /// its events only, but a cell always is.
    static constexpr std::size_t maximumRowBytes = 1U << 20U;

    ProjectionFold(std::shared_ptr<const ProjectionDefinition> definition,
        std::shared_ptr<ProjectionHistory> history);
    ~ProjectionFold();
    Q_DISABLE_COPY_MOVE(ProjectionFold)

    /// The position up to which the log is folded.
    [[nodiscard]] Position position() const { return m_position; }
    /// Folds the next events, some hundredths of a second long, up to `to` at most, by the store's
    /// index of types where that is less work; then publishes. DiskFull where there is no room for
    /// the history, Unsupported where there are too many rows, a row or all of them are too large,
    /// or the history is at its bound: the fold is over then.
    Result<void> advance(EventStore& store, Position to, const CancelToken& cancel);
    /// Whether it goes no further, whatever is done: advance() gives the same Error for ever.
    [[nodiscard]] bool isOver() const { return m_error.has_value(); }

private:
    struct Type;

    void fold(const EventView& stored);
    [[nodiscard]] const Type* typeOf(std::string_view name) const;
    bool addKeys(const FieldExpression& expression, bool isList, const EventView& event);
    void foldRow(const Type& type, const EventView& event, const RowKey& key);
    bool holds(const FieldExpression& condition, const EventView& event, const JsonValue& row,
        QString& reason);
    [[nodiscard]] JsonValue initialRow(const RowKey& key) const;
    RowNumber makeRow(const RowKey& key);
    [[nodiscard]] Cell shownKey(const RowKey& key);
    [[nodiscard]] ProjectionFailure failureOf(const EventView& event, const QString& reason) const;
    [[nodiscard]] QString reasonOf(const Type& type, const LogState& row, const EventView& event);
    quint64 readCells(const Type& type, RowNumber number, bool isNew);
    void measure(RowNumber row);
    [[nodiscard]] qint64 bytes() const;
    void note(Position position, RowNumber row, quint64 flags);
    void fail(RowNumber row, const EventView& event, const QString& reason);

    std::shared_ptr<const ProjectionDefinition> m_definition;
    std::shared_ptr<ProjectionHistory> m_history;
    Evolver m_rules;
    LogEvolver m_evolver;
    CellTexts m_texts;
    KeyTable m_keys;
    LogSelection m_selection;
    std::vector<LogEvolver::Place> m_places; ///< Of the columns.
    std::vector<MaskPatterns> m_masks; ///< Of the columns' values.
    std::vector<std::unique_ptr<Type>> m_types;
    std::deque<LogState> m_rows;
    std::vector<RowKey> m_eventKeys; ///< Of the event at hand.
    std::vector<quint64> m_cells; ///< That the event changes in a row.
    std::string m_text;
    QByteArray m_upcastData; ///< Of the event at hand, where it is not the stored one.
    Position m_position = 0;
    quint32 m_changesOfTrees = 0;
    std::unordered_map<RowNumber, std::size_t> m_trees; ///< Bytes of JSON, as measured last.
    std::size_t m_treeBytes = 0;
    bool m_isRowTooLarge = false; ///< Of the row at hand.
    Position m_size; ///< Of the next piece, in positions.
    std::optional<Error> m_error; ///< Why it is over.
};

} // namespace eventloupe
