// bench_encoding: how fast payloads of other stores are decoded, one JSON object a line. The rate
// is of the stored bytes.
#include "benchfigures.h"
#include "encoding/payloaddecoder.h"
#include "value/event.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

#include <chrono>

using namespace eventloupe;

namespace {

void measure(const char* name, const char* encoding, const QByteArray& payload)
{
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::milliseconds length(400);
    const PayloadDecoder decoder(EncodingSpec::fromText(QLatin1String(encoding)).value());
    if (const auto decoded = decoder.decode(viewOf(payload)); !decoded.readable) {
        std::fprintf(stderr, "%s: %s\n", name, qPrintable(decoded.problem));
        return;
    }
    qint64 rounds = 0;
    const auto start = Clock::now();
    std::chrono::duration<double> seconds {};
    while ((seconds = Clock::now() - start) < length) {
        for (int i = 0; i < 16; ++i, ++rounds)
            (void)decoder.decode(viewOf(payload));
    }
    const double each = seconds.count() / static_cast<double>(rounds);
    report(std::string("decode_") + name + "_each", "ns", { each * 1e9 });
    report(std::string("decode_") + name, "MB/s",
        { static_cast<double>(payload.size()) / each / 1e6 }, Better::Higher);
}

QByteArray cborEvent()
{
    const QCborArray lines { QCborMap { { QStringLiteral("sku"), QStringLiteral("SKU-7") },
                                 { QStringLiteral("qty"), 3 }, { QStringLiteral("price"), 91.57 } },
        QCborMap { { QStringLiteral("sku"), QStringLiteral("SKU-28") },
            { QStringLiteral("qty"), 300000 }, { QStringLiteral("price"), 112.66 } } };
    return QCborValue(
        QCborMap { { QStringLiteral("orderId"), QStringLiteral("a58a31f7-e15f-44d0") },
            { QStringLiteral("customer"), QString::fromUtf8("Łukasz Żółć") },
            { QStringLiteral("paid"), true }, { QStringLiteral("note"), nullptr },
            { QStringLiteral("lines"), lines } })
        .toCbor();
}

const QByteArray& jsonEvent()
{
    static const QByteArray json = "{\"orderId\":\"a58a31f7-e15f-44d0\",\"customer\":\"Łukasz "
                                   "Żółć\",\"paid\":true,\"note\":null,\"lines\":[{\"sku\":\"SKU-7"
                                   "\",\"qty\":3,\"price\":91.57},{\"sku\":\"SKU-28\",\"qty\":"
                                   "300000,\"price\":112.66}]}";
    return json;
}

/// The same event, as a library writes it.
const QByteArray& messagePackEvent()
{
    static const auto bytes = QByteArray::fromHex(
        "85a76f726465724964b261353861333166372d653135662d34346430a8637573746f6d6572b0c581"
        "756b61737a20c5bbc3b3c582c487a470616964c3a46e6f7465c0a56c696e65739283a3736b75a553"
        "4b552d37a371747903a57072696365cb4056e47ae147ae1483a3736b75a6534b552d3238a3717479"
        "ce000493e0a57072696365cb405c2a3d70a3d70a");
    return bytes;
}

/// Nearly the same.
const QByteArray& erlangEvent()
{
    static const auto bytes = QByteArray::fromHex(
        "83740000000477076f7264657249646d0000001261353861333166372d653135662d343464307708"
        "637573746f6d65726d00000010c581756b61737a20c5bbc3b3c582c4877704706169647704747275"
        "6577056c696e65736c0000000274000000027703717479620000000377057072696365464056e47a"
        "e147ae147400000002770371747962000493e07705707269636546405c2a3d70a3d70a6a");
    return bytes;
}

const QByteArray& jsonbEvent()
{
    static const auto bytes = QByteArray::fromHex(
        "cc58776f726465724964c71261353861333166372d653135662d34346430477061696401576c696e"
        "6573cb2ecc123771747913335770726963655539312e3537cc183771747963333030303030577072"
        "696365653131322e3636");
    return bytes;
}

} // namespace

int main()
{
    const QByteArray yaml = "---\n:order_id: 7e35c858-594d-49db-a089-b5c8c8d034cf\n:sku: SKU-8\n"
                            ":qty: 2\n:price: !ruby/object:BigDecimal 54:0.4018e2\n:options:\n"
                            "- :size: S\n  :extras:\n  - - gift\n    - true\n";
    const QByteArray php = "a:3:{s:7:\"orderId\";s:18:\"a58a31f7-e15f-44d0\";s:4:\"paid\";b:1;"
                           "s:5:\"lines\";a:2:{i:0;a:2:{s:3:\"qty\";i:3;s:5:\"price\";d:91.57;}"
                           "i:1;a:2:{s:3:\"qty\";i:300000;s:5:\"price\";d:112.66;}}}";
    measure("json", "json", jsonEvent());
    measure("json_auto", "auto", jsonEvent());
    measure("zlib_json", "zlib,json", qCompress(jsonEvent()).mid(4));
    measure("cbor", "cbor", cborEvent());
    measure("cbor_auto", "auto", cborEvent());
    measure("msgpack", "msgpack", messagePackEvent());
    measure("erlang", "erlang-term", erlangEvent());
    measure("php", "php", php);
    measure("yaml", "yaml", yaml);
    measure("sqlite_jsonb", "sqlite-jsonb", jsonbEvent());
    measure("bytes", "bytes", messagePackEvent());
    return 0;
}
