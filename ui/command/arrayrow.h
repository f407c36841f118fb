#pragma once

#include "ui/command/fieldspec.h"

#include <QWidget>

class QToolButton;

namespace eventloupe {

class FieldCell;
class PlainLabel;

/// One row of a list: its field, and buttons that move or remove it.
class ArrayRow final : public QWidget {
    Q_OBJECT

public:
    ArrayRow(const FieldSpec& spec, QWidget* parent);

    [[nodiscard]] FieldCell& cell() const { return *m_cell; }
    /// Its place among the rows of a list.
    void setPosition(const FieldSpec& list, qsizetype row, qsizetype count);
    /// As its buttons do, where they are enabled.
    void askToMove(int by);
    void askToRemove() { emit removeAsked(); }
    void collectTabWidgets(QList<QWidget*>& widgets) const;

signals:
    /// By -1 or 1.
    void moveAsked(int by);
    void removeAsked();

private:
    QToolButton* makeButton(const QString& text, const QString& keys);

    PlainLabel* m_number;
    FieldCell* m_cell;
    QToolButton* m_up;
    QToolButton* m_down;
    QToolButton* m_remove;
};

} // namespace eventloupe
