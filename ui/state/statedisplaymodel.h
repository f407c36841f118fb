#pragma once

#include <QIdentityProxyModel>

namespace eventloupe {

/// Decorates a state tree for a view: what the last event added, removed or changed has a sign and
/// a colour. Texts are made visible, tool tips plain.
class StateDisplayModel final : public QIdentityProxyModel {
    Q_OBJECT

public:
    explicit StateDisplayModel(QObject* parent = nullptr);

    /// Whose palette and font the decoration is made for.
    void setLookOf(const QWidget* widget);

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] QString text(const QModelIndex& index) const;
    [[nodiscard]] QString toolTip(const QModelIndex& index) const;
    [[nodiscard]] QVariant foreground(const QModelIndex& index) const;
    [[nodiscard]] QVariant font(const QModelIndex& index) const;

    const QWidget* m_look = nullptr;
};

} // namespace eventloupe
