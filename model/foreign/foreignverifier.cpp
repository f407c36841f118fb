#include "foreign/foreignverifier.h"

#include "foreign/foreigneventstore.h"
#include "foreign/foreigntext.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr Position eventsInPiece = 4096;
constexpr Position mostPieces = 10'000;

using Faults = std::vector<StoreFault>;

/// Whether the event has the version that its place in its stream is.
void checkVersion(
    const ForeignLog& log, RowReader& row, Position position, qint64 laterOfRow, Faults& faults)
{
    std::vector<RankIndex::Asked> asked(1);
    asked.front().stream = row.streamKey();
    asked.front().position = position;
    log.index().resolve(asked);
    const auto version = row.version();
    // A commit has the version of its last event.
    if (!version || *version == asked.front().number + laterOfRow)
        return;
    faults.push_back({ position,
        ForeignText::tr("%1 has version %2 here, and is its event %3: its versions have gaps, or "
                        "are out of order")
            .arg(QString::fromStdString(asked.front().name))
            .arg(*version + log.profile().versionBase - 1)
            .arg(asked.front().number) });
}

} // namespace

Result<Faults> verifyForeignPiece(ForeignEventReader& events, const ForeignLog& log,
    const LogPiece& piece, const CancelToken& cancel)
{
    Faults faults;
    const auto read = events.readRows(
        piece.from, piece.to, cancel, [&](RowReader& row, Position first, qint64 count) {
            const qint64 skipped = std::max<qint64>(piece.from - first, 0);
            const qint64 end = std::min<qint64>(count, piece.to - first + 1);
            for (qint64 event = skipped; event < end; ++event) {
                checkVersion(log, row, first + event, count - 1 - event, faults);
                (void)row.data(event);
                (void)row.metadata();
                for (const QString& problem : row.takeProblems())
                    faults.push_back({ first + event, problem });
            }
        });
    if (!read)
        return read.error();
    return faults;
}

Result<qint64> verifyForeign(ForeignEventStore& store, ForeignLog& log, const CancelToken& cancel,
    const std::function<void(Position)>& progress,
    const std::function<void(const StoreFault&)>& report)
{
    if (!waitUntilCounted(store, cancel))
        return Error { ErrorCode::Cancelled, ForeignText::tr("cancelled") };
    if (const Counting counting = log.counting(); !counting.fault.isEmpty())
        report({ 0, counting.fault });
    const Position head = log.index().head();
    const auto pieces = piecesOf(1, head, std::max(eventsInPiece, head / mostPieces));
    const auto work = [](EventStore& own, const LogPiece& piece, const CancelToken& stop) {
        return dynamic_cast<ForeignEventStore&>(own).verifyPiece(piece, stop);
    };
    const auto take = [&](const LogPiece& piece, Faults&& faults) -> Result<bool> {
        for (const StoreFault& fault : faults)
            report(fault);
        if (progress)
            progress(piece.to);
        return true;
    };
    if (const auto scanned = scanPieces<Faults>(store, pieces, cancel, work, take); !scanned)
        return scanned.error();
    return head;
}

} // namespace eventloupe
