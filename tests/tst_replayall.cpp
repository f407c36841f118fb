#include "support/storefiles.h"
#include "time/replayer.h"

#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// A store whose stream numbers were tampered with ends a replay by a reason.
class TestReplayAll final : public QObject {
    Q_OBJECT

private slots:
    void damagedStreamNumbersAreNamed_data()
    {
        QTest::addColumn<QByteArray>("number");
        for (const char* number : { "9", "0", "-1", "9223372036854775807", "-9223372036854775808" })
            QTest::newRow(number) << QByteArray(number);
    }

    void damagedStreamNumbersAreNamed()
    {
        QFETCH(QByteArray, number);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.eventlog"));
        makeStoreFile(path, 30);
        const Evolver evolver(Workspace::empty());
        const auto whole = replayAll(**openStore(path, OpenMode::ReadOnly), evolver, 30, {}, {});
        QCOMPARE(whole->streams, 3);
        QCOMPARE(tamper(path, "UPDATE event SET stream_id = " + number + " WHERE position = 17"),
            QString());
        const auto damaged = replayAll(**openStore(path, OpenMode::ReadOnly), evolver, 30, {}, {});
        QVERIFY(!damaged);
        QCOMPARE(damaged.error().code, ErrorCode::Corrupt);
        QVERIFY2(damaged.error().message.startsWith(QStringLiteral("Event 17 is in stream number ")
                     + QString::fromLatin1(number) + u','),
            qPrintable(damaged.error().message));
    }
};

QTEST_GUILESS_MAIN(TestReplayAll)
#include "tst_replayall.moc"
