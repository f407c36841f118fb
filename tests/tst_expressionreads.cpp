#include "support/expressionsample.h"

#include <QTest>

#include <optional>

using namespace eventloupe;

namespace {

/// The same variables as texts, counted.
class TextVariables final : public VariableReader {
public:
    const Value* value(std::size_t variable) override
    {
        auto& value = m_values.at(variable);
        if (!value) {
            m_trees += variable < 2 ? 1 : 0;
            value = variables().at(variable);
        }
        return &*value;
    }
    [[nodiscard]] std::string_view jsonText(std::size_t variable) const override
    {
        m_looks += variable < 2 ? 1 : 0;
        return variable == 0 ? viewOf(stateText)
            : variable == 1  ? viewOf(dataText)
                             : std::string_view();
    }
    [[nodiscard]] int looks() const { return m_looks; }
    [[nodiscard]] int trees() const { return m_trees; }

private:
    std::array<std::optional<Value>, 3> m_values;
    mutable int m_looks = 0;
    int m_trees = 0;
};

constexpr auto textSources = std::to_array<const char*>({
    "state.balance + data.amount > 100.0 && data.currency == \"EUR\"",
    "state.items.a == 1 && state.items == {'a': 1}",
    "state.items.b == 1",
    "state.none.x == 1",
    "state.tags.x == 1",
    "state.name.first == 'A'",
    "state.none == null",
    "state.tags[1] == 'y' && 'x' in state.tags && size(state.tags) == 2",
    "state.tags[2] == 'y'",
    "state.big == 18446744073709551615u && state.exact == 9007199254740993",
    "string(state.price) == '100.10' && state.price * 2.0 == 200.2",
    "state.name.startsWith('Ad') && state.name.matches('^A') && state.name + '!' == 'Ada!'",
    "state.name > 1",
    "state.name",
    "data.lines.exists(line, line.sku == 'B' && line.qty < data.amount)",
    "data.lines.map(line, line.qty) == [2, 1]",
    "has(data.amount) && !has(data.total)",
    "has(data.lines.qty)",
    "has(data.total.x)",
    "has(data.currency.x)",
    "has(state.items.a) && !has(state.items.b)",
    "[1].all(data, has(data.amount))",
    "[{'amount': 1}].all(data, has(data.amount) && data.amount == 1)",
    "type(state.price) == double && type(state.big) == uint && type(data) == map",
    "data == data && data.lines == data.lines",
    "data.total > 1 || data.amount == 30",
    "data.total > 1 || data.amount == 31",
    "data.total > 1 ? true : false",
    "dyn(data).amount == 30",
});

} // namespace

/// What an expression looks at of its variables, and how a test of texts goes.
class TestExpressionReads : public QObject {
    Q_OBJECT

private slots:
    void judges();
    void textsGiveWhatTreesGive();
    void readsWhatIsReached();
    void testWantsABoolean();
    void uses();
    void reads();
};

void TestExpressionReads::judges()
{
    const auto judged = [](std::string_view source) {
        TextVariables texts;
        return Expression::compile(source, names)->judge(texts);
    };
    QCOMPARE(judged("data.amount > 10"), Verdict::Holds);
    QCOMPARE(judged("data.amount > 100"), Verdict::HoldsNot);
    QCOMPARE(judged("data.total > 10"), Verdict::Missing);
    QCOMPARE(judged("data.lines[2].qty > 10"), Verdict::Missing);
    QCOMPARE(judged("data.currency.code == 'EUR'"), Verdict::Missing);
    QCOMPARE(judged("data.currency > 10"), Verdict::Failed);
    QCOMPARE(judged("data.amount"), Verdict::Failed);
    QCOMPARE(judged("data.total > 10 || version == 7"), Verdict::Holds);
    QCOMPARE(judged("data.total > 10 && version == 8"), Verdict::HoldsNot);
    TextVariables texts;
    QCOMPARE(Expression().judge(texts), Verdict::Failed);
    QVERIFY(!Expression().evaluate(variables()).ok());
}

/// Fields out of the text give what fields out of the tree give, failures and their words as well.
void TestExpressionReads::textsGiveWhatTreesGive()
{
    for (const char* source : textSources) {
        const auto expression = Expression::compile(source, names);
        QVERIFY2(expression.ok(), source);
        TextVariables texts;
        const auto fromText = expression->test(texts);
        const auto fromTree = expression->test(variables());
        QVERIFY2(fromText.ok() == fromTree.ok(), source);
        if (fromTree)
            QVERIFY2(*fromText == *fromTree, source);
        else
            QCOMPARE(fromText.error().message, fromTree.error().message);
    }
}

void TestExpressionReads::readsWhatIsReached()
{
    const auto expression = Expression::compile("version == 8 && data.amount > 1", names);
    TextVariables texts;
    QCOMPARE(expression->judge(texts), Verdict::HoldsNot);
    QCOMPARE(texts.looks(), 0);
    // A tree is built where a text would be walked through again and again.
    const auto loop = Expression::compile(
        "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18].all(i, data.amount > i)", names);
    QCOMPARE(loop->judge(texts), Verdict::Holds);
    QCOMPARE(texts.trees(), 1);
}

void TestExpressionReads::testWantsABoolean()
{
    const auto expression = Expression::compile("data.amount", names);
    QVERIFY(expression.ok());
    const auto result = expression->test(variables());
    QVERIFY(!result.ok());
    QCOMPARE(result.error().message,
        QStringLiteral("the expression gives a value of type int, not true or false"));
}

void TestExpressionReads::uses()
{
    const auto expression = Expression::compile("[1].all(state, data.x > state)", names);
    QVERIFY(expression.ok());
    QVERIFY(!expression->uses(0));
    QVERIFY(expression->uses(1));
    QVERIFY(!expression->uses(2));
    QVERIFY(!expression->uses(3));
    QCOMPARE(expression->source(), QByteArray("[1].all(state, data.x > state)"));
}

void TestExpressionReads::reads()
{
    const auto textOf = [](std::string_view source) {
        const auto expression = Expression::compile(source, names);
        const auto reads = expression->reads();
        QByteArray text;
        if (!reads)
            return QByteArray("all");
        for (const auto& field : reads->fields)
            text += QByteArray::number(qsizetype(field.variable)) + '.' + field.names[0]
                + (field.names.size() > 1 ? ".." : "") + ' ';
        for (const auto& test : reads->tests)
            text += "has " + QByteArray::number(qsizetype(test.variable)) + '.' + test.names[0];
        return text;
    };
    QCOMPARE(textOf("state.n + data.a.b + state.n"), QByteArray("0.n 1.a.. "));
    QCOMPARE(textOf("has(state.n) ? state.n : 1"), QByteArray("0.n has 0.n"));
    QCOMPARE(textOf("has(data.a.b)"), QByteArray("1.a "));
    QCOMPARE(textOf("data.items.all(data, data.x > 1)"), QByteArray("1.items "));
    QCOMPARE(textOf("1 + 2"), QByteArray());
    QCOMPARE(textOf("data"), QByteArray("all"));
    QCOMPARE(textOf("data['x']"), QByteArray("all"));
    QCOMPARE(textOf("size(state) + state.n"), QByteArray("all"));

    const auto operation = Expression::compile("2 - state.n", names)->operation();
    QVERIFY(operation);
    QCOMPARE(operation->symbol, '-');
    QCOMPARE(operation->constants[0].toInt(), 2);
    QCOMPARE(operation->fields[1]->names, std::vector<QByteArray>({ "n" }));
    QVERIFY(!Expression::compile("state.n / 2", names)->operation());
    QVERIFY(!Expression::compile("state.n + 1 + 1", names)->operation());
}

QTEST_APPLESS_MAIN(TestExpressionReads)
#include "tst_expressionreads.moc"
