#include "store/repairstore.h"
#include "store/sqlitemissingbytes.h"
#include "support/storefiles.h"
#include "support/walframes.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

namespace {

constexpr int events = 2000;
constexpr qint64 pageSize = storePageSize;

Result<AppendOutcome> appendLarge(EventStore& store, int bytes)
{
    return store.append({ QStringLiteral("s-1"), ExpectedVersion::any(),
        { NewEvent {
            QStringLiteral("E"), '"' + QByteArray(bytes, 'x') + '"', "{}", { 1 }, QString() } } });
}

} // namespace

/// A store whose file ends early, as a copy does that was cut off.
class tst_CutStore final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void whatIsThereIsReadAndRepaired_data();
    void whatIsThereIsReadAndRepaired();
    void aCutBesideALogIsNoticed_data();
    void aCutBesideALogIsNoticed();
    void aBackupBesideALogIsNoticed_data();
    void aBackupBesideALogIsNoticed();
    void aLogOfALostEndIsLeft();
    void whatTheLogHoldsIsNotMissing_data();
    void whatTheLogHoldsIsNotMissing();
    void aCheckpointUnderWayIsNoFault();
    void tablesThatAreOthersAreNamed_data();
    void tablesThatAreOthersAreNamed();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    void cut(qint64 bytes) const;
    /// Appends, and leaves the store and its log as a crash would.
    void crash(int appends, int bytes) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_CutStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), events);
}

void tst_CutStore::cut(qint64 bytes) const
{
    QVERIFY(QFile::resize(path(), QFileInfo(path()).size() - bytes));
}

void tst_CutStore::whatIsThereIsReadAndRepaired_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<OpenMode>("mode");
    for (const int pages : { 1, 3, 10, 25 }) {
        QTest::addRow("%d pages, to read", pages) << pages * pageSize << OpenMode::ReadOnly;
        QTest::addRow("%d pages, to write", pages) << pages * pageSize << OpenMode::ReadWrite;
    }
    // Of which SQLite says nothing, and reads zeros.
    for (const int bytes : { 1, 100, 1000, 8191 }) {
        QTest::addRow("%d bytes, to read", bytes) << qint64 { bytes } << OpenMode::ReadOnly;
        QTest::addRow("%d bytes, to write", bytes) << qint64 { bytes } << OpenMode::ReadWrite;
    }
    QTest::newRow("a page and a half") << pageSize * 3 / 2 << OpenMode::ReadWrite;
}

void tst_CutStore::whatIsThereIsReadAndRepaired()
{
    QFETCH(qint64, bytes);
    QFETCH(OpenMode, mode);
    cut(bytes);
    const QByteArray before = contentOf(path());
    qint64 faults = 0;
    RepairSummary summary;
    {
        const auto store = openStore(path(), mode);
        QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().message));
        QVERIFY2((*store)->openingFault().contains(
                     QStringLiteral("%1 bytes are missing").arg(bytes)),
            qPrintable((*store)->openingFault()));
        QVERIFY(!(*store)->readOnlyReason().isEmpty());
        const auto appended = appendOne(**store, QStringLiteral("s"));
        QVERIFY(!appended.ok());
        QCOMPARE(appended.error().code, ErrorCode::ReadOnly);
        QVERIFY((*store)->verify(
            CancelToken(), [](Position) {}, [&](const StoreFault&) { ++faults; }));
        const auto repaired
            = repairStore(**store, m_folder->filePath(QStringLiteral("b.eventlog")), {},
                CancelToken(), [](const RepairNote&) {});
        QVERIFY2(repaired.ok(), repaired ? "" : qPrintable(repaired.error().message));
        summary = *repaired;
    }
    QVERIFY(faults > 0);
    QCOMPARE(contentOf(path()), before);
    const auto repaired
        = openStore(m_folder->filePath(QStringLiteral("b.eventlog")), OpenMode::ReadOnly);
    QCOMPARE(*(*repaired)->head(), summary.copied);
    QVERIFY(summary.copied > events / 4);
    const auto log = (*repaired)->readLog(1, events);
    for (qsizetype i = 0; i < log->size(); ++i)
        QCOMPARE(log->at(i).data, "{\"n\":" + QByteArray::number(i + 1) + "}");
}

void tst_CutStore::crash(int appends, int bytes) const
{
    QByteArrayList left;
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        for (int i = 0; i < appends; ++i)
            QVERIFY(appendLarge(**store, bytes));
        left = { contentOf(path()), contentOf(path() + QStringLiteral("-wal")) };
    }
    writeContent(path(), left.at(0));
    writeContent(path() + QStringLiteral("-wal"), left.at(1));
}

void tst_CutStore::aCutBesideALogIsNoticed_data()
{
    QTest::addColumn<int>("pages");
    QTest::addColumn<OpenMode>("mode");
    for (const int pages : { 3, 10, 25 }) {
        QTest::addRow("%d pages, to read", pages) << pages << OpenMode::ReadOnly;
        QTest::addRow("%d pages, to write", pages) << pages << OpenMode::ReadWrite;
    }
}

/// SQLite takes the size from the log, and would let the file grow over the gap.
void tst_CutStore::aCutBesideALogIsNoticed()
{
    QFETCH(int, pages);
    QFETCH(OpenMode, mode);
    crash(2, 10);
    cut(pages * pageSize);
    const QString log = path() + QStringLiteral("-wal");
    const QByteArray before = contentOf(path());
    const QByteArray logBefore = contentOf(log);
    // A page of the end that the appends wrote to is in the log.
    const qint64 missing = missingBesideLog(path());
    QVERIFY(missing > 0 && missing <= pages * pageSize);
    Position copied = 0;
    {
        const auto store = openStore(path(), mode);
        QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().message));
        QVERIFY2((*store)->openingFault().contains(
                     QStringLiteral("%1 bytes are missing").arg(missing)),
            qPrintable((*store)->openingFault()));
        QCOMPARE(appendOne(**store, QStringLiteral("s")).error().code, ErrorCode::ReadOnly);
        QCOMPARE((*store)->beginBulk().error().code, ErrorCode::ReadOnly);
        const auto repaired
            = repairStore(**store, m_folder->filePath(QStringLiteral("b.eventlog")), {},
                CancelToken(), [](const RepairNote&) {});
        QVERIFY2(repaired.ok(), repaired ? "" : qPrintable(repaired.error().message));
        copied = repaired->copied;
    }
    QCOMPARE(contentOf(path()), before);
    QCOMPARE(contentOf(log), logBefore);
    QVERIFY(copied > events / 4 && copied <= events + 2);
}

void tst_CutStore::aBackupBesideALogIsNoticed_data()
{
    QTest::addColumn<bool>("hasHead");
    QTest::addColumn<OpenMode>("mode");
    QTest::newRow("to read") << true << OpenMode::ReadOnly;
    QTest::newRow("to write") << true << OpenMode::ReadWrite;
    QTest::newRow("without a head file, to read") << false << OpenMode::ReadOnly;
    QTest::newRow("without a head file, to write") << false << OpenMode::ReadWrite;
}

/// An older copy of the file, which is whole by itself, beside the log that a crash left.
void tst_CutStore::aBackupBesideALogIsNoticed()
{
    QFETCH(bool, hasHead);
    QFETCH(OpenMode, mode);
    const QString log = path() + QStringLiteral("-wal");
    const QString head = path() + QStringLiteral(".head");
    const QByteArray backup = contentOf(path());
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        for (int i = 0; i < 30; ++i)
            QVERIFY(appendLarge(**store, 10'000));
    }
    crash(10, 100);
    writeContent(path(), backup);
    const QByteArray logBefore = contentOf(log);
    if (!hasHead)
        QVERIFY(QFile::remove(head));
    QCOMPARE(missingBytes(path()), 0);
    {
        const auto store = openStore(path(), mode);
        QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().message));
        const QString fault = (*store)->openingFault();
        QVERIFY2(fault.contains(QStringLiteral("bytes are missing")), qPrintable(fault));
        QVERIFY2(fault.contains(QStringLiteral("put back from a copy, move %1 away").arg(log)),
            qPrintable(fault));
        QCOMPARE((*store)->beginBulk().error().code, ErrorCode::ReadOnly);
    }
    QCOMPARE(contentOf(path()), backup);
    QCOMPARE(contentOf(log), logBefore);
    // Who does what it says has the copy.
    QVERIFY(QFile::remove(log));
    if (hasHead)
        QVERIFY(QFile::remove(head));
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QCOMPARE((*store)->openingFault(), QString());
    QVERIFY(appendOne(**store, QStringLiteral("s")));
    QCOMPARE((*store)->head().value(), events + 1);
    qint64 faults = 0;
    QVERIFY((*store)->verify({}, {}, [&](const StoreFault&) { ++faults; }));
    QCOMPARE(faults, 0);
}

/// Also where no page is missing: whether the log belongs to the file, only a person can say.
void tst_CutStore::aLogOfALostEndIsLeft()
{
    const QString log = path() + QStringLiteral("-wal");
    crash(4, 10);
    const QByteArray shorter = contentOf(log);
    const QByteArray file = contentOf(path());
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        QVERIFY(appendOne(**store, QStringLiteral("s")));
    }
    writeContent(path(), file);
    writeContent(log, shorter);
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        const QString reason = (*store)->readOnlyReason();
        QVERIFY2(reason.contains(QStringLiteral("event %1 was stored").arg(events + 5)),
            qPrintable(reason));
        QVERIFY2(reason.contains(QStringLiteral("put back from a copy, move %1 away").arg(log)),
            qPrintable(reason));
    }
    QCOMPARE(contentOf(path()), file);
    QCOMPARE(contentOf(log), shorter);
}

void tst_CutStore::whatTheLogHoldsIsNotMissing_data()
{
    QTest::addColumn<int>("pages");
    QTest::addColumn<OpenMode>("mode");
    for (const int pages : { 0, 1, 2, 6, 12 }) {
        QTest::addRow("%d pages, to read", pages) << pages << OpenMode::ReadOnly;
        QTest::addRow("%d pages, to write", pages) << pages << OpenMode::ReadWrite;
    }
}

/// As a crash in the middle of a checkpoint leaves it, which writes the header first.
void tst_CutStore::whatTheLogHoldsIsNotMissing()
{
    QFETCH(int, pages);
    QFETCH(OpenMode, mode);
    crash(5, 40'000);
    QByteArray file = contentOf(path());
    checkpointInPart(file, contentOf(path() + QStringLiteral("-wal")), pages);
    writeContent(path(), file);
    QCOMPARE(missingBytes(path()) > 0, pages > 0);
    QCOMPARE(missingBesideLog(path()), 0);
    {
        const auto store = openStore(path(), mode);
        QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().message));
        QCOMPARE((*store)->openingFault(), QString());
    }
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(appendOne(**store, QStringLiteral("s")));
    qint64 faults = 0;
    QVERIFY((*store)->verify({}, {}, [&](const StoreFault&) { ++faults; }));
    QCOMPARE(faults, 0);
    QCOMPARE(*(*store)->head(), events + 6);
}

/// Where a reader keeps to an older state, only what that needs is moved to the file, without pages
/// that were written since: it is shorter than its header says, for as long as the reader reads.
void tst_CutStore::aCheckpointUnderWayIsNoFault()
{
    const auto writer = openStore(path(), OpenMode::ReadWrite);
    const auto reader = openStore(path(), OpenMode::ReadOnly);
    int shorter = 0;
    QStringList faults;
    const auto look = [&] {
        shorter += missingBytes(path()) > 0 ? 1 : 0;
        for (const OpenMode mode : { OpenMode::ReadOnly, OpenMode::ReadWrite }) {
            const auto store = openStore(path(), mode);
            if (!store)
                faults += store.error().message;
            else if (!(*store)->openingFault().isEmpty())
                faults += (*store)->openingFault();
        }
    };
    for (int round = 0; round < 14; ++round) {
        QVERIFY(appendLarge(**writer, 3000 * (round % 7 + 1)));
        QVERIFY((*reader)->scanLog(1, 1, ScanColumn::Data, CancelToken(), [&](const EventView&) {
            (void)appendOne(**writer, QStringLiteral("s"));
            (void)runSql(path(), "PRAGMA wal_checkpoint");
            look();
            return true;
        }));
        look();
    }
    QCOMPARE(faults, QStringList());
    QVERIFY(shorter > 0);
}

void tst_CutStore::tablesThatAreOthersAreNamed_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("reason");
    QTest::newRow("missing") << QByteArray("DROP TRIGGER event_is_not_updated")
                             << QStringLiteral("trigger event_is_not_updated is missing");
    QTest::newRow("more") << QByteArray("CREATE TABLE x(y)")
                          << QStringLiteral("table x is none of its own");
    QTest::newRow("others") << QByteArray("ALTER TABLE category ADD COLUMN more TEXT")
                            << QStringLiteral("table category is another one");
}

void tst_CutStore::tablesThatAreOthersAreNamed()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, reason);
    QCOMPARE(runSql(path(), sql), QString());
    const auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(!store.ok());
    QVERIFY2(store.error().message.contains(reason), qPrintable(store.error().message));
}

QTEST_GUILESS_MAIN(tst_CutStore)
#include "tst_cutstore.moc"
