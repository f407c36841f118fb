#pragma once

#include "windowdriver.h"

#include <QMap>
#include <QRandomGenerator>
#include <QStringList>

#include <vector>

class QLineEdit;

namespace eventloupe {

/// Uses the real window at random, as a person without a plan does: scrolls, drags the slider,
/// filters, picks streams, sorts projections, exports, copies, opens the next store. A seed gives
/// the same choices again. GUI thread.
class WindowWalk {
public:
    /// What is exported goes to `scratch`, a folder that is there.
    WindowWalk(QStringList stores, QString scratch, quint32 seed);
    ~WindowWalk();

    void run(qint64 milliseconds);
    /// What was done, and how often.
    [[nodiscard]] const QMap<QString, int>& done() const { return m_done; }
    /// Stores that could not be opened, with each time that happened.
    [[nodiscard]] const QStringList& refused() const { return m_refused; }

private:
    struct Action {
        const char* name;
        int weight;
        void (WindowWalk::*act)();
    };
    static const std::vector<Action>& actions();

    void openAny();
    void jump();
    void drag();
    void scrollLog();
    void scrollStreams();
    void pressKeys();
    void filter();
    void stepToMatch();
    void pickStream();
    void searchStreams();
    void followCursor();
    void showTab();
    void showDock();
    void useProjection();
    void exportLog();
    void copyLog();
    void play();
    void resize();

    /// Runs the event loop for a while.
    void linger();
    void type(const char* edit, const QString& text);
    /// A widget of the window that is to be seen; nullptr where there is none.
    template <class T> T* seen(const char* name);
    template <class T> const T& oneOf(const QList<T>& list);

    QStringList m_stores;
    QString m_scratch;
    QRandomGenerator m_random;
    WindowDriver m_driver;
    QMap<QString, int> m_done;
    QStringList m_refused;
    bool m_isOpen = false;
};

} // namespace eventloupe
