#include "domain/logevolver.h"

#include "support/awkwardjson.h"
#include "support/workspacefolder.h"

#include <QTest>

using namespace eventloupe;

namespace {

/// One stream, folded by an Evolver and by a LogEvolver.
class TwoFolds {
public:
    explicit TwoFolds(std::shared_ptr<const Workspace> workspace, QByteArray stream = "user-1")
        : m_evolver(std::move(workspace))
        , m_log(m_evolver)
        , m_stream(std::move(stream))
        , m_category(&m_log.category(m_stream.left(m_stream.indexOf('-')).toStdString()))
        , m_plain(m_evolver.initialState(categoryOf(QString::fromUtf8(m_stream))))
    {
        m_log.begin(m_state, *m_category);
    }

    /// The state as both have it, with "failed" where the event failed; else how they differ.
    QByteArray add(const QByteArray& type, const QByteArray& data)
    {
        EventView event;
        event.position = 10 + m_plain.version;
        event.version = m_plain.version + 1;
        event.stream = viewOf(m_stream);
        event.type = viewOf(type);
        event.time = Timestamp { 1'772'373'802'000'001 };
        event.id = "id-1";
        event.data = viewOf(data);
        event.metadata = R"({"actor":"Ada"})";
        const bool isDone = m_log.evolve(m_state, m_log.type(viewOf(type)), *m_category, event);
        const bool isPlainDone = m_evolver.evolve(m_plain, event).ok();
        const QByteArray plain
            = text(m_plain.value.toJson(), m_plain.exists, m_plain.version, isPlainDone);
        const QByteArray flat = text(json(), m_state.exists, m_state.version, isDone);
        return flat == plain ? flat : "plain " + plain + "\nflat " + flat + "\nafter " + data;
    }

    [[nodiscard]] QByteArray json() const
    {
        std::string text;
        m_log.appendJson(text, m_state);
        return QByteArray::fromStdString(text);
    }
    [[nodiscard]] bool isFlat() const { return !m_state.tree; }

private:
    static QByteArray text(const QByteArray& json, bool exists, StreamVersion version, bool isDone)
    {
        return json + (exists ? "" : " gone") + (isDone ? "" : " failed") + " v"
            + QByteArray::number(version);
    }

    Evolver m_evolver;
    LogEvolver m_log;
    QByteArray m_stream;
    const LogEvolver::Category* m_category;
    AggregateState m_plain;
    LogState m_state;
};

bool areSame(const QByteArray& answer)
{
    return !answer.startsWith("plain ");
}

std::shared_ptr<const Workspace> workspaceWith(const QByteArray& rules)
{
    WorkspaceFolder folder;
    folder.write(QStringLiteral("aggregates/user.json"),
        R"({"initialState":{"n":0,"o":{"p":null}},"events":["A","B","M","END"]})");
    folder.write(QStringLiteral("aggregates/deep.json"),
        R"({"initialState":)" + QByteArray("{\"a\":").repeated(20) + "1"
            + QByteArray("}").repeated(20) + "}");
    folder.write(QStringLiteral("events/A.json"), R"({"evolve":)" + rules + "}");
    folder.write(QStringLiteral("events/END.json"), R"({"evolve":"delete"})");
    folder.write(QStringLiteral("events/M.json"), R"({"evolve":"merge"})");
    const QStringList problems = folder.problems();
    if (!problems.isEmpty())
        qFatal("%s", qPrintable(problems.join(u'\n')));
    return folder.load();
}

} // namespace

/// A state that is folded flat is the one that an Evolver folds, whatever the events are.
class TestLogEvolver final : public QObject {
    Q_OBJECT

private slots:
    void foldsAwkwardPayloads()
    {
        TwoFolds all(Workspace::empty());
        for (const QByteArray& first : awkwardPayloads()) {
            QVERIFY2(areSame(all.add("T", first)), all.json().left(2000));
            TwoFolds pair(Workspace::empty());
            for (const QByteArray& second : awkwardPayloads()) {
                pair.add("T", first);
                const QByteArray answer = pair.add("T", second);
                QVERIFY2(areSame(answer), answer.left(2000));
            }
        }
    }

    void foldsRandomPayloads()
    {
        QRandomGenerator random(23);
        for (int stream = 0; stream < 400; ++stream) {
            TwoFolds folds(Workspace::empty());
            for (int i = 0; i < 50; ++i) {
                const QByteArray answer = folds.add("T", randomPayload(random));
                QVERIFY2(areSame(answer), answer);
            }
        }
    }

    void staysFlatWherePayloadsArePlain()
    {
        TwoFolds folds(Workspace::empty());
        folds.add("T", R"({"a":1.10,"b":{"c":"x"},"l":[1,"y"],"e":"\u00e9","m":[{"k":[ ]}]})");
        QCOMPARE(folds.add("T", R"({"b":{"c":"longer"},"a":null,"z":true})"),
            QByteArray(R"({"b":{"c":"longer"},"l":[1,"y"],"e":"é","m":[{"k":[]}],"z":true} v2)"));
        folds.add("T", "null");
        QVERIFY(folds.isFlat());
        folds.add("T", R"({"a":1,"a":2})"); // By the tree, and back.
        QVERIFY(folds.isFlat());
        folds.add("T", "[]");
        QVERIFY(!folds.isFlat());
    }

    void manyNamesAreFoldedAsTrees()
    {
        TwoFolds folds(Workspace::empty());
        for (int i = 0; i < 20'000; i += 100) {
            QByteArray data = "{";
            for (int key = i; key < i + 100; ++key)
                data += "\"key " + QByteArray::number(key) + "\":null,";
            const QByteArray answer
                = folds.add("T", data + "\"last\":" + QByteArray::number(i) + "}");
            QVERIFY2(areSame(answer), answer);
        }
    }

    void foldsByRules_data()
    {
        QTest::addColumn<QByteArray>("rules");
        QTest::addColumn<bool>("isFlat");
        const auto row = [](const char* rules, bool isFlat = true) {
            QTest::newRow(rules) << QByteArray(rules) << isFlat;
        };
        row(R"x({"/n":"state.n + 1","/amount":"data.amount","/o/q":"data.name"})x");
        row(R"x({"/sum":"has(state.sum) ? state.sum + data.amount : data.amount"})x");
        row(R"x({"/n":"data.b.c","/o":null,"/x/y/z":"data.items"})x");
        row(R"x({"/a":"data.amount","/a/b":"data.name"})x", false); // Fails.
        row(R"x({"/t":"event.time","/v":"event.version","/p":"event.position","/c":"event.category"})x");
        row(R"x({"/by":"event.metadata.actor","/id":"event.id","/ty":"event.type + event.stream"})x");
        row(R"x({"/big":"data.amount > 10 && data.count < 5","/txt":"string(data.amount) + '!'"})x");
        row(R"x({"/o/l":"[data.amount, state.n]","/o/m":"{'k': data.name}","/s":"size(data.items)"})x");
        row(R"x({"/last":"data.amount / data.count","/or":"data.a || data.b"})x", false);
        row(R"x({"/has":"has(data.a) && !has(data.b)","/c":"has(data.name.x) ? 1 : 2"})x", false);
        row(R"x({"/one":"1","/neg":"-data.amount","/d":"data.amount * 1.0"})x");
        row(R"x({"/b/a":"state.b"})x", false);
        row(R"x({"/x":"data.amount - 1","/y":"data.count * data.amount","/z":"2.5 - data.count"})x");
        row(R"x({"/x":"data.count - 9223372036854775807","/y":"data.name + data.name"})x");
        row(R"x({"/n":"state.n * 1000003 + 7","/m":"1e308 * data.count"})x", false);
        row(R"x({"/n":"state.n - data.count","/k":"state.n * -1"})x");
        row(R"x({"/self":"state"})x", false);
        row(R"x({"/items/{data.name}":"data.count"})x", false);
        row(R"x({"/all":"data.items.all(x, x != null)","/k":"data.name.matches(data.name)"})x");
    }

    void foldsByRules()
    {
        QFETCH(QByteArray, rules);
        QFETCH(bool, isFlat);
        const auto workspace = workspaceWith(rules);
        QRandomGenerator random(5);
        TwoFolds plain(workspace);
        for (int i = 0; i < 8; ++i) {
            const QByteArray answer = plain.add("A",
                R"({"amount":12.50,"count":3,"name":"Ada","b":{"c":true},"a":false,"items":[1,2]})");
            QVERIFY2(areSame(answer), answer);
        }
        QCOMPARE(plain.isFlat(), isFlat);
        static const QByteArrayList types { "A", "A", "A", "M", "END", "IGNORED" };
        for (const char* stream : { "user-1", "other-1", "deep-1" }) {
            for (int run = 0; run < 60; ++run) {
                TwoFolds folds(workspace, stream);
                for (int i = 0; i < 25; ++i) {
                    const QByteArray answer
                        = folds.add(types[random.bounded(static_cast<int>(types.size()))],
                            randomPayload(random));
                    QVERIFY2(areSame(answer), answer);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestLogEvolver)
#include "tst_logevolver.moc"
