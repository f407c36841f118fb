#include "state/fieldhistorymodel.h"

#include "state/laneturn.h"
#include "state/valuetext.h"

namespace eventloupe {

namespace {

/// What a frame waits for at most.
constexpr qint64 eventsPerFrame = 250;
constexpr int restMilliseconds = 60;

} // namespace

/// What one job found.
struct FieldHistoryModel::Piece {
    std::optional<FieldHistory> history; ///< Nothing where there is nothing to search.
    QString stream;
    StreamVersion version = 0; ///< At the cursor.
    QList<FieldWrite> writes;
    QString problem;
};

FieldHistoryModel::FieldHistoryModel(StoreClient& client, CursorFrame& frame, Subject& subject,
    StateLoader& states, QObject* parent)
    : QAbstractTableModel(parent)
    , m_client(client)
    , m_frame(frame)
    , m_subject(subject)
    , m_states(states)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, &FieldHistoryModel::searchOn);
    connect(&client, &StoreClient::opened, this, [this] { setField({}); });
    m_frame.add(*this);
}

FieldHistoryModel::~FieldHistoryModel()
{
    m_token.cancel();
    m_frame.remove(*this);
}

void FieldHistoryModel::setField(const QByteArray& pointer)
{
    m_field = pointer;
    restart();
}

void FieldHistoryModel::setActive(bool active)
{
    if (std::exchange(m_isActive, active) == active)
        return;
    restart();
}

void FieldHistoryModel::restart()
{
    m_token.cancel();
    m_rest.stop();
    m_mustBegin = true;
    if (m_isActive)
        m_frame.refresh();
}

FieldHistoryModel::Piece FieldHistoryModel::begin(EventStore& store, Replayer& replayer,
    const QString& stream, Position position, const QByteArray& field)
{
    Piece piece { {}, stream, 0, {}, {} };
    const auto fail = [&](const Error& error) {
        piece.problem = error.message;
        return piece;
    };
    const auto pointer = JsonPointer::parse(viewOf(field));
    const auto info = store.findStream(stream);
    if (!info)
        return fail(info.error());
    if (!*info || !pointer)
        return piece;
    const auto version = store.versionAt((*info)->id, position);
    if (!version)
        return fail(version.error());
    piece.version = *version;
    // A field that the last event removed is found in the state before it.
    const auto state = replayer.stateWithin(store, **info, *version, eventsPerFrame);
    const bool isGone = state && *state && !pointer->resolve((*state)->value);
    piece.history.emplace(**info, *pointer, *version);
    auto writes = piece.history->next(store, replayer, eventsPerFrame);
    if (isGone && writes && writes->isEmpty() && *version > 0) {
        piece.history.emplace(**info, *pointer, *version - 1);
        writes = piece.history->next(store, replayer, eventsPerFrame);
    }
    if (!writes)
        return fail(writes.error());
    piece.writes = *std::move(writes);
    return piece;
}

FramePart::Read FieldHistoryModel::prepare(Position position)
{
    m_token.cancel();
    m_rest.stop();
    if (!m_isActive)
        return {};
    const auto replayer = m_states.replayer();
    const bool mayStay = !m_mustBegin && m_replayer.lock() == replayer;
    return [this, position, replayer, mayStay, field = m_field, choice = m_subject.choice(),
               shown = m_stream, from = m_from](
               EventStore& store, const std::optional<Event>& event) -> Show {
        const auto stream = choice.streamAt(position, event);
        if (mayStay && stream == shown) {
            const auto info = store.findStream(stream);
            const auto version = info && *info ? store.versionAt((*info)->id, position)
                                               : Result<StreamVersion>(StreamVersion(0));
            if (version && *version <= from)
                return [this, version = *version] { takeVersion(version); };
        }
        auto piece = stream.isEmpty() ? Piece() : begin(store, *replayer, stream, position, field);
        return [this, piece = std::move(piece)] { take(piece, true); };
    };
}

void FieldHistoryModel::takeVersion(StreamVersion version)
{
    if (std::exchange(m_version, version) != version && !m_writes.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    emit progressed();
    if (m_isSearching)
        m_rest.start();
}

void FieldHistoryModel::take(const Piece& piece, bool isBegin)
{
    if (isBegin) {
        m_token.cancel(); // What was searched for beside the frame is of another history.
        beginResetModel();
        m_stream = piece.stream;
        m_from = piece.version;
        m_version = piece.version;
        m_replayer = m_states.replayer();
        m_writes = piece.writes;
        m_wanted = rowsPerLook;
        m_mustBegin = false;
        endResetModel();
    } else if (!piece.writes.isEmpty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(piece.writes.size()) - 1);
        m_writes += piece.writes;
        endInsertRows();
    }
    m_history = piece.history;
    m_problem = piece.problem;
    m_isSearching = m_problem.isEmpty() && !isComplete() && m_writes.size() < m_wanted;
    emit progressed();
    if (!m_isSearching)
        return;
    if (isBegin)
        m_rest.start();
    else
        searchOn();
}

void FieldHistoryModel::searchOn()
{
    const auto replayer = m_replayer.lock();
    if (!m_isActive || !m_history || !replayer)
        return;
    // A frame that was read meanwhile has the search begun anew; two would find the same.
    m_token.cancel();
    m_token = m_client.run<Piece>(
        StoreClient::Lane::Interactive, this,
        [history = *m_history, replayer, wanted = m_wanted - rowCount()](
            EventStore& store, const CancelToken& cancel) {
            const LaneTurn turn(cancel);
            Piece piece { history, {}, 0, {}, {} };
            while (!piece.history->isComplete() && piece.problem.isEmpty()
                && piece.writes.size() < wanted) {
                const auto writes = piece.history->next(store, *replayer, eventsPerFrame);
                if (!writes)
                    piece.problem = writes.error().message;
                else
                    piece.writes += *writes;
                if (turn.isOver())
                    break;
            }
            return Result<Piece>(std::move(piece));
        },
        [this](const Result<Piece>& piece) { take(*piece, false); });
}

bool FieldHistoryModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !isComplete() && !m_isSearching && m_problem.isEmpty();
}

void FieldHistoryModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    m_wanted = rowCount() + rowsPerLook;
    m_isSearching = true;
    searchOn();
}

int FieldHistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_writes.size());
}

int FieldHistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(HistoryColumn::COUNT);
}

bool FieldHistoryModel::isAhead(const FieldWrite& write) const
{
    return write.event && write.event->version > m_version;
}

QString FieldHistoryModel::textOf(const FieldWrite& write, HistoryColumn column) const
{
    const auto textOrNone = [](const std::optional<JsonValue>& value) {
        return value ? oneLineText(*value) : QString(QChar(0x2013));
    };
    switch (column) {
    case HistoryColumn::Event:
        return write.event ? tr("v%1 %2")
                                 .arg(write.event->version)
                                 .arg(oneLineText(write.event->type.toUtf8()))
                           : tr("initial state");
    case HistoryColumn::Time:
        return write.event ? write.event->time.toLocalText() : QString();
    case HistoryColumn::Before:
        return textOrNone(write.old);
    case HistoryColumn::After:
        return textOrNone(write.now);
    case HistoryColumn::COUNT:
        break;
    }
    return {};
}

QVariant FieldHistoryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !checkIndex(index))
        return {};
    const FieldWrite& write = m_writes.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(write, static_cast<HistoryColumn>(index.column()));
    case HistoryPositionRole:
        return write.event ? QVariant(write.event->position) : QVariant();
    case HistoryChangeRole:
        return QVariant::fromValue(compareValues(
            write.now ? &*write.now : nullptr, write.old ? &*write.old : nullptr));
    case HistoryPlaceRole:
        return write.place.toText();
    case HistoryIsAheadRole:
        return isAhead(write);
    case HistoryIsCurrentRole:
        return !isAhead(write) && (index.row() == 0 || isAhead(m_writes.at(index.row() - 1)));
    default:
        return {};
    }
}

QVariant FieldHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<HistoryColumn>(section)) {
    case HistoryColumn::Event:
        return tr("Set by");
    case HistoryColumn::Time:
        return tr("Time");
    case HistoryColumn::Before:
        return tr("Before");
    case HistoryColumn::After:
        return tr("After");
    case HistoryColumn::COUNT:
        break;
    }
    return {};
}

} // namespace eventloupe
