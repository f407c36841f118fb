#include "support/samplestore.h"
#include "time/cursorframe.h"

#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>

using namespace eventloupe;

namespace {

/// A panel that takes its time to read.
class Panel final : public FramePart {
public:
    explicit Panel(CursorFrame& frame, unsigned long milliseconds = 0)
        : m_frame(frame)
        , m_milliseconds(milliseconds)
    {
        frame.add(*this);
    }
    ~Panel() override { m_frame.remove(*this); }

    [[nodiscard]] Read prepare(Position position) override
    {
        return [this, position](EventStore&, const std::optional<Event>& event) -> Show {
            ++reads;
            QThread::msleep(m_milliseconds);
            return [this, position, stream = event ? event->stream : QString()] {
                shown.append(position);
                text = stream;
                if (onShow)
                    onShow();
            };
        };
    }

    std::atomic<int> reads { 0 };
    QList<Position> shown;
    QString text = QStringLiteral("none yet");
    std::function<void()> onShow;

private:
    CursorFrame& m_frame;
    unsigned long m_milliseconds;
};

struct Window {
    explicit Window(int events = 300)
        : sample(SampleStore::numbered(events))
    {
        QObject::connect(&client, &StoreClient::headChanged, &cursor,
            [this](Position head) { cursor.setHead(head); });
    }
    [[nodiscard]] bool open()
    {
        const bool isOpen = sample.openIn(client);
        cursor.setHead(client.head());
        return isOpen;
    }

    [[nodiscard]] bool isSettledAt(Position position) const
    {
        return frame.position() == position && !frame.isBehind();
    }

    SampleStore sample;
    StoreClient client;
    TimeCursor cursor;
    CursorFrame frame { client, cursor };
};

} // namespace

class TestCursorFrame final : public QObject {
    Q_OBJECT

private slots:
    void showsAllPartsInOneGo();
    void readsNothingOfWhatWasPassed();
    void showsFramesOnTheWay();
    void readsOnceATurn();
    void readsAgainWhenAsked();
    void leavesAPartThatWasRemoved();
    void followsGrowth();
    void emptiesWhenTheStoreCloses();
    void takesItsTimes();
};

void TestCursorFrame::showsAllPartsInOneGo()
{
    Window window;
    Panel first(window.frame);
    Panel second(window.frame, 2);
    QVERIFY(window.open());
    QTRY_VERIFY(window.isSettledAt(300));
    QCOMPARE(second.text, QStringLiteral("order-3"));
    QList<std::pair<Position, Position>> seen;
    connect(&window.frame, &CursorFrame::shown, this, [&] {
        seen.append({ first.shown.constLast(), second.shown.constLast() });
    });
    window.cursor.moveTo(7);
    QTRY_COMPARE(window.frame.position(), 7);
    window.cursor.moveTo(0);
    QTRY_COMPARE(window.frame.position(), 0);
    using Pairs = QList<std::pair<Position, Position>>;
    QCOMPARE(seen, Pairs({ { 7, 7 }, { 0, 0 } }));
    QCOMPARE(first.text, QString());
    QVERIFY(!window.frame.event());
}

void TestCursorFrame::readsNothingOfWhatWasPassed()
{
    Window window;
    Panel panel(window.frame, 20);
    QVERIFY(window.open());
    QTRY_VERIFY(window.isSettledAt(300));
    panel.reads = 0;
    panel.shown.clear();
    for (Position position = 1; position <= 200; ++position) {
        window.cursor.moveTo(position);
        QCoreApplication::processEvents();
    }
    QVERIFY(window.frame.isBehind());
    QTRY_COMPARE(window.frame.position(), 200);
    QVERIFY(!window.frame.isBehind());
    // Reading all would take four seconds; moving took milliseconds.
    QVERIFY2(panel.reads < 20, qPrintable(QString::number(panel.reads.load())));
    QCOMPARE(panel.shown.size(), qsizetype(panel.reads.load()));
    QVERIFY(std::is_sorted(panel.shown.begin(), panel.shown.end()));
}

void TestCursorFrame::showsFramesOnTheWay()
{
    Window window;
    Panel panel(window.frame, 10);
    QVERIFY(window.open());
    QTRY_VERIFY(window.isSettledAt(300));
    panel.shown.clear();
    // The cursor never stands still for as long as a frame takes to read.
    Position position = 0;
    QTimer mover;
    connect(&mover, &QTimer::timeout, this, [&] {
        position = position % 300 + 1;
        window.cursor.moveTo(position);
    });
    mover.start(1);
    QTRY_VERIFY2(panel.shown.size() >= 5, qPrintable(QString::number(panel.shown.size())));
}

void TestCursorFrame::readsOnceATurn()
{
    Window window;
    Panel panel(window.frame);
    QVERIFY(window.open());
    QTRY_VERIFY(window.isSettledAt(300));
    panel.reads = 0;
    for (Position position = 1; position <= 200; ++position) {
        window.cursor.moveTo(position);
        window.frame.refresh();
    }
    QTRY_COMPARE(window.frame.position(), 200);
    QCOMPARE(panel.reads.load(), 1);
}

void TestCursorFrame::readsAgainWhenAsked()
{
    Window window;
    Panel panel(window.frame, 5);
    QVERIFY(window.open());
    QTRY_VERIFY(window.isSettledAt(300));
    panel.shown.clear();
    window.frame.refresh();
    QTRY_COMPARE(panel.shown, QList<Position> { 300 });
    // Asked again by what is shown: the answer is dropped where it was not shown yet.
    Panel other(window.frame, 0);
    bool isAsked = false;
    panel.onShow = [&] {
        if (!std::exchange(isAsked, true))
            window.frame.refresh();
    };
    QSignalSpy shown(&window.frame, &CursorFrame::shown);
    window.cursor.moveTo(9);
    QTRY_VERIFY(!window.frame.isBehind());
    QTRY_COMPARE(shown.count(), 1);
    QCOMPARE(other.shown.constLast(), 9);
}

void TestCursorFrame::leavesAPartThatWasRemoved()
{
    Window window;
    auto panel = std::make_unique<Panel>(window.frame, 20);
    Panel other(window.frame);
    QVERIFY(window.open());
    QTRY_VERIFY(window.isSettledAt(300));
    window.cursor.moveTo(5);
    panel->reads = 0;
    while (panel->reads == 0)
        QCoreApplication::processEvents();
    // It is read now, and what it reads is not shown any more.
    bool isShown = false;
    panel->onShow = [&] { isShown = true; };
    window.frame.remove(*panel);
    QTRY_COMPARE(other.shown.constLast(), 5);
    QVERIFY(!isShown);
}

void TestCursorFrame::followsGrowth()
{
    Window window(3);
    Panel panel(window.frame);
    QVERIFY(window.open());
    QTRY_COMPARE(window.frame.position(), 3);
    window.sample.append({ { QStringLiteral("new-1") } });
    window.client.checkForGrowth();
    QTRY_COMPARE(panel.text, QStringLiteral("new-1"));
    QCOMPARE(window.frame.position(), 4);
}

void TestCursorFrame::emptiesWhenTheStoreCloses()
{
    Window window;
    Panel panel(window.frame, 10);
    QVERIFY(window.open());
    QTRY_VERIFY(window.isSettledAt(300));
    const int reads = panel.reads;
    window.cursor.moveTo(5);
    const QDeadlineTimer patience(5000);
    while (panel.reads == reads && !patience.hasExpired())
        QCoreApplication::processEvents();
    QCOMPARE(panel.reads, reads + 1);
    QSignalSpy shown(&window.frame, &CursorFrame::shown);
    window.client.close();
    QCOMPARE(window.frame.position(), 0);
    QVERIFY(!window.frame.event());
    QCOMPARE(shown.count(), 1);
    // What is still being read is never shown, not even when there is a store again.
    window.cursor.moveTo(7);
    QVERIFY(window.open());
    QTRY_COMPARE(window.frame.position(), 7);
    QVERIFY(!panel.shown.contains(5));
}

void TestCursorFrame::takesItsTimes()
{
    Window window;
    Panel panel(window.frame, 10);
    QVERIFY(window.open());
    QTRY_VERIFY(window.isSettledAt(300));
    window.frame.notePaint();
    const std::size_t before = window.frame.times().count();
    window.cursor.moveTo(5);
    window.frame.notePaint(); // Of something else: the frame is not shown yet.
    QCOMPARE(window.frame.times().count(), before);
    QTRY_COMPARE(window.frame.position(), 5);
    window.frame.notePaint();
    window.frame.notePaint();
    QCOMPARE(window.frame.times().count(), before + 1);
    QVERIFY(window.frame.times().last() >= 10);
    QVERIFY(window.frame.times().quantile(1) >= window.frame.times().quantile(0));
    QCOMPARE(FrameTimes().quantile(0.5), 0.0);
}

QTEST_GUILESS_MAIN(TestCursorFrame)
#include "tst_cursorframe.moc"
