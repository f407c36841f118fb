#include "store/sqliteverifier.h"

#include "store/damagenotice.h"
#include "store/fileidentity.h"
#include "store/losttail.h"
#include "store/sqliteeventstore.h"
#include "store/sqlitetransaction.h"
#include "store/sqliteverifypiece.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <optional>

namespace eventloupe {

namespace {

constexpr Position eventsInPiece = 4096;
/// A damaged file may miss any number of events; the streams' table grows by no more for that.
constexpr qint64 mostUnplaced = 1'000'000;

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteVerifier", text);
}

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString placeText(StreamVersion version, Position position)
{
    if (version < 1 && position < 1)
        return tr("no event");
    if (position < 1)
        return tr("version %1, at no event").arg(version);
    return version < 1 ? tr("no version, at event %1").arg(position)
                       : tr("version %1 at event %2").arg(version).arg(position);
}

} // namespace

SqliteVerifier::SqliteVerifier(SqliteEventStore& store, SqliteConnection& connection,
    SqliteEventReader& events, const HeadFile& headFile, const Report& report)
    : m_store(store)
    , m_connection(connection)
    , m_events(events)
    , m_headFile(headFile)
    , m_told(report)
    , m_report([&store, &report](const StoreFault& fault) {
        DamageNotice::instance().note(store.location());
        report(fault);
    })
    , m_key(IndexSums::newKey())
    , m_summed { IndexSums(m_key) }
    , m_seen(1)
{
}

/// A damaged page ends the step that met it, not the verification.
Result<void> SqliteVerifier::tolerate(const Result<void>& step, const QString& consequence)
{
    if (step.ok() || step.error().code != ErrorCode::Corrupt)
        return step;
    fault(0, consequence);
    return {};
}

/// Some events in a row.
QString SqliteVerifier::missingText(Position from, Position to)
{
    return from == to ? tr("Event %1 is missing.").arg(from)
                      : tr("Events %1 to %2 are missing.").arg(from).arg(to);
}

Result<qint64> SqliteVerifier::run(
    const CancelToken& cancel, const std::function<void(Position)>& progress)
{
    // Before the snapshot: see findLostTail().
    const std::optional<LogHead> known = m_headFile.read();
    const SqliteSnapshot snapshot(m_connection);
    const SqliteWatch watch(m_connection, cancel);
    // The check sees what is read here at least: its thread begins behind the snapshot.
    const auto head = m_store.lastPosition();
    SqliteDatabaseCheck check(m_store, m_key);
    if (const auto read = readLog(head, known, cancel, progress); !read)
        return read.error();
    if (const auto tail = tolerate(checkTail(known),
            tr("What the store remembers of its last event cannot be looked up: the file is "
               "damaged there.")); !tail)
        return tail.error();
    const DatabaseFaults damage = check.finish(m_summed, cancel);
    if (const auto database = tolerate(takeCheck(damage),
            tr("SQLite's own check of the file ended early: the file is damaged.")); !database)
        return database.error();
    if (!damage.end || !damage.found.isEmpty())
        if (const auto looked = lookUp(cancel); !looked)
            return looked.error();
    return m_read;
}

/// The events, and what the tables of streams and categories say of them.
Result<void> SqliteVerifier::readLog(const Result<Position>& head,
    const std::optional<LogHead>& known, const CancelToken& cancel,
    const std::function<void(Position)>& progress)
{
    const auto read = head ? readEvents(*head, cancel, progress) : Result<void>(head.error());
    if (!read && read.error().code != ErrorCode::Corrupt)
        return read;
    if (!read) {
        m_summed = { IndexSums(m_key) };
        fault(m_last + 1,
            tr("Event %1 cannot be read, nor what is behind it: the file is damaged.")
                .arg(m_last + 1));
        return {};
    }
    // What the streams' entries know of a lost end is told with it.
    if (known && known->position > m_last)
        addUnplaced(known->position - m_last);
    const auto streams = readStreams();
    if (!streams) // What the categories should say is known from the streams.
        return tolerate(
            streams, tr("The table of streams cannot be read: its pages are damaged."));
    return tolerate(
        readCategories(), tr("The table of categories cannot be read: its pages are damaged."));
}

Result<void> SqliteVerifier::readEvents(
    Position head, const CancelToken& cancel, const std::function<void(Position)>& progress)
{
    // A damaged file may say that its head is anywhere, before the first event even.
    const auto pieces = piecesToVerify(m_connection, head, eventsInPiece);
    const auto work = [this](EventStore& store, const LogPiece& piece,
                          const CancelToken& stop) -> Result<VerifiedPiece> {
        const PieceWish wish { .events = false, .sums = m_key };
        return dynamic_cast<SqliteEventStore&>(store).verifyPiece(piece, wish, stop);
    };
    const auto take = [&](const LogPiece&, VerifiedPiece&& piece) -> Result<bool> {
        takePiece(piece);
        if (piece.sums)
            m_summed.sums.add(*piece.sums);
        if (piece.failure)
            return *piece.failure;
        if (progress)
            progress(m_last);
        return true;
    };
    m_summed.next = head < std::numeric_limits<Position>::max() ? std::optional(head + 1)
                                                                : std::nullopt;
    return scanPieces<VerifiedPiece>(m_store, pieces, cancel, work, take);
}

/// Those before a position.
void SqliteVerifier::tellUnreadable(const VerifiedPiece& piece, std::size_t& next, Position before)
{
    for (; next < piece.unreadable.size() && piece.unreadable[next].from < before; ++next) {
        const auto& lost = piece.unreadable[next];
        if (lost.from - 1 > m_last)
            fault(lost.from, missingText(m_last + 1, lost.from - 1));
        if (lost.isFar)
            fault(lost.from, lost.text());
        else
            for (Position each = lost.from; each <= lost.to; ++each)
                fault(each, VerifiedPiece::Unreadable { each, each }.text());
        addUnplaced(lost.to - m_last);
        m_last = lost.to;
    }
}

void SqliteVerifier::takePiece(const VerifiedPiece& piece)
{
    using Trust = VerifiedPiece::Trust;
    auto next = piece.faults.begin();
    std::size_t nextUnreadable = 0;
    const auto tell = [&](std::size_t event, bool isOfPayload) {
        for (;
             next != piece.faults.end() && next->event == event && next->isOfPayload == isOfPayload;
             ++next)
            fault(piece.places[event].position, next->message);
    };
    for (std::size_t i = 0; i < piece.places.size(); ++i) {
        const auto& place = piece.places[i];
        tellUnreadable(piece, nextUnreadable, place.position);
        const bool isAhead = piece.isAhead(i);
        if (place.position < 1) {
            fault(0,
                tr("A record stands before the first event, at position %1.").arg(place.position));
            addUnplaced(1);
            while (next != piece.faults.end() && next->event == i)
                ++next; // That it fits nowhere is said.
            continue;
        }
        if (place.position <= m_last || isAhead) {
            fault(place.position,
                isAhead ? tr("Event %1 stands before event %2.")
                              .arg(place.position)
                              .arg(piece.places[i + 1].position)
                        : tr("Event %1 stands behind event %2.").arg(place.position).arg(m_last));
            addUnplaced(1);
            tell(i, false);
            tell(i, true);
            continue;
        }
        if (place.position - 1 != m_last) {
            fault(place.position, missingText(m_last + 1, place.position - 1));
            addUnplaced(place.position - m_last - 1);
        }
        tell(i, false);
        if (place.hasStream)
            checkPlace(place.position, place.stream, place.version, place.trust != Trust::Unsound);
        else
            addUnplaced(1);
        tell(i, true);
        m_last = place.position;
        ++m_read;
    }
    tellUnreadable(piece, nextUnreadable, std::numeric_limits<Position>::max());
}

void SqliteVerifier::addUnplaced(qint64 events)
{
    m_unplaced += std::clamp<qint64>(events, 0, mostUnplaced - m_unplaced);
    m_hasLost = true;
}

/// Whether so many events that a stream lacks are among those that were named already.
bool SqliteVerifier::isExplained(qint64 missing)
{
    if (missing <= 0 || missing > m_unplaced)
        return false;
    m_unplaced -= missing;
    return true;
}

/// An event that was changed is not believed where it says that it is elsewhere.
void SqliteVerifier::checkPlace(
    Position position, StreamId stream, StreamVersion version, bool isSound)
{
    const auto known = static_cast<StreamId>(m_seen.size());
    if (stream <= 0 || stream > known + (isSound ? m_unplaced : 0)) {
        fault(position,
            tr("Event %1 is in stream number %2, which is not the next new one.")
                .arg(position)
                .arg(stream));
        addUnplaced(1);
        return;
    }
    const bool isNew = stream >= known;
    Seen seen = isNew ? Seen { 0, position, 0 } : m_seen[static_cast<std::size_t>(stream)];
    if (seen.first == 0)
        seen.first = position;
    if (version != seen.version + 1 && !(isSound && isExplained(version - seen.version - 1))) {
        fault(position,
            tr("Event %1 has version %2 of stream %3, where version %4 is due.")
                .arg(position)
                .arg(version)
                .arg(textOf(m_events.streamName(stream)))
                .arg(seen.version + 1));
    }
    // What was changed may fit by chance where another one is due.
    if (!isSound) {
        addUnplaced(1);
        return;
    }
    seen.version = version;
    seen.last = position;
    if (isNew)
        m_seen.resize(static_cast<std::size_t>(stream) + 1);
    m_seen[static_cast<std::size_t>(stream)] = seen;
}

Result<void> SqliteVerifier::readStreams()
{
    auto statement = m_connection.prepare(
        "SELECT s.id, s.name, s.category_id, c.name, s.category_rank, s.first_position,"
        " s.head_version, s.head_position"
        " FROM stream s LEFT JOIN category c ON c.id = s.category_id ORDER BY s.id");
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            break;
        checkStream(statement);
    }
    if (static_cast<std::size_t>(m_lastStream) + 1 < m_seen.size())
        fault(0, tr("Streams %1 and later have events, but no entry.").arg(m_lastStream + 1));
    return {};
}

void SqliteVerifier::checkStream(const SqliteStatement& row)
{
    const StreamId id = row.integer(0);
    const QString name = textOf(row.text(1));
    const Seen seen = id > 0 && static_cast<std::size_t>(id) < m_seen.size()
        ? m_seen[static_cast<std::size_t>(id)]
        : Seen {};
    if (id != m_lastStream + 1)
        fault(seen.first,
            tr("Stream %1 has number %2, where %3 is due.")
                .arg(name)
                .arg(id)
                .arg(m_lastStream + 1));
    m_lastStream = id;
    // Where events are lost, an entry may know of an earlier first and a later last one.
    const bool isAhead = isExplained(row.integer(6) - seen.version);
    const bool isFirst = row.integer(5) == seen.first
        || (m_hasLost && (row.integer(5) < seen.first || seen.first == 0));
    const bool isLast = row.integer(6) == seen.version && row.integer(7) == seen.last;
    if (!isFirst || !(isLast || isAhead))
        fault(seen.first,
            tr("The entry of stream %1 says %2; its events say %3.")
                .arg(name, placeText(row.integer(6), row.integer(7)),
                    placeText(seen.version, seen.last)));
    if (textOf(row.text(3)) != categoryOf(name))
        fault(
            seen.first, tr("Stream %1 is filed under category %2.").arg(name, textOf(row.text(3))));
    auto category = m_categories.find(row.integer(2));
    if (category == m_categories.end())
        category = m_categories.insert(row.integer(2), { row.integer(5), 0 });
    if (row.integer(4) != ++category->second)
        fault(seen.first,
            tr("Stream %1 has place %2 in its category, where %3 is due.")
                .arg(name)
                .arg(row.integer(4))
                .arg(category->second));
}

Result<void> SqliteVerifier::readCategories()
{
    auto statement
        = m_connection.prepare("SELECT id, name, first_position FROM category ORDER BY id");
    qint64 last = 0;
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return {};
        const qint64 id = statement.integer(0);
        const Position first = m_categories.value(id).first;
        if (id != ++last || statement.integer(2) != first)
            fault(first,
                statement.integer(2) < 1
                    ? tr("The entry of category %1 does not say at which event it begins.")
                          .arg(textOf(statement.text(1)))
                    : tr("The entry of category %1 says that it begins at event %2.")
                          .arg(textOf(statement.text(1)))
                          .arg(statement.integer(2)));
    }
}

Result<void> SqliteVerifier::takeCheck(const DatabaseFaults& faults)
{
    for (const QString& each : faults.found)
        fault(0, each);
    return faults.end;
}

/// In a file that is whole, a search finds what a scan meets.
Result<void> SqliteVerifier::lookUp(const CancelToken& cancel)
{
    const QString unsought = tr("Whether a search finds the events cannot be told: the file is "
                                "damaged.");
    const auto last = m_store.lastPosition();
    if (!last)
        return tolerate(last.error(), unsought);
    const auto beside = openBeside(m_store.location(), m_store.identity());
    if (!beside)
        return tolerate(beside.error(), unsought);
    auto& other = dynamic_cast<SqliteEventStore&>(**beside);
    return tolerate(
        other.checkLookups(m_connection, m_events, *last, cancel, m_report), unsought);
}

Result<void> SqliteVerifier::checkTail(const std::optional<LogHead>& known)
{
    const auto lost = findLostTail(known, m_events);
    if (!lost)
        return lost.error();
    if (*lost)
        m_report(**lost);
    if (m_headFile.isTaken())
        m_told({ 0,
            tr("%1, where the end of the log is noted, is a link or a file of something else: "
               "whether the end is there cannot be proven. Move it away.")
                .arg(m_headFile.path()) });
    return {};
}

} // namespace eventloupe
