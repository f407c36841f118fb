#include "fuzz/fuzztarget.h"

#include "exchange/importer.h"
#include "value/event.h"
#include "value/json.h"

// A file of the format fuzzVariant as an import reads it: what comes out of it can be stored.

using namespace eventloupe;

namespace {

ExchangeFormat fuzzedFormat()
{
    const auto format = exchangeFormatFromName(QLatin1String(fuzzVariant));
    require(format.has_value(), "no such format");
    return *format;
}

void check(const ImportPreview& preview)
{
    for (const Event& event : preview.events) {
        require(!findJsonFault(viewOf(event.data)), "an event's data is not JSON");
        require(!findJsonFault(viewOf(event.metadata)), "an event's metadata is not JSON");
    }
    for (const QString& problem : preview.problems)
        require(!problem.isEmpty(), "a problem says nothing");
}

QByteArrayList sharedSeeds()
{
    const ExchangeFormat format = fuzzedFormat();
    if (format == ExchangeFormat::Csv)
        return sharedFiles(QStringLiteral("suites/csv-spectrum/csvs"), QStringLiteral("*.csv"));
    if (format == ExchangeFormat::Json)
        return sharedFiles(QStringLiteral("suites/cloudevents-spec"), QStringLiteral("*.json"));
    QByteArrayList lines;
    for (QByteArray text : sharedFiles(QStringLiteral("suites/JSONTestSuite/test_parsing"),
             QStringLiteral("y_*.json")))
        lines.append("{\"stream\":\"a-1\",\"type\":\"T\",\"data\":" + text + "}\n");
    return lines;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const ExchangeFormat format = fuzzedFormat();
    static const QString name = QStringLiteral("input.") + exchangeFormatName(format);
    ImportRequest request;
    request.file = writeFuzzFile(name, viewOfInput(data, size));
    static_cast<void>(detectFormat(request.file));
    request.format = format;
    const auto preview = previewImport(request);
    require(preview.ok() || !preview.error().message.isEmpty(), "a failure says nothing");
    if (preview)
        check(*preview);
    // Where the file does not say what is what.
    Mapping mapping;
    mapping.setSource(EventField::Type, FieldSource { FieldSource::Kind::Constant, {} });
    mapping.setSource(EventField::Stream,
        FieldSource { FieldSource::Kind::Template, QStringLiteral("s-{a}{/b/0}{column1}") });
    request.mapping = mapping;
    if (const auto mapped = previewImport(request))
        check(*mapped);
    return 0;
}

QByteArrayList eventloupe::fuzzSeeds()
{
    return QByteArrayList {
        "{\"position\":1,\"stream\":\"user-42\",\"version\":1,\"type\":\"CREATED\",\"time\":"
        "\"2026-03-01T14:03:22.000001Z\",\"id\":\"e-1\",\"data\":{\"b\":1.10},\"metadata\":{}}\n"
        "{\"streamId\":\"a\",\"eventType\":\"B\",\"payload\":[],\"timestamp\":1772373802}\r\n",
        "\xef\xbb\xbfstream,type,time,data\r\na-1,B,2026-03-01,\"{\"\"a\"\":1}\"\r\n",
        "stream;type;\"a \"\"b\"\"\n c\";n\nx-1;T;2;\n",
        "position,stream,version,type,time,id,data,metadata\n"
        "1,a-1,1,T,2026-03-01T14:03:22.000001Z,e-1,{},{}\n",
        "[{\"stream\":\"a-1\",\"type\":\"T\",\"b\":[\"x\"]},{\"stream\":\"a-1\",\"type\":\"U\"}]",
        "{\"events\":{\"k1\":{\"stream\":\"a-1\",\"type\":\"T\"}},\"n\":[{\"a\":1},{\"a\":2}]}"
    } + sharedSeeds();
}
