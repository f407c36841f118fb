#include "support/clientjobs.h"
#include "support/storefiles.h"

using namespace eventloupe;

/// A file that another log is written over while its store is open.
class tst_OverwrittenStore final : public QObject, private ClientJobs {
    Q_OBJECT

private slots:
    void init() { renew(); }
    void overwrittenFileIsTold_data();
    void overwrittenFileIsTold();
    void anEarlierCopyIsTold();
    void whatIsTheSameLogIsNotTold();
};

void tst_OverwrittenStore::overwrittenFileIsTold_data()
{
    QTest::addColumn<QByteArray>("content");
    const QTemporaryDir folder;
    const QString other = folder.filePath(QStringLiteral("long.eventlog"));
    {
        // The hashes of another log are other ones from the first event on.
        const auto store = openStore(other, OpenMode::Create);
        QVERIFY(store && appendOne(**store, QStringLiteral("s-9")));
        const auto bulk = (*store)->beginBulk();
        for (int i = 0; i < 500; ++i)
            QVERIFY((*bulk)->add(QStringLiteral("s-1"),
                { QStringLiteral("E"), "{}", "{}", { i }, QStringLiteral("id-%1").arg(i) }));
        QVERIFY((*bulk)->commit({}));
    }
    QTest::newRow("another log") << contentOf(other);
    QTest::newRow("text") << QByteArray("{\"n\":1}\n").repeated(10'000);
    QTest::newRow("nothing") << QByteArray();
}

/// As `cp` does it. A log of as many events or more has no shorter end to be known by.
void tst_OverwrittenStore::overwrittenFileIsTold()
{
    QFETCH(QByteArray, content);
    makeStoreFile(path(), 300);
    StoreClient client;
    open(client);
    QSignalSpy failed(&client, &StoreClient::failed);
    QSignalSpy grown(&client, &StoreClient::headChanged);
    writeContent(path(), content);
    // Before anybody has looked.
    const auto append = [&client] {
        QString message;
        client.run<AppendOutcome>(
            StoreClient::Lane::Interactive, nullptr,
            [](EventStore& store, const CancelToken&) {
                return appendOne(store, QStringLiteral("s-1"));
            },
            [&message](const Result<AppendOutcome>& outcome) {
                message = outcome ? QStringLiteral("stored") : outcome.error().message;
            });
        wait(client, interactive);
        return message;
    };
    const QString refused = append();
    QVERIFY2(refused.contains(QStringLiteral("written over")), qPrintable(refused));
    QTRY_COMPARE(failed.size(), 1);
    const auto error = failed.first().first().value<Error>();
    QVERIFY2(error.message.contains(QStringLiteral("was written over ") + path()),
        qPrintable(error.message));
    QVERIFY(client.isOpen() && client.isReplaced());
    client.checkForGrowth();
    wait(client, interactive);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(grown.size(), 0);
    QVERIFY(!append().contains(QStringLiteral("stored")));
    QCOMPARE(contentOf(path()), content);
}

/// Its beginning is the same.
void tst_OverwrittenStore::anEarlierCopyIsTold()
{
    makeStoreFile(path(), 300);
    const QByteArray copy = contentOf(path());
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        for (int i = 0; i < 5; ++i)
            QVERIFY(appendOne(**store, QStringLiteral("s-1")).ok());
    }
    StoreClient client;
    open(client);
    QCOMPARE(client.head(), 305);
    QSignalSpy failed(&client, &StoreClient::failed);
    writeContent(path(), copy);
    QTRY_COMPARE(failed.size(), 1);
    const auto error = failed.first().first().value<Error>();
    QVERIFY2(error.message.contains(QStringLiteral("event 305, and ends at event 300 now")),
        qPrintable(error.message));
    QVERIFY(client.isReplaced());
    QCOMPARE(contentOf(path()), copy);
}

/// No false alarm: whatever writes to the file, or only seems to.
void tst_OverwrittenStore::whatIsTheSameLogIsNotTold()
{
    makeStoreFile(path(), 300);
    StoreClient client;
    open(client);
    QSignalSpy failed(&client, &StoreClient::failed);
    const auto look = [&client] {
        for (int i = 0; i < 3; ++i) {
            client.checkForGrowth();
            wait(client, interactive);
        }
    };
    writeContent(path(), contentOf(path())); // A copy of it.
    look();
    const auto other = openStore(path(), OpenMode::ReadWrite);
    for (int i = 0; i < 5; ++i) {
        QVERIFY(appendOne(**other, QStringLiteral("s-1")).ok());
        QCOMPARE(runSql(path(), "PRAGMA wal_checkpoint(TRUNCATE)"), QString());
        look();
    }
    QTRY_COMPARE(client.head(), 305);
    QVERIFY(!client.isReplaced());
    QCOMPARE(failed.size(), 0);
}

QTEST_GUILESS_MAIN(tst_OverwrittenStore)
#include "tst_overwrittenstore.moc"
