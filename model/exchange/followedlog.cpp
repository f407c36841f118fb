#include "exchange/followedlog.h"

#include "exchange/exchangetext.h"
#include "store/fileidentity.h"
#include "store/sqliteeventstore.h"
#include "value/storelocation.h"

#include <QFile>

namespace eventloupe {

namespace {

constexpr std::chrono::milliseconds copyingTime { 100 };

/// Whether a store's file is the one that was opened, with its log. An empty log is not asked: a
/// load into it may hold the file's lock. That of another library is looked at by who counts it,
/// but for one that is gone.
Result<void> checkFile(EventStore& store, Position last)
{
    if (auto* const own = dynamic_cast<SqliteEventStore*>(&store)) {
        const auto place = own->checkPlace();
        return place && last > 0 ? own->checkLog() : place;
    }
    const QString path = withoutChoice(store.location());
    if (!store.library().isEmpty() && hasMoved(path, store.identity()))
        return replacedError(path);
    return {};
}

} // namespace

Result<Position> FollowedLog::end(Position last)
{
    const auto found = look(last);
    const auto now = std::chrono::steady_clock::now();
    if (found) {
        m_troubledSince.reset();
        return found;
    }
    if (!m_troubledSince)
        m_troubledSince = now;
    return now - *m_troubledSince < copyingTime ? Result(last) : found;
}

Result<Position> FollowedLog::look(Position last)
{
    // First: what is read of a file that is another one by now tells of damage.
    if (const auto same = checkFile(m_store, last); !same)
        return same.error();
    // That of another library is counted by a thread of its own, which has given up then.
    if (const Counting counting = m_store.counting(); !counting.fault.isEmpty())
        return Error { ErrorCode::InputOutput, counting.fault };
    const FileStamp now = stampOf(QFile::encodeName(m_store.location()));
    // Before the head, which only grows.
    const Position inFile = last == 0 || now == m_stamp ? 0 : endInFile();
    const auto head = m_store.head();
    if (head && *head < last)
        return shortenedError(m_store.location(), last, *head);
    if (head && *head < inFile)
        return Error { ErrorCode::InputOutput,
            ExchangeText::tr("A later state of it was written over %1 since it was opened.")
                .arg(m_store.location()) };
    m_stamp = now;
    return head;
}

/// What another connection finds. That of before goes on with the pages that it knows where a later
/// state of the same log was copied over the file, and the log would seem to have ended.
Position FollowedLog::endInFile() const
{
    if (dynamic_cast<SqliteEventStore*>(&m_store) == nullptr)
        return 0;
    const auto file = openBeside(m_store.location(), m_store.identity());
    const auto head = file ? (*file)->head() : file.error();
    return head ? *head : 0;
}

} // namespace eventloupe
