#pragma once

#include <QWidget>

class QLineEdit;
class QPushButton;
class QRadioButton;

namespace eventloupe {

/// Where an import goes: into the open store, or into a store that is made for it.
class TargetForm final : public QWidget {
    Q_OBJECT

public:
    /// `file` is what is imported; a new store is proposed beside it.
    explicit TargetForm(const QString& file, QWidget* parent = nullptr);

    /// Offers the open store, and chooses it unless it is read-only.
    void setOpenStore(const QString& location, const QString& readOnlyReason);
    /// Empty for the open store.
    [[nodiscard]] QString newStore() const;
    /// Why there is no import into what is chosen; empty when there may be.
    [[nodiscard]] QString problem() const;

signals:
    void edited();

private:
    void browse();

    QRadioButton* m_open;
    QRadioButton* m_new;
    QLineEdit* m_path;
    QPushButton* m_browse;
};

} // namespace eventloupe
