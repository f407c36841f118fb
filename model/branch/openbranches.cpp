#include "branch/openbranches.h"

#include "branch/brancheventstore.h"
#include "branch/branchtext.h"
#include "store/openstore.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <map>
#include <utility>

namespace eventloupe {

namespace {

struct Offered {
    std::mutex mutex;
    std::map<qint64, std::weak_ptr<SharedBranch>> branches; ///< By number.
    qint64 last = 0;
};

Offered& offered()
{
    static Offered branches;
    return branches;
}

QString scheme()
{
    return QStringLiteral("branch://");
}

/// The log's file name for captions, without what would mean something in a URI.
QString captionOf(const QString& location)
{
    static const QRegularExpression special(QStringLiteral("[:@?#%/\\s]"));
    return QFileInfo(location).fileName().replace(special, QStringLiteral("_"));
}

Result<std::unique_ptr<EventStore>> openBranch(const QString& location, OpenMode)
{
    const auto branch = branchAt(location);
    if (!branch)
        return Error { ErrorCode::NotFound,
            BranchText::tr("%1: this branch is not open any more").arg(location) };
    // A branch never writes to its log.
    auto base = openStore(branch->branch().location(), OpenMode::ReadOnly);
    if (!base)
        return base;
    return BranchEventStore::open(std::move(*base), branch, location);
}

} // namespace

SharedBranch::SharedBranch(Branch branch)
    : m_branch(std::move(branch))
{
}

Branch SharedBranch::branch() const
{
    const std::lock_guard lock(m_mutex);
    return m_branch;
}

std::pair<Branch, qsizetype> SharedBranch::snapshot() const
{
    const std::lock_guard lock(m_mutex);
    return { m_branch, m_revision.load() };
}

Result<bool> SharedBranch::append(const QList<BranchEvent>& events, qsizetype revision)
{
    const std::lock_guard lock(m_mutex);
    if (m_revision.load() != revision)
        return false;
    if (const auto added = m_branch.add({ BranchEdit::Kind::Append, {}, events }); !added)
        return added.error();
    ++m_revision;
    return true;
}

void addBranchKind()
{
    addStoreKind({ QStringLiteral("branch"), isBranchLocation, openBranch });
}

QString offerBranch(const std::shared_ptr<SharedBranch>& branch)
{
    Offered& all = offered();
    const std::lock_guard lock(all.mutex);
    std::erase_if(all.branches, [](const auto& each) { return each.second.expired(); });
    all.branches.emplace(++all.last, branch);
    return QStringLiteral("%1%2/%3")
        .arg(scheme())
        .arg(all.last)
        .arg(captionOf(branch->branch().location()));
}

bool isBranchLocation(const QString& location)
{
    return location.startsWith(scheme());
}

std::shared_ptr<SharedBranch> branchAt(const QString& location)
{
    if (!isBranchLocation(location))
        return nullptr;
    Offered& all = offered();
    const std::lock_guard lock(all.mutex);
    const auto found = all.branches.find(
        location.mid(scheme().size()).section(u'/', 0, 0).toLongLong());
    return found == all.branches.end() ? nullptr : found->second.lock();
}

} // namespace eventloupe
