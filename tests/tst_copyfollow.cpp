#include "exchange/copylog.h"
#include "support/copiedlogs.h"
#include "support/foreignfiles.h"
#include "support/storecontract.h"
#include "support/storefiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <memory>
#include <thread>

using namespace eventloupe;

namespace {

constexpr int patience = 30'000; // milliseconds; a hang is a failure

/// A copy that follows its log, on a thread of its own.
class FollowingCopy final {
public:
    FollowingCopy(const QString& from, const QString& to)
        : m_thread([this, from, to] { run(from, to); })
    {
    }
    ~FollowingCopy() { end(); }
    FollowingCopy(const FollowingCopy&) = delete;
    FollowingCopy& operator=(const FollowingCopy&) = delete;

    [[nodiscard]] bool hasEnded() const { return m_hasEnded.load(); }
    /// As Ctrl+C does.
    void end()
    {
        m_cancel.cancel();
        if (m_thread.joinable())
            m_thread.join();
    }
    /// Once it has ended: why it failed, or "copied" and how many.
    [[nodiscard]] QString outcome() const { return m_outcome; }

private:
    void run(const QString& from, const QString& to)
    {
        const auto store = openStore(from, OpenMode::ReadOnly);
        const auto copied = store && waitUntilCounted(**store, m_cancel)
            ? copyLog(**store, { to, false, true, 0 }, Progress(), m_cancel)
            : store.error();
        m_outcome = copied ? QStringLiteral("copied %1").arg(copied->copied)
                           : copied.error().message;
        m_hasEnded.store(true);
    }

    CancelToken m_cancel;
    QString m_outcome;
    std::atomic<bool> m_hasEnded = false;
    std::thread m_thread; ///< Last: it uses the others.
};

} // namespace

/// What becomes of a log while a copy follows it: nobody looks at a backup that runs on.
class CopyFollowTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_from;
    QString m_to;

    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    /// Each gives a text that what is told contains; the log has 30 events, and had 20.
    using Change = std::function<QString(CopyFollowTest&)>;
    static QList<std::pair<const char*, Change>> changes();

private slots:
    void init()
    {
        addForeignStores();
        m_folder = std::make_unique<QTemporaryDir>();
        m_from = path("a.eventlog");
        m_to = path("b.eventlog");
    }
    void aLogThatIsAnotherOneIsTold_data();
    void aLogThatIsAnotherOneIsTold();
    void aLaterStateOfTheSameLogIsTold();
    void whatIsTheSameLogIsFollowed();
    void anotherLibrarysLogThatIsGoneIsTold();
    void aCopyThatIsGoneIsToldAtTheNextEvent();
};

QList<std::pair<const char*, CopyFollowTest::Change>> CopyFollowTest::changes()
{
    const auto replaced = QStringLiteral("a.eventlog was replaced or moved since it was opened.");
    return {
        { "replaced",
            [replaced](CopyFollowTest& test) {
                makeLog(test.path("new.eventlog"), 50);
                QFile::remove(test.path("old"));
                return QFile::rename(test.m_from, test.path("old"))
                        && QFile::rename(test.path("new.eventlog"), test.m_from)
                    ? replaced
                    : QString();
            } },
        { "moved",
            [replaced](CopyFollowTest& test) {
                return QFile::rename(test.m_from, test.path("away")) ? replaced : QString();
            } },
        { "deleted",
            [replaced](CopyFollowTest& test) {
                return QFile::remove(test.m_from) ? replaced : QString();
            } },
        { "written over",
            [](CopyFollowTest& test) {
                makeStoreFile(test.path("other.eventlog"), 50);
                writeContent(test.m_from, contentOf(test.path("other.eventlog")));
                return QStringLiteral("was written over %1").arg(test.m_from);
            } },
        { "written over with something else",
            [](CopyFollowTest& test) {
                writeContent(test.m_from, QByteArray("{\"n\":1}\n").repeated(10'000));
                return QStringLiteral("was written over %1").arg(test.m_from);
            } },
        { "put back",
            [](CopyFollowTest& test) {
                writeContent(test.m_from, contentOf(test.path("earlier")));
                return QStringLiteral("its log ended at event 30, and ends at event 20 now");
            } },
    };
}

void CopyFollowTest::aLogThatIsAnotherOneIsTold_data()
{
    QTest::addColumn<int>("change");
    const auto all = changes();
    for (int i = 0; i < all.size(); ++i)
        QTest::newRow(all.at(i).first) << i;
}

void CopyFollowTest::aLogThatIsAnotherOneIsTold()
{
    QFETCH(int, change);
    makeLog(m_from, 20);
    writeContent(path("earlier"), contentOf(m_from));
    FollowingCopy copy(m_from, m_to);
    QTRY_COMPARE_WITH_TIMEOUT(headOf(m_to), 20, patience);
    makeLog(m_from, 10, 21);
    QTRY_COMPARE_WITH_TIMEOUT(headOf(m_to), 30, patience);
    const QString told = changes().at(change).second(*this);
    QVERIFY(!told.isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(copy.hasEnded(), patience);
    QVERIFY2(copy.outcome().contains(told), qPrintable(copy.outcome()));
    const QString kept = QStringLiteral("The copy follows it no longer: %1 has its events up to "
                                        "30, and none after that.")
                             .arg(m_to);
    QVERIFY2(copy.outcome().endsWith(kept), qPrintable(copy.outcome()));
    // It has those of the former log alone.
    makeLog(path("same.eventlog"), 30);
    QCOMPARE(linesOf(m_to), linesOf(path("same.eventlog")));
}

/// As a store that is brought up to date by copying another one's file. A connection that is open
/// goes on with the pages that it knows.
void CopyFollowTest::aLaterStateOfTheSameLogIsTold()
{
    makeLog(m_from, 20);
    FollowingCopy copy(m_from, m_to);
    QTRY_COMPARE_WITH_TIMEOUT(headOf(m_to), 20, patience);
    writeContent(path("later"), contentOf(m_from));
    makeLog(path("later"), 10, 21);
    writeContent(m_from, contentOf(path("later")));
    QTRY_VERIFY_WITH_TIMEOUT(copy.hasEnded(), patience);
    QVERIFY2(copy.outcome().contains(QStringLiteral("A later state of it was written over ")),
        qPrintable(copy.outcome()));
    QCOMPARE(headOf(m_to), 20);
}

/// No false alarm: whatever writes to the file, or only seems to.
void CopyFollowTest::whatIsTheSameLogIsFollowed()
{
    makeLog(m_from, 20);
    FollowingCopy copy(m_from, m_to);
    QTRY_COMPARE_WITH_TIMEOUT(headOf(m_to), 20, patience);
    writeContent(m_from, contentOf(m_from)); // A copy of it.
    for (int last = 30; last <= 50; last += 10) {
        QTest::qWait(300);
        makeLog(m_from, 10, last - 9);
        QCOMPARE(runSql(m_from, "PRAGMA wal_checkpoint(TRUNCATE)"), QString());
        QTRY_COMPARE_WITH_TIMEOUT(headOf(m_to), last, patience);
        QVERIFY2(!copy.hasEnded(), qPrintable(copy.outcome()));
    }
    QCOMPARE(linesOf(m_to), linesOf(m_from));
}

void CopyFollowTest::anotherLibrarysLogThatIsGoneIsTold()
{
    const QString other = path("other.db");
    OtherProgram(other).run(emmettTables() + emmettEvent(1, "cart-1", 1, "ADDED")
        + emmettEvent(2, "cart-1", 2, "ADDED"));
    FollowingCopy copy(other, m_to);
    QTRY_COMPARE_WITH_TIMEOUT(headOf(m_to), 2, patience);
    QVERIFY(QFile::rename(other, path("away")));
    QTRY_VERIFY_WITH_TIMEOUT(copy.hasEnded(), patience);
    QVERIFY2(copy.outcome().contains(QStringLiteral("The copy follows it no longer")),
        qPrintable(copy.outcome()));
    QCOMPARE(headOf(m_to), 2);
}

void CopyFollowTest::aCopyThatIsGoneIsToldAtTheNextEvent()
{
    makeLog(m_from, 20);
    FollowingCopy copy(m_from, m_to);
    QTRY_COMPARE_WITH_TIMEOUT(headOf(m_to), 20, patience);
    QVERIFY(QFile::rename(m_to, path("away")));
    makeLog(m_from, 10, 21);
    QTRY_VERIFY_WITH_TIMEOUT(copy.hasEnded(), patience);
    QVERIFY2(copy.outcome().contains(QStringLiteral("b.eventlog has the events up to 20")),
        qPrintable(copy.outcome()));
    QCOMPARE(headOf(path("away")), 20);
}

QTEST_GUILESS_MAIN(CopyFollowTest)
#include "tst_copyfollow.moc"
