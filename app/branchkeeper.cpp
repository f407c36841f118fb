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
constexpr auto retryWhile = 2s; ///< What could not be written is tried again by then.
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

/// The files of this window's own, by the stores' locations, and what is not in them yet. Any
/// thread; blocks on the disk.
class BranchKeeper::Files {
public:
    /// To be written, in the place of an older one of its location.
    void hold(const Branch& branch)
    {
        const std::lock_guard lock(m_guard);
        m_held.insert(branch.location(), branch);
    }

    /// What is there for a location that could not be written, which is newer than its file.
    [[nodiscard]] std::optional<Branch> held(const QString& location)
    {
        const std::lock_guard lock(m_guard);
        const auto held = m_held.constFind(location);
        return held == m_held.cend() ? std::nullopt : std::optional(*held);
    }

    void drop(const QString& location)
    {
        const std::lock_guard lock(m_guard);
        m_held.remove(location);
    }

    /// What fails is held on. On the pool's thread, which alone holds and drops. The first failure.
    Result<void> writeHeld()
    {
        const auto branches = [this] {
            const std::lock_guard lock(m_guard);
            return m_held;
        }();
        Result<void> all;
        for (const Branch& branch : branches) {
            const auto written = writeBranch(fileOf(branch.location()), branch);
            if (written)
                drop(branch.location());
            else if (all)
                all = written.error();
        }
        return all;
    }

    /// Empty where what it holds could not be read; `again`: one that could not be read before is
    /// taken anew, as is one always that could not be locked.
    QString fileOf(const QString& location, bool again = false)
    {
        const std::lock_guard lock(m_guard);
        auto& file = m_files[location];
        const bool isUnlocked = file && !file->claim && !file->file.isEmpty();
        if (!file || isUnlocked || (again && file->file.isEmpty()))
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
    QHash<QString, Branch> m_held;
};

BranchKeeper::BranchKeeper(BranchSession& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_files(std::make_shared<Files>())
{
    m_files->pool.setMaxThreadCount(1);
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &BranchKeeper::write);
    connect(&session, &BranchSession::changed, this, [this] {
        if (!m_session.isActive())
            return;
        m_branch = m_session.branch();
        // Not put off by further changes, which may never rest.
        if (!m_due.isActive())
            m_due.start(shortWhile);
    });
    connect(&session, &BranchSession::left, this, [this] {
        m_branch.reset(); // Those of other stores may still be due.
        runOn(m_files->pool, [files = m_files.get(), location = m_session.mainLocation()] {
            files->drop(location);
            if (const QString name = files->fileOf(location); !name.isEmpty())
                QFile::remove(name);
        });
    });
}

BranchKeeper::~BranchKeeper()
{
    m_hasFailed = true; // What runs now may fail: a last try is made whatever is known of it.
    write();
    m_files->pool.waitForDone();
}

BranchKeeper::Reader BranchKeeper::reader() const
{
    return [files = m_files](const QString& location) -> KeptBranch {
        files->pool.waitForDone();
        if (auto held = files->held(location))
            return { std::move(held), {} };
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
    m_branch.reset();
    runOn(m_files->pool, [files = m_files.get(), location] {
        const QString name = files->fileOf(location);
        (void)files->writeHeld();
        files->drop(location);
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
    if (!branch && !m_hasFailed)
        return;
    // This waits for the pool before it goes, so that the files are there.
    runAside(
        m_files->pool, this,
        [files = m_files.get(), branch = std::move(branch)] {
            if (branch)
                files->hold(*branch);
            return files->writeHeld();
        },
        [this](const Result<void>& written) { report(written); });
}

void BranchKeeper::report(const Result<void>& written)
{
    const bool hadFailed = std::exchange(m_hasFailed, !written);
    if (written)
        return;
    if (!m_due.isActive())
        m_due.start(retryWhile);
    if (!hadFailed)
        emit failed(tr("The branch cannot be kept for the next start: %1")
                        .arg(written.error().message));
}

} // namespace eventloupe
