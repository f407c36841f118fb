#include "value/event.h"
#include "value/json.h"
#include "value/mergepatch.h"

#include <QFile>
#include <QTest>

using namespace eventloupe;

namespace {

JsonValue parsed(const QByteArray& text)
{
    const auto value = parseJson(viewOf(text));
    return value ? *value : JsonValue::fromString(value.error().message);
}

} // namespace

class TestMergePatch : public QObject {
    Q_OBJECT

private slots:
    void suites_data();
    void suites();
    void keepsOrderAndSpelling();
    void leavesCopiesAlone();
    void sharesUntouchedParts();
    void patchWithItself();
    void deep();
};

void TestMergePatch::suites_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("RFC 7396") << QStringLiteral("rfc7396-appendix-a.json");
    QTest::newRow("specs") << QStringLiteral("specs/merge_tests.json");
}

void TestMergePatch::suites()
{
    QFETCH(QString, name);
    QFile file(QStringLiteral(EVENTLOUPE_SHARED "/suites/json-merge-patch/") + name);
    if (!file.open(QIODevice::ReadOnly)) {
        QSKIP("the shared data with json-merge-patch is absent");
    }
    const JsonValue suite = parsed(file.readAll());
    QVERIFY(suite.size() >= 3);
    for (const JsonValue& test : suite.elements()) {
        JsonValue target = *test.find("doc");
        applyMergePatch(target, *test.find("patch"));
        QVERIFY2(target == *test.find("expected"), test.toJson() + target.toJson());
    }
}

void TestMergePatch::keepsOrderAndSpelling()
{
    JsonValue target = parsed(R"({"z":1,"a":{"y":100.10,"b":2},"m":[1]})");
    applyMergePatch(target, parsed(R"({"a":{"b":null,"q":{"n":null,"o":1.50}},"z":7,"new":1e2})"));
    QCOMPARE(target.toJson(),
        QByteArray(R"({"z":7,"a":{"y":100.10,"q":{"o":1.50}},"m":[1],"new":1e2})"));
}

void TestMergePatch::leavesCopiesAlone()
{
    const JsonValue before = parsed(R"({"a":{"b":1},"c":[1]})");
    JsonValue after = before;
    applyMergePatch(after, parsed(R"({"a":{"b":2}})"));
    QCOMPARE(before.toJson(), QByteArray(R"({"a":{"b":1},"c":[1]})"));
    QCOMPARE(after.toJson(), QByteArray(R"({"a":{"b":2},"c":[1]})"));
}

void TestMergePatch::sharesUntouchedParts()
{
    const JsonValue before = parsed(R"({"a":{"b":1},"c":[1]})");
    JsonValue after = before;
    applyMergePatch(after, parsed(R"({"x":1})"));
    QVERIFY(after.find("a")->sharesStorageWith(*before.find("a")));
    QVERIFY(after.find("c")->sharesStorageWith(*before.find("c")));
}

void TestMergePatch::patchWithItself()
{
    JsonValue target = parsed(R"({"a":{"b":1},"c":null})");
    applyMergePatch(target, target);
    QCOMPARE(target.toJson(), QByteArray(R"({"a":{"b":1}})"));
    target = parsed(R"({"a":{"b":1,"c":2}})");
    const JsonValue* inner = target.find("a");
    applyMergePatch(target, *inner);
    QCOMPARE(target.toJson(), QByteArray(R"({"a":{"b":1,"c":2},"b":1,"c":2})"));
}

void TestMergePatch::deep()
{
    constexpr int depth = 100'000;
    JsonValue patch = JsonValue::fromInt(1);
    for (int i = 0; i < depth; ++i) {
        patch = JsonValue::fromMembers({ { "a", patch } });
    }
    JsonValue target;
    applyMergePatch(target, patch);
    QVERIFY(target == patch);
}

QTEST_APPLESS_MAIN(TestMergePatch)
#include "tst_mergepatch.moc"
