#include "monkey/performer.h"

#include "monkey/targets.h"
#include "store/openstore.h"
#include "support/windowbench.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDropEvent>
#include <QHelpEvent>
#include <QMimeData>
#include <QPointer>
#include <QTabBar>
#include <QTest>
#include <QUrl>
#include <QWheelEvent>

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

constexpr qsizetype longestTyped = 40; ///< Characters; a longer text is pasted.

/// The widget below the point that a display would send the event to.
QPointer<QWidget> receiverAt(QWidget& widget, QPoint& at)
{
    QWidget* const child = widget.childAt(at);
    if (child == nullptr)
        return &widget;
    at = child->mapFrom(&widget, at);
    return child;
}

void sendMouse(const QPointer<QWidget>& to, QEvent::Type type, QPoint at, Qt::MouseButton button,
    Qt::MouseButtons buttons)
{
    if (!to)
        return;
    QMouseEvent event(type, at, to->mapToGlobal(QPointF(at)), button, buttons, Qt::NoModifier);
    QApplication::sendEvent(to, &event);
}

void click(const QPointer<QWidget>& to, QPoint at, Qt::MouseButton button)
{
    if (to)
        to->setFocus(Qt::MouseFocusReason);
    sendMouse(to, QEvent::MouseButtonPress, at, button, button);
    sendMouse(to, QEvent::MouseButtonRelease, at, button, Qt::NoButton);
}

void rightClick(const QPointer<QWidget>& to, QPoint at)
{
    click(to, at, Qt::RightButton);
    if (!to)
        return;
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, to->mapToGlobal(at));
    QApplication::sendEvent(to, &event);
}

void drag(const QPointer<QWidget>& to, QPoint from, QPoint end)
{
    constexpr int moves = 6;
    sendMouse(to, QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton);
    for (int i = 1; i <= moves; ++i)
        sendMouse(to, QEvent::MouseMove, from + (end - from) * i / moves, Qt::NoButton,
            Qt::LeftButton);
    sendMouse(to, QEvent::MouseButtonRelease, end, Qt::LeftButton, Qt::NoButton);
}

void turnWheel(QWidget& to, QPoint at, int notches)
{
    QWheelEvent event(at, to.mapToGlobal(QPointF(at)), {}, { 0, notches * 120 }, Qt::NoButton,
        Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&to, &event);
}

void hover(const QPointer<QWidget>& to, QPoint at)
{
    sendMouse(to, QEvent::MouseMove, at, Qt::NoButton, Qt::NoButton);
    if (!to)
        return;
    QHelpEvent event(QEvent::ToolTip, at, to->mapToGlobal(at));
    QApplication::sendEvent(to, &event);
}

/// As a keyboard or an input method sends what is no key of its own.
void sendText(const QPointer<QWidget>& to, const QString& text)
{
    for (const QChar character : text) {
        for (const auto type : { QEvent::KeyPress, QEvent::KeyRelease }) {
            QKeyEvent event(type, 0, Qt::NoModifier, QString(character));
            if (to)
                QApplication::sendEvent(to, &event);
        }
    }
}

void sendKey(const QPointer<QWidget>& to, QKeyCombination key)
{
    if (to)
        QTest::keyClick(to.data(), key.key(), key.keyboardModifiers());
}

} // namespace

Performer::Performer(WindowBench& bench, QString folder)
    : m_bench(bench)
    , m_folder(std::move(folder))
{
}

QString Performer::pathOf(const QString& name) const
{
    return m_folder + u'/' + name;
}

QWidget* Performer::widgetOf(const Step& step) const
{
    return widgetNamed(step.target, m_bench.window());
}

bool Performer::perform(const Step& step)
{
    switch (step.kind) {
    case Step::Kind::Trigger:
        return trigger(step);
    case Step::Kind::Key:
        return pressKey(step);
    case Step::Kind::Type:
        return type(step);
    case Step::Kind::Choose:
        return choose(step);
    case Step::Kind::Escape:
        return leave(step);
    case Step::Kind::Open:
        drop(pathOf(step.text));
        return true;
    case Step::Kind::Close:
        emit m_bench.window().closeAsked();
        return true;
    case Step::Kind::Append:
        append(step.number);
        return true;
    case Step::Kind::Resize:
        m_bench.window().resize(step.at.x(), step.at.y());
        return true;
    case Step::Kind::Restart:
    case Step::Kind::Wait:
        return true;
    default:
        return press(step);
    }
}

bool Performer::trigger(const Step& step)
{
    for (QAction* const action : actionsOf(m_bench.window())) {
        if (nameOf(*action, m_bench.window()) == step.text) {
            action->trigger();
            return true;
        }
    }
    return false;
}

bool Performer::press(const Step& step)
{
    QWidget* const widget = widgetOf(step);
    if (widget == nullptr)
        return false;
    QPoint at = step.at;
    const auto to = receiverAt(*widget, at);
    switch (step.kind) {
    case Step::Kind::DoubleClick:
        click(to, at, Qt::LeftButton);
        sendMouse(to, QEvent::MouseButtonDblClick, at, Qt::LeftButton, Qt::LeftButton);
        sendMouse(to, QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton);
        break;
    case Step::Kind::RightClick:
        rightClick(to, at);
        break;
    case Step::Kind::Drag:
        drag(to, at, at + step.to - step.at);
        break;
    case Step::Kind::Wheel:
        turnWheel(*to, at, step.number);
        break;
    case Step::Kind::Hover:
        hover(to, at);
        break;
    default:
        click(to, at, Qt::LeftButton);
    }
    return true;
}

bool Performer::pressKey(const Step& step)
{
    QWidget* widget = step.target.isEmpty() ? QApplication::focusWidget() : widgetOf(step);
    if (auto* const popup = QApplication::activePopupWidget(); popup && step.target.isEmpty())
        widget = popup;
    if (widget == nullptr)
        widget = &m_bench.window();
    // As a display does, which gives nothing to what is behind a modal dialog.
    if (auto* const modal = QApplication::activeModalWidget();
        modal && QApplication::activePopupWidget() == nullptr && widget->window() != modal)
        widget = modal;
    if (!step.target.isEmpty())
        widget->setFocus();
    sendKey(widget, QKeyCombination::fromCombined(step.number));
    return true;
}

bool Performer::type(const Step& step)
{
    const QPointer<QWidget> field = widgetOf(step);
    if (!field)
        return false;
    field->setFocus();
    sendKey(field, QKeyCombination(Qt::CTRL, Qt::Key_A));
    sendKey(field, Qt::Key_Delete);
    if (step.text.size() > longestTyped) {
        QApplication::clipboard()->setText(step.text);
        sendKey(field, QKeyCombination(Qt::CTRL, Qt::Key_V));
    } else {
        sendText(field, step.text);
    }
    if (step.number != 0)
        sendKey(field, QKeyCombination::fromCombined(step.number));
    return true;
}

bool Performer::choose(const Step& step)
{
    QWidget* const widget = widgetOf(step);
    if (auto* const combo = qobject_cast<QComboBox*>(widget); combo && combo->count() > 0) {
        const int row = step.number % combo->count();
        combo->setCurrentIndex(row);
        emit combo->activated(row); // As a person's choice, which some of the program wait for.
    } else if (auto* const tabs = qobject_cast<QTabBar*>(widget); tabs && tabs->count() > 0) {
        tabs->setCurrentIndex(step.number % tabs->count());
    } else if (auto* const view = qobject_cast<QAbstractItemView*>(widget);
               view && view->model() && view->model()->rowCount() > 0) {
        const auto* const model = view->model();
        view->setCurrentIndex(model->index(step.number % model->rowCount(), 0));
    } else {
        return false;
    }
    return true;
}

/// Escape, and where that does not help, its frame's close button.
bool Performer::leave(const Step& step)
{
    QPointer<QWidget> top = QApplication::activePopupWidget();
    if (!top)
        top = QApplication::activeModalWidget();
    if (!top && !step.target.isEmpty())
        top = widgetOf(step);
    if (!top) {
        sendKey(&m_bench.window(), Qt::Key_Escape);
        return true;
    }
    sendKey(top, Qt::Key_Escape);
    if (top && top->isVisible())
        top->close();
    return true;
}

void Performer::drop(const QString& path)
{
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(path) });
    QWidget& window = m_bench.window();
    const QPoint at(window.width() / 2, window.height() / 2);
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    if (!enter.isAccepted())
        return;
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &drop);
}

void Performer::append(int count)
{
    const QString location = m_bench.workbench().parts().client.location();
    // Other libraries' stores cannot be written, and a store that is busy is left alone.
    if (!location.endsWith(QStringLiteral(".eventlog")))
        return;
    const auto store = openStore(location, OpenMode::ReadWrite);
    if (!store)
        return;
    AppendRequest request;
    request.stream = QStringLiteral("user-%1").arg(m_appended % 5);
    for (int i = 0; i < count; ++i) {
        NewEvent event;
        event.type = QStringLiteral("CHANGED");
        event.data = "{\"n\":" + QByteArray::number(++m_appended) + '}';
        request.events.append(event);
    }
    static_cast<void>((*store)->append(request));
}

} // namespace eventloupe
