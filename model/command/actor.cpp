#include "command/actor.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>

#include <array>
#endif

namespace eventloupe {

namespace {

constexpr qsizetype longestName = 200;

/// What the system's list of users says; for processes that were started without a login.
QString nameOfUser()
{
#ifdef Q_OS_UNIX
    std::array<char, 4096> texts {};
    passwd user {};
    passwd* found = nullptr;
    if (getpwuid_r(geteuid(), &user, texts.data(), texts.size(), &found) == 0 && found)
        return QString::fromLocal8Bit(found->pw_name);
    return QStringLiteral("uid %1").arg(geteuid());
#else
    return {};
#endif
}

} // namespace

QString currentActor()
{
    for (const char* name : { "EVENTLOUPE_ACTOR", "USER", "LOGNAME", "USERNAME" }) {
        const QString actor = qEnvironmentVariable(name).trimmed();
        if (!actor.isEmpty())
            return actor.left(longestName);
    }
    return nameOfUser().left(longestName);
}

} // namespace eventloupe
