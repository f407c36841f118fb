#include "encoding/digits.h"
#include "support/cborvectors.h"
#include "support/readpayload.h"

#include <QtTest>

#include <span>

using namespace eventloupe;

namespace {

/// The formats of github.com/msgpack/msgpack, spec.md, each with its least and its largest value.
constexpr Vector messagePack[] = {
    { "c0", "null" },
    { "c2", "false" },
    { "c3", "true" },
    { "00", "0" },
    { "7f", "127" },
    { "e0", "-32" },
    { "ff", "-1" },
    { "ccff", "255" },
    { "cdffff", "65535" },
    { "ceffffffff", "4294967295" },
    { "cfffffffffffffffff", "18446744073709551615" },
    { "d080", "-128" },
    { "d18000", "-32768" },
    { "d280000000", "-2147483648" },
    { "d38000000000000000", "-9223372036854775808" },
    { "d37fffffffffffffff", "9223372036854775807" },
    { "ca3fc00000", "1.5" },
    { "cb3ff199999999999a", "1.1" },
    { "cb7ff8000000000000", "\"NaN\" ! NaN and infinities are shown as texts" },
    { "a0", "\"\"" },
    { "a161", "\"a\"" },
    { "d90161", "\"a\"" },
    { "da000161", "\"a\"" },
    { "db0000000161", "\"a\"" },
    { "a1ff", "{\"$bytes\":\"/w==\"}" },
    { "c403010203", "{\"$bytes\":\"AQID\"}" },
    { "c50001ff", "{\"$bytes\":\"/w==\"}" },
    { "c600000001ff", "{\"$bytes\":\"/w==\"}" },
    { "90", "[]" },
    { "920102", "[1,2]" },
    { "dc0001c0", "[null]" },
    { "dd00000001c0", "[null]" },
    { "80", "{}" },
    { "82a16101a16102", "{\"a\":1,\"a\":2}" },
    { "81a3c3a97891a0", "{\"\xc3\xa9x\":[\"\"]}" },
    { "de0001a161c3", "{\"a\":true}" },
    { "df00000001a161c3", "{\"a\":true}" },
    { "83019002c0c2c3",
        "{\"1\":[],\"2\":null,\"false\":true} ! keys that are not texts are shown as texts" },
    { "81c4016101",
        "{\"{\\\"$bytes\\\":\\\"YQ==\\\"}\":1} ! keys that are not texts are shown as texts" },
    { "8181a1610102", "{\"{\\\"a\\\":1}\":2} ! keys that are not texts are shown as texts" },
    { "d40510", "{\"$ext\":5,\"$bytes\":\"EA==\"}" },
    { "d5801020", "{\"$ext\":-128,\"$bytes\":\"ECA=\"}" },
    { "d60011223344", "{\"$ext\":0,\"$bytes\":\"ESIzRA==\"}" },
    { "d8010102030405060708090a0b0c0d0e0f10",
        "{\"$ext\":1,\"$bytes\":\"AQIDBAUGBwgJCgsMDQ4PEA==\"}" },
    { "c70305616263", "{\"$ext\":5,\"$bytes\":\"YWJj\"}" },
    { "c8000005", "{\"$ext\":5,\"$bytes\":\"\"}" },
    { "c90000000105ff", "{\"$ext\":5,\"$bytes\":\"/w==\"}" },
    { "d6ff514b67b0", "\"2013-03-21T20:04:00Z\"" },
    { "d7ff00000004514b67b0", "\"2013-03-21T20:04:00.000000001Z\"" },
    { "d7ff77359400514b67b0", "\"2013-03-21T20:04:00.500Z\"" },
    { "c70cff3b9ac9ffffffffffffffffff", "\"1969-12-31T23:59:59.999999999Z\"" },
    { "c70cff000000007fffffffffffffff", "{\"$ext\":-1,\"$bytes\":\"AAAAAH//////////\"}" },
    { "c1", "? byte 1: no value of MessagePack begins so" },
    { "92", "? byte 2: it ends within a value" },
    { "dfffffffffa161", "? byte 8: it ends within a value" },
    { "c6ffffffff00", "? byte 7: it ends within a value" },
    { "c0c0", "? byte 2: something follows the value" },
    { "818181818181c0c0c0c0c0c0", "? byte 5: keys of keys are nested too deep" },
};

/// The first two are the examples of bsonspec.org.
constexpr Vector bson[] = {
    { "160000000268656c6c6f0006000000776f726c640000", "{\"hello\":\"world\"}" },
    { "310000000442534f4e002600000002300008000000617765736f6d65000131003333333333331440103200c20700"
      "000000",
        "{\"BSON\":[\"awesome\",5.05,1986]}" },
    { "0500000000", "{}" },
    { "14000000036100080000000a6200000863000100", "{\"a\":{\"b\":null},\"c\":true}" },
    { "0f0000000561000200000000616200", "{\"a\":{\"$bytes\":\"YWI=\"}}" },
    { "16000000075f696400507f1f77bcf86cd79943901100",
        "{\"_id\":{\"$oid\":\"507f1f77bcf86cd799439011\"}}" },
    { "1000000009740074098d8e3d01000000", "{\"t\":\"2013-03-21T20:04:00.500Z\"}" },
    { "10000000097400ffffffffffffffff00", "{\"t\":\"1969-12-31T23:59:59.999Z\"}" },
    { "10000000097400ffffffffffffff7f00", "{\"t\":{\"$date\":9223372036854775807}}" },
    { "10000000126e00000000000000008000", "{\"n\":-9223372036854775808}" },
    { "1800000013640039300000000000000000000000003c3000", "{\"d\":123.45}" },
    { "1800000013640005000000000000000000000000003ab000", "{\"d\":-0.005}" },
    { "180000001364000000000000000000000000000000007800",
        "{\"d\":\"Infinity\"} ! NaN and infinities are shown as texts" },
    { "0d0000000b7200612b00690000", "{\"r\":{\"$regex\":\"a+\",\"$options\":\"i\"}}" },
    { "10000000117300050000000000000000", "{\"s\":{\"$timestamp\":5}}" },
    { "0b000000ff73007f740000", "{\"s\":{\"$minKey\":1},\"t\":{\"$maxKey\":1}}" },
    { "0800000006750000", "{\"u\":null} ! undefined is shown as null" },
    { "05000000", "? byte 5: the document's length is wrong" },
    { "0600000000", "? byte 5: the document's length is wrong" },
    { "0c0000000261000000000000", "? byte 12: the string's length is wrong" },
    { "090000000861000200", "? byte 9: a boolean must be 0 or 1" },
    { "0d000000036100ff0000000000", "? byte 12: the document's length is wrong" },
};

/// The element types of sqlite.org/jsonb.html.
constexpr Vector jsonb[] = {
    { "00", "null" },
    { "01", "true" },
    { "02", "false" },
    { "332d3132", "-12" },
    { "c31631313830353931363230373137343131333033343234", "1180591620717411303424" },
    { "4430783146", "31" },
    { "242b37", "7" },
    { "65312e35306533", "1.50e3" },
    { "262e35", "0.5" },
    { "26352e", "5.0" },
    { "1761", "\"a\"" },
    { "885c75303065395c6e", "\"\xc3\xa9\\n\"" },
    { "a95c275c7834315c765c30", "\"'A\\u000b\\u0000\"" },
    { "3a61220a", "\"a\\\"\\n\"" },
    { "0b", "[]" },
    { "0c", "{}" },
    { "7b13310b3c176100", "[1,[],{\"a\":null}]" },
    { "cc0d17611331685c75303036311332", "{\"a\":1,\"a\":2}" },
    { "dc0131176bd7012c7878787878787878787878787878787878787878787878787878787878787878787878787878"
      "78787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878"
      "78787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878"
      "78787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878"
      "78787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878"
      "78787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878"
      "7878787878787878787878787878787878787878787878787878787878787878",
        "{\"k\":"
        "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}" },
    { "fb00000000000000021331", "[1]" },
    { "3c133100", "? byte 3: a key must be a text" },
    { "2c1761", "? byte 4: it ends within a value" },
    { "2b3331", "? byte 3: the element's length is wrong" },
    { "233178", "? byte 4: this is no number" },
    { "685c7564383030", "? byte 8: this escape is none" },
    { "0d", "? byte 2: no element of JSONB begins so" },
};

/// The terms of erlang.org/doc/apps/erts/erl_ext_dist.
constexpr Vector erlang[] = {
    { "8361ff", "255" },
    { "8362ffffffff", "-1" },
    { "836e0800ffffffffffffffff", "18446744073709551615" },
    { "836e0901000000000000000001", "-18446744073709551616" },
    { "836f00000002000001", "256" },
    { "83463ff8000000000000", "1.5" },
    { "8363312e3530303030303030303030303030303030303030652b30300000000000", "1.5" },
    { "836400026f6b", "\"ok\"" },
    { "83730261e9", "\"a\xc3\xa9\"" },
    { "837600026f6b", "\"ok\"" },
    { "8377026f6b", "\"ok\"" },
    { "83770474727565", "true" },
    { "8377036e696c", "null" },
    { "837709756e646566696e6564", "\"undefined\"" },
    { "83680277026f6b6101", "[\"ok\",1]" },
    { "8369000000016101", "[1]" },
    { "836a", "[]" },
    { "836b0003010203", "[1,2,3]" },
    { "836c00000002610161026a", "[1,2]" },
    { "836c0000000161016102", "[1,{\"$tail\":2}]" },
    { "836c000000016c0000000161016a6a", "[[1]]" },
    { "836c000000006a", "[]" },
    { "836d00000003616263", "\"abc\"" },
    { "836d00000001ff", "{\"$bytes\":\"/w==\"}" },
    { "834d000000020561e0", "{\"$bytes\":\"YeA=\"} ! a bit string is shown as whole bytes" },
    { "83740000000277016161016d00000001626a", "{\"a\":1,\"b\":[]}" },
    { "83740000000161016102", "{\"1\":2} ! keys that are not texts are shown as texts" },
    { "837400000001680161016102", "{\"[1]\":2} ! keys that are not texts are shown as texts" },
    { "83500000000a789ccb65606060cd48cdc9c907000a910287", "\"hello\"" },
    { "836777016e000000010000000203", "{\"$erlang\":\"pid\",\"$bytes\":\"Z3cBbgAAAAEAAAACAw==\"}" },
    { "837177016d7701666102", "{\"$erlang\":\"fun\",\"$bytes\":\"cXcBbXcBZmEC\"}" },
    { "6101", "? byte 1: an Erlang term begins with the byte 131" },
    { "83", "? byte 2: it ends within a value" },
    { "8300", "? byte 2: no Erlang term begins so" },
    { "836cffffffff6101", "? byte 9: it ends within a value" },
    { "8361016101", "? byte 4: something follows the value" },
    { "83500000000affff", "? the compressed bytes are damaged" },
};

/// Of a reader's table, what is read otherwise than expected.
QByteArray differences(std::span<const Vector> vectors, PayloadReader reader)
{
    QByteArray text;
    for (const Vector& vector : vectors) {
        const auto read = readPayload(reader, QByteArray::fromHex(vector.hex));
        if (read != vector.read)
            text += QByteArray(vector.hex) + "\n read:     " + read + "\n expected: " + vector.read
                + '\n';
    }
    return text;
}

QByteArray repeated(const QByteArray& part, int times)
{
    return part.repeated(times);
}

} // namespace

class tst_BinaryEncodings : public QObject {
    Q_OBJECT

private slots:
    void readsCbor()
    {
        QCOMPARE(differences(cborAppendixA, readCbor), QByteArray());
        QCOMPARE(differences(cbor, readCbor), QByteArray());
    }
    void readsMessagePack() { QCOMPARE(differences(messagePack, readMessagePack), QByteArray()); }
    void readsBson() { QCOMPARE(differences(bson, readBson), QByteArray()); }
    void readsSqliteJsonb() { QCOMPARE(differences(jsonb, readSqliteJsonb), QByteArray()); }
    void readsErlangTerms() { QCOMPARE(differences(erlang, readErlangTerm), QByteArray()); }

    void goesAThousandLevelsDeep()
    {
        const struct {
            PayloadReader reader;
            QByteArray begin;
            QByteArray opening;
            QByteArray core;
            QByteArray closing;
        } cases[] = {
            { readMessagePack, "", "\x91", QByteArray("\xc0"), "" },
            { readCbor, "", "\x81", QByteArray("\xf6"), "" },
            { readCbor, "", "\x9f", QByteArray("\xf6"), "\xff" },
            { readErlangTerm, "\x83", "h\x01", "j", "" },
        };
        for (const auto& each : cases) {
            const bool hasOwnLevel = each.core == "j";
            const int most = maximumJsonDepth - (hasOwnLevel ? 1 : 0);
            const auto nested = [&](int levels) {
                return readPayload(each.reader,
                    each.begin + repeated(each.opening, levels) + each.core
                        + repeated(each.closing, levels));
            };
            QVERIFY2(nested(most).startsWith("[[["), nested(most).left(80).constData());
            QCOMPARE(nested(most + 1), QByteArray("? it is nested too deep"));
            QCOMPARE(nested(100'000), QByteArray("? it is nested too deep"));
        }
    }

    void spellsLargeIntegers()
    {
        // 2^8192 - 1 has 2467 digits; a byte more is too large.
        const auto big = [](int size) {
            return QByteArray::fromHex("c259") + QByteArray(1, char(size >> 8))
                + QByteArray(1, char(size)) + QByteArray(size, char(0xff));
        };
        const auto digits = readPayload(readCbor, big(1024));
        QCOMPARE(digits.size(), 2467);
        QVERIFY(digits.startsWith("10907481356194159294"));
        QVERIFY(digits.endsWith("5665475715792895"));
        QVERIFY(
            readPayload(readCbor, big(1025)).endsWith(" ! very large integers are shown as bytes"));
    }

    void stopsAtTheLimitOfItsOutput()
    {
        DecodeLimits limits;
        limits.json = 1000;
        const auto read = [&](int count) {
            return readPayload(readMessagePack,
                QByteArray::fromHex("dd0000") + QByteArray(1, char(count >> 8))
                    + QByteArray(1, char(count)) + QByteArray(count, char(0xc0)),
                limits);
        };
        QVERIFY(read(199).startsWith("[null,"));
        QCOMPARE(read(201), QByteArray("? it is too large to be shown"));
    }

    void spellsDecimals()
    {
        QCOMPARE(decimalText(false, "0", 5), std::string("0"));
        QCOMPARE(decimalText(false, "0", -2), std::string("0.00"));
        QCOMPARE(decimalText(true, "123", -3), std::string("-0.123"));
        QCOMPARE(decimalText(false, "007", 0), std::string("7"));
        QCOMPARE(decimalText(false, "1", 41), std::string("1e41"));
        QCOMPARE(timeText(0, 0), std::string("1970-01-01T00:00:00Z"));
        QCOMPARE(timeText(-62135596801, 0), std::string());
        QCOMPARE(timeText(253402300799, 123456000), std::string("9999-12-31T23:59:59.123456Z"));
    }
};

QTEST_APPLESS_MAIN(tst_BinaryEncodings)
#include "tst_binaryencodings.moc"
