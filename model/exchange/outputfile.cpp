#include "exchange/outputfile.h"

#include "exchange/exchangetext.h"
#include "store/fileidentity.h"
#include "store/filetarget.h"
#include "value/filename.h"

#include <QFileInfo>
#include <QRandomGenerator>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <fcntl.h>
#endif

namespace eventloupe {

namespace {

/// Whether a file is the store's, or one of those that belong to it.
bool isOfStore(const QString& target, const QString& store)
{
    const QString main = QFileInfo(store).canonicalFilePath();
    if (main.isEmpty())
        return false;
    const FileIdentity identity = identityAt(target); // A hard link is the store as well.
    if (target == main || (identity.isKnown() && identity == identityAt(main)))
        return true;
    return std::ranges::any_of(databaseSuffixes,
        [&](const char* suffix) { return target == main + QLatin1String(suffix); });
}

} // namespace

Result<void> OutputFile::check(const QString& file, const QString& store)
{
    if (file.isEmpty() || file == QLatin1String("-"))
        return {};
    if (isOfStore(resolvedFile(file), store))
        return Error { ErrorCode::InvalidArgument,
            ExchangeText::tr("%1 is the store itself; name another file to export to").arg(file) };
    return checkTarget(file);
}

OutputFile::OutputFile(QString target)
    : m_target(std::move(target))
{
}

OutputFile::~OutputFile()
{
    m_file.close();
    if (!m_committed && !m_temporary.isEmpty())
        QFile::remove(m_temporary);
}

Error OutputFile::failure(int code) const
{
    const QString name = m_target.isEmpty() ? ExchangeText::tr("Standard output") : m_target;
    bool full = code == ENOSPC || code == EFBIG;
#ifdef EDQUOT
    full = full || code == EDQUOT;
#endif
    const QString reason = code != 0 ? qt_error_string(code) : m_file.errorString();
    return { full ? ErrorCode::DiskFull : ErrorCode::InputOutput,
        ExchangeText::tr("%1 cannot be written: %2").arg(name, reason) };
}

Result<std::unique_ptr<OutputFile>> OutputFile::open(const QString& file)
{
    const bool standard = file.isEmpty() || file == QLatin1String("-");
    std::unique_ptr<OutputFile> output(new OutputFile(standard ? QString() : file));
    if (standard) {
        if (!output->m_file.open(stdout, QIODevice::WriteOnly | QIODevice::Unbuffered))
            return output->failure(0);
        output->m_isShown = isTerminal(output->m_file.handle());
        return output;
    }
    const QFileInfo info(file);
    if (info.isDir())
        return Error { ErrorCode::InvalidArgument,
            ExchangeText::tr("%1 is a folder; name a file to export to").arg(file) };
    if (info.exists() && !info.isFile()) {
        output->m_file.setFileName(file);
        if (!output->m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return output->failure(0);
        output->m_isShown = isTerminal(output->m_file.handle());
        return output;
    }
    if (const Result<void> opened = output->openTemporary(); !opened)
        return opened.error();
    return output;
}

/// Beside the target, so that a rename stays on one file system.
Result<void> OutputFile::openTemporary()
{
    const QString place = resolvedFile(m_target);
    m_target = place;
    for (int attempt = 0; attempt < 10; ++attempt) {
        const QString name
            = QStringLiteral("%1.%2.part")
                  .arg(place)
                  .arg(QRandomGenerator::global()->generate(), 8, 16, QLatin1Char('0'));
        m_file.setFileName(name);
        errno = 0;
        if (m_file.open(QIODevice::NewOnly | QIODevice::Unbuffered,
                QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
            m_temporary = name;
            return {};
        }
        if (!QFileInfo::exists(name))
            break;
    }
    return failure(0);
}

Result<void> OutputFile::write(const QByteArray& bytes)
{
    return writeThrough(
        m_isShown ? m_shown.next({ bytes.constData(), std::size_t(bytes.size()) }) : bytes);
}

Result<void> OutputFile::writeThrough(const QByteArray& bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        errno = 0;
        const qint64 written = m_file.write(bytes.constData() + done, bytes.size() - done);
        if (written <= 0)
            return failure(errno);
        done += written;
        m_written += written;
    }
    startWriteback();
    return {};
}

/// The system writes to the disk beside our work, instead of all in commit().
void OutputFile::startWriteback()
{
#ifdef Q_OS_LINUX
    constexpr qint64 stretch = qint64(8) * 1024 * 1024;
    if (m_temporary.isEmpty() || m_written - m_handedOn < stretch)
        return;
    // Only a hint: what it does not do commit() does, and tells.
    (void)::sync_file_range(
        m_file.handle(), m_handedOn, m_written - m_handedOn, SYNC_FILE_RANGE_WRITE);
    m_handedOn = m_written;
#endif
}

Result<void> OutputFile::commit()
{
    if (m_temporary.isEmpty()) {
        // What stdio still holds may not fit either.
        errno = 0;
        if (!m_file.flush())
            return failure(errno);
        m_committed = true;
        return {};
    }
    // One that is replaced keeps its mode: somebody may have opened it up, or closed it.
    if (const QFileInfo replaced(m_target);
        replaced.exists() && !m_file.setPermissions(replaced.permissions()))
        return failure(0);
#ifdef Q_OS_UNIX
    if (::fsync(m_file.handle()) != 0)
        return failure(errno);
#endif
    m_file.close();
    std::error_code code;
    std::filesystem::rename(QFile::encodeName(m_temporary).toStdString(),
        QFile::encodeName(m_target).toStdString(), code);
    if (code)
        return failure(code.value());
    m_committed = true;
    return {};
}

} // namespace eventloupe
