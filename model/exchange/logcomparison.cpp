#include "exchange/logcomparison.h"

#include "exchange/exchangetext.h"

#include <algorithm>
#include <array>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_set>
#include <vector>

namespace eventloupe {

namespace {

constexpr Position pieceEvents = 4096;

Error cancelled()
{
    return { ErrorCode::Cancelled, ExchangeText::tr("The comparison was cancelled") };
}

/// One hash over each piece of a log, or over each event. The pieces are of positions, so that an
/// event that is missing does not move what follows.
class LogDigests {
public:
    LogDigests(Position from, Position to, Position size, Versions versions)
        : m_from(from)
        , m_to(to)
        , m_size(size)
        , m_versions(versions)
    {
    }

    /// False from `give` ends it.
    Result<void> run(EventStore& store, const CancelToken& cancel,
        const std::function<bool(const EventHash&)>& give)
    {
        HashChain chain;
        EventHash hash {};
        Position end = m_from + m_size;
        bool goesOn = true;
        const auto scanned
            = store.scanLog(m_from, m_to, allScanColumns, cancel, [&](const EventView& event) {
                  for (; event.position >= end && goesOn; end += m_size) {
                      goesOn = give(hash);
                      hash = {};
                  }
                  EventView seen = event;
                  if (m_versions == Versions::CountedAnew)
                      seen.version = 0;
                  hash = chain.next(hash, seen);
                  return goesOn && !cancel.isCancelled();
              });
        if (!scanned)
            return scanned;
        for (Position begin = end - m_size; begin <= m_to && goesOn; begin += m_size) {
            goesOn = give(hash);
            hash = {};
        }
        return {};
    }

private:
    Position m_from;
    Position m_to;
    Position m_size;
    Versions m_versions;
};

/// Brings the pieces of two logs together, each from its own thread.
class PieceMatch {
public:
    explicit PieceMatch(const std::function<void(qint64)>& matched)
        : m_matched(matched)
    {
    }

    /// False where there is no need to go on: two pieces differ.
    bool give(std::size_t side, const EventHash& hash)
    {
        const std::lock_guard lock(m_mutex);
        if (m_differs || m_isAbandoned)
            return false;
        auto& own = m_waiting.at(side);
        auto& others = m_waiting.at(1 - side);
        if (others.empty()) {
            own.push_back(hash);
            return true;
        }
        m_differs = others.front() != hash;
        others.pop_front();
        if (!m_differs)
            m_matched(++m_equal);
        return !m_differs;
    }

    /// One side cannot be read on.
    void abandon()
    {
        const std::lock_guard lock(m_mutex);
        m_isAbandoned = true;
    }
    [[nodiscard]] bool differs() const { return m_differs; }
    [[nodiscard]] qint64 equal() const { return m_equal; } ///< Pieces before the first that differ.

private:
    const std::function<void(qint64)>& m_matched;
    std::mutex m_mutex; ///< Guards what follows.
    std::array<std::deque<EventHash>, 2> m_waiting;
    qint64 m_equal = 0;
    bool m_differs = false;
    bool m_isAbandoned = false;
};

/// The first event of a piece that differs.
Result<Position> differenceIn(EventStore& one, StoreThread& other, Position from, Position to,
    Versions versions, const CancelToken& cancel)
{
    const auto hashesOf = [=](EventStore& store) -> Result<std::vector<EventHash>> {
        std::vector<EventHash> hashes;
        const auto read = LogDigests(from, to, 1, versions).run(
            store, cancel, [&](const EventHash& hash) {
                hashes.push_back(hash);
                return true;
            });
        return read ? Result(std::move(hashes)) : read.error();
    };
    const auto left = hashesOf(one);
    if (!left)
        return left.error();
    const auto right = other.ask<std::vector<EventHash>>(cancel, hashesOf);
    if (!right)
        return right.error();
    if (cancel.isCancelled())
        return cancelled();
    const auto found = std::ranges::mismatch(*left, *right);
    return found.in1 == left->end() ? Position(0) : from + (found.in1 - left->begin());
}

} // namespace

Versions versionsIn(const EventStore& copied)
{
    return copied.hasLinkedStreams() ? Versions::CountedAnew : Versions::Equal;
}

Result<Position> firstDifference(EventStore& one, StoreThread& other, Position from, Position to,
    Versions versions, const Progress& progress, const CancelToken& cancel)
{
    const std::function<void(qint64)> matched = [&](qint64 pieces) {
        progress.setDone(std::min(pieces * pieceEvents, to - from + 1));
        progress.setEvents(progress.done());
    };
    PieceMatch match(matched);
    const auto read = [&](EventStore& store, std::size_t side) {
        const Result<void> done = LogDigests(from, to, pieceEvents, versions)
                                      .run(store, cancel, [&match, side](const EventHash& hash) {
                                          return match.give(side, hash);
                                      });
        if (!done)
            match.abandon();
        return done;
    };
    auto reading = other.begin<void>([&read](EventStore& store) { return read(store, 1); });
    const auto left = read(one, 0);
    const auto right = reading.wait(cancel);
    if (cancel.isCancelled())
        return cancelled();
    for (const auto& side : { left, right })
        if (!side)
            return side.error();
    if (!match.differs())
        return Position(0);
    const Position first = from + match.equal() * pieceEvents;
    const Position last = std::min(first + pieceEvents - 1, to);
    return differenceIn(one, other, first, last, versions, cancel);
}

Result<Position> firstHashDifference(
    EventStore& one, StoreThread& other, Position to, const CancelToken& cancel)
{
    Position equal = 0;
    while (to - equal > 1) {
        const Position middle = equal + (to - equal) / 2;
        const auto left = one.hashAt(middle);
        if (!left)
            return left.error();
        const auto right = other.ask<std::optional<EventHash>>(
            cancel, [middle](EventStore& store) { return store.hashAt(middle); });
        if (!right)
            return right.error();
        if (cancel.isCancelled())
            return cancelled();
        (*left == *right ? equal : to) = middle;
    }
    return to;
}

Result<Position> firstRepeatedId(
    EventStore& store, Position from, Position to, const CancelToken& cancel)
{
    std::unordered_set<std::string> ids;
    Position found = 0;
    const auto scanned
        = store.scanLog(from, to, ScanColumn::Id, cancel, [&](const EventView& event) {
              if (!ids.emplace(event.id).second)
                  found = event.position;
              return found == 0 && !cancel.isCancelled();
          });
    return scanned ? Result(found) : scanned.error();
}

QString differenceOf(const Event& one, const Event& other, Versions versions)
{
    if (one.id != other.id)
        return ExchangeText::tr("the id");
    if (one.stream != other.stream)
        return ExchangeText::tr("the stream");
    if (versions == Versions::Equal && one.version != other.version)
        return ExchangeText::tr("the version");
    if (one.type != other.type)
        return ExchangeText::tr("the type");
    if (one.time != other.time)
        return ExchangeText::tr("the time");
    if (one.data != other.data)
        return ExchangeText::tr("the data");
    return one.metadata != other.metadata ? ExchangeText::tr("the metadata") : QString();
}

} // namespace eventloupe
