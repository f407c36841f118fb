#include "ui/command/flowgrid.h"

#include <QTest>
#include <QWidget>

using namespace eventloupe;

/// Where the cells of a form come to stand.
class FlowGridTest final : public QObject {
    Q_OBJECT

private:
    /// A cell that asks for so many columns, 20 pixels high.
    static QWidget* makeCell(QWidget& form, int columns)
    {
        auto* cell = new QWidget;
        cell->setFixedHeight(20);
        cell->setProperty("columns", columns);
        form.layout()->addWidget(cell);
        return cell;
    }

private slots:
    void cellsTakeTheColumnsTheyAskFor()
    {
        QWidget form;
        auto* grid = new FlowGrid(10, &form);
        grid->setContentsMargins(0, 0, 0, 0);
        grid->setSpacing(10);
        const int column = 10 * form.fontMetrics().averageCharWidth();
        auto* first = makeCell(form, 1);
        auto* doubled = makeCell(form, 2);
        auto* last = makeCell(form, 2);
        grid->setGeometry({ 0, 0, 3 * column + 20, 200 });
        QCOMPARE(first->geometry(), QRect(0, 0, column, 20));
        QCOMPARE(doubled->geometry(), QRect(column + 10, 0, 2 * column + 10, 20));
        QCOMPARE(last->geometry(), QRect(0, 30, 2 * column + 10, 20));
    }

    void aNarrowFormHasOneColumn()
    {
        QWidget form;
        auto* grid = new FlowGrid(10, &form);
        grid->setContentsMargins(0, 0, 0, 0);
        auto* doubled = makeCell(form, 2);
        const int width = 15 * form.fontMetrics().averageCharWidth();
        grid->setGeometry({ 0, 0, width, 200 });
        QCOMPARE(doubled->width(), width);
    }
};

QTEST_MAIN(FlowGridTest)
#include "tst_flowgrid.moc"
