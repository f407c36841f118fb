#include "causation/causationscan.h"

#include "store/piecescan.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace eventloupe {

namespace {

constexpr Position pieceSize = 32 * 1024;
constexpr Position progressStep = 4096;
/// Causes above each other that are looked up one by one.
constexpr int mostLookups = 1000;
constexpr qsizetype idsALookup = 500;

/// Of an id's bytes the longest part that stands in JSON as it is, however it was written: letters,
/// digits and dashes are escaped by nobody.
QByteArray plainPart(const QByteArray& id)
{
    QByteArray longest;
    QByteArray part;
    for (const char sign : id) {
        const bool isPlain = (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'z')
            || (sign >= 'A' && sign <= 'Z') || sign == '-' || sign == '_';
        part = isPlain ? part + sign : QByteArray();
        if (part.size() > longest.size())
            longest = part;
    }
    return longest;
}

bool holds(std::string_view text, const QByteArray& part)
{
    return part.isEmpty()
        || memmem(text.data(), text.size(), part.constData(), std::size_t(part.size()));
}

Result<QList<CausedEvent>> eventsById(EventStore& store, const QStringList& ids, bool isInData,
    const CancelToken& cancel)
{
    const auto head = store.head();
    if (!head)
        return head.error();
    LogSelection selection;
    selection.ids = ids;
    QList<Position> positions;
    const auto scanned = store.scanSelected(
        selection, 1, *head, ScanColumn::Id, cancel, [&positions](const EventView& event) {
            positions.append(event.position);
            return true;
        });
    if (!scanned)
        return scanned.error();
    const auto events = store.readAt(positions);
    if (!events)
        return events.error();
    QList<CausedEvent> found;
    for (const Event& event : *events)
        found.append(causedEvent(event, isInData));
    return found;
}

/// The pieces, the one that holds `near` first, then those around it by turns.
std::vector<LogPiece> piecesAround(Position near, Position from, Position to)
{
    auto pieces = piecesOf(from, to, pieceSize);
    const auto distance = [near](const LogPiece& piece) {
        return piece.to < near ? near - piece.to : std::max<Position>(piece.from - near, 0);
    };
    std::stable_sort(
        pieces.begin(), pieces.end(), [&distance](const LogPiece& left, const LogPiece& right) {
            return distance(left) < distance(right);
        });
    return pieces;
}

Result<QList<CausedEvent>> correlatedIn(const CausationKey& key, const QByteArray& part,
    EventStore& store, const LogPiece& piece, const CancelToken& cancel)
{
    QList<Position> positions;
    ScanColumns columns { ScanColumn::Id, ScanColumn::Metadata };
    if (key.isInData)
        columns |= ScanColumn::Data;
    const auto wanted = viewOf(key.correlation);
    const auto scanned
        = store.scanLog(piece.from, piece.to, columns, cancel, [&](const EventView& event) {
              if (event.id == wanted || holds(event.metadata, part)
                  || (key.isInData && holds(event.data, part)))
                  positions.append(event.position);
              return true;
          });
    if (!scanned)
        return scanned.error();
    QList<CausedEvent> found;
    constexpr qsizetype page = 1000;
    for (qsizetype at = 0; at < positions.size(); at += page) {
        const auto events = store.readAt(positions.mid(at, page));
        if (!events)
            return events.error();
        for (const Event& event : *events) {
            auto caused = causedEvent(event, key.isInData);
            // An event may begin a correlation without saying so, or be caused by its id alone.
            if (caused.ids.correlation == key.correlation || caused.ids.causation == key.correlation
                || caused.id == key.correlation)
                found.append(std::move(caused));
        }
    }
    return found;
}

Result<bool> scanCorrelation(EventStore& store, const CausationKey& key, Position from, Position to,
    const CancelToken& cancel, const Progress& progress, const CausationVisitor& visitor)
{
    const QByteArray part = plainPart(key.correlation);
    qsizetype count = 0;
    qint64 done = 0;
    bool isDone = true;
    const auto scanned = scanPieces<QList<CausedEvent>>(
        store, piecesAround(key.near, from, to), cancel,
        [&](EventStore& own, const LogPiece& piece, const CancelToken& stop) {
            return correlatedIn(key, part, own, piece, stop);
        },
        [&](const LogPiece& piece, QList<CausedEvent>&& found) -> Result<bool> {
            done += piece.to - piece.from + 1;
            progress.setDone(done);
            count += found.size();
            isDone = (found.isEmpty() || visitor(found)) && count < mostCausedEvents;
            return isDone;
        });
    if (!scanned)
        return scanned.error();
    return isDone;
}

/// Whether the event is in the chain; then its id is, too, so that its effects are.
bool joins(QSet<QByteArray>& chain, const CausedEvent& event)
{
    const auto has = [&chain](const QByteArray& id) { return !id.isEmpty() && chain.contains(id); };
    QByteArray place;
    if (!event.ids.causeStream.isEmpty())
        place = event.ids.causeStream + '/' + QByteArray::number(event.ids.causeNumber);
    if (!has(event.ids.causation) && !has(event.ids.correlation) && !has(event.id) && !has(place))
        return false;
    chain.insert(event.id);
    if (!event.ids.message.isEmpty())
        chain.insert(event.ids.message);
    chain.insert(event.stream.toUtf8() + '/' + QByteArray::number(event.version - 1));
    return true;
}

CausedEvent causedEvent(const EventView& event, bool isInData)
{
    CausedEvent caused;
    caused.position = event.position;
    caused.stream = QString::fromUtf8(event.stream.data(), qsizetype(event.stream.size()));
    caused.version = event.version;
    caused.type = QString::fromUtf8(event.type.data(), qsizetype(event.type.size()));
    caused.time = event.time;
    caused.id = toBytes(event.id);
    caused.ids = causationIdsOf(event.metadata, isInData ? event.data : std::string_view());
    return caused;
}

/// Effects come after their causes, so one pass in order finds all.
Result<bool> scanChain(EventStore& store, CausationKey& key, Position from, Position to,
    const CancelToken& cancel, const Progress& progress, const CausationVisitor& visitor)
{
    ScanColumns columns = allScanColumns;
    columns.setFlag(ScanColumn::Data, key.isInData);
    columns.setFlag(ScanColumn::Origin, false);
    QList<CausedEvent> bundle;
    qsizetype count = 0;
    bool isDone = true;
    const auto scanned = store.scanLog(from, to, columns, cancel, [&](const EventView& event) {
        auto caused = causedEvent(event, key.isInData);
        if (joins(key.chain, caused)) {
            bundle.append(std::move(caused));
            ++count;
        }
        if (event.position % progressStep == 0) {
            progress.setDone(event.position - from + 1);
            isDone = (bundle.isEmpty() || visitor(bundle)) && count < mostCausedEvents;
            bundle.clear();
        }
        return isDone;
    });
    if (!scanned)
        return scanned.error();
    if (!bundle.isEmpty())
        isDone = visitor(bundle) && isDone;
    return isDone;
}

/// The event and what caused it, as far as ids lead.
Result<void> climb(EventStore& store, const Event& event, CausationKey& key,
    const CancelToken& cancel)
{
    auto caused = causedEvent(event, key.isInData);
    for (int step = 0; step < mostLookups; ++step) {
        key.chain.insert(caused.id);
        if (!caused.ids.message.isEmpty())
            key.chain.insert(caused.ids.message);
        key.chain.insert(caused.stream.toUtf8() + '/' + QByteArray::number(caused.version - 1));
        key.found.append(caused);
        const QByteArray cause = caused.ids.causation;
        if (cause.isEmpty() || key.chain.contains(cause))
            return {};
        // A command, or what else the log does not hold, has the same effects.
        key.chain.insert(cause);
        const auto above
            = eventsById(store, { QString::fromUtf8(cause) }, key.isInData, cancel);
        if (!above)
            return above.error();
        if (above->isEmpty())
            return {};
        caused = above->first();
    }
    return {};
}

} // namespace

CausedEvent causedEvent(const Event& event, bool isInData)
{
    CausedEvent caused { event.position, event.stream, event.version, event.type, event.time,
        event.id.toUtf8(), {} };
    caused.ids = causationIdsOf(
        viewOf(event.metadata), isInData ? viewOf(event.data) : std::string_view());
    return caused;
}

Result<CausationKey> causationKeyAt(
    EventStore& store, Position position, const CancelToken& cancel)
{
    const auto events = store.readAt({ position });
    if (!events)
        return events.error();
    if (events->isEmpty()) {
        return Error { ErrorCode::NotFound,
            QCoreApplication::translate(
                "eventloupe::CausationScan", "there is no event #%1 in this log")
                .arg(position) };
    }
    const Event& event = events->first();
    CausationKey key;
    key.near = position;
    const auto ids
        = causationIdsOf(viewOf(event.metadata), viewOf(event.data), &key.isInData);
    key.correlation = ids.correlation;
    key.condition = correlationCondition(ids, key.isInData);
    if (!key.correlation.isEmpty()) {
        key.found.append(causedEvent(event, key.isInData));
        return key;
    }
    const auto climbed = climb(store, event, key, cancel);
    if (!climbed)
        return climbed.error();
    return key;
}

CausationKey causationKeyOf(const QByteArray& correlation)
{
    CausationKey key;
    key.correlation = correlation;
    return key;
}

Result<bool> scanCausation(EventStore& store, CausationKey& key, Position from, Position to,
    const CancelToken& cancel, const Progress& progress, const CausationVisitor& visitor)
{
    progress.begin(Progress::Phase::Working, std::max<Position>(to - from + 1, 0));
    return key.correlation.isEmpty()
        ? scanChain(store, key, from, to, cancel, progress, visitor)
        : scanCorrelation(store, key, from, to, cancel, progress, visitor);
}

Result<void> findCauses(
    EventStore& store, std::vector<CausedEvent>& events, const CancelToken& cancel)
{
    QSet<QByteArray> known;
    QSet<QByteArray> wanted;
    for (const CausedEvent& event : events) {
        known.insert(event.id);
        known.insert(event.ids.message);
    }
    const auto note = [&](const CausedEvent& event) {
        const QByteArray& cause = event.ids.causation;
        if (!cause.isEmpty() && !known.contains(cause))
            wanted.insert(cause);
    };
    for (const CausedEvent& event : events)
        note(event);
    for (int round = 0; round < mostLookups && !wanted.isEmpty(); ++round) {
        QStringList ids;
        for (auto id = wanted.cbegin(); id != wanted.cend() && ids.size() < idsALookup;) {
            known.insert(*id);
            ids.append(QString::fromUtf8(*id));
            id = wanted.erase(id);
        }
        const auto found = eventsById(store, ids, false, cancel);
        if (!found)
            return found.error();
        for (const CausedEvent& event : *found) {
            known.insert(event.id);
            events.push_back(event);
        }
        for (const CausedEvent& event : *found)
            note(event);
    }
    return {};
}

} // namespace eventloupe
