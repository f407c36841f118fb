#include "support/windowbench.h"
#include "time/timecursor.h"
#include "ui/causation/causationpanel.h"
#include "ui/log/filterbar.h"
#include "ui/log/logpanel.h"
#include "ui/log/logview.h"

#include <QDockWidget>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace eventloupe;

class TestCausationPanel final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void showsATreeByKey();
    void movesTheCursorAndFollowsIt();
    void goesToTheCause();
    void saysWhereNothingIsKnown();
    void isInTheEventsMenu();

private:
    void trigger(const char* text);
    [[nodiscard]] QTreeView& view() { return *m_bench->find<QTreeView>("causationView"); }
    [[nodiscard]] bool isShown(int rows) { return view().model()->rowCount() == rows; }

    QTemporaryDir m_folder;
    std::unique_ptr<WindowBench> m_bench;
    int m_stores = 0;
};

void TestCausationPanel::init()
{
    const auto path = m_folder.filePath(QStringLiteral("%1.eventlog").arg(++m_stores));
    {
        const auto store = openStore(path, OpenMode::Create);
        QVERIFY(store);
        const auto append = [&store](const char* stream, const char* type, const char* id,
                                const char* correlation, const char* cause) {
            const QByteArray metadata = QByteArray(R"({"$correlationId":")") + correlation
                + R"(","$causationId":")" + cause + R"("})";
            static qint64 time = 1'772'373'802'000'000;
            QVERIFY((*store)->append({ QString::fromUtf8(stream), ExpectedVersion::any(),
                { { QString::fromUtf8(type), "{}", *correlation ? metadata : "{}",
                    { time += 12'000 }, QString::fromUtf8(id) } } }));
        };
        append("order-1", "PLACED", "a", "k", "cmd");
        append("order-2", "PLACED", "b", "other", "cmd2");
        append("payment-1", "PAID", "c", "k", "a");
        append("mail-1", "SENT", "d", "k", "c");
        append("note-1", "NOTED", "e", "", "");
    }
    m_bench = std::make_unique<WindowBench>();
    QVERIFY(m_bench->open(path));
}

/// An entry of the Inspect menu.
void TestCausationPanel::trigger(const char* text)
{
    for (auto* action : m_bench->window().findChildren<QAction*>()) {
        if (action->text().remove(u'&') == QString::fromUtf8(text) && action->isEnabled()) {
            action->trigger();
            return;
        }
    }
    QFAIL(text);
}

void TestCausationPanel::showsATreeByKey()
{
    m_bench->cursor().moveTo(4);
    QTest::keyClick(&m_bench->window(), Qt::Key_Y, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_bench->find<QDockWidget>("causationDock")->isVisible());
    QTRY_VERIFY(isShown(1));
    const auto root = view().model()->index(0, 0);
    QTRY_COMPARE(view().model()->rowCount(root), 1);
    const auto placed = root.model()->index(0, 0, root);
    QCOMPARE(placed.data().toString(), QStringLiteral("PLACED"));
    QVERIFY(view().isExpanded(root));
    // The cursor's event is the current row.
    QTRY_COMPARE(view().currentIndex().data().toString(), QStringLiteral("SENT"));
}

void TestCausationPanel::movesTheCursorAndFollowsIt()
{
    m_bench->cursor().moveTo(4);
    trigger("Causation");
    QTRY_COMPARE(view().currentIndex().data().toString(), QStringLiteral("SENT"));
    view().setCurrentIndex(view().currentIndex().parent());
    QCOMPARE(m_bench->cursor().position(), 3);
    m_bench->cursor().moveTo(1);
    QCOMPARE(view().currentIndex().data().toString(), QStringLiteral("PLACED"));
    // An event that is not in the tree is none of its rows.
    m_bench->cursor().moveTo(2);
    QVERIFY(!view().currentIndex().isValid());
    QCOMPARE(m_bench->cursor().position(), 2);
}

void TestCausationPanel::goesToTheCause()
{
    m_bench->cursor().moveTo(4);
    trigger("Go to the Cause");
    QTRY_COMPARE(m_bench->cursor().position(), 3);
    trigger("Go to the Cause");
    QCOMPARE(m_bench->cursor().position(), 1);
    QSignalSpy said(m_bench->find<CausationPanel>("causationPanel"), &CausationPanel::said);
    trigger("Go to the Cause");
    QTRY_COMPARE(said.size(), 1);
    QVERIFY(said.first().first().toString().contains(QStringLiteral("cmd")));
    QCOMPARE(m_bench->cursor().position(), 1);
}

void TestCausationPanel::saysWhereNothingIsKnown()
{
    m_bench->cursor().moveTo(5);
    trigger("Causation");
    QTRY_VERIFY(isShown(1));
    auto* panel = m_bench->find<QWidget>("causationPanel");
    QTRY_VERIFY(panel->findChild<QFrame*>() != nullptr);
    QCOMPARE(view().model()->index(0, 0).data().toString(), QStringLiteral("NOTED"));
}

void TestCausationPanel::isInTheEventsMenu()
{
    auto* log = m_bench->window().findChild<LogView*>();
    QVERIFY(log);
    QMenu menu;
    Event event;
    event.position = 3;
    emit log->menuOpening(menu, event);
    QStringList texts;
    for (auto* action : menu.actions())
        texts.append(action->text());
    QVERIFY2(texts.contains(QStringLiteral("Show Causation")), qPrintable(texts.join(u',')));
    QVERIFY(texts.contains(QStringLiteral("Go to the Cause")));
    QVERIFY(texts.contains(QStringLiteral("Export as a Test…")));
    QVERIFY(texts.contains(QStringLiteral("Mark with a Note…")));
}

QTEST_MAIN(TestCausationPanel)
#include "tst_causationpanel.moc"
