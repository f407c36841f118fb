#include "branch/brancheventstore.h"

#include "domain/workspacetemplate.h"
#include "exchange/importer.h"
#include "foreign/foreignstores.h"
#include "support/plainbranch.h"
#include "support/scratchstore.h"
#include "support/storeanswers.h"
#include "time/replayer.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// A branch is the log that one gets by writing its events into a new store.
class tst_BranchProperty final : public QObject {
    Q_OBJECT

private:
    static void fillShop(EventStore& store, int events)
    {
        QRandomGenerator random(11);
        const auto bulk = store.beginBulk();
        Timestamp time { 1'772'373'802'000'000 };
        for (int i = 0; i < events; ++i) {
            time.microseconds += random.bounded(2'000'000);
            const int cart = random.bounded(events / 12 + 1);
            static const QStringList types { QStringLiteral("CART_OPENED"),
                QStringLiteral("ITEM_ADDED"), QStringLiteral("ITEM_ADDED"),
                QStringLiteral("QUANTITY_CHANGED"), QStringLiteral("ITEM_REMOVED"),
                QStringLiteral("CART_CHECKED_OUT") };
            const QByteArray number = QByteArray::number(random.bounded(9));
            const NewEvent event { types.at(random.bounded(int(types.size()))),
                "{\"sku\":\"A" + number + "\",\"title\":\"Thing\",\"qty\":" + number
                    + ",\"unitPrice\":9.5,\"currency\":\"EUR\",\"orderId\":\"o\"}",
                "{}", time, {} };
            QVERIFY((*bulk)->add(QStringLiteral("%1-%2")
                                     .arg(cart % 5 ? QStringLiteral("cart")
                                                   : QStringLiteral("order"))
                                     .arg(cart),
                event));
        }
        QVERIFY((*bulk)->commit({}));
    }

private slots:
    void initTestCase() { addBranchKind(); }

    void isTheLogOfItsEvents_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("branches");
        QTest::newRow("eventstore") << QStringLiteral("eventstore-files.ndjson") << 45;
        QTest::newRow("EventSauce") << QStringLiteral("EventSauce-files.ndjson") << 45;
        QTest::newRow("marten") << QStringLiteral("marten-files.ndjson") << 5;
        QTest::newRow("shop") << QString() << 5;
    }

    void isTheLogOfItsEvents()
    {
        QFETCH(QString, file);
        QFETCH(int, branches);
        const ScratchStore base;
        QTemporaryDir folder;
        auto workspace = Workspace::empty();
        if (file.isEmpty()) {
            QVERIFY(writeWorkspace(QStringLiteral("shop"), folder.filePath(QStringLiteral("w"))));
            workspace = *Workspace::load(folder.filePath(QStringLiteral("w")));
            fillShop(*base, 100'000);
        } else {
            ImportRequest request;
            request.file = QStringLiteral(EVENTLOUPE_SHARED "/data/") + file;
            if (!QFileInfo::exists(request.file))
                QSKIP("../shared/data is not there");
            const auto imported = importFile(*base, request, {}, {});
            QVERIFY2(imported.ok(), imported ? "" : qPrintable(imported.error().message));
        }
        const Evolver evolver(workspace);
        for (int seed = 1; seed <= branches; ++seed)
            compareOne(*base, base.path(), evolver, quint32(seed));
    }

    /// Another library's store is a log like any other.
    void isAlsoABranchOfAForeignLog()
    {
        const QString path = QStringLiteral(EVENTLOUPE_SHARED "/stores/emmett-sqlite.db");
        if (!QFileInfo::exists(path))
            QSKIP("../shared/stores is not there");
        addForeignStores();
        const auto base = openStore(path, OpenMode::ReadOnly);
        QVERIFY2(base.ok(), base ? "" : qPrintable(base.error().message));
        QVERIFY(waitUntilCounted(**base, {}));
        const Evolver evolver(Workspace::empty());
        for (int seed = 1; seed <= 20; ++seed)
            compareOne(**base, path, evolver, quint32(seed));
    }

private:
    static void compareOne(
        EventStore& base, const QString& path, const Evolver& evolver, quint32 seed)
    {
        QRandomGenerator random(seed);
        const Position head = *base.head();
        const Position at
            = random.bounded(2) == 0 ? head : head / 2 + random.bounded(int(head / 2));
        PlainBranch plain(base, at);
        Branch branch(path, at, base.readAt({ at })->first().id);
        for (int edits = 1 + random.bounded(12); edits > 0; --edits) {
            const BranchEdit edit = plain.randomEdit(random);
            QVERIFY(branch.add(edit));
            plain.apply(edit);
        }
        const ScratchStore naive;
        plain.writeTo(*naive);
        const auto shared = std::make_shared<SharedBranch>(branch);
        const auto store = openStore(offerBranch(shared), OpenMode::ReadWrite);
        QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().message));

        compare(logOf(**store), logOf(*naive), seed);
        compare(answersOf(**store, seed, 40, plain.concerned()),
            answersOf(*naive, seed, 40, plain.concerned()), seed);
        const auto own = replayAll(**store, evolver, *(*store)->head(), {}, {});
        const auto theirs = replayAll(*naive, evolver, *naive->head(), {}, {});
        QVERIFY(own.ok());
        QCOMPARE(own->digest, theirs->digest);
        QCOMPARE(own->failures, theirs->failures);
        qint64 faults = 0;
        QCOMPARE(*(*store)->verify({}, {}, [&faults](const StoreFault&) { ++faults; }),
            *naive->head());
        QCOMPARE(faults, 0);
    }

    static void compare(const QStringList& own, const QStringList& naive, quint32 seed)
    {
        for (qsizetype i = 0; i < std::min(own.size(), naive.size()); ++i) {
            if (own.at(i) != naive.at(i))
                QFAIL(qPrintable(QStringLiteral("branch %1, answer %2:\n%3\nexpected\n%4")
                                     .arg(seed)
                                     .arg(i)
                                     .arg(own.at(i).left(2000), naive.at(i).left(2000))));
        }
        QCOMPARE(own.size(), naive.size());
    }
};

QTEST_GUILESS_MAIN(tst_BranchProperty)
#include "tst_branchproperty.moc"
