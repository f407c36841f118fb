#pragma once

#include <QIdentityProxyModel>

namespace eventloupe {

/// Decorates the stream list for a view: headers of categories are bold with their count, streams
/// stand below them, what was deleted is struck out. Texts are made visible, tool tips plain.
class StreamDisplayModel final : public QIdentityProxyModel {
    Q_OBJECT

public:
    explicit StreamDisplayModel(QObject* parent = nullptr);

    /// Whose palette, font and scale the decoration is made for.
    void setLookOf(const QWidget* widget);
    /// While a search flattens the list, names are not indented.
    void setFlat(bool flat);

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QVariant text(const QModelIndex& index) const;
    [[nodiscard]] QString headerText(const QModelIndex& index) const;
    [[nodiscard]] QVariant font(const QModelIndex& index) const;
    [[nodiscard]] QVariant toolTip(const QModelIndex& index) const;
    [[nodiscard]] bool isHeader(const QModelIndex& index) const;
    [[nodiscard]] bool isGone(const QModelIndex& index) const;

    const QWidget* m_look = nullptr;
    bool m_flat = false;
};

} // namespace eventloupe
