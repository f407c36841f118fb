#pragma once

#include "value/canceltoken.h"
#include "value/result.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <memory>
#include <string_view>

namespace eventloupe {

/// The longest line or record that is taken; a longer one is refused, so that memory stays bounded.
inline constexpr qsizetype maximumRecordBytes = qsizetype(64) * 1024 * 1024;

/// The bytes of a file or of standard input ("-"), front to back through a window that grows on
/// demand. A UTF-8 byte order mark at the start is skipped. One thread at a time.
class ByteSource {
public:
    /// NotFound, InputOutput, or InvalidInput for a folder. A wait for input looks at `cancel`, and
    /// at `stop`, by which a reader is told that nobody takes what it reads any more.
    static Result<std::unique_ptr<ByteSource>> open(
        const QString& file, const CancelToken& cancel, const CancelToken& stop = {});
    static std::unique_ptr<ByteSource> fromBytes(QByteArray bytes, const QString& name);

    /// Bytes that are read and not consumed. Valid until more() or consume().
    [[nodiscard]] std::string_view window() const;
    /// Makes the window longer; false when the end was reached. Cancelled, InputOutput.
    Result<bool> more();
    void consume(qsizetype bytes);

    [[nodiscard]] bool atEnd() const { return m_ended; }
    [[nodiscard]] qint64 consumed() const { return m_consumed; }
    [[nodiscard]] qint64 total() const { return m_total; } ///< 0: unknown.
    [[nodiscard]] const QString& name() const { return m_name; }
    /// The rest, at once; Unsupported when it is over `limit` bytes.
    Result<QByteArray> readAll(qint64 limit);

private:
    ByteSource() = default;
    [[nodiscard]] bool isCancelled() const;
    [[nodiscard]] qsizetype wanted() const; ///< Bytes of the next read, at least 1.
    Result<qint64> readSome(char* to, qsizetype wanted);
    Result<void> skipByteOrderMark();

    QString m_name;
    std::unique_ptr<QFile> m_file;
    CancelToken m_cancel;
    CancelToken m_stop;
    QByteArray m_buffer;
    qsizetype m_start = 0;
    qint64 m_consumed = 0;
    qint64 m_total = 0;
    bool m_ended = false;
};

} // namespace eventloupe
