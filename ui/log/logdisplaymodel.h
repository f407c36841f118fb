#pragma once

#include "value/event.h"

#include <QIdentityProxyModel>
#include <QPixmap>

namespace eventloupe {

class CursorFrame;

/// Decorates log rows for a view: rows after the cursor are dimmed, the cursor's row has a sign and
/// a ground, streams have their category's colour, events that failed have a warning sign. Texts
/// are made visible, tool tips plain. Shows figures grouped.
class LogDisplayModel final : public QIdentityProxyModel {
    Q_OBJECT

public:
    explicit LogDisplayModel(CursorFrame& frame, QObject* parent = nullptr);

    /// Whose palette, font and scale the decoration is made for.
    void setLookOf(const QWidget* widget);

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QVariant text(const QModelIndex& index) const;
    [[nodiscard]] QVariant toolTip(const QModelIndex& index) const;
    [[nodiscard]] QVariant decoration(const QModelIndex& index) const;
    [[nodiscard]] QVariant foreground(const QModelIndex& index) const;
    [[nodiscard]] Position positionAt(const QModelIndex& index) const;
    void announceCursor();

    CursorFrame& m_frame;
    const QWidget* m_look = nullptr;
};

} // namespace eventloupe
