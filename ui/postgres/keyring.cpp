#include "ui/postgres/keyring.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusReply>
#include <QFileInfo>

#include <qt6keychain/keychain.h>

namespace eventloupe {

namespace {

const QString service = QStringLiteral("org.eventloupe.Eventloupe");

QString tr(const char* text)
{
    return QCoreApplication::translate("Keyring", text);
}

/// Without one, asking for the bus would start one.
bool hasSessionBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

bool hasKeyringService()
{
    auto* const bus = QDBusConnection::sessionBus().interface();
    if (bus == nullptr)
        return false;
    const QStringList known { QStringLiteral("org.freedesktop.secrets"),
        QStringLiteral("org.kde.kwalletd5"), QStringLiteral("org.kde.kwalletd6") };
    for (const QString& name : known)
        if (bus->isServiceRegistered(name).value())
            return true;
    const QDBusReply<QStringList> activatable = bus->call(QStringLiteral("ListActivatableNames"));
    return activatable.isValid()
        && std::any_of(known.begin(), known.end(),
            [&activatable](const QString& name) { return activatable.value().contains(name); });
}

/// Starts a job that deletes itself; `done` gets it when it has ended.
template <class Job>
void start(Job* job, const QString& location, QObject* context, std::function<void(Job&)> done)
{
    job->setKey(location);
    job->setInsecureFallback(false);
    job->setAutoDelete(true);
    QObject::connect(job, &QKeychain::Job::finished, context,
        [job, done = std::move(done)](QKeychain::Job*) { done(*job); });
    job->start();
}

} // namespace

QString DesktopKeyring::obstacle() const
{
#ifdef Q_OS_LINUX
    if (!hasSessionBus() || !hasKeyringService())
        return tr("This desktop has no keyring service (Secret Service or KWallet).");
#endif
    return {};
}

void DesktopKeyring::read(const QString& location, QObject* context,
    std::function<void(const std::optional<QByteArray>&)> done)
{
    start<QKeychain::ReadPasswordJob>(new QKeychain::ReadPasswordJob(service), location, context,
        [done = std::move(done)](QKeychain::ReadPasswordJob& job) {
            done(
                job.error() == QKeychain::NoError ? std::optional(job.binaryData()) : std::nullopt);
        });
}

void DesktopKeyring::write(const QString& location, const QByteArray& secret, QObject* context,
    std::function<void(const QString&)> done)
{
    auto* job = new QKeychain::WritePasswordJob(service);
    job->setBinaryData(secret);
    start<QKeychain::WritePasswordJob>(
        job, location, context, [done = std::move(done)](QKeychain::WritePasswordJob& ended) {
            done(ended.error() == QKeychain::NoError ? QString() : ended.errorString());
        });
}

void DesktopKeyring::forget(
    const QString& location, QObject* context, std::function<void(const QString&)> done)
{
    start<QKeychain::DeletePasswordJob>(new QKeychain::DeletePasswordJob(service), location,
        context, [done = std::move(done)](QKeychain::DeletePasswordJob& job) {
            const bool isGone
                = job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound;
            done(isGone ? QString() : job.errorString());
        });
}

} // namespace eventloupe
