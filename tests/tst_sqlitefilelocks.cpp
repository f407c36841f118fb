#include "store/openstore.h"
#include "store/sqliteconnection.h"
#include "support/storefiles.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace eventloupe;

/// Whatever else opens and closes a store's file in this process, SQLite's locks on it stay.
class tst_SqliteFileLocks final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void theLogOutlivesAnotherDescriptor_data();
    void theLogOutlivesAnotherDescriptor();
    void aLoadOutlivesAnotherDescriptor();
    void aLogThatWasTakenAwayIsNotWrittenTo_data();
    void aLogThatWasTakenAwayIsNotWrittenTo();
    void aLogThatCameAfterALoadIsNoticed();
    void whoWritesBesideReadersKeepsItsLock();
    void aLogOfOthersIsLeftWhenItIsClosed();
    void theLastOneToCloseRemovesTheLog();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    bool hasLog() const { return QFile::exists(path() + QStringLiteral("-wal")); }
    /// As a file dialog does.
    void lookInto() const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.read(16).isEmpty());
    }
    /// What another process, which then is the last one that it knows of, reads.
    QByteArray readElsewhere(const QByteArray& sql = "SELECT count(*) FROM event") const;
    /// Longer than the time between two looks after the locks.
    static void pause() { QTest::qSleep(80); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_SqliteFileLocks::initTestCase()
{
    QVERIFY2(!QStandardPaths::findExecutable(QStringLiteral("sqlite3")).isEmpty(),
        "needs Debian's sqlite3");
}

void tst_SqliteFileLocks::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), 3);
}

QByteArray tst_SqliteFileLocks::readElsewhere(const QByteArray& sql) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("sqlite3"), { path(), QString::fromLatin1(sql) });
    const bool isDone = process.waitForFinished();
    return isDone ? process.readAll().trimmed() : QByteArray("did not end");
}

void tst_SqliteFileLocks::theLogOutlivesAnotherDescriptor_data()
{
    QTest::addColumn<int>("readers"); ///< Further connections of this process.
    QTest::newRow("one connection") << 0;
    QTest::newRow("three") << 2;
}

void tst_SqliteFileLocks::theLogOutlivesAnotherDescriptor()
{
    QFETCH(int, readers);
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(store);
    std::vector<std::unique_ptr<EventStore>> others;
    for (int i = 0; i < readers; ++i) {
        auto other = openStore(path(), OpenMode::ReadOnly);
        QVERIFY(other && (*other)->head().value() == 3);
        others.push_back(std::move(*other));
    }
    QVERIFY(appendOne(**store, QStringLiteral("s")));
    lookInto();
    pause();
    QCOMPARE((*store)->head().value(), 4);
    QCOMPARE(readElsewhere(), QByteArray("4"));
    QVERIFY(hasLog());
    others.clear();
    const auto appended = appendOne(**store, QStringLiteral("s"));
    QVERIFY2(appended, appended ? "" : qPrintable(appended.error().message));
    QCOMPARE(readElsewhere(), QByteArray("5"));
    QVERIFY(hasLog());
}

/// A first load writes to the file itself; who takes its journal for a dead one's would undo it.
void tst_SqliteFileLocks::aLoadOutlivesAnotherDescriptor()
{
    const QString file = path();
    QVERIFY(QFile::remove(file) && QFile::remove(file + QStringLiteral(".head")));
    const auto store = openStore(file, OpenMode::Create);
    QVERIFY(store);
    const auto bulk = (*store)->beginBulk();
    QVERIFY(bulk);
    const auto add = [&bulk](int from, int to) {
        for (int i = from; i < to; ++i)
            if (!(*bulk)->add(QStringLiteral("s"),
                    { QStringLiteral("E"), '"' + QByteArray(2000, 'x') + '"', "{}", { i },
                        QStringLiteral("id-%1").arg(i) }))
                return false;
        return true;
    };
    // More than SQLite keeps in memory, so that the file is half written.
    QVERIFY(add(0, 10'000));
    QVERIFY(QFile::exists(file + QStringLiteral("-journal")));
    lookInto();
    pause();
    QVERIFY(add(10'000, 10'010));
    const QByteArray answer = readElsewhere();
    QVERIFY2(answer.contains("locked"), answer.constData());
    QVERIFY(add(10'010, 10'020));
    const auto committed = (*bulk)->commit({});
    QVERIFY2(committed, committed ? "" : qPrintable(committed.error().message));
    QCOMPARE(readElsewhere(), QByteArray("10020"));
    QCOMPARE(readElsewhere("PRAGMA integrity_check"), QByteArray("ok"));
}

void tst_SqliteFileLocks::aLogThatWasTakenAwayIsNotWrittenTo_data()
{
    QTest::addColumn<QString>("removed");
    QTest::newRow("log") << QStringLiteral("-wal");
    QTest::newRow("index") << QStringLiteral("-shm"); // Another process would make another one.
}

/// The other process was quicker than the next look after the locks. What is stored already is
/// brought to the file when it is closed.
void tst_SqliteFileLocks::aLogThatWasTakenAwayIsNotWrittenTo()
{
    QFETCH(QString, removed);
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        QVERIFY(store && appendOne(**store, QStringLiteral("s")));
        QVERIFY(QFile::remove(path() + removed));
        const auto refused = appendOne(**store, QStringLiteral("s"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InputOutput);
        QVERIFY2(refused.error().message.contains(QStringLiteral("its log")),
            qPrintable(refused.error().message));
        QVERIFY(!(*store)->beginBulk());
    }
    QCOMPARE(readElsewhere(), QByteArray("4"));
    QVERIFY(appendOne(**openStore(path(), OpenMode::ReadWrite), QStringLiteral("s")));
}

/// A load into an empty store leaves WAL mode, and its log comes with the next read.
void tst_SqliteFileLocks::aLogThatCameAfterALoadIsNoticed()
{
    const QString file = m_folder->filePath(QStringLiteral("b.eventlog"));
    const auto store = openStore(file, OpenMode::Create);
    QVERIFY(store);
    {
        const auto bulk = (*store)->beginBulk();
        QVERIFY(bulk
            && (*bulk)->add(
                QStringLiteral("s"), { QStringLiteral("E"), "{}", "{}", { 1 }, QString() }));
        QVERIFY((*bulk)->commit({}));
    }
    QVERIFY(QFile::remove(file + QStringLiteral("-wal")));
    QVERIFY(!appendOne(**store, QStringLiteral("s")));
}

/// A database with a rollback journal, where a writer's lock is one on the file. It was opened to
/// be read first: such a descriptor cannot take that lock.
void tst_SqliteFileLocks::whoWritesBesideReadersKeepsItsLock()
{
    QCOMPARE(readElsewhere("PRAGMA journal_mode=DELETE"), QByteArray("delete"));
    const auto reader = SqliteConnection::open(path(), SqliteConnection::Access::ReadOnly);
    const auto writer = SqliteConnection::open(path(), SqliteConnection::Access::ReadWrite);
    QVERIFY(reader && writer && (*writer)->execute("BEGIN IMMEDIATE"));
    QVERIFY(readElsewhere("BEGIN IMMEDIATE").contains("locked"));
    lookInto();
    QVERIFY((*writer)->files().renewLocks());
    QVERIFY(readElsewhere("BEGIN IMMEDIATE").contains("locked"));
}

void tst_SqliteFileLocks::aLogOfOthersIsLeftWhenItIsClosed()
{
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        QVERIFY(store && appendOne(**store, QStringLiteral("s")));
        QVERIFY(QFile::remove(path() + QStringLiteral("-wal")));
        QVERIFY(QFile::remove(path() + QStringLiteral("-shm")));
        QCOMPARE(readElsewhere("CREATE TABLE theirs(a); SELECT 1"), QByteArray("1"));
        QVERIFY(hasLog());
    }
    QVERIFY(hasLog());
    QCOMPARE(readElsewhere("SELECT count(*) FROM theirs"), QByteArray("0"));
    QCOMPARE(readElsewhere("PRAGMA integrity_check"), QByteArray("ok"));
}

void tst_SqliteFileLocks::theLastOneToCloseRemovesTheLog()
{
    auto store = openStore(path(), OpenMode::ReadWrite);
    auto other = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(store && other && appendOne(**store, QStringLiteral("s")));
    lookInto();
    pause();
    QVERIFY(appendOne(**other, QStringLiteral("s")));
    store->reset();
    QVERIFY(hasLog());
    other->reset();
    QVERIFY(!hasLog());
    QCOMPARE(readElsewhere(), QByteArray("5"));
}

QTEST_GUILESS_MAIN(tst_SqliteFileLocks)
#include "tst_sqlitefilelocks.moc"
