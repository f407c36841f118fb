#include "store/sqlitefileguard.h"

#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include <chrono>
#include <thread>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#else
#include <QDateTime>
#endif

namespace eventloupe {

namespace {

/// Longer than a step of the system's clock for files: 10 ms where it ticks at 100 Hz.
constexpr std::chrono::nanoseconds clockStep = std::chrono::milliseconds(20);
constexpr int mostLooks = 5;

/// A log without content holds nothing: whoever opens the file to read makes one, and removes it.
FileStamp logStampOf(const QByteArray& path)
{
    const FileStamp stamp = stampOf(path);
    return stamp.size > 0 ? stamp : FileStamp {};
}

} // namespace

FileStamp stampOf(const QByteArray& path)
{
#ifdef Q_OS_UNIX
    struct stat found { };
    if (::stat(path.constData(), &found) != 0)
        return {};
    return { true, { static_cast<quint64>(found.st_dev), static_cast<quint64>(found.st_ino) },
        static_cast<qint64>(found.st_size),
        static_cast<qint64>(found.st_mtim.tv_sec) * 1'000'000'000 + found.st_mtim.tv_nsec };
#else
    const QFileInfo file(QFile::decodeName(path));
    if (!file.exists())
        return {};
    return { true, {}, file.size(), file.lastModified().toMSecsSinceEpoch() * 1'000'000 };
#endif
}

FileStamp quietStampOf(const QByteArray& path)
{
    FileStamp stamp = stampOf(path);
    for (int look = 1; look < mostLooks && stamp.isThere; ++look) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        const auto age = now - std::chrono::nanoseconds(stamp.changed);
        // A time to come is that of another machine's clock, or of a file that was copied so.
        if (age >= clockStep || age < -clockStep)
            break;
        std::this_thread::sleep_for(clockStep);
        stamp = stampOf(path);
    }
    return stamp;
}

QString sqliteFileOf(const QString& path)
{
    const QString target = QFileInfo(path).canonicalFilePath();
    return target.isEmpty() ? path : target;
}

QByteArray immutableUri(const QString& path)
{
    return QByteArrayLiteral("file:")
        + QUrl::toPercentEncoding(QFileInfo(path).absoluteFilePath(), QByteArrayLiteral("/"))
        + QByteArrayLiteral("?immutable=1");
}

SqliteFileGuard::SqliteFileGuard(const QString& path)
    : m_path(QFile::encodeName(path))
    , m_logPath(QFile::encodeName(sqliteFileOf(path) + QStringLiteral("-wal")))
    , m_log(logStampOf(m_logPath))
    , m_database(quietStampOf(m_path))
{
}

bool SqliteFileGuard::holds() const
{
    return stampOf(m_path) == m_database && logStampOf(m_logPath) == m_log;
}

} // namespace eventloupe
