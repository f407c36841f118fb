#include "store/takeback.h"
#include "support/sqlitestrike.h"
#include "support/storefiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <memory>
#include <utility>

using namespace eventloupe;

namespace {

/// What a test's second process does; see main().
int holdOpen(const QString& path);

} // namespace

/// Stores that were made for events that did not come.
class tst_TakeBack final : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void takesBackWhatItMade();
    void leavesWhatWasThere();
    void leavesWhatGotEvents();
    void leavesWhatAnotherMade();
    void leavesWhatAnotherMadeMeanwhile();
    void leavesWhatAnotherLoads();
    void leavesWhatAnotherHasOpen_data();
    void leavesWhatAnotherHasOpen();
    void leavesWhatAnotherOpensMeanwhile();
    void leavesWhatAnotherProcessHasOpen();
    void leavesWhatTookItsPlace();
    void leavesWhatWasWrittenOver();
    void makesNothingBesideAChoice();
    void failsWhereNothingCanBeMade();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    QStringList files() const { return QDir(m_folder->path()).entryList(QDir::Files); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_TakeBack::takesBackWhatItMade()
{
    const auto takeBack = takeBackOf(path());
    QVERIFY(takeBack);
    {
        const auto store = openStore(path(), OpenMode::Create);
        QVERIFY(store);
        QCOMPARE((*store)->head().value(), 0);
        QVERIFY((*store)->beginBulk()); // A load that was given up.
    }
    SqliteStrike strike;
    // That would write a journal beside the name, which may be another one's by then.
    strike.arm("PRAGMA journal_mode=WAL", [] {});
    (*takeBack)();
    QVERIFY(!strike.isDone());
    QCOMPARE(files(), QStringList());
    // Once more, it finds nothing.
    (*takeBack)();
    QCOMPARE(files(), QStringList());
}

void tst_TakeBack::leavesWhatWasThere()
{
    makeStoreFile(path(), 0);
    const auto takeBack = takeBackOf(path());
    QVERIFY(takeBack);
    (*takeBack)();
    QVERIFY(openStore(path(), OpenMode::ReadOnly));
    const auto made = makeForEvents(path());
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::AlreadyExists);
}

void tst_TakeBack::leavesWhatGotEvents()
{
    const auto takeBack = takeBackOf(path());
    QVERIFY(appendOne(**openStore(path(), OpenMode::Create), QStringLiteral("s")));
    (*takeBack)();
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(store);
    QCOMPARE((*store)->head().value(), 1);
    QVERIFY(appendOne(**store, QStringLiteral("s")));
}

/// Two that found no file: one has made it, however empty it is.
void tst_TakeBack::leavesWhatAnotherMade()
{
    const auto first = takeBackOf(path());
    const auto second = takeBackOf(path());
    QVERIFY(first && second);
    (*second)();
    QVERIFY(openStore(path(), OpenMode::ReadWrite));
    (*first)();
    QCOMPARE(files(), QStringList());
}

/// The other one was quicker by a moment.
void tst_TakeBack::leavesWhatAnotherMadeMeanwhile()
{
    SqliteStrike strike;
    strike.arm("PRAGMA page_size", [this] { makeStoreFile(path(), 0); });
    const auto takeBack = takeBackOf(path());
    QVERIFY(takeBack && strike.isDone());
    (*takeBack)();
    QVERIFY(openStore(path(), OpenMode::ReadWrite));
    const QString other = m_folder->filePath(QStringLiteral("b.eventlog"));
    strike.arm("PRAGMA page_size", [&other] { makeStoreFile(other, 0); });
    const auto made = makeForEvents(other);
    QVERIFY(!made && strike.isDone());
    QCOMPARE(made.error().code, ErrorCode::AlreadyExists);
}

void tst_TakeBack::leavesWhatAnotherLoads()
{
    const auto takeBack = takeBackOf(path());
    const auto rival = takeBackOf(path());
    QVERIFY(takeBack && rival);
    {
        // Beside a second connection the load goes to the log, and its lock lets others read.
        const auto waiting = openStore(path(), OpenMode::Create);
        const auto loading = openStore(path(), OpenMode::Create);
        QCOMPARE((*waiting)->head().value(), 0);
        const auto bulk = (*loading)->beginBulk();
        QVERIFY(bulk);
        const NewEvent event { QStringLiteral("E"), "{}", "{}", { 1 }, QString() };
        QVERIFY((*bulk)->add(QStringLiteral("s"), event));
        (*takeBack)();
        const auto committed = (*bulk)->commit({});
        QVERIFY2(committed, committed ? "" : qPrintable(committed.error().message));
    }
    const auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(store);
    QCOMPARE((*store)->head().value(), 1);
}

void tst_TakeBack::leavesWhatAnotherHasOpen_data()
{
    QTest::addColumn<OpenMode>("mode");
    QTest::newRow("to read") << OpenMode::ReadOnly;
    QTest::newRow("to write") << OpenMode::ReadWrite;
}

void tst_TakeBack::leavesWhatAnotherHasOpen()
{
    QFETCH(OpenMode, mode);
    const auto takeBack = takeBackOf(path());
    const auto store = openStore(path(), mode);
    QVERIFY(store);
    (*takeBack)();
    QVERIFY(QFile::exists(path()));
    if (mode == OpenMode::ReadWrite)
        QVERIFY(appendOne(**store, QStringLiteral("s")));
    const auto again = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(again && appendOne(**again, QStringLiteral("s")));
    QCOMPARE((*store)->head().value(), mode == OpenMode::ReadWrite ? 2 : 1);
}

/// Between the look at who else has it open and the lock.
void tst_TakeBack::leavesWhatAnotherOpensMeanwhile()
{
    const auto takeBack = takeBackOf(path());
    SqliteStrike strike;
    std::unique_ptr<EventStore> store;
    strike.arm("BEGIN EXCLUSIVE", [this, &store] {
        auto opened = openStore(path(), OpenMode::ReadWrite);
        if (opened)
            store = std::move(*opened);
    });
    (*takeBack)();
    QVERIFY(strike.isDone() && store);
    QVERIFY(appendOne(*store, QStringLiteral("s")));
    store.reset();
    const auto again = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(again);
    QCOMPARE((*again)->head().value(), 1);
}

void tst_TakeBack::leavesWhatAnotherProcessHasOpen()
{
    const auto takeBack = takeBackOf(path());
    QProcess rival;
    rival.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    rival.start(QCoreApplication::applicationFilePath(), { QStringLiteral("--hold"), path() });
    while (!rival.canReadLine())
        QVERIFY(rival.waitForReadyRead(60000));
    (*takeBack)();
    rival.write("append\n");
    QVERIFY(rival.waitForFinished(60000));
    QCOMPARE(rival.exitCode(), 0);
    const auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(store);
    QCOMPARE((*store)->head().value(), 1);
}

void tst_TakeBack::leavesWhatTookItsPlace()
{
    const auto takeBack = takeBackOf(path());
    const QString other = m_folder->filePath(QStringLiteral("b.eventlog"));
    makeStoreFile(other, 0);
    QCOMPARE(std::rename(qPrintable(other), qPrintable(path())), 0);
    (*takeBack)();
    QCOMPARE(files(), QStringList { QStringLiteral("a.eventlog") });
}

/// What lies beside the file is not moved into it.
void tst_TakeBack::leavesWhatWasWrittenOver()
{
    const auto copy = [](const QString& from, const QString& to) {
        QCOMPARE(QProcess::execute(QStringLiteral("cp"), { from, to }), 0);
    };
    const QString log = path() + QStringLiteral("-wal");
    const QString another = m_folder->filePath(QStringLiteral("another.eventlog"));
    makeStoreFile(another, 300);
    const auto takeBack = takeBackOf(path());
    QVERIFY(takeBack);
    {
        const auto store = openStore(path(), OpenMode::Create);
        QVERIFY(store && appendOne(**store, QStringLiteral("s")));
        copy(log, m_folder->filePath(QStringLiteral("log")));
    }
    copy(another, path());
    copy(m_folder->filePath(QStringLiteral("log")), log);
    (*takeBack)();
    QCOMPARE(contentOf(path()), contentOf(another));
    QVERIFY(QFile::exists(log));
}

/// "shop.db#profile" is no file, but another library's store in one.
void tst_TakeBack::makesNothingBesideAChoice()
{
    writeContent(path(), "x");
    const auto takeBack = takeBackOf(path() + QStringLiteral("#profile"));
    QVERIFY(takeBack);
    (*takeBack)();
    QCOMPARE(files(), QStringList { QStringLiteral("a.eventlog") });
}

void tst_TakeBack::failsWhereNothingCanBeMade()
{
    const auto takeBack = takeBackOf(m_folder->filePath(QStringLiteral("no/a.eventlog")));
    QVERIFY(!takeBack);
    QCOMPARE(takeBack.error().code, ErrorCode::NotFound);
}

namespace {

int holdOpen(const QString& path)
{
    const auto store = openStore(path, OpenMode::Create);
    if (!store || (*store)->head().value() != 0)
        return 1;
    std::printf("open\n");
    std::fflush(stdout);
    if (std::getchar() == EOF)
        return 1;
    return appendOne(**store, QStringLiteral("s")) ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--hold"))
        return holdOpen(arguments.value(2));
    tst_TakeBack test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_takeback.moc"
