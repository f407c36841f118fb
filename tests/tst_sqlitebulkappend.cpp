#include "support/storecontract.h"
#include "support/storefiles.h"
#include "value/uuid.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <thread>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace eventloupe;

/// Bulk loads into the embedded store: the journal that they use, their phases, and their end.
class tst_SqliteBulkAppend final : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void loadOfAnEmptyStoreGoesToTheFile();
    void loadBesideAReaderGoesToTheLog();
    void failedLoadLetsGoAtOnce();
    void loadGoesOnWhereAnotherEnded();
    void checkedEventsAreLoaded();
    void manyCheckedEventsAreLoaded();
    void refusedEventIsTold();
    void phasesAreTold();
    void loadThatWasCutShortIsTakenBack();
    void loadThatWasCutShortIsNotReadByHalf();
    void indexingIsCancelled_data();
    void indexingIsCancelled();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    /// The file's format for writing: 2 is WAL.
    int fileFormat() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.read(20).at(18) : -1;
    }
    bool hasJournal() const { return QFile::exists(path() + QStringLiteral("-journal")); }
    /// A copy of what a crash in a load leaves: the store, half full, and its journal.
    [[nodiscard]] QString cutShort() const;
    static bool addMany(BulkAppend& bulk, int events, int bytes = 10);
    static std::string numbered(std::string text, int number)
    {
        text += std::to_string(number);
        return text;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

bool tst_SqliteBulkAppend::addMany(BulkAppend& bulk, int events, int bytes)
{
    const QByteArray data = '"' + QByteArray(bytes, 'x') + '"';
    for (int i = 0; i < events; ++i)
        if (!bulk.add(QStringLiteral("s-%1").arg(i % 1000),
                { QStringLiteral("E"), data, {}, { i }, QStringLiteral("id-%1").arg(i) }))
            return false;
    return true;
}

void tst_SqliteBulkAppend::loadOfAnEmptyStoreGoesToTheFile()
{
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    {
        const auto bulk = (*store)->beginBulk();
        QVERIFY(bulk);
        QVERIFY(addMany(**bulk, 1000, 40000)); // past the cache
        QVERIFY(hasJournal());
        QVERIFY(QFile(path()).size() > 10000000);
        QCOMPARE(QFile(path() + QStringLiteral("-wal")).size(), 0);
        QVERIFY((*bulk)->commit({}));
        QVERIFY(!hasJournal());
        QCOMPARE(fileFormat(), 2);
    }
    QCOMPARE((*store)->head().value(), 1000);
    QVERIFY(appendOne(**store, QStringLiteral("s-1")));
    QVERIFY(QFile(path() + QStringLiteral("-wal")).size() > 0);
    QCOMPARE(StoreContract::faults(**store), QStringList());
}

/// A window has the store open: it must be able to read all the time.
void tst_SqliteBulkAppend::loadBesideAReaderGoesToTheLog()
{
    const auto store = openStore(path(), OpenMode::Create);
    const auto reader = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(store && reader);
    QCOMPARE((*reader)->head().value(), 0);
    const auto bulk = (*store)->beginBulk();
    QVERIFY(bulk);
    QVERIFY(addMany(**bulk, 1000, 40000));
    QVERIFY(!hasJournal());
    QCOMPARE((*reader)->head().value(), 0);
    QVERIFY((*reader)->readLog(1, 10).value().isEmpty());
    QVERIFY((*bulk)->commit({}));
    QCOMPARE((*reader)->head().value(), 1000);
    QCOMPARE(fileFormat(), 2);
    QCOMPARE(StoreContract::faults(**reader), QStringList());
}

void tst_SqliteBulkAppend::failedLoadLetsGoAtOnce()
{
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    const auto bulk = (*store)->beginBulk();
    QVERIFY(bulk);
    QVERIFY(addMany(**bulk, 1000, 40000));
    QVERIFY(!(*bulk)->add(QString(), { QStringLiteral("E"), {}, {}, { 1 }, {} }));
    QVERIFY(!hasJournal());
    QVERIFY(QFile(path()).size() < 1000000);
    const auto other = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(other);
    QVERIFY(appendOne(**other, QStringLiteral("s")));
    QVERIFY(!addMany(**bulk, 1));
    QVERIFY(!(*bulk)->commit({}));
    QCOMPARE(StoreContract::faults(**other), QStringList());
}

/// Versions, ranks and numbers go on where the log stands.
void tst_SqliteBulkAppend::loadGoesOnWhereAnotherEnded()
{
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    for (int round = 0; round < 3; ++round) {
        const auto bulk = (*store)->beginBulk();
        QVERIFY(bulk);
        for (int i = 0; i < 300; ++i) {
            const auto version
                = (*bulk)->add(QStringLiteral("c%1-%2").arg(i % 3).arg(i % 50 + round),
                    { QStringLiteral("E"), {}, {}, { i }, {} });
            QVERIFY(version);
            QVERIFY(*version > 0);
        }
        QCOMPARE((*bulk)->streams(), 150);
        QVERIFY((*bulk)->commit({}));
    }
    QCOMPARE((*store)->head().value(), 900);
    QCOMPARE((*store)->findStream(QStringLiteral("c1-10")).value()->headVersion, 6);
    QCOMPARE(StoreContract::faults(**store), QStringList());
}

void tst_SqliteBulkAppend::checkedEventsAreLoaded()
{
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    CheckedEvents events;
    CheckedJson data;
    QVERIFY(!data.check(R"({"a": 1.50})"));
    const std::string id = "01890a5d-ac96-774b-bcce-b302099a8057";
    QVERIFY(events.add({ "user-1", "CREATED", id, { 5 }, data, {} }));
    QVERIFY(events.add({ "user-1", "RENAMED", "other", { 6 }, data, data }));
    const auto bulk = (*store)->beginBulk();
    QVERIFY(bulk);
    std::vector<StreamVersion> versions;
    QVERIFY((*bulk)->add(events, versions));
    QCOMPARE(versions, std::vector<StreamVersion>({ 1, 2 }));
    QCOMPARE((*bulk)->commit({}).value().last, 2);
    const Event first = (*store)->readLog(1, 1).value().constFirst();
    QCOMPARE(first.stream, QStringLiteral("user-1"));
    QCOMPARE(first.type, QStringLiteral("CREATED"));
    QCOMPARE(first.id, QString::fromStdString(id));
    QCOMPARE(first.time.microseconds, 5);
    QCOMPARE(first.data, QByteArray(R"({"a": 1.50})"));
    QCOMPARE(first.metadata, QByteArray("{}"));
    QCOMPARE(StoreContract::faults(**store), QStringList());
}

/// Several rows go in by one statement; what is left over goes one by one.
void tst_SqliteBulkAppend::manyCheckedEventsAreLoaded()
{
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    CheckedEvents events;
    for (int i = 0; i < 1003; ++i) {
        const std::string id = i % 2 ? numbered("id-", i) : makeUuidV7().toStdString();
        QVERIFY(events.add({ numbered("s-", i % 7), numbered("T", i % 5), id, { i }, {}, {} }));
    }
    std::vector<StreamVersion> versions;
    {
        const auto bulk = (*store)->beginBulk();
        QVERIFY(bulk);
        QVERIFY((*bulk)->add(events, versions));
        QCOMPARE(versions.size(), std::size_t(1003));
        QCOMPARE((*bulk)->streams(), 7);
        const Appended appended = (*bulk)->commit({}).value();
        QCOMPARE(appended.last, 1003);
        QCOMPARE(appended.version, 1003 / 7 + 1);
    }
    const QList<Event> log = (*store)->readLog(1, 2000).value();
    QCOMPARE(log.size(), 1003);
    for (int i = 0; i < 1003; ++i) {
        const CheckedEventView event = events.at(static_cast<std::size_t>(i));
        const Event& stored = log.at(i);
        QCOMPARE(stored.version, versions[static_cast<std::size_t>(i)]);
        QCOMPARE(stored.version, i / 7 + 1);
        QCOMPARE(stored.stream.toUtf8(), toBytes(event.stream()));
        QCOMPARE(stored.type.toUtf8(), toBytes(event.type()));
        QCOMPARE(stored.id.toUtf8(), toBytes(event.id()));
        QCOMPARE(stored.time.microseconds, i);
    }
    QCOMPARE(StoreContract::faults(**store), QStringList());
}

/// In a store with events, the one whose id is there already is told.
void tst_SqliteBulkAppend::refusedEventIsTold()
{
    makeStoreFile(path(), 5);
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(store);
    CheckedEvents events;
    for (int i = 0; i < 40; ++i) {
        const std::string id = i == 25 ? "id-3" : numbered("new-", i);
        QVERIFY(events.add({ "s-1", "T", id, { i }, {}, {} }));
    }
    std::vector<StreamVersion> versions;
    const auto bulk = (*store)->beginBulk();
    QVERIFY(bulk);
    const auto added = (*bulk)->add(events, versions);
    QVERIFY(!added);
    QCOMPARE(added.error().code, ErrorCode::DuplicateEvent);
    QVERIFY(added.error().message.contains(QStringLiteral("id-3")));
    QCOMPARE(versions.size(), std::size_t(25));
    QCOMPARE((*store)->head().value(), 5);
}

void tst_SqliteBulkAppend::phasesAreTold()
{
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    const Progress progress;
    QCOMPARE(progress.phase(), Progress::Phase::Working);
    std::atomic<bool> isOver = false;
    qint64 mostIndexed = 0;
    qint64 indexTotal = 0;
    std::thread watcher([&] {
        while (!isOver) {
            if (progress.phase() == Progress::Phase::Indexing) {
                mostIndexed = std::max(mostIndexed, progress.done());
                indexTotal = std::max(indexTotal, progress.total());
            }
            std::this_thread::yield();
        }
    });
    bool isCommitted = false;
    {
        const auto bulk = (*store)->beginBulk();
        isCommitted = bulk.ok() && addMany(**bulk, 100000) && (*bulk)->commit({}, progress).ok();
    }
    isOver = true;
    watcher.join();
    QVERIFY(isCommitted);
    QCOMPARE(progress.phase(), Progress::Phase::Saving);
    QCOMPARE(indexTotal, 3 * 100000 + 3 * 1000);
    QVERIFY(mostIndexed > 0 && mostIndexed <= indexTotal);
}

QString tst_SqliteBulkAppend::cutShort() const
{
    const QString crashed = m_folder->filePath(QStringLiteral("crashed.eventlog"));
    const auto writer = openStore(path(), OpenMode::Create);
    const auto bulk = (*writer)->beginBulk();
    if (!bulk || !addMany(**bulk, 1000, 40000))
        return {};
    for (const char* suffix : { "", "-journal" })
        if (!QFile::copy(path() + QLatin1String(suffix), crashed + QLatin1String(suffix)))
            return {};
    return crashed;
}

void tst_SqliteBulkAppend::loadThatWasCutShortIsTakenBack()
{
    const QString crashed = cutShort();
    QVERIFY(QFile(crashed).size() > 10000000);
    {
        const auto reader = openStore(crashed, OpenMode::ReadOnly);
        QVERIFY(reader);
        QCOMPARE((*reader)->head().value(), 0);
    }
    QVERIFY(QFile(crashed).size() < 1000000);
    const auto store = openStore(crashed, OpenMode::ReadWrite);
    QVERIFY(store);
    QVERIFY(appendOne(**store, QStringLiteral("s")));
    QVERIFY(QFile(crashed + QStringLiteral("-wal")).size() > 0);
    QCOMPARE(StoreContract::faults(**store), QStringList());
}

/// As another user, since root may write everywhere.
void tst_SqliteBulkAppend::loadThatWasCutShortIsNotReadByHalf()
{
#ifdef Q_OS_UNIX
    const QString crashed = cutShort();
    for (const char* suffix : { "", "-journal" })
        QCOMPARE(::chmod(QFile::encodeName(crashed + QLatin1String(suffix)).constData(), 0644), 0);
    const mode_t mode = ::getuid() == 0 ? 0755 : 0555;
    QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), mode), 0);
    QProcess reader;
    reader.start(
        QCoreApplication::applicationFilePath(), { QStringLiteral("--open-as-other"), crashed });
    QVERIFY(reader.waitForFinished());
    QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0755), 0);
    QCOMPARE(reader.exitCode(), int(ErrorCode::ReadOnly));
    QVERIFY(reader.readAllStandardOutput().contains("crashed.eventlog-journal"));
#endif
}

void tst_SqliteBulkAppend::indexingIsCancelled_data()
{
    QTest::addColumn<bool>("isWatched");
    QTest::newRow("into the file") << false;
    QTest::newRow("into the log") << true;
}

void tst_SqliteBulkAppend::indexingIsCancelled()
{
    QFETCH(bool, isWatched);
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    auto reader = isWatched ? openStore(path(), OpenMode::ReadOnly) : Error {};
    const Progress progress;
    const CancelToken cancel;
    std::atomic<bool> isOver = false;
    std::thread canceller([&] {
        while (progress.phase() != Progress::Phase::Indexing && !isOver)
            std::this_thread::yield();
        cancel.cancel();
    });
    Result<Appended> committed = Error {};
    {
        const auto bulk = (*store)->beginBulk();
        if (bulk && addMany(**bulk, 100000))
            committed = (*bulk)->commit(cancel, progress);
    }
    isOver = true;
    canceller.join();
    QVERIFY(!committed);
    QCOMPARE(committed.error().code, ErrorCode::Cancelled);
    QCOMPARE((*store)->head().value(), 0);
    QCOMPARE(fileFormat(), 2);
    QVERIFY(appendOne(**store, QStringLiteral("s")));
    QCOMPARE(StoreContract::faults(**store), QStringList());
}

namespace {

/// Opens as a user who may only read, and prints why that failed.
int openAsOther(const QString& path)
{
#ifdef Q_OS_UNIX
    constexpr uid_t nobody = 65534;
    if (::getuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0))
        return -1;
#endif
    const auto store = openStore(path, OpenMode::ReadWrite);
    if (store)
        return -1;
    std::printf("%s\n", qPrintable(store.error().message));
    return int(store.error().code);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--open-as-other"))
        return openAsOther(arguments.value(2));
    tst_SqliteBulkAppend test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_sqlitebulkappend.moc"
