#include "store/repairstore.h"

#include "store/emptystore.h"
#include "store/fileidentity.h"
#include "store/fileplace.h"
#include "store/headfile.h"
#include "store/maskedeventstore.h"
#include "store/openstore.h"
#include "store/piecescan.h"
#include "store/sqliteeventstore.h"
#include "store/sqlitestorefile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>
#include <limits>
#include <memory>
#include <unordered_map>
#include <vector>

namespace eventloupe {

namespace {

constexpr Position eventsInPiece = 4096;

QString tr(const char* text)
{
    return QCoreApplication::translate("RepairStore", text);
}

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// Adds what is sound to a bulk load, piece after piece.
class Repair {
public:
    using Tell = std::function<void(const RepairNote&)>;
    Repair(BulkAppend& bulk, const Tell& tell)
        : m_bulk(bulk)
        , m_tell(tell)
    {
    }

    Result<void> add(const VerifiedPiece& piece)
    {
        std::size_t unreadable = 0;
        CheckedEvents sound;
        std::vector<const Place*> places;
        for (std::size_t i = 0; i < piece.places.size(); ++i) {
            const Place& place = piece.places[i];
            leaveOutUnreadable(piece, unreadable, place.position);
            leaveOutMissing(place.position);
            if (!isSound(place)) {
                leaveOut(piece, i);
            } else {
                if (const auto taken = take(piece, place, sound); !taken)
                    return taken;
                places.push_back(&place);
            }
            m_last = std::max(m_last, place.position);
        }
        leaveOutUnreadable(piece, unreadable, std::numeric_limits<Position>::max());
        return store(sound, places, piece);
    }

    /// What the store says was there behind the last event.
    void finish(Position head) { leaveOutMissingTo(head); }
    [[nodiscard]] const RepairSummary& summary() const { return m_summary; }

private:
    using Place = VerifiedPiece::Place;
    using Trust = VerifiedPiece::Trust;

    struct Stream {
        StreamVersion version = 0; ///< Of its last event that was taken, in the damaged store.
        StreamVersion less = 0;
    };

    /// A place that goes back in its stream or in the log cannot be right, whoever proves it.
    bool isSound(const Place& place)
    {
        if (place.kept < 0 || place.trust == Trust::Unsound || place.position <= m_last)
            return false;
        const auto stream = m_streams.find(place.stream);
        return place.version > (stream == m_streams.end() ? 0 : stream->second.version);
    }

    Result<void> take(const VerifiedPiece& piece, const Place& place, CheckedEvents& sound)
    {
        const auto event = piece.events.at(static_cast<std::size_t>(place.kept));
        if (place.trust == Trust::Unproven)
            m_tell({ RepairNote::Kind::Unproven, place.position, place.position,
                textOf(event.stream()), place.version, 0,
                tr("its proof was lost with the event before it") });
        m_streams[place.stream].version = place.version;
        EventTexts texts { event.stream(), event.type(), event.id(), event.time(), {}, {} };
        if (texts.data.check(event.data()) || texts.metadata.check(event.metadata()))
            return Error { ErrorCode::Internal, tr("An event was changed while it was copied.") };
        return sound.add(texts);
    }

    Result<void> store(const CheckedEvents& sound, const std::vector<const Place*>& places,
        const VerifiedPiece& piece)
    {
        if (sound.isEmpty())
            return {};
        std::vector<StreamVersion> versions;
        if (const auto added = m_bulk.add(sound, versions); !added)
            return added;
        m_summary.copied += static_cast<qint64>(sound.size());
        for (std::size_t i = 0; i < places.size() && i < versions.size(); ++i) {
            const Place& place = *places[i];
            Stream& stream = m_streams[place.stream];
            const StreamVersion less = place.version - versions[i];
            if (less == stream.less)
                continue;
            stream.less = less;
            const auto event = piece.events.at(static_cast<std::size_t>(place.kept));
            m_tell({ RepairNote::Kind::Renumbered, place.position, place.position,
                textOf(event.stream()), place.version, less, {} });
        }
        return {};
    }

    void leaveOut(const VerifiedPiece& piece, std::size_t index)
    {
        const Place& place = piece.places[index];
        RepairNote note { RepairNote::Kind::LeftOut, place.position, place.position, {},
            place.version, 0, reasonAgainst(piece, index) };
        if (place.kept >= 0)
            note.stream = textOf(piece.events.at(static_cast<std::size_t>(place.kept)).stream());
        ++(place.position < 1 ? m_summary.strayRecords : m_summary.leftOut);
        m_tell(note);
    }

    /// What isSound() goes by.
    QString reasonAgainst(const VerifiedPiece& piece, std::size_t index)
    {
        const Place& place = piece.places[index];
        if (place.position < 1)
            return tr("it stands before the first event of the log");
        if (place.position <= m_last)
            return tr("it stands behind event %1 in the log").arg(m_last);
        // A name or a payload that is lost says more than the hash, which does not fit for that.
        const VerifiedPiece::Fault* told = nullptr;
        for (const VerifiedPiece::Fault& fault : piece.faults)
            if (fault.event == index && (told == nullptr || (told->isOfChain && !fault.isOfChain)))
                told = &fault;
        if (place.trust == Trust::Unsound && told != nullptr)
            return told->message;
        if (place.kept < 0)
            return tr("its id, or a name of it, is none that can be stored");
        return tr("it says that it is version %1 of its stream, where version %2 stands before it")
            .arg(place.version)
            .arg(m_streams[place.stream].version);
    }

    void leaveOutUnreadable(const VerifiedPiece& piece, std::size_t& next, Position before)
    {
        for (; next < piece.unreadable.size() && piece.unreadable[next].from < before; ++next) {
            const auto& lost = piece.unreadable[next];
            leaveOutMissing(lost.from);
            leaveOutRange(lost.from, lost.to, VerifiedPiece::unreadableReason());
        }
    }

    void leaveOutMissing(Position before)
    {
        if (before > m_last)
            leaveOutMissingTo(before - 1);
    }

    void leaveOutMissingTo(Position last)
    {
        if (last > m_last)
            leaveOutRange(m_last + 1, last, tr("it is not in the log any more"));
    }

    void leaveOutRange(Position from, Position to, const QString& reason)
    {
        m_summary.leftOut += to - from + 1;
        m_last = to;
        m_tell({ RepairNote::Kind::LeftOut, from, to, {}, 0, 0, reason });
    }

    BulkAppend& m_bulk;
    const Tell& m_tell;
    std::unordered_map<StreamId, Stream> m_streams;
    Position m_last = 0;
    RepairSummary m_summary;
};

Result<void> copySound(SqliteEventStore& damaged, Position head, Repair& repair,
    const Progress& progress, const CancelToken& cancel)
{
    const auto pieces = damaged.piecesToVerify(head, eventsInPiece);
    const auto work = [](EventStore& store, const LogPiece& piece,
                          const CancelToken& stop) -> Result<VerifiedPiece> {
        const PieceWish wish { .events = true, .sums = {} };
        return dynamic_cast<SqliteEventStore&>(store).verifyPiece(piece, wish, stop);
    };
    const auto take = [&](const LogPiece& piece, VerifiedPiece&& found) -> Result<bool> {
        if (const auto added = repair.add(found); !added)
            return added.error();
        // What a piece of a damaged file could not find is left out, as what it could not read.
        if (found.failure && found.failure->code != ErrorCode::Corrupt)
            return *found.failure;
        progress.setDone(piece.to);
        progress.setEvents(repair.summary().copied);
        return true;
    };
    return scanPieces<VerifiedPiece>(damaged, pieces, cancel, work, take);
}

/// What is read in the damaged store's place.
struct Source {
    std::unique_ptr<SqlitePageCopy> copy; ///< Goes last.
    std::unique_ptr<EventStore> store;
    QString failure; ///< Why there is none, where there should be.
};

/// A copy of the damaged store whose trees are mended. Null where nothing is to be mended, and
/// where that fails: what the store's own trees lead to is copied all the same.
Result<Source> mend(SqliteEventStore& damaged, Position last, const QString& file,
    const Progress& progress, const CancelToken& cancel)
{
    Source source;
    auto copy = damaged.mendTrees(last, file, progress, cancel);
    if (!copy && copy.error().code == ErrorCode::Cancelled)
        return copy.error();
    if (!copy)
        source.failure = copy.error().message;
    if (!copy || !*copy)
        return source;
    source.copy = std::move(*copy);
    auto store = SqliteEventStore::open(source.copy->path(), OpenMode::ReadOnly);
    if (store)
        source.store = std::move(*store);
    else
        source.failure = store.error().message;
    return source;
}

Result<RepairSummary> repairInto(SqliteEventStore& damaged, const QString& file,
    EventStore& target, const Progress& progress, const CancelToken& cancel,
    const std::function<void(const RepairNote&)>& note)
{
    // Before anything is read: what another process appends in between is not lost.
    const auto known = HeadFile(damaged.location()).read();
    const auto before = damaged.lastPosition();
    const Position least = std::max(before ? *before : 0, known ? known->position : 0);
    const auto mended = mend(damaged, least, file, progress, cancel);
    if (!mended)
        return mended.error();
    auto& source = mended->store ? dynamic_cast<SqliteEventStore&>(*mended->store) : damaged;
    const auto head = source.lastPosition();
    if (!head)
        return head.error();
    progress.begin(Progress::Phase::Working, *head);
    auto bulk = target.beginBulk();
    if (!bulk)
        return bulk.error();
    Repair repair(**bulk, note);
    if (const auto copied = copySound(source, *head, repair, progress, cancel); !copied)
        return copied.error();
    repair.finish(std::max(*head, least));
    if (repair.summary().copied > 0)
        if (const auto committed = (*bulk)->commit(cancel, progress); !committed)
            return committed.error();
    RepairSummary summary = repair.summary();
    if (!mended->failure.isEmpty())
        summary.notSought = tr("Events whose pages nothing leads to were not looked for: %1")
                                .arg(mended->failure);
    return summary;
}

Error alreadyThere(const QString& file)
{
    return { ErrorCode::AlreadyExists, tr("%1 is there already; name a new file.").arg(file) };
}

/// Makes an empty store, and nothing where a file of that name is there by now: it is made under
/// another name, and no rename of this kind takes the place of a file.
Result<FileIdentity> makeStore(const QString& file)
{
    const QString another = QStringLiteral("%1.%2.new")
                                .arg(file, QUuid::createUuid().toString(QUuid::Id128).left(12));
    if (const auto made = createStoreFile(another); !made)
        return Error { made.error().code, QString(made.error().message).replace(another, file) };
    const FileIdentity identity = identityAt(another);
    QFile store(another);
    if (store.rename(file))
        return identity;
    const QString reason = store.errorString();
    store.remove();
    if (QFileInfo::exists(file))
        return alreadyThere(file);
    return Error { ErrorCode::InputOutput, tr("%1 cannot be made: %2.").arg(file, reason) };
}

} // namespace

QString RepairSummary::straysText() const
{
    if (strayRecords == 0)
        return {};
    return strayRecords == 1 ? tr(", and 1 record before the first event")
                             : tr(", and %1 records before the first event").arg(strayRecords);
}

bool canRepair(EventStore& store)
{
    return dynamic_cast<SqliteEventStore*>(&trueStore(store)) != nullptr;
}

Result<RepairSummary> repairStore(EventStore& damaged, const QString& file,
    const Progress& progress, const CancelToken& cancel,
    const std::function<void(const RepairNote&)>& note)
{
    auto* const store = dynamic_cast<SqliteEventStore*>(&trueStore(damaged));
    const QString path = filePathOf(file);
    if (!store)
        return Error { ErrorCode::Unsupported,
            tr("%1 has no hash chain that would tell what is sound; copy it instead.")
                .arg(damaged.location()) };
    for (const char* suffix : { "", ".head" }) {
        const QFileInfo there(path + QLatin1String(suffix));
        if (there.exists() || there.isSymLink())
            return alreadyThere(there.filePath());
    }
    if (const auto free = checkNoLogIsLeft(path); !free)
        return free.error();
    const auto made = makeStore(path);
    if (!made)
        return made.error();
    auto summary = [&]() -> Result<RepairSummary> {
        const auto target = openBeside(path, *made, OpenMode::ReadWrite);
        if (!target)
            return target.error();
        return repairInto(*store, path, **target, progress, cancel, note);
    }();
    if (!summary)
        removeEmptyStore(path, *made);
    return summary;
}

} // namespace eventloupe
