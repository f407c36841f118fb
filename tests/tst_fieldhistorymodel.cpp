#include "state/fieldhistorymodel.h"
#include "support/modelpicture.h"
#include "support/samplestore.h"
#include "support/sampleworkspace.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

namespace {

struct Window {
    explicit Window(const QList<SampleEvent>& events)
        : sample(events)
    {
        isOpen = sample.openIn(client);
        cursor.setHead(client.head());
        model.setActive(true);
    }
    [[nodiscard]] QStringList rows() const { return pictureOf(model, { 0, 2, 3 }); }
    /// The row that is marked, and how many are after the cursor.
    [[nodiscard]] QByteArray marks() const
    {
        int current = -1;
        int ahead = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.index(row, 0).data(HistoryIsCurrentRole).toBool())
                current = row;
            ahead += model.index(row, 0).data(HistoryIsAheadRole).toBool() ? 1 : 0;
        }
        return QByteArray::number(current) + ", " + QByteArray::number(ahead) + " ahead";
    }

    SampleStore sample;
    StoreClient client;
    TimeCursor cursor;
    CursorFrame frame { client, cursor };
    Subject subject { client, frame };
    StateLoader loader { client, frame, subject };
    FieldHistoryModel model { client, frame, subject, loader };
    QAbstractItemModelTester tester { &model,
        QAbstractItemModelTester::FailureReportingMode::QtTest };
    bool isOpen = false;
};

QList<SampleEvent> user()
{
    const auto event = [](const char* type, const char* data) {
        return SampleEvent { QStringLiteral("user-1"), QString::fromLatin1(type), data };
    };
    return { event("MADE", R"({"name":"Ada","mail":"a"})"), event("MAILED", R"({"mail":"b"})"),
        event("NAMED", R"({"name":"Eve"})"), event("MAILED", R"({"mail":"b"})"),
        event("MAILED", R"({"mail":null})") };
}

} // namespace

class TestFieldHistoryModel final : public QObject {
    Q_OBJECT

private slots:
    void listsWhatSetTheField();
    void staysWhileTheCursorIsWithin();
    void tellsOfAFieldThatIsGone();
    void beginsAnewForAnotherFieldOrStream();
    void searchesALongStreamInPieces();
    void searchesAsFarAsIsLookedAt();
    void searchesOnceBesideFrames();
    void doesNothingUnlessLookedAt();
};

void TestFieldHistoryModel::listsWhatSetTheField()
{
    Window window(user());
    QVERIFY(window.isOpen);
    window.model.setField("/mail");
    window.cursor.moveTo(4);
    QTRY_COMPARE(window.rows(),
        QStringList({ QStringLiteral("v4 MAILED | b | b"), QStringLiteral("v2 MAILED | a | b"),
            QStringLiteral("v1 MADE | \u2013 | a") }));
    QVERIFY(window.model.isComplete());
    const auto change = [&](int row) {
        return window.model.index(row, 0).data(HistoryChangeRole).value<FieldChange>();
    };
    QCOMPARE(change(0), FieldChange::Unchanged);
    QCOMPARE(change(1), FieldChange::Changed);
    QCOMPARE(change(2), FieldChange::Added);
    QCOMPARE(window.model.index(1, 0).data(HistoryPositionRole).toLongLong(), 2);
    QCOMPARE(headerPictureOf(window.model), QStringLiteral("Set by | Time | Before | After"));
}

/// Else a click on a row would take away those above it.
void TestFieldHistoryModel::staysWhileTheCursorIsWithin()
{
    Window window(user());
    window.model.setField("/mail");
    window.cursor.moveTo(4);
    QTRY_COMPARE(window.marks(), QByteArray("0, 0 ahead"));
    window.cursor.moveTo(3);
    QTRY_COMPARE(window.marks(), QByteArray("1, 1 ahead"));
    window.cursor.moveTo(1);
    QTRY_COMPARE(window.marks(), QByteArray("2, 2 ahead"));
    QCOMPARE(window.model.rowCount(), 3);
    window.cursor.moveTo(5);
    QTRY_COMPARE(window.model.rowCount(), 4);
    QCOMPARE(window.rows().constFirst(), QStringLiteral("v5 MAILED | b | \u2013"));
}

void TestFieldHistoryModel::tellsOfAFieldThatIsGone()
{
    Window window(user());
    window.cursor.moveTo(5);
    QTRY_COMPARE(window.frame.position(), 5);
    window.model.setField("/mail");
    QTRY_COMPARE(window.rows().value(0), QStringLiteral("v5 MAILED | b | \u2013"));
    window.model.setField("/none");
    QTRY_VERIFY(window.model.rowCount() == 0 && window.model.isComplete());
}

void TestFieldHistoryModel::beginsAnewForAnotherFieldOrStream()
{
    auto events = user();
    events.append({ QStringLiteral("user-2"), QStringLiteral("MADE"), R"({"name":"Bob"})" });
    Window window(events);
    window.cursor.moveTo(4);
    window.model.setField("/name");
    QTRY_COMPARE(window.rows().value(0), QStringLiteral("v3 NAMED | Ada | Eve"));
    window.model.setField("");
    QTRY_COMPARE(window.model.rowCount(), 5); // With the initial state.
    window.model.setField("/name");
    window.cursor.moveTo(6);
    QTRY_COMPARE(window.rows(), QStringList(QStringLiteral("v1 MADE | \u2013 | Bob")));
    QCOMPARE(window.model.stream(), QStringLiteral("user-2"));
    window.cursor.moveTo(4);
    QTRY_COMPARE(window.rows().size(), 2);
    window.loader.setWorkspace(SampleWorkspace({ { QStringLiteral("events/NAMED.json"),
                                                   R"({"evolve": {"/other": "data.name"}})" } })
                                   .load());
    QTRY_COMPARE(window.rows(), QStringList(QStringLiteral("v1 MADE | \u2013 | Ada")));
}

void TestFieldHistoryModel::searchesALongStreamInPieces()
{
    QList<SampleEvent> events;
    for (int i = 1; i <= 6000; ++i)
        events.append({ QStringLiteral("user-1"), QStringLiteral("SET"),
            i == 1 || i == 5999 ? "{\"a\":" + QByteArray::number(i) + '}' : "{\"b\":1}" });
    Window window(events);
    window.cursor.moveTo(6000);
    QTRY_VERIFY(!window.loader.view()->foldedTo);
    QSignalSpy inserted(&window.model, &QAbstractItemModel::rowsInserted);
    window.model.setField("/a");
    // The newest first, the oldest when all was searched.
    QTRY_COMPARE(window.model.rowCount(), 2);
    QVERIFY(window.model.isComplete());
    // A machine that is busy shows the newest, too, as it is found; the oldest comes after it.
    QVERIFY(inserted.size() == 1 || inserted.size() == 2);
    QCOMPARE(inserted.constLast().at(2).toInt(), 1);
    QCOMPARE(window.rows().constLast(), QStringLiteral("v1 SET | \u2013 | 1"));
}

void TestFieldHistoryModel::searchesAsFarAsIsLookedAt()
{
    QList<SampleEvent> events;
    for (int i = 1; i <= 3000; ++i)
        events.append({ QStringLiteral("user-1"), QStringLiteral("SET"),
            "{\"a\":" + QByteArray::number(i) + '}' });
    Window window(events);
    window.cursor.moveTo(3000);
    window.model.setField("/a");
    QTRY_VERIFY(window.model.rowCount() >= FieldHistoryModel::rowsPerLook
        && !window.model.isSearching());
    const int rows = window.model.rowCount();
    QVERIFY(rows < 3000);
    QVERIFY(window.model.canFetchMore({}));
    window.model.fetchMore({});
    QTRY_VERIFY(window.model.rowCount() >= rows + FieldHistoryModel::rowsPerLook);
    // Each version once, although pieces were cancelled by a frame.
    window.model.fetchMore({});
    window.cursor.moveTo(2999);
    while (window.model.canFetchMore({}) || window.model.isSearching()) {
        window.model.fetchMore({});
        QTest::qWait(5);
    }
    QCOMPARE(window.model.rowCount(), 3000);
    for (int row = 0; row < 3000; ++row)
        QCOMPARE(window.model.index(row, 0).data(HistoryPositionRole).toInt(), 3000 - row);
}

/// Each version once, wherever in a frame further ones are asked for.
void TestFieldHistoryModel::searchesOnceBesideFrames()
{
    QList<SampleEvent> events;
    for (int i = 1; i <= 3000; ++i)
        events.append({ QStringLiteral("user-1"), QStringLiteral("SET"),
            "{\"a\":" + QByteArray::number(i) + '}' });
    Window window(events);
    window.cursor.moveTo(3000);
    window.model.setField("/a");
    QTRY_VERIFY(window.model.rowCount() >= FieldHistoryModel::rowsPerLook
        && !window.model.isSearching());
    Position position = 2999;
    while (window.model.canFetchMore({}) || window.model.isSearching()) {
        if (!window.model.isSearching()) {
            window.cursor.moveTo(position--);
            QCoreApplication::processEvents(); // The frame is being read.
            window.model.fetchMore({});
        }
        QTest::qWait(1);
    }
    QCOMPARE(window.model.rowCount(), 3000);
    for (int row = 0; row < 3000; ++row)
        QCOMPARE(window.model.index(row, 0).data(HistoryPositionRole).toInt(), 3000 - row);
}

void TestFieldHistoryModel::doesNothingUnlessLookedAt()
{
    Window window(user());
    window.model.setActive(false);
    window.model.setField("/name");
    window.cursor.moveTo(4);
    QTRY_COMPARE(window.loader.view()->position, 4);
    QCOMPARE(window.model.rowCount(), 0);
    QVERIFY(!window.model.prepare(4));
    window.model.setActive(true);
    QTRY_COMPARE(window.model.rowCount(), 2);
}

QTEST_GUILESS_MAIN(TestFieldHistoryModel)
#include "tst_fieldhistorymodel.moc"
