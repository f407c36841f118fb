#pragma once

#include "store/storesecrets.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace eventloupe {

class PlainLabel;

/// Asks for the password of a server. What is typed is shown as dots and kept nowhere here.
class PasswordDialog final : public QDialog {
    Q_OBJECT

public:
    /// `obstacle` says why nothing can be kept in a keyring; empty where it can. `isKept`: there is
    /// a password in it already.
    PasswordDialog(const PasswordRequest& request, const QString& obstacle, bool isKept,
        QWidget* parent = nullptr);
    ~PasswordDialog() override; ///< Wipes what was typed.

    [[nodiscard]] QByteArray secret() const;
    [[nodiscard]] bool isToBeKept() const;

public slots:
    /// The keyring has forgotten it, or `fault` says why not.
    void showForgotten(const QString& fault);

signals:
    void forgetAsked();

private:
    QLineEdit* m_secret;
    QCheckBox* m_keep;
    QPushButton* m_forget;
    PlainLabel* m_note;
};

} // namespace eventloupe
