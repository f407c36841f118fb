#include "domain/example.h"
#include "expression/expression.h"
#include "reference/reference.h"
#include "support/workspacefolder.h"

#include <QRegularExpression>
#include <QTest>

using namespace eventloupe;

namespace {

struct Block {
    QString info; ///< Behind the three quotes.
    QString text;
    QString section;
};

QList<Block> blocks()
{
    QList<Block> found;
    for (const ReferenceSection& section : referenceSections()) {
        bool isCode = false;
        for (const QString& line : section.markdown.split(u'\n')) {
            const bool isFence = line.startsWith(u"```"_qs);
            if (isFence && !isCode)
                found.append({ line.mid(3), QString(), section.id });
            else if (!isFence && isCode)
                found.last().text += line + u'\n';
            isCode = isCode != isFence;
        }
    }
    return found;
}

/// "" when the expression gives the value, else what it gives.
QString fault(const QString& expression, const QString& expected, const JsonValue& given)
{
    std::vector<QByteArray> names;
    std::vector<Value> values;
    for (const JsonValue::Member& member : given.members()) {
        names.push_back(member.key);
        values.push_back(Value::fromJson(member.value));
    }
    const std::vector<std::string_view> views(names.begin(), names.end());
    const auto compiled = Expression::compile(viewOf(expression.toUtf8()), views);
    if (!compiled)
        return compiled.error().message;
    const auto value = compiled->evaluate(values);
    if (!value)
        return value.error().message;
    const auto json = value->toJson();
    if (!json)
        return json.error().message;
    return *json == jsonOf(expected.toUtf8()) ? QString() : QString::fromUtf8(json->toJson());
}

} // namespace

/// The reference says what is so: everything on it is run.
class TestReference : public QObject {
    Q_OBJECT

private slots:
    void thePageIsWhatIsGenerated()
    {
        QFile file(QStringLiteral(EVENTLOUPE_SOURCE "/docs/reference.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(
            file.readAll() == referencePage(), "run: eventloupe reference -o docs/reference.md");
    }

    void sectionsHaveNamesOfTheirOwn()
    {
        QSet<QString> ids;
        for (const ReferenceSection& section : referenceSections()) {
            QVERIFY2(!ids.contains(section.id), qPrintable(section.id));
            QVERIFY(!section.markdown.contains(u"\n@"_qs));
            ids.insert(section.id);
        }
        QVERIFY(ids.size() > 20);
        static const QRegularExpression link(u"\\]\\(#([^)]+)\\)"_qs);
        for (const ReferenceSection& section : referenceSections()) {
            auto links = link.globalMatch(section.markdown);
            while (links.hasNext()) {
                const auto target = links.next().captured(1);
                QVERIFY2(ids.contains(target), qPrintable(target));
            }
        }
    }

    void everyDefinitionLoadsAndEveryExampleHolds()
    {
        WorkspaceFolder folder;
        int count = 0;
        for (const Block& block : blocks()) {
            if (!block.info.startsWith(u"json "_qs))
                continue;
            folder.write(block.info.mid(5), block.text.toUtf8());
            ++count;
        }
        QVERIFY(count >= 12);
        QCOMPARE(folder.problems(), QStringList());
        const auto workspace = folder.load();
        QList<WorkspaceProblem> problems;
        const auto examples = loadExamples(*workspace, problems);
        QVERIFY(problems.isEmpty());
        QVERIFY(examples.size() >= 3);
        for (const Example& example : examples) {
            const auto difference = runExample(workspace, example);
            QVERIFY2(difference.isEmpty(), qPrintable(example.file));
        }
    }

    void everyExpressionGivesWhatIsSaid()
    {
        int count = 0;
        for (const Block& block : blocks()) {
            if (block.info != u"cel")
                continue;
            JsonValue given = JsonValue::emptyObject();
            for (const QString& line : block.text.split(u'\n', Qt::SkipEmptyParts)) {
                if (line.startsWith(u"given "_qs)) {
                    given = jsonOf(line.mid(6).toUtf8());
                    continue;
                }
                const auto parts = line.split(u" ⇒ "_qs);
                QVERIFY2(parts.size() == 2, qPrintable(line));
                const auto wrong = fault(parts.at(0), parts.at(1), given);
                QVERIFY2(wrong.isEmpty(), qPrintable(line + u" gives "_qs + wrong));
                ++count;
            }
        }
        QVERIFY(count > 50);
    }
};

QTEST_APPLESS_MAIN(TestReference)
#include "tst_reference.moc"
