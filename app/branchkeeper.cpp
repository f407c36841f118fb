#include "app/branchkeeper.h"

#include "ui/window/fileclaim.h"
#include "ui/window/session.h"
#include "ui/window/sessionfile.h"
#include "value/aside.h"
#include "value/event.h"
#include "value/json.h"
#include "value/privatefile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QThreadPool>

#include <chrono>
#include <mutex>
#include <utility>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;
constexpr auto shortWhile = 300ms;
constexpr qint64 largestFile = qint64(1024) * 1024 * 1024;

Result<void> writeBranch(const QString& name, const Branch& branch)
{
    if (name.isEmpty())
        return Error { ErrorCode::InputOutput,
            BranchKeeper::tr("the one that was kept before cannot be read, and stays as it is") };
    makePrivateFolder(QFileInfo(name).absolutePath());
    return writePrivately(name, branch.toJson().toJson());
}

Result<std::optional<Branch>> readBranch(const QString& name)
{
    const auto bytes = readWhole(name, largestFile);
    if (!bytes)
        return bytes.error();
    if (!*bytes)
        return std::optional<Branch>();
    const auto json = parseJson(viewOf(**bytes));
    auto branch = json ? Branch::fromJson(*json) : Result<Branch>(json.error());
    return branch ? Result(std::optional(std::move(*branch))) : branch.error();
}

} // namespace

/// The files of this window's own, by the stores' locations. Any thread; blocks on the disk.
class BranchKeeper::Files {
public:
    /// Empty where what it holds could not be read; `again`: one that could not be read before is
    /// taken anew.
    QString fileOf(const QString& location, bool again = false)
    {
        const std::lock_guard lock(m_guard);
        auto& file = m_files[location];
        if (!file || (again && file->file.isEmpty()))
            file = std::make_shared<ClaimedFile>(claimFirst(stemOf(location)));
        return file->file;
    }

    /// Nothing is written over a file that could not be read.
    void leave(const QString& location)
    {
        const std::lock_guard lock(m_guard);
        m_files[location] = std::make_shared<ClaimedFile>();
    }

    QThreadPool pool; ///< One thread, so that all is done in order.

private:
    static QString stemOf(const QString& location)
    {
        const auto hash
            = QCryptographicHash::hash(location.toUtf8(), QCryptographicHash::Sha256).toHex();
        return QStringLiteral("%1/branches/%2")
            .arg(Session::folder(), QString::fromLatin1(hash.left(32)));
    }

    std::mutex m_guard;
    QHash<QString, std::shared_ptr<ClaimedFile>> m_files;
};

BranchKeeper::BranchKeeper(BranchSession& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_files(std::make_shared<Files>())
{
    m_files->pool.setMaxThreadCount(1);
    m_due.setSingleShot(true);
    m_due.setInterval(shortWhile);
    connect(&m_due, &QTimer::timeout, this, &BranchKeeper::write);
    connect(&session, &BranchSession::changed, this, [this] {
        if (!m_session.isActive())
            return;
        m_branch = m_session.branch();
        // Not put off by further changes, which may never rest.
        if (!m_due.isActive())
            m_due.start();
    });
    connect(&session, &BranchSession::left, this, [this] {
        m_due.stop();
        m_branch.reset();
        runOn(m_files->pool, [files = m_files.get(), location = m_session.mainLocation()] {
            if (const QString name = files->fileOf(location); !name.isEmpty())
                QFile::remove(name);
        });
    });
}

BranchKeeper::~BranchKeeper()
{
    write();
    m_files->pool.waitForDone();
}

BranchKeeper::Reader BranchKeeper::reader() const
{
    return [files = m_files](const QString& location) -> KeptBranch {
        files->pool.waitForDone();
        const QString file = files->fileOf(location, true);
        auto read = readBranch(file);
        if (!read) {
            if (mayPass(read.error()))
                files->leave(location);
            return { std::nullopt, troubleWith(file, read.error()) };
        }
        if (*read && (*read)->location() != location)
            read = std::optional<Branch>();
        return { std::move(*read), {} };
    };
}

void BranchKeeper::setAside(const QString& location)
{
    m_due.stop();
    m_branch.reset();
    runOn(m_files->pool, [files = m_files.get(), location] {
        const QString name = files->fileOf(location);
        if (name.isEmpty())
            return;
        QFile::remove(name + QStringLiteral(".old"));
        QFile::rename(name, name + QStringLiteral(".old"));
    });
}

void BranchKeeper::write()
{
    m_due.stop();
    auto branch = std::exchange(m_branch, std::nullopt);
    if (!branch)
        return;
    // This waits for the pool before it goes, so that the files are there.
    runAside(
        m_files->pool, this,
        [files = m_files.get(), branch = std::move(*branch)] {
            return writeBranch(files->fileOf(branch.location()), branch);
        },
        [this](const Result<void>& written) { report(written); });
}

void BranchKeeper::report(const Result<void>& written)
{
    if (!written && !std::exchange(m_hasFailed, true))
        emit failed(tr("The branch cannot be kept for the next start: %1")
                        .arg(written.error().message));
    if (written)
        m_hasFailed = false;
}

} // namespace eventloupe
