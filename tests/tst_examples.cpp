#include "domain/workspacecheck.h"
#include "support/workspacefolder.h"

#include <QtTest>

using namespace eventloupe;

namespace {

/// An account that is opened, paid into, and closed.
WorkspaceFolder account()
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("aggregates/account.json"), R"({"initialState":{"sum":0}})");
    folder.write(QStringLiteral("events/PAID.json"),
        R"x({"evolve":{"/sum":"state.sum + data.amount","/last/at":"event.time",
                      "/last/by":"has(event.metadata.actor) ? event.metadata.actor : 'nobody'"},
            "schema":{"required":["amount"]},"was":["MONEY_IN"],
            "upcasts":[{"when":"has(data.sum)","rename":{"/sum":"/amount"}}]})x");
    folder.write(QStringLiteral("events/CLOSED.json"), R"({"evolve":"delete"})");
    folder.write(QStringLiteral("commands/PAY.json"),
        R"x({"stream":"account-{data.id}","schema":{"required":["id"]},
            "require":[{"that":"data.amount > 0","message":"nothing to pay"}],
            "emit":[{"type":"PAID","data":{"amount":"data.amount"}},
                    {"type":"NOTED","data":{"text":"'first'","at":"now","by":"command.actor"},
                     "when":"!exists"}]})x");
    folder.write(QStringLiteral("commands/CLOSE.json"),
        R"({"stream":"account-{data.id}","emit":[{"type":"CLOSED","data":{}}]})");
    return folder;
}

/// What is wrong with an example of the account: a line each, or the problem of its file.
QByteArray run(const QByteArray& text)
{
    WorkspaceFolder folder = account();
    folder.write(QStringLiteral("examples/x.json"), text);
    const auto check = checkWorkspace(folder.path());
    if (!check)
        return check.error().message.toUtf8();
    QByteArray lines;
    for (const WorkspaceProblem& problem : check->problems)
        lines += QByteArray::number(problem.line) + ':' + QByteArray::number(problem.column) + ": "
            + problem.message.toUtf8() + '\n';
    for (const WorkspaceCheck::Item& item : check->examples) {
        for (const ExampleDifference& difference : item.differences)
            lines += (difference.place + QStringLiteral(" | ") + difference.expected
                + QStringLiteral(" | ") + difference.came + u'\n')
                         .toUtf8();
    }
    return lines;
}

} // namespace

class tst_Examples : public QObject {
    Q_OBJECT

private slots:
    void hold_data();
    void hold();
    void tellWhereTheyDoNot_data();
    void tellWhereTheyDoNot();
    void areRefusedWithAMend_data();
    void areRefusedWithAMend();
    void areRunByACheck();
    void areNotRunByADefinitionWithAMistake_data();
    void areNotRunByADefinitionWithAMistake();
    void notesTellWhatMayBeMissing();
    void giveTheSameEachTime();
};

void tst_Examples::hold_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row
        = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
    row("events",
        R"({"given":[{"type":"PAID","data":{"amount":1}}],
            "when":{"command":"PAY","data":{"id":"1","amount":2.50}},
            "then":[{"type":"PAID","data":{"amount":2.5}}]})");
    row("any value",
        R"({"when":{"command":"PAY","data":{"id":"1","amount":2},"actor":"ada"},
            "then":[{"type":"PAID","data":"*"},{"type":"NOTED","data":{"text":"first","at":"*","by":"ada"}}]})");
    row("its moment",
        R"({"when":{"command":"PAY","data":{"id":"1","amount":2},"now":"2030-01-01T01:00:00+01:00"},
            "then":[{"type":"PAID","data":{"amount":2}},
                    {"type":"NOTED","data":{"text":"first","at":"2030-01-01T00:00:00Z","by":""}}]})");
    row("a rejection",
        R"({"when":{"command":"PAY","data":{"id":"1","amount":0}},"then":{"rejected":"nothing to pay"}})");
    row("any rejection",
        R"({"when":{"command":"PAY","data":{"id":"1","amount":0}},"then":{"rejected":"*"}})");
    row("the schema's message",
        R"({"when":{"command":"PAY","data":{"amount":0}},"then":{"rejected":"/id is required"}})");
    row("any of the schema",
        R"({"when":{"command":"PAY","data":{"amount":0}},"then":{"rejected":{"schema":true}}})");
    row("the state",
        R"({"given":[{"type":"PAID","data":{"amount":1}}],
            "when":{"command":"PAY","data":{"id":"1","amount":2}},
            "then":{"state":{"/sum":3,"/last/at":"2026-03-01T14:03:22Z","/none":null},"exists":true}})");
    row("events and state",
        R"({"given":[{"type":"PAID","data":{"amount":1}}],"when":{"command":"CLOSE","data":{"id":"1"}},
            "then":{"events":[{"type":"CLOSED","data":{}}],"state":{"/sum":0},"exists":false}})");
    row("folding alone",
        R"({"stream":"account-1",
            "given":[{"type":"MONEY_IN","data":{"sum":4},"metadata":{"actor":"ada"},"time":"2020-01-01T00:00:00Z"}],
            "then":{"state":{"/sum":4,"/last":{"at":"2020-01-01T00:00:00Z","by":"ada"}}}})");
    row("no event",
        R"({"given":[],"when":{"command":"CLOSE","data":{"id":"1"}},"then":{"events":[{"type":"CLOSED","data":{}}]}})");
}

void tst_Examples::hold()
{
    QFETCH(QByteArray, text);
    QCOMPARE(run(text), QByteArray());
}

void tst_Examples::tellWhereTheyDoNot_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* text, const char* expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    const char* pay = R"({"given":[{"type":"PAID","data":{"amount":1}}],
            "when":{"command":"PAY","data":{"id":"1","amount":2}},"then":)";
    const auto paid = [&](const char* name, const char* then, const char* expected) {
        QTest::newRow(name) << QByteArray(pay) + then + "}" << QByteArray(expected);
    };
    paid("another value", R"([{"type":"PAID","data":{"amount":3}}])",
        "event 1 PAID /amount | 3 | 2\n");
    paid("another member", R"([{"type":"PAID","data":{"sum":2}}])",
        "event 1 PAID /sum | 2 | \nevent 1 PAID /amount |  | 2\n");
    paid(
        "another kind", R"([{"type":"PAID","data":[2]}])", "event 1 PAID | [2] | {\"amount\":2}\n");
    paid("no events", "[]", "event 1 PAID |  | PAID {\"amount\":2}\n");
    paid("one too few", R"([{"type":"NOTED","data":{}},{"type":"PAID","data":{"amount":2}}])",
        "event 1 NOTED | NOTED {} | \n");
    paid("another event", R"([{"type":"OTHER","data":{}}])",
        "event 1 OTHER | OTHER {} | \nevent 1 PAID |  | PAID {\"amount\":2}\n");
    paid("not rejected", R"({"rejected":"no"})", "rejection | no | PAID {\"amount\":2}\n");
    paid("another state", R"({"state":{"/sum":4,"/last":{"by":"*"},"/none":1}})",
        "state /sum | 4 | 3\nstate /last /at |  | \"2026-03-01T14:03:22Z\"\nstate /none | 1 | \n");
    paid("existence", R"({"exists":false})", "existence | it does not exist | it exists\n");
    row("rejected", R"({"when":{"command":"PAY","data":{"id":"1","amount":0}},"then":[]})",
        "rejection | no events | nothing to pay\n");
    row("another rejection",
        R"({"when":{"command":"PAY","data":{"id":"1","amount":0}},"then":{"rejected":"no"}})",
        "rejection | no | nothing to pay\n");
    row("any rejection by the schema",
        R"({"when":{"command":"PAY","data":{"amount":0}},"then":{"rejected":"*"}})",
        "rejection | a guard refuses it; where the schema is to, state its message or "
        "{\"rejected\": {\"schema\": true}} | /id is required\n");
    row("rejected by a guard, not the schema",
        R"({"when":{"command":"PAY","data":{"id":"1","amount":0}},"then":{"rejected":{"schema":true}}})",
        "rejection | the schema refuses the data | nothing to pay\n");
    row("a fault of the definition", R"({"when":{"command":"PAY","data":{"id":"1"}},"then":[]})",
        "command |  | commands/PAY.json:2:32: /require/0/that: no such key 'amount' (column 6)\n");
    row("a given event that fails",
        R"({"stream":"account-1","given":[{"type":"PAID","data":{"amount":"x"}}],"then":{"exists":true}})",
        "event 1 PAID |  | PAID at version 1 of account-1 could not be folded: /sum: ");
    row("a given event of a wrong shape",
        R"({"given":[{"type":"CLOSED","data":{}},{"type":"PAID","data":{"amont":1}}],"stream":"other-1","then":{"exists":true}})",
        "event 2 PAID |  | PAID at version 2");
}

void tst_Examples::tellWhereTheyDoNot()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const QByteArray came = run(text);
    const bool fits = expected.endsWith('\n') ? came == expected : came.startsWith(expected);
    QVERIFY2(fits, came);
}

void tst_Examples::areRefusedWithAMend_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("problem");
    const auto row = [](const char* text, const char* problem) {
        QTest::newRow(problem) << QByteArray(text) << QByteArray(problem);
    };
    row(R"({"when":{"command":"PAYY"},"then":[]})",
        "1:20: there is no command 'PAYY' in the workspace, did you mean 'PAY'?\n");
    row(R"({"when":{"command":"X"},"then":[]})",
        "1:20: there is no command 'X' in the workspace, only: CLOSE, PAY\n");
    row(R"({"when":1,"then":[]})", "1:9: must be an object, { ... }\n");
    row(R"({"when":{"command":"PAY"}})", "1:1: the member 'then' is missing\n");
    row(R"({"when":{"command":"PAY"},"then":7})",
        "1:34: must be an array of events, {\"rejected\"");
    row(R"({"when":{"command":"PAY"},"then":{}})", "1:34: states nothing");
    row(R"({"when":{"command":"PAY"},"then":{"rejected":"x","events":[]}})",
        "1:50: a command that is rejected gives no events");
    row(R"({"when":{"command":"PAY"},"then":{"state":{"sum":1}}})",
        "1:44: must be a JSON Pointer into the state");
    row(R"({"when":{"command":"PAY"},"then":{"rejected":{"schema":false}}})",
        "1:56: must be true: the schema refuses");
    row(R"({"when":{"command":"PAY"},"then":{"exists":1}})", "1:44: must be true or false");
    row(R"({"when":{"command":"PAY"},"given":[{"type":"A","stream":"b"}],"then":[]})",
        "1:48: a command is decided on its own stream alone: leave \"stream\" out");
    row(R"({"when":{"command":"PAY"},"given":[{"typ":"A"}],"then":[]})",
        "1:37: unknown member 'typ', did you mean 'type'?");
    row(R"({"when":{"command":"PAY"},"given":[{"type":"A","time":"today"}],"then":[]})",
        "1:55: 'today' is not a time as in 2026-03-01T14:03:22Z: ");
    row(R"({"when":{"command":"PAY","now":5},"then":[]})", "1:32: must be a text");
    row(R"({"when":{"command":"PAY"},"stream":"a-1","then":[]})",
        "1:27: the command names the stream: leave \"stream\" out");
    row(R"({"then":{"exists":true}})", "1:1: the member 'when' is missing; an example without");
    row(R"({"stream":"a-1","then":[]})", "1:24: without a command there are no events");
}

void tst_Examples::areRefusedWithAMend()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, problem);
    const QByteArray came = run(text);
    QVERIFY2(came.startsWith(problem), came);
}

void tst_Examples::areRunByACheck()
{
    WorkspaceFolder folder = account();
    folder.write(QStringLiteral("examples/a.json"),
        R"({"when":{"command":"CLOSE","data":{"id":"1"}},"then":[]})");
    folder.write(QStringLiteral("examples/b.json"), "{");
    folder.write(QStringLiteral("events/X.json"), R"({"titel":"x"})");
    const auto check = checkWorkspace(folder.path());
    QVERIFY(check.ok());
    QCOMPARE(check->problems.size(), 2);
    QCOMPARE(check->examples.size(), 1);
    QCOMPARE(check->failures(), 1);
    QCOMPARE(check->untried, QStringList { QStringLiteral("PAY") });
    QVERIFY(!check->isGood());
    CancelToken cancel;
    cancel.cancel();
    QCOMPARE(checkWorkspace(folder.path(), cancel).error().code, ErrorCode::Cancelled);
    QCOMPARE(
        checkWorkspace(folder.filePath(QStringLiteral("no"))).error().code, ErrorCode::NotFound);
}

void tst_Examples::areNotRunByADefinitionWithAMistake_data()
{
    QTest::addColumn<QString>("file");
    for (const char* file : { "commands/PAY.json", "events/PAID.json", "aggregates/account.json" })
        QTest::newRow(file) << QString::fromLatin1(file);
}

void tst_Examples::areNotRunByADefinitionWithAMistake()
{
    QFETCH(QString, file);
    WorkspaceFolder folder = account();
    folder.write(file, R"({"titel":"x"})");
    folder.write(QStringLiteral("examples/a.json"),
        R"({"when":{"command":"PAY","data":{"id":"1","amount":2}},"then":[]})");
    folder.write(QStringLiteral("examples/b.json"), R"({"stream":"x-1","then":{"exists":false}})");
    const auto check = checkWorkspace(folder.path());
    QVERIFY(check.ok());
    for (const WorkspaceProblem& problem : check->problems)
        QCOMPARE(problem.file, file);
    QCOMPARE(check->notRun.size(), 1);
    QCOMPARE(check->notRun.first().example.file, QStringLiteral("examples/a.json"));
    QCOMPARE(check->notRun.first().file, file);
    QCOMPARE(check->examples.size(), 1);
    QCOMPARE(check->failures(), 0);
    QVERIFY(!check->isGood());
}

void tst_Examples::notesTellWhatMayBeMissing()
{
    WorkspaceFolder folder = account();
    folder.write(QStringLiteral("examples/a.json"),
        R"({"when":{"command":"PAY","data":{"id":"1","amount":0}},"then":{"rejected":"*"}})");
    const auto check = checkWorkspace(folder.path());
    QVERIFY(check.ok());
    QVERIFY(check->isGood());
    QCOMPARE(check->notes.size(), 2);
    QCOMPARE(check->notes.at(0).message,
        QStringLiteral("no example shows which events 'PAY' gives, only rejections"));
    QCOMPARE(check->notes.at(0).file, QStringLiteral("commands/PAY.json"));
    QCOMPARE(check->notes.at(1).message,
        QStringLiteral("no file in events/ defines 'NOTED': its data is merged into the state"));
    QCOMPARE(check->notes.at(1).line, 4);
    folder.write(QStringLiteral("examples/b.json"),
        R"({"when":{"command":"PAY","data":{"id":"1","amount":1}},"then":{"exists":true}})");
    QCOMPARE(checkWorkspace(folder.path())->notes.size(), 1);
}

void tst_Examples::giveTheSameEachTime()
{
    const QByteArray text = R"({"when":{"command":"PAY","data":{"id":"1","amount":2}},"then":[]})";
    const QByteArray first = run(text);
    QVERIFY(first.contains("NOTED"));
    QCOMPARE(run(text), first);
}

QTEST_APPLESS_MAIN(tst_Examples)
#include "tst_examples.moc"
