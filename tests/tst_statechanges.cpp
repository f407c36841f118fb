#include "state/statemodel.h"
#include "support/modelpicture.h"
#include "value/json.h"

#include <QAbstractItemModelTester>
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

} // namespace

/// The state's tree where lists are aligned, unchanged parts folded, and fields blamed.
class TestStateChanges final : public QObject {
    Q_OBJECT

private slots:
    void showsAnElementPutInAsOneAdded();
    void foldsWhatIsUnchanged();
    void saysWhatSetAField();
};

void TestStateChanges::showsAnElementPutInAsOneAdded()
{
    StateModel model;
    const Checked checked(model);
    model.setView(viewOf(R"({"items":["new",1,2]})", R"({"items":[1,2,"old"]})"));
    expandAll(model);
    QCOMPARE(pictureOf(model, { 0, 1, 2 }),
        QStringList({ QStringLiteral("items | [\"new\", 1, 2] | changed inside"),
            QStringLiteral("  0 | new | added"), QStringLiteral("  1 | 1 | "),
            QStringLiteral("  2 | 2 | "), QStringLiteral("  2 | old | removed") }));
    QCOMPARE(model.indexOf("/items/2").siblingAtColumn(1).data().toString(), QStringLiteral("2"));
}

void TestStateChanges::foldsWhatIsUnchanged()
{
    StateModel model(StateModel::Rows::OfChanges);
    const Checked checked(model);
    model.setView(viewOf(R"({"a":1,"b":2,"c":{"d":1,"e":{"f":3}},"g":1})",
        R"({"a":1,"b":1,"c":{"d":1,"e":{"f":2}},"g":1})"));
    expandAll(model);
    QCOMPARE(pictureOf(model, { 0, 1, 2 }),
        QStringList({ QStringLiteral("b | 2 | was 1"),
            QStringLiteral("c | {d: 1, e: {f: 3}} | changed inside"),
            QStringLiteral("  e | {f: 3} | changed inside"), QStringLiteral("    f | 3 | was 2"),
            QStringLiteral("  \u2026 1 unchanged |  | "),
            QStringLiteral("\u2026 2 unchanged |  | ") }));
    model.showMore(model.index(2, 0));
    QCOMPARE(pictureOf(model, { 0 }).mid(0, 3),
        QStringList({ QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c") }));
}

void TestStateChanges::saysWhatSetAField()
{
    StateModel model;
    const Checked checked(model);
    auto view = std::make_shared<StateView>(*viewOf(R"({"a":1,"b":2})", R"({"a":1,"c":2})"));
    QCOMPARE(model.index(0, 3).data().toString(), QString());
    BlameTree blame;
    const auto event = [](StreamVersion version, const char* type) {
        return std::make_shared<const SettingEvent>(
            SettingEvent { version, 10 * version, Timestamp(), QString::fromLatin1(type) });
    };
    const JsonPointer b({ "b" });
    blame.apply({ setWrite(b, {}, {}, false) }, event(1, "MADE"));
    blame.apply({ removeWrite(JsonPointer({ "c" }), view->before) }, event(7, "CUT"));
    view->blame = blame;
    model.setView(view);
    QCOMPARE(pictureOf(model, { 0, 3 }),
        QStringList({ QStringLiteral("a | initial state"), QStringLiteral("c | v7 CUT"),
            QStringLiteral("b | v1 MADE") }));
    QCOMPARE(model.index(2, 0).data(SetterPositionRole).toLongLong(), 10);
    QVERIFY(!model.index(0, 0).data(SetterPositionRole).isValid());
}

QTEST_GUILESS_MAIN(TestStateChanges)
#include "tst_statechanges.moc"
