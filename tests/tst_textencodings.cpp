#include "encoding/yamlscalar.h"
#include "support/readpayload.h"

#include <QtTest>

#include <span>

using namespace eventloupe;

namespace {

// With the zeros that are in it.
#define VIEW(literal) std::string_view(literal, sizeof(literal) - 1)

/// A payload, and what it is read as: see readPayload().
struct Sample {
    const char* name;
    std::string_view bytes;
    const char* read;
};

/// The forms that php.net/manual/en/function.serialize.php and PHP's tests in
/// ext/standard/tests/serialize show.
constexpr Sample php[] = {
    { "null", VIEW("N;"), "null" },
    { "true", VIEW("b:1;"), "true" },
    { "false", VIEW("b:0;"), "false" },
    { "integer", VIEW("i:-42;"), "-42" },
    { "largest integer", VIEW("i:9223372036854775807;"), "9223372036854775807" },
    { "beyond 64 bits", VIEW("i:1180591620717411303424;"), "1180591620717411303424" },
    { "float", VIEW("d:0.10000000000000001;"), "0.10000000000000001" },
    { "float, whole", VIEW("d:5;"), "5" },
    { "float, exponent", VIEW("d:1.0E+25;"), "1.0E+25" },
    { "float, NaN", VIEW("d:NAN;"), "\"NaN\" ! NaN and infinities are shown as texts" },
    { "float, infinite", VIEW("d:-INF;"), "\"-Infinity\" ! NaN and infinities are shown as texts" },
    { "text", VIEW("s:5:\"a\"b;c\";"), "\"a\\\"b;c\"" },
    { "text, UTF-8", VIEW("s:2:\"\xc3\xa9\";"), "\"\xc3\xa9\"" },
    { "bytes", VIEW("s:1:\"\xff\";"), "{\"$bytes\":\"/w==\"}" },
    { "escaped text", VIEW("S:3:\"a\\c3\\a9\";"), "\"a\xc3\xa9\"" },
    { "empty array", VIEW("a:0:{}"), "[]" },
    { "list", VIEW("a:3:{i:0;s:5:\"apple\";i:1;b:1;i:2;a:1:{i:0;N;}}"), "[\"apple\",true,[null]]" },
    { "map", VIEW("a:2:{s:1:\"a\";i:1;s:1:\"b\";a:1:{i:5;i:2;}}"), "{\"a\":1,\"b\":{\"5\":2}}" },
    { "keys out of order", VIEW("a:2:{i:1;s:1:\"b\";i:0;s:1:\"a\";}"),
        "{\"1\":\"b\",\"0\":\"a\"}" },
    { "a list that goes wrong late", VIEW("a:3:{i:0;i:7;i:1;i:8;i:3;i:9;}"),
        "{\"0\":7,\"1\":8,\"3\":9}" },
    { "object",
        VIEW("O:8:\"Acme\\Box\":3:{s:1:\"a\";i:1;s:4:\"\0"
             "*\0"
             "b\";i:2;s:11:\"\0"
             "Acme\\Box\0"
             "c\";i:3;}"),
        "{\"__class\":\"Acme\\\\Box\",\"a\":1,\"b\":2,\"c\":3}" },
    { "empty object", VIEW("O:8:\"stdClass\":0:{}"), "{\"__class\":\"stdClass\"}" },
    { "own serialisation", VIEW("C:3:\"Box\":4:{x;}y}"),
        "{\"__class\":\"Box\",\"data\":\"x;}y\"}" },
    { "enum", VIEW("E:11:\"Suit:Hearts\";"), "{\"__class\":\"Suit\",\"name\":\"Hearts\"}" },
    { "reference", VIEW("a:2:{i:0;a:1:{s:1:\"x\";i:1;}i:1;R:2;}"), "[{\"x\":1},{\"x\":1}]" },
    { "object again", VIEW("a:3:{i:0;O:1:\"A\":1:{s:1:\"x\";i:1;}i:1;r:2;i:2;r:2;}"),
        "[{\"__class\":\"A\",\"x\":1},{\"__class\":\"A\",\"x\":1},{\"__class\":\"A\",\"x\":1}]" },
    { "cycle", VIEW("O:1:\"A\":1:{s:4:\"self\";r:1;}"),
        "{\"__class\":\"A\",\"self\":{\"$ref\":1}} ! a reference to what holds it is shown as its "
        "number" },
    { "no such reference", VIEW("a:1:{i:0;R:9;}"), "? byte 13: there is no value of that number" },
    { "duplicate keys", VIEW("a:2:{s:1:\"a\";i:1;s:1:\"a\";i:2;}"), "{\"a\":1,\"a\":2}" },
    { "cut off", VIEW("a:1:{i:0;s:9:\"abc"), "? byte 18: it ends within a value" },
    { "count too large", VIEW("a:2:{i:0;N;}"), "? byte 12: a key is expected" },
    { "count too small", VIEW("a:0:{i:0;N;}"), "? byte 6: this is not as PHP writes it" },
    { "huge count", VIEW("a:99999999999999999999:{}"), "? byte 3: a count is expected" },
    { "trailing", VIEW("i:1;i:2;"), "? byte 5: something follows the value" },
    { "boolean", VIEW("b:2;"), "? byte 3: a boolean must be 0 or 1" },
    { "number", VIEW("i:1e3;"), "? byte 3: this is no number" },
    { "nothing of PHP", VIEW("hello"), "? byte 2: this is not as PHP writes it" },
};

/// What Rails Event Store wrote, and what Psych's tests (test/psych/test_scalar_scanner.rb and
/// others) say about scalars.
constexpr Sample yaml[] = {
    { "Rails Event Store",
        VIEW("---\n:order_id: a58a31f7\n:number: 2026/0\n:customer: 1e3\n:channel: :web\n:ip: "
             "\"::1\"\n:ref:\n"),
        "{\"order_id\":\"a58a31f7\",\"number\":\"2026/"
        "0\",\"customer\":\"1e3\",\"channel\":\"web\",\"ip\":\"::1\",\"ref\":null}" },
    { "Rails Event Store, nested",
        VIEW("---\n:price: !ruby/object:BigDecimal 54:0.4018e2\n:options:\n- :size: S\n  "
             ":extras:\n  - - gift\n    - true\n  - - note\n    -\n"),
        "{\"price\":40.18,\"options\":[{\"size\":\"S\",\"extras\":[[\"gift\",true],[\"note\",null]]"
        "}]}" },
    { "BigDecimals",
        VIEW("- !ruby/object:BigDecimal 18:0.1e0\n- !ruby/object:BigDecimal 18:0.1e1\n- "
             "!ruby/object:BigDecimal 18:-0.9007199254740993123456789e17\n- "
             "!ruby/object:BigDecimal 9:0.0\n- !ruby/object:BigDecimal 9:NaN\n- "
             "!ruby/object:BigDecimal 9:0.1e-99\n- !ruby/object:BigDecimal x\n"),
        "[0.1,1,-90071992547409931.23456789,0,\"NaN\",1e-100,\"x\"] ! NaN and infinities are shown "
        "as texts" },
    { "HashWithIndifferentAccess",
        VIEW("--- !ruby/hash:ActiveSupport::HashWithIndifferentAccess\na: 1\n"), "{\"a\":1}" },
    { "HashWithIndifferentAccess, old",
        VIEW("--- !ruby/object:ActiveSupport::HashWithIndifferentAccess\na: 1\n"), "{\"a\":1}" },
    { "object", VIEW("--- !ruby/object:Acme::Order\nid: 7\n"),
        "{\"__class\":\"Acme::Order\",\"id\":7}" },
    { "struct", VIEW("--- !ruby/struct:Point\nx: 1\n"), "{\"__class\":\"Point\",\"x\":1}" },
    { "range", VIEW("--- !ruby/range\nbegin: 1\nend: 3\nexcl: false\n"),
        "{\"__class\":\"range\",\"begin\":1,\"end\":3,\"excl\":false}" },
    { "regexp", VIEW("--- !ruby/regexp /a+/i\n"), "{\"__class\":\"regexp\",\"value\":\"/a+/i\"}" },
    { "symbols", VIEW("- :a\n- :\"a b\"\n- !ruby/symbol c\n- !ruby/sym d\n- \":e\"\n- :'f'\n"),
        "[\"a\",\"a b\",\"c\",\"d\",\":e\",\"f\"]" },
    { "times",
        VIEW("- 2026-03-02 07:00:02.246971000 Z\n- 2026-03-02T07:00:02+01:00\n- 2001-12-14 "
             "21:59:43.10 -5\n- 2001-12-15 2:59:43.10\n- 2026-03-02\n"),
        "[\"2026-03-02T07:00:02.246971000Z\",\"2026-03-02T07:00:02+01:00\",\"2001-12-14T21:59:43."
        "10-05:00\",\"2001-12-15T02:59:43.10Z\",\"2026-03-02\"]" },
    { "integers",
        VIEW("- 0\n- -12\n- +5\n- 1_000\n- 0x1F\n- 0b101\n- 0o7\n- 017\n- 08\n- "
             "1180591620717411303424\n"),
        "[0,-12,5,1000,31,5,\"0o7\",15,\"08\",1180591620717411303424]" },
    { "floats",
        VIEW("- 1.10\n- -.5\n- 5.\n- 1.0e+20\n- 1.5e3\n- .inf\n- -.INF\n- .nan\n- .\n- 1.2.3\n"),
        "[1.10,-0.5,5.0,1.0e+20,\"1.5e3\",\"Infinity\",\"-Infinity\",\"NaN\",\".\",\"1.2.3\"] ! "
        "NaN and infinities are shown as texts" },
    { "words", VIEW("- ~\n- Null\n- yes\n- Off\n- \"true\"\n- truest\n- \n"),
        "[null,null,true,false,\"true\",\"truest\",null]" },
    { "texts",
        VIEW("- plain text\n- 'it''s'\n- \"a\\tb\\u00e9\"\n- |-\n  two\n  lines\n- >\n  folded\n  "
             "text\n"),
        "[\"plain text\",\"it's\",\"a\\tb\xc3\xa9\",\"two\\nlines\",\"folded text\\n\"]" },
    { "binary", VIEW("- !binary |-\n  /wA=\n- !!binary \"/w==\"\n"),
        "[{\"$bytes\":\"/wA=\"},{\"$bytes\":\"/w==\"}]" },
    { "core tags", VIEW("- !!str 1\n- !!int \"2\"\n- !!float 3.0\n- ! 4\n"), "[\"1\",2,3.0,4]" },
    { "flow", VIEW("{a: [1, {b: c}], \"d\": }"), "{\"a\":[1,{\"b\":\"c\"}],\"d\":null}" },
    { "duplicate keys", VIEW("a: 1\na: 2\n"), "{\"a\":1,\"a\":2}" },
    { "symbol and text", VIEW("a: 1\n:a: 2\n"), "{\"a\":1,\"a\":2}" },
    { "keys", VIEW("1: a\ntrue: b\n? [c, 2]\n: d\n"),
        "{\"1\":\"a\",\"true\":\"b\",\"[\\\"c\\\",2]\":\"d\"} ! keys that are not texts are shown "
        "as texts" },
    { "aliases", VIEW("a: &x {b: [1]}\nc: *x\nd: &y hi\ne: *y\n*y : f\n"),
        "{\"a\":{\"b\":[1]},\"c\":{\"b\":[1]},\"d\":\"hi\",\"e\":\"hi\",\"hi\":\"f\"}" },
    { "an anchor on a key", VIEW("&k a: 1\nb: *k\n"), "{\"a\":1,\"b\":\"a\"}" },
    { "an anchor within itself", VIEW("a: &x {b: &x [1]}\nc: *x\n"),
        "{\"a\":{\"b\":[1]},\"c\":[1]}" },
    { "cycle", VIEW("&x\na: *x\n"),
        "{\"a\":{\"$ref\":\"x\"}} ! a reference to what holds it is shown as its name" },
    { "two documents", VIEW("--- 1\n--- 2\n"), "? line 2, column 4: a second document follows" },
    { "nothing", VIEW("# nothing\n"), "? line 2, column 1: there is no document" },
    { "unclosed", VIEW("a: [1\n"), "? line 2, column 1: did not find expected ',' or ']'" },
    { "not UTF-8", VIEW("a: \xff\n"), "? line 1, column 1: invalid leading UTF-8 octet" },
};

#undef VIEW

/// Of a reader's table, what is read otherwise than expected.
QByteArray differences(std::span<const Sample> samples, PayloadReader reader)
{
    QByteArray text;
    for (const Sample& sample : samples) {
        const auto read = readPayload(reader, toBytes(sample.bytes));
        if (read != sample.read)
            text += QByteArray(sample.name) + "\n read:     " + read + "\n expected: " + sample.read
                + '\n';
    }
    return text;
}

} // namespace

class tst_TextEncodings : public QObject {
    Q_OBJECT

private slots:
    void readsPhp() { QCOMPARE(differences(php, readPhp), QByteArray()); }
    void readsYaml() { QCOMPARE(differences(yaml, readYaml), QByteArray()); }

    void goesAThousandLevelsDeep()
    {
        const auto nestedPhp = [](int levels) {
            return readPayload(readPhp,
                QByteArray("a:1:{i:0;").repeated(levels) + "N;" + QByteArray("}").repeated(levels));
        };
        QVERIFY(nestedPhp(maximumJsonDepth).startsWith("[[["));
        QCOMPARE(nestedPhp(maximumJsonDepth + 1), QByteArray("? it is nested too deep"));
        QCOMPARE(nestedPhp(100'000), QByteArray("? it is nested too deep"));
        const auto nestedYaml = [](int levels) {
            return readPayload(
                readYaml, QByteArray("[").repeated(levels) + QByteArray("]").repeated(levels));
        };
        QVERIFY(nestedYaml(900).startsWith("[[["));
        QVERIFY(nestedYaml(100'000).startsWith("? "));
        QCOMPARE(readPayload(readYaml, QByteArray("- ").repeated(2000)),
            QByteArray("? it is nested too deep"));
    }

    void boundsReferences()
    {
        // Nine values of nine values of nine ...
        QByteArray laughs = "- &a0 lol\n";
        for (int i = 1; i < 20; ++i) {
            const auto before = QByteArray("*a") + QByteArray::number(i - 1);
            laughs += "- &a" + QByteArray::number(i) + " [" + QByteArray(before + ",").repeated(8)
                + before + "]\n";
        }
        QCOMPARE(readPayload(readYaml, laughs), QByteArray("? its references repeat too much"));
        QByteArray php = "a:20:{i:0;s:3:\"lol\";";
        int slot = 2;
        for (int i = 1; i < 20; ++i) {
            php += "i:" + QByteArray::number(i) + ";a:9:{";
            for (int k = 0; k < 9; ++k)
                php += "i:" + QByteArray::number(k) + ";R:" + QByteArray::number(slot) + ";";
            php += "}";
            ++slot;
        }
        QCOMPARE(readPayload(readPhp, php + "}"), QByteArray("? its references repeat too much"));
    }

    void countsTheLevelsOfReferences()
    {
        // The alias is 600 levels deep and stands at 600.
        const QByteArray deep
            = "- &x " + QByteArray("[").repeated(600) + QByteArray("]").repeated(600) + "\n- ";
        QVERIFY(readPayload(readYaml, deep + "*x\n").startsWith("[[["));
        QCOMPARE(readPayload(readYaml,
                     deep + QByteArray("[").repeated(600) + "*x" + QByteArray("]").repeated(600)),
            QByteArray("? it is nested too deep"));
    }
};

QTEST_APPLESS_MAIN(tst_TextEncodings)
#include "tst_textencodings.moc"
