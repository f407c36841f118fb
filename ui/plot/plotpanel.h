#pragma once

#include "plot/streamplots.h"
#include "ui/plot/plotview.h"

#include <QWidget>

class QComboBox;
class QListWidget;
class QToolButton;

namespace eventloupe {

class CursorFrame;
class PlainLabel;
class TimeCursor;

/// The plot of fields over time: the lines, what they are of, and their values as CSV. A value
/// moves the time cursor to its event.
class PlotPanel final : public QWidget {
    Q_OBJECT

public:
    PlotPanel(
        StreamPlots& plots, TimeCursor& cursor, CursorFrame& frame, QWidget* parent = nullptr);

    /// Adds a line; says why not where there are too many.
    void add(const PlotField& field);
    /// Adds to each plotted field of a stream the same one of another stream.
    void addStream(const QString& stream);
    void clear();
    [[nodiscard]] PlotView& view() const { return *m_view; }
    /// What is drawn, as CSV.
    [[nodiscard]] QByteArray csv() const;

signals:
    /// Something to be told in the status bar.
    void said(const QString& message);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeTop();
    void showSeries();
    void showFields();
    void tell();
    void remove(int row);
    void copy();
    void save();

    StreamPlots& m_plots;
    TimeCursor& m_cursor;
    PlotView* m_view;
    QComboBox* m_axis;
    QToolButton* m_copy;
    QToolButton* m_save;
    QToolButton* m_clear;
    QListWidget* m_list;
    PlainLabel* m_told;
};

} // namespace eventloupe
