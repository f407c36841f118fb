#include "domain/evolver.h"
#include "support/workspacefolder.h"

#include <QtTest>

using namespace eventloupe;

namespace {

/// Folds events, each given as its type and data, into one state.
class Fold {
public:
    explicit Fold(std::shared_ptr<const Workspace> workspace,
        const QString& stream = QStringLiteral("user-1"))
        : m_evolver(std::move(workspace))
        , m_stream(stream.toUtf8())
        , m_state(m_evolver.initialState(categoryOf(stream)))
    {
    }

    Fold& add(const QByteArray& type, const QByteArray& data, const QByteArray& metadata = {})
    {
        EventView event;
        event.position = 10 + m_state.version;
        event.version = m_state.version + 1;
        event.stream = viewOf(m_stream);
        event.type = viewOf(type);
        event.time = Timestamp { 1'772'373'802'000'001 };
        event.id = "id-1";
        event.data = viewOf(data);
        event.metadata = viewOf(metadata);
        m_last = m_evolver.evolve(m_state, event);
        return *this;
    }

    [[nodiscard]] QByteArray json() const { return m_state.value.toJson(); }
    [[nodiscard]] const AggregateState& state() const { return m_state; }
    [[nodiscard]] const Result<void>& last() const { return m_last; }

private:
    Evolver m_evolver;
    QByteArray m_stream;
    AggregateState m_state;
    Result<void> m_last;
};

/// A workspace with one event definition, "A".
std::shared_ptr<const Workspace> workspaceWith(const QByteArray& evolve)
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("events/A.json"), R"({"evolve":)" + evolve + "}");
    const QStringList problems = folder.problems();
    if (!problems.isEmpty())
        qFatal("%s", qPrintable(problems.join(u'\n')));
    return folder.load();
}

} // namespace

class tst_Evolver : public QObject {
    Q_OBJECT

private slots:
    void mergesByDefault();
    void mergesWhatIsNoObject_data();
    void mergesWhatIsNoObject();
    void startsFromTheInitialState();
    void followsRules_data();
    void followsRules();
    void seesTheEvent();
    void readsTheOldState();
    void deletesAndBeginsAgain();
    void leavesOutWhatItDoesNotEvolveBy();
    void keepsTheFirstFailure();
    void leavesTheStateWhenARuleFails();
    void boundsWhatDoubles_data();
    void boundsWhatDoubles();
    void keepsLargeStatesOfData();
    void reportsDamagedData();
    void doesNotParseWhatNoRuleUses();
};

void tst_Evolver::mergesByDefault()
{
    Fold fold(Workspace::empty());
    QVERIFY(!fold.state().exists);
    QCOMPARE(fold.json(), QByteArray("{}"));
    fold.add("A", R"({"name":"Ada","address":{"city":"London","zip":1}})");
    fold.add("B", R"({"name":"Ada King","address":{"zip":null}})");
    QCOMPARE(fold.json(), QByteArray(R"({"name":"Ada King","address":{"city":"London"}})"));
    QVERIFY(fold.state().exists);
    QCOMPARE(fold.state().version, 2);
    QCOMPARE(fold.state().position, 11);
    QCOMPARE(fold.state().failedVersion, 0);
}

void tst_Evolver::mergesWhatIsNoObject_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("none") << QByteArray("") << QByteArray(R"({"a":1})");
    QTest::newRow("null") << QByteArray("null") << QByteArray(R"({"a":1})");
    QTest::newRow("empty") << QByteArray("{}") << QByteArray(R"({"a":1})");
    QTest::newRow("array") << QByteArray("[1]") << QByteArray("[1]");
    QTest::newRow("text") << QByteArray("\"x\"") << QByteArray("\"x\"");
}

void tst_Evolver::mergesWhatIsNoObject()
{
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, expected);
    QCOMPARE(Fold(Workspace::empty()).add("A", R"({"a":1})").add("B", data).json(), expected);
}

void tst_Evolver::startsFromTheInitialState()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("aggregates/user.json"), R"({"initialState":{"logins":0}})");
    const Evolver evolver(folder.load());
    QCOMPARE(evolver.initialState(QStringLiteral("user")).value, jsonOf(R"({"logins":0})"));
    QCOMPARE(evolver.initialState(QStringLiteral("order")).value, jsonOf("{}"));
    QCOMPARE(
        Fold(folder.load()).add("A", R"({"x":1})").json(), QByteArray(R"({"logins":0,"x":1})"));
}

void tst_Evolver::followsRules_data()
{
    QTest::addColumn<QByteArray>("evolve");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* evolve, const char* before, const char* data,
                         const char* expected) {
        QTest::newRow(name) << QByteArray(evolve) << QByteArray(before) << QByteArray(data)
                            << QByteArray(expected);
    };
    row("set", R"({"/email":"data.email"})", R"({"name":"Ada"})", R"({"email":"a@x.org","no":1})",
        R"({"name":"Ada","email":"a@x.org"})");
    row("compute", R"({"/n":"state.n + 1"})", R"({"n":41})", "{}", R"({"n":42})");
    row("remove", R"({"/draft":null})", R"({"draft":1,"a":2})", "{}", R"({"a":2})");
    row("remove what is not there", R"({"/x/y":null})", R"({"a":2})", "{}", R"({"a":2})");
    row("null is a value", R"({"/a":"null"})", R"({"a":2})", "{}", R"({"a":null})");
    row("pointer with an expression", R"({"/items/{data.sku}":"data.qty"})", "{}",
        R"({"sku":"A/1~","qty":2})", R"({"items":{"A/1~":2}})");
    row("number in a pointer", R"({"/v{data.n}/x":"true"})", "{}", R"({"n":7})",
        R"({"v7":{"x":true}})");
    row("slash in an expression", R"({"/a/{data['b/c']}":"1"})", "{}", R"({"b/c":"k"})",
        R"({"a":{"k":1}})");
    row("escaped pointer", R"({"/a~1b/c~0d":"1"})", "{}", "{}", R"({"a/b":{"c~d":1}})");
    row("braces in a name", R"({"/a{{b}}":"1"})", "{}", "{}", R"({"a{b}":1})");
    row("append", R"({"/log/-":"data.x"})", R"({"log":[1]})", R"({"x":2})", R"({"log":[1,2]})");
    row("whole data", R"({"/last":"data"})", "{}", R"({"b":1,"a":2.50})",
        R"({"last":{"b":1,"a":2.50}})");
    row("spelling and large numbers", R"({"/x":"data.x","/y":"data.y"})", "{}",
        R"({"x":18446744073709551615,"y":100.10})", R"({"x":18446744073709551615,"y":100.10})");
}

void tst_Evolver::followsRules()
{
    QFETCH(QByteArray, evolve);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, expected);
    Fold fold(workspaceWith(evolve));
    fold.add("BEFORE", before).add("A", data);
    QVERIFY2(fold.last().ok(), qPrintable(fold.state().failure));
    QCOMPARE(fold.json(), expected);
}

void tst_Evolver::seesTheEvent()
{
    Fold fold(workspaceWith(R"({"/type":"event.type","/stream":"event.stream",
        "/category":"event.category","/version":"event.version","/position":"event.position",
        "/time":"event.time","/id":"event.id","/by":"event.metadata.actor"})"));
    fold.add("A", "{}", R"({"actor":"ada"})");
    QVERIFY2(fold.last().ok(), qPrintable(fold.state().failure));
    QCOMPARE(fold.json(),
        QByteArray(R"({"type":"A","stream":"user-1","category":"user","version":1,"position":10,)"
                   R"("time":"2026-03-01T14:03:22.000001Z","id":"id-1","by":"ada"})"));
}

void tst_Evolver::readsTheOldState()
{
    Fold fold(workspaceWith(R"({"/a":"state.b","/b":"state.a","/both":"state.a + state.b"})"));
    fold.add("BEFORE", R"({"a":1,"b":2})").add("A", "{}");
    QCOMPARE(fold.json(), QByteArray(R"({"a":2,"b":1,"both":3})"));
}

void tst_Evolver::deletesAndBeginsAgain()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("aggregates/user.json"), R"({"initialState":{"n":0}})");
    folder.write(QStringLiteral("events/GONE.json"), R"({"evolve":"delete"})");
    Fold fold(folder.load());
    fold.add("A", R"({"name":"Ada"})").add("GONE", R"({"why":"x"})");
    QVERIFY(!fold.state().exists);
    QCOMPARE(fold.json(), QByteArray(R"({"n":0})"));
    QCOMPARE(fold.state().version, 2);
    fold.add("A", R"({"name":"Bob"})");
    QVERIFY(fold.state().exists);
    QCOMPARE(fold.json(), QByteArray(R"({"n":0,"name":"Bob"})"));
}

void tst_Evolver::leavesOutWhatItDoesNotEvolveBy()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("aggregates/user.json"), R"({"events":["A"]})");
    Fold fold(folder.load());
    fold.add("A", R"({"a":1})").add("NOTED", R"({"b":2})");
    QCOMPARE(fold.json(), QByteArray(R"({"a":1})"));
    QCOMPARE(fold.state().version, 2);
    Fold other(folder.load(), QStringLiteral("order-1"));
    QCOMPARE(other.add("NOTED", R"({"b":2})").json(), QByteArray(R"({"b":2})"));
}

void tst_Evolver::keepsTheFirstFailure()
{
    Fold fold(workspaceWith(R"({"/a":"data.a"})"));
    fold.add("B", R"({"x":1})").add("A", "{}");
    QVERIFY(!fold.last().ok());
    QCOMPARE(fold.json(), QByteArray(R"({"x":1})"));
    QCOMPARE(fold.state().version, 2);
    QCOMPARE(fold.state().failedVersion, 2);
    QCOMPARE(fold.state().failedPosition, 11);
    const QString first = fold.state().failure;
    QVERIFY2(first.contains(QStringLiteral("A at version 2 of user-1")), qPrintable(first));
    QVERIFY2(first.contains(QStringLiteral("/a: ")), qPrintable(first));
    fold.add("A", "{}").add("A", R"({"a":5})");
    QVERIFY(fold.last().ok());
    QCOMPARE(fold.json(), QByteArray(R"({"x":1,"a":5})"));
    QCOMPARE(fold.state().failedVersion, 2);
    QCOMPARE(fold.state().failure, first);
}

void tst_Evolver::leavesTheStateWhenARuleFails()
{
    Fold fold(workspaceWith(R"({"/a":"1","/text/b":"2"})"));
    fold.add("B", R"({"text":"x"})").add("A", "{}");
    QVERIFY(!fold.last().ok());
    QCOMPARE(fold.json(), QByteArray(R"({"text":"x"})"));
}

void tst_Evolver::boundsWhatDoubles_data()
{
    QTest::addColumn<QByteArray>("rules");
    QTest::newRow("lists") << QByteArray(R"({"/x":"[state.x, state.x]"})");
    QTest::newRow("objects") << QByteArray(R"({"/x":"{'a': state.x, 'b': state.x}"})");
    QTest::newRow("texts") << QByteArray(R"x({"/x":"'%s%s'.format([state.x, state.x])"})x");
    QTest::newRow("by turns") << QByteArray(
        R"({"/x":"[state.y, state.y]","/y":"[state.x, state.x]"})");
    QTest::newRow("the whole") << QByteArray(R"({"/{event.version}":"state"})");
}

/// The event that would make it too large is told, and the fold goes on.
void tst_Evolver::boundsWhatDoubles()
{
    QFETCH(QByteArray, rules);
    Fold fold(workspaceWith(rules));
    fold.add("B", R"({"x":"some words","y":"and more"})");
    for (int i = 0; i < 60; ++i)
        fold.add("A", "{}");
    QVERIFY(!fold.last().ok());
    QVERIFY2(fold.state().failure.contains(
                 QStringLiteral(": the state gets larger than 8 MB; keep less in it")),
        qPrintable(fold.state().failure));
    QVERIFY(fold.state().failure.contains(QStringLiteral("A at version ")));
    QVERIFY(fold.state().failedVersion > 10);
    QVERIFY(fold.add("B", R"({"x":1})").last().ok());
    QCOMPARE(fold.state().value.find("x")->toInt(), 1);
}

void tst_Evolver::keepsLargeStatesOfData()
{
    Fold fold(workspaceWith(R"({"/x/{event.version}":"data.x"})"));
    const QByteArray data = R"({"x":")" + QByteArray(1'000'000, 'x') + R"("})";
    for (int i = 0; i < 7; ++i)
        fold.add("A", data);
    QVERIFY(fold.last().ok());
    QCOMPARE(fold.state().value.find("x")->size(), 7);
}

void tst_Evolver::reportsDamagedData()
{
    Fold fold(Workspace::empty());
    fold.add("A", R"({"a":1})").add("B", "{\"a\":");
    QVERIFY(!fold.last().ok());
    QCOMPARE(fold.json(), QByteArray(R"({"a":1})"));
    QCOMPARE(fold.state().failedVersion, 2);
}

void tst_Evolver::doesNotParseWhatNoRuleUses()
{
    Fold fold(workspaceWith(R"({"/seen":"true"})"));
    QVERIFY(fold.add("A", "damaged").last().ok());
    QCOMPARE(fold.json(), QByteArray(R"({"seen":true})"));
}

QTEST_APPLESS_MAIN(tst_Evolver)
#include "tst_evolver.moc"
