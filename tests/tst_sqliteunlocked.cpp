#include "support/storefiles.h"
#include "value/event.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

using namespace eventloupe;

namespace {

constexpr int events = 3000;

/// Lets the test do something to the file.
void pauseHere()
{
    std::printf("\n");
    std::fflush(stdout);
    char line[8];
    if (std::fgets(line, sizeof line, stdin) == nullptr)
        std::exit(3);
}

/// Pages of the log, each from where the last one ended; how many events there are, or a gap.
int countLog(EventStore& store)
{
    Position last = 0;
    for (;;) {
        const auto page = store.readLog(last + 1, 500);
        if (!page)
            return -static_cast<int>(page.error().code) - 1000;
        if (page->isEmpty())
            return static_cast<int>(last);
        for (const Event& event : *page)
            if (event.position != ++last)
                return -1;
    }
}

int readLog(EventStore& store)
{
    std::printf("%d", countLog(store));
    pauseHere();
    std::printf("head %lld", *store.head());
    std::printf(", changed %d", int(*store.hasChanged()));
    std::printf(", then %d", int(*store.hasChanged()));
    std::printf(", log %d", countLog(store));
    return 0;
}

int scanLog(EventStore& store)
{
    Position last = 0;
    bool isBent = false;
    const auto scanned = store.scanLog(1, events, ScanColumn::Data, CancelToken(),
        [&](const EventView& event) {
            isBent = isBent || event.position != last + 1
                || event.data != "{\"n\":" + std::to_string(event.position) + "}";
            last = event.position;
            if (last == 10)
                pauseHere();
            return true;
        });
    std::printf("busy %d, names %d, bent %d, whole %d",
        int(!scanned.ok() && scanned.error().code == ErrorCode::Busy),
        int(!scanned.ok() && scanned.error().message.contains(store.location())), int(isBent),
        int(last == events));
    return 0;
}

int verifyLog(EventStore& store)
{
    int faults = 0;
    bool hasPaused = false;
    const auto verified = store.verify(
        CancelToken(),
        [&](Position) {
            if (!std::exchange(hasPaused, true))
                pauseHere();
        },
        [&](const StoreFault&) { ++faults; });
    std::printf("paused %d, faults %d, sound or busy %d", int(hasPaused), faults,
        int(verified.ok() || verified.error().code == ErrorCode::Busy));
    return 0;
}

/// What another user sees, who may only read.
int readAsOther(const QString& path, const QString& what)
{
    constexpr uid_t nobody = 65534;
    if (::getuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0))
        return 1;
    const auto store = openStore(path, OpenMode::ReadOnly);
    if (!store) {
        std::printf("%s\n", qPrintable(store.error().message));
        return 1;
    }
    if (what == u"scan")
        return scanLog(**store);
    return what == u"verify" ? verifyLog(**store) : readLog(**store);
}

} // namespace

/// A store in a folder that the reader cannot write, so that it takes no locks, beside its writer.
class tst_SqliteUnlocked final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void growthIsSeen_data();
    void growthIsSeen();
    void aLinkInAnotherFolderIsReadWithItsLog();
    void aScanEndsWhereTheFileChanges();
    void anotherReaderDisturbsNobody();
    void verifyingGivesNoFalseAlarm();
    void aReplacedFileIsToldApart();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    /// Begins to read; what it prints before it pauses.
    QByteArray begin(const char* what, const QString& name = {});
    /// What it prints at the end.
    QByteArray goOn();
    /// As another program does that opens the store, appends and closes it.
    void append(int count);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_reader;
};

void tst_SqliteUnlocked::init()
{
    if (::getuid() != 0)
        QSKIP("Only root can read as another user.");
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), events);
    QCOMPARE(::chmod(QFile::encodeName(path()).constData(), 0644), 0);
    QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0755), 0);
}

QByteArray tst_SqliteUnlocked::begin(const char* what, const QString& name)
{
    m_reader = std::make_unique<QProcess>();
    m_reader->start(QCoreApplication::applicationFilePath(),
        { QStringLiteral("--read-as-other"), name.isEmpty() ? path() : name,
            QString::fromLatin1(what) });
    while (!m_reader->canReadLine())
        if (!m_reader->waitForReadyRead())
            return m_reader->readAll();
    return m_reader->readLine().trimmed();
}

QByteArray tst_SqliteUnlocked::goOn()
{
    m_reader->write("\n");
    if (!m_reader->waitForFinished())
        return "does not end";
    return m_reader->readAll();
}

void tst_SqliteUnlocked::append(int count)
{
    const auto store = openStore(path(), OpenMode::ReadWrite);
    for (int i = 0; i < count; ++i)
        QVERIFY(appendOne(**store, QStringLiteral("s")));
}

void tst_SqliteUnlocked::growthIsSeen_data()
{
    QTest::addColumn<bool>("staysOpen");
    QTest::newRow("its writer has gone") << false;
    QTest::newRow("its writer has it open") << true;
}

void tst_SqliteUnlocked::growthIsSeen()
{
    QFETCH(bool, staysOpen);
    QCOMPARE(begin("log"), QByteArray::number(events));
    std::unique_ptr<EventStore> writer;
    if (staysOpen) {
        writer = openStore(path(), OpenMode::ReadWrite).value();
        QVERIFY(appendOne(*writer, QStringLiteral("s")));
    } else {
        append(1);
    }
    QCOMPARE(goOn(), QByteArray("head 3001, changed 1, then 0, log 3001"));
}

/// The log is beside the file, and not beside the link.
void tst_SqliteUnlocked::aLinkInAnotherFolderIsReadWithItsLog()
{
    const QTemporaryDir elsewhere;
    const QString link = elsewhere.filePath(QStringLiteral("l.eventlog"));
    QCOMPARE(::chmod(QFile::encodeName(elsewhere.path()).constData(), 0755), 0);
    QVERIFY(QFile::link(path(), link));
    const auto writer = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(appendOne(**writer, QStringLiteral("s")));
    QCOMPARE(begin("log", link), QByteArray("3001"));
    QVERIFY(appendOne(**writer, QStringLiteral("s")));
    QCOMPARE(goOn(), QByteArray("head 3002, changed 1, then 0, log 3002"));
}

void tst_SqliteUnlocked::aScanEndsWhereTheFileChanges()
{
    QCOMPARE(begin("scan"), QByteArray());
    append(50);
    QCOMPARE(goOn(), QByteArray("busy 1, names 1, bent 0, whole 0"));
    QCOMPARE(begin("scan"), QByteArray());
    QCOMPARE(goOn(), QByteArray("busy 0, names 0, bent 0, whole 1"));
}

/// Who may write the folder makes an empty log there, and takes it away again.
void tst_SqliteUnlocked::anotherReaderDisturbsNobody()
{
    QCOMPARE(begin("scan"), QByteArray());
    {
        const auto reader = openStore(path(), OpenMode::ReadOnly);
        QCOMPARE(*(*reader)->head(), events);
        QVERIFY(QFile::exists(path() + QStringLiteral("-shm")));
        QCOMPARE(goOn(), QByteArray("busy 0, names 0, bent 0, whole 1"));
    }
    QCOMPARE(begin("scan"), QByteArray());
    QVERIFY(openStore(path(), OpenMode::ReadOnly));
    QCOMPARE(goOn(), QByteArray("busy 0, names 0, bent 0, whole 1"));
}

void tst_SqliteUnlocked::verifyingGivesNoFalseAlarm()
{
    QCOMPARE(begin("verify"), QByteArray());
    append(50);
    QCOMPARE(goOn(), QByteArray("paused 1, faults 0, sound or busy 1"));
}

void tst_SqliteUnlocked::aReplacedFileIsToldApart()
{
    const QString other = m_folder->filePath(QStringLiteral("b.eventlog"));
    makeStoreFile(other, 7);
    QCOMPARE(::chmod(QFile::encodeName(other).constData(), 0644), 0);
    QCOMPARE(begin("scan"), QByteArray());
    QVERIFY(QFile::remove(path()));
    QVERIFY(QFile::rename(other, path()));
    const QByteArray ended = goOn();
    QCOMPARE(ended, QByteArray("busy 1, names 1, bent 0, whole 0"));
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments.at(1) == QStringLiteral("--read-as-other"))
        return readAsOther(arguments.at(2), arguments.at(3));
    tst_SqliteUnlocked test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_sqliteunlocked.moc"
