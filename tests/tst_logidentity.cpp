#include "store/damagenotice.h"
#include "store/openstore.h"
#include "support/storefiles.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace eventloupe;

/// A store's file that is written over in its place while it is open is not taken for the same log.
class tst_LogIdentity final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void anOlderCopyIsNotAppendedTo_data();
    void anOlderCopyIsNotAppendedTo();
    void anotherLogIsNotAppendedTo_data();
    void anotherLogIsNotAppendedTo();
    void whatIsPutRightIsGoneOnWith();
    void aFailedLoadLeavesTheOtherLogAsItIs();
    void aMixtureIsToldWhenItIsOpened_data();
    void aMixtureIsToldWhenItIsOpened();
    void aCrashIsNoMixture();
    void aLoadDoesNotGoOnInAnOlderCopy();
    void whatOthersAppendIsTheSameLog();

private:
    static constexpr int before = 500;
    static constexpr int all = 2000;
    QString path() const { return m_folder->filePath(QStringLiteral("a.eventlog")); }
    QString copy() const { return m_folder->filePath(QStringLiteral("copy.eventlog")); }
    /// By another process, which leaves this one's locks.
    static void copyOver(const QString& from, const QString& to)
    {
        QCOMPARE(QProcess::execute(QStringLiteral("cp"), { from, to }), 0);
    }
    QString another() const { return m_folder->filePath(QStringLiteral("another.eventlog")); }
    /// A log of other events.
    void makeAnother(int events) const
    {
        const auto store = openStore(another(), OpenMode::Create);
        const auto bulk = (*store)->beginBulk();
        for (int i = 0; i < events; ++i)
            QVERIFY((*bulk)->add(QStringLiteral("a-%1").arg(i % 7),
                { QStringLiteral("O"), "{}", "{}", { i }, QStringLiteral("other-%1").arg(i) }));
        QVERIFY((*bulk)->commit({}));
    }
    /// Leaves a store as a crash does: so many more events are in the -wal file.
    void crash(int events) const
    {
        const QString log = path() + QStringLiteral("-wal");
        const QString image = m_folder->filePath(QStringLiteral("crashed"));
        {
            const auto store = opened();
            for (int i = 0; i < events; ++i)
                QVERIFY(appendOne(*store, QStringLiteral("s-1")));
            copyOver(path(), image);
            copyOver(log, image + QStringLiteral("-wal"));
        }
        copyOver(image, path());
        copyOver(image + QStringLiteral("-wal"), log);
    }
    std::unique_ptr<EventStore> opened() const
    {
        auto store = openStore(path(), OpenMode::ReadWrite);
        return store ? std::move(*store) : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

/// A store of some pages, and a copy from when it had fewer: the log's last one is not among them.
void tst_LogIdentity::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeStoreFile(path(), before);
    copyOver(path(), copy());
    const auto store = opened();
    const auto bulk = store->beginBulk();
    for (int i = before; i < all; ++i)
        QVERIFY((*bulk)->add(QStringLiteral("s-1"),
            { QStringLiteral("E"), "{}", "{}", { i }, QStringLiteral("more-%1").arg(i) }));
    QVERIFY((*bulk)->commit({}));
}

void tst_LogIdentity::anOlderCopyIsNotAppendedTo_data()
{
    QTest::addColumn<bool>("reads");
    QTest::newRow("when it is looked at") << true;
    QTest::newRow("at once") << false;
}

void tst_LogIdentity::anOlderCopyIsNotAppendedTo()
{
    QFETCH(bool, reads);
    {
        const auto store = opened();
        QCOMPARE(store->head().value(), all);
        QCOMPARE(store->readLog(1, all).value().size(), all);
        // What its log holds must not come into the copy when it is closed.
        QVERIFY(appendOne(*store, QStringLiteral("s-1")));
        copyOver(copy(), path());
        if (reads)
            QCOMPARE(store->head().value(), before);
        const auto refused = appendOne(*store, QStringLiteral("s-1"));
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(QStringLiteral("put back")),
            qPrintable(refused.error().message));
        QVERIFY(!store->beginBulk());
    }
    // The copy is as it was.
    QCOMPARE(contentOf(path()), contentOf(copy()));
    QVERIFY(QFile::remove(path() + QStringLiteral("-wal")));
    QVERIFY(QFile::remove(path() + QStringLiteral(".head")));
    const auto store = opened();
    QCOMPARE(store->head().value(), before);
    QVERIFY(store->verify({}, {}, [](const StoreFault& fault) {
        QFAIL(qPrintable(fault.message));
    }));
}

void tst_LogIdentity::anotherLogIsNotAppendedTo_data()
{
    QTest::addColumn<bool>("hasLog");
    QTest::addColumn<int>("events");
    QTest::newRow("a longer one") << false << all + 5;
    QTest::newRow("a shorter one") << false << 50;
    // The page that tells is not read from the file then.
    QTest::newRow("a longer one, the newest event in the -wal file") << true << all + 5;
    QTest::newRow("a shorter one, the newest event in the -wal file") << true << 50;
}

void tst_LogIdentity::anotherLogIsNotAppendedTo()
{
    QFETCH(bool, hasLog);
    QFETCH(int, events);
    makeAnother(events);
    auto store = opened();
    if (hasLog)
        QVERIFY(appendOne(*store, QStringLiteral("s-1")));
    copyOver(another(), path());
    const auto refused = appendOne(*store, QStringLiteral("s-1"));
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(QStringLiteral("was written over")),
        qPrintable(refused.error().message));
    QVERIFY(!store->beginBulk());
    store.reset();
    QCOMPARE(contentOf(path()), contentOf(another()));
}

/// Pages that were read of the other log meanwhile are not written into this one.
void tst_LogIdentity::whatIsPutRightIsGoneOnWith()
{
    makeAnother(all + 5);
    const QString own = m_folder->filePath(QStringLiteral("own"));
    copyOver(path(), own);
    {
        const auto store = opened();
        QVERIFY(appendOne(*store, QStringLiteral("s-1")));
        copyOver(another(), path());
        (void)store->head();
        (void)store->findStream(QStringLiteral("a-1"));
        for (int version = 1; version < 300; ++version)
            (void)store->positionOf(1, version);
        copyOver(own, path());
        DamageNotice::instance().forget(path());
        for (int i = 0; i < 5; ++i)
            QVERIFY(appendOne(*store, QStringLiteral("s-2")));
    }
    const auto store = opened();
    QCOMPARE(store->head().value(), all + 6);
    QVERIFY(store->verify({}, {}, [](const StoreFault& fault) {
        QFAIL(qPrintable(fault.message));
    }));
}

/// What a load leaves in the -wal file is moved to the file at its end.
void tst_LogIdentity::aFailedLoadLeavesTheOtherLogAsItIs()
{
    makeAnother(3 * all);
    auto store = opened();
    QVERIFY(appendOne(*store, QStringLiteral("s-1")));
    auto bulk = store->beginBulk();
    QVERIFY(bulk);
    copyOver(another(), path());
    for (int i = 0; i < all; ++i)
        if (!(*bulk)->add(QStringLiteral("t-%1").arg(i),
                { QStringLiteral("E"), "{}", "{}", { i }, QStringLiteral("new-%1").arg(i) }))
            break;
    QVERIFY(!(*bulk)->commit({}));
    bulk->reset();
    store.reset();
    QCOMPARE(contentOf(path()), contentOf(another()));
}

/// A crash's -wal file, beside a file that is another store's.
void tst_LogIdentity::aMixtureIsToldWhenItIsOpened_data()
{
    QTest::addColumn<int>("events"); ///< Of the other log.
    QTest::addColumn<int>("crashed");
    QTest::addColumn<QString>("text");
    QTest::newRow("shorter") << all / 2 << 40 << QStringLiteral("bytes are missing");
    QTest::newRow("as long") << all + 5 << 40 << QStringLiteral("do not fit each other");
    QTest::newRow("longer") << 3 * all << 40 << QStringLiteral("do not fit each other");
    QTest::newRow("longer, one event") << 3 * all << 1 << QStringLiteral("are damaged");
}

void tst_LogIdentity::aMixtureIsToldWhenItIsOpened()
{
    QFETCH(int, events);
    QFETCH(int, crashed);
    QFETCH(QString, text);
    makeAnother(events);
    crash(crashed);
    copyOver(another(), path());
    QVERIFY(QFile::remove(path() + QStringLiteral(".head")));
    {
        const auto store = openStore(path(), OpenMode::ReadWrite);
        const QString told = store ? (*store)->openingFault() : store.error().message;
        QVERIFY2(told.contains(text), qPrintable(told));
        QVERIFY2(told.contains(QStringLiteral("a.eventlog-wal away first")), qPrintable(told));
        QVERIFY(!store || !appendOne(**store, QStringLiteral("s-1")));
    }
    QCOMPARE(contentOf(path()), contentOf(another()));
    QVERIFY(QFile::remove(path() + QStringLiteral("-wal")));
    const auto store = opened();
    QCOMPARE(store->openingFault(), QString());
    QCOMPARE(store->head().value(), events);
}

/// No false alarm.
void tst_LogIdentity::aCrashIsNoMixture()
{
    crash(40);
    const auto store = opened();
    QCOMPARE(store->openingFault(), QString());
    QCOMPARE(store->head().value(), all + 40);
    QVERIFY(appendOne(*store, QStringLiteral("s-1")));
}

void tst_LogIdentity::aLoadDoesNotGoOnInAnOlderCopy()
{
    auto store = opened();
    QVERIFY(appendOne(*store, QStringLiteral("s-1")));
    auto bulk = store->beginBulk();
    QVERIFY(bulk);
    const auto add = [&bulk](int i) {
        return (*bulk)->add(QStringLiteral("s-1"),
            { QStringLiteral("E"), "{}", "{}", { i }, QStringLiteral("new-%1").arg(i) });
    };
    QVERIFY(add(1));
    copyOver(copy(), path());
    QVERIFY(add(2));
    const auto refused = (*bulk)->commit({});
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(QStringLiteral("put back"))
            || refused.error().message.contains(QStringLiteral("was written over")),
        qPrintable(refused.error().message));
    bulk->reset();
    store.reset();
    QCOMPARE(contentOf(path()), contentOf(copy()));
}

void tst_LogIdentity::whatOthersAppendIsTheSameLog()
{
    const auto store = opened();
    const auto other = opened();
    for (int i = 0; i < 3; ++i) {
        QVERIFY(appendOne(*other, QStringLiteral("s-1")));
        QVERIFY(appendOne(*store, QStringLiteral("s-2")));
        const auto bulk = other->beginBulk();
        QVERIFY(bulk);
        QVERIFY((*bulk)->add(QStringLiteral("s-3"),
            { QStringLiteral("E"), "{}", "{}", { i }, QStringLiteral("b-%1").arg(i) }));
        QVERIFY((*bulk)->commit({}));
    }
    QCOMPARE(store->head().value(), all + 9);
}

QTEST_GUILESS_MAIN(tst_LogIdentity)
#include "tst_logidentity.moc"
