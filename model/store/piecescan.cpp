#include "store/piecescan.h"

#include "store/fileidentity.h"
#include "store/maskedeventstore.h"

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

namespace eventloupe {

namespace {

using Work = std::function<Result<std::shared_ptr<void>>(
    EventStore&, const LogPiece&, const CancelToken&)>;
using Take = std::function<Result<bool>(const LogPiece&, const std::shared_ptr<void>&)>;

constexpr std::size_t maximumThreads = 8;
constexpr std::size_t waitingPerThread = 2;
constexpr auto patience = std::chrono::milliseconds(20); // between two looks at the token

Error cancelled()
{
    return { ErrorCode::Cancelled, QCoreApplication::translate("PieceScan", "cancelled") };
}

Result<void> runInline(EventStore& store, const std::vector<LogPiece>& pieces,
    const CancelToken& cancel, const Work& work, const Take& take)
{
    for (const LogPiece& piece : pieces) {
        if (cancel.isCancelled())
            return cancelled();
        const auto done = work(store, piece, cancel);
        if (!done)
            return done.error();
        const auto goesOn = take(piece, *done);
        if (!goesOn)
            return goesOn.error();
        if (!*goesOn)
            return {};
    }
    return {};
}

/// The threads of a scan and what they have done, in order.
class Workers {
public:
    Workers(EventStore& store, const std::vector<LogPiece>& pieces, const Work& work)
        : m_location(store.location())
        , m_identity(identityOf(store))
        , m_masks(masksOf(store))
        , m_pieces(pieces)
        , m_work(work)
        , m_done(pieces.size())
    {
    }
    ~Workers()
    {
        m_stop.cancel();
        m_changed.notify_all();
        for (std::thread& thread : m_threads)
            thread.join();
    }
    Q_DISABLE_COPY_MOVE(Workers)

    /// False where no thread with a connection could be had.
    bool start(std::size_t count)
    {
        m_room = waitingPerThread * count;
        for (std::size_t i = 0; i < count; ++i) {
            try {
                m_threads.emplace_back([this] { serve(); });
            } catch (const std::system_error&) {
                break;
            }
        }
        return !m_threads.empty();
    }

    /// Waits for a piece; nothing where no thread could open the store.
    std::optional<Result<std::shared_ptr<void>>> wait(std::size_t piece, const CancelToken& cancel)
    {
        std::unique_lock lock(m_mutex);
        m_taken = piece;
        m_changed.notify_all();
        for (;;) {
            if (cancel.isCancelled())
                return cancelled();
            if (m_replaced)
                return *m_replaced;
            if (m_done[piece])
                break;
            if (m_withoutStore == m_threads.size())
                return std::nullopt;
            m_changed.wait_for(lock, patience);
        }
        return std::exchange(m_done[piece], std::nullopt);
    }

private:
    void serve()
    {
        auto store = openBeside(m_location, m_identity);
        if (store)
            store = maskedStore(std::move(*store), m_masks);
        if (!store) {
            const std::scoped_lock lock(m_mutex);
            if (isReplaced(m_location, m_identity))
                m_replaced = store.error();
            ++m_withoutStore;
            m_changed.notify_all();
            return;
        }
        while (const auto piece = claim()) {
            auto done = m_work(**store, m_pieces[*piece], m_stop);
            const std::scoped_lock lock(m_mutex);
            m_done[*piece].emplace(std::move(done));
            m_changed.notify_all();
        }
    }

    /// The next piece, when there is room for what it gives; nothing at the end.
    std::optional<std::size_t> claim()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            if (m_stop.isCancelled() || m_next == m_pieces.size())
                return std::nullopt;
            if (m_next < m_taken + m_room)
                return m_next++;
            m_changed.wait_for(lock, patience);
        }
    }

    const QString m_location;
    const FileIdentity m_identity;
    const std::shared_ptr<const Masks> m_masks;
    const std::vector<LogPiece>& m_pieces;
    const Work& m_work;
    CancelToken m_stop;
    std::vector<std::thread> m_threads;
    std::mutex m_mutex; ///< Guards what is below.
    std::condition_variable m_changed;
    std::vector<std::optional<Result<std::shared_ptr<void>>>> m_done;
    std::size_t m_next = 0; ///< To be claimed.
    std::size_t m_taken = 0; ///< Those before it were taken.
    std::size_t m_room = 0; ///< How many may be under way or wait.
    std::size_t m_withoutStore = 0;
    std::optional<Error> m_replaced;
};

} // namespace

std::vector<LogPiece> piecesOf(Position from, Position to, Position size)
{
    size = std::max<Position>(size, 1);
    std::vector<LogPiece> pieces;
    for (Position first = from; first <= to; first += size) {
        pieces.push_back({ first, to - first < size ? to : first + size - 1 });
        if (to - first < size)
            break;
    }
    return pieces;
}

Result<void> runPieces(EventStore& store, const std::vector<LogPiece>& pieces,
    const CancelToken& cancel, const Work& work, const Take& take)
{
    const auto cores = static_cast<std::size_t>(std::max(QThread::idealThreadCount(), 1));
    const std::size_t count = std::min({ cores, pieces.size(), maximumThreads });
    if (count < 2)
        return runInline(store, pieces, cancel, work, take);
    Workers workers(store, pieces, work);
    if (!workers.start(count))
        return runInline(store, pieces, cancel, work, take);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto done = workers.wait(i, cancel);
        if (!done)
            return runInline(store,
                { pieces.begin() + static_cast<std::ptrdiff_t>(i), pieces.end() }, cancel, work,
                take);
        if (!*done)
            return done->error();
        const auto goesOn = take(pieces[i], **done);
        if (!goesOn)
            return goesOn.error();
        if (!*goesOn)
            return {};
    }
    return {};
}

} // namespace eventloupe
