#include "causation/causationmodel.h"
#include "causation/causationtree.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace eventloupe;

namespace {

CausedEvent made(Position position, const char* id, const char* cause, const char* command = "")
{
    CausedEvent event;
    event.position = position;
    event.stream = QStringLiteral("s-%1").arg(position % 2);
    event.version = position;
    event.type = QStringLiteral("E%1").arg(position);
    event.time = { position * 12'000 };
    event.id = id;
    event.ids.causation = cause;
    event.ids.command = command;
    return event;
}

/// "E1(E2(E3) E4) ?x(E5)"
QString picture(const CausationTree& tree, const std::vector<int>& nodes)
{
    QStringList texts;
    for (const int node : nodes) {
        const auto& at = tree.nodes()[std::size_t(node)];
        const auto* event = tree.eventOf(node);
        QString text = event ? event->type
            : (at.kind == CausationTree::Kind::Command ? u'!' : u'?') + QString::fromUtf8(at.id);
        if (at.isCycle)
            text += u'*';
        if (!at.children.empty())
            text += u'(' + picture(tree, at.children) + u')';
        texts.append(text);
    }
    return texts.join(u' ');
}

QString picture(std::vector<CausedEvent> events)
{
    const auto tree = CausationTree::of(std::move(events));
    return picture(*tree, tree->roots());
}

} // namespace

class TestCausationTree final : public QObject {
    Q_OBJECT

private slots:
    void putsEffectsBelowTheirCause();
    void makesCommandsOfNamedCauses();
    void namesCausesThatAreMissing();
    void findsACauseByItsPlace();
    void findsACauseByItsMessageId();
    void cutsCircles();
    void takesItselfAsNoCause();
    void countsAnEventOnce();
    void holdsLongChainsAndManyChildren();
    void showsRows();
    void writesOffsets();
};

void TestCausationTree::putsEffectsBelowTheirCause()
{
    QCOMPARE(picture({ made(4, "d", "a"), made(1, "a", ""), made(3, "c", "b"),
                 made(2, "b", "a") }),
        QStringLiteral("E1(E2(E3) E4)"));
}

void TestCausationTree::makesCommandsOfNamedCauses()
{
    const auto tree = CausationTree::of({ made(1, "a", "k", "DO"), made(2, "b", "k", "DO"),
        made(3, "c", "a") });
    QCOMPARE(picture(*tree, tree->roots()), QStringLiteral("!k(E1(E3) E2)"));
    QCOMPARE(tree->unknownCauses(), 0);
    QCOMPARE(tree->streams(), 2);
    QCOMPARE(tree->depth(), 3);
    QCOMPARE(tree->firstEffect(tree->roots().front())->position, 1);
}

void TestCausationTree::namesCausesThatAreMissing()
{
    const auto tree = CausationTree::of({ made(2, "b", "gone"), made(1, "a", "") });
    QCOMPARE(picture(*tree, tree->roots()), QStringLiteral("E1 ?gone(E2)"));
    QCOMPARE(tree->unknownCauses(), 1);
}

void TestCausationTree::findsACauseByItsPlace()
{
    auto effect = made(5, "b", "");
    effect.ids.causeStream = "s-1"; // Of the event at version 3, counted from 0.
    effect.ids.causeNumber = 2;
    QCOMPARE(picture({ made(3, "a", ""), effect }), QStringLiteral("E3(E5)"));
}

void TestCausationTree::findsACauseByItsMessageId()
{
    auto cause = made(1, "a", "");
    cause.ids.message = "m";
    QCOMPARE(picture({ cause, made(2, "b", "m") }), QStringLiteral("E1(E2)"));
}

void TestCausationTree::cutsCircles()
{
    const auto tree = CausationTree::of({ made(1, "a", "c"), made(2, "b", "a"),
        made(3, "c", "b"), made(4, "d", "b") });
    QCOMPARE(picture(*tree, tree->roots()), QStringLiteral("E1*(E2(E3 E4))"));
    QCOMPARE(tree->cycles(), 1);
}

void TestCausationTree::takesItselfAsNoCause()
{
    QCOMPARE(picture({ made(1, "a", "a"), made(2, "b", "a") }), QStringLiteral("E1(E2)"));
}

void TestCausationTree::countsAnEventOnce()
{
    QCOMPARE(picture({ made(1, "a", ""), made(1, "a", ""), made(2, "b", "a"),
                 made(2, "b", "a") }),
        QStringLiteral("E1(E2)"));
}

void TestCausationTree::holdsLongChainsAndManyChildren()
{
    constexpr int count = 100'000;
    std::vector<CausedEvent> chain;
    std::vector<CausedEvent> fan;
    for (int i = 1; i <= count; ++i) {
        const auto id = QByteArray::number(i);
        const auto cause = QByteArray::number(i - 1);
        chain.push_back(made(i, id.constData(), i == 1 ? "" : cause.constData()));
        fan.push_back(made(i, id.constData(), i == 1 ? "" : "1"));
    }
    QCOMPARE(CausationTree::of(std::move(chain))->depth(), count);
    const auto wide = CausationTree::of(std::move(fan));
    QCOMPARE(wide->nodes().front().children.size(), std::size_t(count - 1));
    QCOMPARE(wide->nodes().back().row, count - 2);
}

void TestCausationTree::showsRows()
{
    CausationModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTree(CausationTree::of({ made(1, "a", "k", "DO"), made(2, "b", "a"),
        made(3, "c", "x") }));
    QCOMPARE(model.rowCount(), 2);
    const auto command = model.index(0, 0);
    QCOMPARE(command.data().toString(), QStringLiteral("command DO"));
    QCOMPARE(command.data(CausationPositionRole).toLongLong(), 0);
    const auto second = model.indexAt(2);
    QCOMPARE(second.parent(), model.indexAt(1));
    QCOMPARE(second.siblingAtColumn(1).data().toString(), QStringLiteral("s-0 v2"));
    QCOMPARE(second.siblingAtColumn(2).data().toString(), QStringLiteral("+12 ms"));
    QCOMPARE(second.siblingAtColumn(3).data().toString(), QStringLiteral("2"));
    QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("not in this log: x"));
    QVERIFY(!model.indexAt(7).isValid());
}

void TestCausationTree::writesOffsets()
{
    QCOMPARE(offsetText(0), QStringLiteral("+0"));
    QCOMPARE(offsetText(12), QStringLiteral("+12 µs"));
    QCOMPARE(offsetText(12'999), QStringLiteral("+12 ms"));
    QCOMPARE(offsetText(1'550'000), QStringLiteral("+1.5 s"));
    QCOMPARE(offsetText(-3'000), QStringLiteral("-3 ms"));
    QCOMPARE(offsetText(123'000'000), QStringLiteral("+2 min 3 s"));
    QCOMPARE(offsetText(7'500'000'000), QStringLiteral("+2 h 5 min"));
    QCOMPARE(offsetText(180'000'000'000), QStringLiteral("+2 d 2 h"));
}

QTEST_GUILESS_MAIN(TestCausationTree)
#include "tst_causationtree.moc"
