#pragma once

#include <QDir>
#include <QPoint>
#include <QString>
#include <QWidget>

#include <functional>

class QAbstractItemView;

namespace eventloupe {

/// Drives a window as a person does: synthesised mouse and keyboard on widgets that are found by
/// object name, under any platform plugin. Keeps count of what differed from what was expected.
/// GUI thread.
class Driver {
public:
    /// Pictures go to `folder`, which exists.
    Driver(QWidget& window, const QDir& folder);

    /// The visible widget of that object name, in the window or the dialog on top; when there is
    /// none within twenty seconds, that is a difference and nullptr is returned.
    QWidget* find(const QString& name);
    template <class T> T* find(const QString& name) { return qobject_cast<T*>(find(name)); }
    /// The same without waiting: nullptr when it is not to be seen now.
    [[nodiscard]] QWidget* visible(const QString& name) const;

    void click(const QString& name);
    /// Clicks, selects what is there, and types over it.
    void type(const QString& name, const QString& text);
    /// Chooses an entry of a combo box by its text, with the keyboard.
    void choose(const QString& name, const QString& text);
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// Presses at `from`, moves in steps, and releases at `to`.
    void drag(QWidget& widget, QPoint from, QPoint to);
    /// Clicks the row of a view whose first column reads as given.
    void clickRow(QAbstractItemView& view, const QString& text);

    /// Runs the event loop until the condition holds; after twenty seconds that is a difference.
    bool waitFor(const QString& what, const std::function<bool()>& condition);
    /// A difference unless both are equal; prints either way.
    void expect(const QString& what, const QString& actual, const QString& expected);
    void fail(const QString& what);

    /// A picture of the window, or of the dialog on top of it: NN-NAME.png.
    void picture(const QString& name);

    [[nodiscard]] int differences() const { return m_differences; }

private:
    QWidget* top() const;

    QWidget& m_window;
    QDir m_folder;
    int m_pictures = 0;
    int m_differences = 0;
};

} // namespace eventloupe
