#include "support/storecontract.h"
#include "support/storefiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <limits>
#include <memory>
#include <mutex>

#include <sqlite3.h>

using namespace eventloupe;

namespace {
/// Called when a connection is opened; SQLite does so without a context.
std::function<void()> whenOpened;
} // namespace

/// A log is verified in pieces, on several connections, while others may append.
class tst_SqliteVerifyPieces final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void growthMeanwhileIsNoFault();
    void growthBeforeTheCheckIsNoFault();
    void piecesAreOneLog_data();
    void piecesAreOneLog();
    void cancelEndsIt();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    QStringList faults() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_SqliteVerifyPieces::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), 9500);
}

QStringList tst_SqliteVerifyPieces::faults() const
{
    const auto store = openStore(path(), OpenMode::ReadOnly);
    return store ? StoreContract::faults(**store) : QStringList({ store.error().message });
}

/// Another process appends while the store is read: the head file is then ahead of the snapshot.
void tst_SqliteVerifyPieces::growthMeanwhileIsNoFault()
{
    const auto reader = openStore(path(), OpenMode::ReadOnly);
    const auto writer = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(reader.ok() && writer.ok());
    QStringList faults;
    bool appended = false;
    const auto read = (*reader)->verify(
        CancelToken(),
        [&](Position) {
            const NewEvent event { QStringLiteral("E"), "{}", "{}", Timestamp::now(), QString() };
            const AppendRequest request { QStringLiteral("late"), ExpectedVersion::any(),
                { event } };
            appended = (*writer)->append(request).ok() || appended;
        },
        [&](const StoreFault& fault) { faults.append(fault.message); });
    QVERIFY(appended);
    QCOMPARE(read.value(), 9500);
    QCOMPARE(faults, QStringList());
}

/// The same, with certainty behind the head that is read, and before the check of the indexes has
/// its snapshot: when the first connection is opened to work beside the verifier's own, for which
/// each further one waits.
void tst_SqliteVerifyPieces::growthBeforeTheCheckIsNoFault()
{
    const auto reader = openStore(path(), OpenMode::ReadOnly);
    const auto writer = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(reader.ok() && writer.ok());
    constexpr int late = 5000;
    std::once_flag once;
    int appended = 0;
    whenOpened = [&] {
        std::call_once(once, [&] {
            AppendRequest request { QStringLiteral("late"), ExpectedVersion::any(), {} };
            for (int i = 0; i < late; ++i)
                request.events.append(
                    { QStringLiteral("E"), "{}", "{}", Timestamp::now(), QString() });
            appended = (*writer)->append(request).ok() ? late : 0;
        });
    };
    const auto hook = reinterpret_cast<void (*)()>(+[](sqlite3*, char**, const void*) {
        whenOpened();
        return SQLITE_OK;
    });
    QCOMPARE(sqlite3_auto_extension(hook), SQLITE_OK);
    QStringList faults;
    const auto read = (*reader)->verify(
        CancelToken(), {}, [&](const StoreFault& fault) { faults.append(fault.message); });
    sqlite3_cancel_auto_extension(hook);
    whenOpened = nullptr;
    QCOMPARE(appended, late);
    QCOMPARE(read.value(), 9500);
    QCOMPARE(faults, QStringList());
    QCOMPARE(*(*reader)->head(), 9500 + late);
}

/// A log that is read in several pieces, with faults where two pieces meet (after event 4096).
void tst_SqliteVerifyPieces::piecesAreOneLog_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QStringList>("expected");
    const QString chain = QStringLiteral("%1: Event %1 does not fit the hash chain");
    const QString behind = QStringLiteral("%1: Event %1 cannot be proven: the event before it");
    const QString missing = QStringLiteral("%1: Events %2 to %3 are missing.");
    QTest::newRow("a piece's last event")
        << QByteArray("UPDATE event SET data = '{}' WHERE position = 4096")
        << QStringList { chain.arg(4096) };
    QTest::newRow("a piece's first event")
        << QByteArray("UPDATE event SET data = '{}' WHERE position = 4097")
        << QStringList { chain.arg(4097) };
    QTest::newRow("hashes before a piece that are none")
        << QByteArray("UPDATE event SET hash = x'00' WHERE position IN (4095, 4096)")
        << QStringList { chain.arg(4095), chain.arg(4096) };
    QTest::newRow("a wrong hash before a piece")
        << QByteArray("UPDATE event SET hash = zeroblob(32) WHERE position = 4096")
        << QStringList { chain.arg(4096) };
    QTest::newRow("a gap over two pieces")
        << QByteArray("DELETE FROM event WHERE position BETWEEN 4090 AND 4099")
        << QStringList { missing.arg(4100).arg(4090).arg(4099), behind.arg(4100) };
    QTest::newRow("a piece without events")
        << QByteArray("DELETE FROM event WHERE position BETWEEN 4000 AND 8500")
        << QStringList { missing.arg(8501).arg(4000).arg(8500), behind.arg(8501) };
    QTest::newRow("in the order of the log")
        << QByteArray("UPDATE event SET version = 99999, metadata = '{'"
                      " WHERE position IN (2, 9000)")
        << QStringList { chain.arg(2),
               QStringLiteral(
                   "2: Event 2 has version 99999 of stream s-2, where version 1 is due."),
               QStringLiteral("2: The metadata of event 2 is not JSON"),
               chain.arg(9000),
               QStringLiteral(
                   "9000: Event 9000 has version 99999 of stream s-3, where version 3000"),
               QStringLiteral("9000: The metadata of event 9000 is not JSON") };
    QTest::newRow("a head beyond belief")
        << QByteArray("UPDATE event SET position = 9000000000000000000 WHERE position = 9499")
        << QStringList { QStringLiteral("9500: Event 9499 is missing."), behind.arg(9500),
               missing.arg(9000000000000000000).arg(9501).arg(8999999999999999999),
               behind.arg(9000000000000000000) };
    constexpr Position greatest = std::numeric_limits<Position>::max();
    QTest::newRow("a head behind which nothing can stand")
        << QByteArray("UPDATE event SET position = 9223372036854775807 WHERE position = 9499")
        << QStringList { QStringLiteral("9500: Event 9499 is missing."), behind.arg(9500),
               missing.arg(greatest).arg(9501).arg(greatest - 1), behind.arg(greatest) };
}

void tst_SqliteVerifyPieces::piecesAreOneLog()
{
    QFETCH(QByteArray, sql);
    QFETCH(QStringList, expected);
    QCOMPARE(faults(), QStringList());
    QCOMPARE(tamper(path(), sql), QString());
    const QStringList found = faults();
    QVERIFY2(found.size() >= expected.size(), qPrintable(found.join(QLatin1Char('\n'))));
    // The head beyond belief is also that of a stream.
    QVERIFY2(found.size() <= expected.size() + 1, qPrintable(found.join(QLatin1Char('\n'))));
    for (qsizetype i = 0; i < expected.size(); ++i)
        QVERIFY2(found.at(i).startsWith(expected.at(i)),
            qPrintable(expected.at(i) + QStringLiteral(" is not ") + found.at(i)));
}

void tst_SqliteVerifyPieces::cancelEndsIt()
{
    const auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(store.ok());
    const CancelToken cancel;
    const auto read = (*store)->verify(
        cancel, [&cancel](Position) { cancel.cancel(); }, [](const StoreFault&) {});
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code, ErrorCode::Cancelled);
    QCOMPARE(*(*store)->head(), 9500);
}

QTEST_GUILESS_MAIN(tst_SqliteVerifyPieces)
#include "tst_sqliteverifypieces.moc"
