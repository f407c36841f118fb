#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace eventloupe {

/// Where passwords are kept between sessions, by location. GUI thread, but for obstacle(); answers
/// come later, and never once the context is gone.
class Keyring {
public:
    virtual ~Keyring() = default;

    /// Why no password can be kept, for people; empty where one can. May wait; any thread.
    [[nodiscard]] virtual QString obstacle() const = 0;
    /// Nothing where there is none, or it could not be had.
    virtual void read(const QString& location, QObject* context,
        std::function<void(const std::optional<QByteArray>&)> done)
        = 0;
    /// `done` gets why it failed, for people; empty where it did not.
    virtual void write(const QString& location, const QByteArray& secret, QObject* context,
        std::function<void(const QString&)> done)
        = 0;
    /// One that is not there is forgotten as well.
    virtual void forget(
        const QString& location, QObject* context, std::function<void(const QString&)> done)
        = 0;
};

/// The desktop's: GNOME's and others' by the Secret Service, or KWallet. Nothing is ever kept
/// elsewhere, such as in a file.
class DesktopKeyring final : public Keyring {
public:
    [[nodiscard]] QString obstacle() const override;
    void read(const QString& location, QObject* context,
        std::function<void(const std::optional<QByteArray>&)> done) override;
    void write(const QString& location, const QByteArray& secret, QObject* context,
        std::function<void(const QString&)> done) override;
    void forget(const QString& location, QObject* context,
        std::function<void(const QString&)> done) override;
};

} // namespace eventloupe
