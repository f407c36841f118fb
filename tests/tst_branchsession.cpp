#include "branch/branchsession.h"
#include "support/samplestore.h"

#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

/// What a window does with a branch, without a window.
class tst_BranchSession final : public QObject {
    Q_OBJECT

private:
    struct Bench {
        SampleStore sample { SampleStore::numbered(12) };
        StoreClient client;
        BranchSession session { client };

        Bench()
        {
            addBranchKind();
            QObject::connect(&client, &StoreClient::failed, &session,
                [this](const Error& error) { session.fallBack(error); });
            session.open(sample.location(), OpenMode::ReadWrite);
            if (!QTest::qWaitFor([this] { return client.isOpen(); }))
                qFatal("the store does not open");
        }
        /// Waits until the branch is open, and its changes are known.
        bool settle()
        {
            return QTest::qWaitFor(
                [this] { return client.isOpen() && (session.overlay() || !session.isActive()); });
        }
        Position head() const { return client.head(); }
    };

private slots:
    void skipsAndRestores()
    {
        Bench bench;
        QSignalSpy reopening(&bench.session, &BranchSession::reopening);
        bench.session.skip({ 3, 5 });
        QVERIFY(reopening.wait());
        QVERIFY(bench.settle());
        QVERIFY(bench.session.isActive());
        QCOMPARE(bench.head(), 10);
        QCOMPARE(bench.session.branchedAt(), 12);
        // #3 of the branch is #4 of the log.
        bench.session.skip({ 3 });
        QVERIFY(reopening.wait());
        QVERIFY(bench.settle());
        QCOMPARE(bench.session.branch().edits().last().places.first().base, 4);
        bench.session.restore({ { 3, 0 } });
        QVERIFY(reopening.wait());
        QVERIFY(bench.settle());
        QCOMPARE(bench.head(), 10);
        bench.session.undo();
        QVERIFY(bench.settle());
        QCOMPARE(bench.head(), 9);
        bench.session.redo();
        QVERIFY(bench.settle());
        QCOMPARE(bench.head(), 10);
        bench.session.leave();
        QVERIFY(bench.settle());
        QVERIFY(!bench.session.isActive());
        QCOMPARE(bench.head(), 12);
    }

    void beginsInThePast()
    {
        Bench bench;
        QSignalSpy reopening(&bench.session, &BranchSession::reopening);
        bench.session.beginAt(6);
        QVERIFY(reopening.wait());
        QVERIFY(bench.settle());
        QCOMPARE(bench.head(), 6);
        QTRY_COMPARE(bench.session.mainSince(), 6);
        bench.session.insertBehind(6,
            { { QStringLiteral("user-1"),
                { QStringLiteral("LEFT"), "{}", "{}", {}, QStringLiteral("n-1") } } });
        QVERIFY(reopening.wait());
        QVERIFY(bench.settle());
        QCOMPARE(bench.head(), 7);
        QCOMPARE(bench.session.branch().edits().last().kind, BranchEdit::Kind::Append);
        bench.session.rebase();
        QVERIFY(reopening.wait());
        QVERIFY(bench.settle());
        QCOMPARE(bench.head(), 13);
    }

    void appendsOfOthersAreEditsToo()
    {
        Bench bench;
        QSignalSpy reopening(&bench.session, &BranchSession::reopening);
        bench.session.skip({ 1 });
        QVERIFY(reopening.wait());
        QVERIFY(bench.settle());
        QSignalSpy grew(&bench.client, &StoreClient::headChanged);
        bench.client.run<AppendOutcome>(
            StoreClient::Lane::Interactive, this,
            [](EventStore& store, const CancelToken&) {
                return store.append({ QStringLiteral("user-1"), ExpectedVersion::any(),
                    { { QStringLiteral("LEFT"), "{}", "{}", {}, {} } } });
            },
            [](const Result<AppendOutcome>&) {});
        QVERIFY(grew.wait());
        QCOMPARE(bench.head(), 12);
        QCOMPARE(bench.session.branch().editCount(), 2);
        QTRY_COMPARE(bench.session.overlay()->head(), 12);
        bench.session.undo();
        QVERIFY(bench.settle());
        QCOMPARE(bench.head(), 11);
    }

    void whatCannotBeEditedIsTold()
    {
        Bench bench;
        QSignalSpy failed(&bench.session, &BranchSession::failed);
        bench.session.skip({ 99 });
        QVERIFY(failed.wait());
        QVERIFY(!bench.session.isActive());
        bench.session.skipStream(QStringLiteral("none-1"));
        QVERIFY(failed.wait());
        QCOMPARE(bench.head(), 12);
    }

    void aKeptBranchOfAnotherLogIsLeft()
    {
        Bench bench;
        QSignalSpy failed(&bench.session, &BranchSession::failed);
        bench.session.open(bench.sample.location(), OpenMode::ReadWrite,
            Branch(bench.sample.location(), 12, QStringLiteral("another")));
        QVERIFY(failed.wait());
        QVERIFY(bench.client.isOpen());
        QVERIFY(!bench.session.isActive());
        QCOMPARE(bench.head(), 12);
    }
};

QTEST_GUILESS_MAIN(tst_BranchSession)
#include "tst_branchsession.moc"
