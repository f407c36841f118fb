#pragma once

#include <QIdentityProxyModel>

class QWidget;

namespace eventloupe {

/// Decorates a field's history for a view: signs and colours for what changed, the row that the
/// cursor's value is of is bold, those after the cursor are dimmed.
class HistoryDisplayModel final : public QIdentityProxyModel {
    Q_OBJECT

public:
    explicit HistoryDisplayModel(QObject* parent = nullptr);

    /// Whose palette and font the decoration is made for.
    void setLookOf(const QWidget* widget);

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] static QString text(const QModelIndex& source);
    [[nodiscard]] static QString toolTip(const QModelIndex& source);
    [[nodiscard]] QVariant foreground(const QModelIndex& source) const;

    const QWidget* m_look = nullptr;
};

} // namespace eventloupe
