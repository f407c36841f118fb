#include "value/flatobject.h"

#include "support/awkwardjson.h"
#include "value/event.h"
#include "value/flatreader.h"
#include "value/json.h"
#include "value/mergepatch.h"

#include <QTest>

using namespace eventloupe;

namespace {

/// An object with what it takes to change it by JSON texts.
struct Flat {
    KeyNumbers keys;
    FlatReader reader { keys };
    BlockArena arena;
    FlatObject object;

    bool merge(const QByteArray& patch)
    {
        return reader.read(viewOf(patch)) && object.merge(reader.members(), arena);
    }
    [[nodiscard]] QByteArray json() const
    {
        std::string text;
        FlatObject::appendJson(text, object.bytes(), keys);
        return QByteArray::fromStdString(text);
    }
    std::vector<quint16> path(const QByteArrayList& names)
    {
        std::vector<quint16> numbers;
        for (const QByteArray& name : names)
            numbers.push_back(*keys.numberOf(viewOf(name)));
        return numbers;
    }
};

} // namespace

/// Objects as one run of bytes: read from text, patched, set and removed in place.
class TestFlatObject final : public QObject {
    Q_OBJECT

private slots:
    void readsWhatIsPlain_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isRead");
        const auto row = [](const char* text, bool isRead) {
            QTest::newRow(text) << QByteArray(text) << isRead;
        };
        row("{}", true);
        row(" { } ", true);
        row("{\"a\":{\"a\":{\"a\":1}},\"b\":[{\"a\":1,\"a\":2}]}", true);
        row("{\"a\":-0.5e+10,\"b\":true,\"c\":null,\"d\":\"\\\"\\\\\\u0041\\/\"}", true);
        row("{\"\\u0061b\":1}", true);
        row("", false);
        row("null", false);
        row("[]", false);
        row("{\"a\":1,\"a\":1}", false);
        row("{\"a\":{\"b\":1},\"a\":2}", false);
        row("{\"a\":{\"x\":{\"a\":1}},\"x\":{\"a\":1},\"a\":1}", false);
        row("{\"a\":1,\"\\u0061\":1}", false);
        row("{\"a\":+1}", false);
        row("{\"a\":.5}", false);
        row("{\"a\":1e}", false);
        row("{\"a\":-}", false);
        row("{\"a\":nul}", false);
        row("{\"a\":\"\\u12\"}", false);
        row("{\"a\":\"\\ud800\"}", false);
        row("{\"a\":[1,]}", false);
        row("{\"a\":[}]}", false);
        row("{\"a\":\"\xc3\"}", false);
        row("{\"\xc3\":1}", false);
        row("{\"a\":1}\xc3", false);
        row("{\"a\":1},", false);
        row("{a:1}", false);
        row("{\"a\" 1}", false);
    }

    void readsWhatIsPlain()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, isRead);
        Flat flat;
        QCOMPARE(flat.reader.read(viewOf(text)), isRead);
        if (!isRead)
            return;
        std::string bytes;
        FlatObject::write(bytes, flat.reader.members(), 0, flat.reader.members().size());
        QCOMPARE(FlatObject::toTree(bytes, flat.keys).toJson(), parseJson(viewOf(text))->toJson());
    }

    /// Whatever is read is as the parser has it, and what the parser refuses is not read.
    void readsAsTheParserDoes()
    {
        QRandomGenerator random(3);
        Flat flat;
        int read = 0;
        for (int i = 0; i < 20'000; ++i) {
            QByteArray text = randomPayload(random);
            if (i % 2 == 0 && !text.isEmpty()) {
                static const QByteArray bytes("{}[]\",:\\0 n\xc3");
                text[random.bounded(static_cast<int>(text.size()))]
                    = bytes[random.bounded(static_cast<int>(bytes.size()))];
            }
            if (!flat.reader.read(viewOf(text)))
                continue;
            ++read;
            const auto parsed = parseJson(viewOf(text));
            QVERIFY2(parsed, text);
            std::string members;
            FlatObject::write(members, flat.reader.members(), 0, flat.reader.members().size());
            QCOMPARE(FlatObject::toTree(members, flat.keys).toJson(), parsed->toJson());
        }
        QVERIFY(read > 5'000);
    }

    void mergesAsATreeDoes()
    {
        QRandomGenerator random(4);
        for (int run = 0; run < 300; ++run) {
            Flat flat;
            JsonValue tree = JsonValue::emptyObject();
            for (int i = 0; i < 40; ++i) {
                const QByteArray patch = randomPayload(random);
                if (!flat.merge(patch))
                    continue;
                applyMergePatch(tree, *parseJson(viewOf(patch)));
                QCOMPARE(flat.json(), tree.toJson());
            }
        }
    }

    void refusesWhatGetsTooLarge()
    {
        Flat flat;
        QVERIFY(flat.merge("{\"a\":\"" + QByteArray("x").repeated(60'000) + "\"}"));
        const QByteArray before = flat.json();
        QVERIFY(!flat.merge("{\"b\":\"" + QByteArray("y").repeated(60'000) + "\",\"c\":1}"));
        QCOMPARE(flat.json(), before);
        QVERIFY(!flat.merge("{\"c\":\"" + QByteArray("x").repeated(70'000) + "\"}"));
        QVERIFY(!flat.object.isWide());
        QByteArray wide;
        for (int i = 0; i < 300; ++i)
            wide += (i > 0 ? ",\"" : "{\"") + QByteArray::number(i) + "\":0";
        QVERIFY(flat.merge(wide + "}"));
        QVERIFY(flat.object.isWide());
    }

    void setsFindsAndRemoves()
    {
        Flat flat;
        QVERIFY(flat.merge("{\"a\":{\"b\":1,\"c\":[1]},\"z\":\"end\"}"));
        QVERIFY(flat.object.set(flat.path({ "a", "b" }), { "\"longer\"", false }, flat.arena));
        QVERIFY(flat.object.set(flat.path({ "n", "e", "w" }), { "2", false }, flat.arena));
        QVERIFY(!flat.object.set(flat.path({ "z", "no" }), { "2", false }, flat.arena));
        QVERIFY(!flat.object.set(flat.path({ "a", "c", "0" }), { "2", false }, flat.arena));
        QCOMPARE(flat.json(),
            QByteArray(
                "{\"a\":{\"b\":\"longer\",\"c\":[1]},\"z\":\"end\",\"n\":{\"e\":{\"w\":2}}}"));
        QCOMPARE(flat.object.find(flat.path({ "a", "c" }))->bytes, std::string_view("[1]"));
        QVERIFY(flat.object.find(flat.path({ "n" }))->isObject);
        QVERIFY(!flat.object.find(flat.path({ "a", "x" })));
        QVERIFY(!flat.object.find(flat.path({ "z", "x" })));
        const std::string part(flat.object.find(flat.path({ "n", "e" }))->bytes);
        QVERIFY(flat.object.set(flat.path({ "a", "b" }), { part, true }, flat.arena));
        QVERIFY(flat.object.remove(flat.path({ "n", "e" }), flat.arena));
        QVERIFY(flat.object.remove(flat.path({ "not", "there" }), flat.arena));
        QVERIFY(!flat.object.remove(flat.path({ "z", "x" }), flat.arena));
        QCOMPARE(
            flat.json(), QByteArray("{\"a\":{\"b\":{\"w\":2},\"c\":[1]},\"z\":\"end\",\"n\":{}}"));
    }

    void blocksAreUsedAgain()
    {
        BlockArena arena;
        for (const std::size_t bytes : { 1, 32, 33, 4096, 4097, 100'000, 131'072 }) {
            const std::size_t size = BlockArena::blockSize(bytes);
            QVERIFY(size >= bytes);
            QVERIFY(size <= BlockArena::largest);
            QCOMPARE(BlockArena::blockSize(size), size);
            char* first = arena.allocate(size);
            char* second = arena.allocate(size);
            std::memset(first, 1, size);
            std::memset(second, 2, size);
            QCOMPARE(first[size - 1], char(1));
            arena.release(first, size);
            QCOMPARE(arena.allocate(size), first);
            QVERIFY(arena.allocate(size) != second);
        }
    }

    void namesHaveNumbersUpToALimit()
    {
        KeyNumbers keys;
        QCOMPARE(keys.numberOf("a"), keys.numberOf("a"));
        QVERIFY(keys.numberOf("b") != keys.numberOf("a"));
        QCOMPARE(keys.text(*keys.numberOf("a\"\n")), std::string_view("\"a\\\"\\n\""));
        QVERIFY(!keys.numberOf(std::string(300, 'k')));
        std::size_t given = 0;
        for (std::size_t i = 0; i < KeyNumbers::limit + 10; ++i)
            given += keys.numberOf("key " + std::to_string(i)) ? 1 : 0;
        QCOMPARE(given, KeyNumbers::limit - 4);
        QVERIFY(keys.numberOf("a"));
    }
};

QTEST_GUILESS_MAIN(TestFlatObject)
#include "tst_flatobject.moc"
