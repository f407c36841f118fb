#include "domain/definitioncheck.h"
#include "domain/definitioncompletion.h"
#include "domain/jsontracker.h"
#include "support/workspacefolder.h"

#include <QTest>

using namespace eventloupe;

namespace {

/// JSON with apostrophes for its quotes.
QString js(const char* text)
{
    return QString::fromUtf8(text).replace(u'\'', u'"');
}

/// The text with a fix applied.
QString mended(QString text, const DefinitionFix& fix)
{
    return text.replace(fix.start, fix.length, fix.text);
}

} // namespace

/// One text of a workspace that is being written: faults with their mends, and completions.
class TestDefinitionCheck : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<WorkspaceFolder> m_folder;

    DefinitionCheck check(const QString& path, const QString& text) const
    {
        return checkDefinition(m_folder->path(), path, text);
    }
    /// The names offered at the '|' of a text.
    QStringList offered(const QString& path, QString text, Completions* all = nullptr) const
    {
        const int at = static_cast<int>(text.indexOf(u'|'));
        text.remove(at, 1);
        const auto workspace = check(path, text).workspace;
        const auto found = completionsAt(
            path, text, at, DefinitionNames(workspace ? workspace : m_folder->load()));
        QStringList names;
        for (const Completion& item : found.items)
            names.append(item.name);
        if (all)
            *all = found;
        return names;
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<WorkspaceFolder>();
        m_folder->write(u"aggregates/cart.json"_qs,
            js("{'initialState': {'items': {}, 'owner': {'name': ''}}, 'events': ['ITEM_ADDED']}")
                .toUtf8());
        m_folder->write(u"events/ITEM_ADDED.json"_qs,
            js("{'schema': {'properties': {'sku': {}, 'qty': {}}}, "
               "'evolve': {'/items/{data.sku}': 'data.qty', '/count': 'state.count + 1'}}")
                .toUtf8());
        m_folder->write(u"commands/ADD_ITEM.json"_qs,
            js("{'stream': 'cart-{data.cartId}', 'schema': {'properties': {'cartId': {}, "
               "'sku': {}}}, 'emit': [{'type': 'ITEM_ADDED'}]}")
                .toUtf8());
    }

    void theTrackerKnowsWhereItIs()
    {
        JsonTracker tracker;
        static_cast<void>(tracker.feed(js("{'a': [1, {'b': 'x'}], ")));
        const auto tokens = tracker.feed(js("  'c': 'unfinished"));
        QCOMPARE(tokens.size(), 3);
        QCOMPARE(tokens.first().kind, JsonToken::Kind::Key);
        QCOMPARE(tokens.last().path, QStringList(u"c"_qs));
        QVERIFY(!tokens.last().isClosed);
        JsonTracker nested;
        const auto inner = nested.feed(js("{'a': [1, {'b': 'x'}]}"));
        const auto text = std::find_if(inner.begin(), inner.end(),
            [](const JsonToken& token) { return token.kind == JsonToken::Kind::String; });
        QCOMPARE(text->path, QStringList({ u"a"_qs, u"1"_qs, u"b"_qs }));
        QCOMPARE(nested.path(), QStringList());
    }

    void aGoodTextHasNoProblems()
    {
        const auto checked = check(u"events/ITEM_ADDED.json"_qs, js("{'evolve': 'merge'}"));
        QVERIFY(checked.problems.isEmpty());
        QVERIFY(checked.workspace);
    }

    void placesAreThoseOfTheText()
    {
        // A character beyond the basic plane is two units of the text and one column.
        const QString text = js("{'title': '\xF0\x9F\x98\x80', 'evolv': 'merge'}");
        const auto problem = check(u"events/X.json"_qs, text).problems.value(0);
        QCOMPARE(problem.start, text.indexOf(u"\"evolv\""));
        QCOMPARE(problem.length, 7);
        QCOMPARE(problem.level, DefinitionProblem::Level::Fault);
    }

    void fixesMend_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("title");
        QTest::addRow("key") << u"events/X.json"_qs << js("{'evolv': 'merge'}")
                             << u"Change to 'evolve'"_qs;
        QTest::addRow("nested key") << u"commands/X.json"_qs
                                    << js("{'stream': 'a-1', 'emit': [{'tipe': 'A'}]}")
                                    << u"Change to 'type'"_qs;
        QTest::addRow("value") << u"events/X.json"_qs << js("{'evolve': 'merg'}")
                               << u"Change to \"merge\""_qs;
        QTest::addRow("variable") << u"events/X.json"_qs << js("{'evolve': {'/a': '1 + dta.x'}}")
                                  << u"Change to 'data'"_qs;
        QTest::addRow("function") << u"events/X.json"_qs << js("{'evolve': {'/a': 'siz(data.x)'}}")
                                  << u"Change to 'size'"_qs;
        QTest::addRow("missing") << u"commands/X.json"_qs << js("{'stream': 'a-1'}")
                                 << u"Add \"emit\""_qs;
        QTest::addRow("missing, empty")
            << u"examples/x.json"_qs << js("{'when': {'command': 'ADD_ITEM'}\n}")
            << u"Add \"then\""_qs;
        QTest::addRow("command") << u"examples/x.json"_qs
                                 << js("{'when': {'command': 'AD_ITEM'}, 'then': []}")
                                 << u"Change to 'ADD_ITEM'"_qs;
    }
    void fixesMend()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(QString, title);
        const auto checked = check(path, text);
        QVERIFY(!checked.problems.isEmpty());
        for (const DefinitionProblem& problem : checked.problems) {
            for (const DefinitionFix& fix : problem.fixes) {
                if (fix.title != title)
                    continue;
                const QString after = mended(text, fix);
                for (const auto& left : check(path, after).problems)
                    QVERIFY2(
                        left.level == DefinitionProblem::Level::Hint, qPrintable(left.message));
                return;
            }
        }
        QFAIL("no such fix");
    }

    void anEventWithoutAFileIsAHint()
    {
        const auto checked = check(
            u"commands/X.json"_qs, js("{'stream': 'a-1', 'emit': [{'type': 'UNHEARD_OF'}]}"));
        QCOMPARE(checked.problems.size(), 1);
        const auto& hint = checked.problems.first();
        QCOMPARE(hint.level, DefinitionProblem::Level::Hint);
        QCOMPARE(hint.fixes.last().newFile, u"events/UNHEARD_OF.json"_qs);
        m_folder->write(hint.fixes.last().newFile, hint.fixes.last().text.toUtf8());
        QVERIFY(m_folder->problems().isEmpty());
    }

    void whatATextBreaksElsewhereIsTold()
    {
        const auto checked = check(u"aggregates/cart.json"_qs, js("{'events': ['OTHER']}"));
        const auto elsewhere = std::find_if(checked.problems.begin(), checked.problems.end(),
            [](const auto& problem) { return problem.file == u"commands/ADD_ITEM.json"; });
        QVERIFY(elsewhere != checked.problems.end());
    }

    void completesByPlace_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("some");
        QTest::addColumn<QStringList>("none");
        const QString event = u"events/ITEM_ADDED.json"_qs;
        const QString command = u"commands/ADD_ITEM.json"_qs;
        const auto row = [](const char* name, const QString& path, const char* text,
                             const QStringList& some, const QStringList& none = {}) {
            QTest::newRow(name) << path << js(text) << some << none;
        };
        row("keys", command, "{'stream': 'cart-{data.cartId}', '|'}", { u"emit"_qs, u"schema"_qs },
            { u"stream"_qs, u"that"_qs });
        row("keys unquoted", command, "{\n|\n}", { u"emit"_qs });
        row("typed keys", command, "{'sch|'}", { u"schema"_qs }, { u"emit"_qs });
        row("inner keys", command, "{'require': [{'|'}]}", { u"that"_qs, u"message"_qs });
        row("schema keys", command, "{'schema': {'properties': {'a': {'min|'}}}}",
            { u"minimum"_qs, u"minLength"_qs });
        row("schema values", command, "{'schema': {'type': '|'}}", { u"object"_qs });
        row("formats", command, "{'schema': {'format': 'da|'}}", { u"date"_qs, u"date-time"_qs });
        row("values", event, "{'evolve': '|'}", { u"merge"_qs, u"delete"_qs });
        row("event types", command, "{'emit': [{'type': '|'}]}", { u"ITEM_ADDED"_qs });
        row("commands", u"examples/x.json"_qs, "{'when': {'command': '|'}}", { u"ADD_ITEM"_qs });
        row("variables", event, "{'evolve': {'/a': '|'}}",
            { u"state"_qs, u"data"_qs, u"event"_qs, u"size()"_qs }, { u"exists"_qs });
        row("guards", command, "{'require': [{'that': 'exi|'}]}", { u"exists"_qs });
        row("data fields", event,
            "{'schema': {'properties': {'sku': {}, 'qty': {}}}, 'evolve': {'/a': 'data.|'}}",
            { u"sku"_qs, u"qty"_qs }, { u"cartId"_qs });
        row("state fields", command,
            "{'stream': 'cart-{data.cartId}', 'emit': [], 'require': [{'that': 'state.|'}]}",
            { u"items"_qs, u"count"_qs, u"owner"_qs });
        row("nested fields", event, "{'evolve': {'/a': 'state.owner.|'}}", { u"name"_qs });
        row("event fields", event, "{'evolve': {'/a': 'event.|'}}", { u"time"_qs, u"stream"_qs });
        row("member functions", event, "{'evolve': {'/a': 'data.sku.star|'}}",
            { u"startsWith()"_qs });
        row("templates", command,
            "{'schema': {'properties': {'cartId': {}}}, 'emit': [], 'stream': 'cart-{data.|}'}",
            { u"cartId"_qs });
        row("outside braces", command, "{'stream': 'da|'}", {}, { u"data"_qs });
        row("rule keys", event, "{'evolve': {'/it|': ''}}", { u"items"_qs });
        row("pointers", u"aggregates/cart.json"_qs,
            "{'initialState': {'items': 1}, 'headline': ['/|']}", { u"items"_qs });
    }
    void completesByPlace()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(QStringList, some);
        QFETCH(QStringList, none);
        const QStringList names = offered(path, text);
        for (const QString& name : some)
            QVERIFY2(names.contains(name), qPrintable(name + u" in "_qs + names.join(u' ')));
        for (const QString& name : none)
            QVERIFY2(!names.contains(name), qPrintable(name));
    }

    void whatIsInsertedReplacesTheWord()
    {
        Completions all;
        const QString text
            = js("{'evolve': {'/a': '1 + data.q'}, 'schema': {'properties': {'qty': {}}}}");
        const int at = static_cast<int>(text.indexOf(u"data.q")) + 6;
        QString marked = text;
        QCOMPARE(offered(u"events/ITEM_ADDED.json"_qs, marked.insert(at, u'|'), &all).first(),
            u"qty"_qs);
        QString after = text;
        QVERIFY(after.replace(all.start, all.length, all.items.first().text)
                    .contains(u"1 + data.qty"_qs));
        static_cast<void>(offered(u"events/ITEM_ADDED.json"_qs, js("{'evo|'}"), &all));
        after = js("{'evo'}");
        after.replace(all.start, all.length, all.items.first().text);
        QVERIFY2(after.startsWith(js("{'evolve': ")), qPrintable(after));
    }

    void templatesLoad_data()
    {
        QTest::addColumn<int>("kind");
        for (const DefinitionKind kind : { DefinitionKind::Aggregate, DefinitionKind::Event,
                 DefinitionKind::Command, DefinitionKind::Projection })
            QTest::addRow("%s", qPrintable(folderOf(kind))) << static_cast<int>(kind);
    }
    void templatesLoad()
    {
        QFETCH(int, kind);
        const auto which = static_cast<DefinitionKind>(kind);
        const QString path = fileNameOf(folderOf(which), u"thing"_qs);
        for (const auto& problem : check(path, definitionTemplate(which, u"thing"_qs)).problems)
            QVERIFY2(problem.level == DefinitionProblem::Level::Hint, qPrintable(problem.message));
        const auto example = check(u"examples/x.json"_qs,
            definitionTemplate(DefinitionKind::Example, u"x"_qs, u"ADD_ITEM"_qs));
        QVERIFY(example.problems.isEmpty());
    }

    void anythingBrokenIsChecked()
    {
        QByteArray deep = QByteArray(50'000, '[');
        for (const QByteArray& text : { QByteArray(), QByteArray("{"), QByteArray("\xff\xfe"), deep,
                 QByteArray("{\"a\":\"\\"), QByteArray("]]]"),
                 QByteArray("{\"evolve\": {\"/{\": 1}}") }) {
            const QString shown = QString::fromUtf8(text);
            QVERIFY(!check(u"events/X.json"_qs, shown).problems.isEmpty());
            for (int at = 0; at <= std::min<qsizetype>(shown.size(), 20); ++at)
                static_cast<void>(completionsAt(
                    u"events/X.json"_qs, shown, at, DefinitionNames(Workspace::empty())));
        }
    }
};

QTEST_APPLESS_MAIN(TestDefinitionCheck)
#include "tst_definitioncheck.moc"
