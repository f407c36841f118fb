#pragma once

#include <QList>
#include <QString>

class QAction;
class QWidget;

namespace eventloupe {

/// What a person could reach now: an open popup, else the dialog that has to be answered first,
/// else `window` and what is open beside it.
[[nodiscard]] QList<QWidget*> topsNow(QWidget& window);
/// The visible, enabled parts of a window, without those that are windows themselves.
[[nodiscard]] QList<QWidget*> partsOf(QWidget& top);
/// Those of them that something can be done with.
[[nodiscard]] QList<QWidget*> usefulPartsOf(QWidget& top);
/// The enabled actions of the window's menus and tool bars that do something.
[[nodiscard]] QList<QAction*> actionsOf(QWidget& window);
/// An action's text with its menus' before it: "File > New > Store".
[[nodiscard]] QString nameOf(const QAction& action, QWidget& window);

/// Class, object name and a number among those with the same: a name that the same walk gives the
/// same widget.
[[nodiscard]] QString nameOf(QWidget& widget);
/// The widget of that name in what can be reached now; nullptr where there is none.
[[nodiscard]] QWidget* widgetNamed(const QString& name, QWidget& window);

} // namespace eventloupe
