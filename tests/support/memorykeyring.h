#pragma once

#include "ui/postgres/keyring.h"

#include <QHash>
#include <QPointer>
#include <QTimer>

namespace eventloupe {

/// A keyring of the test's own: answers later, as the desktop's does.
class MemoryKeyring final : public Keyring {
public:
    QHash<QString, QByteArray> kept;
    QString missing; ///< Why it is not there; empty: it is.

    [[nodiscard]] QString obstacle() const override { return missing; }
    void read(const QString& location, QObject* context,
        std::function<void(const std::optional<QByteArray>&)> done) override
    {
        QTimer::singleShot(0, context, [this, location, done] {
            done(kept.contains(location) ? std::optional(kept.value(location)) : std::nullopt);
        });
    }
    void write(const QString& location, const QByteArray& secret, QObject* context,
        std::function<void(const QString&)> done) override
    {
        kept.insert(location, secret);
        QTimer::singleShot(0, context, [done] { done({}); });
    }
    void forget(const QString& location, QObject* context,
        std::function<void(const QString&)> done) override
    {
        kept.remove(location);
        QTimer::singleShot(0, context, [done] { done({}); });
    }
};

} // namespace eventloupe
