#pragma once

#include "store/storesecrets.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <memory>

class QWidget;

namespace eventloupe {

class Keyring;
class PasswordDialog;

/// Answers servers that want a password: from the keyring, else by a dialog over the window.
///
/// Connections ask on their own threads and wait there; this object lives on the GUI thread, which
/// never waits for them. Whoever waits is let go with no answer by cancel() and by the destructor,
/// so destroy this before what joins those threads.
class PasswordAsker final : public QObject {
    Q_OBJECT

public:
    explicit PasswordAsker(std::shared_ptr<Keyring> keyring, QObject* parent = nullptr);
    ~PasswordAsker() override;

    /// For setPasswordPrompt(); may outlive this object, and then answers nothing.
    [[nodiscard]] PasswordPrompt prompt() const;
    /// Over which the dialog opens.
    void setWindow(QWidget* window);

public slots:
    /// Nobody wants an answer any more: what was asked for is being closed. What was declined may
    /// be asked again.
    void cancel();
    /// The servers have taken what was typed: now it goes into the keyring, if it was asked to.
    void keepWhatWorked();

signals:
    /// The keyring did not take a password.
    void keepingFailed(const QString& reason);

private:
    struct Question;
    struct Desk;

    void take(const std::shared_ptr<Question>& question);
    void lookInKeyring(const std::shared_ptr<Question>& question, const QString& obstacle);
    void show(const std::shared_ptr<Question>& question, const QString& obstacle, bool isKept);
    void answer(Question& question, const std::optional<QByteArray>& secret);
    void closeDialog();

    const std::shared_ptr<Keyring> m_keyring;
    std::shared_ptr<Desk> m_desk; ///< Where questions wait.
    QPointer<QWidget> m_window;
    QPointer<PasswordDialog> m_dialog;
    QHash<QString, QByteArray> m_toKeep; ///< By location, until it is known to be right.
    QSet<QString> m_declined; ///< Locations; one that reconnects by itself does not ask for ever.
};

} // namespace eventloupe
