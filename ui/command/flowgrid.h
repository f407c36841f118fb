#pragma once

#include <QLayout>
#include <QList>

namespace eventloupe {

/// Cells in as many equal columns as fit, row by row, each as high as its row needs. A widget with
/// the dynamic property "wide" has a row of its own, one with the number "columns" as many columns
/// as that, or all where there are fewer.
class FlowGrid final : public QLayout {
    Q_OBJECT

public:
    /// A further column comes when each can be this many characters wide.
    FlowGrid(int columnCharacters, QWidget* parent);
    ~FlowGrid() override;

    void addItem(QLayoutItem* item) override;
    [[nodiscard]] int count() const override;
    [[nodiscard]] QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    void setGeometry(const QRect& rect) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }

private:
    [[nodiscard]] int columnWidth() const;
    [[nodiscard]] int columnsIn(int width) const;
    /// Lays the cells out, or only measures; returns the height.
    int arrange(const QRect& rect, bool measureOnly) const;

    int m_columnCharacters;
    QList<QLayoutItem*> m_items;
};

} // namespace eventloupe
