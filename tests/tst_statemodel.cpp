#include "state/statemodel.h"
#include "support/modelpicture.h"
#include "value/json.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

namespace {

JsonValue json(const QByteArray& text)
{
    const auto value = parseJson(viewOf(text));
    return value ? *value : JsonValue::fromString(QStringLiteral("invalid test JSON"));
}

std::shared_ptr<const StateView> viewOf(
    const JsonValue& now, const JsonValue& before, const QString& stream = QStringLiteral("user-1"))
{
    auto view = std::make_shared<StateView>();
    view->stream = stream;
    view->exists = true;
    view->now = now;
    view->before = before;
    return view;
}

std::shared_ptr<const StateView> viewOf(const QByteArray& now, const QByteArray& before)
{
    return viewOf(json(now), json(before));
}

void expandAll(StateModel& model, const QModelIndex& parent = {})
{
    if (model.canFetchMore(parent))
        model.fetchMore(parent);
    for (int row = 0; row < model.rowCount(parent); ++row)
        expandAll(model, model.index(row, 0, parent));
}

/// The tester, without its fetchMore(): it calls that amid a reset, and takes its rows for a fault.
struct Checked {
    explicit Checked(StateModel& model)
        : tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        tester.setUseFetchMore(false);
    }
    QAbstractItemModelTester tester;
};

JsonValue numberedObject(int members)
{
    JsonValue object = JsonValue::emptyObject();
    for (int i = 0; i < members; ++i)
        object.insert("f" + QByteArray::number(i), JsonValue::fromInt(i));
    return object;
}

} // namespace

class TestStateModel final : public QObject {
    Q_OBJECT

private slots:
    void isEmptyWithoutAView();
    void marksHowFieldsDiffer();
    void showsRemovedFieldsWhereTheyWere();
    void comparesArraysElementByElement();
    void showsAScalarStateAsOneRow();
    void showsAnEndedAggregateAsRemoved();
    void marksAllOfANewAggregateAsAdded();
    void givesJsonAndPointers();
    void namesNoFieldWithAnEndlessKey();
    void buildsRowsOnDemand();
    void keepsRowsWhileTheShapeStays();
    void insertsAndRemovesOnlyWhatCameAndWent();
    void startsAnewForAnotherStream();
    void capsALevelButShowsItsChanges();
    void findsFieldsByPointer();
    void showsTextInOneLine_data();
    void showsTextInOneLine();
};

void TestStateModel::isEmptyWithoutAView()
{
    StateModel model;
    const Checked checked(model);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.hasChildren());
    QCOMPARE(headerPictureOf(model), QStringLiteral("Field | Value | Change | Set by"));
    QVERIFY(!model.indexOf("/a").isValid());
}

void TestStateModel::marksHowFieldsDiffer()
{
    StateModel model;
    const Checked checked(model);
    model.setView(viewOf(R"({"name":"Ada","email":"a@x.org","logins":14,"tags":{"a":1,"b":true}})",
        R"({"name":"Ada","email":"b@x.org","tags":{"a":1,"b":false},"draft":null})"));
    expandAll(model);
    QCOMPARE(pictureOf(model, { 0, 1, 2 }),
        QStringList({
            QStringLiteral("name | Ada | "),
            QStringLiteral("email | a@x.org | was b@x.org"),
            QStringLiteral("logins | 14 | added"),
            QStringLiteral("tags | {a: 1, b: true} | changed inside"),
            QStringLiteral("  a | 1 | "),
            QStringLiteral("  b | true | was false"),
            QStringLiteral("draft | null | removed"),
        }));
    const auto changeOf
        = [&](int row) { return model.index(row, 0).data(FieldChangeRole).value<FieldChange>(); };
    QCOMPARE(changeOf(0), FieldChange::Unchanged);
    QCOMPARE(changeOf(1), FieldChange::Changed);
    QCOMPARE(changeOf(2), FieldChange::Added);
    QCOMPARE(changeOf(3), FieldChange::ChildChanged);
    QCOMPARE(changeOf(4), FieldChange::Removed);
    QCOMPARE(model.index(4, 0).data(FieldChangeRole).toInt(), int(FieldChange::Removed));
}

void TestStateModel::showsRemovedFieldsWhereTheyWere()
{
    StateModel model;
    const Checked checked(model);
    model.setView(viewOf(R"({"b":1,"new":5,"d":2})", R"({"a":1,"b":1,"c":{"x":1},"d":2,"e":3})"));
    expandAll(model);
    QCOMPARE(pictureOf(model, { 0, 2 }),
        QStringList({
            QStringLiteral("a | removed"),
            QStringLiteral("b | "),
            QStringLiteral("c | removed"),
            QStringLiteral("  x | removed"),
            QStringLiteral("new | added"),
            QStringLiteral("d | "),
            QStringLiteral("e | removed"),
        }));
}

void TestStateModel::comparesArraysElementByElement()
{
    StateModel model;
    const Checked checked(model);
    model.setView(viewOf(
        R"({"items":[1,{"qty":3}],"x":{"a":1}})", R"({"items":[1,{"qty":2},"gone"],"x":[1,2]})"));
    expandAll(model);
    QCOMPARE(pictureOf(model, { 0, 1, 2 }),
        QStringList({
            QStringLiteral("items | [1, {qty: 3}] | changed inside"),
            QStringLiteral("  0 | 1 | "),
            QStringLiteral("  1 | {qty: 3} | changed inside"),
            QStringLiteral("    qty | 3 | was 2"),
            QStringLiteral("  2 | gone | removed"),
            QStringLiteral("x | {a: 1} | was [1, 2]"),
            QStringLiteral("  a | 1 | added"),
        }));
}

void TestStateModel::showsAScalarStateAsOneRow()
{
    StateModel model;
    const Checked checked(model);
    model.setView(viewOf("\"on\"", "\"off\""));
    QCOMPARE(pictureOf(model, { 0, 1, 2 }),
        QStringList({ QStringLiteral("(the state) | on | was off") }));
    QCOMPARE(model.indexOf(""), model.index(0, 0));
    QCOMPARE(model.index(0, 0).data(PointerRole).toByteArray(), QByteArray());
    model.setView(viewOf("{\"a\":1}", "\"on\""));
    QCOMPARE(pictureOf(model, { 0, 1, 2 }), QStringList({ QStringLiteral("a | 1 | added") }));
    model.setView(viewOf("{}", "17"));
    QCOMPARE(pictureOf(model, { 0, 1, 2 }),
        QStringList({ QStringLiteral("(the state) | 17 | removed") }));
}

void TestStateModel::showsAnEndedAggregateAsRemoved()
{
    StateModel model;
    const Checked checked(model);
    model.setView(viewOf("{}", R"({"a":1,"b":[2]})"));
    expandAll(model);
    QCOMPARE(pictureOf(model, { 0, 1, 2 }),
        QStringList({ QStringLiteral("a | 1 | removed"), QStringLiteral("b | [2] | removed"),
            QStringLiteral("  0 | 2 | removed") }));
}

void TestStateModel::marksAllOfANewAggregateAsAdded()
{
    StateModel model;
    model.setView(viewOf(R"({"a":1,"b":{}})", "{}"));
    QCOMPARE(pictureOf(model, { 0, 1, 2 }),
        QStringList({ QStringLiteral("a | 1 | added"), QStringLiteral("b | {} | added") }));
}

void TestStateModel::givesJsonAndPointers()
{
    StateModel model;
    model.setView(viewOf(R"({"a/b":{"~":[1.50,null]}})", R"({"a/b":{"~":[1.25]}})"));
    expandAll(model);
    const QModelIndex number = model.indexOf("/a~1b/~0/0");
    QVERIFY(number.isValid());
    QCOMPARE(number.data(PointerRole).toByteArray(), QByteArray("/a~1b/~0/0"));
    QCOMPARE(number.data(JsonRole).toByteArray(), QByteArray("1.50"));
    QCOMPARE(number.data(OldJsonRole).toByteArray(), QByteArray("1.25"));
    const QModelIndex added = model.indexOf("/a~1b/~0/1");
    QCOMPARE(added.data(JsonRole).toByteArray(), QByteArray("null"));
    QCOMPARE(added.data(OldJsonRole).toByteArray(), QByteArray());
}

void TestStateModel::namesNoFieldWithAnEndlessKey()
{
    const QByteArray json = "{\"" + QByteArray(1'000'000, 'k') + "\":1,\"a\":2}";
    StateModel model;
    model.setView(viewOf(json, "{}"));
    QVERIFY(!model.index(0, 0).data(PointerRole).isValid());
    QVERIFY(model.index(0, 0).data().toString().size() < 1000);
    QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("1"));
    QCOMPARE(model.index(1, 0).data(PointerRole).toByteArray(), QByteArray("/a"));
}

void TestStateModel::buildsRowsOnDemand()
{
    StateModel model;
    model.setView(viewOf(R"({"a":{"b":1}})", "{}"));
    const QModelIndex a = model.index(0, 0);
    QVERIFY(model.hasChildren(a));
    QCOMPARE(model.rowCount(a), 0);
    QVERIFY(model.canFetchMore(a));
    model.fetchMore(a);
    QCOMPARE(model.rowCount(a), 1);
    QVERIFY(!model.canFetchMore(a));
}

void TestStateModel::keepsRowsWhileTheShapeStays()
{
    StateModel model;
    const Checked checked(model);
    model.setView(viewOf(R"({"a":1,"b":{"c":2}})", "{}"));
    const QPersistentModelIndex c = model.indexOf("/b/c");
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setView(viewOf(R"({"a":1,"b":{"c":3}})", R"({"a":1,"b":{"c":2}})"));
    QCOMPARE(resets.count(), 0);
    QCOMPARE(removals.count(), 0);
    QVERIFY(c.isValid());
    QCOMPARE(c.sibling(c.row(), 1).data().toString(), QStringLiteral("3"));
    QCOMPARE(c.sibling(c.row(), 2).data().toString(), QStringLiteral("was 2"));
    QVERIFY(changes.count() > 0);
    changes.clear();
    model.setView(viewOf(R"({"a":1,"b":{"c":3}})", R"({"a":1,"b":{"c":2}})"));
    QCOMPARE(changes.count(), 0);
}

void TestStateModel::insertsAndRemovesOnlyWhatCameAndWent()
{
    StateModel model;
    const Checked checked(model);
    model.setView(viewOf(R"({"a":1,"b":{"x":1},"c":3})", "{}"));
    const QPersistentModelIndex a = model.indexOf("/a");
    const QPersistentModelIndex x = model.indexOf("/b/x");
    const QPersistentModelIndex c = model.indexOf("/c");
    const JsonValue before = json(R"({"a":1,"b":{"x":1},"c":3})");
    model.setView(viewOf(json(R"({"a":1,"b":{"x":1},"new":[],"c":3})"), before));
    QCOMPARE(pictureOf(model, { 0, 2 }),
        QStringList({ QStringLiteral("a | "), QStringLiteral("b | "), QStringLiteral("  x | "),
            QStringLiteral("new | added"), QStringLiteral("c | ") }));
    QVERIFY(a.isValid() && x.isValid() && c.isValid());
    QCOMPARE(c.row(), 3);
    model.setView(viewOf(before, before));
    QVERIFY(a.isValid() && x.isValid() && c.isValid());
    QCOMPARE(c.row(), 2);
    // A field that becomes a scalar loses the rows below it.
    model.setView(viewOf(json(R"({"a":1,"b":7,"c":3})"), before));
    QVERIFY(!x.isValid());
    QCOMPARE(pictureOf(model, { 0, 1, 2 }),
        QStringList({ QStringLiteral("a | 1 | "), QStringLiteral("b | 7 | was {x: 1}"),
            QStringLiteral("c | 3 | ") }));
}

void TestStateModel::startsAnewForAnotherStream()
{
    StateModel model;
    const Checked checked(model);
    model.setView(viewOf(json("{\"a\":1}"), json("{}")));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setView(viewOf(json("{\"a\":1}"), json("{}"), QStringLiteral("user-2")));
    QCOMPARE(resets.count(), 1);
    QCOMPARE(model.view()->stream, QStringLiteral("user-2"));
}

void TestStateModel::capsALevelButShowsItsChanges()
{
    StateModel model;
    const Checked checked(model);
    JsonValue now = numberedObject(100'000);
    const JsonValue before = now;
    now.insert("f70000", JsonValue::fromInt(-1));
    model.setView(viewOf(now, before));
    QCOMPARE(model.rowCount(), StateModel::rowsPerLevel + 2);
    QCOMPARE(pictureOfRows(model, StateModel::rowsPerLevel - 1, StateModel::rowsPerLevel + 1,
                 { 0, 1, 2 }),
        QStringList({ QStringLiteral("f499 | 499 | "), QStringLiteral("f70000 | -1 | was 70000"),
            QStringLiteral("\u2026 99499 more |  | ") }));
    const QModelIndex more = model.index(StateModel::rowsPerLevel + 1, 0);
    QVERIFY(model.isMoreRow(more));
    QVERIFY(!model.isMoreRow(model.index(0, 0)));
    QVERIFY(!model.hasChildren(more));
    model.showMore(more);
    QCOMPARE(model.rowCount(), 2 * StateModel::rowsPerLevel + 2);
    QCOMPARE(model.index(999, 0).data().toString(), QStringLiteral("f999"));
    QCOMPARE(model.index(1001, 0).data().toString(), QStringLiteral("\u2026 98999 more"));
}

void TestStateModel::findsFieldsByPointer()
{
    StateModel model;
    JsonValue state = JsonValue::emptyObject();
    state.insert("deep", numberedObject(3000));
    model.setView(viewOf(state, state));
    QVERIFY(!model.indexOf("/deep/f3000").isValid());
    QVERIFY(!model.indexOf("deep").isValid());
    QCOMPARE(model.indexOf("/deep").row(), 0);
    const QModelIndex hidden = model.indexOf("/deep/f2500");
    QVERIFY(hidden.isValid());
    QCOMPARE(hidden.siblingAtColumn(1).data().toString(), QStringLiteral("2500"));
}

void TestStateModel::showsTextInOneLine_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << QByteArray("\"a b\"") << QStringLiteral("a b");
    QTest::newRow("empty") << QByteArray("\"\"") << QStringLiteral("\"\"");
    QTest::newRow("markup") << QByteArray("\"<b>x</b>\"") << QStringLiteral("<b>x</b>");
    QTest::newRow("controls") << QByteArray(R"("a\nb\tc\u0000\u007f")")
                              << QStringLiteral("a\u240ab\u2409c\u2400\u2421");
    QTest::newRow("direction") << QByteArray(R"("a\u202eb\u2028c")")
                               << QStringLiteral("a\u202eb\u2028c");
    QTest::newRow("spelling") << QByteArray("100.10") << QStringLiteral("100.10");
    QTest::newRow("nested") << QByteArray(R"({"a":["\n",{}],"b":[]})")
                            << QStringLiteral("{a: [\"\u240a\", {}], b: []}");
    const QByteArray pairs = QByteArray("\xf0\x9f\x98\x80").repeated(200);
    QTest::newRow("pairs") << "\"x" + pairs + '"'
                           << u'x' + QString::fromUtf8(pairs).left(298) + u'\u2026';
    const QByteArray longText(1'000'000, 'x');
    QTest::newRow("long") << '"' + longText + '"' << QString(300, u'x') + u'\u2026';
    QTest::newRow("long inside") << "[\"" + longText + "\"]"
                                 << QStringLiteral("[\"") + QString(298, u'x') + u'\u2026';
}

void TestStateModel::showsTextInOneLine()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, shown);
    StateModel model;
    model.setView(viewOf(R"({"v":)" + value + "}", R"({"v":)" + value + "}"));
    QCOMPARE(model.index(0, 1).data().toString(), shown);
}

QTEST_GUILESS_MAIN(TestStateModel)
#include "tst_statemodel.moc"
