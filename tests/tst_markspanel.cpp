#include "support/samplestore.h"
#include "support/windowbench.h"
#include "time/marks.h"
#include "time/marksfile.h"
#include "time/playback.h"
#include "time/timecursor.h"
#include "ui/time/markspanel.h"
#include "ui/time/timelineslider.h"

#include <QApplication>
#include <QDockWidget>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace eventloupe;

namespace {

/// Empty where there is no file.
QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestMarksPanel final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void writesANoteByKey();
    void goesToAMarkAndRemovesIt();
    void keepsMarksBesideTheStore();
    void keepsANoteThatIsBeingWrittenInAFloatingPanel();
    void keepsANoteThatIsBeingWrittenWhileMarksChange();
    void keepsMarksOfTwoStoresApart();
    void loopsBetweenMarks();
    void goesBackAndForwardByKeys();
    void keepsHowItPlays();

private:
    [[nodiscard]] TimelineSlider& slider()
    {
        return *m_bench->find<TimelineSlider>("timelineSlider");
    }
    [[nodiscard]] QTreeView& view() { return *m_bench->find<QTreeView>("marksView"); }
    void press(int key, Qt::KeyboardModifiers modifiers)
    {
        QTest::keyClick(&m_bench->window(), Qt::Key(key), modifiers);
    }

    std::unique_ptr<SampleStore> m_store;
    std::unique_ptr<WindowBench> m_bench;
};

void TestMarksPanel::init()
{
    m_bench.reset();
    m_store = std::make_unique<SampleStore>(SampleStore::numbered(300));
    m_bench = std::make_unique<WindowBench>();
    QVERIFY(m_bench->open(m_store->location()));
}

void TestMarksPanel::writesANoteByKey()
{
    m_bench->cursor().moveTo(120);
    press(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(view().isVisible());
    auto* editor = view().findChild<QLineEdit*>();
    QVERIFY(editor);
    // Asked for once more, as by a double click on the button: it is being written.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("editing failed")));
    QTest::mouseClick(m_bench->find<QToolButton>("markAdd"), Qt::LeftButton);
    QCOMPARE(view().findChildren<QLineEdit*>(), QList<QLineEdit*> { editor });
    QTest::keyClicks(editor, QStringLiteral("wrong here"));
    QTest::keyClick(editor, Qt::Key_Return);
    // At once: with the next event, the marks may be another store's.
    QCOMPARE(view().model()->index(0, 1).data().toString(), QStringLiteral("wrong here"));
    QCOMPARE(slider().marks(), (std::set<Position> { 120 }));
    // Ctrl+M takes it away.
    press(Qt::Key_M, Qt::ControlModifier);
    QVERIFY(slider().marks().empty());
    QCOMPARE(view().model()->rowCount(), 0);
}

void TestMarksPanel::goesToAMarkAndRemovesIt()
{
    slider().toggleMark(10);
    slider().toggleMark(200);
    QCOMPARE(view().model()->rowCount(), 2);
    emit view().clicked(view().model()->index(0, 0));
    QCOMPARE(m_bench->cursor().position(), 10);
    auto* panel = m_bench->find<MarksPanel>("marksPanel");
    panel->editNote(200);
    QTest::keyClick(view().findChild<QLineEdit*>(), Qt::Key_Escape);
    view().setFocus();
    QMetaObject::invokeMethod(m_bench->find<QWidget>("markRemove"), "click");
    QCOMPARE(slider().marks(), (std::set<Position> { 10 }));
}

void TestMarksPanel::keepsMarksBesideTheStore()
{
    slider().toggleMark(42);
    const auto file = m_store->location() + QStringLiteral(".marks.json");
    QTRY_VERIFY(QFile::exists(file));
    m_bench->quit();
    m_bench = std::make_unique<WindowBench>(); // Another session.
    QVERIFY(m_bench->open(m_store->location()));
    QTRY_COMPARE(slider().marks(), (std::set<Position> { 42 }));
}

/// Closed with the window while it floats, the panel still keeps the note that is being written.
void TestMarksPanel::keepsANoteThatIsBeingWrittenInAFloatingPanel()
{
    const auto file = m_store->location() + QStringLiteral(".marks.json");
    auto* dock = m_bench->find<QDockWidget>("marksDock");
    dock->setFloating(true);
    dock->show();
    auto* panel = m_bench->find<MarksPanel>("marksPanel");
    dock->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(dock));
    panel->editNote(120);
    auto* editor = view().findChild<QLineEdit*>();
    QVERIFY(editor);
    QTRY_COMPARE(QApplication::focusWidget(), editor);
    QTest::keyClicks(editor, QStringLiteral("wrong here"));
    m_bench->quit();
    QTRY_VERIFY(contentOf(file).contains("wrong here"));
}

/// As another window on the same store changes them.
void TestMarksPanel::keepsANoteThatIsBeingWrittenWhileMarksChange()
{
    const auto file = m_store->location() + QStringLiteral(".marks.json");
    auto* marks = m_bench->window().findChild<Marks*>();
    auto* panel = m_bench->find<MarksPanel>("marksPanel");
    slider().toggleMark(10);
    m_bench->cursor().moveTo(120);
    press(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(contentOf(file).contains("\"position\": 120"));
    QTest::keyClicks(view().findChild<QLineEdit*>(), QStringLiteral("half a"));
    const std::pair<Position, QString> typed(120, QStringLiteral("half a"));
    // Another note, then another mark.
    QVERIFY(changeMarks(file, { { 10, Mark { QStringLiteral("theirs"), Timestamp::now() } } }));
    QTRY_COMPARE(marks->all().at(10).note, QStringLiteral("theirs"));
    QCOMPARE(panel->noteDraft(), std::optional(typed));
    QVERIFY(changeMarks(file, { { 50, Mark { {}, Timestamp::now() } } }));
    QTRY_VERIFY(marks->all().contains(50));
    QCOMPARE(panel->noteDraft(), std::optional(typed));
}

void TestMarksPanel::keepsMarksOfTwoStoresApart()
{
    const SampleStore other(SampleStore::numbered(50));
    const auto marksOf = [](const QString& location) {
        return contentOf(location + QStringLiteral(".marks.json"));
    };
    slider().toggleMark(42);
    QVERIFY(m_bench->open(other.location()));
    QVERIFY(slider().marks().empty());
    slider().toggleMark(7);
    QVERIFY(m_bench->open(m_store->location()));
    QTRY_COMPARE(slider().marks(), (std::set<Position> { 42 }));
    QTRY_VERIFY(marksOf(other.location()).contains("\"position\": 7"));
    QVERIFY(!marksOf(other.location()).contains("\"position\": 42"));
    QVERIFY(!marksOf(m_store->location()).contains("\"position\": 7"));
    QVERIFY(m_bench->open(other.location()));
    QTRY_COMPARE(slider().marks(), (std::set<Position> { 7 }));
}

void TestMarksPanel::loopsBetweenMarks()
{
    auto& playback = m_bench->workbench().parts().playback;
    m_bench->cursor().moveTo(120);
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!playback.loop()); // Without a mark.
    QVERIFY(!m_bench->find<QAction>("loopBetweenMarks")->isChecked());
    slider().toggleMark(100);
    slider().toggleMark(130);
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(playback.loop());
    QCOMPARE(playback.loop()->first, 100);
    QCOMPARE(playback.loop()->last, 130);
    QVERIFY(m_bench->find<QAction>("loopBetweenMarks")->isChecked());
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!playback.loop());
    // On the last mark, too, it is the stretch between the two.
    m_bench->cursor().moveTo(130);
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(playback.loop()->first, 100);
    QCOMPARE(playback.loop()->last, 130);
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
}

void TestMarksPanel::goesBackAndForwardByKeys()
{
    m_bench->cursor().moveTo(20);
    QTRY_VERIFY(m_bench->find<QAction>("goBack")->isEnabled());
    QVERIFY(!m_bench->find<QAction>("goForward")->isEnabled());
    press(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(m_bench->cursor().position(), 300);
    QVERIFY(m_bench->cursor().isLive());
    press(Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(m_bench->cursor().position(), 20);
    QVERIFY(!m_bench->find<QAction>("goForward")->isEnabled());
}

void TestMarksPanel::keepsHowItPlays()
{
    auto& playback = m_bench->workbench().parts().playback;
    m_bench->find<QAction>("paceTime")->trigger();
    QCOMPARE(playback.pace(), Playback::Pace::RecordedTime);
    playback.setLongestPause(500'000);
    m_bench->quit();
    m_bench->start();
    QVERIFY(m_bench->open(m_store->location()));
    auto& again = m_bench->workbench().parts().playback;
    QCOMPARE(again.pace(), Playback::Pace::RecordedTime);
    QCOMPARE(again.longestPause(), 500'000);
    QVERIFY(m_bench->find<QAction>("paceTime")->isChecked());
}

QTEST_MAIN(TestMarksPanel)
#include "tst_markspanel.moc"
