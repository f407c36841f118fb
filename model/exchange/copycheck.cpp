#include "exchange/copycheck.h"

#include "exchange/exchangetext.h"
#include "exchange/logcomparison.h"
#include "store/piecescan.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// Some positions all over 1..last, and the last ones.
QList<Position> samplesOf(Position last)
{
    constexpr Position spread = 64;
    constexpr Position tail = 16;
    QList<Position> samples;
    for (Position i = 0; i < spread; ++i)
        samples.append(1 + i * (last - 1) / spread);
    for (Position position = std::max<Position>(1, last - tail + 1); position <= last; ++position)
        samples.append(position);
    std::ranges::sort(samples);
    samples.erase(std::unique(samples.begin(), samples.end()), samples.end());
    return samples;
}

/// Whether the events of a piece hash to what the store keeps at its end.
Result<bool> doesPieceFit(EventStore& store, const LogPiece& piece, const CancelToken& cancel)
{
    const auto before = store.hashAt(piece.from - 1);
    if (!before)
        return before.error();
    const auto after = store.hashAt(piece.to);
    if (!after)
        return after.error();
    if (!*before || !*after)
        return false;
    HashChain chain;
    EventHash hash = **before;
    const auto scanned
        = store.scanLog(piece.from, piece.to, allScanColumns, cancel, [&](const EventView& event) {
              hash = chain.next(hash, event);
              return !cancel.isCancelled();
          });
    return scanned ? Result(hash == **after) : scanned.error();
}

} // namespace

CopyCheck::CopyCheck(
    EventStore& from, StoreThread& to, const Progress& progress, const CancelToken& cancel)
    : m_from(from)
    , m_to(to)
    , m_progress(progress)
    , m_cancel(cancel)
{
}

Result<CopyCheck::Hashes> CopyCheck::hashesAt(Position position)
{
    const auto from = m_from.hashAt(position);
    if (!from)
        return from.error();
    const auto to = m_to.ask<std::optional<EventHash>>(
        m_cancel, [position](EventStore& store) { return store.hashAt(position); });
    if (!to)
        return to.error();
    return Hashes { *from, *to };
}

Result<void> CopyCheck::compareBeginning(Position there, bool all)
{
    if (there == 0)
        return {};
    const auto hashes = hashesAt(there);
    if (!hashes)
        return hashes.error();
    m_isByHash = hashes->areThere();
    const auto found = [&]() -> Result<Position> {
        if (m_isByHash && hashes->from != hashes->to)
            return firstHashDifference(m_from, m_to, there, m_cancel);
        if (all)
            return findDifference(1, there);
        const auto sample = findSampleThatDiffers(there);
        // Without hashes, only reading tells whether it is the first.
        return sample && *sample > 0 ? findDifference(1, *sample) : sample;
    }();
    if (!found)
        return found.error();
    if (*found == 0)
        return {};
    const auto difference = differenceAt(*found);
    if (!difference)
        return difference.error();
    return Error { ErrorCode::AlreadyExists,
        ExchangeText::tr("%1 Nothing was copied.").arg(*difference) };
}

Result<Position> CopyCheck::findDifference(Position first, Position last)
{
    m_progress.begin(Progress::Phase::Verifying, last - first + 1);
    return firstDifference(
        m_from, m_to, first, last, versionsIn(m_from), m_progress, m_cancel);
}

Result<Position> CopyCheck::findSampleThatDiffers(Position there)
{
    const auto samples = samplesOf(there);
    const auto ours = m_from.readAt(samples);
    if (!ours)
        return ours.error();
    const auto theirs = m_to.ask<QList<Event>>(
        m_cancel, [&samples](EventStore& store) { return store.readAt(samples); });
    if (!theirs)
        return theirs.error();
    for (qsizetype i = 0; i < samples.size(); ++i) {
        if (i >= ours->size() || i >= theirs->size()
            || !differenceOf(ours->at(i), theirs->at(i), versionsIn(m_from)).isEmpty())
            return samples.at(i);
    }
    return Position(0);
}

/// "TO is no copy of FROM: event 17 differs in the data."
Result<QString> CopyCheck::differenceAt(Position position)
{
    const auto ours = m_from.readAt({ position });
    if (!ours)
        return ours.error();
    const auto theirs = m_to.ask<QList<Event>>(
        m_cancel, [position](EventStore& store) { return store.readAt({ position }); });
    if (!theirs)
        return theirs.error();
    QString how = ExchangeText::tr("is missing in one of them");
    if (!ours->isEmpty() && !theirs->isEmpty()) {
        const QString what = differenceOf(ours->first(), theirs->first(), versionsIn(m_from));
        how = what.isEmpty() ? ExchangeText::tr("has another hash")
                             : ExchangeText::tr("differs in %1").arg(what);
    }
    return ExchangeText::tr("%1 is no copy of %2: event %3 %4.")
        .arg(m_to.location(), m_from.location())
        .arg(position)
        .arg(how);
}

Result<bool> CopyCheck::doesChainFit(Position first, Position last)
{
    constexpr Position pieceEvents = 16384;
    const auto work = [](EventStore& store, const LogPiece& piece, const CancelToken& cancel) {
        return doesPieceFit(store, piece, cancel);
    };
    bool fits = true;
    const auto take = [&](const LogPiece& piece, bool&& isFitting) -> Result<bool> {
        fits = fits && isFitting;
        m_progress.setDone(piece.to - first + 1);
        m_progress.setEvents(piece.to - first + 1);
        return fits;
    };
    const auto scanned = m_to.ask<void>(m_cancel, [&](EventStore& store) {
        return scanPieces<bool>(store, piecesOf(first, last, pieceEvents), m_cancel, work, take);
    });
    return scanned ? Result(fits) : scanned.error();
}

Result<void> CopyCheck::verify(Position first, Position last)
{
    m_progress.begin(Progress::Phase::Verifying, last - first + 1);
    const auto hashes = hashesAt(last);
    if (!hashes)
        return hashes.error();
    m_isByHash = hashes->areThere();
    if (m_isByHash && hashes->from == hashes->to) {
        const auto fits = doesChainFit(first, last);
        if (!fits)
            return fits.error();
        if (m_cancel.isCancelled())
            return Error { ErrorCode::Cancelled, ExchangeText::tr("The copy was cancelled") };
        if (*fits)
            return {};
    }
    const auto found = findDifference(first, last);
    if (!found)
        return found.error();
    if (*found == 0 && !m_isByHash)
        return {};
    const auto difference = differenceAt(*found == 0 ? last : *found);
    if (!difference)
        return difference.error();
    return Error { ErrorCode::Corrupt,
        ExchangeText::tr("%1 Do not rely on what was copied: delete it, and copy again.")
            .arg(*difference) };
}

} // namespace eventloupe
