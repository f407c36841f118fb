#include "store/storesecrets.h"

#include "value/storelocation.h"

#include <QHash>

#include <mutex>

namespace eventloupe {

namespace {

struct Secrets {
    std::mutex mutex; ///< Guards the table.
    QHash<QString, QByteArray> byLocation;
    std::mutex asking; ///< Held while a person is asked.
    PasswordPrompt prompt;
};

Secrets& secrets()
{
    static Secrets known;
    return known;
}

} // namespace

QString admitLocation(const QString& location)
{
    const StoreLocation split = StoreLocation::split(location);
    if (!split.secret.isEmpty())
        rememberSecret(split.text, split.secret);
    return split.text;
}

void setPasswordPrompt(PasswordPrompt prompt)
{
    secrets().prompt = std::move(prompt);
}

std::optional<QByteArray> secretOf(const QString& location)
{
    const std::lock_guard lock(secrets().mutex);
    const auto found = secrets().byLocation.constFind(location);
    if (found == secrets().byLocation.constEnd())
        return std::nullopt;
    return *found;
}

void rememberSecret(const QString& location, const QByteArray& secret)
{
    const std::lock_guard lock(secrets().mutex);
    secrets().byLocation.insert(location, secret);
}

std::optional<QByteArray> askForSecret(const PasswordRequest& request, const QByteArray& refused)
{
    const std::lock_guard lock(secrets().asking);
    if (auto known = secretOf(request.location); known && *known != refused)
        return known;
    if (!secrets().prompt)
        return std::nullopt;
    auto answer = secrets().prompt(request);
    if (answer)
        rememberSecret(request.location, *answer);
    return answer;
}

} // namespace eventloupe
