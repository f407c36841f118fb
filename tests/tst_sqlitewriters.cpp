#include "support/filesizelimit.h"
#include "support/storecontract.h"
#include "support/storefiles.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace eventloupe;

namespace {

/// What a test's second process does; see main().
int appendInTurns(const QString& path, const QString& name, int times);
int loadForever(const QString& path);

} // namespace

/// Writers that meet others, no room, or their end.
class tst_SqliteWriters final : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void processesLoseNothing();
    void secondConnectionKeepsTheLocksOfTheFirst();
    void killedLoadLeavesNothing_data();
    void killedLoadLeavesNothing();
    void fullDiskKeepsTheStoreGood();
    void fullDiskEndsALoad();
    void heldLockIsBusy();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

NewEvent bigEvent(int bytes)
{
    return { QStringLiteral("BIG"), '"' + QByteArray(bytes, 'x') + '"', "{}", { 1 }, QString() };
}

} // namespace

void tst_SqliteWriters::processesLoseNothing()
{
    constexpr int processes = 8;
    constexpr int times = 100;
    makeStoreFile(path(), 0);
    std::vector<std::unique_ptr<QProcess>> writers;
    for (int i = 0; i < processes; ++i) {
        writers.push_back(std::make_unique<QProcess>());
        writers.back()->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        writers.back()->start(QCoreApplication::applicationFilePath(),
            { QStringLiteral("--append"), path(), QString::number(i), QString::number(times) });
    }
    for (const auto& writer : writers) {
        QVERIFY(writer->waitForFinished(120000));
        QCOMPARE(writer->exitCode(), 0);
    }
    const auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(store);
    // Each process appends each number twice: to a stream of its own and to one of all.
    QCOMPARE((*store)->head().value(), 2 * processes * times);
    const auto shared = (*store)->findStream(QStringLiteral("shared")).value();
    QCOMPARE(shared->headVersion, processes * times);
    QSet<QByteArray> seen;
    const auto scanned = (*store)->scanStream(
        shared->id, 0, shared->headPosition, ScanColumn::Data, [&seen](const EventView& event) {
            seen.insert(toBytes(event.data));
            return true;
        });
    QVERIFY(scanned);
    QCOMPARE(seen.size(), processes * times);
    QCOMPARE(StoreContract::faults(**store), QStringList());
}

/// A process that opened and closed the file by itself, as to look at its header, would drop the
/// locks of its own connections, and the next process to end would take the -wal file away.
void tst_SqliteWriters::secondConnectionKeepsTheLocksOfTheFirst()
{
    makeStoreFile(path(), 0);
    const auto first = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(first);
    QCOMPARE((*first)->head().value(), 0);
    const auto second = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(second);
    constexpr int times = 5;
    const auto appendElsewhere = [this](const QString& name) {
        return QProcess::execute(QCoreApplication::applicationFilePath(),
            { QStringLiteral("--append"), path(), name, QString::number(times) });
    };
    QCOMPARE(appendElsewhere(QStringLiteral("a")), 0);
    QCOMPARE((*first)->head().value(), 2 * times);
    QVERIFY(appendOne(**first, QStringLiteral("s")));
    QCOMPARE(appendElsewhere(QStringLiteral("b")), 0);
    QVERIFY(appendOne(**second, QStringLiteral("s")));
    const auto fresh = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(fresh);
    QCOMPARE((*fresh)->head().value(), 4 * times + 2);
    QCOMPARE((*fresh)->openingFault(), QString());
    QCOMPARE(StoreContract::faults(**fresh), QStringList());
}

void tst_SqliteWriters::killedLoadLeavesNothing_data()
{
    QTest::addColumn<bool>("isRead");
    QTest::newRow("alone") << false;
    QTest::newRow("beside a reader") << true;
}

void tst_SqliteWriters::killedLoadLeavesNothing()
{
    QFETCH(bool, isRead);
    makeStoreFile(path(), 0);
    auto reader = isRead ? openStore(path(), OpenMode::ReadOnly) : Error {};
    QCOMPARE(reader.ok(), isRead);
    QProcess loader;
    loader.start(QCoreApplication::applicationFilePath(), { QStringLiteral("--load"), path() });
    while (!loader.canReadLine())
        QVERIFY(loader.waitForReadyRead(60000));
    // The load is larger than its cache, so that pages of it are on the disk by now: in the file
    // itself, or in the -wal file where another has the store open.
    const QString grown = reader.ok() ? path() + QStringLiteral("-wal") : path();
    QVERIFY(QFile(grown).size() > 1000000);
    loader.kill();
    QVERIFY(loader.waitForFinished());
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(store);
    QCOMPARE((*store)->openingFault(), QString());
    QCOMPARE((*store)->head().value(), 0);
    QCOMPARE((*store)->streamCountAt(1000).value(), 0);
    QVERIFY(!QFile::exists(path() + QStringLiteral("-journal")));
    QVERIFY(appendOne(**store, QStringLiteral("s")));
    QCOMPARE(StoreContract::faults(**store), QStringList());
}

void tst_SqliteWriters::fullDiskKeepsTheStoreGood()
{
#ifdef Q_OS_UNIX
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    ErrorCode code = ErrorCode::Internal;
    QString message;
    Position before = 0;
    {
        const FileSizeLimit limit(400000);
        for (int i = 0; i < 100; ++i) {
            const auto outcome = (*store)->append(
                { QStringLiteral("s"), ExpectedVersion::any(), { bigEvent(20000) } });
            if (outcome) {
                before = std::get<Appended>(*outcome).last;
                continue;
            }
            code = outcome.error().code;
            message = outcome.error().message;
            break;
        }
        QCOMPARE((*store)->head().value(), before);
    }
    QCOMPARE(code, ErrorCode::DiskFull);
    QVERIFY2(message.contains(path()), qPrintable(message));
    QVERIFY(before > 0);
    QCOMPARE(StoreContract::faults(**store), QStringList());
    QVERIFY(appendOne(**store, QStringLiteral("s")));
    QCOMPARE((*store)->head().value(), before + 1);
    QCOMPARE(StoreContract::faults(**openStore(path(), OpenMode::ReadOnly)), QStringList());
#endif
}

void tst_SqliteWriters::fullDiskEndsALoad()
{
#ifdef Q_OS_UNIX
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    {
        const FileSizeLimit limit(1000000);
        const auto bulk = (*store)->beginBulk();
        QVERIFY(bulk);
        for (int i = 0; i < 100; ++i)
            QVERIFY((*bulk)->add(QStringLiteral("s"), bigEvent(20000)));
        const auto committed = (*bulk)->commit({});
        QVERIFY(!committed);
        QCOMPARE(committed.error().code, ErrorCode::DiskFull);
    }
    // The room is given back at once.
    QCOMPARE(QFile(path() + QStringLiteral("-wal")).size(), 0);
    QCOMPARE((*store)->head().value(), 0);
    QVERIFY(appendOne(**store, QStringLiteral("s")));
    QCOMPARE(StoreContract::faults(**store), QStringList());
#endif
}

void tst_SqliteWriters::heldLockIsBusy()
{
    const auto holder = openStore(path(), OpenMode::Create);
    const auto store = openStore(path(), OpenMode::ReadWrite);
    {
        const auto bulk = (*holder)->beginBulk();
        QVERIFY(bulk);
        QCOMPARE(appendOne(**store, QStringLiteral("s")).error().code, ErrorCode::Busy);
    }
    QVERIFY(appendOne(**store, QStringLiteral("s")));
}

namespace {

int appendInTurns(const QString& path, const QString& name, int times)
{
    const auto store = openStore(path, OpenMode::ReadWrite);
    if (!store)
        return 1;
    StreamVersion expected = 0;
    for (int i = 0; i < times;) {
        const NewEvent event { QStringLiteral("E"),
            QStringLiteral("\"%1/%2\"").arg(name).arg(i).toUtf8(), "{}", { 1 }, QString() };
        const auto outcome = (*store)->append(
            { QStringLiteral("shared"), ExpectedVersion::exactly(expected), { event } });
        if (!outcome) {
            std::fprintf(stderr, "%s\n", qPrintable(outcome.error().message));
            return 1;
        }
        if (const auto* conflict = std::get_if<VersionConflict>(&*outcome)) {
            expected = conflict->actual;
            continue;
        }
        expected = std::get<Appended>(*outcome).version;
        const auto own = (*store)->append(
            { QStringLiteral("own-") + name, ExpectedVersion::exactly(i), { event } });
        if (!own || !std::holds_alternative<Appended>(*own))
            return 1;
        ++i;
    }
    return 0;
}

int loadForever(const QString& path)
{
    const auto store = openStore(path, OpenMode::ReadWrite);
    if (!store)
        return 1;
    const auto bulk = (*store)->beginBulk();
    constexpr int pastTheCache = 3000;
    for (int i = 0; bulk.ok(); ++i) {
        if (!(*bulk)->add(QStringLiteral("s-%1").arg(i % 10), bigEvent(60000)))
            return 1;
        if (i == pastTheCache) {
            std::printf("loading\n");
            std::fflush(stdout);
        }
    }
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--append"))
        return appendInTurns(arguments.value(2), arguments.value(3), arguments.value(4).toInt());
    if (arguments.value(1) == QStringLiteral("--load"))
        return loadForever(arguments.value(2));
    tst_SqliteWriters test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_sqlitewriters.moc"
