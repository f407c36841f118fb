#include "state/subject.h"
#include "support/samplestore.h"

#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

namespace {

/// What a window has: a store at five events of three streams, its cursor, and the subject.
struct Window {
    Window()
    {
        QObject::connect(&client, &StoreClient::headChanged, &cursor,
            [this](Position head) { cursor.setHead(head); });
        isOpen = sample.openIn(client);
        cursor.setHead(client.head());
    }

    SampleStore sample { SampleStore::numbered(5) }; // user-1 order-2 user-3 order-1 user-2
    StoreClient client;
    TimeCursor cursor;
    CursorFrame frame { client, cursor };
    Subject subject { client, frame };
    bool isOpen = false;
};

} // namespace

class TestSubject final : public QObject {
    Q_OBJECT

private slots:
    void followsTheCursorsEvent();
    void isEmptyBeforeTheFirstEvent();
    void staysWhenPinned();
    void followsTheNewestOfManyMoves();
    void forgetsItsPinInAnotherStore();
};

void TestSubject::followsTheCursorsEvent()
{
    Window window;
    QVERIFY(window.isOpen);
    QTRY_COMPARE(window.subject.stream(), QStringLiteral("user-2"));
    QSignalSpy changes(&window.subject, &Subject::streamChanged);
    window.cursor.moveTo(2);
    QTRY_COMPARE(window.subject.stream(), QStringLiteral("order-2"));
    QCOMPARE(changes.count(), 1);
    QCOMPARE(window.frame.position(), 2);
}

void TestSubject::isEmptyBeforeTheFirstEvent()
{
    Window window;
    window.cursor.moveTo(0);
    QTRY_COMPARE(window.subject.stream(), QString());
    window.cursor.moveTo(1);
    QTRY_COMPARE(window.subject.stream(), QStringLiteral("user-1"));
}

void TestSubject::staysWhenPinned()
{
    Window window;
    QTRY_COMPARE(window.subject.stream(), QStringLiteral("user-2"));
    QSignalSpy pinned(&window.subject, &Subject::pinnedChanged);
    window.subject.pin(QStringLiteral("order-1"));
    QVERIFY(window.subject.isPinned());
    QCOMPARE(window.subject.stream(), QStringLiteral("order-1"));
    window.cursor.moveTo(1);
    QTRY_COMPARE(window.frame.position(), 1);
    QCOMPARE(window.subject.stream(), QStringLiteral("order-1"));
    window.subject.follow();
    QVERIFY(!window.subject.isPinned());
    QTRY_COMPARE(window.subject.stream(), QStringLiteral("user-1"));
    QCOMPARE(pinned.count(), 2);
}

void TestSubject::followsTheNewestOfManyMoves()
{
    Window window;
    QTRY_COMPARE(window.frame.position(), 5);
    for (int i = 0; i < 100; ++i)
        window.cursor.moveTo(1 + i % 5);
    window.cursor.moveTo(3);
    QTRY_COMPARE(window.frame.position(), 3);
    QCOMPARE(window.subject.stream(), QStringLiteral("user-3"));
    QTest::qWait(20);
    QCOMPARE(window.subject.stream(), QStringLiteral("user-3"));
}

void TestSubject::forgetsItsPinInAnotherStore()
{
    Window window;
    window.subject.pin(QStringLiteral("order-1"));
    window.client.close();
    QVERIFY(!window.subject.isPinned());
    QCOMPARE(window.subject.stream(), QString());
}

QTEST_GUILESS_MAIN(TestSubject)
#include "tst_subject.moc"
