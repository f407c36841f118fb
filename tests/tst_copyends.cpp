#include "exchange/copylog.h"
#include "support/filesizelimit.h"
#include "support/storecontract.h"
#include "support/storefiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace eventloupe;

namespace {

constexpr int logEvents = 30'000;

Result<CopySummary> copyFile(const QString& from, const QString& to, qint64 batch)
{
    const auto store = openStore(from, OpenMode::ReadOnly);
    if (!store)
        return store.error();
    return copyLog(**store, { to, false, false, batch }, Progress(), CancelToken());
}

QStringList argumentsOf(const QString& from, const QString& to, qint64 batch)
{
    return { QStringLiteral("--copy"), from, to, QString::number(batch) };
}

bool isSame(const EventView& event, const Event& other)
{
    return event.position == other.position && toBytes(event.stream) == other.stream.toUtf8()
        && event.version == other.version && toBytes(event.type) == other.type.toUtf8()
        && event.time == other.time && toBytes(event.id) == other.id.toUtf8()
        && toBytes(event.data) == other.data && toBytes(event.metadata) == other.metadata;
}

} // namespace

/// Copies that end before their time.
class CopyEndsTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { makeStoreFile(from(), logEvents); }
    void killedCopiesGoOn_data();
    void killedCopiesGoOn();
    void fullDiskKeepsWhatIsThere();
    void cleanupTestCase() { QVERIFY(m_endedMidway > 0); }

private:
    QString from() const { return m_folder.filePath(QStringLiteral("a.eventlog")); }
    /// How many events a copy has so far; all of them are the log's.
    int comparedEvents(const QString& to) const;

    QTemporaryDir m_folder;
    int m_endedMidway = 0; ///< Copies that were killed with some of the log, not all.
};

int CopyEndsTest::comparedEvents(const QString& to) const
{
    const auto log = openStore(from(), OpenMode::ReadOnly);
    const auto copy = openStore(to, OpenMode::ReadOnly);
    if (!copy)
        return copy.error().code == ErrorCode::NotFound ? 0 : -1;
    const auto events = (*copy)->readLog(1, logEvents + 1);
    int same = 0;
    const auto scanned
        = (*log)->scanLog(1, events->size(), allScanColumns, {}, [&](const EventView& event) {
              same += isSame(event, events->at(same)) ? 1 : 0;
              return same == event.position;
          });
    return scanned && same == events->size() ? same : -1;
}

void CopyEndsTest::killedCopiesGoOn_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void CopyEndsTest::killedCopiesGoOn()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    const QTemporaryDir folder;
    const QString to = folder.filePath(QStringLiteral("b.eventlog"));
    // Some in one transaction, others in many.
    const qint64 batch = seed % 4 == 0 ? 0 : random.bounded(200, 5000);
    int before = 0;
    constexpr int kills = 4;
    for (int i = 0; i < kills; ++i) {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), argumentsOf(from(), to, batch));
        QVERIFY(process.waitForStarted());
        QTest::qSleep(random.bounded(1, 250));
        process.kill();
        QVERIFY(process.waitForFinished());
        const int there = comparedEvents(to);
        QVERIFY2(there >= before, qPrintable(QStringLiteral("%1 of %2").arg(there).arg(before)));
        before = there;
        m_endedMidway += there > 0 && there < logEvents ? 1 : 0;
    }
    const auto copied = copyFile(from(), to, batch);
    QVERIFY2(copied.ok(), qPrintable(copied ? QString() : copied.error().message));
    QCOMPARE(copied->skipped, before);
    QCOMPARE(copied->skipped + copied->copied, logEvents);
    QCOMPARE(comparedEvents(to), logEvents);
    const auto log = openStore(from(), OpenMode::ReadOnly);
    const auto copy = openStore(to, OpenMode::ReadOnly);
    QVERIFY(*(*copy)->hashAt(logEvents) == *(*log)->hashAt(logEvents));
    QCOMPARE(StoreContract::faults(**copy), QStringList());
}

void CopyEndsTest::fullDiskKeepsWhatIsThere()
{
#ifdef Q_OS_UNIX
    const QString to = m_folder.filePath(QStringLiteral("full.eventlog"));
    constexpr qint64 batch = 1000;
    qint64 before = 0;
    {
        const FileSizeLimit limit(1'500'000);
        const auto copied = copyFile(from(), to, batch);
        QVERIFY(!copied);
        QCOMPARE(copied.error().code, ErrorCode::DiskFull);
        before = comparedEvents(to);
        QVERIFY(before > 0 && before % batch == 0);
        QVERIFY2(copied.error().message.contains(
                     QStringLiteral("has the events up to %1; copy again").arg(before)),
            qPrintable(copied.error().message));
    }
    const auto copied = copyFile(from(), to, batch);
    QVERIFY(copied);
    QCOMPARE(copied->skipped, before);
    QCOMPARE(comparedEvents(to), logEvents);
    QCOMPARE(StoreContract::faults(**openStore(to, OpenMode::ReadOnly)), QStringList());
#endif
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--copy"))
        return copyFile(arguments.value(2), arguments.value(3), arguments.value(4).toLongLong())
            ? 0
            : 1;
    CopyEndsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_copyends.moc"
