#include "app/branchkeeper.h"

#include "ui/window/session.h"
#include "value/json.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <chrono>
#include <utility>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;
constexpr auto shortWhile = 300ms;

void writeBranch(const QString& name, const Branch& branch)
{
    QDir().mkpath(QFileInfo(name).absolutePath());
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        return;
    // It holds events, which may be nobody else's business.
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const QByteArray json = branch.toJson().toJson();
    if (file.write(json) == json.size())
        file.commit();
}

} // namespace

BranchKeeper::BranchKeeper(BranchSession& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_pool(std::make_shared<QThreadPool>())
{
    m_pool->setMaxThreadCount(1);
    m_due.setSingleShot(true);
    m_due.setInterval(shortWhile);
    connect(&m_due, &QTimer::timeout, this, &BranchKeeper::write);
    connect(&session, &BranchSession::changed, this, [this] {
        if (!m_session.isActive())
            return;
        m_branch = m_session.branch();
        m_due.start();
    });
    connect(&session, &BranchSession::left, this, [this] {
        m_due.stop();
        m_branch.reset();
        run([name = fileOf(m_session.mainLocation())] { QFile::remove(name); });
    });
}

BranchKeeper::~BranchKeeper()
{
    flush()();
}

std::function<void()> BranchKeeper::flush()
{
    write();
    return [pool = m_pool] { pool->waitForDone(); };
}

QString BranchKeeper::fileOf(const QString& location)
{
    const auto hash
        = QCryptographicHash::hash(location.toUtf8(), QCryptographicHash::Sha256).toHex();
    return QStringLiteral("%1/branches/%2.json")
        .arg(Session::folder(), QString::fromLatin1(hash.left(32)));
}

std::optional<Branch> BranchKeeper::kept(const QString& location)
{
    QFile file(fileOf(location));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray bytes = file.readAll();
    const auto json = parseJson(viewOf(bytes));
    auto branch = json ? Branch::fromJson(*json) : Result<Branch>(json.error());
    if (!branch || branch->location() != location)
        return std::nullopt;
    return std::move(*branch);
}

void BranchKeeper::setAside(const QString& location)
{
    m_due.stop();
    m_branch.reset();
    run([name = fileOf(location)] {
        QFile::remove(name + QStringLiteral(".old"));
        QFile::rename(name, name + QStringLiteral(".old"));
    });
}

void BranchKeeper::write()
{
    m_due.stop();
    if (auto branch = std::exchange(m_branch, std::nullopt))
        run([branch = std::move(*branch)] { writeBranch(fileOf(branch.location()), branch); });
}

void BranchKeeper::run(const std::function<void()>& work)
{
    m_pool->start(work);
}

} // namespace eventloupe
