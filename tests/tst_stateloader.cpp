#include "state/stateloader.h"
#include "support/samplestore.h"
#include "support/sampleworkspace.h"

#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

namespace {

QList<SampleEvent> counterLog()
{
    return {
        { QStringLiteral("counter-1"), QStringLiteral("ADDED"), "{\"by\":2}" },
        { QStringLiteral("counter-2"), QStringLiteral("ADDED"), "{\"by\":9}" },
        { QStringLiteral("counter-1"), QStringLiteral("ADDED"), "{\"by\":\"no number\"}" },
        { QStringLiteral("counter-1"), QStringLiteral("ADDED"), "{\"by\":3}" },
        { QStringLiteral("counter-1"), QStringLiteral("CLOSED") },
    };
}

struct Window {
    explicit Window(const QList<SampleEvent>& events = counterLog())
        : sample(events)
    {
        QObject::connect(&client, &StoreClient::headChanged, &cursor,
            [this](Position head) { cursor.setHead(head); });
        isOpen = sample.openIn(client);
        cursor.setHead(client.head());
    }
    [[nodiscard]] const StateView& view() const { return *loader.view(); }
    [[nodiscard]] QByteArray picture() const
    {
        return view().stream.toUtf8() + " v" + QByteArray::number(view().version) + ' '
            + view().before.toJson() + " -> " + view().now.toJson();
    }

    SampleStore sample;
    StoreClient client;
    TimeCursor cursor;
    CursorFrame frame { client, cursor };
    Subject subject { client, frame };
    StateLoader loader { client, frame, subject };
    bool isOpen = false;
};

} // namespace

class TestStateLoader final : public QObject {
    Q_OBJECT

private slots:
    void showsTheStateAtTheCursor();
    void showsWhatDoesNotExist();
    void saysWhatSetTheFields();
    void tellsOfAFailure();
    void foldsAnewByAnotherWorkspace();
    void followsGrowth();
    void leavesOutPositionsThatWerePassed();
    void foldsALongStreamInSlices();
    void leavesAFoldThatWasPassed();
    void marksALongStreamWhileTheCursorRests();
    void emptiesWhenTheStoreCloses();
};

void TestStateLoader::showsTheStateAtTheCursor()
{
    Window window;
    QVERIFY(window.isOpen);
    window.loader.setWorkspace(SampleWorkspace::counter());
    window.cursor.moveTo(4);
    QTRY_COMPARE(window.view().position, 4);
    QCOMPARE(window.picture(), QByteArray("counter-1 v3 {\"n\":2} -> {\"n\":5}"));
    QCOMPARE(window.view().lastType, QStringLiteral("ADDED"));
    QCOMPARE(window.view().lastPosition, 4);
    QVERIFY(window.view().exists);
    window.cursor.moveTo(2);
    QTRY_COMPARE(window.view().position, 2);
    QCOMPARE(window.picture(), QByteArray("counter-2 v1 {} -> {\"n\":9}"));
    window.subject.pin(QStringLiteral("counter-1"));
    QTRY_COMPARE(window.picture(), QByteArray("counter-1 v1 {} -> {\"n\":2}"));
    QCOMPARE(window.view().lastPosition, 1);
}

void TestStateLoader::showsWhatDoesNotExist()
{
    Window window;
    window.loader.setWorkspace(SampleWorkspace::counter());
    window.cursor.moveTo(5);
    QTRY_COMPARE(window.view().position, 5);
    QTRY_COMPARE(window.picture(), QByteArray("counter-1 v4 {\"n\":5} -> {}"));
    QVERIFY(!window.view().exists);
    window.subject.pin(QStringLiteral("counter-2"));
    window.cursor.moveTo(1);
    QTRY_COMPARE(window.picture(), QByteArray("counter-2 v0 {} -> {}"));
    window.subject.pin(QStringLiteral("never-born"));
    QTRY_COMPARE(window.picture(), QByteArray("never-born v0 {} -> {}"));
    window.subject.follow();
    window.cursor.moveTo(0);
    QTRY_COMPARE(window.picture(), QByteArray(" v0 {} -> {}"));
}

void TestStateLoader::saysWhatSetTheFields()
{
    Window window;
    window.loader.setWorkspace(SampleWorkspace::counter());
    window.cursor.moveTo(4);
    QTRY_COMPARE(window.view().position, 4);
    const auto setter = [&] { return window.view().blame->setterOf({ "n" }); };
    QVERIFY(setter());
    QCOMPARE(setter()->version, 3);
    QCOMPARE(setter()->position, 4);
    QCOMPARE(setter()->type, QStringLiteral("ADDED"));
    QVERIFY(setter()->time.microseconds > 0);
    // The event between failed, and set nothing.
    window.cursor.moveTo(3);
    QTRY_COMPARE(window.view().position, 3);
    QCOMPARE(setter()->version, 1);
    // What an end removed is its own.
    window.cursor.moveTo(5);
    QTRY_COMPARE(window.view().position, 5);
    QCOMPARE(window.view().blame->setterOf({})->version, 4);
}

void TestStateLoader::tellsOfAFailure()
{
    Window window;
    window.loader.setWorkspace(SampleWorkspace::counter());
    window.cursor.moveTo(1);
    QTRY_COMPARE(window.view().position, 1);
    QCOMPARE(window.view().failure, QString());
    window.cursor.moveTo(3);
    QTRY_COMPARE(window.view().position, 3);
    QCOMPARE(window.picture(), QByteArray("counter-1 v2 {\"n\":2} -> {\"n\":2}"));
    QVERIFY2(window.view().failure.contains(QStringLiteral("counter-1")),
        qPrintable(window.view().failure));
    QCOMPARE(window.view().failedPosition, 3);
}

void TestStateLoader::foldsAnewByAnotherWorkspace()
{
    Window window;
    window.cursor.moveTo(2);
    QTRY_COMPARE(window.picture(), QByteArray("counter-2 v1 {} -> {\"by\":9}"));
    window.loader.setWorkspace(SampleWorkspace::counter());
    QTRY_COMPARE(window.picture(), QByteArray("counter-2 v1 {} -> {\"n\":9}"));
}

void TestStateLoader::followsGrowth()
{
    Window window;
    QTRY_COMPARE(window.view().position, 5);
    window.sample.append({ { QStringLiteral("new-1"), QStringLiteral("X"), "{\"a\":1}" } });
    window.client.checkForGrowth();
    QTRY_COMPARE(window.picture(), QByteArray("new-1 v1 {} -> {\"a\":1}"));
    QCOMPARE(window.view().position, 6);
}

void TestStateLoader::leavesOutPositionsThatWerePassed()
{
    Window window(SampleStore::numbered(500));
    QTRY_COMPARE(window.view().position, 500);
    QSignalSpy changes(&window.loader, &StateLoader::stateChanged);
    for (Position position = 1; position <= 400; ++position)
        window.cursor.moveTo(position);
    QTRY_COMPARE(window.view().position, 400);
    QVERIFY2(changes.count() < 10, qPrintable(QString::number(changes.count())));
    QTRY_COMPARE(window.client.jobCount(StoreClient::Lane::Interactive), 0);
    QCOMPARE(window.view().position, 400);
}

void TestStateLoader::foldsALongStreamInSlices()
{
    QList<SampleEvent> events;
    for (int i = 1; i <= 25'000; ++i)
        events.append({ QStringLiteral("long"), QStringLiteral("X"),
            "{\"n\":" + QByteArray::number(i) + "}" });
    Window window(events);
    QList<StreamVersion> folded;
    connect(&window.loader, &StateLoader::stateChanged, this, [&](const auto& view) {
        if (view->foldedTo) {
            folded.append(*view->foldedTo);
            QCOMPARE(view->position, 25'000);
            QCOMPARE(view->version, 25'000);
        }
    });
    QTRY_VERIFY(window.view().version == 25'000 && !window.view().foldedTo);
    QVERIFY(!folded.isEmpty());
    QCOMPARE(folded.constFirst(), 1000);
    QVERIFY(std::is_sorted(folded.begin(), folded.end()));
    QCOMPARE(window.picture(), QByteArray("long v25000 {\"n\":24999} -> {\"n\":25000}"));
}

void TestStateLoader::leavesAFoldThatWasPassed()
{
    QList<SampleEvent> events { { QStringLiteral("short"), QStringLiteral("X"), "{\"a\":1}" } };
    for (int i = 1; i <= 20'000; ++i)
        events.append({ QStringLiteral("long"), QStringLiteral("X"), "{\"n\":1}" });
    Window window(events);
    bool isPassed = false;
    connect(&window.loader, &StateLoader::stateChanged, this, [&](const auto& view) {
        if (view->foldedTo && !std::exchange(isPassed, true))
            window.cursor.moveTo(1);
    });
    QTRY_COMPARE(window.view().position, 1);
    QCOMPARE(window.picture(), QByteArray("short v1 {} -> {\"a\":1}"));
    // What was folded stays folded, and nothing of it comes back by itself.
    QVERIFY(isPassed);
    QTRY_COMPARE(window.client.jobCount(StoreClient::Lane::Interactive), 0);
    QCOMPARE(window.view().position, 1);
    QVERIFY(window.loader.checkpoints().count() < 80);
}

void TestStateLoader::marksALongStreamWhileTheCursorRests()
{
    QList<SampleEvent> events;
    for (int i = 1; i <= 5000; ++i)
        events.append({ QStringLiteral("long"), QStringLiteral("X"), "{\"n\":1}" });
    Window window(events);
    window.cursor.moveTo(10);
    QTRY_COMPARE(window.view().position, 10);
    // A mark each 250 events to the head, the state that was folded last, and the ten states on the
    // way to the cursor.
    QTRY_COMPARE(window.loader.checkpoints().count(), 31);
    window.cursor.moveTo(4999);
    QTRY_COMPARE(window.view().version, 4999);
    QVERIFY(!window.view().foldedTo);
}

void TestStateLoader::emptiesWhenTheStoreCloses()
{
    Window window;
    QTRY_COMPARE(window.view().position, 5);
    window.client.close();
    QTRY_COMPARE(window.view().stream, QString());
}

QTEST_GUILESS_MAIN(TestStateLoader)
#include "tst_stateloader.moc"
