#include "ui/store/faultmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace eventloupe;

/// What the list of a verification shows.
class FaultModelTest final : public QObject {
    Q_OBJECT

private:
    static QString text(const FaultModel& model, int row, FaultModel::Column column)
    {
        return model.index(row, column).data().toString();
    }

private slots:
    void faultsHaveTheirPlace()
    {
        FaultModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.append(QList<FaultRange> {
            { 8120, 8120, QStringLiteral("Event 8120 is <b>wrong</b>\nso") },
            { 0, 0, QStringLiteral("Damaged file") } });
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.positionAt(0), 8120);
        QCOMPARE(text(model, 0, FaultModel::PositionColumn), QStringLiteral("#8,120"));
        // One line, to the letter.
        QCOMPARE(text(model, 0, FaultModel::MessageColumn),
            QStringLiteral("Event 8120 is <b>wrong</b>¶so"));
        QCOMPARE(text(model, 1, FaultModel::PositionColumn), QStringLiteral("store"));
        QCOMPARE(model.positionAt(1), 0);
        QCOMPARE(model.toText(),
            QStringLiteral("#8,120\tEvent 8120 is <b>wrong</b>¶so\nstore\tDamaged file"));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.count(), 0);
    }

    void notesSayWhatBecameOfEvents()
    {
        FaultModel model;
        using Kind = RepairNote::Kind;
        model.append(QList<RepairNote> {
            { Kind::LeftOut, 4, 6, {}, 0, 0, QStringLiteral("not there") },
            { Kind::Unproven, 7, 7, QStringLiteral("s-1"), 3, 0, QStringLiteral("a gap") },
            { Kind::Renumbered, 7, 7, QStringLiteral("s-%3"), 3, 1, {} } });
        QCOMPARE(text(model, 0, FaultModel::PositionColumn), QStringLiteral("#4–#6"));
        QCOMPARE(text(model, 0, FaultModel::MessageColumn), QStringLiteral("Left out: not there"));
        QCOMPARE(text(model, 1, FaultModel::MessageColumn),
            QStringLiteral("Copied, and not proven: a gap"));
        QCOMPARE(text(model, 2, FaultModel::MessageColumn),
            QStringLiteral(
                "Version 3 of stream s-%3 is version 2 there, and those behind it follow."));
    }

    void neighboursAreARow()
    {
        FaultModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.append(QList<FaultRange> { { 8120, 9000, QStringLiteral("Event 8120 is lost.") } });
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.count(), 881);
        QCOMPARE(model.listed(), 881);
        QCOMPARE(model.positionAt(0), 8120);
        QCOMPARE(model.toText(),
            QStringLiteral("#8,120–#9,000\tEvent 8120 is lost. The same holds for events 8121 to "
                           "9000."));
        model.addUnlisted(10);
        QCOMPARE(model.count(), 891);
        QVERIFY(model.toText().endsWith(QStringLiteral("\nand 10 more")));
        // Notes come in parts: a row goes on with the next one.
        model.clear(FaultModel::Kind::Notes);
        using Kind = RepairNote::Kind;
        for (Position i = 4; i <= 6; ++i)
            model.append(QList<RepairNote> { { Kind::LeftOut, i, i, {}, 0, 0,
                QStringLiteral("Event %1 has an unknown stream.").arg(i) } });
        QCOMPARE(model.toText(),
            QStringLiteral("#4–#6\tLeft out: Event 4 has an unknown stream. The same holds for "
                           "events 5 to 6."));
    }

    void columnsAreCalledByWhatIsListed()
    {
        FaultModel model;
        const auto title = [&model] {
            return model.headerData(FaultModel::MessageColumn, Qt::Horizontal, Qt::DisplayRole)
                .toString();
        };
        QCOMPARE(title(), QStringLiteral("What is wrong"));
        model.clear(FaultModel::Kind::Notes);
        QCOMPARE(title(), QStringLiteral("What became of it"));
        model.clear();
        QCOMPARE(title(), QStringLiteral("What is wrong"));
    }

    void whatNobodyReadsIsCounted()
    {
        FaultModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QList<FaultRange> faults;
        for (Position i = 1; i <= FaultModel::mostRows + 5; ++i)
            faults.append({ i, i, QStringLiteral("x") });
        model.append(faults);
        model.append(faults);
        QCOMPARE(model.rowCount(), FaultModel::mostRows);
        QCOMPARE(model.count(), 2 * (FaultModel::mostRows + 5));
        QVERIFY(model.toText().endsWith(QStringLiteral("\nand 10,010 more")));
        model.addUnlisted(100);
        QCOMPARE(model.count(), 2 * (FaultModel::mostRows + 5) + 100);
        QVERIFY(model.toText().endsWith(QStringLiteral("\nand 10,110 more")));
    }
};

QTEST_MAIN(FaultModelTest)
#include "tst_faultmodel.moc"
