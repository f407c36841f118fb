#pragma once

#include "blame/fieldhistory.h"
#include "diff/fieldpairs.h"
#include "state/stateloader.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <optional>

namespace eventloupe {

enum class HistoryColumn { Event, Time, Before, After, COUNT };

enum HistoryRole {
    HistoryPositionRole = Qt::UserRole + 1, ///< Position; invalid for the initial state
    HistoryChangeRole, ///< FieldChange; Unchanged: set to the value that it had
    HistoryPlaceRole, ///< QByteArray, where the field was
    HistoryIsAheadRole, ///< bool, after the cursor
    HistoryIsCurrentRole, ///< bool, what the field has at the cursor is of it
};

/// Each event that set a field, the newest first: searched back from the cursor, piece by piece, as
/// far as is looked at. It stays as it is while the cursor is within what was found, which is
/// marked, and begins anew when the cursor moves past it. A part of the frame while somebody looks.
/// GUI thread; folds on the store's interactive lane, by the StateLoader's replayer.
class FieldHistoryModel final : public QAbstractTableModel, public FramePart {
    Q_OBJECT

public:
    static constexpr int rowsPerLook = 200; ///< And as many more by fetchMore().

    FieldHistoryModel(StoreClient& client, CursorFrame& frame, Subject& subject,
        StateLoader& states, QObject* parent = nullptr);
    ~FieldHistoryModel() override;

    /// The field at the cursor, by its JSON Pointer. One that is not there any more is that of the
    /// version before.
    void setField(const QByteArray& pointer);
    [[nodiscard]] const QByteArray& field() const { return m_field; }
    /// Nothing is read while nobody looks.
    void setActive(bool active);

    /// What was searched: the stream, from which version on back, and down to which.
    [[nodiscard]] const QString& stream() const { return m_stream; }
    [[nodiscard]] StreamVersion from() const { return m_from; }
    [[nodiscard]] StreamVersion reached() const { return m_history ? m_history->reached() : 0; }
    /// There is no earlier event that set the field.
    [[nodiscard]] bool isComplete() const { return !m_history || m_history->isComplete(); }
    [[nodiscard]] bool isSearching() const { return m_isSearching; }
    [[nodiscard]] const QString& problem() const { return m_problem; }

    [[nodiscard]] Read prepare(Position position) override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(
        const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

signals:
    /// How far the search is, or which row is current, is another.
    void progressed();

private:
    struct Piece;
    static Piece begin(EventStore& store, Replayer& replayer, const QString& stream,
        Position position, const QByteArray& field);
    void restart();
    void take(const Piece& piece, bool isBegin);
    void searchOn();
    void takeVersion(StreamVersion version);
    [[nodiscard]] QString textOf(const FieldWrite& write, HistoryColumn column) const;
    [[nodiscard]] bool isAhead(const FieldWrite& write) const;

    StoreClient& m_client;
    CursorFrame& m_frame;
    Subject& m_subject;
    StateLoader& m_states;
    QByteArray m_field;
    QString m_stream;
    StreamVersion m_from = 0;
    StreamVersion m_version = 0; ///< At the cursor.
    std::optional<FieldHistory> m_history; ///< As far as `m_writes` is; jobs have copies.
    std::weak_ptr<Replayer> m_replayer; ///< By whose definitions it was begun.
    QList<FieldWrite> m_writes;
    QString m_problem;
    int m_wanted = rowsPerLook;
    bool m_isActive = false;
    bool m_isSearching = false;
    bool m_mustBegin = true; ///< The field is another.
    QTimer m_rest; ///< Runs out when the cursor rests.
    CancelToken m_token;
};

} // namespace eventloupe
