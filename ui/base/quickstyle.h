#pragma once

#include <QProxyStyle>

namespace eventloupe {

/// Fusion with flat scroll bars, and with boxes to tick that show on a dark ground.
///
/// Fusion fills a scroll bar with gradients, which Qt spreads over its thread pool and then waits
/// for: with both cores at work that takes longer than all else of a frame, and the scroll bars of
/// log, streams and state change with every step of the time cursor. GUI thread.
class QuickStyle final : public QProxyStyle {
    Q_OBJECT

public:
    QuickStyle();

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
        QPainter* painter, const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget) const override;
};

} // namespace eventloupe
