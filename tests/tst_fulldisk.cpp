#include "support/filesizelimit.h"
#include "support/storefiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// A store on a device without any room, for whose log SQLite can make no index.
class tst_FullDisk final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void aStoreCanBeRead_data();
    void aStoreCanBeRead();
    void eventsOfALogAreNotLeftOut();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

constexpr int events = 2000;

/// A limit on files does not stop them from having what SQLite writes first into a -shm file.
constexpr int lockBytes = 3;

struct Opened {
    int head = 0;
    qsizetype read = 0;
    QString reason; ///< Why it cannot be written, or read.
};

/// Reports afterwards, since the limit would also end a test's output to a file.
Opened openFull(const QString& path, OpenMode mode)
{
    const FileSizeLimit limit(lockBytes);
    const auto store = openStore(path, mode);
    if (!store)
        return { -1, 0, store.error().message };
    const auto log = (*store)->readLog(1, events + 1);
    return { static_cast<int>((*store)->head().value()), log.ok() ? log->size() : 0,
        (*store)->readOnlyReason() };
}

} // namespace

void tst_FullDisk::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), events);
}

void tst_FullDisk::aStoreCanBeRead_data()
{
    QTest::addColumn<OpenMode>("mode");
    QTest::newRow("to read") << OpenMode::ReadOnly;
    QTest::newRow("to write") << OpenMode::ReadWrite;
}

void tst_FullDisk::aStoreCanBeRead()
{
    QFETCH(OpenMode, mode);
    // What the first one leaves does not keep the second one from it.
    for (int i = 0; i < 2; ++i) {
        const Opened opened = openFull(path(), mode);
        QVERIFY2(opened.head == events, qPrintable(opened.reason));
        QCOMPARE(opened.read, events);
        if (mode == OpenMode::ReadWrite)
            QVERIFY2(opened.reason.contains(QStringLiteral("no room")), qPrintable(opened.reason));
    }
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        QVERIFY(appendOne(**store, QStringLiteral("s")));
    }
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files, QDir::Name),
        QStringList({ QStringLiteral("a.eventlog"), QStringLiteral("a.eventlog.head") }));
}

/// They can be read through the index alone.
void tst_FullDisk::eventsOfALogAreNotLeftOut()
{
    const QString crashed = m_folder->filePath(QStringLiteral("crashed.eventlog"));
    {
        const auto writer = openStore(path(), OpenMode::ReadWrite);
        QVERIFY(appendOne(**writer, QStringLiteral("s")));
        for (const char* suffix : { "", "-wal", ".head" })
            QVERIFY(QFile::copy(path() + QLatin1String(suffix), crashed + QLatin1String(suffix)));
    }
    for (const OpenMode mode : { OpenMode::ReadOnly, OpenMode::ReadWrite }) {
        const Opened opened = openFull(crashed, mode);
        QCOMPARE(opened.head, -1);
        QVERIFY(!opened.reason.isEmpty());
    }
    const auto store = openStore(crashed, OpenMode::ReadOnly);
    QCOMPARE(*(*store)->head(), events + 1);
}

QTEST_GUILESS_MAIN(tst_FullDisk)
#include "tst_fulldisk.moc"
