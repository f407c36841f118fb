#pragma once

#include <QByteArray>
#include <QPoint>
#include <QString>

#include <optional>

namespace eventloupe {

/// One thing that the monkey does, so written down that it can be done again.
struct Step {
    enum class Kind {
        Trigger, ///< The action of a menu or tool bar whose text is `text`.
        Click,
        DoubleClick,
        RightClick,
        Drag, ///< From `at` to `to`.
        Wheel, ///< `number` notches.
        Hover, ///< The mouse comes and a tool tip is asked for.
        Key, ///< `number` is the key with its modifiers, as QKeyCombination::toCombined().
        Type, ///< `text` instead of what is there.
        Choose, ///< Row `number` of a combo box, list or tab bar.
        Escape, ///< Leaves what is on top.
        /// A file or folder of the scratch folder, by its name there, is dropped on the window.
        Open,
        Close, ///< Of the store.
        Append, ///< `number` events to the open store, by a connection of their own.
        Resize, ///< Of the window to `at`.
        Restart, ///< The window is closed and made anew.
        Wait, ///< `number` milliseconds.
    };

    Kind kind = Kind::Wait;
    QString target; ///< See nameOf(); empty where the step needs none.
    QString text;
    QPoint at;
    QPoint to;
    int number = 0;

    /// One JSON object without a line end.
    [[nodiscard]] QByteArray toLine() const;
    /// Nothing where the line is no step.
    [[nodiscard]] static std::optional<Step> fromLine(const QByteArray& line);
    [[nodiscard]] static QString kindName(Kind kind);
};

} // namespace eventloupe
