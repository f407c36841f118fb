#include "value/privatefile.h"

#include "value/filename.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("PrivateFile", text);
}

#ifdef Q_OS_UNIX
/// Of the person who started the program; nothing where it is in force.
std::optional<mode_t> personsMask;
#endif

Error failure(const QString& file, const QString& reason)
{
    return { ErrorCode::InputOutput,
        tr("%1 cannot be written: %2").arg(QDir::toNativeSeparators(file), reason) };
}

/// What keeps all of it from being on the disk; empty where nothing does.
QString writeAll(QFile& file, const QByteArray& bytes)
{
    if (file.write(bytes) != bytes.size() || !file.flush())
        return file.errorString();
#ifdef Q_OS_UNIX
    if (::fsync(file.handle()) != 0)
        return qt_error_string(errno);
#endif
    return {};
}

} // namespace

void beginPrivately()
{
#ifdef Q_OS_UNIX
    personsMask = ::umask(S_IRWXG | S_IRWXO);
#endif
}

void giveSharedMode([[maybe_unused]] const QString& path)
{
#ifdef Q_OS_UNIX
    if (!personsMask)
        return;
    const mode_t all = QFileInfo(path).isDir() ? 0777 : 0666;
    (void)::chmod(QFile::encodeName(path).constData(), all & ~*personsMask);
#endif
}

bool makeSharedFolder(const QString& path)
{
    const QFileInfo info(path);
    if (info.exists())
        return info.isDir();
    const QString folder = info.absoluteFilePath();
    const QString above = QFileInfo(folder).absolutePath();
    if (above == folder || !makeSharedFolder(above))
        return false;
    if (!QDir().mkdir(folder))
        return QFileInfo(folder).isDir();
    giveSharedMode(folder);
    return true;
}

bool makePrivateFolder(const QString& path)
{
    const QFileInfo info(path);
    if (info.exists())
        return info.isDir();
    const QString folder = info.absoluteFilePath();
    const QString above = QFileInfo(folder).absolutePath();
    return above != folder && makePrivateFolder(above)
        && (QDir().mkdir(folder, ownerOnly | QFileDevice::ExeOwner) || QFileInfo(folder).isDir());
}

Result<void> writePrivately(const QString& file, const QByteArray& bytes)
{
    const QFileInfo info(file);
    const QString target = resolvedFile(file);
    // Of mode 0600; QSaveFile makes a new file as the umask has it.
    QTemporaryFile temporary(target + QStringLiteral(".XXXXXX.new"));
    if (!temporary.open())
        return failure(file, temporary.errorString());
    if (const QString reason = writeAll(temporary, bytes); !reason.isEmpty())
        return failure(file, reason);
    if (info.exists() && !temporary.setPermissions(info.permissions()))
        return failure(file, temporary.errorString());
    const QString name = temporary.fileName();
    temporary.close();
    std::error_code code;
    std::filesystem::rename(
        QFile::encodeName(name).toStdString(), QFile::encodeName(target).toStdString(), code);
    if (code)
        return failure(file, qt_error_string(code.value()));
    temporary.setAutoRemove(false);
    return {};
}

Result<std::optional<QByteArray>> readWhole(const QString& file, qint64 largest)
{
    const QFileInfo info(file);
    if (!info.exists())
        return std::optional<QByteArray>();
    const auto wrong = [&](const QString& reason, ErrorCode code = ErrorCode::InputOutput) {
        return Error { code,
            tr("%1 cannot be read: %2").arg(QDir::toNativeSeparators(file), reason) };
    };
    // A pipe of that name would never answer.
    if (!info.isFile())
        return wrong(tr("it is no regular file"));
    if (info.size() > largest)
        return wrong(tr("it is too large"), ErrorCode::InvalidInput);
    QFile input(file);
    if (!input.open(QIODevice::ReadOnly))
        return wrong(input.errorString());
    QByteArray bytes = input.readAll();
    if (input.error() != QFileDevice::NoError)
        return wrong(input.errorString());
    return std::optional(std::move(bytes));
}

} // namespace eventloupe
