#include "encoding/likelyencoding.h"
#include "encoding/payloaddecoder.h"
#include "encoding/undecoded.h"

#include "value/event.h"
#include "value/json.h"

#include <QtTest>

using namespace eventloupe;

namespace {

EncodingSpec specOf(const char* names)
{
    return EncodingSpec::fromText(QLatin1String(names)).value();
}

Decoded decode(const char* names, const QByteArray& bytes)
{
    auto decoded = PayloadDecoder(specOf(names)).decode(viewOf(bytes));
    if (const auto fault = findJsonFault(viewOf(decoded.json)))
        qFatal("not JSON: %s: %s", qPrintable(fault->reason), decoded.json.constData());
    return decoded;
}

} // namespace

class tst_PayloadDecoder : public QObject {
    Q_OBJECT

private slots:
    void keepsJsonToTheByte_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("spaces") << QByteArray(" {\"a\" : 1.10 ,\n\"a\":1e400}\t");
        QTest::newRow("beyond 64 bits") << QByteArray("[1180591620717411303424]");
        QTest::newRow("scalar") << QByteArray("null");
    }
    void keepsJsonToTheByte()
    {
        QFETCH(QByteArray, text);
        for (const char* names : { "json", "auto", "gzip,json" }) {
            const auto decoded = decode(names, text);
            QCOMPARE(decoded.json, text);
            QCOMPARE(decoded.kind, QStringLiteral("JSON"));
            QVERIFY(decoded.readable && decoded.problem.isEmpty() && decoded.losses.isEmpty());
        }
        QVERIFY(PayloadDecoder(specOf("json")).keeps(viewOf(text)));
        QVERIFY(PayloadDecoder(specOf("auto")).keeps(viewOf(text)));
        QVERIFY(!PayloadDecoder(specOf("text")).keeps(viewOf(text)));
    }

    void showsNothingAsAnEmptyObject()
    {
        QCOMPARE(decode("json", {}).json, QByteArray("{}"));
        QCOMPARE(decode("bytes", {}).json, QByteArray("{}"));
    }

    void readsOtherUnicode_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* name, const char* hex, const char* kind) {
            QTest::newRow(name) << QByteArray::fromHex(hex) << QString::fromLatin1(kind);
        };
        row("mark", "efbbbf 5b22e282ac225d", "byte order mark, JSON");
        row("UTF-16LE with mark", "fffe 5b002200ac2022005d00", "UTF-16, JSON");
        row("UTF-16BE with mark", "feff 005b002220ac0022005d", "UTF-16, JSON");
        row("UTF-16LE", "5b002200ac2022005d00", "UTF-16, JSON");
        row("UTF-16BE", "005b002220ac0022005d", "UTF-16, JSON");
        row("UTF-32LE", "5b00000022000000ac200000220000005d000000", "UTF-32, JSON");
    }
    void readsOtherUnicode()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, kind);
        for (const char* names : { "json", "auto" }) {
            const auto decoded = decode(names, bytes);
            QCOMPARE(decoded.json, QByteArray("[\"\xe2\x82\xac\"]"));
            QCOMPARE(decoded.kind, kind);
            QVERIFY(decoded.readable);
        }
    }

    void showsWhatIsNotJson_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("json");
        const auto row = [](const char* name, const QByteArray& bytes, const char* json) {
            QTest::newRow(name) << bytes << QByteArray(json);
        };
        row("JSON5", "{a: 1,}", "{\"$text\":\"{a: 1,}\",\"kind\":\"text\"}");
        row("XML", "<a>\"</a>", "{\"$text\":\"<a>\\\"</a>\",\"kind\":\"XML\"}");
        row("Java", QByteArray::fromHex("aced00057372"),
            "{\"$bytes\":\"rO0ABXNy\",\"kind\":\"Java serialisation\"}");
        row("UTF-8 broken", "{\"a\":\"\xff\"}",
            "{\"$bytes\":\"eyJhIjoi/yJ9\",\"kind\":\"unknown bytes\"}");
        row("UTF-16, half a character", QByteArray::fromHex("5b0022003dd822005d00"),
            "{\"$bytes\":\"WwAiAD3YIgBdAA==\",\"kind\":\"unknown bytes\"}");
    }
    void showsWhatIsNotJson()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, json);
        const auto decoded = decode("json", bytes);
        QCOMPARE(decoded.json, json);
        QVERIFY(!decoded.readable);
        QVERIFY2(decoded.problem.startsWith(u"byte "), qPrintable(decoded.problem));
        const auto undecoded = undecodedIn(decoded.json);
        QVERIFY(undecoded);
        QCOMPARE(undecoded->kind, decoded.kind);
        QCOMPARE(undecoded->isText, json.startsWith("{\"$text\""));
        QVERIFY(undecoded->size < 0);
    }

    void showsWhatAnUndecodedPayloadIs()
    {
        const QByteArray text("<a>\",\"kind\":\"JSON\"}</a>");
        const auto whole = decode("json", text);
        QCOMPARE(undecodedIn(whole.json)->kind, QStringLiteral("XML"));
        QVERIFY(undecodedIn(whole.json)->content.endsWith("</a>"));
        DecodeLimits limits;
        limits.shown = 8;
        const PayloadDecoder decoder(specOf("json"), limits);
        const auto cut = decoder.decode(viewOf(text)).json;
        const auto undecoded = undecodedIn(cut);
        QVERIFY(undecoded);
        QCOMPARE(undecoded->size, text.size());
        QCOMPARE(undecoded->content.toByteArray(), QByteArray("<a>\\\",\\\"ki"));
        for (const char* other : { "{}", "{\"$bytes\":\"AAEC\"}",
                 "[{\"$bytes\":\"\",\"kind\":\"x\"}]", "{\"$bytes\":\"\",\"kind\":\"\"}",
                 "{\"$bytes\":\"\",\"kind\":\"x" })
            QVERIFY2(!undecodedIn(other), other);
    }

    void takesWrappersOff_data()
    {
        QTest::addColumn<QByteArray>("names");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* names, const QByteArray& bytes, const char* kind) {
            QTest::newRow(names) << QByteArray(names) << bytes << QString::fromLatin1(kind);
        };
        // Python 3: gzip.compress(b'{"a":1}', mtime=0), zlib.compress(),
        // zlib.compressobj(wbits=-15)
        const auto gzip
            = QByteArray::fromHex("1f8b0800000000000203ab564a54b232ac0500afac1b5607000000");
        row("gzip,json", gzip, "gzip, JSON");
        row("gzip", gzip, "gzip, JSON");
        row("zlib,json", QByteArray::fromHex("789cab564a54b232ac0500082a0209"), "zlib, JSON");
        row("deflate,json", QByteArray::fromHex("ab564a54b232ac0500"), "deflate, JSON");
        row("base64,gzip,json", gzip.toBase64(), "Base64, gzip, JSON");
        row("hex,gzip,json", "\\x" + gzip.toHex(), "hexadecimal, gzip, JSON");
        row("json-string,json", "\"{\\\"a\\\":1}\"", "JSON string, JSON");
    }
    void takesWrappersOff()
    {
        QFETCH(QByteArray, names);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, kind);
        const auto decoded = decode(names.constData(), bytes);
        QCOMPARE(decoded.json, QByteArray("{\"a\":1}"));
        QCOMPARE(decoded.kind, kind);
        QVERIFY(decoded.readable);
    }

    void cutsABomb()
    {
        const QByteArray zeros(1024 * 1024, ' ');
        auto bomb = qCompress(zeros).mid(4);
        DecodeLimits limits;
        limits.inflated = 1000;
        const auto decoded = PayloadDecoder(specOf("zlib,json"), limits).decode(viewOf(bomb));
        QVERIFY(!decoded.readable);
        QCOMPARE(decoded.problem, QStringLiteral("it inflates to more than 1000 bytes"));
        limits.inflated = zeros.size();
        QCOMPARE(PayloadDecoder(specOf("zlib,text"), limits).decode(viewOf(bomb)).readable, true);
        bomb.chop(5);
        QCOMPARE(
            decode("zlib,json", bomb).problem, QStringLiteral("the compressed bytes are cut off"));
    }

    void showsOfALargePayloadTheBeginning()
    {
        DecodeLimits limits;
        limits.shown = 4;
        const PayloadDecoder text(specOf("text"), limits);
        QCOMPARE(text.decode("ab\xc3\xa9\xc3\xa9").json,
            QByteArray("{\"$text\":\"ab\xc3\xa9\",\"kind\":\"text\",\"size\":6}"));
        QCOMPARE(text.decode("abc\xc3\xa9").losses,
            QStringList(QStringLiteral("of 5 bytes the first 3 are shown")));
        QCOMPARE(PayloadDecoder(specOf("bytes"), limits).decode("abcdef").json,
            QByteArray("{\"$bytes\":\"YWJjZA==\",\"kind\":\"text\",\"size\":6}"));
    }

    void tellsWhatItLooksLike_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("readable");
        const auto row = [](const char* kind, const QByteArray& bytes, bool readable) {
            QTest::newRow(kind) << bytes << QString::fromLatin1(kind) << readable;
        };
        const auto hex = [](const char* digits) { return QByteArray::fromHex(digits); };
        row("JSON", "[1]", true);
        row("gzip, JSON", hex("1f8b0800000000000203ab564a54b232ac0500afac1b5607000000"), true);
        row("zlib, JSON", hex("789cab564a54b232ac0500082a0209"), true);
        row("UTF-16, JSON", hex("5b003100 5d00"), true);
        row("MessagePack", hex("82a16101a16202"), true);
        row("CBOR", hex("a26161016162820203"), true);
        row("BSON", hex("160000000268656c6c6f0006000000776f726c640000"), true);
        row("SQLite JSONB", hex("7c17611331176200"), true);
        row("YAML", "---\n:a: 1\n", true);
        row("PHP serialize()", "a:1:{i:0;N;}", true);
        row("Erlang term", hex("836a"), true);
        row("text", "hello", false);
        row("XML", " <a/>", false);
        row("Java serialisation", hex("aced00057372"), false);
        // protobuf.dev/programming-guides/encoding: {1: 150, 2: "testing"}
        row("looks like protobuf", hex("089601120774657374696e67"), false);
        row("Avro", hex("4f626a01"), false);
        row("Zstandard", hex("28b52ffd00"), false);
        row("encrypted (Fernet)", "gAAAAABf", false);
        row("unknown bytes", hex("00ff00ff"), false);
        QByteArray random;
        for (quint32 i = 1, x = 1; i <= 512; ++i, x = x * 1664525 + 1013904223)
            random.append(char(x >> 24));
        row("unknown bytes, maybe encrypted or compressed", random, false);
    }
    void tellsWhatItLooksLike()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, kind);
        QFETCH(bool, readable);
        const auto decoded = decode("auto", bytes);
        QCOMPARE(decoded.kind, kind);
        QCOMPARE(decoded.readable, readable);
        QCOMPARE(decoded.problem.isEmpty(), readable);
    }

    void showsJsonUnderAnotherName()
    {
        QCOMPARE(decode("msgpack", "{\"a\":1}").json, QByteArray("{\"a\":1}"));
        const auto other = decode("json", QByteArray::fromHex("82a16101a16202"));
        QVERIFY(!other.readable);
        QVERIFY2(other.problem.endsWith(u"; it looks like MessagePack"), qPrintable(other.problem));
    }

    void guessesFromSeveral()
    {
        const auto names = [](const std::vector<std::string_view>& payloads) {
            return guessEncoding(payloads).spec.names().join(u',');
        };
        QCOMPARE(names({ "{}", "", "[1]" }), QStringLiteral("json"));
        QCOMPARE(names({ "{}", "---\na: 1\n" }), QStringLiteral("auto"));
        QCOMPARE(names({ "{}", "<a/>" }), QStringLiteral("json"));
        QCOMPARE(guessEncoding({ "{}", "<a/>" }).certainty, 0.5);
        QCOMPARE(guessEncoding({}).certainty, 0.0);
    }

    void readsAndSpellsSpecs()
    {
        for (const char* text : { "\"json\"", "[\"gzip\",\"json\"]", "[\"base64\",\"auto\"]" }) {
            const auto spec = EncodingSpec::fromJson(parseJson(text).value());
            QVERIFY2(spec.ok(), text);
            QCOMPARE(spec->toJson().toJson(), QByteArray(text));
        }
        QCOMPARE(EncodingSpec::fromJson(parseJson("\"gzip\"").value())->names(),
            QStringList({ QStringLiteral("gzip"), QStringLiteral("auto") }));
        for (const char* text : { "\"jsonn\"", "[]", "[\"json\",\"gzip\"]", "7", "[7]",
                 "[\"gzip\",\"gzip\",\"gzip\",\"gzip\",\"gzip\"]" }) {
            const auto spec = EncodingSpec::fromJson(parseJson(text).value());
            QVERIFY2(!spec.ok(), text);
            QVERIFY(spec.error().message.startsWith(u"encoding: "));
            QVERIFY(spec.error().message.contains(u"msgpack"));
        }
    }
};

QTEST_APPLESS_MAIN(tst_PayloadDecoder)
#include "tst_payloaddecoder.moc"
