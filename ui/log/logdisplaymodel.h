#pragma once

#include "log/logcolumns.h"
#include "ui/base/theme.h"
#include "ui/log/eventnote.h"
#include "value/event.h"

#include <QHash>
#include <QIcon>
#include <QIdentityProxyModel>

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
    /// What rows say of a branch; none takes it away. The view is painted again.
    void setNotes(const EventNotes& notes);

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QVariant text(const QModelIndex& index) const;
    [[nodiscard]] QVariant toolTip(const QModelIndex& index) const;
    [[nodiscard]] QVariant decoration(const QModelIndex& index) const;
    [[nodiscard]] QVariant foreground(const QModelIndex& index) const;
    [[nodiscard]] EventLoss lossOf(const QModelIndex& index) const;
    [[nodiscard]] EventNote noteOf(const QModelIndex& index) const;
    [[nodiscard]] Position positionAt(const QModelIndex& index) const;
    void announceCursor();

    /// What cells are painted with again and again; made once for a palette, font and scale.
    struct Inks {
        qint64 palette = 0; ///< Its cache key.
        qreal scale = 0;
        int height = 0;
        Colours colours;
        QIcon here; ///< The cursor's sign.
        QIcon elsewhere;
        QHash<QRgb, QIcon> swatches; ///< By their colour: a category's may change.
    };
    [[nodiscard]] Inks& inks() const;

    CursorFrame& m_frame;
    const QWidget* m_look = nullptr;
    EventNotes m_notes;
    Position m_announced = 0; ///< The cursor's position that the view was told of.
    mutable Inks m_inks;
};

} // namespace eventloupe
