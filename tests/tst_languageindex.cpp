#include "expression/expression.h"
#include "expression/functions.h"
#include "expression/languageindex.h"

#include <QSet>
#include <QTest>

#include <algorithm>

using namespace eventloupe;

namespace {

using Kind = LanguageEntry::Kind;

QByteArray bytesOf(std::string_view text)
{
    return { text.data(), static_cast<qsizetype>(text.size()) };
}

QString evaluated(std::string_view source)
{
    const auto expression = Expression::compile(source, ExpressionNames());
    const auto value = expression ? expression->evaluate({}) : Result<Value>(expression.error());
    const auto json = value ? value->toJson() : Result<JsonValue>(value.error());
    return json ? QString::fromUtf8(json->toJson()) : json.error().message;
}

bool isCallable(const LanguageEntry& entry)
{
    return entry.kind == Kind::Function || entry.kind == Kind::Method || entry.kind == Kind::Macro;
}

QString faultOf(std::string_view source)
{
    ExpressionFault fault;
    return Expression::compile(source, ExpressionNames(), &fault) ? QString() : fault.message;
}

} // namespace

class TestLanguageIndex : public QObject {
    Q_OBJECT

private slots:
    void examplesGiveTheirResults_data();
    void examplesGiveTheirResults();
    void holdsEveryFunctionAndNoOther();
    void entriesAreWhole();
    void findsEntries();
    void namesWhatWasProbablyMeant_data();
    void namesWhatWasProbablyMeant();
};

void TestLanguageIndex::examplesGiveTheirResults_data()
{
    QTest::addColumn<QByteArray>("example");
    QTest::addColumn<QByteArray>("result");
    for (const LanguageEntry& entry : languageIndex()) {
        QTest::addRow("%d %s %s", int(entry.kind), bytesOf(entry.name).constData(),
            bytesOf(entry.example).constData())
            << bytesOf(entry.example) << bytesOf(entry.result);
    }
}

void TestLanguageIndex::examplesGiveTheirResults()
{
    QFETCH(QByteArray, example);
    QFETCH(QByteArray, result);
    QCOMPARE(evaluated(std::string_view(example.constData(), std::size_t(example.size()))),
        QString::fromUtf8(result));
}

void TestLanguageIndex::holdsEveryFunctionAndNoOther()
{
    QSet<QByteArray> known;
    for (const auto part : functionParts()) {
        for (const Function& function : part) {
            const auto kind = function.isMember ? Kind::Method : Kind::Function;
            QVERIFY2(languageEntry(function.name, kind), bytesOf(function.name).constData());
            known.insert((function.isMember ? "." : "") + bytesOf(function.name));
        }
    }
    for (const LanguageEntry& entry : languageIndex()) {
        const auto name = bytesOf(entry.name);
        if (entry.kind == Kind::Function)
            QVERIFY2(known.contains(name), name.constData());
        if (entry.kind == Kind::Method)
            QVERIFY2(known.contains('.' + name), name.constData());
    }
}

void TestLanguageIndex::entriesAreWhole()
{
    for (const LanguageEntry& entry : languageIndex()) {
        const auto name = bytesOf(entry.name);
        QVERIFY2(!descriptionOf(entry).isEmpty(), name.constData());
        QVERIFY2(!descriptionOf(entry).contains(u'\n'), name.constData());
        QVERIFY2(!entry.signature.empty(), name.constData());
        QCOMPARE(entry.receiver.empty(),
            entry.kind != Kind::Method
                && (entry.kind != Kind::Macro || name == "has" || name == "cel.bind"));
        if (isCallable(entry))
            QVERIFY2(entry.signature.find('(') != std::string_view::npos, name.constData());
        const auto shortName = name.mid(name.lastIndexOf('.') + 1);
        if (isCallable(entry) || entry.kind == Kind::Namespace)
            QVERIFY2(bytesOf(entry.example).contains(shortName), name.constData());
    }
}

void TestLanguageIndex::findsEntries()
{
    QVERIFY(languageEntry("math", Kind::Namespace) != nullptr);
    QVERIFY(languageEntry("math", Kind::Function) == nullptr);
    QCOMPARE(callableEntry("exists")->kind, Kind::Macro);
    QCOMPARE(callableEntry("size")->kind, Kind::Function);
    QVERIFY(callableEntry("sieze") == nullptr);
}

void TestLanguageIndex::namesWhatWasProbablyMeant_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* source, const char* message) {
        QTest::newRow(source) << QString::fromUtf8(source) << QString::fromUtf8(message);
    };
    row("siez('a')", "unknown function 'siez', did you mean 'size'?");
    row("'a'.startWith('a')", "unknown function 'startWith', did you mean 'startsWith'?");
    row("[1].exsts(x, true)", "unknown function 'exsts', did you mean 'exists'?");
    row("math.gratest(1)", "unknown function 'math.gratest', did you mean 'math.greatest'?");
    row("mth.floor(1.5)", "unknown function 'floor', did you mean 'math.floor'?");
    row("strings.qoute('a')", "unknown function 'strings.qoute', did you mean 'strings.quote'?");
    row("startsWith('ab', 'a')", "'startsWith' is written text.startsWith(prefix)");
    row("'1'.int()", "'int' is written int(value)");
    row("[1].all(x)", "'all' is written list.all(x, condition), list.all(i, x, condition)");
    row("'a'.replace('b')",
        "'replace' does not take 1 values; it is written text.replace(old, new[, limit])");
    row("frobnicate(1)", "unknown function 'frobnicate'");
    row("{'a': 1}?.a", "a field that may be missing is written value.?name");
    row("{'a': 1}.?", "a name is expected after '.?'");
}

void TestLanguageIndex::namesWhatWasProbablyMeant()
{
    QFETCH(QString, source);
    const auto text = source.toUtf8();
    QTEST(faultOf(std::string_view(text.constData(), std::size_t(text.size()))), "message");
}

QTEST_APPLESS_MAIN(TestLanguageIndex)
#include "tst_languageindex.moc"
