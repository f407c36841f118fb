#pragma once

#include "support/markupstore.h"
#include "support/textwalk.h"
#include "support/windowbench.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <functional>

class QAbstractItemView;
class QAction;
class QDialog;
class QMenu;
class QUrl;

namespace eventloupe {

/// What nobody may ask for: a picture of this machine's port, and a link of any kind.
class Outside final : public QObject {
    Q_OBJECT

public:
    Outside();
    ~Outside() override;

    [[nodiscard]] quint16 port() const { return m_port; }

    int asked = 0;
    int opened = 0;

public slots:
    void open(const QUrl& url);

private:
    int m_socket;
    quint16 m_port = 0;
    QSocketNotifier m_notifier;
};

/// A window on a store of markup. What opens over it, menus and dialogs, is looked at and closed.
class MarkupBench : public WindowBench {
public:
    MarkupBench();

    /// Lets the workers answer, and looks.
    void settle(int milliseconds = 300);
    /// Looks until a text with the word was met; false where none is.
    [[nodiscard]] bool sees(const QString& word);
    /// The same for a window, by its object name or class.
    [[nodiscard]] bool seesWindow(const QString& name);

    /// Opens the menu that a person would get there.
    void openMenu(QWidget& widget, const QPoint& place);
    /// Those of a view's first rows.
    void openMenus(QAbstractItemView& view);
    /// All entries of a menu and of those below it.
    void triggerAll(const QMenu& menu);
    /// By its text without "&"; null where there is none.
    [[nodiscard]] QAction* action(const QString& text);

    Outside outside;
    MarkupStore store;
    TextWalk walk;
    std::function<void(QDialog&)> visit; ///< Uses a dialog and closes it.

private:
    void clearTop();
    [[nodiscard]] bool looksUntil(const std::function<bool()>& isMet);

    QTimer m_janitor;
    bool m_isLooking = false;
};

} // namespace eventloupe
