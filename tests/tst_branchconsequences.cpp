#include "branch/branchconsequences.h"
#include "branch/inferredcommand.h"
#include "support/branchbench.h"
#include "support/sampleworkspace.h"

#include <QTest>

using namespace eventloupe;

/// What a branch makes impossible of what came later.
class tst_BranchConsequences final : public QObject {
    Q_OBJECT

private:
    static QStringList textsOf(BranchBench& bench, qint64 most = 100)
    {
        const auto store = bench.open();
        const Evolver evolver(domain());
        const auto found = findConsequences(*store, evolver, {}, most);
        if (!found)
            return { found.error().message };
        QStringList texts;
        for (const BranchConsequence& each : found->found)
            texts.append(QStringLiteral("#%1 %2@%3 %4 %5: %6")
                             .arg(each.position)
                             .arg(each.stream)
                             .arg(each.version)
                             .arg(each.type, each.command, each.reason));
        for (const QString& each : found->tooLong)
            texts.append(each);
        return texts;
    }

    static std::shared_ptr<const Workspace> domain()
    {
        return SampleWorkspace(
            { { QStringLiteral("events/OPENED.json"),
                  R"({"evolve":{"/status":"'open'","/limit":"data.limit","/sum":"0"}})" },
                { QStringLiteral("events/PAID.json"),
                    R"({"evolve":{"/sum":"state.sum + data.amount"}})" },
                { QStringLiteral("events/NOTED.json"), R"({"evolve":{"/note":"data.text"}})" },
                { QStringLiteral("commands/OPEN.json"),
                    R"({"stream":"account-{data.id}",
                        "require":[{"that":"!exists","message":"is there"}],
                        "emit":[{"type":"OPENED","data":{"limit":"data.limit"}}]})" },
                { QStringLiteral("commands/PAY.json"),
                    R"({"stream":"account-{data.id}",
                        "require":[{"that":"exists","message":"there is no account {data.id}"},
                                   {"that":"state.sum + data.amount <= state.limit",
                                    "message":"over the limit"}],
                        "emit":[{"type":"PAID","data":{"amount":"data.amount"}},
                                {"type":"NOTED","data":{"text":"'paid'"}}]})" } })
            .load();
    }

    static QList<SampleEvent> account()
    {
        const QString stream = QStringLiteral("account-7");
        return { { stream, QStringLiteral("OPENED"), R"({"limit":10})" },
            { QStringLiteral("account-8"), QStringLiteral("OPENED"), R"({"limit":10})" },
            { stream, QStringLiteral("PAID"), R"({"amount":4})" },
            { stream, QStringLiteral("PAID"), R"({"amount":-3})" },
            { stream, QStringLiteral("PAID"), R"({"amount":5})" },
            { QStringLiteral("account-8"), QStringLiteral("PAID"), R"({"amount":10})" } };
    }

private slots:
    void nothingFollowsFromNothing()
    {
        BranchBench bench(account());
        QCOMPARE(textsOf(bench), QStringList());
    }

    void laterCommandsAreDecidedAgain()
    {
        BranchBench bench(account());
        bench.change(1, "OPENED", R"({"limit":5})");
        // 4 - 3 + 5 is 6; the other account is not concerned.
        QCOMPARE(textsOf(bench),
            QStringList({ QStringLiteral("#5 account-7@4 PAID PAY: over the limit") }));
    }

    void aMissingBeginningIsTold()
    {
        BranchBench bench(account());
        bench.skip({ 2 });
        const QStringList texts = textsOf(bench);
        QCOMPARE(texts.size(), 2);
        QCOMPARE(texts.at(0),
            QStringLiteral("#5 account-8@1 PAID PAY: there is no account 8"));
        // Nor can it be folded: there is no sum.
        QVERIFY(texts.at(1).startsWith(QStringLiteral("#5 account-8@1 PAID : ")));
    }

    void longStreamsAreCut()
    {
        QList<SampleEvent> events { { QStringLiteral("account-7"), QStringLiteral("OPENED"),
            R"({"limit":10})" } };
        for (int i = 0; i < 1200; ++i)
            events.append({ QStringLiteral("account-7"), QStringLiteral("PAID"),
                R"({"amount":0})" });
        BranchBench bench(events);
        bench.skip({ 2 });
        QCOMPARE(textsOf(bench, 600), QStringList({ QStringLiteral("account-7") }));
        QCOMPARE(textsOf(bench, 2000), QStringList());
    }

    void commandsAreInferred()
    {
        Event event;
        event.stream = QStringLiteral("account-7");
        event.type = QStringLiteral("PAID");
        event.data = R"({"amount":4})";
        event.metadata = R"({"causationId":"c-1","actor":"ada"})";
        const auto workspace = domain();
        const auto inferred = inferCommand(*workspace, event, QStringLiteral("account"));
        QVERIFY(inferred.command);
        QCOMPARE(inferred.command->name, QStringLiteral("PAY"));
        QCOMPARE(inferred.data.first().toJson(), QByteArray(R"({"amount":4,"id":"7"})"));
        QCOMPARE(inferred.commandId, QStringLiteral("c-1"));
        QCOMPARE(inferred.actor, QStringLiteral("ada"));
        event.type = QStringLiteral("UNKNOWN");
        QVERIFY(!inferCommand(*workspace, event, QStringLiteral("account")).command);
        // The metadata knows better.
        event.metadata = R"({"command":"OPEN"})";
        QCOMPARE(inferCommand(*workspace, event, QStringLiteral("account")).command->name,
            QStringLiteral("OPEN"));
    }
};

QTEST_GUILESS_MAIN(tst_BranchConsequences)
#include "tst_branchconsequences.moc"
