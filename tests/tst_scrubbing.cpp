#include "log/logcolumns.h"
#include "support/samplestore.h"
#include "support/windowbench.h"
#include "ui/base/theme.h"
#include "ui/log/eventdetail.h"
#include "ui/log/logview.h"
#include "ui/time/timelineslider.h"

#include <QApplication>
#include <QDockWidget>
#include <QItemSelectionModel>
#include <QLabel>
#include <QScrollBar>
#include <QTest>
#include <QThread>

#include <atomic>
#include <set>

using namespace eventloupe;

namespace {

constexpr int events = 1200;

/// Makes every frame slow, as a store on a slow disk does.
class SlowStore final : public FramePart {
public:
    SlowStore(CursorFrame& frame, unsigned long milliseconds)
        : m_frame(frame)
        , m_milliseconds(milliseconds)
    {
        frame.add(*this);
    }
    ~SlowStore() override { m_frame.remove(*this); }

    [[nodiscard]] Read prepare(Position) override
    {
        return [this](EventStore&, const std::optional<Event>&) -> Show {
            ++reads;
            QThread::msleep(m_milliseconds);
            return {};
        };
    }
    std::atomic<int> reads { 0 };

private:
    CursorFrame& m_frame;
    unsigned long m_milliseconds;
};

/// What each panel says about where the cursor is, at every paint of one of them.
class Witness final : public QObject {
public:
    explicit Witness(WindowBench& bench)
        : m_log(bench.find<LogView>("logView"))
        , m_streams(bench.find<WindowTable>("streamView"))
        , m_dock(bench.find<QDockWidget>("streamsDock"))
        , m_state(bench.find<QLabel>("stateTitle"))
        , m_detail(bench.find<EventDetail>("eventDetail"))
        , m_caption(bench.find<QLabel>("cursorCaption"))
    {
        for (QWidget* panel :
            std::initializer_list<QWidget*> { m_log->viewport(), m_streams->viewport(), m_dock,
                m_state, m_detail, bench.find<QAbstractItemView>("stateView")->viewport() })
            panel->installEventFilter(this);
    }

    QList<Position> seen; ///< By the paints.
    QStringList faults;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            look();
        return QObject::eventFilter(watched, event);
    }

private:
    void look()
    {
        // "Streams at #1,200"
        const auto position = m_dock->windowTitle().section(u'#', 1).remove(u',').toLongLong();
        seen.append(position);
        const auto expect = [&](const QString& what, const QString& said, const QString& right) {
            if (said != right)
                faults.append(
                    u"%1 says %2 at #%3, not %4"_qs.arg(what, said).arg(position).arg(right));
        };
        // numbered(): user-1 has events 1, 7, 13, ...
        const qint64 version = (position + 5) / 6;
        expect(u"the state"_qs, m_state->text(),
            version == 0 ? u"user-1 does not exist yet at #%1"_qs.arg(position)
                         : u"State of user-1 at version %1"_qs.arg(version));
        expect(u"the detail"_qs, QString::number(m_detail->position()), QString::number(position));
        expect(u"the caption"_qs, m_caption->text().section(u' ', 1, 1).remove(u','),
            QString::number(position));
        lookAtLog(position, expect);
        for (int row = 0; row < m_streams->model()->rowCount(); ++row)
            if (m_streams->model()->index(row, 0).data().toString().trimmed() == u"user-1")
                expect(u"the stream list"_qs, m_streams->model()->index(row, 1).data().toString(),
                    u"v%1"_qs.arg(version));
    }

    template <class Expect> void lookAtLog(Position position, const Expect& expect)
    {
        const auto* rows = m_log->model();
        const QVariant dimmed = rows->rowCount() > 0 ? dimmedLook() : QVariant();
        for (int row = 0; row < rows->rowCount(); ++row) {
            const auto index = rows->index(row, static_cast<int>(LogColumn::Position));
            const auto here = index.data(PositionRole).toLongLong();
            const bool isMarked = index.data(Qt::BackgroundRole).isValid();
            expect(u"the log's mark on %1"_qs.arg(here), QString::number(isMarked),
                QString::number(here == position));
            expect(u"the log's dimming of %1"_qs.arg(here),
                QString::number(index.data(Qt::ForegroundRole) == dimmed),
                QString::number(here > position));
            if (!rows->index(row, 0).data(IsLoadedRole).toBool())
                faults.append(u"row %1 is blank"_qs.arg(here));
        }
        for (const auto& chosen : m_log->selectionModel()->selectedRows())
            expect(u"the chosen row"_qs, QString::number(chosen.data(PositionRole).toLongLong()),
                QString::number(position));
    }

    [[nodiscard]] QVariant dimmedLook() const { return coloursOf(m_log->palette()).dimmed; }

    LogView* m_log;
    WindowTable* m_streams;
    QDockWidget* m_dock;
    QLabel* m_state;
    EventDetail* m_detail;
    QLabel* m_caption;
};

} // namespace

class TestScrubbing : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(ThemeMode::Light); }

    void panelsNeverShowTwoPositions_data()
    {
        QTest::addColumn<int>("milliseconds");
        QTest::newRow("fast store") << 0;
        QTest::newRow("slow store") << 12;
        QTest::newRow("very slow store") << 60;
    }
    void panelsNeverShowTwoPositions()
    {
        QFETCH(int, milliseconds);
        const SampleStore sample(SampleStore::numbered(events));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        const auto parts = bench.workbench().parts();
        parts.subject.pin(u"user-1"_qs);
        QTRY_VERIFY(!parts.frame.isBehind() && parts.frame.position() == events);
        QTest::qWait(60); // Headlines and the like.
        SlowStore slow(parts.frame, static_cast<unsigned long>(milliseconds));
        QTRY_VERIFY(!parts.frame.isBehind());

        Witness witness(bench);
        slow.reads = 0;
        const int asked = drag(*bench.find<TimelineSlider>("timelineSlider"));
        QTRY_VERIFY(!parts.frame.isBehind());
        QTest::qWait(20);
        QVERIFY2(witness.faults.isEmpty(), qPrintable(witness.faults.mid(0, 20).join(u'\n')));
        QCOMPARE(parts.frame.position(), bench.cursor().position());
        QCOMPARE(witness.seen.constLast(), bench.cursor().position());
        // It was seen to move, and what was passed over was not read.
        std::set<Position> different(witness.seen.begin(), witness.seen.end());
        QVERIFY2(different.size() >= 4, qPrintable(QString::number(different.size())));
        if (milliseconds > 20)
            QVERIFY2(slow.reads < asked / 2, qPrintable(QString::number(slow.reads.load())));
    }

    void keysGoOnFromWhatWasAsked()
    {
        const SampleStore sample(SampleStore::numbered(events));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        auto& frame = bench.workbench().parts().frame;
        QTRY_COMPARE(frame.position(), events);
        const SlowStore slow(frame, 30);
        auto* log = bench.find<LogView>("logView");
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(log, Qt::Key_Up);
        QCOMPARE(bench.cursor().position(), events - 20);
        QTRY_COMPARE(frame.position(), events - 20);
        QCOMPARE(log->currentRow(), events - 21);
    }

    void scrollingAloneMovesNothing()
    {
        const SampleStore sample(SampleStore::numbered(events));
        WindowBench bench;
        QVERIFY(bench.open(sample.location()));
        auto& frame = bench.workbench().parts().frame;
        QTRY_COMPARE(frame.position(), events);
        auto* log = bench.find<LogView>("logView");
        log->bar()->setValue(300);
        QTRY_VERIFY(log->model()->index(0, 0).data(IsLoadedRole).toBool());
        QCOMPARE(log->firstRow(), 300);
        QCOMPARE(frame.position(), events);
        log->bar()->setValue(700);
        bench.cursor().moveTo(5);
        QTRY_COMPARE(frame.position(), 5);
        QVERIFY(log->isRowVisible(4));
    }

private:
    /// Presses at the end, goes left in small steps and back a little; how many moves it made.
    static int drag(TimelineSlider& slider)
    {
        const QPoint end = slider.pointOf(events);
        const QPoint start = slider.pointOf(100);
        int moves = 0;
        QTest::mousePress(&slider, Qt::LeftButton, {}, end);
        for (int x = end.x(); x > start.x(); x -= 7, ++moves) {
            QTest::mouseMove(&slider, QPoint(x, end.y()));
            QTest::qWait(4);
        }
        for (int x = start.x(); x < start.x() + 80; x += 3, ++moves) {
            QTest::mouseMove(&slider, QPoint(x, end.y()));
            QTest::qWait(1);
        }
        QTest::mouseRelease(&slider, Qt::LeftButton, {}, QPoint(start.x() + 80, end.y()));
        return moves;
    }
};

QTEST_MAIN(TestScrubbing)
#include "tst_scrubbing.moc"
