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

class tst_Schema : public QObject {
    Q_OBJECT

private slots:
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void assertsFormats_data();
    void assertsFormats();
    void assertsFormatsOfTimes_data();
    void assertsFormatsOfTimes();
    void refusesWrongSchemas_data();
    void refusesWrongSchemas();
    void comparesNumbersExactly_data();
    void comparesNumbersExactly();
    void namesTheKeyword();
    void acceptsEverythingByDefault();
    void saysWhereTheSchemaSaysIt();
    void tellsAlternativesApart();
    void followsReferencesForForms();
    void fillsDefaults();
};

void tst_Schema::saysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* schema, const char* value, const char* text) {
        QTest::newRow(name) << QByteArray(schema) << QByteArray(value) << QString::fromUtf8(text);
    };
    row("type", R"({"type":"integer"})", R"("1")", " must be a whole number");
    row("types", R"({"type":["string","null"]})", "1", " must be a text or null");
    row("1.0 is whole", R"({"type":"integer"})", "1.0", "");
    row("1.5 is not", R"({"type":"integer"})", "1.5", " must be a whole number");
    row("required", R"({"required":["name"]})", "{}", "/name is required");
    row("minimum", R"({"properties":{"qty":{"minimum":1}}})", R"({"qty":0})",
        "/qty must be at least 1");
    row("exclusiveMaximum", R"({"exclusiveMaximum":10.50})", "10.5", " must be less than 10.50");
    row("enum", R"({"enum":["EUR","USD"]})", R"("GBP")", " must be one of EUR, USD");
    row("const", R"({"const":42})", "41", " must be 42");
    row("empty", R"({"minLength":1})", R"("")", " must not be empty");
    row("characters, not bytes", R"({"maxLength":3})", R"("äöü")", "");
    row("characters, not UTF-16", R"({"maxLength":1})", R"("😀")", "");
    row("too long", R"({"maxLength":3})", R"("abcd")", " must have at most 3 characters, has 4");
    row("pattern", R"({"pattern":"^[a-z]+$"})", R"("A1")", " must match the pattern ^[a-z]+$");
    row("blank", R"({"pattern":"\\S"})", R"("  ")", " must not be blank");
    row("not blank", R"({"pattern":"\\S"})", R"(" a ")", "");
    row("more than not blank", R"({"pattern":"\\S+"})", R"(" ")", " must match the pattern \\S+");
    row("end is the very end", R"({"pattern":"^a$"})", R"("a\n")", " must match the pattern ^a$");
    row("code unit", R"({"pattern":"^\\u00e9\\u{1F600}$"})", R"("é😀")", "");
    row("category", R"({"pattern":"^\\p{Letter}+$"})", R"("été")", "");
    row("no category", R"({"pattern":"^\\p{Letter}+$"})", R"("a1")",
        " must match the pattern ^\\p{Letter}+$");
    row("additional", R"({"properties":{"a":{}},"additionalProperties":false})", R"({"a":1,"b":2})",
        "/b is not allowed here");
    row("in an entry", R"({"items":{"required":["sku"]}})", R"([{"sku":"A"},{}])",
        "/1/sku is required");
    row("unique", R"({"uniqueItems":true})", "[1,2,1.0]",
        " must not repeat an entry: entries 1 and 3 are equal");
    row("anyOf", R"({"anyOf":[{"type":"string"},{"minimum":2}]})", "1",
        " fits none of the alternatives: must be a text; or must be at least 2");
    const char* kinds
        = R"({"oneOf":[{"required":["kind","no"],"properties":{"kind":{"const":"card"},
        "no":{"type":"string"}}},{"required":["kind","iban"],"properties":{"kind":{"const":"sepa"}}}]})";
    row("the alternative that a member names", kinds, R"({"kind":"card"})",
        " fits none of the alternatives: /no is required");
    row("a member that names no alternative", kinds, R"({"kind":"cash","no":"1"})",
        " fits none of the alternatives: /kind must be one of card, sepa");
    row("no member that names one", kinds, R"({"no":"1"})",
        " fits none of the alternatives: /kind is required; or /kind is required");
    row("oneOf", R"({"oneOf":[{"type":"integer"},{"minimum":2}]})", "3",
        " must fit one alternative only, fits 2");
    row("dependentRequired", R"({"dependentRequired":{"card":["owner"]}})", R"({"card":1})",
        "/owner is required when card is given");
    row("two faults", R"({"required":["a"],"properties":{"b":{"type":"boolean"}}})", R"({"b":0})",
        "/a is required; /b must be true or false");
    row("escaped place", R"({"properties":{"a/b":{"type":"null"}}})", R"({"a/b":0})",
        "/a~1b must be null");
    row("unknown keywords", R"({"x-editor":"slider"})", "1", "");
}

void tst_Schema::saysWhatIsWrongAndWhere()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, value);
    QFETCH(QString, expected);
    QCOMPARE(verdict(schema, value), expected);
}

void tst_Schema::assertsFormats_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char* format, const char* text, bool valid) {
        QTest::addRow("%s %s", format, text) << QByteArray(format) << QByteArray(text) << valid;
    };
    row("email", "ada@example.org", true);
    row("email", "te~st+x@example.com", true);
    row("email", "joe@[127.0.0.1]", true);
    row("email", "ada", false);
    row("email", ".ada@example.org", false);
    row("email", "a..b@example.org", false);
    row("email", "ada@exa mple.org", false);
    row("uuid", "018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a55", true);
    row("uuid", "018E4C2A-7B1D-7C3E-9F00-2F6F1B1C0A55", true);
    row("uuid", "018e4c2a7b1d7c3e9f002f6f1b1c0a55", false);
    row("uuid", "018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a55x", false);
    row("uri", "https://user@example.org:8080/a?b=c#d", true);
    row("uri", "urn:uuid:018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a55", true);
    row("uri", "http://[2001:db8::7]/c=GB", true);
    row("uri", "//example.org/a", false);
    row("uri", "http://example.org/a b", false);
    row("uri", "https://example.org:80x/", false);
    row("ipv4", "192.0.2.1", true);
    row("ipv4", "192.0.2.256", false);
    row("ipv4", "192.0.02.1", false);
    row("ipv4", "192.0.2", false);
    row("ipv6", "2001:db8::1", true);
    row("ipv6", "::", true);
    row("ipv6", "::ffff:192.0.2.1", true);
    row("ipv6", "1:2:3:4:5:6:7", false);
    row("ipv6", "1::2::3", false);
    row("ipv6", "12345::", false);
    row("regex", "^[a-z]+$", true);
    row("regex", "(a", false);
    row("regex", "^a\\\\Z", false);
    row("hostname", "www.example.org", true);
    row("hostname", "-a.example.org", false);
    row("hostname", "a_b.example.org", false);
    row("colour", "anything goes", true);
}

void tst_Schema::assertsFormatsOfTimes_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char* format, const char* text, bool valid) {
        QTest::addRow("%s %s", format, text) << QByteArray(format) << QByteArray(text) << valid;
    };
    row("date-time", "2026-03-01T14:03:22Z", true);
    row("date-time", "2026-03-01t14:03:22.123456789+05:30", true);
    row("date-time", "1998-12-31T23:59:60Z", true);
    row("date-time", "1998-12-31T15:59:60.1-08:00", true);
    row("date-time", "1998-12-31T22:59:60Z", false);
    row("date-time", "2026-03-01 14:03:22Z", false);
    row("date-time", "2026-03-01T14:03:22", false);
    row("date-time", "2026-03-01T24:00:00Z", false);
    row("date-time", "2026-03-01T14:03:22Zulu", false);
    row("date", "2024-02-29", true);
    row("date", "2026-02-29", false);
    row("date", "1900-02-29", false);
    row("date", "2026-2-1", false);
    row("time", "14:03:22Z", true);
    row("time", "14:03:22.Z", false);
    row("time", "14:03", false);
    for (const char* good : { "P1Y2M3D", "PT1H30M", "P2W", "P4DT12H30M5S", "PT36H", "P1M" })
        row("duration", good, true);
    for (const char* bad : { "P", "PT", "P1YT", "P1D2H", "PT1D", "4DT12H", "P2D1Y", "P1Y2W", "P1",
             "P1H", "p1y", "PT1.5S", "" })
        row("duration", bad, false);
}

void tst_Schema::assertsFormatsOfTimes()
{
    assertsFormats();
}

void tst_Schema::assertsFormats()
{
    QFETCH(QByteArray, format);
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    const QString reason = verdict(R"({"format":")" + format + "\"}", '"' + text + '"');
    QVERIFY2(reason.isEmpty() == valid, qPrintable(reason));
}

void tst_Schema::refusesWrongSchemas_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* schema, const char* text) {
        QTest::newRow(name) << QByteArray(schema) << QString::fromUtf8(text);
    };
    row("not a schema", "1", "the schema: must be an object, true or false");
    row("type", R"({"properties":{"a/b":{"type":"text"}}})",
        "/properties/a~1b/type: must be string, integer, number, boolean, object, array or null, "
        "or an array of these");
    row("required", R"({"required":"name"})", "/required: must be an array of strings");
    row("minimum", R"({"minimum":"1"})", "/minimum: must be a number");
    row("multipleOf", R"({"multipleOf":0})", "/multipleOf: must be more than 0");
    row("length", R"({"minLength":-1})", "/minLength: must be a whole number from 0");
    row("pattern", R"({"pattern":"(a"})",
        "/pattern: must be a regular expression: missing closing parenthesis");
    row("deep", R"({"items":{"anyOf":[true,{"enum":1}]}})",
        "/items/anyOf/1/enum: must be an array");
    row("title", R"({"title":1})", "/title: must be a string");
    row("draft 4", R"({"exclusiveMinimum":true})", "/exclusiveMinimum: must be a number");
    row("draft 7", R"({"items":[{}]})",
        "/items: must be a schema; a list of schemas is spelt prefixItems in JSON Schema 2020-12");
    row("$ref", R"({"properties":{"a":{"$ref":"#/$defs/a"}}})",
        "/properties/a/$ref: the reference #/$defs/a leads to nothing: there is no /$defs/a there");
    row("anchor", R"({"$ref":"#money"})",
        "/$ref: the reference #money leads to nothing: no $anchor there has the name money");
    row("$ref elsewhere", R"({"$ref":"other.json"})",
        R"(/$ref: the reference other.json leads out of the schema; put what it refers to under )"
        R"("$defs" and write "#/$defs/...")");
    row("network", R"({"items":{"$ref":"https://example.org/money.json"}})",
        R"(/items/$ref: the reference https://example.org/money.json leads out of the schema; put )"
        R"(what it refers to under "$defs" and write "#/$defs/...")");
    row("$ref no text", R"({"$ref":1})", "/$ref: must be a string");
    row("wrong definition", R"({"$defs":{"a":{"type":"text"}}})",
        "/$defs/a/type: must be string, integer, number, boolean, object, array or null, or an "
        "array of these");
    row("itself", R"({"$ref":"#"})",
        R"(/$ref: refers to itself without going into the value, which would never end; let it )"
        R"(refer to itself from below "properties" or "items" only)");
    row("round about",
        R"({"$defs":{"a":{"anyOf":[{"type":"null"},{"$ref":"#/$defs/b"}]},)"
        R"("b":{"allOf":[{"$ref":"#/$defs/a"}]}}})",
        R"(/$defs/b/allOf/0/$ref: refers to itself without going into the value, which would )"
        R"(never end; let it refer to itself from below "properties" or "items" only)");
    row("fragment", R"({"$id":"a.json#b"})",
        R"(/$id: must have no fragment (#...); name a part by "$anchor")");
    row("dialect", R"({"$schema":"https://example.org/mine"})",
        R"(/$schema: is no JSON Schema dialect that is known here; write )"
        R"("https://json-schema.org/draft/2020-12/schema")");
    row("draft 7 keyword",
        R"({"$schema":"http://json-schema.org/draft-07/schema#",)"
        R"("dependencies":{"a":["b"]}})",
        "/dependencies: is spelt dependentRequired and dependentSchemas in JSON Schema 2020-12");
}

void tst_Schema::refusesWrongSchemas()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, expected);
    QCOMPARE(verdict(schema, "null"), QStringLiteral("schema: ") + expected);
}

void tst_Schema::comparesNumbersExactly_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char* schema, const char* value, bool valid) {
        QTest::addRow("%s %s", schema, value) << QByteArray(schema) << QByteArray(value) << valid;
    };
    row(R"({"multipleOf":0.01})", "19.99", true);
    row(R"({"multipleOf":0.01})", "4.35", true);
    row(R"({"multipleOf":0.01})", "19.995", false);
    row(R"({"multipleOf":2.5})", "1e300", true);
    row(R"({"multipleOf":3})", "-9", true);
    row(R"({"multipleOf":3})", "9007199254740993", true);
    row(R"({"multipleOf":3})", "9007199254740992", false);
    row(R"({"maximum":9007199254740992})", "9007199254740993", false);
    row(R"({"minimum":18446744073709551615})", "18446744073709551614", false);
}

void tst_Schema::comparesNumbersExactly()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, value);
    QFETCH(bool, valid);
    QCOMPARE(verdict(schema, value).isEmpty(), valid);
}

void tst_Schema::namesTheKeyword()
{
    const auto schema = Schema::compile(json(R"({"required":["a"],"items":{"minimum":1}})"));
    QVERIFY(schema.ok());
    QCOMPARE(schema->validate(json("{}")).first().keyword, QByteArray("required"));
    QCOMPARE(schema->validate(json("[0]")).first().keyword, QByteArray("minimum"));
    QCOMPARE(schema->document(), json(R"({"required":["a"],"items":{"minimum":1}})"));
}

void tst_Schema::acceptsEverythingByDefault()
{
    QVERIFY(Schema().validate(json(R"({"a":[1]})")).isEmpty());
    QVERIFY(Schema().validate(JsonValue()).isEmpty());
}

void tst_Schema::saysWhereTheSchemaSaysIt()
{
    const auto schema = Schema::compile(json(R"({"$defs":{"age":{"minimum":1}},)"
                                             R"("properties":{"a/b":{"$ref":"#/$defs/age"}},)"
                                             R"("additionalProperties":false})"));
    QVERIFY(schema.ok());
    const auto violations = schema->validate(json(R"({"a/b":0,"c":1})"));
    QCOMPARE(violations.size(), 2);
    QCOMPARE(violations[0].schemaPlace, QByteArray("#/$defs/age/minimum"));
    QCOMPARE(violations[1].schemaPlace, QByteArray("#/additionalProperties"));
}

void tst_Schema::tellsAlternativesApart()
{
    const auto schema = Schema::compile(json(R"({"oneOf":[{"type":"string"},)"
                                             R"({"properties":{"qty":{"minimum":1}},)"
                                             R"("required":["qty","sku"]}]})"));
    QVERIFY(schema.ok());
    const auto violations = schema->validate(json(R"({"qty":0})"));
    QCOMPARE(violations.size(), 1);
    QCOMPARE(violations[0].alternatives.size(), 2);
    QCOMPARE(violations[0].alternatives[0].size(), 1);
    QCOMPARE(violations[0].alternatives[1].size(), 2);
    QCOMPARE(violations[0].alternatives[1][0].place.toText(), QByteArray("/sku"));
}

void tst_Schema::followsReferencesForForms()
{
    const auto schema = Schema::compile(json(R"({"$defs":{"a":{"$ref":"#b"},)"
                                             R"("b":{"$anchor":"b","title":"B"},)"
                                             R"("c":{"$id":"c.json","$ref":"#/$defs/d",)"
                                             R"("$defs":{"d":{"title":"D"}}}}})"));
    QVERIFY(schema.ok());
    QCOMPARE(*schema->target("#/$defs/a"), json(R"({"$ref":"#b"})"));
    QCOMPARE(schema->target("#b")->find("title")->toString(), QStringLiteral("B"));
    QVERIFY(!schema->target("#/$defs/none"));
    const auto inner = schema->target("c.json");
    QVERIFY(inner);
    const auto innermost = schema->target(inner->find("$ref")->toUtf8());
    QVERIFY(innermost);
    QCOMPARE(innermost->find("title")->toString(), QStringLiteral("D"));
    QVERIFY(!Schema().target("#"));
}

void tst_Schema::fillsDefaults()
{
    const auto schema = Schema::compile(json(R"({"properties":{
        "currency":{"default":"EUR"},"qty":{"default":1},"note":{},
        "address":{"properties":{"country":{"default":"DE"}}}}})"));
    QVERIFY(schema.ok());
    QCOMPARE(schema->withDefaults(json(R"({"qty":3,"address":{}})")),
        json(R"({"qty":3,"address":{"country":"DE"},"currency":"EUR"})"));
    QCOMPARE(schema->withDefaults(json("[1]")), json("[1]"));
}

QTEST_APPLESS_MAIN(tst_Schema)
#include "tst_schema.moc"
