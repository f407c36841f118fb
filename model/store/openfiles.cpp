#include "store/openfiles.h"

#include "store/fileidentity.h"

#include <QCoreApplication>

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

namespace eventloupe {

namespace {

struct Known {
    FileIdentity identity;
    QString file;
};

std::mutex guard;

/// One for each connection. Never taken down: stores may be open until the very end.
std::vector<Known>& known()
{
    static auto* const all = new std::vector<Known>;
    return *all;
}

} // namespace

OpenFile::OpenFile(const FileIdentity& identity, QString file)
    : m_identity(identity)
    , m_file(std::move(file))
{
    const std::scoped_lock lock(guard);
    known().push_back({ m_identity, m_file });
}

OpenFile::~OpenFile()
{
    const std::scoped_lock lock(guard);
    const auto one = std::ranges::find_if(known(), [this](const Known& each) {
        return each.identity == m_identity && each.file == m_file;
    });
    if (one != known().end())
        known().erase(one);
}

bool isOpenHere(const QString& file)
{
    const FileIdentity identity = identityAt(file);
    if (!identity.isKnown())
        return false;
    const auto all = [] {
        const std::scoped_lock lock(guard);
        return known();
    }();
    // SQLite's locks are on the file, and on the -shm file, which another name may lead to as well.
    return std::ranges::any_of(all, [&](const Known& each) {
        return each.identity == identity
            || identityAt(each.file + QStringLiteral("-shm")) == identity;
    });
}

Result<void> checkSource(const QString& file)
{
    if (!isOpenHere(file))
        return {};
    return Error { ErrorCode::InvalidArgument,
        QCoreApplication::translate("OpenFiles",
            "%1 belongs to a store that is open here, and is not read as another file; export the "
            "store's events, or copy its log.")
            .arg(file) };
}

} // namespace eventloupe
