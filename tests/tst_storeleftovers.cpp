#include "store/sqlitestorefile.h"
#include "store/takeback.h"
#include "support/storefiles.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

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

private:
    QString path() const { return m_folder->filePath(QStringLiteral("new.eventlog")); }
    QString beside(const char* suffix) const { return path() + QLatin1String(suffix); }
    /// The log of a store with events, as a crash leaves it, without the store.
    QByteArray leaveLog(int events) const;
    /// That no store can be made, which names the file and the mend.
    void expectRefusal(const QString& file) const;

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

QTEST_GUILESS_MAIN(tst_StoreLeftovers)
#include "tst_storeleftovers.moc"
