#pragma once

#include <QIdentityProxyModel>

class QWidget;

namespace eventloupe {

/// How the rows of a projection look: numbers at the right, a sign on a row into which an event
/// could not be folded, and what the log holds made visible.
class ProjectionDisplayModel final : public QIdentityProxyModel {
    Q_OBJECT

public:
    explicit ProjectionDisplayModel(QObject* parent = nullptr);
    void setLookOf(const QWidget* widget);

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    const QWidget* m_look = nullptr;
};

} // namespace eventloupe
