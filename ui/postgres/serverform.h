#pragma once

#include "ui/postgres/serverplace.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLineEdit;

namespace eventloupe {

class PlainLabel;

/// Where a server is, as an address and as fields, which follow each other as they are typed. A
/// password in the address is taken out of it, see admitLocation(). GUI thread.
class ServerForm final : public QWidget {
    Q_OBJECT

public:
    explicit ServerForm(QWidget* parent = nullptr);
    ~ServerForm() override;

    void setLocation(const QString& location);
    /// Without password; empty while problem() is not.
    [[nodiscard]] QString location() const;
    /// What keeps it from being tried, for people; empty where nothing does.
    [[nodiscard]] QString problem() const { return m_problem; }
    /// Whether a password was taken out of the address.
    [[nodiscard]] bool hasTakenSecret() const { return !m_secretFrom.isEmpty(); }

signals:
    void edited();

private:
    void build();
    QLineEdit* addField(
        const char* name, const QString& label, const QString& hint, QFormLayout& form);
    void addressTyped(const QString& text);
    void fieldTyped();
    void takeSecret();
    void buildEncryption(QFormLayout& form);
    void fill(const ServerPlace& place);
    /// What there is to fill in for the kind that is chosen.
    void fit();
    [[nodiscard]] ServerKind kind() const;
    void showPromise();
    void setProblem(const QString& problem);
    [[nodiscard]] ServerFields typed() const;

    QComboBox* m_kind;
    QLineEdit* m_address;
    QLineEdit* m_hosts = nullptr;
    QLineEdit* m_ports = nullptr;
    QLineEdit* m_database = nullptr;
    QLineEdit* m_user = nullptr;
    QLineEdit* m_schema = nullptr;
    QComboBox* m_service;
    QComboBox* m_tls;
    PlainLabel* m_promise;
    QString m_problem;
    /// The address that a password was taken out of; from its first use on with its host.
    mutable QString m_secretFrom;
    QString m_before; ///< The address before the last change, to tell a paste.
    ServerFields m_fields; ///< With what the form has no field for.
};

} // namespace eventloupe
