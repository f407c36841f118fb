#pragma once

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

namespace eventloupe {

/// The door through which every location comes that a person gave: takes the password out of it,
/// keeps it in this process' memory for whoever opens the location, and gives what may be shown
/// and written down. Doing so twice changes nothing. Any thread.
[[nodiscard]] QString admitLocation(const QString& location);

/// What is needed to ask for a password; nothing in it is secret.
struct PasswordRequest {
    QString location; ///< Without password.
    QString server; ///< "user ada on db.example.org, database shop".
    bool wasRefused = false; ///< The server has refused one already.
};

/// Asks a person, or a keyring; nothing when there is no answer. Called on the thread of the
/// connection, which waits: a prompt that needs another thread hands over by itself.
using PasswordPrompt = std::function<std::optional<QByteArray>(const PasswordRequest&)>;

/// Called at start, before any store is opened. Without one, a server that wants a password is an
/// error that says how to give it.
void setPasswordPrompt(PasswordPrompt prompt);

/// The password that is known for a location, else nothing. Any thread.
[[nodiscard]] std::optional<QByteArray> secretOf(const QString& location);
void rememberSecret(const QString& location, const QByteArray& secret);
/// Asks the prompt, one thread at a time: where another one has got an answer meanwhile that is not
/// `refused`, that is given at once.
[[nodiscard]] std::optional<QByteArray> askForSecret(
    const PasswordRequest& request, const QByteArray& refused);

} // namespace eventloupe
