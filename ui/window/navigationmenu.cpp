#include "ui/window/navigationmenu.h"

#include "log/logfilter.h"
#include "state/subject.h"
#include "time/playback.h"
#include "time/streamstepper.h"
#include "time/timecursor.h"
#include "ui/base/icons.h"
#include "ui/time/timelineslider.h"
#include "ui/window/windowparts.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTextEdit>

namespace eventloupe {

namespace {

bool takesText(const QWidget* widget)
{
    if (const auto* edit = qobject_cast<const QPlainTextEdit*>(widget))
        return !edit->isReadOnly();
    if (const auto* edit = qobject_cast<const QTextEdit*>(widget))
        return !edit->isReadOnly();
    return qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget)
        || qobject_cast<const QComboBox*>(widget);
}

} // namespace

NavigationMenu::NavigationMenu(const WindowParts& parts, TimelineSlider& slider, QWidget& window)
    : QObject(&window)
    , m_menu(new QMenu(tr("&Navigate"), &window))
{
    addSteps(parts);
    m_menu->addSeparator();
    addPlayback(parts);
    m_menu->addSeparator();
    addMarks(parts, slider);
    connect(qApp, &QApplication::focusChanged, this,
        [this](QWidget*, QWidget* now) { watchFocus(now); });
    setStoreOpen(false);
}

void NavigationMenu::addSteps(const WindowParts& parts)
{
    auto* cursor = &parts.cursor;
    const auto add = [this, cursor](const QIcon& picture, const QString& text, int key, auto slot) {
        m_menu->addAction(picture, text, QKeySequence(key), cursor, slot);
    };
    add(icon(Symbol::Previous), tr("&Previous Event"), Qt::CTRL | Qt::Key_Up,
        [cursor] { cursor->stepBy(-1); });
    add(icon(Symbol::Next), tr("&Next Event"), Qt::CTRL | Qt::Key_Down,
        [cursor] { cursor->stepBy(1); });
    add({}, tr("Pre&vious in Stream"), Qt::CTRL | Qt::Key_Comma,
        [parts] { parts.stepper.previousInStream(parts.subject.stream()); });
    add({}, tr("Ne&xt in Stream"), Qt::CTRL | Qt::Key_Period,
        [parts] { parts.stepper.nextInStream(parts.subject.stream()); });
    add({}, tr("Previous &Match"), Qt::SHIFT | Qt::Key_F3,
        [parts] { parts.filter.moveToPreviousMatch(); });
    add({}, tr("Next Matc&h"), Qt::Key_F3, [parts] { parts.filter.moveToNextMatch(); });
    m_menu->addSeparator();
    add(icon(Symbol::First), tr("&First Event"), Qt::CTRL | Qt::Key_Home,
        [cursor] { cursor->moveToFirst(); });
    add(icon(Symbol::Last), tr("&Last Event"), Qt::CTRL | Qt::Key_End,
        [cursor] { cursor->moveToHead(); });
}

void NavigationMenu::addPlayback(const WindowParts& parts)
{
    auto* playback = &parts.playback;
    m_space = m_menu->addAction(icon(Symbol::Play), tr("P&lay or Pause"),
        QKeySequence(Qt::Key_Space), playback, &Playback::toggle);
    m_typed = {
        m_menu->addAction(
            tr("Play &Backwards"), QKeySequence(Qt::Key_J), playback, &Playback::playBackwards),
        m_menu->addAction(tr("Pau&se"), QKeySequence(Qt::Key_K), playback, &Playback::pause),
        m_menu->addAction(tr("Play F&orwards"), QKeySequence(Qt::Key_L), playback, &Playback::play),
    };
}

void NavigationMenu::addMarks(const WindowParts& parts, TimelineSlider& slider)
{
    auto* cursor = &parts.cursor;
    auto* marks = &slider;
    m_menu->addAction(icon(Symbol::Mark), tr("Set or Remove Mar&k"),
        QKeySequence(Qt::CTRL | Qt::Key_M), marks,
        [cursor, marks] { marks->toggleMark(cursor->position()); });
    m_menu->addAction(
        tr("Previous Mark"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Up), marks, [cursor, marks] {
            const auto next = marks->marks().lower_bound(cursor->position());
            if (next != marks->marks().begin())
                cursor->moveTo(*std::prev(next));
        });
    m_menu->addAction(
        tr("Next Mark"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Down), marks, [cursor, marks] {
            const auto next = marks->marks().upper_bound(cursor->position());
            if (next != marks->marks().end())
                cursor->moveTo(*next);
        });
}

void NavigationMenu::setStoreOpen(bool open)
{
    m_open = open;
    for (auto* action : m_menu->actions())
        action->setEnabled(open);
    watchFocus(QApplication::focusWidget());
}

void NavigationMenu::watchFocus(QWidget* now)
{
    // Space presses a focused button, and both keys write where there is text.
    const bool typing = takesText(now);
    for (auto* action : m_typed)
        action->setEnabled(m_open && !typing);
    m_space->setEnabled(m_open && !typing && !qobject_cast<QAbstractButton*>(now));
}

} // namespace eventloupe
