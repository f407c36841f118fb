#include "app/branchkeeper.h"
#include "branch/appendbranch.h"
#include "support/samplestore.h"
#include "ui/window/session.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace eventloupe;

/// That no edit of a branch is lost where the disk does not take it at once.
class tst_BranchKeeper final : public QObject {
    Q_OBJECT

private:
    /// A store that is open, and the window's file of its branches.
    struct Bench {
        SampleStore sample { SampleStore::numbered(12) };
        StoreClient client;
        BranchSession session { client };
        std::unique_ptr<BranchKeeper> keeper = std::make_unique<BranchKeeper>(session);

        Bench()
        {
            addBranchKind();
            session.open(sample.location(), OpenMode::ReadWrite);
            if (!settle())
                qFatal("the store does not open");
        }
        bool settle()
        {
            return QTest::qWaitFor(
                [this] { return client.isOpen() && (session.overlay() || !session.isActive()); });
        }
        bool skip(Position position)
        {
            QSignalSpy reopening(&session, &BranchSession::reopening);
            session.skip({ position });
            return reopening.wait() && settle();
        }
        /// Edits that a keeper of the next start finds; -1: no branch.
        [[nodiscard]] qsizetype keptEdits() const
        {
            StoreClient none;
            BranchSession next(none);
            const KeptBranch kept = BranchKeeper(next).reader()(sample.location());
            return kept.branch ? kept.branch->editCount() : -1;
        }
    };
    /// As a full disk: nothing can be made below a file.
    static void block()
    {
        QVERIFY(QDir(branches()).removeRecursively());
        QVERIFY(QFile(branches()).open(QIODevice::WriteOnly));
    }
    static void unblock() { QVERIFY(QFile::remove(branches())); }
    static QString branches() { return Session::folder() + QStringLiteral("/branches"); }

    std::unique_ptr<QTemporaryDir> m_folder;

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("EVENTLOUPE_CONFIG_DIR", QFile::encodeName(m_folder->path()));
    }

    void triesAgainByItself()
    {
        Bench bench;
        QSignalSpy failed(bench.keeper.get(), &BranchKeeper::failed);
        block();
        QVERIFY(bench.skip(3));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(bench.skip(4)); // The newer one takes its place.
        unblock();
        QTRY_VERIFY(!QDir(branches()).entryList({ QStringLiteral("*.json") }).isEmpty());
        QCOMPARE(failed.size(), 1);
        bench.keeper.reset();
        QCOMPARE(bench.keptEdits(), 2);
    }

    void triesAgainAtTheEnd()
    {
        Bench bench;
        QSignalSpy failed(bench.keeper.get(), &BranchKeeper::failed);
        block();
        QVERIFY(bench.skip(3));
        QTRY_COMPARE(failed.size(), 1);
        unblock();
        bench.keeper.reset();
        QCOMPARE(bench.keptEdits(), 1);
    }

    /// Also where the last write has not answered yet.
    void triesAgainWhatFailsAtTheEnd()
    {
        Bench bench;
        block();
        QVERIFY(bench.skip(3));
        bench.keeper->write();
        (void)bench.keeper->reader()(bench.sample.location()); // Waits until it failed.
        unblock();
        bench.keeper.reset();
        QCOMPARE(bench.keptEdits(), 1);
    }

    void knowsWhatIsNotWritten()
    {
        Bench bench;
        QVERIFY(bench.skip(3));
        bench.keeper->write();
        QCOMPARE(bench.keeper->reader()(bench.sample.location()).branch->editCount(), 1);
        block();
        QVERIFY(bench.skip(4));
        bench.keeper->write();
        // As when the window shows another store, and then this one again.
        const auto kept = bench.keeper->reader()(bench.sample.location());
        QVERIFY(kept.branch);
        QCOMPARE(kept.branch->editCount(), 2);
    }

    void forgetsWhatWasLeft()
    {
        Bench bench;
        QSignalSpy failed(bench.keeper.get(), &BranchKeeper::failed);
        block();
        QVERIFY(bench.skip(3));
        QTRY_COMPARE(failed.size(), 1);
        bench.session.leave();
        QVERIFY(bench.settle());
        unblock();
        bench.keeper.reset();
        QCOMPARE(bench.keptEdits(), -1);
    }
};

QTEST_GUILESS_MAIN(tst_BranchKeeper)
#include "tst_branchkeeper.moc"
