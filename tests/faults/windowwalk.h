#pragma once

#include "app/workbench.h"
#include "ui/window/mainwindow.h"
#include "ui/window/session.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTimer>

namespace eventloupe {

/// One round of windowkills: the whole program in a folder with a workspace and a session, its
/// random walk, and its end.
class WindowWalk final : public QObject {
    Q_OBJECT

public:
    static constexpr int turnMilliseconds = 100;

    /// Does not return: the process is killed.
    static int run(const QString& folder, quint32 seed);

private:
    WindowWalk(const QString& folder, quint32 seed);

    void open(const QString& workspace);
    void settle();
    void turn();
    void act();
    void typeInto(const QString& objectName);
    void typeIntoForm();
    void typeIntoDefinition();
    void typeIntoEvent();
    void changeBranch();
    void record();
    void write(const QByteArray& line);
    [[nodiscard]] bool isSettled();
    [[nodiscard]] QByteArray place();
    [[nodiscard]] int random(int below) { return m_random.bounded(below); }
    [[nodiscard]] QString word();

    QRandomGenerator m_random;
    bool m_hasFolder; ///< For the session, before there is one.
    Session m_session;
    Workbench m_workbench;
    MainWindow m_window;
    QFile m_trace;
    QTimer m_settle;
    QTimer m_turns;
    qint64 m_turn = 0;
    int m_calm = 0; ///< Looks in a row that found all settled.
    QByteArray m_last; ///< That was written.
};

} // namespace eventloupe
