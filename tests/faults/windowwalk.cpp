#include "faults/windowwalk.h"

#include "app/gui.h"
#include "state/stateloader.h"
#include "state/subject.h"
#include "time/timecursor.h"
#include "ui/base/infobar.h"
#include "ui/branch/branchactions.h"
#include "ui/branch/eventdialog.h"
#include "ui/command/commandpanel.h"
#include "ui/command/schemaform.h"
#include "ui/domain/definitioneditor.h"
#include "ui/domain/definitionpage.h"
#include "ui/domain/domainpanel.h"
#include "ui/log/filterbar.h"
#include "ui/state/statepanel.h"
#include "value/json.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

namespace eventloupe {

namespace {

constexpr Position fewestEvents = 40; ///< That a branch leaves.
const QString definition = QStringLiteral("events/USER_RENAMED.json");

void killIn(int milliseconds)
{
    std::thread([milliseconds] {
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
        ::raise(SIGKILL);
    }).detach();
}

void trigger(MainWindow& window, const QString& text)
{
    for (auto* action : window.findChildren<QAction*>()) {
        if (action->text().remove(u'&') == text && action->isEnabled()) {
            action->trigger();
            return;
        }
    }
}

} // namespace

int WindowWalk::run(const QString& folder, quint32 seed)
{
    WindowWalk walk(folder, seed);
    return QApplication::exec();
}

WindowWalk::WindowWalk(const QString& folder, quint32 seed)
    : m_random(seed)
    , m_hasFolder(qputenv("EVENTLOUPE_CONFIG_DIR",
          QFile::encodeName(folder + QStringLiteral("/session"))))
    , m_window(m_workbench.parts(), m_session)
    , m_trace(folder + QStringLiteral("/trace"))
{
    // Some while all is still being opened.
    if (random(5) == 0)
        killIn(random(1200));
    if (!m_trace.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        qFatal("no trace");
    joinWindow(m_workbench, m_window);
    m_window.show();
    open(folder + QStringLiteral("/workspace"));
}

void WindowWalk::open(const QString& workspace)
{
    const auto last = m_session.text(QStringLiteral("open"));
    m_workbench.open(last.isEmpty() ? workspace : last);
    connect(&m_settle, &QTimer::timeout, this, &WindowWalk::settle);
    m_settle.start(50);
    connect(&m_turns, &QTimer::timeout, this, &WindowWalk::turn);
    // What follows from a step by and by.
    connect(&m_workbench.parts().state, &StateLoader::stateChanged, this, [this] {
        if (m_turns.isActive())
            record();
    });
}

bool WindowWalk::isSettled()
{
    const auto parts = m_workbench.parts();
    return parts.client.isOpen() && (!parts.branch.isActive() || parts.branch.overlay())
        && parts.state.view();
}

void WindowWalk::settle()
{
    m_calm = isSettled() ? m_calm + 1 : 0;
    if (m_calm < 10)
        return;
    m_settle.stop();
    const auto bar = m_window.findChild<InfoBar*>(QStringLiteral("infoBar"))->message();
    if (!bar.isEmpty()) {
        auto warning = JsonValue::emptyObject();
        warning.insert("warning", JsonValue::fromString(bar));
        write(warning.toJson());
    }
    record();
    killIn(300 + random(4000));
    m_turns.start(turnMilliseconds);
}

void WindowWalk::turn()
{
    ++m_turn;
    if (isSettled())
        act();
    m_last.clear();
    record();
}

QString WindowWalk::word()
{
    QString word;
    for (int i = 0; i <= random(4); ++i)
        word += QChar(u'a' + random(26));
    return word;
}

void WindowWalk::act()
{
    const auto parts = m_workbench.parts();
    const bool isModal = QApplication::activeModalWidget() != nullptr
        || m_window.findChild<EventDialog*>() != nullptr;
    switch (random(isModal ? 5 : 14)) {
    case 0:
    case 1:
        return typeIntoEvent();
    case 2:
    case 3:
        return typeIntoForm();
    case 4:
        return typeInto(QStringLiteral("watchEdit"));
    case 5:
        return typeInto(QStringLiteral("filterEdit"));
    case 6:
        return parts.cursor.moveTo(1 + random(60));
    case 7:
        return parts.cursor.moveToHead();
    case 8:
        return parts.subject.pin(QStringLiteral("user-%1").arg(random(7)));
    case 9:
        return parts.subject.follow();
    case 10:
        m_window.findChild<CommandPanel*>()->selectCommand(
            random(2) == 0 ? QStringLiteral("CREATE_USER") : QStringLiteral("RENAME_USER"));
        return;
    case 11:
        m_window.findChild<StatePanel*>()->selectField(
            random(2) == 0 ? QByteArray("/name") : QByteArray("/email"));
        return;
    case 12:
        return typeIntoDefinition();
    default:
        return changeBranch();
    }
}

void WindowWalk::typeInto(const QString& objectName)
{
    auto* line = m_window.findChild<QLineEdit*>(objectName);
    if (random(4) == 0)
        line->clear();
    QTest::keyClicks(line, word());
}

void WindowWalk::typeIntoForm()
{
    QList<QLineEdit*> lines;
    for (auto* line : m_window.findChild<SchemaForm*>()->findChildren<QLineEdit*>()) {
        if (line->objectName().startsWith(u"field:") && !line->isReadOnly())
            lines.append(line);
    }
    if (!lines.isEmpty())
        QTest::keyClicks(lines.at(random(int(lines.size()))), word());
}

void WindowWalk::typeIntoDefinition()
{
    auto* panel = m_window.findChild<DomainPanel*>();
    panel->openFile(definition);
    for (auto* page : panel->findChildren<DefinitionPage*>()) {
        if (page->path() == definition && page->isLoaded())
            page->editor().insertPlainText(word());
    }
}

void WindowWalk::typeIntoEvent()
{
    auto* dialog = m_window.findChild<EventDialog*>();
    if (!dialog)
        trigger(m_window, QStringLiteral("Edit Event on a Branch…"));
    else if (random(6) == 0)
        dialog->reject();
    else
        dialog->findChild<QPlainTextEdit*>(QStringLiteral("eventData"))->insertPlainText(word());
}

void WindowWalk::changeBranch()
{
    const auto parts = m_workbench.parts();
    const int choice = random(8);
    if (choice == 0)
        parts.branch.leave();
    else if (choice < 3)
        parts.branch.undo();
    else if (parts.cursor.head() > fewestEvents)
        parts.branch.skip({ 1 + random(fewestEvents) });
}

QByteArray WindowWalk::place()
{
    const auto parts = m_workbench.parts();
    const auto* panel = m_window.findChild<CommandPanel*>();
    auto place = JsonValue::emptyObject();
    // Of a branch that was not kept yet there are fewer when it is back.
    const qint64 position = std::min<qint64>(parts.cursor.position(), fewestEvents);
    place.insert("position", JsonValue::fromInt(parts.cursor.isLive() ? -1 : position));
    place.insert("pinned",
        JsonValue::fromString(parts.subject.isPinned() ? parts.subject.stream() : QString()));
    place.insert(
        "filter", JsonValue::fromString(m_window.findChild<FilterBar*>()->text()));
    place.insert("form", JsonValue::fromString(panel->saveDraft()));
    place.insert("watch",
        JsonValue::fromString(
            m_window.findChild<QLineEdit*>(QStringLiteral("watchEdit"))->text()));
    place.insert(
        "field", JsonValue::fromString(m_window.findChild<StatePanel*>()->keptField()));
    place.insert("definitions",
        JsonValue::fromString(m_window.findChild<DomainPanel*>()->unsavedTexts()));
    place.insert("event",
        JsonValue::fromString(m_window.findChild<BranchActions*>()->draft()));
    return place.toJson();
}

/// While a store is being opened there is nothing to tell: what was is kept.
void WindowWalk::record()
{
    if (!isSettled())
        return;
    const auto& branch = m_workbench.parts().branch;
    const QByteArray state = "\"place\":" + place() + ",\"branch\":"
        + (branch.isActive() ? branch.branch().toJson().toJson() : QByteArray("null"));
    if (state != m_last)
        write("{\"turn\":" + QByteArray::number(m_turn) + ',' + state + '}');
    m_last = state;
}

void WindowWalk::write(const QByteArray& line)
{
    m_trace.write(line + '\n');
}

} // namespace eventloupe
