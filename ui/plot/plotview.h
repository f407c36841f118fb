#pragma once

#include "plot/plotseries.h"

#include <QWidget>

#include <optional>

class QPainter;

namespace eventloupe {

/// What a plot's horizontal axis counts.
enum class PlotAxis { Versions, Positions, Times };

/// Draws lines in steps over versions, positions or time, with the time cursor as a line. Pointing
/// at a value tells its event, a click goes there. With the keyboard: Left and Right go from value
/// to value of a line, Up and Down to another line, Home and End to its ends, Return goes to the
/// event. Costs what is drawn: lines are thinned out before.
class PlotView final : public QWidget {
    Q_OBJECT

public:
    explicit PlotView(QWidget* parent = nullptr);

    void setSeries(const std::vector<PlotSeries>& series);
    void setAxis(PlotAxis axis);
    [[nodiscard]] PlotAxis axis() const { return m_axis; }
    /// The time cursor: a position, and its event where that is known.
    void setCursor(qint64 position, const std::optional<Event>& event);
    /// What is told where there is nothing to draw.
    void setEmptyText(const QString& text);

    /// A value of a line.
    struct Pick {
        std::size_t series = 0;
        std::size_t point = 0;
        friend bool operator==(const Pick&, const Pick&) = default;
    };
    /// That is pointed at, or was reached by the keyboard.
    [[nodiscard]] const std::optional<Pick>& picked() const { return m_picked; }
    /// "total of order-7: 12.5 at version 3, #8,120, 2026-03-01 14:03:22"
    [[nodiscard]] QString textOf(const Pick& pick) const;
    /// The value that is nearest to a place, and not too far from it.
    [[nodiscard]] std::optional<Pick> pickAt(const QPointF& at) const;
    /// Where a value is drawn.
    [[nodiscard]] QPointF pointOf(const Pick& pick) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// A value's event was chosen.
    void activated(qint64 position);
    /// Another value is picked, or none: what textOf() says of it.
    void pickChanged(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Range {
        double low = 0;
        double high = 1;
        [[nodiscard]] double share(double value) const { return (value - low) / (high - low); }
    };
    void measure();
    void describe();
    void pick(const std::optional<Pick>& pick);
    void step(int points);
    void stepLine(int lines);
    [[nodiscard]] double axisOf(const PlotPoint& point) const;
    [[nodiscard]] double endOf(const PlotSeries& series) const;
    [[nodiscard]] double axisOfCursor() const;
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] QPointF place(double along, double value) const;
    [[nodiscard]] QString axisText(double along) const;
    void drawGrid(QPainter& painter) const;
    void drawSeries(QPainter& painter, std::size_t number) const;
    void drawCursor(QPainter& painter) const;
    void drawPick(QPainter& painter) const;

    std::vector<PlotSeries> m_series;
    PlotAxis m_axis = PlotAxis::Versions;
    qint64 m_cursor = 0;
    std::optional<Event> m_cursorEvent;
    QString m_emptyText;
    std::optional<Pick> m_picked;
    Range m_along;
    Range m_values;
    bool m_isEmpty = true;
};

} // namespace eventloupe
