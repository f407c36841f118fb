#include "state/streamlistmodel.h"
#include "support/modelpicture.h"
#include "support/samplestore.h"
#include "support/sampleworkspace.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

namespace {

SampleEvent eventOf(const QString& stream, const QByteArray& data = "{}")
{
    return { stream, QStringLiteral("CHANGED"), data };
}

/// user-1 order-1 user-2 user-1 order-2, with a name each.
QList<SampleEvent> shopLog()
{
    return {
        eventOf(QStringLiteral("user-1"), R"({"name":"Ada"})"),
        eventOf(QStringLiteral("order-1"), R"({"total":10})"),
        eventOf(QStringLiteral("user-2"), R"({"name":"Bob"})"),
        eventOf(QStringLiteral("user-1"), R"({"name":"Ada L."})"),
        eventOf(QStringLiteral("order-2"), R"({"total":20})"),
    };
}

struct Window {
    explicit Window(const QList<SampleEvent>& events)
        : sample(events)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        QObject::connect(&client, &StoreClient::headChanged, &cursor,
            [this](Position head) { cursor.setHead(head); });
        isOpen = sample.openIn(client);
        cursor.setHead(client.head());
        model.prefetch(0, 50);
    }
    /// Rows as the view would show them, headers with their sign.
    [[nodiscard]] QStringList picture() const
    {
        QStringList lines = pictureOf(model);
        for (int row = 0; row < model.rowCount(); ++row)
            if (model.index(row, 0).data(IsCategoryRole).toBool())
                lines[row].prepend(model.index(row, 0).data(IsExpandedRole).toBool() ? u'-' : u'+');
        return lines;
    }

    SampleStore sample;
    StoreClient client;
    TimeCursor cursor;
    CursorFrame frame { client, cursor };
    StreamListModel model { client, frame };
    QAbstractItemModelTester tester;
    bool isOpen = false;
};

QList<SampleEvent> manyCategories(int categories)
{
    QList<SampleEvent> events;
    for (int stream = 1; stream <= 2; ++stream)
        for (int category = 1; category <= categories; ++category)
            events.append(eventOf(QStringLiteral("c%1-%2").arg(category).arg(stream)));
    return events;
}

} // namespace

class TestStreamListModel final : public QObject {
    Q_OBJECT

private slots:
    void groupsStreamsByCategory();
    void followsTheCursorWithoutResets();
    void collapsesAndExpands();
    void collapsesManyCategoriesAtFirst();
    void keepsExpandedWhatWasWhenCategoriesAreBorn();
    void showsStreamsWithoutCategoriesFlat();
    void findsStreams();
    void locatesStreams();
    void readsOnlyWhatIsLookedAt();
    void givesRoles();
    void foldsHeadlinesByTheWorkspace();
    void foldsALongStreamsHeadline();
    void followsTheNewestOfManyMoves();
    void emptiesWhenTheStoreCloses();
};

void TestStreamListModel::groupsStreamsByCategory()
{
    Window window(shopLog());
    QVERIFY(window.isOpen);
    QTRY_COMPARE(window.picture(),
        QStringList({
            QStringLiteral("-user | 2 | "),
            QStringLiteral("user-1 | v2 | name=Ada L."),
            QStringLiteral("user-2 | v1 | name=Bob"),
            QStringLiteral("-order | 2 | "),
            QStringLiteral("order-1 | v1 | total=10"),
            QStringLiteral("order-2 | v1 | total=20"),
        }));
    QCOMPARE(headerPictureOf(window.model), QStringLiteral("Stream | Version | Headline"));
}

void TestStreamListModel::followsTheCursorWithoutResets()
{
    Window window(shopLog());
    QTRY_COMPARE(window.model.rowCount(), 6);
    QSignalSpy resets(&window.model, &QAbstractItemModel::modelReset);
    QSignalSpy counts(&window.model, &StreamListModel::streamCountChanged);
    window.cursor.moveTo(3);
    QTRY_COMPARE(window.picture(),
        QStringList({
            QStringLiteral("-user | 2 | "),
            QStringLiteral("user-1 | v1 | name=Ada"),
            QStringLiteral("user-2 | v1 | name=Bob"),
            QStringLiteral("-order | 1 | "),
            QStringLiteral("order-1 | v1 | total=10"),
        }));
    QCOMPARE(counts.last().first().toLongLong(), 3);
    window.cursor.moveTo(1);
    QTRY_COMPARE(window.picture(),
        QStringList({ QStringLiteral("-user | 1 | "), QStringLiteral("user-1 | v1 | name=Ada") }));
    window.cursor.moveTo(0);
    QTRY_COMPARE(window.picture(), QStringList());
    window.cursor.moveTo(5);
    QTRY_COMPARE(window.model.rowCount(), 6);
    window.sample.append({ eventOf(QStringLiteral("user-3")), eventOf(QStringLiteral("cart-1")) });
    window.cursor.moveToHead();
    window.client.checkForGrowth();
    QTRY_COMPARE(window.model.rowCount(), 9);
    QTRY_COMPARE(pictureOf(window.model, { 0 }).join(u' '),
        QStringLiteral("user user-1 user-2 user-3 order order-1 order-2 cart cart-1"));
    QCOMPARE(resets.count(), 0);
}

void TestStreamListModel::collapsesAndExpands()
{
    Window window(shopLog());
    QTRY_COMPARE(window.model.rowCount(), 6);
    QSignalSpy resets(&window.model, &QAbstractItemModel::modelReset);
    window.model.setExpanded(0, false);
    QTRY_COMPARE(window.picture().join(u','),
        QStringLiteral(
            "+user | 2 | ,-order | 2 | ,order-1 | v1 | total=10,order-2 | v1 | total=20"));
    window.model.toggle(1);
    QTRY_COMPARE(window.picture().join(u','), QStringLiteral("+user | 2 | ,+order | 2 | "));
    window.cursor.moveTo(2);
    QTRY_COMPARE(window.picture().join(u','), QStringLiteral("+user | 1 | ,+order | 1 | "));
    window.model.toggle(0);
    QTRY_COMPARE(window.picture().join(u','),
        QStringLiteral("-user | 1 | ,user-1 | v1 | name=Ada,+order | 1 | "));
    window.model.toggle(1); // A stream: nothing.
    window.model.setExpanded(99, true);
    window.model.setExpanded(-1, true);
    QTest::qWait(10);
    QCOMPARE(window.model.rowCount(), 3);
    QCOMPARE(resets.count(), 0);
}

void TestStreamListModel::collapsesManyCategoriesAtFirst()
{
    Window window(manyCategories(9));
    QTRY_COMPARE(window.model.rowCount(), 9);
    window.model.setExpanded(4, true);
    QTRY_COMPARE(window.model.rowCount(), 11);
    QTRY_COMPARE(window.picture().mid(3, 5).join(u','),
        QStringLiteral("+c4 | 2 | ,-c5 | 2 | ,c5-1 | v1 | ,c5-2 | v1 | ,+c6 | 2 | "));
}

void TestStreamListModel::keepsExpandedWhatWasWhenCategoriesAreBorn()
{
    Window window(manyCategories(8));
    QTRY_COMPARE(window.model.rowCount(), 24);
    window.sample.append({ eventOf(QStringLiteral("new-1")) });
    window.client.checkForGrowth();
    QTRY_COMPARE(window.model.rowCount(), 25);
    QTRY_COMPARE(
        window.picture().value(window.model.rowCount() - 1), QStringLiteral("+new | 1 | "));
    QCOMPARE(window.picture().first(), QStringLiteral("-c1 | 2 | "));
}

void TestStreamListModel::showsStreamsWithoutCategoriesFlat()
{
    Window window({ eventOf(QStringLiteral("alpha"), R"({"a":1,"b":{},"c":"x","d":true,"e":5})"),
        eventOf(QStringLiteral("beta"), "7"), eventOf(QStringLiteral("alpha")) });
    QTRY_COMPARE(window.picture(),
        QStringList(
            { QStringLiteral("alpha | v2 | a=1 c=x d=true"), QStringLiteral("beta | v1 | 7") }));
    window.cursor.moveTo(1);
    QTRY_COMPARE(window.picture(), QStringList({ QStringLiteral("alpha | v1 | a=1 c=x d=true") }));
}

void TestStreamListModel::findsStreams()
{
    Window window(shopLog());
    QTRY_COMPARE(window.model.rowCount(), 6);
    QSignalSpy finished(&window.model, &StreamListModel::searchFinished);
    window.model.setSearch(QStringLiteral("R-1"));
    QTRY_COMPARE(finished.count(), 1);
    QTRY_COMPARE(window.picture(),
        QStringList({ QStringLiteral("user-1 | v2 | name=Ada L."),
            QStringLiteral("order-1 | v1 | total=10") }));
    // What is found later is not there yet at an earlier position.
    window.cursor.moveTo(1);
    QTRY_COMPARE(window.picture(), QStringList({ QStringLiteral("user-1 | v1 | name=Ada") }));
    window.cursor.moveToHead();
    window.sample.append({ eventOf(QStringLiteral("user-10")) });
    window.client.checkForGrowth();
    QTRY_COMPARE(window.model.rowCount(), 3);
    QTRY_COMPARE(
        window.picture().value(window.model.rowCount() - 1), QStringLiteral("user-10 | v1 | "));
    window.model.setSearch(QStringLiteral("nothing such"));
    QTRY_COMPARE(window.model.isSearching(), false);
    QCOMPARE(window.model.rowCount(), 0);
    window.model.setSearch({});
    QTRY_COMPARE(window.model.rowCount(), 7);
}

void TestStreamListModel::locatesStreams()
{
    Window window(shopLog());
    QTRY_COMPARE(window.model.rowCount(), 6);
    QSignalSpy located(&window.model, &StreamListModel::streamLocated);
    const auto rowOf = [&](const QString& name) {
        located.clear();
        window.model.rowOfStream(name);
        const bool isAnswered = located.wait() && located.first().first().toString() == name;
        return isAnswered ? located.first().at(1).toInt() : -2;
    };
    QCOMPARE(rowOf(QStringLiteral("user-2")), 2);
    QCOMPARE(rowOf(QStringLiteral("order-1")), 4);
    QCOMPARE(rowOf(QStringLiteral("order-3")), -1);
    window.model.setExpanded(3, false);
    QCOMPARE(rowOf(QStringLiteral("order-1")), 3);
    window.model.setSearch(QStringLiteral("2"));
    QTRY_COMPARE(window.model.rowCount(), 2);
    QCOMPARE(rowOf(QStringLiteral("order-2")), 1);
    QCOMPARE(rowOf(QStringLiteral("order-1")), -1);
    window.model.setSearch({});
    window.cursor.moveTo(2);
    QCOMPARE(rowOf(QStringLiteral("user-2")), -1);
}

void TestStreamListModel::readsOnlyWhatIsLookedAt()
{
    QList<SampleEvent> events;
    for (int i = 1; i <= 2000; ++i)
        events.append(
            eventOf(QStringLiteral("s-%1").arg(i), "{\"i\":" + QByteArray::number(i) + "}"));
    Window window(events);
    window.model.prefetch(0, 10);
    QTRY_COMPARE(window.model.rowCount(), 2001);
    const auto nameAt = [&](int row) { return window.model.index(row, 0).data().toString(); };
    QTRY_COMPARE(nameAt(1), QStringLiteral("s-1"));
    // A row far away is not at hand; being asked for, it comes.
    QCOMPARE(nameAt(1500), QString());
    QTRY_COMPARE(nameAt(1500), QStringLiteral("s-1500"));
    window.model.prefetch(1990, 20);
    QTRY_COMPARE(window.model.index(2000, 2).data().toString(), QStringLiteral("i=2000"));
    QCOMPARE(nameAt(1000), QString());
}

void TestStreamListModel::givesRoles()
{
    Window window(shopLog());
    QTRY_COMPARE(window.model.rowCount(), 6);
    QTRY_COMPARE(
        window.model.index(4, 0).data(StreamNameRole).toString(), QStringLiteral("order-1"));
    const QModelIndex stream = window.model.index(4, 0);
    QCOMPARE(stream.data(IsCategoryRole).toBool(), false);
    QCOMPARE(stream.data(StreamIdRole).toLongLong(), 2);
    QCOMPARE(stream.data(StreamCategoryRole).toString(), QStringLiteral("order"));
    QCOMPARE(stream.data(StreamVersionRole).toLongLong(), 1);
    QCOMPARE(stream.data(ExistsRole).toBool(), true);
    const QModelIndex header = window.model.index(3, 0);
    QCOMPARE(header.data(IsCategoryRole).toBool(), true);
    QCOMPARE(header.data(IsExpandedRole).toBool(), true);
    QCOMPARE(header.data(StreamCategoryRole).toString(), QStringLiteral("order"));
    QCOMPARE(header.data(CategoryCountRole).toLongLong(), 2);
    QVERIFY(!header.data(StreamNameRole).isValid());
}

void TestStreamListModel::foldsHeadlinesByTheWorkspace()
{
    Window window({ { QStringLiteral("counter-1"), QStringLiteral("ADDED"), "{\"by\":2}" },
        { QStringLiteral("counter-1"), QStringLiteral("ADDED"), "{\"by\":3}" },
        { QStringLiteral("counter-1"), QStringLiteral("CLOSED") } });
    window.cursor.moveTo(2);
    QTRY_COMPARE(window.picture().value(window.model.rowCount() - 1),
        QStringLiteral("counter-1 | v2 | by=3"));
    window.model.setWorkspace(SampleWorkspace::counter());
    QTRY_COMPARE(
        window.picture().value(window.model.rowCount() - 1), QStringLiteral("counter-1 | v2 | 5"));
    QCOMPARE(window.model.index(1, 0).data(ExistsRole).toBool(), true);
    window.cursor.moveTo(3);
    QTRY_COMPARE(
        window.picture().value(window.model.rowCount() - 1), QStringLiteral("counter-1 | v3 | "));
    QTRY_COMPARE(window.model.index(1, 0).data(ExistsRole).toBool(), false);
}

void TestStreamListModel::foldsALongStreamsHeadline()
{
    QList<SampleEvent> events { eventOf(QStringLiteral("s-1"), "{\"a\":1}") };
    for (int i = 1; i <= 25'000; ++i)
        events.append(eventOf(QStringLiteral("s-2"), "{\"n\":" + QByteArray::number(i) + "}"));
    events.append(eventOf(QStringLiteral("s-3"), "{\"b\":1}"));
    Window window(events);
    QTRY_COMPARE(window.picture(),
        QStringList({ QStringLiteral("-s | 3 | "), QStringLiteral("s-1 | v1 | a=1"),
            QStringLiteral("s-2 | v25,000 | n=25000"), QStringLiteral("s-3 | v1 | b=1") }));
}

void TestStreamListModel::followsTheNewestOfManyMoves()
{
    Window window(SampleStore::numbered(600));
    QTRY_COMPARE(window.model.rowCount(), 8);
    for (Position position = 1; position <= 500; ++position)
        window.cursor.moveTo(position);
    window.cursor.moveTo(3);
    QTRY_COMPARE(window.picture(),
        QStringList({ QStringLiteral("-user | 2 | "), QStringLiteral("user-1 | v1 | n=1"),
            QStringLiteral("user-3 | v1 | n=3"), QStringLiteral("-order | 1 | "),
            QStringLiteral("order-2 | v1 | n=2") }));
    QTest::qWait(20);
    QCOMPARE(window.model.rowCount(), 5);
}

void TestStreamListModel::emptiesWhenTheStoreCloses()
{
    Window window(shopLog());
    QTRY_COMPARE(window.model.rowCount(), 6);
    window.client.close();
    QCOMPARE(window.model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestStreamListModel)
#include "tst_streamlistmodel.moc"
