#include "foreign/foreigneventstore.h"
#include "foreign/sqliteforeigndatabase.h"
#include "support/foreignfiles.h"

#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <future>
#include <memory>

using namespace eventloupe;

namespace {

/// What a verification tells, as "position: message"; its own failure last.
struct Verified {
    qint64 events = 0;
    QList<Position> progress;
    QStringList faults;
};

Verified verified(EventStore& store)
{
    Verified result;
    const auto done = store.verify(
        {}, [&result](Position position) { result.progress.append(position); },
        [&result](const StoreFault& fault) {
            result.faults.append(
                QStringLiteral("%1: %2").arg(fault.position).arg(fault.message));
        });
    if (done)
        result.events = *done;
    else
        result.faults.append(done.error().message);
    return result;
}

/// Emmett's events 1..count over seven streams.
QByteArray someEvents(int count)
{
    QByteArray sql = "BEGIN;";
    for (int position = 1; position <= count; ++position)
        sql += emmettEvent(position, "cart-" + QByteArray::number(position % 7),
            (position - 1) / 7 + 1, "ADDED", "{\"n\":" + QByteArray::number(position) + "}");
    return sql + "COMMIT;";
}

} // namespace

/// The verification of another library's log, which goes on in pieces side by side.
class tst_ForeignVerify final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addForeignStores(); }
    void findsNothingInAWholeLog();
    void tellsFaultsInTheOrderOfTheLog();
    void splitsCommitsBetweenPieces();
    void endsWhenItIsCancelled();
    void endsWhenItIsCancelledBeforeItIsCounted();

private:
    QTemporaryDir m_folder;
};

void tst_ForeignVerify::findsNothingInAWholeLog()
{
    const QString path = m_folder.filePath(QStringLiteral("whole.db"));
    {
        OtherProgram writer(path);
        writer.run(emmettTables() + someEvents(10'000));
    }
    const auto result = verified(*openCounted(path));
    QCOMPARE(result.faults, QStringList());
    QCOMPARE(result.events, 10'000);
    QVERIFY(result.progress.size() > 1);
    QVERIFY(std::ranges::is_sorted(result.progress));
    QCOMPARE(result.progress.last(), 10'000);
}

void tst_ForeignVerify::tellsFaultsInTheOrderOfTheLog()
{
    const QString path = m_folder.filePath(QStringLiteral("faulty.db"));
    {
        OtherProgram writer(path);
        writer.run(emmettTables() + someEvents(10'000)
            + "UPDATE emt_messages SET message_data = x'aced0005' WHERE global_position IN "
              "(42, 4096, 4097, 9999);"
              "UPDATE emt_messages SET stream_position = 5000 WHERE global_position = 8000;");
    }
    const auto result = verified(*openCounted(path));
    QCOMPARE(result.events, 10'000);
    QStringList starts;
    for (const QString& fault : result.faults)
        starts.append(fault.section(u' ', 0, 1));
    QCOMPARE(starts,
        QStringList({ QStringLiteral("42: message_data:"), QStringLiteral("4096: message_data:"),
            QStringLiteral("4097: message_data:"), QStringLiteral("8000: cart-6"),
            QStringLiteral("9999: message_data:") }));
}

void tst_ForeignVerify::splitsCommitsBetweenPieces()
{
    const QString path = m_folder.filePath(QStringLiteral("commits.db"));
    {
        OtherProgram writer(path);
        QByteArray sql
            = "CREATE TABLE Commits(BucketId TEXT, StreamId TEXT, StreamIdOriginal TEXT,"
              " StreamRevision INTEGER, Items INTEGER, CommitId BLOB, CommitSequence INTEGER,"
              " CommitStamp TEXT, CheckpointNumber INTEGER PRIMARY KEY, Headers BLOB,"
              " Payload BLOB); BEGIN;";
        // Three events each, which a piece of 4,096 ends within.
        for (int commit = 1; commit <= 3000; ++commit)
            sql += "INSERT INTO Commits VALUES('default','h','cart',"
                + QByteArray::number(3 * commit) + ",3,x'01',1,'2026-01-05 08:00:00',"
                + QByteArray::number(commit * 2)
                + ",'{}','[{\"Body\":{\"$type\":\"E\"}},{\"Body\":{}},{\"Body\":{}}]');";
        writer.run(sql + "UPDATE Commits SET StreamRevision = 4000 WHERE CheckpointNumber = 2732;"
                   + "COMMIT;");
    }
    const auto store = openCounted(path);
    QCOMPARE(*store->head(), 9000);
    const auto result = verified(*store);
    QCOMPARE(result.events, 9000);
    // Each of its events is told once, though two pieces read the row.
    QCOMPARE(result.faults.size(), 3);
    for (int event = 0; event < 3; ++event)
        QVERIFY2(result.faults.at(event).startsWith(QStringLiteral("%1: default-cart has version")
                                                        .arg(4096 + event)),
            qPrintable(result.faults.at(event)));
}

void tst_ForeignVerify::endsWhenItIsCancelled()
{
    const QString path = m_folder.filePath(QStringLiteral("whole.db"));
    const auto store = openCounted(path);
    CancelToken cancel;
    cancel.cancel();
    const auto done = store->verify(cancel, {}, {});
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::Cancelled);
}

void tst_ForeignVerify::endsWhenItIsCancelledBeforeItIsCounted()
{
    const QString path = m_folder.filePath(QStringLiteral("uncounted.db"));
    {
        OtherProgram writer(path);
        writer.run(emmettTables() + someEvents(10));
    }
    const auto found = recogniseStores(path);
    QVERIFY(found && !found->stores.empty());
    auto database = SqliteForeignDatabase::open(path);
    QVERIFY(database);
    // Whoever counts does not get at the database.
    std::promise<void> opening;
    const auto open = [path, opened = opening.get_future().share()] {
        opened.wait();
        return SqliteForeignDatabase::open(path);
    };
    auto log = std::make_shared<ForeignLog>(found->stores.front(), ForeignEngine::Sqlite, open);
    const auto letGo = qScopeGuard([&opening] { opening.set_value(); });
    ForeignEventStore store(path, std::move(*database), log);
    QVERIFY(store.counting().isUnderWay);
    const CancelToken cancel;
    cancel.cancel();
    const auto ended = store.verify(cancel, {}, [](const StoreFault&) {});
    QVERIFY(!ended);
    QCOMPARE(ended.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(tst_ForeignVerify)
#include "tst_foreignverify.moc"
