#include "branch/branch.h"

#include <QTest>

using namespace eventloupe;

class tst_Branch final : public QObject {
    Q_OBJECT

private slots:
    void undoesAndRedoes()
    {
        Branch branch(QStringLiteral("s.eventlog"), 10, QStringLiteral("e-10"));
        QVERIFY(!branch.canUndo());
        QVERIFY(branch.add(skip(3)));
        QVERIFY(branch.add(skip(4)));
        branch.undo();
        QCOMPARE(branch.edits().size(), 1);
        QVERIFY(branch.canRedo());
        branch.redo();
        QCOMPARE(branch.edits().size(), 2);
        branch.undo();
        // Another edit ends what was undone.
        QVERIFY(branch.add(skip(5)));
        QVERIFY(!branch.canRedo());
        QCOMPARE(branch.edits().at(1).places.first().base, 5);
    }

    void comesBackFromItsText()
    {
        Branch branch(QStringLiteral("s.eventlog"), 10, QStringLiteral("e-10"));
        QVERIFY(branch.add(skip(3)));
        BranchEdit insert { BranchEdit::Kind::Insert, { { 0, 1 } },
            { { QStringLiteral("user-1"),
                { QStringLiteral("RENAMED"), R"({"b":1.10,"a":"é"})", "{}", { 77 },
                    QStringLiteral("new-1") } } } };
        QVERIFY(branch.add(insert));
        branch.undo();
        const auto again = Branch::fromJson(branch.toJson());
        QVERIFY(again.ok());
        QCOMPARE(again->location(), branch.location());
        QCOMPARE(again->at(), 10);
        QCOMPARE(again->lastId(), QStringLiteral("e-10"));
        QCOMPARE(again->editCount(), 1);
        QVERIFY(again->canRedo());
        QCOMPARE(again->toJson().toJson(), branch.toJson().toJson());
        QCOMPARE(again->allEdits().at(1).events.first().event.data,
            insert.events.first().event.data);
        QVERIFY(!Branch::fromJson(JsonValue::emptyObject()));
    }

    void isBounded()
    {
        Branch branch(QStringLiteral("s.eventlog"), 10, {});
        BranchEdit many { BranchEdit::Kind::Skip, {}, {} };
        for (Position i = 0; i <= Branch::maximumEvents; ++i)
            many.places.append({ i + 1, 0 });
        const auto added = branch.add(many);
        QVERIFY(!added);
        QVERIFY(added.error().message.contains(QStringLiteral("export")));
        QCOMPARE(branch.editCount(), 0);
    }

private:
    static BranchEdit skip(Position position)
    {
        return { BranchEdit::Kind::Skip, { { position, 0 } }, {} };
    }
};

QTEST_APPLESS_MAIN(tst_Branch)
#include "tst_branch.moc"
