#include "branch/appendbranch.h"
#include "branch/branchdifference.h"
#include "support/branchbench.h"

#include <QTest>

using namespace eventloupe;

/// A branch beside the log that it came from: what differs, and how its events get there.
class tst_BranchMain final : public QObject {
    Q_OBJECT

private:
    /// user-1, order-2, user-3, order-1, user-2, order-3, user-1, ...
    static QList<SampleEvent> events(int count = 12) { return SampleStore::numbered(count); }

    static QStringList textsOf(const BranchComparison& comparison)
    {
        QStringList texts;
        for (const StreamDifference& each : comparison.streams)
            texts.append(QStringLiteral("%1 v%2: #%3 %4 / #%5 %6, v%7 / v%8")
                             .arg(each.stream)
                             .arg(each.version)
                             .arg(each.mainPosition)
                             .arg(each.mainType)
                             .arg(each.branchPosition)
                             .arg(each.branchType)
                             .arg(each.mainVersion)
                             .arg(each.branchVersion));
        return texts;
    }

private slots:
    void namesFirstDifferences()
    {
        BranchBench bench(events());
        bench.skip({ 7 }).change(4, "RENAMED", R"({"n":40})").insert(2, "cart-9", "OPENED", "{}");
        bench.append("user-3", "LEFT");
        const auto store = bench.open();
        const auto comparison = compareWithMain(*store);
        QVERIFY(comparison.ok());
        QCOMPARE(textsOf(*comparison),
            QStringList({ QStringLiteral("cart-9 v1: #0  / #3 OPENED, v0 / v1"),
                QStringLiteral("order-1 v1: #4 CHANGED / #5 RENAMED, v2 / v2"),
                QStringLiteral("user-1 v2: #7 CHANGED / #0 , v2 / v1"),
                QStringLiteral("user-3 v3: #0  / #13 LEFT, v2 / v3") }));
        QCOMPARE(comparison->mainHead, 12);
        QCOMPARE(comparison->branchHead, 13);
        QCOMPARE(comparison->mainSince, 0);
        bench.sample().append({ { QStringLiteral("user-1") } });
        QCOMPARE(compareWithMain(*store)->mainSince, 1);
        QCOMPARE(*store->head(), 13);
    }

    void foldsBothStates()
    {
        BranchBench bench(events());
        const auto store = bench.skip({ 7 }).open();
        const Evolver evolver(Workspace::empty());
        const auto states = statesOfBoth(*store, evolver, QStringLiteral("user-1"), {});
        QCOMPARE(states->main.value.toJson(), QByteArray(R"({"n":7})"));
        QCOMPARE(states->branch.value.toJson(), QByteArray(R"({"n":1})"));
        const auto gone = statesOfBoth(*store, evolver, QStringLiteral("none-1"), {});
        QVERIFY(!gone->main.exists);
    }

    void appendsAtTheHead()
    {
        BranchBench bench(events());
        bench.append("user-1", "LEFT").append("cart-1", "OPENED").append("user-1", "CAME");
        const auto preview = previewAppend(*bench.open());
        QVERIFY(preview.ok());
        QVERIFY2(preview->refusal.isEmpty(), qPrintable(preview->refusal));
        QCOMPARE(preview->streams,
            QStringList({ QStringLiteral("user-1"), QStringLiteral("cart-1") }));
        QCOMPARE(preview->request.events.size(), 3);
        QCOMPARE(preview->request.expected.constFind(QStringLiteral("user-1"))->version(), 2);
        QVERIFY(preview->moved.isEmpty());
        const auto outcome = appendAtHead(bench.sample().location(), *preview, {});
        QVERIFY(outcome.ok());
        const auto* appended = std::get_if<Appended>(&*outcome);
        QVERIFY(appended);
        QCOMPARE(appended->first, 13);
        const auto main = openStore(bench.sample().location(), OpenMode::ReadOnly);
        QCOMPARE((*main)->readLog(15, 1)->first().type, QStringLiteral("CAME"));
        QCOMPARE((*main)->readLog(15, 1)->first().version, 4);
    }

    void saysWhatMovedAndGoesOnFromThere()
    {
        BranchBench bench(events());
        bench.append("user-1", "LEFT").append("cart-1", "OPENED");
        bench.sample().append({ { QStringLiteral("user-1") }, { QStringLiteral("user-2") } });
        const auto store = bench.open();
        const auto preview = previewAppend(*store);
        QCOMPARE(preview->moved.size(), 1);
        QCOMPARE(preview->moved.first().stream, QStringLiteral("user-1"));
        QCOMPARE(preview->moved.first().actual, 3);
        QCOMPARE(preview->mainSince, 2);
        const auto refused = appendAtHead(bench.sample().location(), *preview, {});
        QVERIFY(std::holds_alternative<QList<VersionConflict>>(*refused));

        const auto onHead = rebased(*store);
        QCOMPARE(onHead->at(), 14);
        const auto shared = std::make_shared<SharedBranch>(*onHead);
        const auto again = openStore(offerBranch(shared), OpenMode::ReadWrite);
        QVERIFY(again.ok());
        QCOMPARE(*(*again)->head(), 16);
        const auto now = previewAppend(*static_cast<BranchEventStore*>(again->get()));
        QVERIFY(now->moved.isEmpty());
        QVERIFY(std::holds_alternative<Appended>(
            *appendAtHead(bench.sample().location(), *now, {})));
    }

    void historyIsNotRewritten_data()
    {
        QTest::addColumn<int>("edit");
        QTest::addColumn<QString>("reason");
        QTest::newRow("skip") << 0 << QStringLiteral("skipped");
        QTest::newRow("change") << 1 << QStringLiteral("changed");
        QTest::newRow("insert") << 2 << QStringLiteral("put in before");
        QTest::newRow("nothing") << 3 << QStringLiteral("no events of its own");
    }

    void historyIsNotRewritten()
    {
        QFETCH(int, edit);
        QFETCH(QString, reason);
        BranchBench bench(events());
        if (edit == 0)
            bench.skip({ 3 }).append("user-1", "LEFT");
        else if (edit == 1)
            bench.change(3, "RENAMED", "{}");
        else if (edit == 2)
            bench.insert(3, "user-1", "LEFT", "{}");
        const auto preview = previewAppend(*bench.open());
        QVERIFY(preview.ok());
        QVERIFY2(preview->refusal.contains(reason), qPrintable(preview->refusal));
        if (edit < 3)
            QVERIFY(preview->refusal.contains(QStringLiteral("Export")));
    }

    void knowsItsLogAgain()
    {
        BranchBench bench(events());
        const Branch other(bench.sample().location(), 12, QStringLiteral("another id"));
        auto store = openStore(
            offerBranch(std::make_shared<SharedBranch>(other)), OpenMode::ReadWrite);
        // Nobody holds it any more.
        QCOMPARE(store.error().code, ErrorCode::NotFound);
        const auto shared = std::make_shared<SharedBranch>(other);
        store = openStore(offerBranch(shared), OpenMode::ReadWrite);
        QCOMPARE(store.error().code, ErrorCode::NotFound);
        QVERIFY(store.error().message.contains(QStringLiteral("#12")));
        const auto beyond = std::make_shared<SharedBranch>(
            Branch(bench.sample().location(), 99, QStringLiteral("x")));
        QVERIFY(!openStore(offerBranch(beyond), OpenMode::ReadWrite));
    }

    void editsOfWhatIsNotThereAreRefused()
    {
        BranchBench bench(events(), 6);
        Branch branch = bench.branch();
        QVERIFY(branch.add({ BranchEdit::Kind::Skip, { { 7, 0 } }, {} }));
        const auto shared = std::make_shared<SharedBranch>(branch);
        const auto store = openStore(offerBranch(shared), OpenMode::ReadWrite);
        QCOMPARE(store.error().code, ErrorCode::NotFound);
        QVERIFY(store.error().message.contains(QStringLiteral("#7")));
    }
};

QTEST_GUILESS_MAIN(tst_BranchMain)
#include "tst_branchmain.moc"
