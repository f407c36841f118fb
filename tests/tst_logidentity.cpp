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
    void anotherLogIsNotAppendedTo();
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

void tst_LogIdentity::anotherLogIsNotAppendedTo()
{
    const QString another = m_folder->filePath(QStringLiteral("another.eventlog"));
    makeStoreFile(another, all + 5);
    const auto store = opened();
    copyOver(another, path());
    const auto refused = appendOne(*store, QStringLiteral("s-1"));
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(QStringLiteral("was written over")),
        qPrintable(refused.error().message));
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
