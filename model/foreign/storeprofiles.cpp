#include "foreign/storeprofiles.h"

#include "foreign/foreigntext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <mutex>

namespace eventloupe {

namespace {

constexpr qint64 largestProfile = 1024 * 1024;

struct Folders {
    std::mutex mutex;
    QStringList names;
};

Folders& folders()
{
    static Folders added;
    return added;
}

Result<StoreProfile> readProfile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error { ErrorCode::InputOutput,
            QStringLiteral("%1: %2").arg(path, file.errorString()) };
    const QByteArray json = file.read(largestProfile + 1);
    if (json.size() > largestProfile)
        return Error { ErrorCode::InvalidInput,
            ForeignText::tr("%1: this is too large for a store profile").arg(path) };
    return StoreProfile::fromJson(json, path);
}

} // namespace

QList<StoreProfile> profilesIn(const QString& folder, QStringList& faults)
{
    QList<StoreProfile> profiles;
    const QDir dir(folder);
    for (const QFileInfo& file :
        dir.entryInfoList({ QStringLiteral("*.json") }, QDir::Files, QDir::Name)) {
        auto profile = readProfile(file.filePath());
        if (profile)
            profiles.append(std::move(*profile));
        else
            faults.append(profile.error().message);
    }
    return profiles;
}

const QList<StoreProfile>& builtInProfiles()
{
    static const QList<StoreProfile> profiles = [] {
        QStringList faults;
        QList<StoreProfile> read = profilesIn(QStringLiteral(":/stores"), faults);
        Q_ASSERT_X(faults.isEmpty(), "builtInProfiles", qPrintable(faults.join(u'\n')));
        return read;
    }();
    return profiles;
}

void addProfileFolder(const QString& folder)
{
    const std::scoped_lock lock(folders().mutex);
    if (!folders().names.contains(folder))
        folders().names.append(folder);
}

QList<StoreProfile> profilesFor(const QString& location, QStringList& faults)
{
    QStringList names;
    {
        const std::scoped_lock lock(folders().mutex);
        names = folders().names;
    }
    if (!location.contains(QStringLiteral("://")))
        names.append(QFileInfo(location).absolutePath() + QStringLiteral("/stores"));
    names.removeDuplicates();
    QList<StoreProfile> profiles;
    QStringList known;
    const auto add = [&](const QList<StoreProfile>& more) {
        for (const StoreProfile& profile : more) {
            if (known.contains(profile.name))
                continue;
            known.append(profile.name);
            profiles.append(profile);
        }
    };
    for (const QString& name : names)
        add(profilesIn(name, faults));
    if (profiles.isEmpty())
        return builtInProfiles(); // shared: there are many, and each is a copy of much else
    add(builtInProfiles());
    return profiles;
}

} // namespace eventloupe
