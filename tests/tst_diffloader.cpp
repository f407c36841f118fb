#include "state/diffloader.h"
#include "diff/jsondifference.h"
#include "diff/differencetext.h"
#include "support/samplestore.h"
#include "support/sampleworkspace.h"

#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

namespace {

QList<SampleEvent> counters()
{
    const auto event = [](const char* stream, const char* type, const char* data) {
        return SampleEvent { QString::fromLatin1(stream), QString::fromLatin1(type), data };
    };
    return { event("counter-1", "ADDED", R"({"by":2})"), event("counter-2", "ADDED", R"({"by":9})"),
        event("counter-1", "NOTED", R"({"a":1})"), event("counter-1", "ADDED", R"({"by":3})"),
        event("counter-1", "CLOSED", "{}") };
}

struct Window {
    explicit Window(const QList<SampleEvent>& events = counters())
        : sample(events)
    {
        QObject::connect(&client, &StoreClient::headChanged, &cursor,
            [this](Position head) { cursor.setHead(head); });
        isOpen = sample.openIn(client);
        cursor.setHead(client.head());
        loader.setWorkspace(SampleWorkspace::counter());
        diff.setActive(true);
    }
    /// "v1 > v2: ~ /n: 2 -> 5", and so on.
    [[nodiscard]] QByteArray picture() const
    {
        const DiffView& view = *diff.view();
        QByteArray text = view.before.toUtf8() + " > " + view.after.toUtf8();
        if (!view.problem.isEmpty())
            return text + "! " + view.problem.toUtf8();
        if (view.isReading)
            return text + "...";
        const auto lines
            = differenceLines(findDifferences(view.state->before, view.state->now)).trimmed();
        return text + ": " + QByteArray(lines).replace('\n', "; ");
    }

    SampleStore sample;
    StoreClient client;
    TimeCursor cursor;
    CursorFrame frame { client, cursor };
    Subject subject { client, frame };
    StateLoader loader { client, frame, subject };
    DiffLoader diff { client, frame, subject, loader };
    bool isOpen = false;
};

/// A state of elsewhere, as a branch would give it.
class ElsewhereSource final : public ComparisonSource {
public:
    [[nodiscard]] QString title() const override { return QStringLiteral("Main"); }
    Result<std::optional<ComparedState>> read(
        EventStore&, Replayer&, const QString& stream, Position position, qint64) const override
    {
        if (position == 3)
            return Error { ErrorCode::InputOutput, QStringLiteral("no such disk") };
        ComparedState state;
        state.stream = stream;
        state.version = 100;
        state.branch = QStringLiteral("main");
        state.value.insert("n", JsonValue::fromInt(7));
        return std::optional(std::move(state));
    }
};

} // namespace

class TestDiffLoader final : public QObject {
    Q_OBJECT

private slots:
    void comparesWithThePreviousEvent();
    void comparesWithAPoint();
    void comparesWithTheHead();
    void comparesWithAnotherStream();
    void comparesWithAnotherLog();
    void readsNothingUnlessLookedAt();
    void foldsALongStreamOn();
    void showsOneFrame();
    void forgetsPointsOfAnotherStore();
};

void TestDiffLoader::comparesWithThePreviousEvent()
{
    Window window;
    QVERIFY(window.isOpen);
    window.cursor.moveTo(4);
    QTRY_COMPARE(window.picture(), QByteArray("v2 > v3: ~ /n: 2 -> 5"));
    window.cursor.moveTo(1);
    QTRY_COMPARE(window.picture(), QByteArray("v0 (not there yet) > v1: + /n: 2"));
    window.cursor.moveTo(5);
    QTRY_COMPARE(window.picture(), QByteArray("v3 > v4: - /n: 5; - /a: 1"));
    window.cursor.moveTo(0);
    QTRY_COMPARE(window.diff.view()->state->position, 0);
}

void TestDiffLoader::comparesWithAPoint()
{
    Window window;
    window.diff.setSource(compareWithPosition(3));
    window.cursor.moveTo(4);
    QTRY_COMPARE(window.picture(), QByteArray("v2 > v3: ~ /n: 2 -> 5"));
    // What comes first in time is the older one.
    window.cursor.moveTo(1);
    QTRY_COMPARE(window.picture(), QByteArray("v1 > v2: + /a: 1"));
    QVERIFY(!window.diff.view()->state->blame);
    window.cursor.moveTo(3);
    QTRY_COMPARE(window.picture(), QByteArray("v2 > v2: "));
    window.cursor.moveTo(2);
    QTRY_COMPARE(window.picture(), QByteArray("v1 > v1: "));
}

void TestDiffLoader::comparesWithTheHead()
{
    Window window;
    window.subject.pin(QStringLiteral("counter-2"));
    window.diff.setSource(compareWithHead());
    window.cursor.moveTo(2);
    QTRY_COMPARE(window.picture(), QByteArray("v1 > v1: "));
    window.sample.append(
        { { QStringLiteral("counter-2"), QStringLiteral("ADDED"), R"({"by":1})" } });
    window.client.checkForGrowth();
    QTRY_COMPARE(window.picture(), QByteArray("v1 > v2: ~ /n: 9 -> 10"));
}

void TestDiffLoader::comparesWithAnotherStream()
{
    Window window;
    window.diff.setSource(compareWithStream(QStringLiteral("counter-2")));
    window.cursor.moveTo(3);
    QTRY_COMPARE(window.picture(), QByteArray("counter-2 v1 > v2: ~ /n: 9 -> 2; + /a: 1"));
    window.diff.setSource(compareWithStream(QStringLiteral("counter-2"), 1));
    QTRY_COMPARE(
        window.picture(), QByteArray("counter-2 v0 (not there yet) > v2: + /n: 2; + /a: 1"));
    window.diff.setSource(compareWithStream(QStringLiteral("nobody")));
    QTRY_COMPARE(window.picture(), QByteArray("nobody v0 (not there yet) > v2: + /n: 2; + /a: 1"));
}

void TestDiffLoader::comparesWithAnotherLog()
{
    Window window;
    window.diff.setSource(std::make_shared<const ElsewhereSource>());
    window.cursor.moveTo(4);
    QTRY_COMPARE(window.picture(), QByteArray("main: v100 > v3: ~ /n: 7 -> 5; + /a: 1"));
    window.cursor.moveTo(3);
    QTRY_COMPARE(window.picture(), QByteArray(" > ! no such disk"));
}

void TestDiffLoader::readsNothingUnlessLookedAt()
{
    Window window;
    window.diff.setSource(compareWithPosition(1));
    window.cursor.moveTo(4);
    QTRY_COMPARE(window.picture(), QByteArray("v1 > v3: ~ /n: 2 -> 5; + /a: 1"));
    window.diff.setActive(false);
    QSignalSpy changes(&window.diff, &DiffLoader::diffChanged);
    window.cursor.moveTo(3);
    QTRY_COMPARE(window.loader.view()->position, 3);
    QVERIFY(!window.diff.prepare(3));
    QCOMPARE(changes.size(), 0);
    window.diff.setActive(true);
    QTRY_COMPARE(window.picture(), QByteArray("v1 > v2: + /a: 1"));
}

void TestDiffLoader::foldsALongStreamOn()
{
    QList<SampleEvent> events;
    for (int i = 1; i <= 4000; ++i)
        events.append({ QStringLiteral("counter-1"), QStringLiteral("ADDED"), R"({"by":1})" });
    Window window(events);
    window.diff.setSource(compareWithHead());
    window.cursor.moveTo(5);
    QTRY_COMPARE(window.picture(), QByteArray("v5 > v4000: ~ /n: 5 -> 4000"));
}

/// The state and what it is compared with are never of two positions.
void TestDiffLoader::showsOneFrame()
{
    Window window;
    window.diff.setSource(compareWithPosition(1));
    QList<Position> torn;
    connect(&window.frame, &CursorFrame::shown, this, [&](Position position) {
        if (window.diff.view()->state->position != position
            || window.loader.view()->position != position)
            torn.append(position);
    });
    for (int i = 0; i < 50; ++i) {
        window.cursor.moveTo(1 + i % 4);
        QTRY_COMPARE(window.frame.position(), 1 + i % 4);
    }
    QCOMPARE(torn, QList<Position>());
}

void TestDiffLoader::forgetsPointsOfAnotherStore()
{
    Window window;
    window.diff.setSource(compareWithPosition(1));
    const SampleStore other({ { QStringLiteral("x-1") } });
    QVERIFY(other.openIn(window.client));
    QTRY_VERIFY(window.diff.source()->isPrevious());
}

QTEST_GUILESS_MAIN(TestDiffLoader)
#include "tst_diffloader.moc"
