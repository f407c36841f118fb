#include "monkey/targets.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSlider>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QTabBar>
#include <QToolBar>

namespace eventloupe {

namespace {

bool isToolTip(const QWidget& widget)
{
    return widget.windowType() == Qt::ToolTip || widget.windowType() == Qt::Desktop;
}

bool isUseful(QWidget& widget)
{
    if (qobject_cast<QAbstractButton*>(&widget) || qobject_cast<QLineEdit*>(&widget)
        || qobject_cast<QComboBox*>(&widget) || qobject_cast<QAbstractSlider*>(&widget)
        || qobject_cast<QTabBar*>(&widget))
        return true;
    if (auto* const area = qobject_cast<QAbstractScrollArea*>(widget.parentWidget()))
        return area->viewport() == &widget;
    // What the program paints and drives by itself.
    return widget.focusPolicy() != Qt::NoFocus
        || QByteArrayView(widget.metaObject()->className()).startsWith("eventloupe::");
}

void addActions(const QList<QAction*>& given, QList<QAction*>& all)
{
    for (QAction* const action : given) {
        if (auto* const menu = action->menu())
            addActions(menu->actions(), all);
        else if (action->isEnabled() && action->isVisible() && !action->isSeparator()
            && !action->text().isEmpty())
            all.append(action);
    }
}

bool findPath(const QList<QAction*>& given, const QAction& action, QStringList& path)
{
    for (const QAction* const each : given) {
        path.append(each->text());
        if (each == &action || (each->menu() && findPath(each->menu()->actions(), action, path)))
            return true;
        path.removeLast();
    }
    return false;
}

} // namespace

QList<QWidget*> topsNow(QWidget& window)
{
    if (auto* const popup = QApplication::activePopupWidget())
        return { popup };
    if (auto* const dialog = QApplication::activeModalWidget())
        return { dialog };
    QList<QWidget*> tops { &window };
    for (QWidget* const each : QApplication::topLevelWidgets()) {
        if (each != &window && each->isVisible() && !isToolTip(*each)
            && each->windowType() != Qt::Popup)
            tops.append(each);
    }
    return tops;
}

QList<QWidget*> partsOf(QWidget& top)
{
    QList<QWidget*> parts;
    for (QWidget* const each : top.findChildren<QWidget*>()) {
        if (each->window() == top.window() && each->isVisible() && each->isEnabled()
            && !each->size().isEmpty() && !qobject_cast<QMenu*>(each))
            parts.append(each);
    }
    return parts;
}

QList<QWidget*> usefulPartsOf(QWidget& top)
{
    QList<QWidget*> useful;
    for (QWidget* const each : partsOf(top)) {
        if (isUseful(*each))
            useful.append(each);
    }
    return useful;
}

QList<QAction*> actionsOf(QWidget& window)
{
    QList<QAction*> all;
    if (auto* const main = qobject_cast<QMainWindow*>(&window))
        addActions(main->menuBar()->actions(), all);
    for (const QToolBar* const bar : window.findChildren<QToolBar*>())
        addActions(bar->actions(), all);
    addActions(window.actions(), all);
    return all;
}

QString nameOf(const QAction& action, QWidget& window)
{
    QStringList path;
    auto* const main = qobject_cast<QMainWindow*>(&window);
    if (main && findPath(main->menuBar()->actions(), action, path))
        return path.join(QStringLiteral(" > "));
    return action.text();
}

QString nameOf(QWidget& widget)
{
    const auto kind = [](const QWidget& each) {
        return QString::fromLatin1(each.metaObject()->className()) + u'/' + each.objectName();
    };
    const QString own = kind(widget);
    int number = 0;
    for (QWidget* const each : partsOf(*widget.window())) {
        if (each == &widget)
            break;
        if (kind(*each) == own)
            ++number;
    }
    return own + u'/' + QString::number(number);
}

QWidget* widgetNamed(const QString& name, QWidget& window)
{
    for (QWidget* const top : topsNow(window)) {
        if (nameOf(*top) == name)
            return top;
        for (QWidget* const each : partsOf(*top)) {
            if (nameOf(*each) == name)
                return each;
        }
    }
    return nullptr;
}

} // namespace eventloupe
