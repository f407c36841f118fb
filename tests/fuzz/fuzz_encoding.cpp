#include "fuzz/fuzztarget.h"

#include "encoding/payloaddecoder.h"
#include "value/event.h"
#include "value/json.h"

// A payload of another library in the encoding fuzzVariant, or in what it looks like: reading
// ends, and what it gives is JSON or said not to be readable.

using namespace eventloupe;

namespace {

/// Small enough that a run cannot take long by being large.
DecodeLimits limits()
{
    return { 1 << 20, 1 << 20, 1 << 16, 1 << 16 };
}

EncodingSpec fuzzedEncoding()
{
    const auto encoding = EncodingSpec::fromText(QLatin1String(fuzzVariant));
    require(encoding.ok(), "no such encoding");
    return *encoding;
}

QByteArrayList fromHex(std::initializer_list<const char*> texts)
{
    QByteArrayList list;
    for (const char* text : texts)
        list.append(QByteArray::fromHex(text));
    return list;
}

QByteArrayList binarySeeds()
{
    return fromHex({ "82a16101a16293c0c3cb3ff199999999999a",
        "83019002c40301ff02a3c3a978dc0002d6ff514b67b0d7ff77359400514b67b0",
        "a26161016162820203", "bf61610161629f0203ffff",
        "84c11a514b67b0c48221196ab3c249010000000000000000d82550f81d4fae7dec11d0a76500a0c91e6bf6",
        "83740000000277016161016d00000001626c00000002620000ffff463ff80000000000006a",
        "83500000000a789ccb65606060cd48cdc9c907000a910287",
        "160000000268656c6c6f0006000000776f726c640000",
        "310000000442534f4e002600000002300008000000617765736f6d65000131003333333333331440103200c207"
        "00000000",
        "7c17611331176200", "ab13315b133213330b0c00",
        "1f8b0800000000000203ab564a54b232ac0500afac1b5607000000", "fffe7b007d00",
        "0a03616263100118808080f0ffffffff1f", "aced000573720000" });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const PayloadDecoder decoder(fuzzedEncoding(), limits());
    const auto bytes = viewOfInput(data, size);
    const auto decoded = decoder.decode(bytes);
    require(!findJsonFault(viewOf(decoded.json)), "what was decoded is not JSON");
    require(decoded.readable == decoded.problem.isEmpty(), "readable and a problem");
    require(!decoder.keeps(bytes) || viewOf(decoded.json) == bytes, "kept bytes are others");
    return 0;
}

QByteArrayList eventloupe::fuzzSeeds()
{
    return binarySeeds()
        + QByteArrayList { "{\"a\":[1,2.50,\"x\"]}",
              "a:2:{s:1:\"a\";i:1;s:1:\"b\";a:2:{i:0;d:1.5E+3;i:1;N;}}",
              "O:8:\"Acme\\Box\":2:{s:1:\"a\";b:1;s:1:\"b\";r:1;}",
              "---\n:price: !ruby/object:BigDecimal 54:0.4018e2\n:options:\n- :size: S\n",
              "a: &x {b: [1, 2.5]}\nc: *x\n? [d, *x]\n: e\n", "- |-\n  two\n  lines\n- ~\n",
              "eyJhIjoxfQ==", "\\x7b7d", "\"{\\\"a\\\":1}\"" };
}
