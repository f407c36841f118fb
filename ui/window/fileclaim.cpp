#include "ui/window/fileclaim.h"

#include "value/privatefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <utility>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#else
#include <QLockFile>
#endif

namespace eventloupe {

namespace {

constexpr int mostTries = 100; ///< Of await(), and of windows on one store.
constexpr unsigned long tryMilliseconds = 50;

Error busy(const QString& file)
{
    return { ErrorCode::Busy,
        QCoreApplication::translate("FileClaim", "%1 is held by another window")
            .arg(QDir::toNativeSeparators(file)) };
}

Error impossible(const QString& file, const QString& reason)
{
    return { ErrorCode::InputOutput,
        QCoreApplication::translate("FileClaim", "%1 cannot be written: %2")
            .arg(QDir::toNativeSeparators(file), reason) };
}

} // namespace

#ifdef Q_OS_UNIX

/// A lock of the kernel's, which a killed process leaves nothing of. QLockFile's is a file with the
/// process's number, and one that was killed before it wrote the number holds it for half a minute.
struct FileClaim::Lock {
    Lock(QByteArray name, int file)
        : path(std::move(name))
        , handle(file)
    {
    }
    ~Lock()
    {
        // While it is held: who waits for it sees that the file is not the one any more.
        ::unlink(path.constData());
        ::close(handle);
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    QByteArray path;
    int handle;
};

Result<std::unique_ptr<FileClaim>> FileClaim::take(const QString& file)
{
    makePrivateFolder(QFileInfo(file).absolutePath());
    const QByteArray path = QFile::encodeName(file + QStringLiteral(".lock"));
    for (int i = 0; i < mostTries; ++i) {
        const int handle = ::open(path.constData(),
            O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, S_IRUSR | S_IWUSR);
        if (handle < 0)
            return impossible(file, qt_error_string(errno));
        if (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
            const int code = errno;
            ::close(handle);
            return code == EWOULDBLOCK ? busy(file) : impossible(file, qt_error_string(code));
        }
        struct stat held { };
        struct stat named { };
        if (::fstat(handle, &held) == 0 && ::stat(path.constData(), &named) == 0
            && held.st_ino == named.st_ino && held.st_dev == named.st_dev)
            return std::unique_ptr<FileClaim>(
                new FileClaim(std::make_unique<Lock>(path, handle)));
        ::close(handle); // Its last holder took it away in between.
    }
    return busy(file);
}

#else

struct FileClaim::Lock {
    explicit Lock(const QString& path)
        : file(path)
    {
        file.setStaleLockTime(0);
    }
    QLockFile file;
};

Result<std::unique_ptr<FileClaim>> FileClaim::take(const QString& file)
{
    makePrivateFolder(QFileInfo(file).absolutePath());
    auto lock = std::make_unique<Lock>(file + QStringLiteral(".lock"));
    if (lock->file.tryLock(0))
        return std::unique_ptr<FileClaim>(new FileClaim(std::move(lock)));
    return lock->file.error() == QLockFile::LockFailedError ? busy(file)
                                                            : impossible(file, QString());
}

#endif

FileClaim::FileClaim(std::unique_ptr<Lock> lock)
    : m_lock(std::move(lock))
{
}

FileClaim::~FileClaim() = default;

Result<std::unique_ptr<FileClaim>> FileClaim::await(const QString& file)
{
    for (int i = 0; i < mostTries; ++i) {
        auto taken = take(file);
        if (taken || taken.error().code != ErrorCode::Busy)
            return taken;
        QThread::msleep(tryMilliseconds);
    }
    return busy(file);
}

ClaimedFile claimFirst(const QString& stem)
{
    for (int i = 1; i <= mostTries; ++i) {
        const QString number = i == 1 ? QString() : QStringLiteral("-%1").arg(i);
        const QString file = stem + number + QStringLiteral(".json");
        auto taken = FileClaim::take(file);
        if (taken)
            return { file, i == 1, std::move(*taken) };
        if (taken.error().code != ErrorCode::Busy)
            break;
    }
    return { stem + QStringLiteral(".json"), true, nullptr };
}

} // namespace eventloupe
