#include "store/sqlitestorefile.h"
#include "store/takeback.h"
#include "support/storefiles.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace eventloupe;

/// A new store of the name of a former one, of which SQLite's files are left.
class tst_StoreLeftovers final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void aLogThatIsLeftIsNotTakenIn();
    void whatIsLeftOfALargerStoreStays();
    void otherLeftoversAreRefused_data();
    void otherLeftoversAreRefused();
    void emptyOnesAreNoHindrance();
    void aStoreThatIsThereKeepsItsLog();
    void whatAKilledAttemptLeftIsRemoved();
    void whatMayBeAnythingElseStays();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("new.eventlog")); }
    QString beside(const char* suffix) const { return path() + QLatin1String(suffix); }
    /// The log of a store with events, as a crash leaves it, without the store.
    QByteArray leaveLog(int events) const;
    /// That no store can be made, which names the file and the mend.
    void expectRefusal(const QString& file) const;

    /// Of a store that was just made, with no event yet.
    QByteArray madeContent() const;
    /// A file as the making of a store has it, written so long ago.
    static void leave(const QString& file, const QByteArray& content, int seconds = 3600);
    /// The files there that are called .new.
    QStringList news() const
    {
        return QDir(m_folder->path()).entryList({ QStringLiteral("*.new") }, QDir::Files);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_StoreLeftovers::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

QByteArray tst_StoreLeftovers::leaveLog(int events) const
{
    const QString former = m_folder->filePath(QStringLiteral("former.eventlog"));
    if (events > 0)
        makeStoreFile(former, events);
    const auto store = openStore(former, OpenMode::Create);
    for (int i = 0; i < 3; ++i)
        if (!appendOne(**store, QStringLiteral("s")))
            qFatal("no append");
    const QByteArray log = contentOf(former + QStringLiteral("-wal"));
    writeContent(beside("-wal"), log);
    return log;
}

QByteArray tst_StoreLeftovers::madeContent() const
{
    const QString file = m_folder->filePath(QStringLiteral("made.eventlog"));
    if (!createStoreFile(file))
        qFatal("no store");
    return contentOf(file);
}

void tst_StoreLeftovers::leave(const QString& file, const QByteArray& content, int seconds)
{
    writeContent(file, content);
    QFile left(file);
    if (!left.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || !left.open(QIODevice::ReadWrite)
        || !left.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-seconds),
            QFileDevice::FileModificationTime))
        qFatal("no such file");
}

void tst_StoreLeftovers::expectRefusal(const QString& file) const
{
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::AlreadyExists);
    QVERIFY2(store.error().message.contains(file), qPrintable(store.error().message));
    QVERIFY2(store.error().message.contains(QStringLiteral("Move it away")),
        qPrintable(store.error().message));
    QVERIFY(!QFile::exists(path()));
}

void tst_StoreLeftovers::aLogThatIsLeftIsNotTakenIn()
{
    const QByteArray log = leaveLog(0);
    expectRefusal(beside("-wal"));
    QCOMPARE(contentOf(beside("-wal")), log);
    QVERIFY(QFile::rename(beside("-wal"), m_folder->filePath(QStringLiteral("away"))));
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY(store);
    QCOMPARE(*(*store)->head(), 0);
}

/// Which would not fit the new store, and be removed with it.
void tst_StoreLeftovers::whatIsLeftOfALargerStoreStays()
{
    const QByteArray log = leaveLog(2000);
    expectRefusal(beside("-wal"));
    // As an import begins, and as it ends where it fails.
    const auto back = takeBackOf(path());
    QVERIFY(back);
    (*back)();
    QCOMPARE(contentOf(beside("-wal")), log);
}

void tst_StoreLeftovers::otherLeftoversAreRefused_data()
{
    QTest::addColumn<QByteArray>("suffix");
    QTest::addColumn<bool>("isLink");
    QTest::newRow("journal") << QByteArray("-journal") << false;
    QTest::newRow("log that is a link") << QByteArray("-wal") << true;
    QTest::newRow("journal that is a link") << QByteArray("-journal") << true;
}

void tst_StoreLeftovers::otherLeftoversAreRefused()
{
    QFETCH(QByteArray, suffix);
    QFETCH(bool, isLink);
    const QString file = beside(suffix.constData());
    const QString elsewhere = m_folder->filePath(QStringLiteral("not there"));
    if (isLink)
        QVERIFY(QFile::link(elsewhere, file));
    else
        writeContent(file, "what a load would take back");
    expectRefusal(file);
    QVERIFY(!QFile::exists(elsewhere));
    QVERIFY(QFileInfo(file).isSymLink() == isLink);
}

void tst_StoreLeftovers::emptyOnesAreNoHindrance()
{
    for (const char* suffix : { "-wal", "-journal" })
        writeContent(beside(suffix), {});
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().message));
    QVERIFY(appendOne(**store, QStringLiteral("s")));
    QCOMPARE(*(*store)->head(), 1);
}

void tst_StoreLeftovers::aStoreThatIsThereKeepsItsLog()
{
    const auto writer = openStore(path(), OpenMode::Create);
    QVERIFY(appendOne(**writer, QStringLiteral("s")));
    QVERIFY(QFileInfo(beside("-wal")).size() > 0);
    // As somebody does who did not see it yet.
    const auto made = createStoreFile(path());
    QVERIFY2(made.ok(), made ? "" : qPrintable(made.error().message));
    const auto store = openStore(path(), OpenMode::Create);
    QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().message));
    QCOMPARE(*(*store)->head(), 1);
}

/// As if it had been killed before it could name its file.
void tst_StoreLeftovers::whatAKilledAttemptLeftIsRemoved()
{
#ifdef Q_OS_UNIX
    const QByteArray made = madeContent();
    leave(beside(".aBcDeF.new"), made);
    leave(beside(".ZyXwVu.new"), {});
    QVERIFY(openStore(path(), OpenMode::Create).ok());
    QCOMPARE(news(), QStringList());
#endif
}

/// Nothing is to be removed that holds an event, or that is in use.
void tst_StoreLeftovers::whatMayBeAnythingElseStays()
{
#ifdef Q_OS_UNIX
    const QByteArray made = madeContent();
    makeStoreFile(beside(".events"), 1);
    leave(beside(".backup.new"), contentOf(beside(".events")));
    leave(beside(".withlog.new"), made);
    leave(beside(".hasLog.new"), made);
    leave(beside(".hasLog.new-wal"), "its events");
    leave(beside(".linked.new"), made);
    QCOMPARE(::link(QFile::encodeName(beside(".linked.new")).constData(),
                 QFile::encodeName(beside(".other")).constData()),
        0);
    leave(beside(".target"), made);
    QVERIFY(QFile::link(beside(".target"), beside(".points.new")));
    leave(beside(".letter.new"), "Dear Ada");
    leave(beside(".public.new"), {});
    QVERIFY(QFile::setPermissions(beside(".public.new"),
        QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
    leave(beside(".isBusy.new"), made, 60);
    leave(beside(".begins.new"), {}, 0);
    leave(m_folder->filePath(QStringLiteral("b.eventlog.aBcDeF.new")), made);
    const QStringList before = news();
    QCOMPARE(before.size(), 10);
    QVERIFY(openStore(path(), OpenMode::Create).ok());
    QCOMPARE(news(), before);
#endif
}

QTEST_GUILESS_MAIN(tst_StoreLeftovers)
#include "tst_storeleftovers.moc"
