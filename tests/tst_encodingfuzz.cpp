#include "encoding/payloaddecoder.h"
#include "support/readpayload.h"

#include <QCborValue>
#include <QRandomGenerator>
#include <QtTest>

#include <string_view>

using namespace eventloupe;

// Hostile bytes: good payloads are changed at random, always in the same way, and read. Whatever
// they are then, reading ends, and what it gives is JSON.

namespace {

/// Changes a few bytes of good payloads: other values, lost or repeated parts, parts of another.
class Mutations {
public:
    Mutations(QByteArrayList good, quint32 seed)
        : m_good(std::move(good))
        , m_random(seed)
    {
    }

    QByteArray next()
    {
        QByteArray bytes = pick();
        for (int changes = m_random.bounded(1, 5); changes > 0; --changes) {
            change(bytes);
        }
        return bytes;
    }

private:
    QByteArray pick() { return m_good.at(m_random.bounded(int(m_good.size()))); }

    void change(QByteArray& bytes)
    {
        using namespace std::string_view_literals;
        constexpr auto marks
            = "\x00\x01\x7f\x80\xff\x1f\x9f\xbf\xdf\x83\x62\x6c\x74:;\"{}&*R"sv;
        const auto size = int(bytes.size());
        const int at = size == 0 ? 0 : m_random.bounded(size);
        switch (m_random.bounded(6)) {
        case 0:
            bytes.insert(at, char(m_random.bounded(256)));
            break;
        case 1:
            bytes.remove(at, m_random.bounded(1, 9));
            break;
        case 2:
            bytes.insert(at, bytes.mid(at, m_random.bounded(1, 17)));
            break;
        case 3:
            bytes.insert(at, pick().mid(0, m_random.bounded(1, 17)));
            break;
        case 4:
            bytes.insert(at, marks[size_t(m_random.bounded(int(marks.size())))]);
            break;
        default:
            if (size > 0)
                bytes[at] = char(bytes.at(at) ^ (1 << m_random.bounded(8)));
        }
    }

    QByteArrayList m_good;
    QRandomGenerator m_random;
};

QByteArrayList fromHex(std::initializer_list<const char*> texts)
{
    QByteArrayList list;
    for (const char* text : texts)
        list.append(QByteArray::fromHex(text));
    return list;
}

const QByteArrayList& messagePacks()
{
    static const auto list = fromHex({ "82a16101a16293c0c3cb3ff199999999999a",
        "83019002c40301ff02a3c3a978dc0002d6ff514b67b0d7ff77359400514b67b0",
        "de0002a161cfffffffffffffffffa162d38000000000000000", "c70c05010203040506070809101112" });
    return list;
}

const QByteArrayList& cbors()
{
    static const auto list = fromHex({ "a26161016162820203", "bf61610161629f0203ffff",
        "84c11a514b67b0c48221196ab3c249010000000000000000d82550f81d4fae7dec11d0a76500a0c91e6bf6",
        "a2018263616263f97e008101fa47c35000", "7f657374726561646d696e67ff", "5f42010243030405ff",
        "d9d9f7a1c48221c249010000000000000000f5" });
    return list;
}

const QByteArrayList& erlangTerms()
{
    static const auto list
        = fromHex({ "83740000000277016161016d00000001626c00000002620000ffff463ff80000000000006a",
            "83680477026f6b6e0901000000000000000001"
            "6b00030102037703 6e696c",
            "836c000000016101 6102", "8367770 16e000000010000000203", "8371770 16d77016661 02",
            "83500000000a789ccb65606060cd48cdc9c907000a910287" });
    return list;
}

const QByteArrayList& bsons()
{
    static const auto list = fromHex({ "160000000268656c6c6f0006000000776f726c640000",
        "310000000442534f4e002600000002300008000000617765736f6d65000131003333333333331440103200c207"
        "00000000",
        "180000001364003930000000000000000000000000"
        "3c3000" });
    return list;
}

const QByteArrayList& jsonbs()
{
    static const auto list = fromHex({ "7c17611331176200", "ab13315b133213330b0c00",
        "8c27616245312e3530", "4b38615c6e", "3b242b37", "8b785c75303065394a" });
    return list;
}

const QByteArrayList& phps()
{
    static const QByteArrayList list { "a:2:{s:1:\"a\";i:1;s:1:\"b\";a:2:{i:0;d:1.5E+3;i:1;N;}}",
        "O:8:\"Acme\\Box\":2:{s:1:\"a\";b:1;s:1:\"b\";r:1;}",
        "a:3:{i:0;a:1:{s:1:\"x\";i:1;}i:1;R:2;i:2;S:2:\"\\ff\\41\";}", "C:3:\"Box\":4:{x;}y}",
        "E:11:\"Suit:Hearts\";" };
    return list;
}

const QByteArrayList& yamls()
{
    static const QByteArrayList list {
        "---\n:price: !ruby/object:BigDecimal 54:0.4018e2\n:options:\n- :size: S\n  :extras:\n"
        "  - - gift\n    - true\n",
        "a: &x {b: [1, 2.5]}\nc: *x\n? [d, *x]\n: e\n", "- |-\n  two\n  lines\n- \"a\\tb\"\n- ~\n",
        "--- !ruby/object:Acme::Order\nat: 2026-03-02 07:00:02.246971000 Z\nraw: !binary /w==\n",
        "%YAML 1.1\n--- !!map {a: !!str 1, \"b\": 'c'}\n..."
    };
    return list;
}

} // namespace

class tst_EncodingFuzz : public QObject {
    Q_OBJECT

private slots:
    void readsWhateverComes_data()
    {
        QTest::addColumn<PayloadReader>("reader");
        QTest::addColumn<QByteArrayList>("good");
        QTest::newRow("MessagePack") << PayloadReader(readMessagePack) << messagePacks();
        QTest::newRow("CBOR") << PayloadReader(readCbor) << cbors();
        QTest::newRow("Erlang") << PayloadReader(readErlangTerm) << erlangTerms();
        QTest::newRow("BSON") << PayloadReader(readBson) << bsons();
        QTest::newRow("JSONB") << PayloadReader(readSqliteJsonb) << jsonbs();
        QTest::newRow("PHP") << PayloadReader(readPhp) << phps();
        QTest::newRow("YAML") << PayloadReader(readYaml) << yamls();
    }
    void readsWhateverComes()
    {
        QFETCH(PayloadReader, reader);
        QFETCH(QByteArrayList, good);
        constexpr int rounds = 100'000;
        for (const auto& bytes : good) {
            const auto read = readPayload(reader, bytes);
            QVERIFY2(!read.startsWith("? "), (bytes.toHex() + read).constData());
        }
        Mutations mutations(good, 20260301);
        int readable = 0;
        for (int i = 0; i < rounds; ++i) {
            const auto bytes = mutations.next();
            const auto read = readPayload(reader, bytes);
            QVERIFY2(!read.startsWith("not JSON"), (bytes.toHex() + '\n' + read).constData());
            readable += read.startsWith("? ") ? 0 : 1;
        }
        // The changes are small enough that both happen often.
        QVERIFY2(readable > rounds / 100, qPrintable(QString::number(readable)));
        QVERIFY2(readable < rounds * 19 / 20, qPrintable(QString::number(readable)));
    }

    /// Qt's reader, on another's code, takes what ours takes and refuses what ours refuses.
    void readsTheCborThatQtReads()
    {
        constexpr int rounds = 50'000;
        Mutations mutations(cbors(), 7049);
        for (int i = 0; i < rounds; ++i) {
            const auto bytes = mutations.next();
            QCborParserError error;
            const auto value = QCborValue::fromCbor(bytes, &error);
            const bool isWhole = error.error == QCborError::NoError && error.offset == bytes.size();
            const auto read = readPayload(readCbor, bytes);
            const bool isRead = !read.startsWith("? ");
            // Texts that are not UTF-8 are bytes for us, and an error for Qt.
            if (error.error == QCborError::InvalidUtf8String || read.contains("too deep")
                || read.contains("$bytes"))
                continue;
            QVERIFY2(isRead == isWhole,
                (bytes.toHex() + '\n' + read + '\n' + error.errorString().toUtf8()).constData());
        }
    }

    /// Megabytes of what costs a careless reader quadratic time or memory: the test ends at all.
    void endsSoonWithHostileShapes_data()
    {
        QTest::addColumn<PayloadReader>("reader");
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, PayloadReader reader, const QByteArray& bytes) {
            QTest::newRow(name) << reader << bytes;
        };
        constexpr int many = 300'000;
        const auto times
            = [](const char* part, int count) { return QByteArray(part).repeated(count); };
        row("YAML, deep flow", readYaml, times("[", 900) + times("1,", many));
        row("YAML, keys in flow", readYaml, times("{a: ", 900) + times("b: {", many));
        row("YAML, explicit keys", readYaml, times("? ", many));
        row("YAML, dashes", readYaml, times("- ", many));
        row("YAML, lines", readYaml, "a: b" + times("\n", many) + times("  c\n", many));
        row("YAML, colons", readYaml, times(": ", many));
        row("YAML, anchors", readYaml, times("- &a b\n", many));
        row("YAML, quoted lines", readYaml, "\"" + times("\\\n", many));
        row("YAML, indents", readYaml, [] {
            QByteArray text;
            for (int i = 0; i < 999; ++i)
                text += QByteArray(i, ' ') + "a:\n";
            return text;
        }());
        row("PHP, nested lists", readPhp, times("a:2:{i:0;", 900) + times("a:2:{i:1;i:1;", many));
        row("PHP, references", readPhp, "a:300000:{i:0;s:1:\"x\";" + times("i:1;R:2;", many));
        row("CBOR, tags", readCbor, times("\xc0", many) + times("\xc4\x82\x01\xc2\x5f\x40", many));
        row("CBOR, chunks", readCbor, "\x5f" + times("\x41z", many));
        QByteArray bigs = QByteArray::fromHex("9f");
        for (int i = 0; i < 3000; ++i)
            bigs += QByteArray::fromHex("c2590400") + QByteArray(1024, char(0xff));
        row("CBOR, large integers", readCbor, bigs + '\xff');
        row("MessagePack, keys", readMessagePack,
            times("\x81", 3) + "\xdb\x7f\xff\xff\xff" + times("\"", many));
        row("Erlang, counts", readErlangTerm, "\x83" + times("l\xff\xff\xff\xff", many));
    }
    void endsSoonWithHostileShapes()
    {
        QFETCH(PayloadReader, reader);
        QFETCH(QByteArray, bytes);
        const auto read = readPayload(reader, bytes);
        QVERIFY2(!read.startsWith("not JSON"), read.left(100).constData());
    }

    void decodesWhateverComes()
    {
        constexpr int rounds = 100'000;
        QByteArrayList good { "{\"a\":[1,2.50,\"x\"]}", QByteArray::fromHex("fffe7b007d00"),
            qCompress("{\"a\":1}").mid(4),
            QByteArray::fromHex("1f8b0800000000000203ab564a54b232ac0500afac1b5607000000"),
            QByteArray::fromHex("0a03616263100118808080f0ffffffff1f"),
            QByteArray::fromHex("aced000573720000") };
        for (const auto& list :
            { messagePacks(), cbors(), erlangTerms(), bsons(), jsonbs(), phps(), yamls() })
            good += list;
        Mutations mutations(good, 31);
        const PayloadDecoder decoder;
        for (int i = 0; i < rounds; ++i) {
            const auto bytes = mutations.next();
            const auto decoded = decoder.decode(viewOf(bytes));
            QVERIFY2(!findJsonFault(viewOf(decoded.json)), bytes.toHex().constData());
            QVERIFY(!decoded.kind.isEmpty());
            QVERIFY2(decoded.readable == decoded.problem.isEmpty(), bytes.toHex().constData());
        }
    }
};

QTEST_APPLESS_MAIN(tst_EncodingFuzz)
#include "tst_encodingfuzz.moc"
