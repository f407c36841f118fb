#include "support/storefiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace eventloupe;

/// What opening does to files that are ours, are not, are missing, or cannot be written.
class tst_SqliteStoreFile final : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void missingFileIsNotMade();
    void createdFileIsPrivate();
    void missingFolderIsNamed();
    void createOpensWhatIsThere();
    void otherFilesAreRefusedUntouched_data();
    void otherFilesAreRefusedUntouched();
    void anotherVersionIsRefusedUntouched_data();
    void anotherVersionIsRefusedUntouched();
    void folderAndPipeAreRefused();
    void strangeTablesAreRefused_data();
    void strangeTablesAreRefused();
    void readingLeavesNoFiles();
    void readingSeesAWritersEvents();
    void readingAfterACrash();
    void unwritableFolderIsReadOnly_data();
    void unwritableFolderIsReadOnly();
    void lostTailIsNoticed();
    void replacedStoreIsNoticed();
    void missingHeadFileIsNoFault();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    QStringList files() const { return QDir(m_folder->path()).entryList(QDir::Files, QDir::Name); }
    ErrorCode openingFails(OpenMode mode) const
    {
        const auto store = openStore(path(), mode);
        return store ? ErrorCode::Internal : store.error().code;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_SqliteStoreFile::missingFileIsNotMade()
{
    for (const OpenMode mode : { OpenMode::ReadOnly, OpenMode::ReadWrite })
        QCOMPARE(openingFails(mode), ErrorCode::NotFound);
    QCOMPARE(files(), QStringList());
}

void tst_SqliteStoreFile::createdFileIsPrivate()
{
#ifdef Q_OS_UNIX
    const auto before = ::umask(0);
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    QVERIFY(appendOne(**store, QStringLiteral("s")));
    ::umask(before);
    QCOMPARE(files().size(), 4); // The store, its head file, -shm and -wal.
    for (const QString& name : files()) {
        struct stat status { };
        QCOMPARE(::stat(QFile::encodeName(m_folder->filePath(name)).constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
    }
#endif
}

void tst_SqliteStoreFile::missingFolderIsNamed()
{
    const auto store
        = openStore(m_folder->filePath(QStringLiteral("no/a.eventlog")), OpenMode::Create);
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::NotFound);
    QVERIFY(store.error().message.contains(m_folder->filePath(QStringLiteral("no"))));
}

void tst_SqliteStoreFile::createOpensWhatIsThere()
{
    makeStoreFile(path(), 5);
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    QCOMPARE((*store)->head().value(), 5);
}

void tst_SqliteStoreFile::otherFilesAreRefusedUntouched_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("{\"type\":\"A\"}\n");
    QTest::newRow("long text") << QByteArray(10000, 'x');
    QTest::newRow("magic only") << QByteArray("SQLite format 3\0", 16);
    QTest::newRow("magic and zeros")
        << QByteArray("SQLite format 3\0", 16) + QByteArray(4080, '\0');
    QTest::newRow("another program's") << QByteArray();
}

void tst_SqliteStoreFile::otherFilesAreRefusedUntouched()
{
    QFETCH(QByteArray, content);
    writeContent(path(), content);
    if (qstrcmp(QTest::currentDataTag(), "another program's") == 0) {
        QCOMPARE(runSql(path(), "CREATE TABLE event(position INTEGER PRIMARY KEY)"), QString());
        content = contentOf(path());
    }
    for (const OpenMode mode : { OpenMode::ReadOnly, OpenMode::ReadWrite, OpenMode::Create })
        QCOMPARE(openingFails(mode), ErrorCode::NotOurs);
    QCOMPARE(files(), QStringList({ QStringLiteral("a.eventlog") }));
    QCOMPARE(contentOf(path()), content);
}

/// There is one version, and none is brought to another.
void tst_SqliteStoreFile::anotherVersionIsRefusedUntouched_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("none") << 0 << ErrorCode::NotOurs;
    QTest::newRow("the next") << 2 << ErrorCode::NewerVersion;
    QTest::newRow("a far one") << 2'000'000'000 << ErrorCode::NewerVersion;
    QTest::newRow("below zero") << -1 << ErrorCode::NewerVersion;
}

void tst_SqliteStoreFile::anotherVersionIsRefusedUntouched()
{
    QFETCH(int, version);
    QFETCH(ErrorCode, code);
    makeStoreFile(path(), 1);
    QCOMPARE(runSql(path(), "PRAGMA user_version=" + QByteArray::number(version)), QString());
    const QByteArray content = contentOf(path());
    const QStringList before = files();
    for (const OpenMode mode : { OpenMode::ReadOnly, OpenMode::ReadWrite, OpenMode::Create })
        QCOMPARE(openingFails(mode), code);
    QCOMPARE(files(), before);
    QCOMPARE(contentOf(path()), content);
}

void tst_SqliteStoreFile::folderAndPipeAreRefused()
{
    QVERIFY(QDir().mkdir(path()));
    QCOMPARE(openingFails(OpenMode::Create), ErrorCode::NotOurs);
    QVERIFY(QDir().rmdir(path()));
#ifdef Q_OS_UNIX
    QCOMPARE(::mkfifo(QFile::encodeName(path()).constData(), 0600), 0);
    QCOMPARE(openingFails(OpenMode::Create), ErrorCode::NotOurs);
#endif
}

void tst_SqliteStoreFile::strangeTablesAreRefused_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("trigger") << QByteArray("CREATE TRIGGER evil AFTER INSERT ON event BEGIN"
                                           " DELETE FROM stream; END");
    QTest::newRow("no trigger") << QByteArray("DROP TRIGGER event_is_not_deleted");
    QTest::newRow("no index") << QByteArray("DROP INDEX event_id");
    QTest::newRow("view") << QByteArray("CREATE VIEW v AS SELECT 1");
    QTest::newRow("no table") << QByteArray("DROP TABLE category");
}

void tst_SqliteStoreFile::strangeTablesAreRefused()
{
    QFETCH(QByteArray, sql);
    makeStoreFile(path(), 1);
    QCOMPARE(runSql(path(), sql), QString());
    QCOMPARE(openingFails(OpenMode::ReadWrite), ErrorCode::Corrupt);
}

void tst_SqliteStoreFile::readingLeavesNoFiles()
{
    makeStoreFile(path(), 5);
    const QStringList before = files();
    QCOMPARE(before.size(), 2);
    const QByteArray content = contentOf(path());
    {
        const auto store = openStore(path(), OpenMode::ReadOnly);
        QVERIFY(store);
        QCOMPARE((*store)->readLog(1, 10).value().size(), 5);
        QVERIFY(!(*store)->readOnlyReason().isEmpty());
        QCOMPARE(appendOne(**store, QStringLiteral("s")).error().code, ErrorCode::ReadOnly);
        QCOMPARE((*store)->beginBulk().error().code, ErrorCode::ReadOnly);
    }
    QCOMPARE(files(), before);
    QCOMPARE(contentOf(path()), content);
}

void tst_SqliteStoreFile::readingSeesAWritersEvents()
{
    const auto writer = openStore(path(), OpenMode::Create);
    const auto reader = openStore(path(), OpenMode::ReadOnly);
    QVERIFY(writer.ok() && reader.ok());
    QVERIFY(appendOne(**writer, QStringLiteral("s")));
    QVERIFY((*reader)->hasChanged().value());
    QCOMPARE((*reader)->head().value(), 1);
    const auto late = openStore(path(), OpenMode::ReadOnly);
    QCOMPARE((*late)->head().value(), 1);
}

/// A copy of what a crash leaves: the store and its -wal file, without the writer.
void tst_SqliteStoreFile::readingAfterACrash()
{
    const QString crashed = m_folder->filePath(QStringLiteral("crashed.eventlog"));
    {
        const auto writer = openStore(path(), OpenMode::Create);
        QVERIFY(appendOne(**writer, QStringLiteral("s")));
        for (const char* suffix : { "", "-wal", ".head" })
            QVERIFY(QFile::copy(path() + QLatin1String(suffix), crashed + QLatin1String(suffix)));
    }
    {
        const auto reader = openStore(crashed, OpenMode::ReadOnly);
        QVERIFY(reader);
        QCOMPARE((*reader)->head().value(), 1);
        QCOMPARE((*reader)->openingFault(), QString());
    }
    const auto store = openStore(crashed, OpenMode::ReadWrite);
    QVERIFY(store);
    QVERIFY(appendOne(**store, QStringLiteral("s")));
    QCOMPARE((*store)->head().value(), 2);
}

void tst_SqliteStoreFile::unwritableFolderIsReadOnly_data()
{
    QTest::addColumn<bool>("hasWal");
    QTest::newRow("closed") << false;
    QTest::newRow("beside a writer") << true;
}

/// As another user, since root may write everywhere.
void tst_SqliteStoreFile::unwritableFolderIsReadOnly()
{
#ifdef Q_OS_UNIX
    QFETCH(bool, hasWal);
    makeStoreFile(path(), 5);
    QCOMPARE(::chmod(QFile::encodeName(path()).constData(), 0644), 0);
    QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0755), 0);
    std::unique_ptr<EventStore> writer;
    if (hasWal) {
        writer = openStore(path(), OpenMode::ReadWrite).value();
        QVERIFY(appendOne(*writer, QStringLiteral("s")));
    }
    if (::getuid() != 0)
        QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0555), 0);
    const QStringList before = files();
    QProcess reader;
    reader.start(
        QCoreApplication::applicationFilePath(), { QStringLiteral("--read-as-other"), path() });
    QVERIFY(reader.waitForFinished());
    QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0755), 0);
    QCOMPARE(QString::fromUtf8(reader.readAllStandardOutput()),
        QStringLiteral("head %1, append %2, named %3\n")
            .arg(hasWal ? 6 : 5)
            .arg(int(ErrorCode::ReadOnly))
            .arg(1));
    QCOMPARE(files(), before);
#endif
}

void tst_SqliteStoreFile::lostTailIsNoticed()
{
    const QString copy = m_folder->filePath(QStringLiteral("copy"));
    makeStoreFile(path(), 3);
    QVERIFY(QFile::copy(path(), copy));
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        QVERIFY(appendOne(**store, QStringLiteral("s")));
        QVERIFY(appendOne(**store, QStringLiteral("s")));
    }
    QVERIFY(QFile::remove(path()));
    QVERIFY(QFile::rename(copy, path()));
    const auto store = openStore(path(), OpenMode::ReadWrite);
    QVERIFY(store);
    QVERIFY((*store)->openingFault().contains(QStringLiteral("events 4 to 5")));
    // What an append would write into the head file hides the loss for ever.
    QVERIFY((*store)->readOnlyReason().contains(QStringLiteral("delete")));
    QVERIFY(!appendOne(**store, QStringLiteral("s")));
    QCOMPARE((*store)->head().value(), 3);
    QStringList faults;
    QVERIFY((*store)->verify({}, {}, [&](const StoreFault& fault) { faults += fault.message; }));
    QCOMPARE(faults, QStringList({ (*store)->openingFault() }));
}

void tst_SqliteStoreFile::replacedStoreIsNoticed()
{
    makeStoreFile(path(), 3);
    QVERIFY(QFile::remove(path()));
    const QString other = m_folder->filePath(QStringLiteral("other.eventlog"));
    {
        const auto store = openStore(other, OpenMode::Create);
        for (int i = 0; i < 4; ++i)
            QVERIFY(appendOne(**store, QStringLiteral("t")));
    }
    QVERIFY(QFile::rename(other, path()));
    const auto store = openStore(path(), OpenMode::ReadOnly);
    QVERIFY((*store)->openingFault().contains(QStringLiteral("Event 3 is not the one")));
}

void tst_SqliteStoreFile::missingHeadFileIsNoFault()
{
    makeStoreFile(path(), 3);
    QVERIFY(QFile::remove(path() + QStringLiteral(".head")));
    QCOMPARE((*openStore(path(), OpenMode::ReadWrite))->openingFault(), QString());
    // As a crash leaves it: cut, or never written.
    for (const QByteArray& torn : { QByteArray("00000000000000000003 00ff"), QByteArray(95, '\0') }) {
        writeContent(path() + QStringLiteral(".head"), torn);
        const auto store = openStore(path(), OpenMode::ReadWrite);
        QCOMPARE((*store)->openingFault(), QString());
        QCOMPARE((*store)->readOnlyReason(), QString());
        QVERIFY(appendOne(**store, QStringLiteral("s")));
    }
}

namespace {

/// Opens for writing as a user who may only read, and prints what comes of it.
int readAsOther(const QString& path)
{
#ifdef Q_OS_UNIX
    constexpr uid_t nobody = 65534;
    if (::getuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0))
        return 1;
#endif
    const auto store = openStore(path, OpenMode::ReadWrite);
    if (!store) {
        std::printf("%s\n", qPrintable(store.error().message));
        return 1;
    }
    const auto head = (*store)->head();
    const auto refused = appendOne(**store, QStringLiteral("s"));
    std::printf("head %lld, append %d, named %d\n", head.ok() ? *head : -1,
        refused.ok() ? -1 : int(refused.error().code),
        int((*store)->readOnlyReason().contains(path)));
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QStringLiteral("--read-as-other"))
        return readAsOther(arguments.at(2));
    tst_SqliteStoreFile test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_sqlitestorefile.moc"
