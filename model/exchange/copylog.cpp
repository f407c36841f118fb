#include "exchange/copylog.h"

#include "exchange/copycheck.h"
#include "exchange/copyreader.h"
#include "exchange/copywriter.h"
#include "exchange/exchangetext.h"
#include "exchange/followedlog.h"
#include "exchange/logcomparison.h"
#include "store/filetarget.h"
#include "store/maskedeventstore.h"
#include "store/takeback.h"

#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <algorithm>
#include <filesystem>

namespace eventloupe {

namespace {

bool isFile(const QString& location)
{
    return !location.contains(QStringLiteral("://"));
}

/// Also by links of any kind.
bool isSameFile(const QString& one, const QString& other)
{
    std::error_code failure;
    return std::filesystem::equivalent(
        QFile::encodeName(one).toStdString(), QFile::encodeName(other).toStdString(), failure);
}

Result<void> checkPlaces(const QString& from, const QString& to)
{
    if (to.isEmpty())
        return Error { ErrorCode::InvalidArgument,
            ExchangeText::tr("Name the store that the log is copied to") };
    if (from == to || isSameFile(from, to))
        return Error { ErrorCode::InvalidArgument,
            ExchangeText::tr("%1 is the log itself; name another store to copy it to").arg(to) };
    const QString place = QFileInfo(to).absoluteFilePath();
    for (const char* suffix : databaseSuffixes)
        if (isFile(to) && place == QFileInfo(from).absoluteFilePath() + QLatin1String(suffix))
            return Error { ErrorCode::InvalidArgument,
                ExchangeText::tr("%1 belongs to the log itself; name another store to copy it to")
                    .arg(to) };
    return {};
}

/// A copy under way, from one head to the next where it follows.
class LogCopy {
public:
    LogCopy(EventStore& from, StoreThread& to, const CopyRequest& request, const Progress& progress,
        const CancelToken& cancel)
        : m_from(from)
        , m_to(to)
        , m_request(request)
        , m_progress(progress)
        , m_cancel(cancel)
        , m_check(from, to, progress, cancel)
        , m_followed(from)
    {
        m_summary.to = to.location();
    }

    Result<CopySummary> run(Position head)
    {
        if (const auto begun = begin(head); !begun)
            return explained(begun.error());
        for (;;) {
            const auto copied = copyUpTo(head);
            if (!copied)
                return explained(copied.error());
            if (!m_request.follows)
                return m_summary;
            const auto grown = awaitGrowth();
            if (!grown)
                return unfollowed(grown.error());
            if (*grown == head)
                return m_summary;
            head = *grown;
        }
    }

private:
    Result<void> begin(Position head)
    {
        // Before it is counted, a log of another library looks shorter than it is.
        const auto there = m_to.ask<Position>(
            m_cancel, [cancel = m_cancel](EventStore& store) -> Result<Position> {
                if (!waitUntilCounted(store, cancel))
                    return Error { ErrorCode::Cancelled,
                        ExchangeText::tr("The copy was cancelled") };
                return store.head();
            });
        if (!there)
            return there.error();
        m_summary.last = *there;
        tellKept(*there);
        const Position common = std::min(head, *there);
        if (const auto same = m_check.compareBeginning(common, m_request.checksAll); !same)
            return withReadOnlyReason(same.error());
        if (*there > head)
            return Error { ErrorCode::AlreadyExists,
                ExchangeText::tr("%1 is no copy of %2: it goes on with an event %3, which is not "
                                 "there. Nothing was copied.")
                    .arg(m_to.location(), m_from.location())
                    .arg(head + 1) };
        m_summary.skipped = *there;
        m_summary.isByHash = m_check.isByHash();
        m_summary.readBack = m_request.checksAll ? *there : 0;
        count();
        if (head > *there && !m_to.readOnlyReason().isEmpty())
            return Error { ErrorCode::ReadOnly,
                ExchangeText::tr("%1 can only be read: %2")
                    .arg(m_to.location(), m_to.readOnlyReason()) };
        return {};
    }

    /// Where the other store could not be written either, as one of another library, both.
    [[nodiscard]] Error withReadOnlyReason(Error error) const
    {
        if (const QString reason = m_to.readOnlyReason(); !reason.isEmpty())
            error.message += u' ' + ExchangeText::tr("Nor can it be written: %1.").arg(reason);
        return error;
    }

    /// What is known to be equal.
    void count() { m_summary.verified = m_summary.isByHash ? m_summary.last : m_summary.readBack; }

    Result<void> copyUpTo(Position head)
    {
        const Position first = m_summary.last + 1;
        if (first > head)
            return {};
        m_progress.begin(Progress::Phase::Working, head - first + 1);
        if (const auto stored = store(first, head); !stored)
            return stored;
        if (const auto same = m_check.verify(first, head); !same)
            return same;
        m_summary.isByHash = m_check.isByHash();
        m_summary.readBack += head - first + 1;
        count();
        return {};
    }

    /// Reads here and stores there, side by side.
    Result<void> store(Position first, Position head)
    {
        const qint64 next = m_request.batch > 0 ? m_request.batch : nextCopiedEvents;
        const qint64 beginning = m_request.batch > 0 || first > 1 ? next : firstCopiedEvents;
        BatchQueue queue;
        CopyWriter writer(queue, first, versionsIn(m_from), m_progress, m_cancel);
        writer.tellStored([this](Position last) { tellKept(last); });
        auto writing = m_to.begin<void>(
            [&writer, head](EventStore& store) { return writer.run(store, head); });
        CopyReader(m_from, queue, m_cancel).run(first, head, { beginning, next });
        Result<void> written = writing.wait(m_cancel);
        m_summary.copied += writer.stored();
        m_summary.last = writer.next() - 1;
        if (writer.duplicateUpTo() > 0)
            return placed(written.error(), writer.next(), writer.duplicateUpTo());
        return written;
    }

    /// A refusal of an id, with the position that the store did not tell.
    Error placed(const Error& error, Position first, Position last)
    {
        const auto found = firstRepeatedId(m_from, first, last, m_cancel);
        if (!found || *found == 0)
            return error;
        return { error.code, ExchangeText::tr("Event %1: %2").arg(*found).arg(error.message) };
    }

    /// The new head; the same one when the token was set.
    Result<Position> awaitGrowth()
    {
        constexpr int look = 20; // milliseconds
        constexpr int looks = 10;
        for (int i = 1; !m_cancel.isCancelled(); ++i) {
            QThread::msleep(look);
            if (i % looks != 0)
                continue;
            const auto head = m_followed.end(m_summary.last);
            if (!head || *head > m_summary.last)
                return head;
        }
        return m_summary.last;
    }

    void tellKept(Position last) const
    {
        if (m_request.kept)
            m_request.kept->store(last);
    }

    /// What was copied is that of the former log. Nobody looks at a backup that runs on, and where
    /// its log is another one by now, copying again is refused: that is told here.
    Error unfollowed(Error error) const
    {
        if (!error.message.endsWith(u'.'))
            error.message += u'.';
        error.message = ExchangeText::tr("%1 The copy follows it no longer: %2 has its events up "
                                         "to %3, and none after that.")
                            .arg(error.message, m_to.location(), QString::number(m_summary.last));
        return error;
    }

    /// What was reached stays.
    Error explained(Error error) const
    {
        if (m_summary.last == 0 && error.code == ErrorCode::Cancelled)
            error.message = ExchangeText::tr("The copy was cancelled before its first events were "
                                             "stored: nothing is kept");
        else if (m_summary.last > 0 && m_summary.copied == 0 && error.code == ErrorCode::Cancelled)
            error.message = ExchangeText::tr("The copy was cancelled. %1 has the events up to %2, "
                                             "as before; copy again to go on")
                                .arg(m_to.location())
                                .arg(m_summary.last);
        if (m_summary.copied > 0 && error.code != ErrorCode::Corrupt)
            error.message
                = ExchangeText::tr("%1. %2 has the events up to %3; copy again to go on")
                      .arg(error.message.endsWith(u'.') ? error.message.chopped(1) : error.message,
                          m_to.location())
                      .arg(m_summary.last);
        return error;
    }

    EventStore& m_from;
    StoreThread& m_to;
    const CopyRequest& m_request;
    const Progress& m_progress;
    const CancelToken& m_cancel;
    CopyCheck m_check;
    FollowedLog m_followed;
    CopySummary m_summary;
};

} // namespace

Result<CopySummary> copyLog(EventStore& shownFrom, const CopyRequest& request,
    const Progress& progress, const CancelToken& cancel)
{
    EventStore& from = trueStore(shownFrom);
    if (const auto apart = checkPlaces(from.location(), request.to); !apart)
        return apart.error();
    // The log of another library may still be counted: it is copied as a whole.
    if (!waitUntilCounted(from, cancel))
        return Error { ErrorCode::Cancelled, ExchangeText::tr("The copy was cancelled") };
    const auto head = from.head();
    if (!head)
        return head.error();
    const auto takeBack = takeBackOf(request.to);
    if (!takeBack)
        return takeBack.error();
    auto copied = [&]() -> Result<CopySummary> {
        const auto to = StoreThread::open(request.to, OpenMode::Create);
        if (!to)
            return to.error();
        return LogCopy(from, **to, request, progress, cancel).run(*head);
    }();
    if (!copied)
        (*takeBack)();
    else
        copied->fault = from.counting().fault;
    return copied;
}

} // namespace eventloupe
