#include "exchange/bytesource.h"

#include "exchange/exchangetext.h"
#include "store/openfiles.h"
#include "value/filename.h"

#include <QFileInfo>

#include <algorithm>
#include <cstdio>
#include <utility>

#ifdef Q_OS_UNIX
#include <poll.h>
#include <unistd.h>
#endif

namespace eventloupe {

namespace {

constexpr qsizetype chunkBytes = qsizetype(1024) * 1024;
constexpr qsizetype largestKept = 8 * chunkBytes; ///< Of a buffer that holds nothing.
constexpr qint64 behindTheEnd = 4096; ///< Asked for where a file ended: it may have grown.

Error readFailure(const QString& name, const QString& reason)
{
    return { ErrorCode::InputOutput,
        ExchangeText::tr("%1 cannot be read: %2").arg(displayedFile(name), reason) };
}

Error cancelledRead()
{
    return { ErrorCode::Cancelled, ExchangeText::tr("The import was cancelled") };
}

} // namespace

Result<std::unique_ptr<ByteSource>> ByteSource::open(
    const QString& file, const CancelToken& cancel, const CancelToken& stop)
{
    std::unique_ptr<ByteSource> source(new ByteSource);
    source->m_name = file;
    source->m_cancel = cancel;
    source->m_stop = stop;
    source->m_file = std::make_unique<QFile>(file);
    if (file == QLatin1String("-")) {
        if (!source->m_file->open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered))
            return readFailure(file, source->m_file->errorString());
    } else {
        if (const auto decoded = checkDecoded(file); !decoded)
            return decoded.error();
        const QFileInfo info(file);
        if (!info.exists())
            return Error { ErrorCode::NotFound, ExchangeText::tr("%1 does not exist").arg(file) };
        if (info.isDir())
            return Error { ErrorCode::InvalidInput,
                ExchangeText::tr("%1 is a folder; name a file to import").arg(file) };
        if (const auto checked = checkSource(file); !checked)
            return checked.error();
        if (!source->m_file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return readFailure(file, source->m_file->errorString());
        source->m_total = source->m_file->isSequential() ? 0 : source->m_file->size();
    }
    if (const Result<void> skipped = source->skipByteOrderMark(); !skipped)
        return skipped.error();
    return source;
}

std::unique_ptr<ByteSource> ByteSource::fromBytes(QByteArray bytes, const QString& name)
{
    std::unique_ptr<ByteSource> source(new ByteSource);
    source->m_name = name;
    source->m_total = bytes.size();
    source->m_buffer = std::move(bytes);
    source->m_ended = true;
    if (source->m_buffer.startsWith("\xEF\xBB\xBF"))
        source->consume(3);
    return source;
}

Result<void> ByteSource::skipByteOrderMark()
{
    while (window().size() < 3 && !m_ended) {
        if (const Result<bool> read = more(); !read)
            return read.error();
    }
    if (window().substr(0, 3) == "\xEF\xBB\xBF")
        consume(3);
    return {};
}

std::string_view ByteSource::window() const
{
    return { m_buffer.constData() + m_start, static_cast<std::size_t>(m_buffer.size() - m_start) };
}

void ByteSource::consume(qsizetype bytes)
{
    m_start += bytes;
    m_consumed += bytes;
    // A record of 60 MB needs its room no more.
    if (m_start == m_buffer.size() && m_buffer.capacity() > largestKept) {
        m_buffer = QByteArray();
        m_start = 0;
    }
}

bool ByteSource::isCancelled() const
{
    return m_cancel.isCancelled() || m_stop.isCancelled();
}

/// A pipe may stay silent for ever: the wait is cut in slices so that a cancel is noticed, and
/// what is there is taken without waiting for a whole chunk.
Result<qint64> ByteSource::readSome(char* to, qsizetype wanted)
{
#ifdef Q_OS_UNIX
    if (m_file->isSequential()) {
        pollfd descriptor { m_file->handle(), POLLIN, 0 };
        while (::poll(&descriptor, 1, 50) == 0) {
            if (isCancelled())
                return cancelledRead();
        }
        const ssize_t read = ::read(m_file->handle(), to, static_cast<std::size_t>(wanted));
        if (read < 0)
            return readFailure(m_name, qt_error_string());
        return static_cast<qint64>(read);
    }
#endif
    const qint64 read = m_file->read(to, wanted);
    if (read < 0)
        return readFailure(m_name, m_file->errorString());
    return read;
}

/// A small file needs no large buffer.
qsizetype ByteSource::wanted() const
{
    const qsizetype held = m_buffer.size() - m_start;
    // Doubling keeps a long record, whose start is looked at again after each read, linear.
    const qsizetype most = std::max(chunkBytes, held);
    if (m_total == 0)
        return most;
    const qint64 left = std::max<qint64>(m_total - m_consumed - held, 0);
    return static_cast<qsizetype>(std::min<qint64>(most, left + behindTheEnd));
}

Result<bool> ByteSource::more()
{
    if (m_ended)
        return false;
    if (isCancelled())
        return cancelledRead();
    const qsizetype size = wanted();
    m_buffer.remove(0, m_start);
    m_start = 0;
    const qsizetype held = m_buffer.size();
    m_buffer.resize(held + size);
    const Result<qint64> read = readSome(m_buffer.data() + held, size);
    m_buffer.truncate(held + (read ? *read : 0));
    if (!read)
        return read.error();
    m_ended = *read == 0;
    // The rest of a file that grows is not to be read in small pieces.
    if (m_total > 0 && m_consumed + m_buffer.size() > m_total)
        m_total = m_file->size();
    return !m_ended;
}

Result<QByteArray> ByteSource::readAll(qint64 limit)
{
    while (!m_ended) {
        if (m_total > limit || static_cast<qint64>(window().size()) > limit)
            return Error { ErrorCode::Unsupported,
                ExchangeText::tr("%1 is a JSON document of over %2 MB, which is read as a whole; "
                                 "write it as NDJSON, one record a line")
                    .arg(displayedFile(m_name), QString::number(limit / 1024 / 1024)) };
        if (const Result<bool> read = more(); !read)
            return read.error();
    }
    m_buffer.remove(0, m_start); // in place: a copy would hold all of it twice
    QByteArray all = std::exchange(m_buffer, {});
    m_start = 0;
    m_consumed += all.size();
    return all;
}

} // namespace eventloupe
