#include "schema/schema.h"
#include "value/json.h"

#include <QtTest>

using namespace eventloupe;

namespace {

JsonValue json(const QByteArray& text)
{
    auto value = parseJson({ text.constData(), static_cast<std::size_t>(text.size()) });
    return value ? *value : JsonValue::fromString(QByteArray("not JSON: " + text));
}

/// "/age must be at least 1; /name is required", or "" when the value fits.
QString verdict(const QByteArray& schema, const QByteArray& value)
{
    const auto compiled = Schema::compile(json(schema));
    if (!compiled)
        return QStringLiteral("schema: ") + compiled.error().message;
    QStringList texts;
    for (const SchemaViolation& violation : compiled->validate(json(value)))
        texts.append(QString::fromUtf8(violation.place.toText() + ' ') + violation.message);
    return texts.join(QStringLiteral("; "));
}

} // namespace

/// Schemas, patterns and values that would take for ever end with a reason.
class tst_SchemaBounds : public QObject {
    Q_OBJECT

private slots:
    void givesUpCostlyPatterns();
    void givesUpACostlyPattern_data();
    void givesUpACostlyPattern();
    void endsWhereTheSchemaDoubles();
    void endsWhereTheSchemaIsTooDeep();
    void endsADynamicLoop();
    void endsWhereAlternativesDouble();
    void givesUpCostlyPatternsInAValue();
    void validatesDeepValues();
    void boundsItsReport();
    void findsARepeatedEntryAmongMany();
};

void tst_SchemaBounds::givesUpCostlyPatterns()
{
    QByteArray text = "{\"allOf\":[true";
    for (int i = 0; i < 20'000; ++i)
        text += ",{\"pattern\":\"((a{1,100}){1,80}){0,6}x" + QByteArray::number(i) + "\"}";
    text += "]}";
    const auto document = parseJson({ text.constData(), static_cast<std::size_t>(text.size()) });
    QVERIFY(document);
    const auto schema = Schema::compile(*document);
    QVERIFY(!schema);
    QVERIFY2(schema.error().message.contains(u"the patterns of this schema take too long"_qs),
        qPrintable(schema.error().message));
}

void tst_SchemaBounds::givesUpACostlyPattern_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* name, const char* pattern, const QByteArray& value) {
        QTest::newRow(name) << R"({"items":{"pattern":")" + QByteArray(pattern) + R"("}})" << value;
    };
    const QByteArray text = '"' + QByteArray(50'000, 'a') + "!\"";
    row("twice", "^(a|a)*$", '[' + text + ']');
    row("nested", "^(([a-z])+.)+[A-Z]([a-z])+$", '[' + text + ']');
    row("at each place", "a{0,90}a{0,90}a{0,90}[bc]", '[' + text + ']');
    QByteArray many = "[";
    for (int i = 0; i < 2000; ++i)
        many += (i > 0 ? ",\"" : "\"") + QByteArray(26, 'a') + '"';
    row("in many texts", "(a|aa)*[bc]$", many + ']');
    row("of names", "^(a|a)*$", R"([{")" + QByteArray(5000, 'a') + R"(!":1}])");
    const QByteArray properties
        = R"({"patternProperties":{"^(a|a)*$":false},"not":{"minProperties":2}})";
    QTest::newRow("in a name") << properties << R"({")" + QByteArray(5000, 'a') + R"(!":1})";
    QTest::newRow("in a negation") << QByteArray(R"({"not":{"pattern":"^(a|a)*$"}})") << text;
}

void tst_SchemaBounds::givesUpACostlyPattern()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, value);
    if (qstrcmp(QTest::currentDataTag(), "of names") == 0)
        schema.replace(R"("pattern")", R"("propertyNames":{"pattern")").append('}');
    const QString found = verdict(schema, value);
    QVERIFY2(found.contains(QStringLiteral("takes too long to match against the pattern")),
        qPrintable(found.left(300)));
    QVERIFY(found.contains(QStringLiteral("; simplify it")));
}

void tst_SchemaBounds::endsWhereTheSchemaDoubles()
{
    QByteArray definitions;
    for (int i = 0; i < 60; ++i) {
        const QByteArray next = R"({"$ref":"#/$defs/d)" + QByteArray::number(i + 1) + R"("})";
        definitions
            += R"("d)" + QByteArray::number(i) + R"(":{"allOf":[)" + next + ',' + next + "]},";
    }
    const QString found = verdict(
        R"({"$ref":"#/$defs/d0","$defs":{)" + definitions + R"("d60":{"type":"null"}}})", "1");
    QVERIFY2(found.contains(QStringLiteral("steps to validate; simplify the schema")),
        qPrintable(found));
}

void tst_SchemaBounds::endsWhereTheSchemaIsTooDeep()
{
    QByteArray definitions;
    constexpr int last = 20'000;
    for (int i = 0; i < last; ++i) {
        definitions += R"("d)" + QByteArray::number(i) + R"(":{"$ref":"#/$defs/d)"
            + QByteArray::number(i + 1) + R"("},)";
    }
    const QString found = verdict(R"({"$ref":"#/$defs/d0","$defs":{)" + definitions + R"("d)"
            + QByteArray::number(last) + R"(":{"type":"null"}}})",
        "1");
    QVERIFY2(found.contains(QStringLiteral("is nested too deeply")), qPrintable(found));
}

void tst_SchemaBounds::endsADynamicLoop()
{
    const QString found = verdict(
        R"({"$dynamicAnchor":"me","anyOf":[{"$dynamicRef":"#me"},{"$dynamicRef":"#me"}]})", "1");
    QVERIFY2(found.contains(QStringLiteral("or the schema refers to itself endlessly")),
        qPrintable(found));
}

/// Its steps are few, and what is wrong is worded at each.
void tst_SchemaBounds::endsWhereAlternativesDouble()
{
    QByteArray definitions;
    for (int i = 0; i < 40; ++i) {
        const QByteArray next = R"({"$ref":"#/$defs/d)" + QByteArray::number(i + 1) + R"("})";
        definitions
            += R"("d)" + QByteArray::number(i) + R"(":{"oneOf":[)" + next + ',' + next + "]},";
    }
    const QString found = verdict(
        R"({"$ref":"#/$defs/d0","$defs":{)" + definitions + R"("d40":{"type":"null"}}})", "1");
    QVERIFY2(found.contains(QStringLiteral("steps to validate; simplify the schema")),
        qPrintable(found.left(300)));
    // A few levels say all that they have to say, and no more than can be read.
    QByteArray nested = R"({"type":"null"})";
    for (int i = 0; i < 8; ++i)
        nested = R"({"oneOf":[)" + nested + ',' + nested + "]}";
    const QString reasons = verdict(nested, "1");
    QVERIFY(reasons.contains(QStringLiteral("fits none of the alternatives")));
    QVERIFY2(reasons.size() < 2000, qPrintable(QString::number(reasons.size())));
}

void tst_SchemaBounds::givesUpCostlyPatternsInAValue()
{
    QByteArray value = "[";
    for (int i = 0; i < 100'000; ++i)
        value += (i > 0 ? ",\"" : "\"") + QByteArray("((a{1,100}){1,80}){0,6}x")
            + QByteArray::number(i) + '"';
    const QString found = verdict(R"({"items":{"format":"regex"}})", value + ']');
    QVERIFY2(found.contains(QStringLiteral("the patterns of this value take too long to read")),
        qPrintable(found.left(300)));
}

void tst_SchemaBounds::validatesDeepValues()
{
    const QByteArray value = QByteArray(1000, '[') + QByteArray(1000, ']');
    const QByteArray tree = R"({"$ref":"#/$defs/node","$defs":{"node":{"type":"array",)"
                            R"("anyOf":[{"items":{"$ref":"#/$defs/node"}},{"maxItems":0}]}}})";
    QCOMPARE(verdict(tree, value), QString());
    const QByteArray deepSchema
        = QByteArray(R"({"items":)").repeated(990) + "{}" + QByteArray(990, '}');
    QCOMPARE(verdict(deepSchema, value), QString());
}

void tst_SchemaBounds::boundsItsReport()
{
    const auto schema = Schema::compile(json(R"({"items":{"type":"string"}})"));
    QVERIFY(schema.ok());
    JsonValue rows = JsonValue::emptyArray();
    for (int i = 0; i < 5000; ++i)
        rows.append(JsonValue::fromInt(i));
    QCOMPARE(schema->validate(rows).size(), 1000);
}

void tst_SchemaBounds::findsARepeatedEntryAmongMany()
{
    const auto schema = Schema::compile(json(R"({"uniqueItems":true})"));
    QVERIFY(schema.ok());
    JsonValue rows = JsonValue::emptyArray();
    for (int i = 0; i < 100'000; ++i)
        rows.append(JsonValue::fromInt(i));
    QVERIFY(schema->validate(rows).isEmpty());
    rows.append(json("77"));
    QCOMPARE(schema->validate(rows).first().message,
        QStringLiteral("must not repeat an entry: entries 78 and 100001 are equal"));
}

QTEST_APPLESS_MAIN(tst_SchemaBounds)
#include "tst_schemabounds.moc"
