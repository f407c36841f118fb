#include "store/openstore.h"
#include "support/storefiles.h"
#include "support/walframes.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <csignal>
#include <memory>
#include <thread>

#include <sqlite3.h>

using namespace eventloupe;

/// A store's file and the -wal file beside it: what goes together is opened and written, whatever
/// has moved pages between them, and what does not is told.
class tst_LogCoherence final : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void aVacuumThatWasMovedInPartIsSound_data();
    void aVacuumThatWasMovedInPartIsSound();
    void aVacuumUnderAnOpenStoreIsTheSameLog_data() { partsOfAVacuum(); }
    void aVacuumUnderAnOpenStoreIsTheSameLog();
    void anEarlierCopyAsLongAsItIsUnderALogIsTold();
    void whatWaitedForTheLockLooksAgain();
    void aLoadGoesOnAfterACheckpointThatWasKilled();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    QString log() const { return path() + QStringLiteral("-wal"); }
    static void partsOfAVacuum();
    /// Vacuums the store, in its -wal file alone, and leaves both as a crash does.
    void vacuum() const;
    QByteArray earlierCopy() const;
    static void add(EventStore& store, int from, int to, int streams);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_LogCoherence::partsOfAVacuum()
{
    QTest::addColumn<int>("pages"); ///< That were moved to the file.
    for (const int pages : { 0, 1, 2, 3, 5, 8, 20, 40, 60, 1000 })
        QTest::addRow("%d", pages) << pages;
}

void tst_LogCoherence::add(EventStore& store, int from, int to, int streams)
{
    const auto bulk = store.beginBulk();
    QVERIFY(bulk);
    for (int i = from; i < to; ++i)
        QVERIFY((*bulk)->add(QStringLiteral("s-%1").arg(i % streams),
            { QStringLiteral("E"), "{}", "{}", { i }, QStringLiteral("id-%1").arg(i) }));
    const auto committed = (*bulk)->commit({});
    QVERIFY2(committed, committed ? "" : qPrintable(committed.error().message));
}

void tst_LogCoherence::vacuum() const
{
    sqlite3* database = nullptr;
    QCOMPARE(sqlite3_open(path().toUtf8().constData(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, "PRAGMA wal_autocheckpoint=0; VACUUM", nullptr, nullptr,
                 nullptr),
        SQLITE_OK);
    const QByteArray file = contentOf(path());
    const QByteArray wal = contentOf(log());
    sqlite3_close(database);
    writeContent(path(), file);
    writeContent(log(), wal);
    QVERIFY(wal.size() > 40 * storePageSize);
}

void tst_LogCoherence::aVacuumThatWasMovedInPartIsSound_data()
{
    partsOfAVacuum();
}

void tst_LogCoherence::aVacuumThatWasMovedInPartIsSound()
{
    QFETCH(int, pages);
    add(**openStore(path(), OpenMode::Create), 0, 3000, 100);
    add(**openStore(path(), OpenMode::ReadWrite), 3000, 3500, 100);
    vacuum();
    QByteArray file = contentOf(path());
    checkpointInPart(file, contentOf(log()), pages);
    writeContent(path(), file);
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY2(store, store ? "" : qPrintable(store.error().message));
    QCOMPARE((*store)->openingFault(), QString());
    QVERIFY(appendOne(**store, QStringLiteral("s-1")));
    add(**store, 3501, 3510, 100);
    QVERIFY((*store)->verify({}, {}, [](const StoreFault& fault) {
        QFAIL(qPrintable(fault.message));
    }));
}

/// Another process moves its pages, and is slow, or ends.
void tst_LogCoherence::aVacuumUnderAnOpenStoreIsTheSameLog()
{
    QFETCH(int, pages);
    add(**openStore(path(), OpenMode::Create), 0, 3000, 100);
    add(**openStore(path(), OpenMode::ReadWrite), 3000, 3500, 100);
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(store && (*store)->head().value() == 3500);
    sqlite3* database = nullptr;
    QCOMPARE(sqlite3_open(path().toUtf8().constData(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, "PRAGMA wal_autocheckpoint=0; VACUUM", nullptr, nullptr,
                 nullptr),
        SQLITE_OK);
    QByteArray file = contentOf(path());
    checkpointInPart(file, contentOf(log()), pages);
    const QString moved = m_folder->filePath(QStringLiteral("moved"));
    writeContent(moved, file);
    QCOMPARE(QProcess::execute(QStringLiteral("dd"),
                 { QStringLiteral("if=") + moved, QStringLiteral("of=") + path(),
                     QStringLiteral("conv=notrunc"), QStringLiteral("status=none") }),
        0);
    const auto appended = appendOne(**store, QStringLiteral("s-1"));
    QVERIFY2(appended, appended ? "" : qPrintable(appended.error().message));
    add(**store, 3501, 3510, 100);
    QCOMPARE((*store)->head().value(), 3510);
    sqlite3_close(database);
    QVERIFY((*store)->verify({}, {}, [](const StoreFault& fault) {
        QFAIL(qPrintable(fault.message));
    }));
}

/// Of a store of many streams, which has one event more now and is as long.
QByteArray tst_LogCoherence::earlierCopy() const
{
    add(**openStore(path(), OpenMode::Create), 0, 4000, 2000);
    add(**openStore(path(), OpenMode::ReadWrite), 4000, 5500, 2000);
    const QByteArray copy = contentOf(path());
    const auto appended
        = appendOne(**openStore(path(), OpenMode::ReadWrite), QStringLiteral("s-1"));
    return appended && contentOf(path()).size() == copy.size() ? copy : QByteArray();
}

/// Its events and those of the log follow each other; its indexes lack what was stored between.
void tst_LogCoherence::anEarlierCopyAsLongAsItIsUnderALogIsTold()
{
    const QByteArray copy = earlierCopy();
    QByteArray wal;
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        QVERIFY(appendOne(**store, QStringLiteral("s-1999")));
        wal = contentOf(log());
    }
    writeContent(path(), copy);
    writeContent(log(), wal);
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        QVERIFY(store);
        QVERIFY2((*store)->openingFault().contains(QStringLiteral("do not fit each other")),
            qPrintable((*store)->openingFault()));
        QVERIFY(!appendOne(**store, QStringLiteral("s-1")));
        QVERIFY(!(*store)->beginBulk());
    }
    QCOMPARE(contentOf(path()), copy);
    QCOMPARE(contentOf(log()), wal);
}

/// A writer waits for the lock of another process, and the file is written over meanwhile.
void tst_LogCoherence::whatWaitedForTheLockLooksAgain()
{
    if (QStandardPaths::findExecutable(QStringLiteral("sqlite3")).isEmpty())
        QSKIP("needs Debian's sqlite3");
    const QByteArray copy = earlierCopy();
    const QString earlier = m_folder->filePath(QStringLiteral("earlier"));
    writeContent(earlier, copy);
    auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(store && appendOne(**store, QStringLiteral("s-1999")));
    QProcess holder;
    holder.start(QStringLiteral("sqlite3"), { path() });
    holder.write("BEGIN IMMEDIATE;\n.print held\n");
    QVERIFY(holder.waitForReadyRead());
    const auto id = static_cast<pid_t>(holder.processId());
    std::thread other([&, id] {
        QThread::msleep(300);
        QProcess::execute(QStringLiteral("cp"), { earlier, path() });
        ::kill(id, SIGKILL);
    });
    const auto refused = appendOne(**store, QStringLiteral("s-1"));
    other.join();
    holder.waitForFinished();
    QVERIFY(!refused);
    store = Error {};
    QCOMPARE(contentOf(path()), copy);
}

/// It completes what was begun, so that the log does not grow with each load.
void tst_LogCoherence::aLoadGoesOnAfterACheckpointThatWasKilled()
{
    add(**openStore(path(), OpenMode::Create), 0, 500, 50);
    QByteArray file;
    QByteArray wal;
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        for (int i = 0; i < 60; ++i)
            QVERIFY(appendOne(**store, QStringLiteral("s-%1").arg(i % 50)));
        file = contentOf(path());
        wal = contentOf(log());
    }
    checkpointInPart(file, wal, 1);
    writeContent(path(), file);
    writeContent(log(), wal);
    for (int i = 0; i < 3; ++i)
        add(**openStore(path(), OpenMode::ReadWrite), 1000 + i, 1001 + i, 50);
    QVERIFY(!QFile::exists(log()));
    QCOMPARE((*openStore(path(), OpenMode::ReadOnly))->head().value(), 563);
}

QTEST_GUILESS_MAIN(tst_LogCoherence)
#include "tst_logcoherence.moc"
