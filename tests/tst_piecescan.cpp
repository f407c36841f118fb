#include "store/piecescan.h"
#include "support/scratchstore.h"
#include "support/storefiles.h"

#include <QFile>
#include <QTest>
#include <QThread>

#include <atomic>
#include <thread>

using namespace eventloupe;
using namespace Qt::Literals::StringLiterals;

namespace {

using Positions = std::vector<Position>;

/// Reads a piece's positions through the contract.
Result<Positions> positionsIn(EventStore& store, const LogPiece& piece, const CancelToken& cancel)
{
    Positions positions;
    const auto scanned
        = store.scanLog(piece.from, piece.to, {}, cancel, [&](const EventView& event) {
              positions.push_back(event.position);
              return true;
          });
    if (!scanned)
        return scanned.error();
    return positions;
}

} // namespace

class TestPieceScan final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cutsWithoutGapOrOverlap_data();
    void cutsWithoutGapOrOverlap();
    void takesPiecesInTheirOrder();
    void takesPiecesInAnyOrderThatIsAskedFor();
    void endsWhenTakerHasEnough();
    void givesTheErrorOfAPiece();
    void givesTheErrorOfTheTaker();
    void isCancelledWhileAPieceIsUnderWay();
    void isCancelledBetweenPiecesThatAreDone();
    void keepsFewResultsWaiting();
    void mixesNoTwoFiles();

private:
    ScratchStore m_store;
};

void TestPieceScan::initTestCase()
{
    QList<NewEvent> events;
    for (int i = 0; i < 1000; ++i)
        events.append({ u"CHANGED"_s, "{}", {}, Timestamp { i }, {} });
    QVERIFY(m_store->append({ u"user-1"_s, ExpectedVersion::any(), events }).ok());
}

void TestPieceScan::cutsWithoutGapOrOverlap_data()
{
    QTest::addColumn<Position>("from");
    QTest::addColumn<Position>("to");
    QTest::addColumn<Position>("size");
    QTest::addColumn<QByteArray>("pieces");
    QTest::newRow("even") << Position { 1 } << Position { 6 } << Position { 3 }
                          << QByteArray("1-3 4-6 ");
    QTest::newRow("rest") << Position { 2 } << Position { 8 } << Position { 3 }
                          << QByteArray("2-4 5-7 8-8 ");
    QTest::newRow("one") << Position { 5 } << Position { 5 } << Position { 100 }
                         << QByteArray("5-5 ");
    QTest::newRow("none") << Position { 5 } << Position { 4 } << Position { 100 } << QByteArray();
    QTest::newRow("size of nothing")
        << Position { 1 } << Position { 2 } << Position { 0 } << QByteArray("1-1 2-2 ");
}

void TestPieceScan::cutsWithoutGapOrOverlap()
{
    QFETCH(Position, from);
    QFETCH(Position, to);
    QFETCH(Position, size);
    QByteArray picture;
    for (const LogPiece& piece : piecesOf(from, to, size))
        picture += QByteArray::number(piece.from) + '-' + QByteArray::number(piece.to) + ' ';
    QTEST(picture, "pieces");
}

void TestPieceScan::takesPiecesInTheirOrder()
{
    Positions all;
    const auto scanned = scanPieces<Positions>(*m_store, piecesOf(1, 1000, 7), {}, &positionsIn,
        [&](const LogPiece&, Positions&& positions) -> Result<bool> {
            all.insert(all.end(), positions.begin(), positions.end());
            return true;
        });
    QVERIFY(scanned.ok());
    QCOMPARE(all.size(), std::size_t { 1000 });
    for (std::size_t i = 0; i < all.size(); ++i)
        QCOMPARE(all[i], static_cast<Position>(i + 1));
}

void TestPieceScan::takesPiecesInAnyOrderThatIsAskedFor()
{
    const std::vector<LogPiece> pieces { { 500, 501 }, { 1, 2 }, { 999, 1000 } };
    Positions all;
    const auto scanned = scanPieces<Positions>(*m_store, pieces, {}, &positionsIn,
        [&](const LogPiece& piece, Positions&& positions) -> Result<bool> {
            all.push_back(-piece.from);
            all.insert(all.end(), positions.begin(), positions.end());
            return true;
        });
    QVERIFY(scanned.ok());
    QCOMPARE(all, Positions({ -500, 500, 501, -1, 1, 2, -999, 999, 1000 }));
}

void TestPieceScan::endsWhenTakerHasEnough()
{
    int taken = 0;
    const auto scanned = scanPieces<Positions>(*m_store, piecesOf(1, 1000, 10), {}, &positionsIn,
        [&](const LogPiece&, Positions&&) -> Result<bool> { return ++taken < 3; });
    QVERIFY(scanned.ok());
    QCOMPARE(taken, 3);
}

void TestPieceScan::givesTheErrorOfAPiece()
{
    int taken = 0;
    const auto scanned = scanPieces<int>(
        *m_store, piecesOf(1, 1000, 10), {},
        [](EventStore&, const LogPiece& piece, const CancelToken&) -> Result<int> {
            if (piece.from == 31)
                return Error { ErrorCode::Corrupt, u"event 31 is damaged"_s };
            return 1;
        },
        [&](const LogPiece&, int&& one) -> Result<bool> {
            taken += one;
            return true;
        });
    QVERIFY(!scanned);
    QCOMPARE(scanned.error().message, u"event 31 is damaged"_s);
    QCOMPARE(taken, 3);
}

void TestPieceScan::givesTheErrorOfTheTaker()
{
    const auto scanned = scanPieces<Positions>(*m_store, piecesOf(1, 1000, 10), {}, &positionsIn,
        [](const LogPiece&, Positions&&) -> Result<bool> {
            return Error { ErrorCode::DiskFull, u"no room"_s };
        });
    QVERIFY(!scanned);
    QCOMPARE(scanned.error().code, ErrorCode::DiskFull);
}

void TestPieceScan::isCancelledWhileAPieceIsUnderWay()
{
    const CancelToken cancel;
    const auto scanned = scanPieces<int>(
        *m_store, piecesOf(1, 1000, 10), cancel,
        [&cancel](EventStore&, const LogPiece&, const CancelToken& stop) -> Result<int> {
            cancel.cancel();
            while (!stop.isCancelled())
                std::this_thread::yield();
            return Error { ErrorCode::Cancelled, u"cancelled"_s };
        },
        [](const LogPiece&, int&&) -> Result<bool> { return true; });
    QVERIFY(!scanned);
    QCOMPARE(scanned.error().code, ErrorCode::Cancelled);
}

void TestPieceScan::isCancelledBetweenPiecesThatAreDone()
{
    const CancelToken cancel;
    int taken = 0;
    std::atomic<int> done { 0 };
    const bool isBeside = QThread::idealThreadCount() > 1; // Else the other waits for its turn.
    const auto scanned = scanPieces<int>(
        *m_store, piecesOf(1, 1000, 500), cancel,
        [&done](EventStore&, const LogPiece&, const CancelToken&) -> Result<int> {
            ++done;
            done.notify_all();
            return 1;
        },
        [&](const LogPiece&, int&& one) -> Result<bool> {
            taken += one;
            if (isBeside)
                done.wait(1);
            cancel.cancel();
            return true;
        });
    QVERIFY(!scanned);
    QCOMPARE(scanned.error().code, ErrorCode::Cancelled);
    QCOMPARE(taken, 1);
}

void TestPieceScan::keepsFewResultsWaiting()
{
    std::atomic<int> waiting { 0 };
    int most = 0;
    const auto scanned = scanPieces<int>(
        *m_store, piecesOf(1, 1000, 1), {},
        [&](EventStore&, const LogPiece&, const CancelToken&) -> Result<int> { return ++waiting; },
        [&](const LogPiece&, int&&) -> Result<bool> {
            most = std::max(most, waiting.load());
            --waiting;
            return true;
        });
    QVERIFY(scanned.ok());
    // Two a thread, of at most eight, and the one that was taken.
    const int threads = std::clamp(QThread::idealThreadCount(), 1, 8);
    QVERIFY2(most <= 2 * threads + 1, qPrintable(QString::number(most)));
}

void TestPieceScan::mixesNoTwoFiles()
{
    const ScratchStore store;
    const QList<NewEvent> events(100, { u"OLD"_s, "{}", {}, Timestamp { 1 }, {} });
    QVERIFY(store->append({ u"s-1"_s, ExpectedVersion::any(), events }).ok());
    const auto typesOf = [&store](QStringList& types) {
        return scanPieces<QStringList>(
            *store, piecesOf(1, 100, 10), {},
            [](EventStore& own, const LogPiece& piece,
                const CancelToken& cancel) -> Result<QStringList> {
                QStringList found;
                const auto scanned = own.scanLog(piece.from, piece.to, ScanColumn::Type, cancel,
                    [&found](const EventView& event) {
                        found.append(QString::fromUtf8(
                            event.type.data(), static_cast<qsizetype>(event.type.size())));
                        return true;
                    });
                return scanned ? Result<QStringList>(found) : scanned.error();
            },
            [&types](const LogPiece&, QStringList&& found) -> Result<bool> {
                types += found;
                return true;
            });
    };
    makeStoreFile(store.path() + u".new"_s, 100);
    QVERIFY(QFile::remove(store.path()));
    QVERIFY(QFile::rename(store.path() + u".new"_s, store.path()));
    QStringList types;
    const auto scanned = typesOf(types);
    types.removeDuplicates();
    if (QThread::idealThreadCount() < 2) {
        QCOMPARE(types, QStringList { u"OLD"_s }); // Of one connection, all.
        return;
    }
    QVERIFY(!scanned);
    QCOMPARE(scanned.error().code, ErrorCode::InputOutput);
    QVERIFY2(scanned.error().message.contains(u"replaced"_s), qPrintable(scanned.error().message));
    QVERIFY(!types.contains(u"E"_s));
    const auto appended = store->append({ u"s-1"_s, ExpectedVersion::any(), { events.first() } });
    QVERIFY(!appended);
    QCOMPARE(appended.error().code, ErrorCode::InputOutput);
    QCOMPARE(store.faults().count("replaced"), 1);
}

QTEST_GUILESS_MAIN(TestPieceScan)
#include "tst_piecescan.moc"
